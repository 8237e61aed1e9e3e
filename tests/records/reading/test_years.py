"""Months without a year: their order decides, the same from top to bottom and from bottom to top."""

from __future__ import annotations

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from carbonlib.fiscal_year import Month
from carbonlib.records.reading.years import after, in_calendar_year, in_order, is_one_run

MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=14)


@given(MONTHS)
def test_every_month_keeps_its_number_and_lies_in_the_year_or_on_one_run(months: list[int]) -> None:
    found = in_order(months, 2025)
    assert [m.month for m in found] == months
    within = [Month(2025 + (m < 4), m) for m in months]
    assert found == within or (is_one_run(months) and found in (sorted(found), sorted(found)[::-1]))
    # a month twice is no month of the next year
    assert all(m == n for m, n in pairwise(found) if m.month == n.month)


@given(MONTHS, st.integers(1, 3))
def test_months_of_several_meters_side_by_side_have_the_years_of_one(months: list[int], count: int) -> None:
    once = [m for m, _ in groupby(months)]
    assert in_order([m for m in once for _ in range(count)], 2025) == [
        m for m in in_order(once, 2025) for _ in range(count)
    ]


@given(st.permutations(range(1, 13)))
def test_twelve_months_are_twelve_months(months: list[int]) -> None:
    found = in_order(months, 2025)
    ordered = sorted(found)
    assert len(set(found)) == 12
    assert (ordered[-1].year - ordered[0].year) * 12 + ordered[-1].month - ordered[0].month == 11
    if not is_one_run(months):
        assert ordered[0] == Month(2025, 4)


@given(st.integers(3, 12), st.integers(1, 12), st.booleans())
def test_a_run_is_found_from_either_end(count: int, first: int, down: bool) -> None:
    run = [Month(2025 + (first + n - 1) // 12, (first + n - 1) % 12 + 1) for n in range(count)]
    line = run[::-1] if down else run
    assert after(line[0], [m.month for m in line[1:]], None) == line[1:]
    inside = all(m.year == 2025 for m in run)
    assert in_calendar_year([m.month for m in line], 2025) == (line if inside else None)
