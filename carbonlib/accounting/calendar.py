"""Bills laid on the months of a year: a fiscal year, or any twelve months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from carbonlib.errors import Finding, Message, RecordError
from carbonlib.fiscal_year import Month, Period, Year, day_label, days_label, fiscal_year_of, period_of
from carbonlib.records.model import Bill

LONGEST_MONTHLY_PERIOD = 62  # days; bills are read every month or every other month, longer ones are annual


def _days(start: date, end: date) -> int:
    return (end - start).days + 1


def is_monthly(bill: Bill) -> bool:
    """Return whether a bill is short enough to be laid on months."""
    return _days(bill.start, bill.end) <= LONGEST_MONTHLY_PERIOD


def shares(bill: Bill, year: Year) -> dict[Month, Fraction]:
    """Return the share of a bill's days in each month of the year.

    A share is days in the month ÷ days of the bill; what lies outside the year is in no month.
    """
    return dict(_shares(bill.start, bill.end, period_of(year)))


@lru_cache(maxsize=4096)  # a city's bills have few periods
def _shares(start: date, end: date, period: Period) -> dict[Month, Fraction]:
    whole = _days(start, end)
    found = {}
    for month in period.months:
        inside = _days(max(start, month.first_day), min(end, month.last_day))
        if inside > 0:
            found[month] = Fraction(inside, whole)
    return found


def share_in_year(bill: Bill, year: Year) -> Fraction:
    """Return the share of a bill that belongs to the year."""
    period = period_of(year)
    inside = _days(max(bill.start, period.first_day), min(bill.end, period.last_day))
    return Fraction(max(inside, 0), _days(bill.start, bill.end))


def shares_by_factors(bill: Bill, year: Year) -> dict[tuple[int, ...], Fraction]:
    """Return the share of a bill in the year by the fiscal year whose factors count it.

    A long bill over two fiscal years is in both at once: nobody knows how much of it was used in which.

    >>> from carbonlib.records.model import Bill
    >>> from decimal import Decimal
    >>> def bill(first, last):
    ...     return Bill("s", "m", "electricity", first, last, Decimal(1), "kWh", None)
    >>> latest = Period(Month(2024, 10))
    >>> shares_by_factors(bill(date(2025, 3, 22), date(2025, 4, 10)), latest)
    {(2024,): Fraction(1, 2), (2025,): Fraction(1, 2)}
    >>> shares_by_factors(bill(date(2024, 10, 1), date(2025, 9, 30)), latest)
    {(2024, 2025): Fraction(1, 1)}
    """
    period = period_of(year)
    if not is_monthly(bill):
        years = range(
            fiscal_year_of(max(bill.start, period.first_day)),
            fiscal_year_of(min(bill.end, period.last_day)) + 1,
        )
        return {tuple(years): share_in_year(bill, period)}
    found: dict[tuple[int, ...], Fraction] = {}
    for month, share in shares(bill, period).items():
        key = (fiscal_year_of(month.first_day),)
        found[key] = found.get(key, Fraction(0)) + share
    return found


def bills_of_year(bills: Iterable[Bill], year: Year) -> list[Bill]:
    """Return the bills that touch the year.

    Raises
    ------
    RecordError
        For a long bill that is neither within the year nor outside it: nobody knows its monthly course.
    """
    period = period_of(year)
    kept, wrong = [], []
    for bill in bills:
        share = share_in_year(bill, period)
        if not share:
            continue
        kept.append(bill)
        if share != 1 and not is_monthly(bill):
            wrong.append(
                Finding(
                    "bill.straddles_year",
                    "error",
                    _how_to_divide(bill, period),
                    bill.place,
                )
            )
    if wrong:
        raise RecordError(wrong)
    return kept


def _how_to_divide(bill: Bill, period: Period) -> Message:
    months = f"{bill.start:%Y-%m}", f"{bill.end:%Y-%m}"
    days = period.first_day, period.last_day
    return Message(
        f"期間 {bill.start}〜{bill.end} は{period.label()}の外にまたがり、どの月にいくら使ったか分からないため、{period.word('年度')}に分けられません。"
        f"検針票などを見て、{months[0]} から {months[1]} までを月ごとの行に分けて入れてください。月ごとの値が分からなければ、"
        f"{period.word('年度')}ちょうど（{days[0]}〜{days[1]}）の合計を 1 行で入れてください。4月〜翌3月のほかの12か月（直近12か月"
        f'など）で診断するときは、報告書のファイルに period_from: "{months[0]}" のように最初の月を書いてください。',
        f"The period {bill.start} to {bill.end} reaches beyond {period.short('en')}, and nobody knows how much of it was "
        f"used in which month. Enter {months[0]} to {months[1]} as one row for each month; where the months are not known, "
        f"enter one row for the whole year ({days[0]} to {days[1]}). To diagnose twelve months other than April to March, "
        f'give their first month in the report file, as in period_from: "{months[0]}".',
    )


def gaps(bills: Iterable[Bill], year: Year) -> list[tuple[date, date]]:
    """Return the periods of the year that no bill covers, first and last day of each.

    >>> gaps([], 2024)
    [(datetime.date(2024, 4, 1), datetime.date(2025, 3, 31))]
    """
    period = period_of(year)
    day, end = period.first_day, period.last_day
    found = []
    for start, stop in sorted((b.start, b.end) for b in bills):
        if start > day:
            found.append((day, min(start - timedelta(days=1), end)))
        day = max(day, stop + timedelta(days=1))
        if day > end:
            return found
    return [*found, (day, end)]


def period_label(start: date, end: date, lang: str = "ja") -> str:
    """Return a period as short as it can be said: a month, several whole months, or from day to day.

    >>> period_label(date(2024, 8, 1), date(2024, 8, 31)), period_label(date(2024, 8, 16), date(2024, 9, 14))
    ('2024年8月', '2024年8月16日〜2024年9月14日')
    """
    first, last = Month(start.year, start.month), Month(end.year, end.month)
    if start == first.first_day and end == last.last_day:
        to = " to " if lang == "en" else "〜"
        return first.label(lang) if first == last else f"{first.label(lang)}{to}{last.label(lang)}"
    return day_label(start, lang) if start == end else days_label(start, end, lang)
