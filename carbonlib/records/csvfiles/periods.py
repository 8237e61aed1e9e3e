"""The period of a bill a row: its month or its days, with or without their year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from carbonlib.fiscal_year import Month
from carbonlib.records.reading.months import Span, YearlessMonth, read_day, read_month

When = Month | YearlessMonth | Span


@lru_cache(maxsize=4096)
def span_of(start: str, end: str) -> Span | None:
    """Return the days of a row one of which has no year."""
    first, last = read_day(start), read_day(end)
    return Span(first, last) if first and last and None in (first[0], last[0]) else None


@lru_cache(maxsize=4096)
def month_of(text: str) -> When | None:
    """Return the month or the days of a cell in a column of months, None where it is neither."""
    when = read_month(text, bare=True)
    return when if isinstance(when, Month | YearlessMonth | Span) else None


def yearless(when: When | None) -> int | None:
    """Return the month in which a period without any year ends."""
    if isinstance(when, YearlessMonth):
        return when.month
    return when.end[1] if isinstance(when, Span) and when.start[0] is None and when.end[0] is None else None


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
