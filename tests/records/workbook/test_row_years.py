"""Months written without a year, in rows and side by side: the year that the sheet says, or a question."""

from __future__ import annotations

import random
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.errors import Finding
from carbonlib.records.reading.known import Known
from carbonlib.records.workbook.reading import open_and_read_forms, read_energy
from tests.records.workbook.books import book

FISCAL = [*range(4, 13), 1, 2, 3]
CALENDAR = list(range(1, 13))


def read(
    months: list[Any], title: str = "", year: int | None = None, *, across: bool = False
) -> tuple[list[str], list[Finding]]:
    """Return the months that were stored, in the order of the sheet, and what was said."""
    labels = [m if isinstance(m, str) else f"{m}月" for m in months]
    table: list[list[Any]] = [["月", *labels], ["電気使用量(kWh)", *range(1, len(months) + 1)]]
    rows = table if across else [list(r) for r in zip(*table, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        file = book(Path(folder) / "a.xlsx", {"実績": [[title], [], *rows]})
        opened = open_and_read_forms(file, "a.xlsx")
        found = read_energy(opened, Known({"honten": "本店"}, (), year))
    return [f"{b.start:%Y-%m}" for b in sorted(found, key=lambda b: b.quantity)], opened.problems.found


def of(year: int, months: list[int], *, fiscal: bool = True) -> list[str]:
    return [f"{year + (fiscal and m < 4)}-{m:02}" for m in months]


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("months", [FISCAL[::-1], [4, 6, 5, *FISCAL[3:]], [3, 2, 1], [5, 4], [4, 3], FISCAL])
def test_months_of_a_stated_fiscal_year_lie_in_it_newest_first_and_swapped(
    months: list[int], across: bool
) -> None:
    assert read(months, "2025年度", across=across) == (of(2025, months), [])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_order_of_a_fiscal_years_months_gives_the_same_twelve(seed: int) -> None:
    months = random.Random(seed).sample(FISCAL, 12)
    found, said = read(months, "2025年度")
    turned = [(b - a) % 12 for a, b in pairwise(months)]
    if set(turned) in ({1}, {11}):  # twelve months on end, which may be other ones: named
        assert [f.id for f in said if f.severity != "note"] == [
            f"workbook.{'no_year' if not found else 'months_run_on'}"
        ] or sorted(found) == sorted(of(2025, FISCAL))
    else:
        assert (found, said) == (of(2025, months), [])


@pytest.mark.parametrize("months", [CALENDAR, CALENDAR[::-1]])
@pytest.mark.parametrize(("title", "year"), [("2025年度", None), ("", 2025)])
def test_january_to_december_under_a_fiscal_year_is_a_question(
    months: list[int], title: str, year: int | None
) -> None:
    found, [said] = read(months, title, year)
    assert (found, said.id, said.place.cell) == ([], "workbook.no_year", "A4")
    assert (
        "月（A4〜A15）が 1月から12月へと並んでいて、2025年の月か 2026年の月か分かりません" in said.message.ja
    )
    assert "(A4〜A15)" in said.message.en


@pytest.mark.parametrize("title", ["2025年 電気使用量", "令和7年の実績", "電気（2025年）", "2025年 電気"])
@pytest.mark.parametrize("year", [None, 2025])
def test_a_title_of_a_calendar_year_says_the_months_of_that_year(title: str, year: int | None) -> None:
    for months in (CALENDAR, CALENDAR[::-1], [11, 12], [2, 1]):
        assert read(months, title, year) == (of(2025, months, fiscal=False), [])
    # from April to March it is a fiscal year where the command says so
    assert read(FISCAL, title, 2025) == (of(2025, FISCAL), [])
    for refused, other in ((FISCAL, None), (FISCAL, 2024), ([1, 3, 2], 2025)):
        found, [said] = read(refused, title, other)
        assert (found, said.id) == ([], "workbook.no_year")
        assert "表の題は2025年ですが" in said.message.ja


@pytest.mark.parametrize(
    "title", ["2025年4月 作成", "2025年改正省エネ法による報告", "2024年〜2025年 電気使用量"]
)
def test_other_years_in_a_title_are_no_year_of_the_months(title: str) -> None:
    found, said = read([4, 5], title)
    assert found == []
    assert {f.id for f in said} == {"workbook.no_year"}


def test_months_behind_a_stated_one_follow_it_or_are_a_question() -> None:
    assert read(["2026年3月", *FISCAL[-2::-1]])[0] == of(2025, FISCAL[::-1])
    assert read(["2024年4月", *FISCAL[1:], *FISCAL])[0] == of(2024, FISCAL) + of(2025, FISCAL)
    assert read(["2025年4月", 6, 5, 7], year=2025) == (of(2025, [4, 6, 5, 7]), [])
    found, [said] = read(["2025年4月", 6, 5, 7])
    assert (found, said.id, said.place.cell) == (["2025-04"], "workbook.no_year", "A5")
    assert "2025-04 より後の月（A5〜A7）が順に並んでいない" in said.message.ja


def test_months_that_run_past_march_are_said_once_for_both_energies() -> None:
    found, said = read([*FISCAL[6:], *FISCAL[:6]], "2025年度")
    assert (found[0], found[-1]) == ("2025-10", "2026-09")
    assert [(f.id, f.severity) for f in said] == [("workbook.months_run_on", "warning")]


@pytest.mark.parametrize("year", [None, 2024, 2025])
def test_a_heading_of_a_calendar_year_says_it_too(tmp_path: Path, year: int | None) -> None:
    rows = [["月", "2024年 電気使用量(kWh)"], *([f"{m}月", m] for m in CALENDAR)]
    opened = open_and_read_forms(book(tmp_path / "a.xlsx", {"実績": rows}), "a.xlsx")
    found = read_energy(opened, Known({"honten": "本店"}, (), year))
    assert [f"{b.start:%Y-%m}" for b in found] == of(2024, CALENDAR, fiscal=False)


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("year", [None, 2024, 2025])
@pytest.mark.parametrize(("word", "at"), [("年", 9), ("年度", 12)])
def test_years_beside_the_months_under_no_heading_are_theirs(
    tmp_path: Path, across: bool, year: int | None, word: str, at: int
) -> None:
    months = [*FISCAL, 4, 5]
    years = [f"2024{word}", *[""] * (at - 1), f"2025{word}", *[""] * (len(months) - at - 1)]
    table: list[list[Any]] = [["", *years], ["月", *(f"{m}月" for m in months)]]
    table.append(["電気使用量(kWh)", *range(1, len(months) + 1)])
    rows = table if across else [list(r) for r in zip(*table, strict=True)]
    opened = open_and_read_forms(book(tmp_path / "a.xlsx", {"実績": rows}), "a.xlsx")
    found = read_energy(opened, Known({"honten": "本店"}, (), year))
    told = [f"{b.start:%Y-%m}" for b in sorted(found, key=lambda b: b.quantity)]
    assert told == [*of(2024, FISCAL), *of(2025, [4, 5])]
    assert opened.problems.found == []


@pytest.mark.parametrize("across", [False, True])
def test_one_year_beside_the_months_is_a_title(tmp_path: Path, across: bool) -> None:
    table: list[list[Any]] = [["", "2025年", *[""] * 11], ["月", *(f"{m}月" for m in FISCAL)]]
    table.append(["電気使用量(kWh)", *range(1, 13)])
    rows = table if across else [list(r) for r in zip(*table, strict=True)]
    opened = open_and_read_forms(book(tmp_path / "a.xlsx", {"実績": rows}), "a.xlsx")
    assert read_energy(opened, Known({"honten": "本店"}, (), None)) == []
    assert {f.id for f in opened.problems.found if f.severity == "error"} == {"workbook.no_year"}


def test_the_same_month_of_another_energy_has_the_year_of_the_row_above(tmp_path: Path) -> None:
    rows = [
        ["種別", "年月", "使用量", "単位"],
        ["電気", "2024年12月", 1, "kWh"],
        ["都市ガス", "12月", 1, "m3"],
    ]
    rows += [["電気", "1月", 1, "kWh"], ["都市ガス", "1月", 1, "m3"]]
    opened = open_and_read_forms(book(tmp_path / "a.xlsx", {"一覧": rows}), "a.xlsx")
    found = read_energy(opened, Known({"honten": "本店"}, ()))
    assert [str(b.start) for b in found] == ["2024-12-01", "2024-12-01", "2025-01-01", "2025-01-01"]
