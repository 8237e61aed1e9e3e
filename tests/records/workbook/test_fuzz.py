"""Any table: never a traceback, and each row with an amount is stored or named."""

from __future__ import annotations

import contextlib
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbonlib.errors import CarbonlibError, Finding
from carbonlib.records.importing import import_files
from carbonlib.records.model import Bill
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.known import Known, KnownMeter
from carbonlib.records.reading.totalwords import is_total
from carbonlib.records.workbook.reading import open_and_read_forms, read_energy
from tests.records.workbook.books import book, shop
from tests.records.workbook.generated import ARGUMENTS


def check(
    rows: list[list[Any]], name: str, sites: dict[str, str], year: int | None, merge: int, hide: int
) -> None:
    """Read a table and ask where each of its rows with an amount went."""
    top = merge % (len(rows) - 1) if merge and len(rows) > 2 else None

    def dress(made: Any, sheets: dict[str, Any]) -> None:
        sheet = sheets[name]
        if top is not None:
            sheet.merge_range(top, 1, top + 1, 1 + merge % 2, "電気", made.add_format())
        if hide:
            sheet.set_row(hide, None, None, {"hidden": True})

    with tempfile.TemporaryDirectory() as folder:
        file = book(Path(folder) / "a.xlsx", {name: rows}, dress)
        meters = (KnownMeter("honten", "E1", "electricity"), KnownMeter("a", "E1", "electricity"))
        try:
            opened = open_and_read_forms(file, "a.xlsx")
            found = read_energy(opened, Known(sites, meters, year))
        except CarbonlibError:
            return  # it always holds a finding
        _import(file, Path(folder), year)
    merged = range(0) if top is None else range(top + 1, top + 3)
    lost = rows_lost(rows, found, opened.problems.found, merged=merged)
    assert not lost, (lost, [rows[n - 1] for n in lost], found, opened.problems.found)


# what a person may write in the place of an amount
VALUE_WORDS = {"なし", "同上", "〃", "々", "不明", "百二十", "ゼロ"}


def rows_lost(
    rows: list[list[Any]], found: list[Bill], problems: list[Finding], *, merged: range
) -> list[int]:
    """Return the rows, counted from 1, with an amount that was neither stored nor named with its row."""
    spoken = [f for f in problems if f.severity != "note" or f.id == "workbook.totals_left_out"]
    stored = {b.place.cell for b in found}
    accounted = {_row(f.place.cell) for f in spoken}
    accounted |= {row for f in spoken for row in _rows_listed(f.message.ja)}
    head = next((i for i, r in enumerate(rows, 1) if r and isinstance(r[0], str) and len(r) > 1), 0)
    # of a whole sheet, table or column: an error there, or that nothing of it was taken in
    whole = {"workbook.nothing_taken", "workbook.sheet_left_out", "workbook.two_amounts"}
    if any(f.id in whole or (f.severity == "error" and _row(f.place.cell) <= head) for f in spoken):
        return []
    if merged and merged[0] <= head:
        return []  # the headings are others than those that were drawn
    amounts = [
        i for i, h in enumerate(rows[head - 1]) if isinstance(h, str) and re.search(r"使用量|L|電気\(", h)
    ]
    if len(amounts) > 1 and any("合計" in rows[head - 1][i] for i in amounts):
        accounted |= {_row(cell) for cell in stored}  # of parts and their total, the total is stored
    lost = []
    for number, row in enumerate(rows[head:], head + 1):
        if number in accounted or number in merged or (isinstance(row[0], str) and is_total(row[0])):
            continue
        words = all(isinstance(v, str) and not any(c.isdigit() for c in v) for v in row)
        if words and not any(row[i].strip() in VALUE_WORDS for i in amounts if i < len(row)):
            continue  # words alone below a table are a note
        cells = [Cell(number - 1, i, row[i]) for i in amounts if i < len(row)]
        if any(not is_nothing(c) and c.name not in stored for c in cells):
            lost.append(number)
    return lost


def _rows_listed(sentence: str) -> set[int]:
    """Return the rows of cells that a sentence lists in brackets: （B3〜B5・B8）."""
    lists = re.findall(r"（((?:[A-Z]+\d+(?:〜[A-Z]+\d+)?・?)+)）", sentence)
    ranges = re.findall(r"[A-Z]+(\d+)(?:〜[A-Z]+(\d+))?", " ".join(lists))
    return {row for first, last in ranges for row in range(int(first), int(last or first) + 1)}


def _row(cell: str) -> int:
    return int(re.sub(r"\D", "", cell) or 0)


def _import(file: Path, folder: Path, year: int | None) -> None:
    home = shop(folder / "ws")
    try:
        import_files(home, [file], company_id="shop", fiscal_year=year)
    except CarbonlibError as refused:
        error = refused
    else:
        return
    assert all(f.message.ja and f.message.en for f in error.findings)
    assert not (home.parameters / "companies/shop/bills.csv").exists()


_FREE = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


_TITLE = "令和7年度 エネルギー使用量"
_TWO = ["", "電気使用量(kWh)", "都市ガス使用量(m3)"]


@pytest.mark.parametrize(
    "rows",
    [
        # no month is readable, and rows and columns exchanged the titles look like a header
        [[_TITLE], [_TITLE], _TWO, ["十一月", False, date(2000, 1, 1)]],
        [[_TITLE], [_TITLE], _TWO, ["十一月", "同上", date(2000, 1, 1)]],
        [[_TITLE], [_TITLE], _TWO, ["十一月", "－", date(2000, 1, 1)]],
        # a title with 使用量 over a number is no header
        [[_TITLE], _TWO, ["10", "1,234", "1,234"], ["", "1,234", date(2000, 1, 1)]],
        # a part beside a blank total
        [["年月", "電気使用量(kWh)", "合計使用量(kWh)"], ["4月", "1,234", "1,234"], ["4月", "1,234", "－"]],
        # nothing over the months, so that the sheet is read turned, with an error at one cell
        [[_TITLE], ["電気使用量(kWh)", "電気料金(円)"], ["4月", "1,234"], ["4月", date(2000, 1, 2)]],
        [[_TITLE], ["電気使用量(kWh)", "電気使用量(kWh)"], ["十一月", "1,234"], ["十一月", date(2000, 1, 2)]],
        # an amount with its unit is no line of units under the heading
        [["年月", "電気使用量(kWh)", "電気料金(円)"], ["", "12 kWh", "12 kWh"], ["4月", "1,234", "1,234"]],
        # a unit alone in the place of an amount is no heading of the rows under it
        [
            ["年月", "電気使用量(kWh)", "電気料金(円)"],
            ["2025年4月", "1,234", "1,234"],
            ["2025年4月", "－", "G"],
            ["2025年4月", "1,234", "1,234"],
        ],
        [
            ["年月", "電気使用量(kWh)", "電気料金(円)"],
            ["2025年4月", "1,234", "1,234"],
            ["", "－", "L"],
            ["2025年5月", "1,234", "1,234"],
        ],
        [
            ["年月", "電気使用量(kWh)", "電気料金(円)"],
            ["2025年4月", "1,234", "1,234"],
            ["2025年5月", "kg", "L"],
            ["2025年5月", "1,234", "1,234"],
        ],
        # a part of 0 beside a blank total
        [["年月", "電気使用量(kWh)", "合計使用量(kWh)"], ["4月", 0, "－"], ["4月", "1,234", "1,234"]],
        # the title read as the heading, the amount in a column that it does not head
        [["令和7年度 エネルギー使用量"], ["", *_TWO[1:]], ["", "1,234", "－"], [0, date(2000, 1, 1), False]],
        # dates under a heading of amounts are no months of the title's table
        [
            ["令和7年度 エネルギー使用量"],
            ["", "電気使用量(kWh)", "都市ガス使用量(m3)"],
            ["", date(2000, 1, 1), False],
            [0, "1,234", "－"],
        ],
        # an amount in a row that is called a note
        [_TWO, ["2025年4月", "1,234", "1,234"], ["備考", "1,234", "1,234"]],
        # letters that are units, beside a month or an average
        [["電気使用量(kWh)", "電気使用量(kWh)"], ["4月", "G"], ["4月", "1,234"]],
        [
            ["年月", "電気使用量(kWh)", "電気料金(円)"],
            ["2025年4月", "1,234", "1,234"],
            ["平均", False, "T"],
            ["2025年5月", "1,234", "1,234"],
            ["2025年5月", "1,234", "1,234"],
        ],
        # months beside a year
        [[_TITLE], ["年月", "電気使用量(kWh)"], ["4月", "1,234"], ["年間", "1,234"], ["年間", "1,234"]],
        # a word in the place of an amount, below the table, and in all months of one without 年月
        [["年月", "電気使用量(kWh)"], ["2025年4月", 5], ["", ""], ["", "同上"]],
        [["年月", "電気使用量(kWh)"], ["2025年4月", 5], ["", ""], ["", "なし"]],
        [["年月", "電気使用量(kWh)"], ["2025年4月", 5], ["", ""], ["", "百二十"]],
        [["", "電気使用量(kWh)"], ["4月", "なし"], ["5月", "なし"]],
    ],
)
@pytest.mark.parametrize("beside", [False, True])
def test_what_the_generated_tables_found(tmp_path: Path, rows: list[list[Any]], beside: bool) -> None:
    sheets: dict[str, list[list[Any]]] = {"電気": rows}
    if beside:  # then the workbook is read, and the sheet must be named
        sheets["本店"] = [["年月", "灯油(L)"], ["2025年4月", 5]]
    file = book(tmp_path / "a.xlsx", sheets)
    opened = open_and_read_forms(file, "a.xlsx")
    found = read_energy(opened, Known({"honten": "本店"}, (), None))
    here = [b for b in found if b.place.sheet == "電気"]
    problems = [f for f in opened.problems.found if f.place.sheet in {"電気", "", None}]
    assert all(f.place.sheet == "電気" for f in problems if beside)
    assert any(f.severity != "note" for f in problems)
    assert problems[0].id == "workbook.layout" or not rows_lost(rows, here, problems, merged=range(0))


def test_words_below_a_table_stay_a_note(tmp_path: Path) -> None:
    rows = [
        ["年月", "電気使用量(kWh)"],
        ["2025年4月", 5],
        ["", ""],
        ["", "検針票より"],
        ["", "担当 なし崩し"],
    ]
    opened = open_and_read_forms(book(tmp_path / "a.xlsx", {"電気": rows}), "a.xlsx")
    assert len(read_energy(opened, Known({"honten": "本店"}, (), None))) == 1
    assert opened.problems.found == []


@settings(max_examples=300, derandomize=True, **_FREE)
@given(**ARGUMENTS)
def test_tables(
    rows: list[list[Any]], name: str, sites: dict[str, str], year: int | None, merge: int, hide: int
) -> None:
    check(rows, name, sites, year, merge, hide)


@pytest.mark.slow
@settings(max_examples=100_000, **_FREE)
@given(**ARGUMENTS)
def test_a_hundred_thousand_tables(
    rows: list[list[Any]], name: str, sites: dict[str, str], year: int | None, merge: int, hide: int
) -> None:
    check(rows, name, sites, year, merge, hide)


@settings(max_examples=100, derandomize=True, **_FREE)
@given(data=st.binary(max_size=2000), at=st.integers(0, 20_000), blob=st.binary(max_size=30))
def test_damaged_files(data: bytes, at: int, blob: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = book(Path(folder) / "a.xlsx", {"電気": [["年月", "使用量(kWh)"], [date(2025, 4, 1), 5]]})
        whole = file.read_bytes()
        for content in (
            data,
            whole[: at % len(whole)],
            whole[: at % len(whole)] + blob + whole[at % len(whole) + len(blob) :],
        ):
            file.write_bytes(content)
            with contextlib.suppress(CarbonlibError):
                open_and_read_forms(file, "a.xlsx")
