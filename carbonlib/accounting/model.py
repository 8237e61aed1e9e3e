"""Energy accounts: exact inside, so that sums do not depend on how or in which order they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from carbonlib.errors import Finding, Place
from carbonlib.factors import KL_PER_GJ, Factor
from carbonlib.fiscal_year import Month, Period, fiscal_year_of
from carbonlib.records.model import Tax
from carbonlib.units import Q_, Quantity

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Identity:
    """What two accounts must share to be added."""

    programme: str
    period: Period
    basis: str

    @property
    def fiscal_year(self) -> int:
        """The fiscal year in which the period begins."""
        return self.period.fiscal_year


@dataclass(frozen=True)
class MonthUse:
    """One month of one carrier; None where no bill says anything about the month."""

    month: Month
    quantity: Fraction | None
    cost_jpy: Fraction | None
    contract_demand_kw: Fraction | None = None
    peak_demand_kw: Fraction | None = None

    @property
    def unit_price_jpy(self) -> Fraction | None:
        """Average price of the month, with the demand charge; None where cost or use is not known or zero."""
        return None if self.cost_jpy is None or not self.quantity else self.cost_jpy / self.quantity


@dataclass(frozen=True)
class Part:
    """What of a line is counted by the same factors: all of it, unless the period lies in two fiscal years.

    `fiscal_years` are those whose factors count it; values as in `AccountLine`.
    """

    carrier: str
    unit: str
    fiscal_years: tuple[int, ...]
    quantity: Fraction
    cost_jpy: Fraction | None
    energy_gj: Fraction | None
    co2_t: Fraction | None
    energy_factor: Factor | None
    co2_factor: Factor | None
    mass_factor: Factor | None

    @property
    def crude_oil_kl(self) -> Fraction | None:
        """Crude-oil equivalent of the primary energy. [kL]"""
        return None if self.energy_gj is None else self.energy_gj * KL_PER_GJ

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors that were used."""
        return tuple(f for f in (self.mass_factor, self.energy_factor, self.co2_factor) if f is not None)

    def joined(self, other: Part) -> Part:
        """Return both as one part; their factors are the same."""
        return replace(
            self,
            fiscal_years=tuple(sorted({*self.fiscal_years, *other.fiscal_years})),
            quantity=self.quantity + other.quantity,
            cost_jpy=exact_sum((self.cost_jpy, other.cost_jpy)),
            energy_gj=exact_sum((self.energy_gj, other.energy_gj)),
            co2_t=exact_sum((self.co2_t, other.co2_t)),
        )


@dataclass(frozen=True)
class AccountLine:
    """One carrier of an account, in one unit, over the period.

    Values are exact fractions: `quantity` [`unit`], `cost_jpy` [JPY], `energy_gj` [GJ primary],
    `crude_oil_kl` [kL crude-oil equivalent], `co2_t` [t CO2]. None means not known, with a finding that says
    why: a blank cost, or a year without a factor. `parts`, one for each fiscal year, and `rows` say what each value was
    made from, `taxes` whether the costs include tax, `missing` the first and last day of each period that a meter of the
    carrier has no bill of.
    """

    carrier: str
    unit: str
    parts: tuple[Part, ...]
    unit_price_jpy: Fraction | None
    months: tuple[MonthUse, ...]
    rows: tuple[Place, ...]
    taxes: tuple[Tax, ...] = ()
    missing: tuple[tuple[date, date], ...] = ()

    @cached_property
    def quantity(self) -> Fraction:
        """The use of the period. [`unit`]"""
        return sum((p.quantity for p in self.parts), Fraction(0))

    @cached_property
    def cost_jpy(self) -> Fraction | None:
        """What was paid. [JPY]"""
        return exact_sum(p.cost_jpy for p in self.parts)

    @cached_property
    def energy_gj(self) -> Fraction | None:
        """Primary energy. [GJ primary]"""
        return exact_sum(p.energy_gj for p in self.parts)

    @cached_property
    def crude_oil_kl(self) -> Fraction | None:
        """Crude-oil equivalent. [kL]"""
        return exact_sum(p.crude_oil_kl for p in self.parts)

    @cached_property
    def co2_t(self) -> Fraction | None:
        """CO2. [t CO2]"""
        return exact_sum(p.co2_t for p in self.parts)

    @cached_property
    def by_factors(self) -> tuple[Part, ...]:
        """The parts, those of the same factors as one: one part unless the two fiscal years differ."""
        found: dict[tuple[Factor | None, ...], Part] = {}
        for part in self.parts:
            key = (part.energy_factor, part.co2_factor, part.mass_factor)
            found[key] = found[key].joined(part) if key in found else part
        return tuple(found.values())

    def part_of(self, month: Month) -> Part:
        """Return the part that counts a month."""
        year = fiscal_year_of(month.first_day)
        return next(p for p in self.by_factors if year in p.fiscal_years)

    @property
    def monthly(self) -> bool:
        """Whether any month is known by itself."""
        return any(m.quantity is not None for m in self.months)

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors that were used."""
        return tuple(dict.fromkeys(f for part in self.parts for f in part.factors))

    @property
    def co2_factors(self) -> tuple[Factor, ...]:
        """The factors that the CO2 was made by."""
        of_part = ((p.mass_factor, p.co2_factor) for p in self.parts)
        return tuple(dict.fromkeys(f for pair in of_part for f in pair if f is not None))


def exact_sum(values: Iterable[Fraction | None]) -> Fraction | None:
    """Return the exact sum, or None where any part is not known."""
    total = Fraction(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _quantity(value: Fraction | None, unit: str) -> Quantity | None:
    return None if value is None else Q_(float(value), unit)


@dataclass(frozen=True)
class EnergyAccount:
    """The energy use of a company in a period of twelve months under one programme."""

    owner: str
    identity: Identity
    lines: tuple[AccountLine, ...]
    findings: tuple[Finding, ...] = ()
    provisional_year: int | None = None

    def line(self, carrier: str, unit: str | None = None) -> AccountLine | None:
        """Return the line of a carrier (and unit, where it has two), if the account has it."""
        for one in self.lines:
            if one.carrier == carrier and unit in {None, one.unit}:
                return one
        return None

    def _total(self, of: Callable[[AccountLine], Fraction | None]) -> Fraction | None:
        return exact_sum(of(line) for line in self.lines)

    @property
    def energy_gj(self) -> Fraction | None:
        """Total primary energy, exact. [GJ primary]"""
        return self._total(lambda line: line.energy_gj)

    @property
    def crude_oil_kl(self) -> Fraction | None:
        """Total crude-oil equivalent, exact. [kL]"""
        return self._total(lambda line: line.crude_oil_kl)

    @property
    def co2_t(self) -> Fraction | None:
        """Total CO2, exact. [t CO2]"""
        return self._total(lambda line: line.co2_t)

    @property
    def cost_jpy(self) -> Fraction | None:
        """Total cost, exact. [JPY]"""
        return self._total(lambda line: line.cost_jpy)

    @property
    def primary_energy(self) -> Quantity | None:
        """Total primary energy. [GJ primary]"""
        return _quantity(self.energy_gj, "GJ*primary")

    @property
    def crude_oil_equivalent(self) -> Quantity | None:
        """Total crude-oil equivalent. [kL_coe]"""
        return _quantity(self.crude_oil_kl, "kL_coe")

    @property
    def co2(self) -> Quantity | None:
        """Total CO2. [t_CO2]"""
        return _quantity(self.co2_t, "t_CO2")

    @property
    def cost(self) -> Quantity | None:
        """Total cost. [JPY]"""
        return _quantity(self.cost_jpy, "JPY")

    def monthly_frame(self) -> pd.DataFrame:
        """Return the known months of every line as a frame of floats, by the factors of the line.

        Columns: carrier, unit, month (YYYY-MM), quantity, cost_jpy, unit_price_jpy, primary_energy_gj,
        crude_oil_equivalent_kl, co2_t; NaN where a value is not known.

        >>> from datetime import date
        >>> from decimal import Decimal
        >>> from carbonlib.accounting import account
        >>> from carbonlib.factors import programme
        >>> from carbonlib.records.model import Bill
        >>> april = Bill("s", "E1", "electricity", date(2025, 4, 1), date(2025, 4, 30), Decimal(800), "kWh")
        >>> made = account([april], owner="c", programme=programme("saitama-diagnosis-2025"), fiscal_year=2025)
        >>> made.monthly_frame()[["carrier", "month", "quantity", "co2_t"]].to_dict("records")
        [{'carrier': 'electricity', 'month': '2025-04', 'quantity': 800.0, 'co2_t': 0.396}]
        """
        from carbonlib.accounting.frames import frame_of_months

        return frame_of_months(self.lines)

    def frame(self) -> pd.DataFrame:
        """Return the lines as a frame of floats, units in the column names; NaN where a value is not known."""
        from carbonlib.accounting.frames import frame_of_lines

        return frame_of_lines(self.lines)
