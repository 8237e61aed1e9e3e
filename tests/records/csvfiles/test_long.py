"""A bill a row: cells are read as other tables read them, and sentences call columns as the file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlib.errors import Finding
from carbonlib.records.bill_header import OPTIONAL, REQUIRED
from carbonlib.records.model import Bill
from tests.records.csvfiles.importing import COMPANIES, bills, bring, refused

USUAL = {
    "事業者ID": "a-shop",
    "事業所": "本店",
    "メーター": "E1",
    "種別": "電気",
    "開始日": "2025/4/1",
    "終了日": "2025/4/30",
    "使用量": "100",
    "単位": "kWh",
    "料金": "3000",
    "料金の単位": "円",
    "税": "税込",
    "契約電力": "50",
    "推定": "",
}


def _text(**cells: str) -> str:
    return ",".join(USUAL) + "\n" + ",".join(f'"{v}"' for v in {**USUAL, **cells}.values()) + "\n"


def _bill(tmp_path: Path, year: int | None = None, /, **cells: str) -> Bill:
    bring(tmp_path, year, companies=COMPANIES, bills=_text(**cells))
    [bill] = bills(tmp_path, "a-shop")
    return bill


def _errors(tmp_path: Path, year: int | None = None, /, **cells: str) -> list[Finding]:
    found = refused(tmp_path, year, companies=COMPANIES, bills=_text(**cells))
    return [f for f in found if f.severity == "error"]


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"推定": "○"}, "estimated", True),
        ({"推定": "推定検針"}, "estimated", True),
        ({"推定": "実測"}, "estimated", False),
        ({"推定": "-"}, "estimated", None),
        ({"使用量": "100kWh"}, "written", "100 kWh"),
        ({"使用量": "１００ ｋＷｈ", "単位": ""}, "written", "100 kWh"),
        ({"使用量": "0.1 千kWh", "単位": ""}, "written", "0.1 千kWh"),
        ({"契約電力": "50kW"}, "contract_demand_kw", 50),
        ({"料金": "3千円", "料金の単位": ""}, "cost_jpy", 3000),
        ({"料金": "¥3,000-", "料金の単位": ""}, "cost_jpy", 3000),
        ({"料金": "－", "料金の単位": ""}, "cost_jpy", None),
    ],
)
def test_a_cell_is_read_as_in_any_other_table(
    tmp_path: Path, cells: dict[str, str], field: str, value: object
) -> None:
    assert getattr(_bill(tmp_path, **cells), field) == value


@pytest.mark.parametrize(
    ("start", "end", "year", "period"),
    [
        ("4/1", "4/30", 2025, "2025-04-01 2025-04-30"),
        ("12/20", "1/19", 2025, "2025-12-20 2026-01-19"),
        ("2025/12/20", "1/19", None, "2025-12-20 2026-01-19"),
        ("12/20", "令和8年1月19日", None, "2025-12-20 2026-01-19"),
    ],
)
def test_days_without_a_year_find_it(
    tmp_path: Path, start: str, end: str, year: int | None, period: str
) -> None:
    bill = _bill(tmp_path, year, 開始日=start, 終了日=end)
    assert f"{bill.start} {bill.end}" == period


def test_a_column_of_months_may_hold_days(tmp_path: Path) -> None:
    text = "2025年度\n事業者ID,種別,年月,使用量(kWh)\na-shop,電気,3/20～4/18,5\na-shop,電気,4/19～5/18,6\n"
    bring(tmp_path, companies=COMPANIES, bills=text)
    found = [(b.start.isoformat(), b.end.isoformat()) for b in bills(tmp_path, "a-shop")]
    assert found == [("2025-03-20", "2025-04-18"), ("2025-04-19", "2025-05-18")]


@pytest.mark.parametrize(
    ("cells", "id", "said"),
    [
        ({"使用量": ""}, "bill.quantity_blank", "列「使用量」が空欄です。"),
        ({"使用量": "多い"}, "unit.no_number", "列「使用量」: "),
        ({"使用量": "-5"}, "bill.negative", "列「使用量」が負の値です。"),
        ({"使用量": "5千kWh"}, "csv.unit_contradicts", "単位が kWh・千kWh と食い違っています。"),
        ({"単位": ""}, "unit.missing", "列「単位」が空欄です。"),
        ({"単位": "{}"}, "unit.unknown", ""),
        ({"料金": "3千円"}, "csv.unit_contradicts", "単位が 円・千円 と食い違っています。"),
        (
            {"料金の単位": "ドル"},
            "bill.cost_unit",
            "列「料金の単位」は円・千円・万円のどれかです（いまは「ドル」）。",
        ),
        ({"税": "込み"}, "bill.tax", "列「税」は"),
        ({"推定": "たぶん"}, "bill.estimated", "列「推定」は推定・実測・空欄のどれかです"),
        ({"契約電力": "50kWh"}, "csv.power", "「50kWh」は kW の正の数で書いてください。"),
        ({"開始日": "25/4/1"}, "bill.date", "列「開始日」の「25/4/1」は日付として読めません。"),
        ({"開始日": "{}"}, "bill.date", "列「開始日」の「{}」は日付として読めません。"),
        ({"開始日": "4/1", "終了日": "4/30"}, "csv.no_year", "「4/1〜4/30」が何年か分かりません。"),
        (
            {"種別": "灯油油"},
            "csv.carrier",
            "エネルギー種別「灯油油」は読めません。もしかして「灯油」ですか。",
        ),
        ({"種別": "ガス"}, "csv.carrier", "「ガス」だけでは種類が決められません。"),
        ({"種別": ""}, "csv.carrier", "エネルギー種別が空欄です。"),
        ({"事業所": "=1+1"}, "csv.formula_text", "「=1+1」は、"),
        ({"事業所": "支店"}, "bill.site", "事業所「支店」が"),
    ],
)
def test_what_a_row_can_have_wrong_is_said_once_in_the_words_of_its_file(
    tmp_path: Path, cells: dict[str, str], id: str, said: str
) -> None:
    [found] = _errors(tmp_path, **cells)
    assert (found.id, found.place.line) == (id, 2)
    assert found.message.ja.startswith(said)
    assert not any(f"olumn {name} " in found.message.en for name in REQUIRED + OPTIONAL)


def test_all_problems_of_a_row_are_said_at_once(tmp_path: Path) -> None:
    found = _errors(
        tmp_path, 使用量="x", 単位="", 種別="灯油油", 開始日="4月", 税="?", 推定="?", 契約電力="5L"
    )
    assert sorted(f.id for f in found) == [
        "bill.date", "bill.estimated", "bill.tax", "csv.carrier", "csv.power", "unit.no_number",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "事業者ID,種別,年月,使用量(kWh),金額\na-shop,電気,2025-04,5,90\na-shop,電気,2025-05,5,90\n",
            1,
            "。",
        ),
        (
            "事業者ID,種別,年月,使用量(kWh),金額,金額の単位\na-shop,電気,2025-04,5,90,円\n"
            "a-shop,電気,2025-05,5,90,\na-shop,電気,2025-06,5,,\na-shop,電気,2025-07,5,90,\n",
            3,
            "（3・5 行目）。",
        ),
    ],
)
def test_a_cost_without_a_unit_is_said_once(tmp_path: Path, text: str, line: int, said: str) -> None:
    done = bring(tmp_path, companies=COMPANIES, bills=text)
    assert {b.cost_jpy for b in bills(tmp_path, "a-shop")} <= {90, None}
    [doubt] = [f for f in done.findings if f.id == "csv.cost_unit_assumed"]
    assert (doubt.severity, doubt.place.line) == ("warning", line)
    assert doubt.message.ja == f"「金額」に単位がないので、円として読みました{said}"


def test_a_heading_that_says_its_unit_needs_no_doubt(tmp_path: Path) -> None:
    done = bring(tmp_path, companies=COMPANIES, bills=_text())
    assert [f for f in done.findings if f.severity != "note"] == []


def test_a_power_in_another_unit_than_kw_is_no_kw(tmp_path: Path) -> None:
    long = "事業者ID,種別,年月,使用量(kWh),契約電力(MW)\na-shop,電気,2025-04,5,1\n"
    wide = "事業者ID,種別,単位,契約電力(MW),2025-04,2025-05\na-shop,電気,kWh,1,5,5\n"
    rows = (
        "事業者ID,種別,項目,単位,2025-04,2025-05\na-shop,電気,使用量,kWh,1,5\na-shop,電気,契約電力(MW),,1,5\n"
    )
    for text, line in ((long, 1), (wide, 1), (rows, 3)):
        found = refused(tmp_path, companies=COMPANIES, bills=text)
        assert [(f.id, f.place.line) for f in found if f.severity == "error"] == [("csv.power", line)]


def test_a_cost_with_and_without_tax_is_asked_about(tmp_path: Path) -> None:
    long = "事業者ID,種別,年月,使用量(kWh),料金(税抜・円),税\na-shop,電気,2025-04,5,9,税込\n"
    wide = "事業者ID,種別,項目,単位,税,2025-04,2025-05\na-shop,電気,使用量,kWh,,1,5\na-shop,電気,料金(税抜),円,税込,1,5\n"
    for text, line in ((long, 2), (wide, 3)):
        found = refused(tmp_path, companies=COMPANIES, bills=text)
        assert [(f.id, f.place.line) for f in found] == [("csv.tax_contradicts", line)]
    bring(tmp_path, companies=COMPANIES, bills=long.replace("税込", "税抜"))
    assert [b.tax for b in bills(tmp_path, "a-shop")] == ["excluded"]


@pytest.mark.parametrize(("total", "wrong"), [("10kWh", 0), ("11kWh", 1), ("11", 1), ("0.01 千kWh", 0)])
def test_totals_of_cells_with_units_are_compared(tmp_path: Path, total: str, wrong: int) -> None:
    head = "事業者ID,種別,年月,使用量\n"
    rows = f"a-shop,電気,2025-04,4kWh\na-shop,電気,2025-05,6kWh\na-shop,,合計,{total}\n"
    done = bring(tmp_path, companies=COMPANIES, bills=head + rows)
    assert len([f for f in done.findings if f.id == "csv.total_differs"]) == wrong
