"""Amounts and costs as they are typed: full-width digits, units in the cell, dashes, triangles, formulas, words."""

from __future__ import annotations

from decimal import Decimal
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


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("１，２３４．５", "1234.5"),
        ("1,234.5", "1234.5"),
        (1234.5, "1234.5"),
        ("1,234.5 kWh", "1234.5"),
        ("１２３４.５ｋＷｈ", "1234.5"),
        (0, "0"),
    ],
)
def test_numbers_are_read_as_they_are_typed(tmp_path: Path, written: Any, stored: str) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"電気": [["使用月", "使用量(kWh)"], ["2025年4月", written]]})
    bring(home, file)
    assert [b.quantity for b in bills(home)] == [Decimal(stored)]


@pytest.mark.parametrize("dash", ["－", "-", "―", "—", "ー", " ", "　"])
def test_a_dash_is_blank_and_not_zero(tmp_path: Path, dash: str) -> None:
    home = shop(tmp_path / "ws")
    rows = [["使用月", "使用量(kWh)", "料金（円）"], ["2025年4月", 100, dash], ["2025年5月", dash, dash]]
    bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    assert [(b.quantity, b.cost_jpy) for b in bills(home)] == [(100, None)]


def test_a_minus_written_as_a_triangle_is_kept_in_a_cost_and_refused_in_an_amount(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["使用月", "使用量(kWh)", "料金（円）"], ["2025年4月", 100, "▲1,200"]]
    bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    assert bills(home)[0].cost_jpy == -1200
    rows = [["使用月", "使用量(kWh)"], ["2025年5月", "▲5"]]
    assert refusal(home, book(tmp_path / "b.xlsx", {"電気": rows}))[0].place.cell == "B2"


def test_stored_values_of_formulas_are_used_and_said(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", ""]]
    good = book(
        tmp_path / "a.xlsx", {"x": rows}, lambda _, s: s["x"].write_formula("B2", "=600+634", None, 1234)
    )
    assert any(f.id == "workbook.formulas" for f in bring(home, good).findings)
    assert bills(home)[0].quantity == 1234
    for value in ("", "#DIV/0!", "#REF!"):
        bad = book(
            tmp_path / "b.xlsx",
            {"x": rows},
            lambda _, s, v=value: s["x"].write_formula("B2", "=1/0", None, v),
        )
        assert [(f.id, f.place.cell) for f in refusal(home, bad)] == [("workbook.no_stored_value", "B2")]


def test_numbers_typed_as_text_are_read_and_the_sum_that_passes_them_over_is_said(tmp_path: Path) -> None:
    # as LibreOffice saves full-width digits from the keyboard: text, which SUM does not count
    rows: list[list[Any]] = [
        ["年月", "電気使用量(kWh)"],
        ["2025年4月", "１９１５４０"],
        ["2025年5月", 7],
        ["合計"],
    ]

    home = shop(tmp_path / "ws")
    for stated, id, severity in ((7, "total_without_texts", "note"), (8, "total_differs", "warning")):

        def total(made: Any, sheets: dict[str, Any], stated: int = stated) -> None:
            sheets["x"].write_formula(3, 1, "=SUM(B2:B3)", None, stated)

        done = bring(home, book(tmp_path / "a.xlsx", {"x": rows}, total))
        assert [(f.id, f.severity) for f in done.findings if "total" in f.id] == [
            (f"workbook.{id}", severity)
        ]
    assert [str(b.quantity) for b in bills(home)] == ["191540", "7"]


def test_a_cost_without_an_amount_a_total_alone_and_two_costs_are_named(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    head = ["年月", "電気使用量(kWh)", "電気料金(円)"]
    cases: list[tuple[list[list[Any]], str, str]] = [
        ([head, ["2025年4月", "－", 500]], "no_amount", "B2"),
        ([head, ["2025年4月", "", ""], ["合計", 900, ""]], "only_total", "B3"),
        ([[*head, "請求額(円)"], ["2025年4月", 1, 2, 3]], "two_costs", "D2"),
        ([["年月", "昼間使用量(kWh)", "夜間使用量(kWh)"], ["2025年4月", 1, 2]], "two_amounts", "C1"),
        ([head, ["2025年4月", 1, 2], ["2025年4月", 1, 2]], "overlap", "B3"),
        ([head, ["2025年4月", "約100", 2]], "not_a_number", "B2"),
    ]
    for number, (rows, id_, cell) in enumerate(cases):
        found = refusal(home, book(tmp_path / f"{number}.xlsx", {"電気": rows}))
        assert [(f.id, f.place.cell) for f in found] == [(f"workbook.{id_}", cell)], rows


@pytest.mark.parametrize(
    ("heading", "written", "said"),
    [
        (
            "延床面積 [m2]",
            "６５坪",
            "単位「坪」はこのままでは使えません（坪数 × 400 ÷ 121 が m2 の値です）。「1,200 m2」のように書いて",
        ),
        ("営業開始年月", "平成10年", "「平成10年」は1998 年の何月か分かりません。1998年4月 のように"),
        ("建築年（西暦）", "昭和70年", "「昭和70年」は年として読めません。1998 か 平成10年 のように"),
    ],
)
def test_what_to_write_instead_is_said(tmp_path: Path, heading: str, written: str, said: str) -> None:
    home = shop(tmp_path / "ws")
    rows = [["事業者の記号（id）", "shop"], ["事業者名", "見本"], ["業種", "製造業"], []]
    rows += [["事業所の記号", "事業所名", heading], ["honten", "本店", written]]
    [found] = refusal(home, book(tmp_path / "a.xlsx", {"事業所": rows}))
    assert said in found.message.ja, found.message.ja


def test_prices_and_notes_beside_months_that_run_across_are_left_out(tmp_path: Path) -> None:
    rows = [["種別", "単位", "2025年4月", "2025年5月", "合計", "単価", "CO2(t)", "備考"]]
    rows += [["電気", "kWh", 90, 91, 181, 30, 0.1, "メモ"]]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"一覧": rows}))
    assert [b.quantity for b in bills(home)] == [90, 91]
    assert [f.place.cell for f in done.findings if f.id == "workbook.column_left_out"] == ["F1", "G1", "H1"]
    assert not [f for f in done.findings if f.severity == "warning"]
