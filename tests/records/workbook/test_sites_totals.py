"""Totals over sites, across or down, are compared with the sites and never stored; so is the total of a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records.workbook.books import (
    MONTHS,
    TWO,
    bills,
    book,
    bring,
    refusal,
    shop,
    told,
)

SITES = (
    "年月,本店 電気使用量(kWh),支店 電気使用量(kWh),{},本店 電気料金(円),支店 電気料金(円),電気料金合計(円)\n"
)


@pytest.mark.parametrize("name", ["電気使用量合計(kWh)", "電気使用量 合計", "合計 電気使用量（kWh）"])
def test_a_total_over_columns_of_sites_is_compared_and_not_stored(tmp_path: Path, name: str) -> None:
    home = shop(tmp_path / "ws", company=TWO)
    right = SITES.format(name) + (
        "2025年4月,5000,2000,7000,100000,40000,140000\n"
        "2025年5月,5000,2000,7000,100000,40000,140000\n"
        "合計,10000,4000,14000,200000,80000,280000\n"
    )
    file = tmp_path / "a.csv"
    file.write_text(right, encoding="utf-8")
    done = bring(home, file)
    assert told(home) == {
        ("honten", "electricity"): (2, "5000 kWh", "100000"),
        ("shiten", "electricity"): (2, "2000 kWh", "40000"),
    }
    assert [f for f in done.findings if f.severity == "warning"] == []
    assert [f.message.ja[-5:] for f in done.findings if f.id == "csv.total_column"] == ["行: 3。", "行: 3。"]
    wrong = right.replace("2000,7000,", "2000,7500,", 1).replace(",140000\n合計", ",14000\n合計")
    file.write_text(wrong, encoding="utf-8")
    doubts = [f for f in bring(home, file).findings if f.severity == "warning"]
    assert [(f.id, f.place.line) for f in doubts] == [("csv.total_differs", 2), ("csv.total_differs", 3)]
    assert "7,500 kWh が、2 個の値の和 7,000 kWh と合いません" in doubts[0].message.ja


def test_a_total_that_does_not_say_of_what_is_left_out(tmp_path: Path) -> None:
    head = "年月,本店 電気使用量(kWh),支店 電気使用量(kWh),{}合計\n"
    home = shop(tmp_path / "ws", company=TWO)
    file = tmp_path / "a.csv"
    file.write_text(head.format("") + "2025年4月,5000,2000,7500\n", encoding="utf-8")
    assert [f.id for f in bring(home, file).findings if f.severity == "warning"] == ["csv.total_differs"]
    both = head.format("本店 電気料金(円),支店 電気料金(円),") + "2025年4月,5000,2000,9,9,7500\n"
    file.write_text(both, encoding="utf-8")
    ids = [f.id for f in bring(home, file).findings]
    assert "csv.column_left_out" in ids
    assert "csv.total_differs" not in ids


def test_a_line_of_totals_under_lines_of_sites_is_compared(tmp_path: Path) -> None:
    rows = [
        ["2025年度"],
        ["事業所", "項目", "単位", *MONTHS],
        ["本店", "使用量", "千kWh", *[5.1] * 12],
        ["支店", "使用量", "千kWh", *[2] * 12],
        ["合計", "使用量", "千kWh", *[7.1] * 11, 71],
    ]
    home = shop(tmp_path / "ws", company=TWO)
    done = bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    [doubt] = [f for f in done.findings if f.severity == "warning"]
    assert (doubt.id, doubt.place.cell) == ("workbook.total_differs", "O5")


@pytest.mark.parametrize(
    ("unit", "right", "wrong"), [("千kWh", 7, 9.9), ("MWh", 7.0, 7000), ("Wh", 7_000_000, 7000)]
)
def test_a_total_over_sites_in_another_unit_is_compared(
    tmp_path: Path, unit: str, right: float, wrong: float
) -> None:
    head = ["年月", "本店 電気使用量(kWh)", "支店 電気使用量(kWh)", f"合計 電気使用量({unit})"]
    rows = [head, ["2025年4月", 5000, 2000, right], ["2025年5月", 5000, 2000, wrong]]
    home = shop(tmp_path / "ws", company=TWO)
    done = bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    assert [(f.id, f.place.cell) for f in done.findings if f.severity == "warning"] == [
        ("workbook.total_differs", "D3")
    ]
    said = [f.message.ja for f in done.findings if f.severity == "warning"]
    assert unit != "千kWh" or ("9.9 千kWh" in said[0] and "7.0 千kWh" in said[0])
    assert told(home)["shiten", "electricity"] == (2, "2000 kWh", "None")


def test_a_total_over_sites_that_are_all_blank_is_named(tmp_path: Path) -> None:
    head = ["年月", "本店 電気使用量(kWh)", "支店 電気使用量(kWh)", "合計"]
    rows = [
        head,
        ["2025年4月", 5000, 2000, 7000],
        ["2025年5月", "", "－", 7000],
        ["2025年6月", "", "", 0],
        ["合計", "", "", 7000],
    ]
    found = refusal(shop(tmp_path / "ws", company=TWO), book(tmp_path / "a.xlsx", {"電気": rows}))
    assert [(f.id, f.place.cell) for f in found] == [("workbook.total_without_parts", "D3")]


@pytest.mark.parametrize(
    "label", ["年度計", "年計", "年間合計", "年間計", "通年", "通年計", "年度合計", "12か月計"]
)
def test_a_total_of_the_year_is_no_month(tmp_path: Path, label: str) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 5], ["2025年5月", 5], [label, 11]]
    found = bring(home, book(tmp_path / "a.xlsx", {"x": rows})).findings
    assert [(f.id, f.place.cell) for f in found if f.severity == "warning"] == [
        ("workbook.total_differs", "B4")
    ]
    assert len(bills(home)) == 2


def test_a_part_beside_a_blank_total_is_named(tmp_path: Path) -> None:
    # found by the hundred thousand tables: the total is what is stored, so the part was lost without a word
    rows = [
        ["年月", "夜間 電気使用量(kWh)", "電気 合計使用量(kWh)"],
        ["2025年4月", 3, 5],
        ["2025年5月", 4, "－"],
    ]
    [found] = refusal(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"電気": rows}))
    assert (found.id, found.place.cell) == ("workbook.no_amount", "C3")
    assert "「夜間 電気使用量(kWh)」だけがあります" in found.message.ja
