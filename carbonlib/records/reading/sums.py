"""Totals that a table states, compared with their parts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.records.reading.cells import Number
from carbonlib.records.reading.problems import Problems
from carbonlib.units import Q_, format_number, ratio, read_unit, same_dimension
from carbonlib.units.spellings import key


@dataclass(frozen=True)
class Stated:
    """A total as it is written: its label, its value, and where it stands."""

    label: str
    value: Decimal
    place: Place


def compare(stated: Stated, parts: Sequence[Decimal], unit: str, problems: Problems) -> bool:
    """Return whether a stated total is the sum of its parts; name it where it is not.

    What rounding of the printed digits explains is a note, else it is a warning: the total or one of its parts is wrong.
    """
    total = sum(parts, Decimal(0))
    if total == stated.value:
        return True
    off = stated.value - total
    slack = sum((_step(v) for v in (stated.value, *parts)), Decimal(0)) / 2
    mixed = len({_step(v) for v in (stated.value, *parts)}) > 1
    by_rounding = mixed and abs(off) <= slack
    digits = min(3, max(_digits(stated.value), _digits(total)))
    written, summed, difference = (format_number(v, digits) for v in (stated.value, total, off))
    unit = f" {shown(unit)}" if unit else ""
    gap = " " if unit.isascii() else ""
    sentence = (
        f"「{shown(stated.label)}」の {written}{unit}{gap}が、{len(parts)} 個の値の和 {summed}{unit}{gap}と合いません（差 {difference}）。",
        f"{shown(stated.label)!r} is {written}{unit} and the sum of its {len(parts)} values {summed}{unit} (off by {difference}). ",
    )
    if by_rounding:
        problems.note(
            "total_rounded",
            sentence[0] + "丸めで説明できる差です。",
            sentence[1] + "Rounding explains it.",
            stated.place,
        )
    else:
        problems.warning(
            "total_differs",
            sentence[0] + "抜けた値・桁・単位を確かめてください。合計は取り込みません。",
            sentence[1] + "Look for a value left out, digits and units; the total itself is not stored.",
            stated.place,
        )
    return False


def _step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0))


def _digits(value: Decimal) -> int:
    """Return how many decimals a value needs."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def compare_nearest(
    stated: Stated, groups: Iterable[Sequence[Decimal]], unit: str, problems: Problems
) -> None:
    """Name a total that no group of values adds up to, beside the group that comes nearest.

    Parameters
    ----------
    stated : Stated
        The total.
    groups : iterable of sequences of Decimal
        What it may add up, such as the rows since the last total and all rows; empty ones do not count.
    unit : str
        Of total and values.
    problems : Problems
        Takes the total that does not add up.
    """
    if group := nearest(stated.value, groups):
        compare(stated, group, unit, problems)


def nearest(value: Decimal, groups: Iterable[Sequence[Decimal]]) -> Sequence[Decimal]:
    """Return the group of values whose sum comes nearest, the first of those that come as near; empty where there is none.

    >>> nearest(Decimal(3), [[], [Decimal(2)], [Decimal(1), Decimal(2)]])
    [Decimal('1'), Decimal('2')]
    """
    return min((g for g in groups if g), key=lambda g: abs(sum(g, Decimal(0)) - value), default=[])


def in_unit(one: Number, unit: str) -> Decimal | None:
    """Return a value in a unit that is as large or a power of ten of its own, to the digits as written; else None.

    >>> in_unit(Number(Decimal("15"), "千kWh"), "kWh"), in_unit(Number(Decimal(1), "m3"), "kWh")
    (Decimal('1.5E+4'), None)
    """
    if key(one.unit) == key(unit):
        return one.value
    try:
        (name, scale), (other, of_other) = read_unit(one.unit), read_unit(unit)
        if not same_dimension(Q_(1, name), other):
            return None
        exact = Fraction(scale) * ratio(name, other) / Fraction(of_other)
    except CarbonlibError:
        return None
    power = round(math.log10(exact))
    return one.value.scaleb(power) if exact == Fraction(10) ** power else None
