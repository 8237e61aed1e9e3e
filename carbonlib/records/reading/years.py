"""Months without a year in headings and rows: each finds its year by the fiscal year and by its place in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from carbonlib.errors import Place, shown
from carbonlib.fiscal_year import Month
from carbonlib.records.reading.columns import Head
from carbonlib.records.reading.months import YearlessMonth
from carbonlib.records.reading.problems import Problems

_A_YEAR = 11  # steps from the first of twelve months to the last


def _steps(months: Sequence[int]) -> list[int]:
    return [(b - a) % 12 for a, b in pairwise(months)]


def _is_newest_first(months: Sequence[int]) -> bool:
    """Return whether each month comes soon before the one above it, all within twelve."""
    steps = _steps(months[::-1])
    return sum(steps) <= _A_YEAR and max(steps, default=0) <= 6


def _onwards(first: Month, months: Sequence[int]) -> list[Month]:
    """Return months as they follow on each other, the first of them being known."""
    found = [first]
    for month in months[1:]:
        found.append(Month(found[-1].year + (month < found[-1].month), month))
    return found


def _backwards(first: Month, months: Sequence[int]) -> list[Month]:
    """Return months as each comes before the one above it, the first of them being known."""
    found = [first]
    for month in months[1:]:
        found.append(Month(found[-1].year - (month > found[-1].month), month))
    return found


def in_order(months: Sequence[int], fiscal_year: int) -> list[Month]:
    """Return months with their years: one run, oldest or newest first, is followed past March, others lie in the fiscal year.

    Parameters
    ----------
    months : sequence of int
        From 1 to 12, as they stand.
    fiscal_year : int
        In which the oldest of a run lies.

    >>> [str(m) for m in in_order([10, 3, 4], 2024)], [str(m) for m in in_order([4, 6, 5], 2024)]
    (['2024-10', '2025-03', '2025-04'], ['2024-04', '2024-06', '2024-05'])
    >>> [str(m) for m in in_order([12, 12, 3, 3, 4, 4], 2024)]
    ['2024-12', '2024-12', '2025-03', '2025-03', '2025-04', '2025-04']
    >>> [str(m) for m in in_order([3, 2, 1, 12], 2024)], [str(m) for m in in_order([4, 3, 2], 2024)]
    (['2025-03', '2025-02', '2025-01', '2024-12'], ['2025-04', '2025-03', '2025-02'])
    """
    # rows of several meters have each month as often
    once = [m for at, m in enumerate(months) if at == 0 or m != months[at - 1]]
    if len(once) < len(months):
        found = iter(in_order(once, fiscal_year))
        spread: list[Month] = []
        for month in months:
            spread.append(spread[-1] if spread and spread[-1].month == month else next(found))
        return spread
    within = [_in_fiscal_year(m, fiscal_year) for m in months]
    last_first = months[::-1]
    ahead, back = sum(_steps(months)), sum(_steps(last_first))
    runs = []
    if ahead <= _A_YEAR:
        runs.append((ahead, _onwards(within[0], months)))
    if _is_newest_first(months) and back < ahead:
        runs.append((back, _onwards(within[-1], last_first)[::-1]))
    if not runs or any(run == within for _, run in runs):
        return within
    return min(runs, key=lambda r: r[0])[1]


def _in_fiscal_year(month: int, fiscal_year: int) -> Month:
    return Month(fiscal_year + (month < 4), month)


def after(stated: Month, months: Sequence[int], fiscal_year: int | None) -> list[Month] | None:
    """Return the months that stand behind one whose year is stated; None where their order does not tell their years.

    Parameters
    ----------
    stated : Month
        The month whose year is stated.
    months : sequence of int
        Those that follow it without a year, from 1 to 12.
    fiscal_year : int or None
        That of the table; months in no order lie in it where the stated one does.

    >>> [str(m) for m in after(Month(2025, 11), [12, 1], None)], [str(m) for m in after(Month(2026, 1), [12, 11], None)]
    (['2025-12', '2026-01'], ['2025-12', '2025-11'])
    >>> after(Month(2025, 4), [6, 5], None), [str(m) for m in after(Month(2025, 4), [6, 5], 2025)]
    (None, ['2025-06', '2025-05'])
    """
    line = [stated.month, *months]
    ahead, back = _steps(line), _steps(line[::-1])
    runs = []
    # bills of every or every other month may go on for years
    if sum(ahead) <= _A_YEAR or max(ahead) <= 2:
        runs.append((sum(ahead), _onwards(stated, line)[1:]))
    if _is_newest_first(line) or max(back) <= 2:
        runs.append((sum(back), _backwards(stated, line)[1:]))
    if fiscal_year is not None and _in_fiscal_year(stated.month, fiscal_year) == stated:
        within = [_in_fiscal_year(m, fiscal_year) for m in months]
        if not runs or any(run == within for _, run in runs):
            return within
    return min(runs, key=lambda r: r[0])[1] if runs else None


def in_calendar_year(months: Sequence[int], year: int) -> list[Month] | None:
    """Return months of one calendar year; None where they stand in another order than from January to December or back.

    >>> in_calendar_year([11, 12], 2025), in_calendar_year([12, 1], 2025)
    ([Month(year=2025, month=11), Month(year=2025, month=12)], None)
    """
    ordered = sorted(months)
    down = list(months) == ordered[::-1] and _is_newest_first(months)
    return [Month(year, m) for m in months] if down or list(months) == ordered else None


def is_one_run(months: Sequence[int]) -> bool:
    """Return whether months follow each other within a year, oldest or newest first.

    >>> is_one_run([4, 12, 3]), is_one_run([3, 2, 12]), is_one_run([4, 6, 5])
    (True, True, False)
    """
    return sum(_steps(months)) <= _A_YEAR or _is_newest_first(months)


def years_of_headings(
    heads: Sequence[Head], fiscal_year: int | None, problems: Problems, place: Place
) -> dict[int, Month]:
    """Return the months of the headings that write no year, by their column.

    Parameters
    ----------
    heads : sequence of Head
        The whole heading.
    fiscal_year : int or None
        That of the command or of a line above the table.
    problems : Problems
        Takes months whose year nobody can tell, and the months that were read beyond the fiscal year.
    place : Place
        Of the heading.
    """
    yearless = {i: h.month.month for i, h in enumerate(heads) if isinstance(h.month, YearlessMonth)}
    if not yearless:
        return {}
    texts = [heads[i].text for i in yearless]
    if fiscal_year is None:
        problems.error(
            "no_year",
            f"「{'・'.join(shown(t, 10) for t in texts)}」が何年か分かりません。--fiscal-year 2025 のように年度を指定するか、"
            "見出しに 2025-04 のように年を書いてください。",
            f"The year of {', '.join(shown(t, 10) for t in texts)} is not known; give --fiscal-year 2025, or write "
            "the year in the heading as in 2025-04.",
            place,
        )
        return {}
    return years_of(yearless, fiscal_year, problems, place)


def years_of(
    months: Mapping[int, int], fiscal_year: int, problems: Problems, place: Place, listed: str = ""
) -> dict[int, Month]:
    """Return months with their years as `in_order` does, saying which were read beyond the fiscal year.

    Parameters
    ----------
    months : mapping of int to int
        Months by where they stand, in order.
    fiscal_year : int
        In which the oldest of them lies.
    problems : Problems
        Takes months from January on past March: their fiscal year may be meant, or the calendar year of that name.
    place : Place
        Where they stand.
    listed : str, optional
        Their cells, for messages.
    """
    found = dict(zip(months, in_order(list(months.values()), fiscal_year), strict=True))
    first, last = min(found.values()), max(found.values())
    which, which_en = (f"（{listed}）", f" ({listed})") if listed else ("", "")
    beyond = min((m for m in found.values() if m > Month(fiscal_year + 1, 3)), default=None)
    if beyond and first.month < 4:
        problems.error(
            "no_year",
            f"月{which}が {first.month}月から{last.month}月へと並んでいて、{fiscal_year}年の月か {fiscal_year + 1}年の月か分かりません。"
            f"{fiscal_year}-{first.month:02} のように年も書いてください。",
            f"The months{which_en} run from month {first.month} to month {last.month}, which may be of {fiscal_year} or "
            f"{fiscal_year + 1}; write the year too, as in {fiscal_year}-{first.month:02}.",
            place,
        )
        return {}
    if beyond:
        problems.warning(
            "months_run_on",
            f"月{which}が {first.month}月から始まるので、{first}〜{last} の続いた月として読みました（{beyond.month}月からは"
            f" {beyond.year}年）。違うときは {beyond} のように年も書いてください。",
            f"The months{which_en} begin with month {first.month}, so they were read as running from {first} to {last} (from month "
            f"{beyond.month} on in {beyond.year}); where that is wrong, write the year too, as in {beyond}.",
            place,
        )
    return found


def years_after(
    stated: Month,
    months: Mapping[int, int],
    fiscal_year: int | None,
    problems: Problems,
    place: Place,
    listed: str,
) -> dict[int, Month]:
    """Return months with their years as `after` does; where it cannot, that is named.

    Parameters
    ----------
    stated : Month
        The month before them, whose year is stated.
    months : mapping of int to int
        Months by where they stand, in order.
    fiscal_year : int or None
        That of the table.
    problems : Problems
        Takes months whose order does not tell their years.
    place, listed : Place, str
        Where they stand: the first of their cells, and all of them for messages.
    """
    found = after(stated, list(months.values()), fiscal_year)
    if found is not None:
        return dict(zip(months, found, strict=True))
    problems.error(
        "no_year",
        f"{stated} より後の月（{listed}）が順に並んでいないので、何年か分かりません。{stated} のように年も書いてください。",
        f"The months behind {stated} ({listed}) stand in no order that tells their years; write the year too, as in {stated}.",
        place,
    )
    return {}
