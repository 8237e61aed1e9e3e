"""Workbooks as they really arrive: titles, merged cells, full-width digits, eras, units here and there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carbonlib.records.company import read_company
from carbonlib.records.workbook.forms import COUNTED
from tests.records.workbook.books import MONTHS, bills, book, bring, edit_zip, refusal, shop
from tests.records.workbook.xls import xls


def months_of(found: list[Any]) -> list[str]:
    return [f"{b.start:%Y-%m}" for b in found]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("令和7年4月", "2025-04"),
        ("令和７年　４月", "2025-04"),
        ("R7.4", "2025-04"),
        ("Ｒ７．４", "2025-04"),
        ("R07/04", "2025-04"),
        ("令和元年5月", "2019-05"),
        ("H31.4", "2019-04"),
        ("2025年4月", "2025-04"),
        ("2025年4月分", "2025-04"),
        ("2025/4", "2025-04"),
        ("2025-04", "2025-04"),
        ("202504", "2025-04"),
        (202504, "2025-04"),
        (date(2025, 4, 1), "2025-04"),
        (date(2025, 4, 30), "2025-04"),
    ],
)
def test_months_are_read_however_they_are_written(tmp_path: Path, written: Any, month: str) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"電気": [["使用月", "使用量(kWh)"], [written, 1200]]})
    bring(home, file)
    assert months_of(bills(home)) == [month]


@pytest.mark.parametrize("written", ["25年4月", "13月", "四月", "春", 45748, 2025.4, date(2025, 4, 15), True])
def test_a_month_that_cannot_be_told_is_named_with_its_cell(tmp_path: Path, written: Any) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"電気": [["使用月", "使用量(kWh)"], ["2025年3月", 1], [written, 1200]]})
    found = refusal(home, file, year=2025)
    assert [(f.place.file, f.place.sheet, f.place.cell) for f in found] == [("a.xlsx", "電気", "A3")]


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


def test_a_month_finds_its_year_by_the_rows_before(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["月", "電気使用量(kWh)"], ["令和7年11月", 1], ["12月", 2], ["1月", 3], ["2月", 4]]
    bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert months_of(bills(home)) == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_a_month_without_any_year_is_refused_and_taken_with_one(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"x": [["月", "電気使用量(kWh)"], [4, 1], [1, 2]]})
    assert {f.id for f in refusal(home, file)} == {"workbook.no_year"}
    bring(home, file, year=2024)
    assert months_of(bills(home)) == ["2024-04", "2025-01"]


def test_periods_in_one_cell_or_two(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [
        ["使用期間", "電気使用量(kWh)"],
        ["2025/3/20～2025/4/18", 1],
        ["R7.4.19-R7.5.19", 2],
        ["5/20～6/18", 3],
    ]
    bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    periods = [("2025-03-20", "2025-04-18"), ("2025-04-19", "2025-05-19"), ("2025-05-20", "2025-06-18")]
    assert [(str(b.start), str(b.end)) for b in bills(home)] == periods
    rows_ = [["開始日", "終了日", "都市ガス使用量(m3)"], [date(2025, 3, 20), date(2025, 4, 18), 7]]
    bring(home, book(tmp_path / "b.xlsx", {"x": rows_}))
    assert str(bills(home)[-1].start) == "2025-03-20"


def test_one_merged_amount_for_two_months_is_one_bill_of_two_months(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [
        ["年月", "上水", "都市ガス使用量(m3)"],
        ["2025年4月", "", 30],
        ["2025年5月", "", ""],
        ["2025年6月", "", 9],
    ]

    def dress(made: Any, sheets: dict[str, Any]) -> None:
        sheets["x"].merge_range("C2:C3", 30, made.add_format())

    bring(home, book(tmp_path / "a.xlsx", {"x": rows}, dress))
    found = [(str(b.start), str(b.end), b.quantity) for b in bills(home)]
    assert found == [("2025-04-01", "2025-05-31", 30), ("2025-06-01", "2025-06-30", 9)]


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


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 1], ["2025年5月", 2], ["2025年6月", 3]]
    done = bring(
        home,
        book(tmp_path / "a.xlsx", {"x": rows}, lambda _, s: s["x"].set_row(2, None, None, {"hidden": True})),
    )
    assert len(bills(home)) == 3
    assert any("隠れた行（3 行目）" in f.message.ja for f in done.findings)


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


def test_macros_and_links_are_left_alone_and_said(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsm", {"x": [["年月", "電気使用量(kWh)"], ["2025年4月", 1]]})
    edit_zip(file, lambda _, d: d, {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<a/>"})
    assert {"workbook.macros", "workbook.external_links"} <= {f.id for f in bring(home, file).findings}


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


def test_a_layout_that_is_not_understood_says_what_was_looked_for(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    found = refusal(home, book(tmp_path / "a.xlsx", {"x": [["こんにちは", 3], [4, 5]]}))
    assert [f.id for f in found] == ["workbook.layout"]
    for word in ("年月", "令和7年4月", "使用量"):
        assert word in found[0].message.ja


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    one = book(
        tmp_path / "a.xlsx", {"電気": [["年月", "使用量(kWh)", "料金(円)"], ["R7.4", "x", "y"], ["?", 5, 6]]}
    )
    two = book(tmp_path / "b.xlsx", {"x": [["年月", "灯油(kWh)"], ["R7.4", 1]]})
    three = tmp_path / "c.xlsx"
    three.write_bytes(b"no workbook")
    found = refusal(home, one, two, three, tmp_path / "none.xlsx")
    assert {(f.place.file, f.place.cell) for f in found} == {
        ("a.xlsx", "B2"),
        ("a.xlsx", "C2"),
        ("a.xlsx", "A3"),
        ("b.xlsx", "B1"),
        ("c.xlsx", ""),
        ("none.xlsx", ""),
    }


def test_other_programs_write_the_same_sheet_in_other_words(tmp_path: Path) -> None:
    """Texts inside the cells, no references, a formatted last row: as LibreOffice and others save."""
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"電気": [["x"]]})
    rows = """<row><c t="inlineStr"><is><t>年月</t></is></c><c t="inlineStr"><is><t>使用量</t><r><t>(kWh)</t></r></is></c></row>
<row hidden="true"><c t="str"><f>A1</f><v>R7.4</v></c><c><f>1+1</f><v>2</v></c></row>
<row r="1048576" hidden="1" customFormat="1"><c r="A1048576"/></row>"""

    def change(name: str, data: bytes) -> bytes:
        begin, end = data.find(b"<sheetData>") + 11, data.find(b"</sheetData>")
        return data if name != "xl/worksheets/sheet1.xml" else data[:begin] + rows.encode() + data[end:]

    done = bring(home, edit_zip(file, change))
    assert [(b.quantity, b.unit) for b in bills(home)] == [(2, "kWh")]
    assert {"workbook.hidden_rows", "workbook.formulas"} <= {f.id for f in done.findings}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.xls", {"locked": True}), ("a.xlsx", {"stream_name": "EncryptedPackage"})],
)
def test_a_password_is_named_and_how_to_take_it_off(tmp_path: Path, name: str, kind: dict[str, Any]) -> None:
    file = tmp_path / name
    file.write_bytes(xls([(0, 0, "年月"), (0, 1, "電気使用量(kWh)"), (1, 0, "4月"), (1, 1, 5.0)], **kind))
    [found] = refusal(shop(tmp_path / "ws"), file)
    assert found.id == "workbook.password"
    assert "パスワードを外して保存し直してください" in found.message.ja


@pytest.mark.parametrize("name", ["a.ods", "a.pdf", "a", "a.numbers"])
def test_a_file_of_another_kind_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    [found] = refusal(shop(tmp_path / "ws"), tmp_path / name)
    assert found.id == "workbook.suffix"
    assert "「」" not in found.message.ja
    assert ".xlsx として保存し直してください" in found.message.ja


def test_a_template_saved_as_an_old_workbook_keeps_its_count_of_answers(tmp_path: Path) -> None:
    # LibreOffice saves the template as .xls; what is a formula in it is not known there
    rows: list[list[Any]] = [["番号", "質問", "回答"], ["org-1", "", "実施"], ["", COUNTED, 1]]
    cells = [(r + 3, c, v) for r, row in enumerate(rows) for c, v in enumerate(row) if v != ""]
    file = tmp_path / "a.xls"
    file.write_bytes(xls([(0, 0, "省エネの取り組み　自己採点"), *cells], sheet="自己採点"))
    home = shop(tmp_path / "ws")
    bring(home, file)
    assert read_company(home, "shop").self_assessment == {"org-1": "実施"}


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
    ("written", "year"),
    [("平成10年", 1998), ("Ｓ55", 1980), ("昭和64年築", 1989), ("1998年", 1998), (1998, 1998)],
)
def test_a_year_of_an_era_is_read(tmp_path: Path, written: Any, year: int) -> None:
    home = shop(tmp_path / "ws")
    rows = [["事業者の記号（id）", "shop"], ["事業者名", "見本"], ["業種", "製造業"], []]
    rows += [
        ["事業所の記号", "事業所名", "建築年（西暦）", "営業開始年月"],
        ["honten", "本店", written, "昭和55年4月"],
    ]
    bring(home, book(tmp_path / "a.xlsx", {"事業所": rows}))
    site = read_company(home, "shop").sites[0]
    assert (site.built_year, site.operating_since) == (year, "1980-04")


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
