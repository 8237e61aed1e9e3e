"""How a printed table divides the page: numbers in one piece first, then words by what they have to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from carbonlib.present.columns import width

PAGE = 116  # of A4, in halves of an em at the size of tables
_PADDING = 3  # of a cell
_WIDE = 1.2  # the face's digits and letters are wider than half an em
_WORDS, _READABLE = 12, 30  # the least for a column of words, and what the longest one should have
_HEADER = 4  # two characters, the least that a header over short numbers is broken to
_PIECE = re.compile(r"[\s　]+|(?<=[^\x00-\x7f])|(?=[^\x00-\x7f])|(?<=[-/])")


@dataclass(frozen=True)
class Wish:
    """What a column holds: header and cells, and whether its cells are numbers."""

    header: Sequence[str]
    cells: Sequence[str]
    number: bool

    @property
    def own(self) -> float:
        """The width at which nothing is broken."""
        return max((_WIDE * width(t) for t in (*self.header, *self.cells)), default=0) + _PADDING

    @property
    def whole(self) -> float:
        """The least at which no number is broken."""
        if not self.number:
            return min(self.own, _WORDS + _PADDING)
        cells = max((_WIDE * width(t) for t in self.cells), default=0)
        return min(self.own, max(cells, _WIDE * _HEADER) + _PADDING)

    @property
    def pieces(self) -> float:
        """The least at which no word is broken, as far as words can be told."""
        texts = [p for t in (*self.header, *self.cells) for p in _PIECE.split(t)]
        longest = max((_WIDE * width(p) for p in texts), default=0)
        return min(self.whole, max(longest, 6) + _PADDING)


def shares(wishes: Sequence[Wish]) -> list[int] | None:
    """Return the parts of the page's width that columns get, or None where each can have its own width.

    >>> shares([Wish(("名前",), ("電気",), False), Wish(("kL",), ("1.0",), True)])
    >>> shares([Wish(("kL",), ("12,345.678 kL",), True), Wish(("説明",), ("長い文" * 40,), False)])
    [19, 97]
    """
    own = [w.own for w in wishes]
    if sum(own) <= PAGE:
        return None
    least = [w.whole for w in wishes]
    sentences = any(w.own > _READABLE for w in wishes if not w.number)
    if sum(least) + sentences * (_READABLE - _WORDS) > PAGE:
        least = [w.pieces if w.number else a for a, w in zip(least, wishes, strict=True)]
    left = max(0.0, PAGE - sum(least))
    wished = [a - b for a, b in zip(own, least, strict=True)]
    return [round(a + left * b / (sum(wished) or 1)) for a, b in zip(least, wished, strict=True)]
