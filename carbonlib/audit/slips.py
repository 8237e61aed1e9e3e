"""Slips of the pen: the numbers that a printed number may have been before one thing went wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from carbonlib.audit.intervals import Interval, decimals_of, printed
from carbonlib.units import round_half_up

Slip = Literal["digit_lost", "digit_added", "point_moved", "digits_swapped"]
_FARTHEST_POINT = 6  # places


@dataclass(frozen=True)
class Candidate:
    """A number that the cell may have held, and the slip that made the printed one of it."""

    value: Decimal
    slip: Slip


def _number(sign: int, digits: str, decimals: int) -> Decimal:
    """Return a number of digits with so many decimals; zeros that a moved point leaves behind do not count."""
    while decimals > 0 and digits.endswith("0") and len(digits) > 1:
        digits, decimals = digits[:-1], decimals - 1
    if decimals < 0:
        digits, decimals = digits + "0" * -decimals, 0
    return Decimal((sign, tuple(int(d) for d in digits or "0"), -decimals))


def _before(number: Decimal) -> Iterator[Candidate]:
    """Yield everything that one slip may have turned into `number`."""
    sign = number.as_tuple().sign
    digits, decimals = "".join(map(str, number.as_tuple().digits)), decimals_of(number)
    digits = digits.rjust(decimals + 1, "0") if decimals > 0 else digits
    whole = len(digits) - max(decimals, 0)  # digits before the point
    nothing = decimals <= 0 and not number  # a plain 0 has no decimals to lose
    for places in (p for far in range(1, _FARTHEST_POINT + 1) for p in (far, -far)):
        yield Candidate(_number(sign, digits, decimals - places), "point_moved")
    for at in range(len(digits) + 1):
        for digit in "0123456789":
            more = digits[:at] + digit + digits[at:]
            # before the point the decimals stay, behind it there is one more: 2.49 was 22.49 or 2.419, never 24.91
            if at <= whole and (more[0] != "0" or decimals > 0):  # nobody prints 01
                yield Candidate(_exactly(sign, more, decimals), "digit_lost")
            if at >= whole and not nothing:
                yield Candidate(_exactly(sign, more, decimals + 1), "digit_lost")
    for zeros in range(1, _FARTHEST_POINT + 1):  # 3,045 that lost its 3 is printed 45
        for digit in "123456789":
            yield Candidate(_exactly(sign, digit + "0" * zeros + digits, decimals), "digit_lost")
    for at in range(len(digits) if len(digits) > 1 else 0):
        less = digits[:at] + digits[at + 1 :]
        if at < whole:
            yield Candidate(_exactly(sign, less, decimals), "digit_added")
        else:
            yield Candidate(_exactly(sign, less, decimals - 1), "digit_added")
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        yield Candidate(_exactly(sign, swapped, decimals), "digits_swapped")


def _exactly(sign: int, digits: str, decimals: int) -> Decimal:
    return Decimal((sign, tuple(int(d) for d in digits), -decimals))


def candidates(number: Decimal, implied: Interval) -> list[Candidate]:
    """Return the slips that bring a printed number to where the rest of the table wants it.

    Parameters
    ----------
    number : Decimal
        As printed.
    implied : Interval
        What the other cells leave for it, in the unit of the cell.

    Returns
    -------
    list of Candidate
        The likeliest first (near the middle of `implied`), each value once; none where the number may be as good as
        zero, since a decimal point moved far enough explains that of any number.

    >>> from fractions import Fraction as F
    >>> [str(c.value) for c in candidates(Decimal("8"), Interval(F("57.9"), F("58.1")))]
    ['58']
    >>> candidates(Decimal("6.40"), Interval(F("0.638"), F("0.641")))[0]
    Candidate(value=Decimal('0.64'), slip='point_moved')
    """
    if implied.spread is None:
        return []
    best: dict[Decimal, Candidate] = {}
    # numbers with one and the same value compare equal, so that each value is said once, by its simplest slip
    for one in _before(number):
        if one.value != number and printed(one.value).meets(implied):
            best.setdefault(one.value, one)
    return sorted(best.values(), key=lambda c: _unlikely(c, implied))


def _unlikely(one: Candidate, implied: Interval) -> tuple[int, bool, Fraction]:
    """Order candidates by tenths of the interval from its middle; within a tenth a moved point comes first."""
    far = abs(Fraction(one.value) - implied.middle)
    tenths = int(10 * far / (implied.high - implied.low)) if implied.high > implied.low else 0
    return tenths, one.slip != "point_moved", far


def rounded_into(implied: Interval, decimals: int) -> Decimal:
    """Return the middle of an interval, with at least so many decimals and as many more as it takes to show it.

    >>> from fractions import Fraction as F
    >>> rounded_into(Interval(F("57.9"), F("58.08")), 0), rounded_into(Interval(F("0.0021"), F("0.0023")), 0)
    (Decimal('58'), Decimal('0.00220'))
    """
    places = max(decimals, 0)
    if not round_half_up(implied.middle, places):
        while implied.middle and abs(implied.middle) * 10**places < 100 and places < decimals + 30:
            places += 1
    return round_half_up(implied.middle, places)
