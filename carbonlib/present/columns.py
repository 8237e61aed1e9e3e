"""Tables for a terminal, where a Japanese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence


def width(text: str) -> int:
    """Return how many columns a terminal takes for a text.

    >>> width("CO2 削減")
    8
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def aligned(rows: Sequence[Sequence[str]], left: frozenset[int]) -> Iterator[str]:
    """Return rows as lines with columns under one another, those of `left` to the left."""
    widths = [max(width(r[i]) for r in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = []
        for i, cell in enumerate(row):
            gap = " " * (widths[i] - width(cell))
            cells.append(cell + gap if i in left else gap + cell)
        yield "  ".join(cells).rstrip()
