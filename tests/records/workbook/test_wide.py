"""Months side by side, and a column or a line for each site: read where it is clear, else named with the cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.records.workbook.books import COMPANY, bills, book, bring, refusal, shop

MONTHS = [*(f"{m}月" for m in range(4, 13)), *(f"{m}月" for m in range(1, 4))]
TWO = COMPANY.replace("remarks:", "  - id: shiten\n    name: 支店\n    floor_area: 300 m2\nremarks:")


def told(home: Any) -> dict[tuple[str, str], tuple[int, str, str]]:
    """Return number of rows, first amount with unit, and first cost by site and carrier."""
    found: dict[tuple[str, str], tuple[int, str, str]] = {}
    for b in bills(home):
        before = found.get((b.site_id, b.carrier))
        first = (f"{b.quantity} {b.unit}", str(b.cost_jpy)) if before is None else before[1:]
        found[b.site_id, b.carrier] = (before[0] + 1 if before else 1, *first)
    return found


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


def test_a_table_of_which_nothing_is_taken_is_named(tmp_path: Path) -> None:
    # found by the hundred thousand tables: no heading over the amounts, and a day beside them
    rows = [["令和7年度 エネルギー使用量"], ["電気使用量(kWh)"], ["4月", "1,234", date(2000, 1, 1)]]
    done = bring(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"電気": rows}))
    assert [f.id for f in done.findings if f.severity == "warning"] == ["workbook.nothing_taken"]


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


HALF = MONTHS[:6]


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


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "title",
    ["直近12か月（2024年10月～2025年9月）", "2024/10〜2025/9", "令和6年10月1日～令和7年9月30日 の実績"],
)
def test_the_months_that_a_title_names_give_the_year(tmp_path: Path, title: str, turned: bool) -> None:
    months = [*MONTHS[6:], *HALF]
    table = [["月", *months], ["使用量(kWh)", *range(1, 13)]]
    rows = [[f"支店 電気 {title}"], *(table if turned else [list(r) for r in zip(*table, strict=True)])]
    home = shop(tmp_path / "ws", company=TWO)
    bring(home, book(tmp_path / "a.xlsx", {"実績": rows}))
    found = [(b.start.year, b.start.month, int(b.quantity)) for b in bills(home)]
    assert found == [(2024 + (n > 3), int(m[:-1]), n) for n, m in enumerate(months, 1)]


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


def test_a_column_under_a_title_that_is_no_site_is_an_error_with_its_rows(tmp_path: Path) -> None:
    rows = [["電気使用量(kWh)"], ["月", "本店", "倉庫"], ["2025年4月", 1000, 500], ["2025年5月", 1000, 500]]
    for company in (TWO, COMPANY):  # with one site alone it must not be taken for that site's
        home = shop(tmp_path / str(len(company)), company=company)
        [found] = refusal(home, book(tmp_path / "a.xlsx", {"集計": rows}))
        assert (found.id, found.place.cell) == ("workbook.column_of_no_site", "C2")
        assert "列「倉庫」（C3〜C4）" in found.message.ja


def test_years_side_by_side_under_a_title(tmp_path: Path) -> None:
    rows = [["電気使用量(kWh)"], ["月", "2023年度", "2024年度"], ["4月", 1, 2], ["3月", 3, 4]]
    home = shop(tmp_path / "ws")
    bring(home, book(tmp_path / "a.xlsx", {"集計": rows}))
    months = {f"{b.start:%Y-%m}": b.quantity for b in bills(home)}
    assert months == {"2023-04": 1, "2024-03": 3, "2024-04": 2, "2025-03": 4}


LINES = [
    ["本店 2024年度"],
    ["項目", "単位", "4月", "5月", "6月", "合計"],
    ["電気使用量", "kWh", 1000, 1100, 1200, 3300],
]


@pytest.mark.parametrize(
    "name",
    ["延滞利息", "託送料金", "うち基本料金", "工事費負担金", "売電収入", "夜間電気料金", "会費", "水道"],
)
@pytest.mark.parametrize("beside", [True, False])
def test_yen_of_another_name_are_never_the_cost(tmp_path: Path, name: str, beside: bool) -> None:
    rows: list[list[Any]] = [*LINES, [name, "円", 20_000, 22_000, 24_000, 66_000]]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"x": _as_columns(rows) if beside else rows}))
    assert [(b.quantity, b.cost_jpy) for b in bills(home)] == [(1000, None), (1100, None), (1200, None)]
    named = [(f.id, f.severity, f.place.cell) for f in done.findings if name in f.message.ja]
    assert named == [("workbook.column_left_out", "warning", "C2" if beside else "A4")]


def _as_columns(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the same table with months down and a line of units below the headings."""
    title, head, *items = rows
    lines = [["年月", *(i[0] for i in items)], ["", *(i[1] for i in items)]]
    return [title, *lines, *([head[m], *(i[m] for i in items)] for m in range(2, len(head)))]


@pytest.mark.parametrize(
    "name", ["電気料金", "電気代", "ご請求額", "金額", "税込金額", "支払額", "電気", "本店"]
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


def test_a_power_factor_below_one_is_told_its_hundred(tmp_path: Path) -> None:
    rows: list[list[Any]] = [*LINES, ["力率", "%", 0.98, 99, 100, ""]]
    found = refusal(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"x": rows}))
    assert [f.place.cell for f in found if "0.95 ではなく 95" in f.message.ja] == ["C4"]


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
