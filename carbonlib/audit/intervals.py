"""Numbers as printed: each stands for all values that round to it. Exact fractions, closed at both ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """Return the quotients, None where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        return self * Interval(1 / other.high, 1 / other.low)

    def times(self, factor: Fraction) -> Interval:
        """Return the interval scaled by a positive factor."""
        return Interval(self.low * factor, self.high * factor)

    def meet(self, other: Interval) -> Interval | None:
        """Return what both have in common, None where that is nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def meets(self, other: Interval) -> bool:
        """Return whether the two have a value in common."""
        return self.meet(other) is not None

    @property
    def middle(self) -> Fraction:
        """The value halfway."""
        return (self.low + self.high) / 2

    @property
    def spread(self) -> Fraction | None:
        """Width over the middle value, None around zero."""
        return None if self.low <= 0 <= self.high else (self.high - self.low) / abs(self.middle)


def decimals_of(number: Decimal) -> int:
    """Return how many decimals a number is printed with; negative where it shows fewer than its units."""
    return -int(number.as_tuple().exponent)


def are_neighbours(one: Decimal, other: Decimal) -> bool:
    """Return whether two numbers differ by one in the last decimal of that with more of them.

    >>> are_neighbours(Decimal("20001"), Decimal("20002")), are_neighbours(Decimal("4.95"), Decimal("4.952"))
    (True, False)
    """
    return abs(one - other) == Decimal(1).scaleb(-max(decimals_of(one), decimals_of(other), 0))


def printed(number: Decimal) -> Interval:
    """Return what a printed number stands for: half a unit of its last digit to either side.

    >>> printed(Decimal("8"))
    Interval(low=Fraction(15, 2), high=Fraction(17, 2))
    """
    half = Fraction(1, 2) / Fraction(10) ** decimals_of(number)
    return Interval(Fraction(number) - half, Fraction(number) + half)


def cut_off(number: Decimal) -> Interval:
    """Return what a number stands for where its column is rounded down (切り捨て), or half-up.

    >>> cut_off(Decimal("8"))
    Interval(low=Fraction(15, 2), high=Fraction(9, 1))
    """
    near, unit = printed(number), 1 / Fraction(10) ** decimals_of(number)
    away = Fraction(number) + (unit if number >= 0 else -unit)
    return Interval(min(near.low, away), max(near.high, away))


def total_of(parts: Iterable[Interval]) -> Interval:
    """Return the sum of intervals."""
    total = Interval(Fraction(0), Fraction(0))
    for part in parts:
        total = total + part
    return total
