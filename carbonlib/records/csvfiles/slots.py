"""When half-hours begin, where a file writes one moment of each: its beginning or its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

_DAY = 24 * 60
_LAST = _DAY - 30
T = TypeVar("T")


class Slot(NamedTuple):
    """A moment of a day as it is written, in minutes, and whether it is surely the beginning of its half-hour."""

    day: date
    minute: int
    sure: bool


@dataclass(frozen=True)
class Begun(Generic[T]):
    """When half-hours begin; whether `ends` were written, whether that is no more than likely, and days that contradict."""

    begun: list[T]
    ends: bool = False
    guessed: bool = False
    contradict: str = ""


def beginnings_of_columns(written: Sequence[tuple[int, bool]]) -> Begun[int]:
    """Return the minutes at which the half-hours of a day begin, in the order of their columns.

    Parameters
    ----------
    written : sequence of tuple of int and bool
        The minute in each heading, and whether it is surely the beginning. Ends are written where 24:00 stands among
        them, or where 0:00 comes last: it is then the end of the same day.

    >>> beginnings_of_columns([(30, False), (0, False)]).begun, beginnings_of_columns([(0, False), (30, False)]).begun
    ([0, 1410], [0, 30])
    """
    minutes = [m for m, sure in written if not sure]
    if not minutes:
        return Begun([m for m, _ in written])
    ends = _DAY in minutes or (minutes[-1] == 0 and minutes.count(0) == 1 and len(minutes) > 1)
    own = [m if sure or not ends else (m or _DAY) - 30 for m, sure in written]
    return Begun(own, ends, guessed=True)


def beginnings_of_rows(written: Sequence[Slot], *, ends: bool) -> Begun[tuple[date, int]]:
    """Return day and minute at which half-hours begin that stand a row each.

    Parameters
    ----------
    written : sequence of Slot
        In the order of the file. Where ends are written, 0:00 behind the other times of its date is the end of that
        date, and any other 0:00 the end of the date before.
    ends : bool
        Whether the heading says that ends are written; times on both sides of 0:00 may show it without.

    >>> first, last = date(2025, 4, 1), date(2025, 4, 2)
    >>> beginnings_of_rows([Slot(first, 1410, False), Slot(last, 0, False)], ends=True).begun[1]
    (datetime.date(2025, 4, 1), 1410)
    >>> beginnings_of_rows([Slot(first, 30, False), Slot(first, 60, False), Slot(first, 0, False)], ends=False).begun[2]
    (datetime.date(2025, 4, 1), 1410)
    """
    days: dict[date, list[int]] = {}
    for slot in written:
        if not slot.sure:
            days.setdefault(slot.day, []).append(slot.minute)
    if not days:
        return Begun([(s.day, s.minute) for s in written])
    falling = _falls(days)
    ordered = {day: minutes[::-1] if falling else minutes for day, minutes in days.items()}
    first = [d for d, m in ordered.items() if len(m) > 1 and m[0] == 0]
    last = {d for d, m in ordered.items() if len(m) > 1 and m[-1] == 0 and m.count(0) == 1}
    if first and last:
        return Begun([], contradict=f"{first[0]}・{min(last)}")
    ends = (
        ends or bool(last) or any(_DAY in m for m in days.values()) or _runs_into_midnight(ordered, falling)
    )

    def begin(slot: Slot) -> tuple[date, int]:
        if slot.sure or not ends:
            return slot.day, slot.minute
        if slot.minute:
            return slot.day, slot.minute - 30
        return (slot.day if slot.day in last else slot.day - timedelta(days=1)), _LAST

    return Begun([begin(s) for s in written], ends, guessed=True)


def _falls(days: dict[date, list[int]]) -> bool:
    """Return whether a file goes from the latest to the earliest; 0:00, which may be either end of a day, tells nothing."""
    steps = [b - a for m in days.values() for a, b in pairwise([x for x in m if x])]
    rising, falling = sum(s > 0 for s in steps), sum(s < 0 for s in steps)
    order = list(days)
    return falling > rising or (falling == rising and order[0] > order[-1])


def _runs_into_midnight(days: dict[date, list[int]], falling: bool) -> bool:
    """Return whether whole days begin at 0:30 and a last date holds nothing but the 0:00 that ends the one before."""
    order = list(days)[::-1] if falling else list(days)
    begun = days[order[0]]
    return len(order) > 1 and begun == list(range(30, _DAY, 30)) and days[order[-1]] == [0]
