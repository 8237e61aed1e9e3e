"""What the input files hold once they are read: companies, sites and bills, each remembering where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from carbonlib.errors import Place
from carbonlib.units import Reading

Tax = Literal["included", "excluded", "unknown"]

# what a bill may break down, by column: 基本料金, 電力量料金, 燃料費等調整, 市場価格調整, 再エネ賦課金, 値引き, 消費税,
# 力率 [%], and the use by time band [kWh]
CHARGES = (
    *("demand_charge_jpy", "energy_charge_jpy", "fuel_adjustment_jpy", "market_adjustment_jpy"),
    *("renewable_levy_jpy", "discount_jpy", "tax_jpy", "power_factor_percent"),
    *("day_kwh", "night_kwh", "peak_kwh"),
)


@dataclass(frozen=True)
class Site:
    """A place of business (事業所). `floor_area_m2` is None where it was not given."""

    id: str
    name: str
    floor_area_m2: Decimal | None = None
    employees: int | None = None
    use: str = ""


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
    """A doubt that somebody looked into: the check's id, what it is of ("" for all), and the reason."""

    check: str
    reason: str
    subject: str = ""


@dataclass(frozen=True)
class Equipment:
    """A group of like machines at a company; None where it was not recorded."""

    family: str
    name: str
    year: int | None = None
    number: int = 1
    rated_input: Reading | None = None


@dataclass(frozen=True)
class Company:
    """A company (事業者) with its sites and the suppliers of its electricity and gas.

    `sample` marks data that were made up; `published` marks data that somebody else published, with `source`.
    `self_assessment` and `questionnaire` hold the company's own answers by the id of the question.
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

    def meter(self, site_id: str, meter_id: str) -> Meter | None:
        """Return what is known of a meter."""
        return next((m for m in self.meters if (m.site_id, m.id) == (site_id, meter_id)), None)


@dataclass(frozen=True)
class Bill:
    """One line of a bill: an amount of one carrier over a period, both days included.

    `quantity` and `unit` stand as written, because an ``m3`` has a meaning only under a programme.
    `cost_jpy` is None where the cell is blank: a blank is not zero. `charges` holds what the bill breaks down,
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
    estimated: bool = False
    place: Place = field(default_factory=Place)
    charges: Mapping[str, Decimal] = field(default_factory=dict)
    note: str = ""

    @property
    def written(self) -> str:
        """The amount as text, for messages and for reading under a programme."""
        return f"{self.quantity:f} {self.unit}"
