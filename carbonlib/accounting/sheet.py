"""The check sheet (換算計算): amounts in its units, and each factor per unit of it as printed value × conversion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting.model import AccountLine, MonthUse, Part
from carbonlib.factors import Factor, carriers
from carbonlib.units import ratio

_THOUSAND = frozenset({"千kWh", "千m3", "kL", "t"})


@dataclass(frozen=True)
class SheetFactor:
    """A factor per unit of the check sheet, exact: `per_unit` = factor.value (× or ÷ mass.value) × `times`.

    `mass` turns a volume of gas into its mass where the programme counts the gas by mass; it `divides` where it is
    a volume per mass (産気率).
    """

    per_unit: Fraction
    factor: Factor
    times: Fraction
    mass: Factor | None = None

    @property
    def divides(self) -> bool:
        """Whether the mass factor is below the line."""
        return self.mass is not None and self.mass.kind == "gas_specific_volume"


def units_of(line: AccountLine | Part) -> tuple[str, str]:
    """Return a line's unit on bills and on the check sheet."""
    kind = carriers()[line.carrier]
    index = 1 if line.unit == "m3_lpg" else 0
    return kind.display_units[index], kind.sheet_units[index]


def in_sheet_unit(line: AccountLine | Part) -> Fraction:
    """Return a line's quantity in the unit of the check sheet (千kWh, kL, t, 千m3)."""
    return line.quantity / sheet_scale(line)


def sheet_scale(line: AccountLine | Part) -> int:
    """Return how many units of a bill are one unit of the check sheet: 1000 or 1."""
    display, sheet = units_of(line)
    scale = 1000 if sheet in _THOUSAND else 1
    assert display == sheet or scale == 1000
    return scale


def energy_by(part: Part) -> SheetFactor | None:
    """Return the GJ of one unit of the check sheet by a part's factor, None where it has none."""
    return _sheet_factor(part, part.energy_factor, part.energy_gj)


def co2_by(part: Part) -> SheetFactor | None:
    """Return the t CO2 of one unit of the check sheet by a part's factor, None where it has none."""
    return _sheet_factor(part, part.co2_factor, part.co2_t)


def _sheet_factor(line: Part, factor: Factor | None, result: Fraction | None) -> SheetFactor | None:
    """Return what one unit amounts to, taken from the part's energy or CO2 so that both agree. [GJ] or [t CO2]"""
    if factor is None:
        return None
    direct = factor.takes(line.unit)
    if result is not None and line.quantity:
        per_unit = result / in_sheet_unit(line)
    elif direct:
        per_unit = factor.exact * ratio(line.unit, factor.per_unit) * sheet_scale(line)
    else:
        return None
    mass = None if direct else line.mass_factor
    printed = Fraction(factor.value)
    if mass is not None:
        value = Fraction(mass.value)
        printed = printed / value if mass.kind == "gas_specific_volume" else printed * value
    return SheetFactor(per_unit, factor, per_unit / printed if printed else Fraction(1), mass)


def of_month(line: AccountLine, month: MonthUse, of: Callable[[Part], Fraction | None]) -> Fraction | None:
    """Return a month's energy, crude oil or CO2 by the factors of its own fiscal year."""
    if month.quantity is None:
        return None
    part = line.part_of(month.month)
    value = of(part)
    if value is None:
        return None
    return value * month.quantity / part.quantity if part.quantity else Fraction(0)
