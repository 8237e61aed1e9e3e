"""The period of a bill a row: its month or its days, with or without their year."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from carbonlib.fiscal_year import Month
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import (
    Span,
    YearlessMonth,
    calendar_year,
    fiscal_year_in,
    read_day,
    read_month,
)
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.years import years_after, years_of

When = Month | YearlessMonth | Span


@dataclass
class _Run:
    """Months without a year by their rows, behind one whose year is stated where there is one."""

    stated: Month | None = None
    months: dict[int, int] = field(default_factory=dict)


def year_beside(text: str, month: int, heading: str) -> int | None:
    """Return the year of a month by the cell of a column of years, None where it says none.

    >>> year_beside("2025年度", 3, "年"), year_beside("2025", 3, "年度"), year_beside("令和7", 3, "年"), year_beside("", 3, "年")
    (2026, 2026, 2025, None)
    """
    if year := fiscal_year_in(text):
        return year + (month < 4)
    year = calendar_year(text)
    return year + ("度" in heading and month < 4) if year else None


def is_iso(text: str) -> bool:
    """Return whether a text has the form of a day in bills.csv."""
    return len(text) == 10 and text[4] == text[7] == "-"


@lru_cache(maxsize=4096)
def span_of(start: str, end: str) -> Span | None:
    """Return the first and last day of a row, None where one of them is none."""
    first, last = read_day(start), read_day(end)
    return Span(first, last) if first and last else None


@lru_cache(maxsize=4096)
def month_of(text: str) -> When | None:
    """Return the month or the days of a cell in a column of months, None where it is neither."""
    when = read_month(text, bare=True)
    return when if isinstance(when, Month | YearlessMonth | Span) else None


def end_of(when: When | None) -> Month | int | None:
    """Return the month in which a period ends, its number alone where no year is written.

    >>> end_of(YearlessMonth(4)), end_of(Span((2025, 12, 20), (None, 1, 19)))
    (4, Month(year=2026, month=1))
    """
    if isinstance(when, YearlessMonth):
        return when.month
    if not isinstance(when, Span):
        return when
    (first, *start), (last, month, day) = when.start, when.end
    if last is None and first is not None:
        last = first + ([month, day] < start)
    return month if last is None else Month(last, month)


def days_of(when: When, year: int | None) -> tuple[date, date] | None:
    """Return first and last day; `year` is that of the end where none is written. None where no year is known.

    Raises
    ------
    ValueError
        For 29 February of a year that has none.

    >>> [d.isoformat() for d in days_of(Span((None, 12, 20), (None, 1, 19)), 2026) or ()]
    ['2025-12-20', '2026-01-19']
    """
    if isinstance(when, YearlessMonth):
        if year is None:
            return None
        when = Month(year, when.month)
    if isinstance(when, Month):
        return when.first_day, when.last_day
    (y0, m0, d0), (y1, m1, d1) = when.start, when.end
    if y1 is None:
        y1 = year if y0 is None else y0 + ((m1, d1) < (m0, d0))
    if y1 is None:
        return None
    if y0 is None:
        y0 = y1 - ((m0, d0) > (m1, d1))
    return date(y0, m0, d0), date(y1, m1, d1)


def years_of_rows(
    ends: Mapping[int, tuple[Hashable, Month | int]],
    fiscal_year: int | None,
    table: CsvTable,
    problems: Problems,
) -> tuple[dict[int, int], set[int]]:
    """Return the years of periods without one by the order of each meter's rows, and the rows whose years were refused.

    Parameters
    ----------
    ends : mapping of int to tuple
        For each row its meter, and the month in which it ends: its number alone where no year is written.
    fiscal_year : int or None
        Of the months that stand behind none whose year is written; without it their rows find no year.
    table : CsvTable
        In which they stand.
    problems : Problems
        Takes months whose years cannot be told, and those that were read beyond the fiscal year.
    """
    runs: dict[Hashable, list[_Run]] = {}
    for row, (meter, end) in ends.items():
        own = runs.setdefault(meter, [_Run()])
        if isinstance(end, Month):
            own.append(_Run(end))
        else:
            own[-1].months[row] = end
    years: dict[int, int] = {}
    refused: set[int] = set()
    for run in (r for own in runs.values() for r in own if r.months):
        places = [table.place(row) for row in run.months]
        before = problems.errors
        if run.stated:
            found = years_after(
                run.stated, run.months, fiscal_year, problems, places[0], cells_listed(places)
            )
        elif fiscal_year is not None:
            found = years_of(run.months, fiscal_year, problems, places[0])
        else:
            continue
        years |= {row: month.year for row, month in found.items()}
        if problems.errors > before:
            refused |= run.months.keys()
    return years, refused
