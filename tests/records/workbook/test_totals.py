"""Totals that a workbook states are compared with what stands above them: amounts and costs, by half-year and year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from carbonlib.errors import Finding
from tests.records.workbook.books import bills, book, bring, shop

HEAD = ["年月", "電気使用量（kWh）", "電気料金（円・税抜）"]
MONTHS = [*(f"2025年{m}月" for m in range(4, 13)), *(f"2026年{m}月" for m in range(1, 4))]


def doubts(tmp_path: Path, rows: list[list[Any]], unit: str = "円") -> list[Finding]:
    head = [*HEAD[:2], HEAD[2].replace("円", unit)]
    home = shop(tmp_path / "ws")
    found = bring(home, book(tmp_path / "a.xlsx", {"電気": [head, *rows]})).findings
    assert bills(home)
    return [f for f in found if f.severity == "warning"]


def year(*, first: Any, second: Any, whole: Any) -> list[list[Any]]:
    rows = [[m, 5000, 100_000] for m in MONTHS]
    return [*rows[:6], ["上期計", *first], *rows[6:], ["下期計", *second], ["年計", *whole]]


def test_totals_that_are_right_are_not_doubted(tmp_path: Path) -> None:
    rows = year(first=(30_000, 600_000), second=("30,000", "600,000円"), whole=(60_000, 1_200_000))
    assert doubts(tmp_path, rows) == []


@pytest.mark.parametrize(
    ("wrong", "cell", "said"),
    [
        ({"first": (30_000, 700_000)}, "C8", "「上期計」の 700,000 円が、6 個の値の和 600,000 円と"),
        ({"second": (31_000, 600_000)}, "B15", "「下期計」の 31,000 kWh が、6 個の値の和 30,000 kWh と"),
        ({"whole": (60_000, 999)}, "C16", "「年計」の 999 円が"),
        ({"whole": (61_000, 1_200_000)}, "B16", "「年計」の 61,000 kWh が、12 個の値の和 60,000 kWh と"),
    ],
)
def test_a_wrong_total_of_amounts_or_costs_is_doubted_at_its_cell(
    tmp_path: Path, wrong: dict[str, Any], cell: str, said: str
) -> None:
    right: dict[str, Any] = {"first": (30_000, 600_000), "second": (30_000, 600_000)}
    (doubt,) = doubts(tmp_path, year(**({**right, "whole": (60_000, 1_200_000)} | wrong)))
    assert (doubt.id, doubt.place.cell) == ("workbook.total_differs", cell)
    assert said in doubt.message.ja


def test_quarters_and_halves_together(tmp_path: Path) -> None:
    rows: list[list[Any]] = []
    for quarter in range(4):
        rows += [[m, 5000, 100] for m in MONTHS[3 * quarter : 3 * quarter + 3]]
        rows.append([f"第{quarter + 1}四半期計", 15_000, 300])
        if quarter % 2:
            rows.append([("上期計", "下期計")[quarter // 2], 30_000, 600])
    assert doubts(tmp_path, [*rows, ["合計", 60_000, 1200]], "千円") == []


def test_averages_and_years_before_are_no_sums(tmp_path: Path) -> None:
    rows = [[m, 5000, 100] for m in MONTHS]
    assert doubts(tmp_path, [*rows, ["平均", 5000, 100], ["前年度", 7, 7]]) == []


def test_what_rounding_explains_is_no_doubt(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["2025年4月", 5000, "100.4"], ["2025年5月", 5000, "100.4"]]
    assert doubts(tmp_path, [*rows, ["合計", 10_000, 201]], "千円") == []


def test_the_total_of_a_name_in_its_column_is_a_total(tmp_path: Path) -> None:
    rows = [
        ["種別", "年月", "使用量", "単位"],
        ["電気", "2025年4月", 100, "kWh"],
        ["電気 小計", "", 100, "kWh"],
    ]
    rows += [["都市ガス", "2025年4月", 10, "m3"], ["都市ガス 小計", "", 11, "m3"]]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"一覧": rows}))
    assert [(b.meter_id, b.quantity) for b in bills(home)] == [("E1", 100), ("G1", 10)]
    assert [f.place.cell for f in done.findings if f.id == "workbook.total_differs"] == ["C5"]


def test_rows_that_average_or_run_up_are_said_to_be_left_out(tmp_path: Path) -> None:
    rows = [
        ["種別", "年月", "使用量(kWh)"],
        ["電気", "2025年4月", 100],
        ["電気", "累計", 100],
        ["電気", "平均", 100],
    ]
    done = bring(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"一覧": rows}))
    assert [f.message.ja for f in done.findings if f.id == "workbook.totals_left_out"] == [
        "合計などの行（C3〜C4）は取り込みません。"
    ]


def test_months_under_a_merged_half_of_the_year_are_no_totals(tmp_path: Path) -> None:
    rows = [["", "年月", "電気使用量(kWh)"], ["上期", "2025年4月", 100], ["上期", "2025年5月", 100]]
    home = shop(tmp_path / "ws")
    bring(home, book(tmp_path / "a.xlsx", {"一覧": rows}))
    assert len(bills(home)) == 2


def test_a_total_above_its_rows_is_compared_with_them(tmp_path: Path) -> None:
    rows = [
        ["種別", "年月", "使用量(kWh)"],
        ["電気", "合計", 211],
        ["電気", "2025年4月", 100],
        ["電気", "2025年5月", 110],
    ]
    done = bring(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"一覧": rows}))
    assert [f.place.cell for f in done.findings if f.severity == "warning"] == ["C2"]
