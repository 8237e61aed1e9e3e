"""What is known of a round of subsidies: its rules, each with its evidence, and what its documents leave open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from carbonlib.errors import Place
from carbonlib.factors.model import Source

# classes of equipment: those of company.yaml and what subsidies tell apart besides
EQUIPMENT = {
    "air_conditioner": ("空調", "air conditioners"),
    "boiler": ("ボイラー", "boilers"),
    "compressor": ("コンプレッサー", "compressors"),
    "lighting": ("照明設備", "lighting"),
    "office_equipment": ("事務機器", "office equipment"),
    "photovoltaics": ("太陽光発電", "photovoltaics"),
    "production": ("生産設備", "production equipment"),
    "refrigerator": ("冷凍冷蔵設備", "refrigeration"),
    "transformer": ("変圧器", "transformers"),
    "ventilation": ("換気設備", "ventilation"),
    "battery": ("蓄電池", "batteries"),
    "ems": ("エネルギー管理システム（EMS）", "energy management systems"),
    "fuel_switch": ("燃料転換", "a change of fuel"),
    "other": ("その他の設備", "other equipment"),
}
# what a line of a quotation is for
COST_LINES = {
    "equipment": ("設備費", "equipment"),
    "labour": ("工事費", "labour"),
    "materials": ("材料費", "materials"),
    "design": ("設計費", "design"),
    "removal": ("撤去・処分費", "removal and disposal"),
    "administration": ("諸経費", "administration"),
    "maintenance": ("保守・保証", "maintenance and warranty"),
    "land": ("土地・建物", "land and buildings"),
    "other": ("その他", "other"),
}

Method = Literal["cost_effectiveness", "first_come"]
Priority = Literal["none", "any", "points"]
AtTheLine = Literal["stop", "partial", "skip"]


@dataclass(frozen=True)
class Ground:
    """Why a rule is taken to hold: evidence as in `EVIDENCE`, the source, and a note."""

    evidence: str
    source: Source
    note: str = ""


@dataclass(frozen=True)
class RoundFactors:
    """The round's own CO2 factors: a programme and its fiscal year, and an electricity factor of the round's own.

    `electricity` [t CO2/kWh] goes before the programme's; `written` is it as printed.
    """

    programme: str
    fiscal_year: int
    ground: Ground
    electricity: Fraction | None = None
    written: str = ""


@dataclass(frozen=True)
class Minimum:
    """A value that has to be reached, in a unit of `spellings.csv`."""

    value: Fraction
    unit: str
    ground: Ground


@dataclass(frozen=True)
class EquipmentAge:
    """The replaced equipment is at least so many years old, on `as_of` or else on the day of judgement."""

    years: int
    as_of: date | None
    ground: Ground


@dataclass(frozen=True)
class Operation:
    """Company or site have been working for so many months."""

    months: int
    ground: Ground


@dataclass(frozen=True)
class EfficiencyEvidence:
    """One of the ways to show high efficiency; `at_least` [%] where an improvement shows it."""

    id: str
    label: str
    at_least: Fraction | None = None


@dataclass(frozen=True)
class HighEfficiency:
    """One of these shows that the equipment is highly efficient."""

    one_of: tuple[EfficiencyEvidence, ...]
    ground: Ground


@dataclass(frozen=True)
class PriorGrants:
    """Whoever has received one of these rounds (id → name) is excluded."""

    excluded: dict[str, str]
    ground: Ground


@dataclass(frozen=True)
class Bundle:
    """What has to be installed together: `battery`, `ems`, or `equipment` besides them."""

    needs: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True)
class NoOrder:
    """Nothing is ordered before the award (交付決定); `award_on` is its day where the round has set one."""

    award_on: date | None
    ground: Ground


@dataclass(frozen=True)
class Rules:
    """The rules of a category; None where the round has none of the kind."""

    co2_reduction: Minimum | None = None
    ems_co2_reduction: Minimum | None = None
    crude_oil_equivalent: Minimum | None = None
    equipment_age: EquipmentAge | None = None
    company_operation: Operation | None = None
    site_operation: Operation | None = None
    high_efficiency: HighEfficiency | None = None
    prior_grants: PriorGrants | None = None
    bundle: Bundle | None = None
    no_order_before_award: NoOrder | None = None


@dataclass(frozen=True)
class Category:
    """What the round pays for at one rate: classes of equipment, rate, cap [JPY] and rules.

    `unlisted` says what holds for a class that is not listed: not eligible, or unclear.
    """

    id: str
    label: str
    equipment: tuple[str, ...]
    unlisted: Literal["not_eligible", "unclear"]
    subsidy_rate: Fraction
    cap_jpy: Fraction | None
    rules: Rules
    ground: Ground


@dataclass(frozen=True)
class Excepted:
    """A class of equipment or a measure that the round excludes, or on which its documents are silent."""

    term: str
    label: str
    ground: Ground


@dataclass(frozen=True)
class Window:
    """When applications are taken, both days included; `planned` holds words where no date is printed."""

    opens: date | None
    closes: date | None
    planned: str
    ground: Ground


@dataclass(frozen=True)
class CostRule:
    """Cost is eligible without tax and without these lines; the grant is rounded down to whole `round_down_to_jpy`."""

    excluded_lines: tuple[str, ...]
    round_down_to_jpy: Fraction
    ground: Ground


@dataclass(frozen=True)
class PriorityGround:
    """What gives an application priority: a diagnosis, or a certification of this id."""

    id: str
    label: str
    by: Literal["diagnosis", "certification"]


@dataclass(frozen=True)
class AwardRule:
    """How the budget is given out.

    `priority`: `none`, `any` (one ground is as good as several) or `points` (each counts). `at_the_line` says what
    happens to the first application that the remaining budget does not cover: `stop` ends there, `partial` gives it
    the rest and ends, `skip` passes on to the next that fits.
    """

    method: Method
    ground: Ground
    priority: Priority = "none"
    at_the_line: AtTheLine = "stop"


@dataclass(frozen=True)
class Document:
    """A document that is handed in."""

    label: str
    ground: Ground


@dataclass(frozen=True)
class Round:
    """A round of a subsidy. `not_legible` lists what its documents do not say.

    `applicants` are sentences on who may apply that no rule judges: they are printed for whoever applies to check.
    """

    id: str
    name: str
    name_en: str
    organiser: str
    fiscal_year: int
    factors: RoundFactors
    categories: tuple[Category, ...]
    cost: CostRule
    award: AwardRule
    ground: Ground
    windows: tuple[Window, ...] = ()
    excluded: tuple[Excepted, ...] = ()
    unclear: tuple[Excepted, ...] = ()
    priority: tuple[PriorityGround, ...] = ()
    applicants: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    not_legible: tuple[str, ...] = ()
    file: str = field(default="", compare=False)

    def highest_cap_jpy(self) -> Fraction | None:
        """Return the highest cap of any category, None where one has none. [JPY]"""
        caps = [c.cap_jpy for c in self.categories]
        known = [c for c in caps if c is not None]
        return max(known) if len(known) == len(caps) else None

    def minimum_co2_t(self) -> Fraction | None:
        """Return the lowest reduction that any category asks for, None where one asks for none. [t CO2]"""
        found = [c.rules.co2_reduction for c in self.categories]
        values = [m.value for m in found if m is not None]
        return min(values) if values and len(values) == len(found) else None


@dataclass(frozen=True)
class Request:
    """An eligible application as the awarding office lists it.

    `received` is its day and time as ISO text, so that it sorts; None where it was not written. `priority` holds
    the ids of the round's grounds for priority.
    """

    id: str
    applicant: str
    grant_jpy: Fraction
    co2_t: Fraction
    received: str | None = None
    priority: tuple[str, ...] = ()
    place: Place = field(default_factory=Place, compare=False)
