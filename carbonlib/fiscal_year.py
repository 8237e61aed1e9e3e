"""The Japanese fiscal year (年度): April to March, written as the western year in which it begins."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

REIWA_OFFSET = 2018  # 令和n年 = 2018 + n
FIRST_MONTH = 4


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year a day belongs to.

    >>> fiscal_year_of(date(2025, 3, 31)), fiscal_year_of(date(2025, 4, 1))
    (2024, 2025)
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def months_of(fiscal_year: int) -> tuple[Month, ...]:
    """Return the twelve months of a fiscal year, April first.

    >>> [str(m) for m in months_of(2024)][::11]
    ['2024-04', '2025-03']
    """
    return tuple(Month(fiscal_year + (m > 12), m - 12 * (m > 12)) for m in range(4, 16))


def first_day(fiscal_year: int) -> date:
    """Return 1 April of the fiscal year."""
    return date(fiscal_year, FIRST_MONTH, 1)


def last_day(fiscal_year: int) -> date:
    """Return 31 March that ends the fiscal year."""
    return date(fiscal_year + 1, FIRST_MONTH, 1) - timedelta(days=1)


def hours_of(fiscal_year: int) -> int:
    """Return the hours of a fiscal year: 8,784 where it holds a 29 February, else 8,760.

    >>> hours_of(2023), hours_of(2024)
    (8784, 8760)
    """
    return 24 * ((last_day(fiscal_year) - first_day(fiscal_year)).days + 1)


def label(fiscal_year: int, lang: str = "ja") -> str:
    """Return the year as it is written in reports.

    >>> label(2024), label(2019), label(2024, "en")
    ('2024年度（令和6年度）', '2019年度（令和元年度）', 'FY2024')
    """
    if lang == "en":
        return f"FY{fiscal_year}"
    era = fiscal_year - REIWA_OFFSET
    if era < 1:
        return f"{fiscal_year}年度"
    return f"{fiscal_year}年度（令和{'元' if era == 1 else era}年度）"
