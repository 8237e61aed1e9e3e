"""How a printed table divides the page: numbers in one piece first, then words by what they have to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from carbonlib.present.columns import width
from carbonlib.present.phrases import phrases

PAGE = 116  # of A4, in halves of an em at the size of tables
_PADDING = 3  # of a cell
_WIDE = 1.2  # the face's digits and letters are wider than half an em
_WORDS, _READABLE = 12, 30  # the least for a column of words, and what the longest one should have
_UNIT = 0.85  # a unit under its header is set smaller by this
_LONGEST_UNIT = 12  # halves of an em; a longer one may be broken
_PIECE = re.compile(r"[\s　]+|(?<=[^\x00-\x7f])|(?=[^\x00-\x7f])|(?<=[-/])")


@dataclass(frozen=True)
class Wish:
    """What a column holds: header with its unit, cells, and whether these are numbers."""

    header: tuple[str, str]
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
        return min(self.own, max(cells, self.heading) + _PADDING)

    @property
    def heading(self) -> float:
        """The least at which neither a phrase of the header nor its unit is broken, without padding."""
        label, unit = self.header
        whole = max((_WIDE * width(p.strip()) for p in phrases(label)), default=0)
        return max(whole, min(_WIDE * _UNIT * width(unit), _LONGEST_UNIT))

    @property
    def pieces(self) -> float:
        """The least at which no word is broken, as far as words can be told."""
        return min(self.whole, max(self._longest(*self.header, *self.cells), 6) + _PADDING)

    @property
    def phrased(self) -> float:
        """The least at which no word of the cells and no phrase of the header is broken."""
        return min(self.whole, max(self._longest(*self.cells), self.heading) + _PADDING)

    @staticmethod
    def _longest(*texts: str) -> float:
        return max((_WIDE * width(p) for t in texts for p in _PIECE.split(t)), default=0)


def shares(wishes: Sequence[Wish]) -> list[int] | None:
    """Return the parts of the page's width that columns get, or None where each can have its own width.

    >>> shares([Wish(("名前", ""), ("電気",), False), Wish(("kL", ""), ("1.0",), True)])
    >>> shares([Wish(("kL", ""), ("12,345.678 kL",), True), Wish(("説明", ""), ("長い文" * 40,), False)])
    [19, 97]
    """
    own = [w.own for w in wishes]
    if sum(own) <= PAGE:
        return None
    sentences = any(w.own > _READABLE for w in wishes if not w.number)
    readable = sentences * (_READABLE - _WORDS)
    whole, phrased, pieces = (
        [getattr(w, how) if w.number else w.whole for w in wishes] for how in ("whole", "phrased", "pieces")
    )
    tried = ((whole, readable), (phrased, readable), (phrased, 0))
    least = next((a for a, more in tried if sum(a) + more <= PAGE), pieces)
    left = max(0.0, PAGE - sum(least))
    # where headers are broken anyway, what is left is for the columns of words
    for_words = least is not whole and any(not w.number for w in wishes)
    wished = [0.0 if w.number and for_words else a - b for w, a, b in zip(wishes, own, least, strict=True)]
    return [round(a + left * b / (sum(wished) or 1)) for a, b in zip(least, wished, strict=True)]


def room_for_phrases(wishes: Sequence[Wish], divided: Sequence[int]) -> list[bool]:
    """Return for each column whether its part of the page holds every phrase of its header in one piece."""
    page = PAGE / sum(divided)
    return [w.heading + _PADDING <= part * page + 1 for w, part in zip(wishes, divided, strict=True)]
