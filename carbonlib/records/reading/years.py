"""Months without a year in headings and rows: each finds its year by the fiscal year and by its place in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from carbonlib.errors import Place, shown
from carbonlib.fiscal_year import Month
from carbonlib.records.reading.columns import Head
from carbonlib.records.reading.months import YearlessMonth
from carbonlib.records.reading.problems import Problems


def in_order(months: Sequence[int], fiscal_year: int) -> list[Month]:
    """Return months with their years: those of one run are followed past March, others lie in the fiscal year.

    Parameters
    ----------
    months : sequence of int
        From 1 to 12, as they stand.
    fiscal_year : int
        In which the first of them lies.

    >>> [str(m) for m in in_order([10, 3, 4], 2024)], [str(m) for m in in_order([4, 6, 5], 2024)]
    (['2024-10', '2025-03', '2025-04'], ['2024-04', '2024-06', '2024-05'])
    """
    within = [Month(fiscal_year + (m < 4), m) for m in months]
    steps = [(b - a) % 12 for a, b in pairwise(months)]
    if 0 in steps or sum(steps) > 11:
        return within  # out of order, or one month twice
    found = within[:1]
    for month in months[1:]:
        found.append(Month(found[-1].year + (month < found[-1].month), month))
    return found


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
    months: Mapping[int, int], fiscal_year: int, problems: Problems, place: Place
) -> dict[int, Month]:
    """Return months with their years as `in_order` does, saying which were read beyond the fiscal year.

    Parameters
    ----------
    months : mapping of int to int
        Months by where they stand, in order.
    fiscal_year : int
        In which the first of them lies.
    problems : Problems
        Takes months from January on past March: their fiscal year may be meant, or the calendar year of that name.
    place : Place
        Where they stand.
    """
    found = dict(zip(months, in_order(list(months.values()), fiscal_year), strict=True))
    first, last = (list(found.values())[at] for at in (0, -1))
    beyond = [m for m in found.values() if m > Month(fiscal_year + 1, 3)]
    if beyond and first.month < 4:
        problems.error(
            "no_year",
            f"月が {first.month}月から{last.month}月へと並んでいて、{fiscal_year}年の月か {fiscal_year + 1}年の月か分かりません。"
            f"{fiscal_year}-{first.month:02} のように年も書いてください。",
            f"The months run from month {first.month} to month {last.month}, which may be of {fiscal_year} or "
            f"{fiscal_year + 1}; write the year too, as in {fiscal_year}-{first.month:02}.",
            place,
        )
        return {}
    if beyond:
        problems.warning(
            "months_run_on",
            f"月が {first.month}月から始まるので、{first}〜{last} の続いた月として読みました（{beyond[0].month}月からは"
            f" {beyond[0].year}年）。違うときは {beyond[0]} のように年も書いてください。",
            f"The months begin with month {first.month}, so they were read as running from {first} to {last} (from month "
            f"{beyond[0].month} on in {beyond[0].year}); where that is wrong, write the year too, as in {beyond[0]}.",
            place,
        )
    return found
