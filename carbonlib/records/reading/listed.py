"""Many cells or lines in few words: D8〜D19・D21, 3〜14 行目."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from carbonlib.errors import Place

_CELL = re.compile(r"([A-Z]+)(\d+)")
_MOST = 5


def _follows(one: str, other: str) -> bool:
    """Return whether a cell or line comes right behind another, below it or to its right."""
    if one.isdigit() and other.isdigit():
        return int(other) == int(one) + 1
    a, b = _CELL.fullmatch(one), _CELL.fullmatch(other)
    if not a or not b:
        return False
    if a[1] == b[1]:
        return int(b[2]) == int(a[2]) + 1
    return a[2] == b[2] and _number(b[1]) == _number(a[1]) + 1


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _runs(names: Sequence[str]) -> list[list[str]]:
    runs: list[list[str]] = [[names[0]]]
    for before, name in pairwise(names):
        if _follows(before, name):
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def cells_listed(places: Iterable[Place]) -> str:
    """Return the cells or lines of some places, those that follow each other as one range; long lists end in ….

    >>> cells_listed(Place("a.xlsx", sheet="x", cell=c) for c in ("D8", "D9", "D10", "D12"))
    'D8〜D10・D12'
    >>> cells_listed(Place("a.csv", n) for n in (3, 4, 9))
    '3〜4・9'
    """
    names = [p.cell or str(p.line) for p in places]
    runs = _runs(names) if names else []
    said = [r[0] if len(r) == 1 else f"{r[0]}〜{r[-1]}" for r in runs[:_MOST]]
    return "・".join(said) + ("…" if len(runs) > _MOST else "")
