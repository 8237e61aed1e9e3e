"""Energy and unit by their heading, or asked for where the heading could mean two things."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.records.workbook.books import (
    TWO,
    bills,
    book,
    bring,
    refusal,
    shop,
    told,
)


@pytest.mark.parametrize(
    ("heading", "carrier", "unit"),
    [
        ("電気使用量（千ｋＷｈ）", "electricity", "千kWh"),
        ("使用電力量[kWh]", "electricity", "kWh"),
        ("使用電力量kWh", "electricity", "kWh"),
        ("都市ガス使用量（千m³）", "city_gas", "千m3"),
        ("都市ガス使用量 (Nm3)", "city_gas", "Nm3"),
        ("都市ガス（㎥）", "city_gas", "m3"),
        ("プロパンガス使用量(kg)", "lpg", "kg"),
        ("A重油 (kl)", "heavy_oil_a", "kL"),
        ("Ａ重油購入量（ＫＬ）", "heavy_oil_a", "kL"),
        ("灯油［Ｌ］", "kerosene", "L"),
        ("軽油給油量(リットル)", "diesel", "リットル"),
    ],
)
def test_carrier_and_unit_come_from_the_heading(
    tmp_path: Path, heading: str, carrier: str, unit: str
) -> None:
    home = shop(tmp_path / "ws")
    bring(home, book(tmp_path / "a.xlsx", {"Sheet1": [["年月", heading], ["R7.4", 1.5]]}))
    assert [(b.carrier, b.unit, b.quantity) for b in bills(home)] == [(carrier, unit, Decimal("1.5"))]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("ガス使用量(m3)", "B1"),
        ("使用量(kWh)", "B1"),
        ("電気使用量", "B2"),
        ("電気使用量(度)", "B1"),
        ("電気使用量(m3)", "B1"),
        ("電気使用量(×10³kWh)", "B2"),
        ("重油(L)", "B1"),
    ],
)
def test_what_could_mean_two_things_is_refused(tmp_path: Path, heading: str, cell: str) -> None:
    home = shop(tmp_path / "ws")
    found = refusal(home, book(tmp_path / "a.xlsx", {"Sheet1": [["年月", heading], ["R7.4", 1.5]]}))
    assert [f.place.cell for f in found] == [cell]


def test_units_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(千kWh)"], ["R7.4", "1,200 kWh"]]
    assert refusal(home, book(tmp_path / "a.xlsx", {"x": rows}))[0].id == "workbook.unit_contradicts"


def test_a_missing_unit_is_said_once_with_all_its_cells(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows: list[list[Any]] = [["使用量の単位", ""], [], ["年月", "LPガス使用量"]]
    rows += [[f"2025年{m}月", 5] for m in range(4, 13) if m != 6]
    [found] = refusal(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert (found.id, found.place.cell) == ("workbook.unit_missing", "B4")
    assert "（B4〜B11）の単位が書かれていません。「使用量の単位」の欄（B1）に" in found.message.ja
    rows = [
        ["年月", "電気使用量", "単位"],
        ["2025年4月", 5, ""],
        ["2025年5月", 5, "kWh"],
        ["2025年6月", 5, ""],
    ]
    [found] = refusal(home, book(tmp_path / "b.xlsx", {"x": rows}))
    assert "（B2・B4）の単位が書かれていません。「単位」の欄（C2・C4）に" in found.message.ja


def test_a_layout_that_is_not_understood_says_what_was_looked_for(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    found = refusal(home, book(tmp_path / "a.xlsx", {"x": [["こんにちは", 3], [4, 5]]}))
    assert [f.id for f in found] == ["workbook.layout"]
    for word in ("年月", "令和7年4月", "使用量"):
        assert word in found[0].message.ja


def test_a_column_of_sites_beside_energies_over_a_line_of_units(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["年月", "事業所", "電気", "ガソリン"],
        ["", "", "kWh", "L"],
        ["2024/4", "支店", 100, 10],
    ]
    home = shop(tmp_path / "ws", company=TWO)
    bring(home, book(tmp_path / "a.xlsx", {"集計": rows}))
    assert told(home) == {
        ("shiten", "electricity"): (1, "100 kWh", "None"),
        ("shiten", "gasoline"): (1, "10 L", "None"),
    }
    rows += [["", "", "千kWh", "kL"], ["2024/5", "支店", 3, 3]]
    found = refusal(home, book(tmp_path / "b.xlsx", {"集計": rows}))
    named = [(f.id, f.place.cell) for f in found if f.severity == "error"]
    assert named == [("workbook.units_between", "C4")]
    assert "（千kWh・kL）" in found[0].message.ja


@pytest.mark.parametrize(
    "rows",
    [
        [["年月", "電気", "都市ガス"], ["2025年4月", 5, 6], ["", "kWh", "m3"], ["2025年5月", 5, 6]],
        [["年月", "電気", "ガソリン"], ["2025/4", 5, 6], ["kWh", "kWh", "L"], ["2025/5", 5, 6]],
        [["年月", "電気"], ["2025年4月", 5], ["", "kWh"], ["2025年5月", 6]],
    ],
)
def test_units_below_months_under_headings_without_a_unit_are_told_where_to_stand(
    tmp_path: Path, rows: list[list[Any]]
) -> None:
    [found] = refusal(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"電気": rows}))
    assert found.id == "workbook.units_below"
    assert "月の行（A2）より下にあります" in found.message.ja
    assert "「電気(kWh)」のように" in found.message.ja
    assert "(A2)" in found.message.en
