"""Where the city stands against its target, and whether the comparison is one of like with like."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from carbonlib.records.city import City
from carbonlib.units import Reading, ratio


@dataclass(frozen=True)
class Progress:
    """From where, where now, where to, and at what pace. Levels [t CO2], paces [t CO2 a year].

    `reference` is True where the comparison is only for reference (参考値): the base is worked back from the
    target, or the actual counts other gases than the target. `base_low` and `base_high` bound the worked-back
    base by the printed digits.
    """

    base_fiscal_year: int
    actual_fiscal_year: int
    target_fiscal_year: int
    base_t: Fraction
    base_low_t: Fraction
    base_high_t: Fraction
    actual_t: Fraction
    target_t: Fraction
    base_is_worked_back: bool
    gases_differ: bool

    @property
    def reference(self) -> bool:
        """Whether the comparison is 参考値."""
        return self.base_is_worked_back or self.gases_differ

    @property
    def cut_so_far(self) -> Fraction:
        """Share of the base that has been cut, 0 to 1; negative where emissions rose."""
        return 1 - self.actual_t / self.base_t

    @property
    def remaining_t(self) -> Fraction:
        """What is still to be cut. [t CO2]"""
        return self.actual_t - self.target_t

    @property
    def pace_so_far_t(self) -> Fraction:
        """Mean cut a year since the base year. [t CO2/year]"""
        return (self.base_t - self.actual_t) / (self.actual_fiscal_year - self.base_fiscal_year)

    @property
    def pace_needed_t(self) -> Fraction:
        """Mean cut a year that is needed from the actual year on. [t CO2/year]"""
        return self.remaining_t / (self.target_fiscal_year - self.actual_fiscal_year)


def _tonnes(reading: Reading) -> Fraction:
    return Fraction(reading.value) * ratio(reading.unit, "t_CO2")


def _half_digit(value: Decimal) -> Fraction:
    return Fraction(Decimal(1).scaleb(int(value.as_tuple().exponent))) / 2


def progress(city: City) -> Progress:
    r"""Return the city's progress.

    .. math:: B = R / p, \quad T = B - R, \quad c = 1 - A / B

    with the printed reduction R, its share p of the base B, the target level T and the actual A. Where the
    base level is printed, B is that and T = B(1 - p).

    Raises
    ------
    AssertionError
        Never for a city that was read: one of reduction and base level is there.
    """
    target, actual = city.target, city.actual
    share = Fraction(target.reduction_percent) / 100
    if target.base_level is not None:
        base = low = high = _tonnes(target.base_level)
        level = base * (1 - share)
    else:
        assert target.reduction is not None
        reduction = _tonnes(target.reduction)
        base, level = reduction / share, reduction / share - reduction
        # the printed 76 万t stands for 75.5 to 76.5, the printed 51 % for 50.5 to 51.5
        half = _half_of_reading(target.reduction)
        half_share = _half_digit(target.reduction_percent) / 100
        low, high = (reduction - half) / (share + half_share), (reduction + half) / (share - half_share)
    return Progress(
        base_fiscal_year=target.base_fiscal_year,
        actual_fiscal_year=actual.fiscal_year,
        target_fiscal_year=target.fiscal_year,
        base_t=base,
        base_low_t=low,
        base_high_t=high,
        actual_t=_tonnes(actual.level),
        target_t=level,
        base_is_worked_back=target.base_level is None,
        gases_differ=actual.gas != target.gas,
    )


def _half_of_reading(reading: Reading) -> Fraction:
    """Return half the last printed digit of a reading. [t CO2]"""
    return _half_digit(reading.number) * Fraction(reading.scale) * ratio(reading.unit, "t_CO2")
