"""What a bill breaks down comes in from CSV by its names and by Japanese headings, in the unit of its heading."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib.records.importing import Imported
from carbonlib.records.model import CHARGE_NAMES, CHARGES
from carbonlib.records.reading.columns import head
from tests.records.csvfiles.importing import COMPANIES, bills, bring, refused

WHO = "a-shop,honten,E1,electricity,2025-04-01,2025-04-30,1000,kWh,30000,円,税込"
NAMES = "company_id,site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax"


def _brought(tmp_path: Path, heads: str, cells: str) -> tuple[dict[str, Decimal], Imported]:
    done = bring(tmp_path, companies=COMPANIES, bills=f"{NAMES},{heads}\n{WHO},{cells}\n")
    return dict(bills(tmp_path, "a-shop")[0].charges), done


@pytest.mark.parametrize("heads", [CHARGES, tuple(CHARGE_NAMES.values())])
def test_every_line_comes_in_by_its_name_and_as_people_call_it(
    tmp_path: Path, heads: tuple[str, ...]
) -> None:
    values = [str(n) for n in range(60, 60 + len(CHARGES))]
    found, done = _brought(tmp_path, ",".join(heads), ",".join(values))
    assert found == dict(zip(CHARGES, map(Decimal, values), strict=True))
    assert not [f for f in done.findings if f.id.endswith("column_left_out")]


@pytest.mark.parametrize(
    ("heading", "cell", "column", "value"),
    [
        ("基本料金（千円）", "12.5", "demand_charge_jpy", "12500"),
        ("基本料金", '"¥1,000-"', "demand_charge_jpy", "1000"),
        ("燃料費等調整額", "▲50", "fuel_adjustment_jpy", "-50"),
        ("燃料費調整額（円）", "(50)", "fuel_adjustment_jpy", "-50"),
        ("再エネ発電賦課金(円)", "398", "renewable_levy_jpy", "398"),
        ("消費税等相当額", "272", "tax_jpy", "272"),
        ("力率（%）", "95％", "power_factor_percent", "95"),
        ("夜間使用量（千kWh）", "0.4", "night_kwh", "400"),
        ("値引額", "-", "discount_jpy", ""),
    ],
)
def test_a_line_is_read_in_the_unit_of_its_heading(
    tmp_path: Path, heading: str, cell: str, column: str, value: str
) -> None:
    found, _ = _brought(tmp_path, heading, cell)
    assert found == ({column: Decimal(value)} if value else {})


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        (WHO.replace("30000,円", "30,千円"), "基本料金"),  # as the cost, or in yen?
        (WHO.replace("1000,kWh", "1,千kWh"), "昼間使用量"),
        (WHO, "昼間使用量（kW）"),
        (WHO, "基本料金（kWh）"),
    ],
)
def test_a_line_whose_unit_nobody_can_tell_is_named(tmp_path: Path, row: str, heading: str) -> None:
    found = refused(tmp_path, companies=COMPANIES, bills=f"{NAMES},{heading}\n{row},7\n")
    assert [(f.id, f.place.line) for f in found] == [("csv.charge_unit", 2)]


def test_a_known_column_that_is_not_taken_is_no_slip_of_spelling(tmp_path: Path) -> None:
    _, done = _brought(tmp_path, "検針日,区分,基本料金（円/kW）,fooo", "4/30,本,1700,1")
    said = {f.message.ja.split("」")[0][2:]: f for f in done.findings if f.id == "csv.column_left_out"}
    assert {n: f.severity for n, f in said.items()} == {
        "検針日": "note",
        "区分": "note",
        "基本料金（円/kW）": "note",
        "fooo": "warning",
    }
    assert [n for n, f in said.items() if "綴り" in f.message.ja] == ["fooo"]


def test_a_second_import_says_the_same_of_the_lines(tmp_path: Path) -> None:
    text = f"{NAMES},基本料金,力率\n{WHO},7000,99\n"
    bring(tmp_path, companies=COMPANIES, bills=text)
    again = bring(tmp_path, bills=text).changes[0]
    assert (again.unchanged, again.replaced) == (1, 0)
    changed = bring(tmp_path, bills=text.replace(",7000,", ",7100,")).changes[0]
    assert (changed.unchanged, changed.replaced) == (0, 1)
    assert bills(tmp_path, "a-shop")[0].charges["demand_charge_jpy"] == 7100


def test_each_line_has_a_heading_of_its_own() -> None:
    assert {head("bills", name).column for name in CHARGE_NAMES.values()} == set(CHARGES)


WIDE = "company_id,site_id,meter_id,carrier,item,unit,2025-04,2025-05,合計\n"
METER = "a-shop,honten,E1,電気"
LINES = {
    "使用量,kWh": ("1000,1200,2200", ""),
    "料金（税込）,円": ("30000,36000,66000", ""),
    "基本料金,千円": ("7,7.1,14.1", "demand_charge_jpy 7000 7100"),
    "電力量料金（円）,": ("20000,24000,44000", "energy_charge_jpy 20000 24000"),
    "燃料費等調整額,円": ("▲500,-600,-1100", "fuel_adjustment_jpy -500 -600"),
    "市場価格調整,円": ("10,0,10", "market_adjustment_jpy 10 0"),
    "再エネ発電賦課金,円": ("3980,4776,8756", "renewable_levy_jpy 3980 4776"),
    "値引き,円": ("-100,,-100", "discount_jpy -100"),
    "消費税等相当額,円": ("2727,3273,6000", "tax_jpy 2727 3273"),
    "力率,％": ("98,100,99", "power_factor_percent 98 100"),
    "昼間使用量,千kWh": ("0.6,0.7,1.3", "day_kwh 600 700"),
    "夜間使用量,": ("400,500,900", "night_kwh 400 500"),
    "peak_kwh,kWh": ("1,2,3", "peak_kwh 1 2"),
}


def _wide(lines: dict[str, str]) -> str:
    return WIDE + "".join(f"{METER},{item},{values}\n" for item, values in lines.items())


def test_the_lines_of_a_bill_come_in_with_months_as_columns(tmp_path: Path) -> None:
    done = bring(tmp_path, companies=COMPANIES, wide=_wide({k: v for k, (v, _) in LINES.items()}))
    doubts = [f for f in done.findings if f.severity != "note"]
    assert [(f.id, f.place.line) for f in doubts] == [("csv.charge_unit_assumed", 13)]
    assert "「夜間使用量」に単位がないので、kWh として読みました" in doubts[0].message.ja
    wanted: list[dict[str, Decimal]] = [{}, {}]
    for _, line in LINES.values():
        name, *values = line.split() or [""]
        for month, value in zip(wanted, values, strict=False):
            month[name] = Decimal(value)
    assert [dict(b.charges) for b in bills(tmp_path, "a-shop")] == wanted
    assert sorted(wanted[0]) == sorted(CHARGES)


@pytest.mark.parametrize(
    ("item", "values", "id"),
    [
        ("基本料金,", "7,7,", "csv.charge_unit"),  # beside a cost in 千円
        ("基本料金（kWh）,", "7,7,", "csv.charge_unit"),
        ("基本料金（円）,千円", "7,7,", "csv.unit_contradicts"),
        ("demand_charge_jpy,千円", "7,7,", "csv.unit_contradicts"),
        ("基本料金,円", "7,-7,", "csv.negative"),
        ("基本料金,円", "7,x,", "csv.not_a_number"),
        ("力率,", "0.98,99,", "csv.power_factor"),
        ("力率,kW", "98,99,", "csv.percent"),
        ("昼間使用量,円", "98,99,", "csv.charge_unit"),
        ("使用量,kWh", "1,2,", "csv.row_twice"),
        ("基本料金,円", "1,2,4", "csv.total_differs"),
    ],
)
def test_what_a_line_of_a_bill_can_have_wrong_in_wide_form(
    tmp_path: Path, item: str, values: str, id: str
) -> None:
    text = _wide({"使用量, kWh": "1000,1200,", "料金,千円": "30,36,", item: values})
    if id == "csv.total_differs":
        found = bring(tmp_path, companies=COMPANIES, wide=text).findings
        assert (id, 4) in [(f.id, f.place.line) for f in found]
        return
    found = tuple(refused(tmp_path, companies=COMPANIES, wide=text))
    assert [(f.id, f.place.line) for f in found if f.severity == "error"] == [(id, 4)]


def test_a_price_and_a_comparison_are_no_lines_of_a_bill(tmp_path: Path) -> None:
    text = _wide({"使用量,kWh": "1000,1200,", "基本料金（円/kW）,": "1700,1700,", "前年同月比,%": "98,99,"})
    done = bring(tmp_path, companies=COMPANIES, wide=text)
    assert [(f.id, f.place.line) for f in done.findings if f.id == "csv.row_left_out"] == [
        ("csv.row_left_out", 3),
        ("csv.row_left_out", 4),
    ]
    assert [dict(b.charges) for b in bills(tmp_path, "a-shop")] == [{}, {}]


def test_a_line_without_its_amount_is_named(tmp_path: Path) -> None:
    found = refused(
        tmp_path, companies=COMPANIES, wide=_wide({"使用量,kWh": "1000,,", "基本料金,円": "7,7,"})
    )
    assert [(f.id, f.place.line) for f in found] == [("csv.no_amount", 2)]


@pytest.mark.parametrize("item", ["託送料金,円", "調整料金,円", "延滞金額,円"])
def test_what_may_be_a_part_of_the_cost_is_not_taken_for_the_whole(tmp_path: Path, item: str) -> None:
    done = bring(
        tmp_path, companies=COMPANIES, wide=_wide({"使用量,kWh": "1000,1200,", item: "20000,20000,"})
    )
    assert [b.cost_jpy for b in bills(tmp_path, "a-shop")] == [None, None]
    assert [f.place.line for f in done.findings if f.id == "csv.row_left_out"] == [3]


@pytest.mark.parametrize(
    "item", ["電気料金（税込）,円", "ご請求金額（円）,", "ガス代,円", "料金合計,円", "電気代税込,円"]
)
def test_the_whole_cost_is_known_by_many_names(tmp_path: Path, item: str) -> None:
    bring(tmp_path, companies=COMPANIES, wide=_wide({"使用量,kWh": "1000,1200,", item: "20000,20000,"}))
    assert [b.cost_jpy for b in bills(tmp_path, "a-shop")] == [20000, 20000]


def test_a_line_without_a_unit_says_how_it_was_read(tmp_path: Path) -> None:
    wide = _wide({"使用量,kWh": "1000,1200,", "基本料金,": "10.5,10,", "夜間使用量,": "0.3,0.3,"})
    said = [
        f.message.ja
        for f in bring(tmp_path, companies=COMPANIES, wide=wide).findings
        if f.severity == "warning"
    ]
    assert said == [
        "「基本料金」に単位がないので、円として読みました。",
        "「夜間使用量」に単位がないので、kWh として読みました。",
    ]
    _, done = _brought(tmp_path, "基本料金,夜間使用量,値引き（円）,力率,day_kwh", "10.5,0.3,0,99,0.4")
    found = [f for f in done.findings if f.severity == "warning"]
    assert [f.message.ja for f in found] == said
    assert {f.place.line for f in found} == {1}


def test_a_power_factor_of_one_may_be_a_hundred_percent_or_one(tmp_path: Path) -> None:
    wide = _wide({"使用量,kWh": "1000,1200,", "力率,": "1,98,"})
    [found] = refused(tmp_path, companies=COMPANIES, wide=wide)
    assert "力率「1」は 100 % とも 1 % とも読めます" in found.message.ja
    long = f"{NAMES},力率\n{WHO},1\n"
    assert "100 % とも 1 % とも" in refused(tmp_path, companies=COMPANIES, wide=long)[0].message.ja


def test_a_bill_of_gas_with_lines_of_electricity_is_doubted(tmp_path: Path) -> None:
    gas = "a-shop,honten,G1,都市ガス"
    lines = ["使用量,m3,5,5,", "再エネ賦課金,円,1,1,", "契約電力,kW,1,1,", "基本料金,円,1,1,"]
    wide = WIDE + "".join(f"{gas},{line}\n" for line in lines)
    [found] = [f for f in bring(tmp_path, companies=COMPANIES, wide=wide).findings if f.severity == "warning"]
    assert (found.id, found.place.line) == ("csv.of_electricity_alone", 2)
    assert "都市ガスの請求に、電気の請求にしかない 再エネ賦課金・契約電力 が" in found.message.ja
