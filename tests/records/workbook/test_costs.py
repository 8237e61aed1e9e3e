"""Which yen are the cost of the energy, and which are the other lines of a bill or no part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.records.workbook.books import (
    bills,
    book,
    bring,
    refusal,
    shop,
)

LINES = [
    ["本店 2024年度"],
    ["項目", "単位", "4月", "5月", "6月", "合計"],
    ["電気使用量", "kWh", 1000, 1100, 1200, 3300],
]


def _as_columns(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the same table with months down and a line of units below the headings."""
    title, head, *items = rows
    lines = [["年月", *(i[0] for i in items)], ["", *(i[1] for i in items)]]
    return [title, *lines, *([head[m], *(i[m] for i in items)] for m in range(2, len(head)))]


@pytest.mark.parametrize(
    "part",
    [
        "延滞金額(円)",
        "遅収料金(円)",
        "損害金(円)",
        "水道料金(円)",
        "うち電気料金(円)",
        "前回請求額(円)",
        "昼間料金(円)",
        "電気料金(夜間)",
        "電気料金（税込・昼間・円）",
        "設備料金",
    ],
)
def test_a_charge_beside_the_energy_is_never_its_cost(tmp_path: Path, part: str) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)", part], ["2025年4月", 500, 900]]
    done = bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert bills(home)[0].cost_jpy is None
    named = [(f.id, f.severity, f.place.cell) for f in done.findings if part in f.message.ja]
    assert named == [("workbook.column_left_out", "warning", "C1")]
    rows = [["年月", "電気使用量(kWh)", part, "電気料金(円)"], ["2025年4月", 500, 900, 15_000]]
    done = bring(home, book(tmp_path / "b.xlsx", {"x": rows}))
    assert bills(home)[0].cost_jpy == 15_000
    assert [f.severity for f in done.findings if part in f.message.ja] == ["note"]


@pytest.mark.parametrize(
    "name",
    [
        *("延滞利息", "託送料金", "うち基本料金", "工事費負担金", "売電収入", "夜間電気料金", "会費", "水道"),
        *("電気料金(夜間)", "電気(昼間)"),
    ],
)
@pytest.mark.parametrize("beside", [True, False])
def test_yen_of_another_name_are_never_the_cost(tmp_path: Path, name: str, beside: bool) -> None:
    rows: list[list[Any]] = [*LINES, [name, "円", 20_000, 22_000, 24_000, 66_000]]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"x": _as_columns(rows) if beside else rows}))
    assert [(b.quantity, b.cost_jpy) for b in bills(home)] == [(1000, None), (1100, None), (1200, None)]
    named = [(f.id, f.severity, f.place.cell) for f in done.findings if name in f.message.ja]
    assert named == [("workbook.column_left_out", "warning", "C2" if beside else "A4")]


@pytest.mark.parametrize(
    "name",
    ["電気料金", "電気代", "ご請求額", "金額", "税込金額", "支払額", "電気", "本店", "電気料金(昼間・夜間)"],
)
@pytest.mark.parametrize("beside", [True, False])
def test_yen_of_a_cost_or_of_no_other_name_are_the_cost(tmp_path: Path, name: str, beside: bool) -> None:
    rows: list[list[Any]] = [*LINES, [name, "千円", 20, 22, 24, 66]]
    home = shop(tmp_path / "ws")
    bring(home, book(tmp_path / "a.xlsx", {"x": _as_columns(rows) if beside else rows}))
    assert [b.cost_jpy for b in bills(home)] == [20_000, 22_000, 24_000]


def test_the_lines_of_a_bill_come_in_from_rows_with_their_unit(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        *LINES,
        ["電気料金", "円", 27_000, 29_700, 32_400, 89_100],
        ["基本料金", "円", 1000, 1000, 1000, 3000],
        ["燃料費調整額", "円", -200, -220, -240, -660],
        ["延滞利息", "円", 0, 500, 0, 500],
        ["契約電力", "kW", 50, 50, 50, ""],
        ["最大デマンド", "kW", 10, 12, 99, ""],
        ["力率", "%", 98, 99, 100, ""],
        ["CO2排出量", "t-CO2", 0.4, 0.5, 0.5, 1.4],
    ]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    last = bills(home)[2]
    assert (last.cost_jpy, last.contract_demand_kw, last.peak_demand_kw) == (32_400, 50, 99)
    assert last.charges == {
        "demand_charge_jpy": 1000,
        "fuel_adjustment_jpy": -240,
        "power_factor_percent": 100,
    }
    left = [f.message.ja for f in done.findings if f.id == "workbook.column_left_out"]
    assert left == ["行「延滞利息(円)」は取り込みません。", "行「CO2排出量 t-CO2」は取り込みません。"]


def test_a_total_beside_months_that_were_refused_is_not_said_to_stand_alone(tmp_path: Path) -> None:
    rows: list[list[Any]] = [*LINES, ["電気料金", "円", "多い", "多い", "多い", 9]]
    home = shop(tmp_path / "ws")
    found = refusal(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert "workbook.only_total" not in {f.id for f in found}


def test_a_power_factor_below_one_is_told_its_hundred(tmp_path: Path) -> None:
    rows: list[list[Any]] = [*LINES, ["力率", "%", 0.98, 99, 100, ""]]
    found = refusal(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"x": rows}))
    assert [f.place.cell for f in found if "0.95 ではなく 95" in f.message.ja] == ["C4"]


@pytest.mark.parametrize(
    ("above", "cost", "tax"),
    [
        ("（単位：千円）", 270_000, "unknown"),
        ("（金額：千円）", 270_000, "unknown"),
        ("※料金は税抜", 270, "excluded"),
        ("電気料金（千円・税込）", 270_000, "included"),
        ("契約料金 10千円", 270, "unknown"),
    ],
)
@pytest.mark.parametrize("across", [False, True])
def test_a_line_above_says_the_unit_and_the_tax_of_costs(
    tmp_path: Path, above: str, cost: int, tax: str, across: bool
) -> None:
    table: list[list[Any]] = [
        ["年月", "2025年4月", "2025年5月"],
        ["電気使用量(kWh)", 9000, 9000],
        ["料金", 270, 270],
    ]
    rows = table if across else [list(r) for r in zip(*table, strict=True)]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"一覧": [[above], *rows]}))
    assert {(b.cost_jpy, b.tax) for b in bills(home)} == {(cost, tax)}
    assert (cost == 270) == any(f.id == "workbook.cost_unit_assumed" for f in done.findings)
