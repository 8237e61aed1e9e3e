"""The site of an amount, by its sheet, column, line or title: told, or asked for with the cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.records.workbook.books import (
    COMPANY,
    MONTHS,
    TWO,
    bills,
    book,
    bring,
    refusal,
    shop,
    told,
)


def test_sites_by_sheet_and_by_column(tmp_path: Path) -> None:
    two = "id: shop\nname: 見本\nindustry: 製造業\nsites:\n  - id: a\n    name: 本社\n  - id: b\n    name: 第二工場\n"
    home = shop(tmp_path / "ws", company=two)
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 1]]
    bring(home, book(tmp_path / "a.xlsx", {"本社": rows, "第二工場（新）": rows}))
    assert [b.site_id for b in bills(home)] == ["a", "b"]
    assert refusal(home, book(tmp_path / "b.xlsx", {"x": rows}))[0].id == "workbook.site"
    long = [
        ["年月", "事業所", "エネルギー種別", "使用量", "単位", "金額(円)"],
        ["2025年5月", "本社", "電気", 5, "kWh", 100],
        ["2025年5月", "第二工場", "都市ガス", 6, "m3", 200],
        ["2025年5月", "第三工場", "灯油", 7, "L", 300],
    ]
    assert [f.place.cell for f in refusal(home, book(tmp_path / "c.xlsx", {"x": long}))] == ["B4"]
    bring(home, book(tmp_path / "d.xlsx", {"x": long[:3]}))
    assert [(b.site_id, b.carrier, b.quantity) for b in bills(home)][-1] == ("b", "city_gas", 6)


def test_a_line_for_each_site(tmp_path: Path) -> None:
    rows = [
        ["2025年度"],
        ["事業所", "項目", "単位", *MONTHS, "計"],
        ["本店", "使用量", "千kWh", *[5.1] * 12, 61.2],
        ["支店", "使用量", "千kWh", *[2] * 12, 24],
        ["合計", "使用量", "千kWh", *[7.1] * 12, 85.2],
    ]
    home = shop(tmp_path / "ws", company=TWO)
    bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    assert told(home) == {
        ("honten", "electricity"): (12, "5.1 千kWh", "None"),
        ("shiten", "electricity"): (12, "2 千kWh", "None"),
    }


def test_a_column_for_each_site_with_its_own_cost(tmp_path: Path) -> None:
    head = [
        "年月",
        "本店 電気使用量（kWh）",
        "支店 電気使用量（kWh）",
        "本店 電気料金（円）",
        "支店 電気料金（円）",
    ]
    rows = [head, *([f"2025年{m}月", 5000, 2000, 100_000, 40_000] for m in range(4, 10))]
    home = shop(tmp_path / "ws", company=TWO)
    bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    assert told(home) == {
        ("honten", "electricity"): (6, "5000 kWh", "100000"),
        ("shiten", "electricity"): (6, "2000 kWh", "40000"),
    }


def test_a_total_of_another_energy_is_kept_beside_columns_of_sites(tmp_path: Path) -> None:
    head = ["年月", "本店 電気使用量（kWh）", "支店 電気使用量（kWh）", "電気使用量合計（kWh）"]
    rows = [head, *([f"2025年{m}月", 5000, 2000, 7000] for m in range(4, 10))]
    home = shop(tmp_path / "ws", company=TWO)
    bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    assert sorted(told(home)) == [("honten", "electricity"), ("shiten", "electricity")]


@pytest.mark.parametrize("company", [COMPANY, TWO])
def test_two_amounts_are_named_with_both_cells_and_what_to_do(tmp_path: Path, company: str) -> None:
    rows = [["年月", "北館 電気使用量（kWh）", "南館 電気使用量（kWh）"], ["2025年4月", 5000, 2000]]
    (found, *rest) = refusal(
        shop(tmp_path / "ws", company=company), book(tmp_path / "a.xlsx", {"電気": rows})
    )
    said = "\n".join(f.message.ja for f in (found, *rest))
    assert "「」" not in said
    if company is COMPANY:
        assert (found.id, found.place.cell, rest) == ("workbook.two_amounts", "C1", [])
        assert "B1「北館 電気使用量（kWh）」" in said
        assert "C1「南館 電気使用量（kWh）」" in said
        assert "見出しに登録した事業所の名前を書き" in said
    else:
        assert (found.id, found.place.cell) == ("workbook.site", "B1")
        assert (
            "「北館 電気使用量（kWh）」がどの事業所の量か分かりません。登録されている事業所: 本店・支店。"
            in said
        )


def test_a_site_of_one_letter_is_not_found_inside_another_word(tmp_path: Path) -> None:
    company = TWO.replace("name: 本店", "name: A").replace("name: 支店", "name: B")
    rows = [["年月", "A重油使用量（L）", "BC重油使用量（L）"], ["2025年4月", 5000, 2000]]
    found = refusal(shop(tmp_path / "ws", company=company), book(tmp_path / "a.xlsx", {"油": rows}))
    assert [(f.id, f.place.cell) for f in found] == [("workbook.site", "B1")]


def test_a_column_under_a_title_that_is_no_site_is_an_error_with_its_rows(tmp_path: Path) -> None:
    rows = [["電気使用量(kWh)"], ["月", "本店", "倉庫"], ["2025年4月", 1000, 500], ["2025年5月", 1000, 500]]
    for company in (TWO, COMPANY):  # with one site alone it must not be taken for that site's
        home = shop(tmp_path / str(len(company)), company=company)
        [found] = refusal(home, book(tmp_path / "a.xlsx", {"集計": rows}))
        assert (found.id, found.place.cell) == ("workbook.column_of_no_site", "C2")
        assert "列「倉庫」（C3〜C4）" in found.message.ja


SITES_DOWN: list[list[Any]] = [
    ["電気使用量(千kWh)　令和6年度"],
    ["事業所", "4月", "5月", "6月", "計"],
    ["本店", 1, 2, 3, 6],
    ["支店", 4, 5, 6, 15],
]


def test_a_title_of_amounts_over_sites_down_and_months_across(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", company=TWO)
    bring(home, book(tmp_path / "a.xlsx", {"集計": [*SITES_DOWN, ["合計", 5, 7, 9, 21]]}))
    assert told(home) == {
        ("honten", "electricity"): (3, "1 千kWh", "None"),
        ("shiten", "electricity"): (3, "4 千kWh", "None"),
    }
    assert bills(home)[0].start == date(2024, 4, 1)


def test_a_line_of_no_site_under_a_title_of_amounts_is_named(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", company=TWO)
    found = refusal(home, book(tmp_path / "a.xlsx", {"集計": [*SITES_DOWN, ["第三工場", 7, 8, 9, 24]]}))
    assert [(f.id, f.place.cell) for f in found if f.severity == "error"] == [
        ("workbook.column_of_no_site", "A5")
    ]
    assert "行「第三工場」（B5〜E5）" in found[0].message.ja
    assert found[0].message.ja.endswith("取り込まない行なら消してください。")


def test_a_unit_beside_sites_that_is_not_the_titles_is_refused(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", company=TWO)
    title, head, *sites = SITES_DOWN
    rows = [title, [head[0], "単位", *head[1:]], *([s[0], "kWh", *s[1:]] for s in sites)]
    found = refusal(home, book(tmp_path / "a.xlsx", {"集計": rows}))
    assert any("千kWh・kWh" in f.message.ja for f in found)
    rows[0] = ["電気使用量　令和6年度"]
    bring(home, book(tmp_path / "b.xlsx", {"集計": rows}))
    assert told(home)["shiten", "electricity"] == (3, "4 kWh", "None")


def test_a_site_whose_name_begins_like_a_comparison_is_read(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", company=TWO.replace("name: 支店", "name: 前年堂"))
    head = ["年月", "本店 電気使用量(kWh)", "前年堂 電気使用量(kWh)", "本店 前年 電気使用量(kWh)"]
    bring(home, book(tmp_path / "a.xlsx", {"実績": [head, ["2025年4月", 5, 6, 7]]}))
    assert [(b.site_id, b.quantity) for b in bills(home)] == [("honten", 5), ("shiten", 6)]
