"""Proposals (提案) as they were written down: texts and quantities as entered, each remembering where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from carbonlib.errors import Finding, Place
from carbonlib.units import Reading

LONGEST_LIFE = 60  # years; no equipment of a diagnosis lives longer, and a slip would fill the memory
Status = Literal["提案", "採用", "実施済み", "見送り"]
CapitalTax = Literal["税込", "税抜", "不明"]
# what a line of a quotation is for, as the rounds of subsidies tell them apart
CapitalCategory = Literal[
    "equipment",
    "labour",
    "materials",
    "design",
    "removal",
    "administration",
    "maintenance",
    "land",
    "other",
]


@dataclass(frozen=True)
class Entry:
    """One input as written, how it was learnt and on what it rests; its unit is read under the measure.

    `wrong` says what is wrong where it is no value at all.
    """

    text: str
    basis: str = ""
    how: str = "入力値"
    place: Place = field(default_factory=Place)
    wrong: Finding | None = None


Inputs = Mapping[str, "Entry | tuple[Mapping[str, Entry], ...]"]


@dataclass(frozen=True)
class CapitalLine:
    """One line of the investment (投資額) with its tax. [JPY]"""

    item: str
    amount_jpy: Decimal
    tax: CapitalTax = "不明"
    category: CapitalCategory = "equipment"
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Loan:
    """A loan that a proposal's investment is paid with: principal [JPY], yearly rate [1], term [years]."""

    principal_jpy: Decimal
    rate: Decimal
    years: int
    equal: Literal["元利均等", "元金均等"] = "元利均等"


@dataclass(frozen=True)
class SavedHours:
    """When energy is saved: the share in each time band of the contract [1], and the calendar months."""

    bands: Mapping[str, Decimal] = field(default_factory=dict)
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Measured:
    """What a measure that was done saved in a fiscal year, by carrier, as written."""

    fiscal_year: int
    saved: Mapping[str, str]
    note: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class SubsidyFacts:
    """What a round of a subsidy asks about the equipment; None where nobody said.

    `equipment` are classes of `EQUIPMENT`; without any the measure decides. `ems_saved` is the annual saving of the
    energy management system alone by carrier, as written; `improvement` [%] is against usual equipment.
    """

    equipment: tuple[str, ...] | None = None
    installed_year: int | None = None
    high_efficiency: tuple[str, ...] | None = None
    with_battery: bool | None = None
    with_ems: bool | None = None
    ems_saved: Mapping[str, str] | None = None
    certifications: tuple[str, ...] | None = None
    improvement: Decimal | None = None
    ordered: bool | None = None
    ordered_on: date | None = None


@dataclass(frozen=True)
class Proposal:
    """One proposal of a diagnosis.

    `capital` is None where the investment is not known and empty where nothing is to be paid. `end_use`, `part`
    and `site_id` name the load that it acts on; "" leaves the end use to the measure. `prices`, without tax, replace the
    account's average price, as written (``17.70 円/kWh``).
    """

    number: str
    title: str
    measure: str
    inputs: Inputs
    classification: str = ""
    kind: str = ""
    site_id: str = ""
    end_use: str = ""
    part: str = ""
    capital: tuple[CapitalLine, ...] | None = None
    useful_life: Reading | None = None
    month: str = ""
    present: str = ""
    reason: str = ""
    method: str = ""
    benefits: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    status: Status = "提案"
    done_on: date | None = None
    declined_because: str = ""
    measured: tuple[Measured, ...] = ()
    alternatives: tuple[str, ...] = ()
    peak_cut: Reading | None = None
    prices: Mapping[str, str] = field(default_factory=dict)
    hours: SavedHours = field(default_factory=lambda: SavedHours())
    loan: Loan | None = None
    subsidy: SubsidyFacts = field(default_factory=SubsidyFacts)
    place: Place = field(default_factory=Place)
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether its saving is still to come: neither done nor declined."""
        return self.status in ("提案", "採用")


@dataclass(frozen=True)
class Proposals:
    """The proposals of a company, and the order of applying them where the diagnostician gave one.

    `wrong` is what is wrong with the entries; there are no items then, and `readable` holds of each proposal what
    can be read of its measure and inputs, so that these are looked at all the same.
    """

    items: tuple[Proposal, ...]
    order: tuple[str, ...] = ()
    file: str = ""
    wrong: tuple[Finding, ...] = ()
    readable: tuple[Proposal, ...] = ()
