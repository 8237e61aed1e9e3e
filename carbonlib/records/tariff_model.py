"""Tariffs once they are read: dated menus, adjustments by month and the renewable levy, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from carbonlib.errors import Place
from carbonlib.fiscal_year import Month, fiscal_year_of
from carbonlib.records.model import Tax

AdjustmentKind = Literal["fuel", "market"]
ADJUSTMENT_LABELS: dict[AdjustmentKind, tuple[str, str]] = {
    "fuel": ("燃料費等調整", "fuel adjustment"),
    "market": ("市場価格調整", "market adjustment"),
}
LEVY_FIRST_MONTH = 5  # a levy holds from May to April (高圧)


@dataclass(frozen=True)
class Evidence:
    """What a row rests on: a key of `EVIDENCE`, the source in words, its address, and where the row stands."""

    evidence: str
    source: str
    locator: str = ""
    place: Place = field(default_factory=Place)

    def label(self) -> str:
        """Return source and address on one line."""
        return f"{self.source}（{self.locator}）" if self.locator else self.source


@dataclass(frozen=True)
class EnergyCharge:
    """A price per unit of energy; `band` "" holds at all hours, `months` () in all months. [JPY/unit]"""

    rate: Fraction
    band: str = ""
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rates:
    """The prices of a menu from one day to another, both included (`last` None: until further notice).

    `demand_charge` is the 基本料金単価, None where it is not known. [JPY/kW/month]
    """

    first: date
    last: date | None
    demand_charge: Fraction | None
    energy_charges: tuple[EnergyCharge, ...]
    evidence: Evidence

    def hold(self, month: Month) -> bool:
        """Return whether the prices hold on the first day of a month."""
        return self.first <= month.first_day and (self.last is None or month.first_day <= self.last)

    def charges(self, month: Month) -> dict[str, Fraction]:
        """Return the energy charge of each time band in a month."""
        return {c.band: c.rate for c in self.energy_charges if not c.months or month.month in c.months}


@dataclass(frozen=True)
class Adjustment:
    """What is added to the energy charge in one month; may be negative. [JPY/unit]"""

    kind: AdjustmentKind
    month: Month
    rate: Fraction
    band: str
    evidence: Evidence


@dataclass(frozen=True)
class Menu:
    """A menu of a supplier, by the names that company.yaml gives a meter.

    `unit` is the registry's unit that prices are per, `adjusted_by` the adjustments that the menu has at all: a
    month without one of them is not known, never zero.
    """

    supplier: str
    name: str
    carrier: str
    contract_type: str
    unit: str
    tax: Tax
    power_factor_rule: bool
    renewable_levy: bool
    adjusted_by: tuple[AdjustmentKind, ...]
    rates: tuple[Rates, ...]
    adjustments: tuple[Adjustment, ...] = ()

    def rates_in(self, month: Month) -> Rates | None:
        """Return the prices that hold in a month."""
        return next((r for r in self.rates if r.hold(month)), None)

    def adjustment(self, kind: AdjustmentKind, month: Month, band: str) -> Adjustment | None:
        """Return an adjustment of a month for a time band, or the one for all bands."""
        found = [a for a in self.adjustments if (a.kind, a.month) == (kind, month)]
        exact = [a for a in found if a.band == band]
        return next(iter(exact or [a for a in found if not a.band]), None)


@dataclass(frozen=True)
class Levy:
    """The renewable levy (再エネ賦課金) of a levy year, May to April. [JPY/kWh]"""

    fiscal_year: int
    rate: Fraction
    tax: Tax
    evidence: Evidence


@dataclass(frozen=True)
class Tariffs:
    """All menus and levies of a workspace."""

    menus: tuple[Menu, ...] = ()
    levies: tuple[Levy, ...] = ()

    def menu(self, supplier: str, name: str) -> Menu | None:
        """Return a menu by the names of a meter."""
        return next((m for m in self.menus if (m.supplier, m.name) == (supplier, name)), None)

    def levy(self, month: Month) -> Levy | None:
        """Return the levy of a month: April belongs to the levy year before.

        >>> one, two = (Levy(y, Fraction(3), "included", Evidence("assumption", "")) for y in (2024, 2025))
        >>> both = Tariffs(levies=(one, two))
        >>> [both.levy(Month(2025, m)).fiscal_year for m in (4, 5)]
        [2024, 2025]
        """
        year = fiscal_year_of(month.first_day) - (month.month == LEVY_FIRST_MONTH - 1)
        return next((one for one in self.levies if one.fiscal_year == year), None)
