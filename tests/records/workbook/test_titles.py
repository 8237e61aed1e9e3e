"""Titles and merged headings over a table, and tables of months or years side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.records.workbook.books import (
    MONTHS,
    TWO,
    bills,
    book,
    bring,
    months_of,
    refusal,
    shop,
    told,
)

HALF = MONTHS[:6]


def test_titles_merged_headers_and_several_carriers_side_by_side(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows: list[list[Any]] = [
        ["令和７年度　エネルギー使用実績表（電気使用量ほか）"],
        ["作成: 総務課"],
        [],
        ["月", "", "", "", ""],
        ["", "使用量(kWh)", "料金（円・税込）", "使用量(㎥)", "料金（千円・税抜）"],
        *([m, 1000 + i, 30000, 10 + i, 2] for i, m in enumerate(MONTHS)),
        ["合計", 12066, 360000, 186, 24],
    ]

    def dress(made: Any, sheets: dict[str, Any]) -> None:
        style = made.add_format({"align": "center"})
        sheet = sheets["実績"]
        sheet.merge_range("A1:E1", rows[0][0], style)
        sheet.merge_range("A4:A5", "月", style)
        sheet.merge_range("B4:C4", "電気", style)
        sheet.merge_range("D4:E4", "都市ガス", style)

    bring(home, book(tmp_path / "a.xlsx", {"実績": rows}, dress))
    found = bills(home)
    power, gas = (
        [b for b in found if b.carrier == "electricity"],
        [b for b in found if b.carrier == "city_gas"],
    )
    assert months_of(power) == months_of(gas)
    assert (months_of(power)[0], months_of(power)[-1]) == ("2025-04", "2026-03")
    assert sum(b.quantity for b in power) == 12066
    assert (power[0].cost_jpy, power[0].tax, gas[0].cost_jpy, gas[0].tax) == (
        30000,
        "included",
        2000,
        "excluded",
    )


def test_months_across_and_years_side_by_side(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [
        ["2025年度", *MONTHS],
        ["電気使用量(kWh)", *range(100, 112)],
        ["電気料金(円)", *range(1000, 1012)],
        ["灯油(L)", *["－"] * 8, 5, 6, 7, 8],
    ]
    bring(home, book(tmp_path / "a.xlsx", {"横": rows}))
    found = bills(home)
    assert len(found) == 16
    assert found[0].cost_jpy == 1000
    assert months_of([b for b in found if b.carrier == "kerosene"]) == [
        "2025-12",
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    rows = [["月", "2023年度 電気使用量(kWh)", "2024年度 電気使用量(kWh)"], ["4月", 1, 2], ["3月", 3, 4]]
    bring(home, book(tmp_path / "b.xlsx", {"縦": rows}))
    old = {f"{b.start:%Y-%m}": b.quantity for b in bills(home) if b.start < date(2025, 4, 1)}
    assert old == {"2023-04": 1, "2024-03": 3, "2024-04": 2, "2025-03": 4}


def test_kind_item_unit_and_months_side_by_side(tmp_path: Path) -> None:
    rows = [
        ["2025年度エネルギー実績"],
        [],
        ["種別", "項目", "単位", *MONTHS, "合計"],
        ["電気", "使用量", "千kWh", *[5.123] * 12, 61.476],
        ["", "料金", "千円", *[100] * 12, 1200],
        ["都市ガス", "使用量", "m³", *[50] * 12, 600],
        ["", "料金", "円", *["7,500"] * 12, "80,000"],
        ["LPガス", "使用量", "kg", *["－"] * 13],
        ["", "料金", "円"],
    ]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"R7": rows}))
    assert told(home) == {
        ("honten", "electricity"): (12, "5.123 千kWh", "100000"),
        ("honten", "city_gas"): (12, "50 m3", "7500"),
    }
    (doubt,) = (f for f in done.findings if f.severity == "warning")
    assert (doubt.id, doubt.place.cell) == ("workbook.total_differs", "P7")


@pytest.mark.parametrize(
    "rows",
    [
        [["2025年度 支店 電気"], ["月", *HALF], ["使用量(kWh)", *[1] * 6]],
        [["2025年度 支店 電気"], [], ["月", *HALF, "合計"], ["使用量(kWh)", *[1] * 6, 6]],
        [["", "2025年度", "支店"], ["電気のご使用状況"], ["月", *HALF], ["使用量(kWh)", *[1] * 6]],
        [["支店 電気（2025年4月～2025年9月）"], ["月", *HALF], ["使用量(kWh)", *[1] * 6]],
        [["2025年度 支店 電気使用量(kWh)"], ["", *HALF, "合計"], ["使用量", *[1] * 6, 6]],
    ],
)
def test_a_title_over_months_side_by_side_says_site_energy_and_year(
    tmp_path: Path, rows: list[list[Any]]
) -> None:
    home = shop(tmp_path / "ws", company=TWO)
    done = bring(home, book(tmp_path / "a.xlsx", {"実績": rows}))
    assert [f for f in done.findings if f.severity != "note"] == []
    assert told(home) == {("shiten", "electricity"): (6, "1 kWh", "None")}
    assert bills(home)[0].start == date(2025, 4, 1)


@pytest.mark.parametrize("words", ["なし", "約10", "同上"])
def test_amounts_in_words_above_months_side_by_side_are_no_title(tmp_path: Path, words: str) -> None:
    rows = [["支店 2025年度"], ["電気使用量(kWh)", *[words] * 6], ["月", *HALF], ["灯油使用量(L)", *[1] * 6]]
    found = refusal(shop(tmp_path / "ws", company=TWO), book(tmp_path / "a.xlsx", {"実績": rows}))
    assert {f.place.cell for f in found} >= {f"{c}2" for c in "BCDEFG"}


def test_columns_headed_by_sites_alone_take_energy_and_unit_from_the_title(tmp_path: Path) -> None:
    rows = [
        ["電気使用量(kWh)"],
        ["月", "本店", "支店", "計"],
        ["2025年4月", 1000, 500, 1502],
        ["2025年5月", 1000, 500, 1500],
    ]
    home = shop(tmp_path / "ws", company=TWO)
    done = bring(home, book(tmp_path / "a.xlsx", {"集計": rows}))
    assert told(home) == {
        ("honten", "electricity"): (2, "1000 kWh", "None"),
        ("shiten", "electricity"): (2, "500 kWh", "None"),
    }
    doubts = [(f.id, f.place.cell) for f in done.findings if f.severity == "warning"]
    assert doubts == [("workbook.total_differs", "D3")]


def test_years_side_by_side_under_a_title(tmp_path: Path) -> None:
    rows = [["電気使用量(kWh)"], ["月", "2023年度", "2024年度"], ["4月", 1, 2], ["3月", 3, 4]]
    home = shop(tmp_path / "ws")
    bring(home, book(tmp_path / "a.xlsx", {"集計": rows}))
    months = {f"{b.start:%Y-%m}": b.quantity for b in bills(home)}
    assert months == {"2023-04": 1, "2024-03": 3, "2024-04": 2, "2025-03": 4}
