"""What stands below a table, and tables of which nothing is taken: named unless they are notes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.records.workbook.books import (
    book,
    bring,
    shop,
)


def test_every_value_below_a_table_is_named_a_stray_sign_too(tmp_path: Path) -> None:
    rows = [
        ["年月", "電気使用量(kWh)"],
        ["十一月", ""],
        ["十一月", "1,234"],
        [0, ":"],
        [0, "注意"],
        [0, "－"],
        [0, True],
    ]
    done = bring(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"電気": rows}))
    assert [f.place.cell for f in done.findings if f.id == "workbook.below_table"] == ["B3", "B4", "B5", "B7"]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        # found by the hundred thousand tables: the row above has no amount, so that the table ends there
        ([["10", "1,234", "", "1,234"], ["10", "1,234", "約10", "1,234"]], "C3"),
        ([["10", "", "", ""], ["x", "y", "約10", ""]], "C3"),
        ([["10", "", "", ""], ["x", "y", "", "1,234"]], "D3"),
    ],
)
def test_a_value_in_words_below_a_table_is_no_note(tmp_path: Path, rows: list[list[Any]], cell: str) -> None:
    head = ["開始日", "終了日", "灯油(L)", "金額(千円)"]
    done = bring(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"電気": [head, *rows]}))
    assert cell in [f.place.cell for f in done.findings if f.id == "workbook.below_table"]


def test_words_below_a_table_are_notes(tmp_path: Path) -> None:
    rows = [
        ["年月", "電気使用量(kWh)"],
        ["2025年4月", 5],
        [],
        ["担当", "総務課"],
        ["", "※2024年度までは旧料金です。"],
    ]
    done = bring(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"電気": rows}))
    assert [f.id for f in done.findings if f.id == "workbook.below_table"] == []


def test_a_table_of_which_nothing_is_taken_is_named(tmp_path: Path) -> None:
    # found by the hundred thousand tables: no heading over the amounts, and a day beside them
    rows = [["令和7年度 エネルギー使用量"], ["電気使用量(kWh)"], ["4月", "1,234", date(2000, 1, 1)]]
    done = bring(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"電気": rows}))
    assert [f.id for f in done.findings if f.severity == "warning"] == ["workbook.nothing_taken"]
