"""What the input files hold once they are read: companies, sites and bills, each remembering where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from carbonlib.errors import Place
from carbonlib.records.assessment import DEFAULT_SET
from carbonlib.records.equipment_model import EndUse, Equipment
from carbonlib.records.targets import Target

Tax = Literal["included", "excluded", "unknown"]

# what a bill may break down, by column, as people call it: its lines in yen, 力率 [%], and the use by time band [kWh]
CHARGE_NAMES = {
    "demand_charge_jpy": "基本料金",
    "energy_charge_jpy": "電力量料金",
    "fuel_adjustment_jpy": "燃料費等調整",
    "market_adjustment_jpy": "市場価格調整",
    "renewable_levy_jpy": "再エネ賦課金",
    "discount_jpy": "値引き",
    "tax_jpy": "消費税",
    "power_factor_percent": "力率",
    "day_kwh": "昼間使用量",
    "night_kwh": "夜間使用量",
    "peak_kwh": "ピーク使用量",
}
CHARGES = tuple(CHARGE_NAMES)
TIME_BANDS = ("day_kwh", "night_kwh", "peak_kwh")
TAX_WORDS: dict[Tax, str] = {"included": "税込", "excluded": "税抜", "unknown": "不明"}


@dataclass(frozen=True)
class Site:
    """A place of business (事業所); what was not given is None or empty.

    `operating_hours` is by the year [h], `opening_hours` the words on the door, `operating_since` the month in which
    business began there, as ``1998-04``.
    """

    id: str
    name: str
    floor_area_m2: Decimal | None = None
    employees: int | None = None
    use: str = ""
    address: str = ""
    built_year: int | None = None
    operating_since: str = ""
    opening_hours: str = ""
    operating_days: int | None = None
    operating_hours: Decimal | None = None


ContractType = Literal["従量電灯A", "従量電灯", "低圧", "高圧", "特別高圧"]
ContractBasis = Literal["実量制", "協議制"]


@dataclass(frozen=True)
class Meter:
    """A meter: where it is, its contract, and the share of it that tenants use (0 to 1).

    `contract_type` decides the usual price, `contract_basis` whether a lower peak lowers the contract demand.
    `parent` names the meter that a sub-meter's use is part of.
    """

    id: str
    site_id: str
    carrier: str = "electricity"
    contract_type: str = ""
    contract_basis: str = ""
    supplier: str = ""
    menu: str = ""
    tenant_share: Decimal | None = None
    parent: str = ""


@dataclass(frozen=True)
class Acknowledgement:
    """A doubt that somebody looked into: the check's id, the reason, what it is of ("" for all), the year (None for all).

    `other` is the company that the same bills are expected in: a doubt across companies is acknowledged for a pair.
    """

    check: str
    reason: str
    subject: str = ""
    fiscal_year: int | None = None
    place: Place = field(default_factory=Place, compare=False)
    other: str = ""


@dataclass(frozen=True)
class Diagnostician:
    """Who came to look (診断員), with the qualification, such as エネルギー管理士."""

    name: str
    qualification: str = ""


@dataclass(frozen=True)
class Narrative:
    """What a diagnostician writes instead of the sentences that rules make: 総括, 概況分析, 良い取組; empty keeps the rules."""

    summary: tuple[str, ...] = ()
    overview: tuple[str, ...] = ()
    good_practice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Visit:
    """A visit to a company: for the report of which fiscal year, when, by whom, and who was there of the company."""

    fiscal_year: int
    date: date
    diagnosticians: tuple[Diagnostician, ...]
    attended: tuple[str, ...] = ()
    note: str = ""
    narrative: Narrative = field(default_factory=Narrative)


@dataclass(frozen=True)
class ActivityDriver:
    """What intensities divide by (原単位の分母) in a year: ``sales`` [円] or ``output`` [`unit`, as people count it]."""

    kind: str
    fiscal_year: int
    amount: Decimal
    unit: str
    name: str = ""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True)
class PriorGrant:
    """A grant that the company was given before: the round's id and the fiscal year of the award."""

    round: str
    year: int


@dataclass(frozen=True)
class Contact:
    """Whom to call at the company: personal data, for the company's own report and for nothing else."""

    person: str = ""
    department: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Company:
    """A company (事業者) with its sites and the suppliers of its electricity and gas.

    `sample` marks data that were made up; `published` marks data that somebody else published, with `source`.
    `self_assessment` and `questionnaire` hold the company's own answers by the id of the question, `auditor_assessment`
    the diagnostician's. `operating_since` is a month such as ``1998-04``, `operating_margin` from -1
    (a loss) to 1. `tenants` says
    whether what tenants use is ``included`` in the company's account.
    """

    id: str
    name: str
    industry: str
    sites: tuple[Site, ...]
    suppliers: dict[str, str] = field(default_factory=dict)
    supported_by: tuple[str, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    sample: bool = False
    source: str = ""
    remarks: tuple[str, ...] = ()
    self_assessment: dict[str, str] = field(default_factory=dict)
    questionnaire: dict[str, str] = field(default_factory=dict)
    meters: tuple[Meter, ...] = ()
    acknowledged: tuple[Acknowledgement, ...] = ()
    end_uses: tuple[EndUse, ...] = ()
    auditor_assessment: dict[str, str] = field(default_factory=dict)
    axis_set: str = DEFAULT_SET
    visits: tuple[Visit, ...] = ()
    address: str = ""
    contact: Contact | None = None
    operating_since: str = ""
    operating_margin: Decimal | None = None
    operating_margin_place: Place = field(default_factory=Place, compare=False)
    target: Target | None = None
    prior_grants: tuple[PriorGrant, ...] | None = None
    tenants: Literal["included", "excluded"] = "included"
    activity_drivers: tuple[ActivityDriver, ...] = ()

    def meter(self, site_id: str, meter_id: str) -> Meter | None:
        """Return what is known of a meter."""
        return next((m for m in self.meters if (m.site_id, m.id) == (site_id, meter_id)), None)

    def visit(self, fiscal_year: int) -> Visit | None:
        """Return the visit that the report of a fiscal year is about."""
        return next((v for v in self.visits if v.fiscal_year == fiscal_year), None)


@dataclass(frozen=True)
class Bill:
    """One line of a bill: an amount of one carrier over a period, both days included.

    `quantity` and `unit` stand as written, because an ``m3`` has a meaning only under a programme.
    `cost_jpy` is None where the cell is blank: a blank is not zero. `estimated` is True for 推定, False for 実測, and
    None where nothing is said. `charges` holds what the bill breaks down,
    by the names of `CHARGES`.
    """

    site_id: str
    meter_id: str
    carrier: str
    start: date
    end: date
    quantity: Decimal
    unit: str
    cost_jpy: Decimal | None = None
    tax: Tax = "unknown"
    contract_demand_kw: Decimal | None = None
    peak_demand_kw: Decimal | None = None
    estimated: bool | None = None
    place: Place = field(default_factory=Place)
    charges: Mapping[str, Decimal] = field(default_factory=dict)
    note: str = ""

    @property
    def written(self) -> str:
        """The amount as text, for messages and for reading under a programme."""
        return f"{self.quantity:f} {self.unit}"
