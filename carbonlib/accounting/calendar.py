"""Bills laid on the months of a fiscal year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from carbonlib.errors import Finding, Message, RecordError
from carbonlib.fiscal_year import Month, first_day, label, last_day, months_of
from carbonlib.records.model import Bill

LONGEST_MONTHLY_PERIOD = 62  # days; bills are read every month or every other month, longer ones are annual


def _days(start: date, end: date) -> int:
    return (end - start).days + 1


def is_monthly(bill: Bill) -> bool:
    """Return whether a bill is short enough to be laid on months."""
    return _days(bill.start, bill.end) <= LONGEST_MONTHLY_PERIOD


def shares(bill: Bill, fiscal_year: int) -> dict[Month, Fraction]:
    """Return the share of a bill's days in each month of the fiscal year.

    A share is days in the month ÷ days of the bill; what lies outside the year is in no month.
    """
    return dict(_shares(bill.start, bill.end, fiscal_year))


@lru_cache(maxsize=4096)  # a city's bills have few periods
def _shares(start: date, end: date, fiscal_year: int) -> dict[Month, Fraction]:
    whole = _days(start, end)
    found = {}
    for month in months_of(fiscal_year):
        inside = _days(max(start, month.first_day), min(end, month.last_day))
        if inside > 0:
            found[month] = Fraction(inside, whole)
    return found


def share_in_year(bill: Bill, fiscal_year: int) -> Fraction:
    """Return the share of a bill that belongs to the fiscal year."""
    inside = _days(max(bill.start, first_day(fiscal_year)), min(bill.end, last_day(fiscal_year)))
    return Fraction(max(inside, 0), _days(bill.start, bill.end))


def bills_of_year(bills: Iterable[Bill], fiscal_year: int) -> list[Bill]:
    """Return the bills that touch the fiscal year.

    Raises
    ------
    RecordError
        For a long bill that is neither within the year nor outside it: nobody knows its monthly course.
    """
    kept, wrong = [], []
    for bill in bills:
        share = share_in_year(bill, fiscal_year)
        if not share:
            continue
        kept.append(bill)
        if share != 1 and not is_monthly(bill):
            wrong.append(
                Finding(
                    "bill.straddles_year",
                    "error",
                    _how_to_divide(bill, fiscal_year),
                    bill.place,
                )
            )
    if wrong:
        raise RecordError(wrong)
    return kept


def _how_to_divide(bill: Bill, fiscal_year: int) -> Message:
    months = f"{bill.start:%Y-%m}", f"{bill.end:%Y-%m}"
    year = first_day(fiscal_year), last_day(fiscal_year)
    return Message(
        f"期間 {bill.start}〜{bill.end} は{label(fiscal_year)}の外にまたがり、どの月にいくら使ったか分からないため、年度に分けられません。"
        f"検針票などを見て、{months[0]} から {months[1]} までを月ごとの行に分けて入れてください。月ごとの値が分からなければ、"
        f"年度ちょうど（{year[0]}〜{year[1]}）の合計を 1 行で入れてください。4月〜翌3月のほかの12か月（直近12か月など）では計算できません。",
        f"The period {bill.start} to {bill.end} reaches beyond FY{fiscal_year}, and nobody knows how much of it was used "
        f"in which month. Enter {months[0]} to {months[1]} as one row for each month; where the months are not known, "
        f"enter one row for the fiscal year ({year[0]} to {year[1]}). Twelve months other than April to March cannot be "
        "accounted for.",
    )


def gaps(bills: Iterable[Bill], fiscal_year: int) -> list[tuple[date, date]]:
    """Return the periods of the fiscal year that no bill covers, first and last day of each.

    >>> gaps([], 2024)
    [(datetime.date(2024, 4, 1), datetime.date(2025, 3, 31))]
    """
    day, end = first_day(fiscal_year), last_day(fiscal_year)
    found = []
    for start, stop in sorted((b.start, b.end) for b in bills):
        if start > day:
            found.append((day, min(start - timedelta(days=1), end)))
        day = max(day, stop + timedelta(days=1))
        if day > end:
            return found
    return [*found, (day, end)]


def period_label(start: date, end: date) -> str:
    """Return a period as short as it can be said: a month, several whole months, or from day to day.

    >>> period_label(date(2024, 8, 1), date(2024, 8, 31)), period_label(date(2024, 8, 16), date(2024, 9, 14))
    ('2024-08', '2024-08-16〜2024-09-14')
    """
    first, last = Month(start.year, start.month), Month(end.year, end.month)
    if start == first.first_day and end == last.last_day:
        return str(first) if first == last else f"{first}〜{last}"
    return str(start) if start == end else f"{start}〜{end}"
