"""No value under a heading of amounts is lost: what no row of a table explains is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from carbonlib.errors import Finding
from carbonlib.records.reading.grid import Grid
from carbonlib.records.reading.known import Known
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.ledger import name_what_is_left
from carbonlib.records.workbook.reading import open_and_read_forms, read_energy
from carbonlib.records.workbook.table_bills import read_table
from carbonlib.records.workbook.tables import find_tables
from tests.records.workbook.books import book

HONTEN = Known({"honten": "本店"})
HEAD = ["年月", "電気使用量(kWh)", "灯油使用量(L)"]
ROWS = [HEAD, *([f"2025年{m}月", 100 + m, m] for m in range(4, 10)), ["合計", 639, 39]]


def left(path: Path, rows: list[list[Any]]) -> list[Finding]:
    opened = open_and_read_forms(book(path / "a.xlsx", {"電気": rows}), "a.xlsx")
    read_energy(opened, HONTEN)
    return [f for f in opened.problems.found if f.id == "workbook.row_left"]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("first", "last"), [(2, 6), (1, 4), (3, 3)])
def test_rows_that_a_table_misses_are_named(first: int, last: int, turned: bool) -> None:
    rows = [list(r) for r in zip(*ROWS, strict=True)] if turned else ROWS
    grid = Grid("a.xlsx", "電気", rows)
    [table] = find_tables(grid.turned() if turned else grid)
    whole, part = Problems(), Problems()
    read_table(table, HONTEN, whole)
    name_what_is_left([table], whole)
    assert whole.found == []
    grid.used.clear()
    short = replace(table, first=first, last=last)  # as if the reading of its rows went wrong
    stored = read_table(short, HONTEN, part)
    before = len(part.found)
    name_what_is_left([short], part)
    said = part.found[before:]
    assert len(stored) == 2 * len(range(first, last + 1))
    missed = [r for r in range(1, 7) if not first <= r <= last]
    named = {
        c for f in said for c in f.message.ja.split("値（")[1].split("）")[0].replace("〜", "・").split("・")
    }
    ends = {min(missed), max(missed)}
    spelt = {f"{'BCDEFGH'[r - 1]}2" for r in ends} if turned else {f"B{r + 1}" for r in ends}
    assert spelt <= named
    assert all("「電気使用量(kWh)」「灯油使用量(L)」" in f.message.ja for f in said)
    assert all(f.severity == "warning" for f in said)


def test_amounts_under_headings_beside_a_table_are_named(tmp_path: Path) -> None:
    beside = [["", "", "", "", *HEAD[1:]], ["", "", "", "", 30, 40], ["", "", "", "", True, date(2025, 4, 1)]]
    [found] = left(tmp_path, [*ROWS, [], *beside])
    assert (found.severity, found.place.cell) == ("warning", "E11")
    assert "見出し「電気使用量(kWh)」「灯油使用量(L)」の下の値（E11〜E12・F11〜F12）" in found.message.ja


@pytest.mark.parametrize(
    "more",
    [
        [["備考", "電気使用量は推定", "－"], ["", "検針票より", ""]],
        [["前年度", 600, 40], ["平均", 106.5, 6.5]],
        [[], ["2024年度"], HEAD, ["2024年4月", 1, 2]],
    ],
)
def test_honest_sheets_hear_nothing(tmp_path: Path, more: list[list[Any]]) -> None:
    assert left(tmp_path, [*ROWS, *more]) == []
