"""The Japanese fiscal year (年度), written as the western year in which April lies, and any other twelve months."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby

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

    def label(self, lang: str = "ja") -> str:
        """Return the month as sentences name it."""
        return str(self) if lang == "en" else f"{self.year}年{self.month}月"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def day_label(day: date, lang: str = "ja") -> str:
    """Return a day as sentences and tables name it; messages on what to type write it as the files do.

    >>> day_label(date(2025, 4, 1)), day_label(date(2025, 4, 1), "en")
    ('2025年4月1日', '2025-04-01')
    """
    return day.isoformat() if lang == "en" else f"{day.year}年{day.month}月{day.day}日"


def days_label(first: date, last: date, lang: str = "ja") -> str:
    """Return a span of days as sentences and tables name it.

    >>> days_label(date(2025, 4, 1), date(2026, 3, 31))
    '2025年4月1日〜2026年3月31日'
    """
    return f"{day_label(first, lang)}{' to ' if lang == 'en' else '〜'}{day_label(last, lang)}"


def written_label(written: str) -> str:
    """Return a day or month as files write it as a table names it; what is neither, as it is.

    >>> written_label("2025-10-28"), written_label("2026-06"), written_label("")
    ('2025年10月28日', '2026年6月', '')
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", written)
    if match is None:
        return written
    return Month(int(match[1]), int(match[2])).label() + (f"{int(match[3])}日" if match[3] else "")


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year a day belongs to.

    >>> fiscal_year_of(date(2025, 3, 31)), fiscal_year_of(date(2025, 4, 1))
    (2024, 2025)
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


@dataclass(frozen=True, order=True)
class Period:
    """Twelve months in a row (診断期間), from `first`: a fiscal year where that is an April.

    >>> latest = Period(Month(2024, 10))
    >>> latest.label(), latest.fiscal_years, latest.previous.short()
    ('2024年10月〜2025年9月（12か月）', (2024, 2025), '2023年10月〜2024年9月')
    >>> Period(Month(2024, 4)).label()
    '2024年度（令和6年度）'
    """

    first: Month

    @property
    def fiscal_year(self) -> int:
        """The fiscal year in which the period begins, which names it among periods of the same months."""
        return fiscal_year_of(self.first_day)

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        """The fiscal year or years that the period lies in."""
        return tuple(year for year, _ in groupby(fiscal_year_of(m.first_day) for m in self.months))

    @property
    def is_fiscal_year(self) -> bool:
        """Whether the months are April to March."""
        return self.first.month == FIRST_MONTH

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve months in their order."""
        start = self.first.month - 1
        return tuple(Month(self.first.year + i // 12, i % 12 + 1) for i in range(start, start + 12))

    @property
    def first_day(self) -> date:
        """The first day."""
        return self.first.first_day

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.months[-1].last_day

    @property
    def previous(self) -> Period:
        """The same months a year earlier."""
        return self.back(2)[1]

    def back(self, years: int) -> tuple[Period, ...]:
        """Return the period and those before it, the latest first.

        >>> [p.fiscal_year for p in period_of(2024).back(3)]
        [2024, 2023, 2022]
        """
        return tuple(Period(Month(self.first.year - n, self.first.month)) for n in range(years))

    def short(self, lang: str = "ja") -> str:
        """Return the period as sentences name it: 2024年度, or its first and last month."""
        if self.is_fiscal_year:
            return f"FY{self.fiscal_year}" if lang == "en" else f"{self.fiscal_year}年度"
        last = self.months[-1]
        if lang == "en":
            return f"{self.first} to {last}"
        return f"{self.first.label()}〜{last.label()}"

    def label(self, lang: str = "ja") -> str:
        """Return the period as headings name it."""
        if self.is_fiscal_year:
            return label(self.fiscal_year, lang)
        return f"{self.short(lang)} (12 months)" if lang == "en" else f"{self.short()}（12か月）"

    def word(self, ja: str) -> str:
        """Return 年度 or 前年度 as it is said of this period.

        >>> Period(Month(2024, 10)).word("前年度"), Period(Month(2024, 4)).word("前年度")
        ('前の12か月', '前年度')
        """
        return ja if self.is_fiscal_year else _OF_TWELVE_MONTHS[ja]


_OF_TWELVE_MONTHS = {
    "年度": "期間",
    "この年度": "この12か月",
    "前年度": "前の12か月",
    "前の年度": "前の12か月",
    "今年度": "この12か月",
    "両年度": "両方の期間",
}
Year = int | Period  # a fiscal year by its number, or any twelve months


def period_of(year: Year) -> Period:
    """Return a period as it is, a fiscal year's number as its twelve months."""
    return year if isinstance(year, Period) else Period(Month(year, FIRST_MONTH))


def months_of(year: Year) -> tuple[Month, ...]:
    """Return the twelve months of a year, the first one first.

    >>> [str(m) for m in months_of(2024)][::11]
    ['2024-04', '2025-03']
    """
    return period_of(year).months


def first_day(year: Year) -> date:
    """Return the first day of a year: 1 April of a fiscal year."""
    return period_of(year).first_day


def last_day(year: Year) -> date:
    """Return the last day of a year: 31 March of a fiscal year."""
    return period_of(year).last_day


def hours_of(year: Year) -> int:
    """Return the hours of a year: 8,784 where it holds a 29 February, else 8,760.

    >>> hours_of(2023), hours_of(2024)
    (8784, 8760)
    """
    return 24 * ((last_day(year) - first_day(year)).days + 1)


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
