"""Size of a company by its crude-oil equivalent, at the lines that rules draw."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True)
class Line:
    """A line between sizes [kL crude-oil equivalent a year], what draws it and where that stands."""

    kl: int
    what_ja: str
    source: str
    evidence: str


# 1,500 kL is from the design notes of this project: to be confirmed against the Act before it decides anything
LINES = (
    Line(50, "補助金（EMS）の下限", "saitama-deck-2025: 補助金 要件", "published"),
    Line(300, "省エネ診断メニューの目安", "saitama-deck-2025: 診断メニュー", "published"),
    Line(1500, "省エネ法・県の計画書の対象", "design-notes: legal lines", "secondary"),
)
UNKNOWN = "不明"


def size_names() -> list[str]:
    """Return the names of the sizes, smallest first, unknown last.

    >>> size_names()
    ['50 kL未満', '50〜300 kL', '300〜1,500 kL', '1,500 kL以上', '不明']
    """
    edges = [f"{line.kl:,}" for line in LINES]
    between = [f"{low}〜{high} kL" for low, high in pairwise(edges)]
    return [f"{edges[0]} kL未満", *between, f"{edges[-1]} kL以上", UNKNOWN]


def size_of(crude_oil_kl: Fraction | None) -> str:
    """Return the size that an annual use belongs to; exactly on a line is above it.

    >>> size_of(Fraction(300)), size_of(Fraction(299)), size_of(None)
    ('300〜1,500 kL', '50〜300 kL', '不明')
    """
    if crude_oil_kl is None:
        return UNKNOWN
    return size_names()[sum(crude_oil_kl >= line.kl for line in LINES)]
