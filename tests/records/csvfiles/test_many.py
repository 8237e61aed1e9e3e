"""Many companies at once from CSV: each row is stored or named with its line, and nothing is half-written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from carbonlib.records.company import read_company
from carbonlib.records.importing import import_files
from carbonlib.records.reading.columns import spellings
from tests.records.csvfiles.importing import (
    BILLS,
    COMPANIES,
    JAPANESE,
    LONG_HEAD,
    WIDE,
    bills,
    bring,
    home,
    refused,
    said,
)


def test_companies_and_bills_of_many_come_in_together(tmp_path: Path) -> None:
    done = bring(tmp_path, companies=COMPANIES, bills=BILLS)
    assert [(c.company_id, c.new, c.added) for c in done.changes] == [
        ("a-shop", True, 2),
        ("b-works", True, 1),
    ]
    shop = read_company(home(tmp_path), "a-shop")
    assert (shop.name, shop.sites[0].floor_area_m2, shop.sites[0].use) == ("A商店", 1200, "retail")
    assert shop.suppliers == {"electricity": "tepco-ep-residual"}
    assert [s.name for s in read_company(home(tmp_path), "b-works").sites] == ["第一工場", "第二工場"]
    assert [(b.quantity, b.cost_jpy, b.tax) for b in bills(tmp_path, "a-shop")] == [
        (1234, 33000, "included"),
        (1000, 28000, "included"),
    ]
    assert bills(tmp_path, "b-works")[0].cost_jpy is None
    assert (home(tmp_path).parameters / "reports/2025/companies/b-works.yaml").is_file()
    again = bring(tmp_path, companies=COMPANIES, bills=BILLS)
    assert [(c.unchanged, c.files) for c in again.changes] == [(2, ()), (1, ())]


def test_a_blank_keeps_what_is_registered_and_a_company_may_come_alone(tmp_path: Path) -> None:
    bring(tmp_path, companies=COMPANIES)
    bring(tmp_path, companies="id,name,site_id,employees\na-shop,A商店 新館,honten,15\n")
    shop = read_company(home(tmp_path), "a-shop")
    assert (shop.name, shop.industry, shop.sites[0].employees) == ("A商店 新館", "小売業", 15)
    assert (shop.sites[0].name, shop.sites[0].floor_area_m2) == ("本店", 1200)
    assert [c.added for c in bring(tmp_path, bills=BILLS).changes] == [2, 1]


@pytest.mark.parametrize(
    ("encoding", "newline", "last"),
    [("utf-8", "\n", ""), ("utf-8-sig", "\r\n", "\n"), ("cp932", "\r\n", ""), ("cp932", "\n", "\n")],
)
def test_as_spreadsheets_save_them(tmp_path: Path, encoding: str, newline: str, last: str) -> None:
    bring(tmp_path, companies=COMPANIES)
    text = JAPANESE.rstrip("\n").replace("\n", newline) + last
    done = bring(tmp_path, bills=text.encode(encoding))
    assert bills(tmp_path, "a-shop")[0].written == "1234 ｋＷｈ"
    assert bills(tmp_path, "a-shop")[0].cost_jpy == 33000
    assert bills(tmp_path, "a-shop")[0].tax == "included"
    assert [f.id for f in done.findings if f.id == "file.cp932"] == ["file.cp932"] * (encoding == "cp932")


def test_months_as_columns(tmp_path: Path) -> None:
    done = bring(tmp_path, companies=COMPANIES, wide=WIDE)
    assert [f.id for f in done.findings if f.severity == "warning"] == []
    got = bills(tmp_path, "b-works")
    assert [(b.meter_id, b.start, b.written, b.cost_jpy, b.tax) for b in got] == [
        ("E1", date(2025, 4, 1), "10 千kWh", 250_000, "excluded"),
        ("E1", date(2025, 5, 1), "11 千kWh", 275_000, "excluded"),
        ("E1", date(2025, 6, 1), "12.5 千kWh", 312_000, "excluded"),
        ("G1", date(2025, 4, 1), "100 m3", None, "unknown"),
        ("G1", date(2025, 6, 1), "0 m3", None, "unknown"),
    ]


def test_months_without_a_year_need_one(tmp_path: Path) -> None:
    bring(tmp_path, companies=COMPANIES)
    text = "company_id,carrier,unit,4月,12月,１月,３月\na-shop,電気,kWh,1,2,3,4\n"
    assert said(refused(tmp_path, wide=text)) == [("csv.no_year", 1)]
    bring(tmp_path, 2025, wide=text)
    assert [b.start for b in bills(tmp_path, "a-shop")] == [
        date(2025, 4, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 3, 1),
    ]  # fmt: skip
    titled = "令和7年度エネルギー使用量\n\n" + text.replace("1,2,3,4", "5,6,7,8")
    assert [c.replaced for c in bring(tmp_path, titled=titled).changes] == [4]


@pytest.mark.parametrize("month", ["Apr-25", "25-Apr", "2025/3/20～2025/4/18", "2025/4/15"])
def test_a_month_that_cannot_be_told_is_no_column_left_out(tmp_path: Path, month: str) -> None:
    text = f"company_id,carrier,unit,{month},2025-05,2025-06\na-shop,電気,kWh,1,2,3\n"
    assert said(refused(tmp_path, companies=COMPANIES, wide=text)) == [("csv.month", 1)]


def test_long_form_may_give_months(tmp_path: Path) -> None:
    bring(tmp_path, companies=COMPANIES)
    text = "事業者ID,種別,年月,使用量(kWh)\na-shop,電気,令和7年4月,5\na-shop,電気,2025/5,6\n"
    bring(tmp_path, bills=text)
    assert [(b.site_id, b.meter_id, b.end) for b in bills(tmp_path, "a-shop")] == [
        ("honten", "E1", date(2025, 4, 30)),
        ("honten", "E1", date(2025, 5, 31)),
    ]


def test_sentences_on_rows_call_columns_as_the_file_does(tmp_path: Path) -> None:
    text = "事業者ID,種類,年月,使用量,単位,金額\na-shop,電気,2025年13月,多い,kWh,2万7千円\n"
    found = refused(tmp_path, companies=COMPANIES, bills=text)
    sentences = [f.message.ja for f in found if f.place.line == 2]
    assert (
        sentences[0] == "列「年月」の「2025年13月」は年月として読めません。2025-04 のように書いてください。"
    )
    assert [s.partition(":")[0] for s in sentences[1:]] == ["列「使用量」", "列「金額」"]
    assert found[0].message.en == "In the column '年月', '2025年13月' is no month; write it as in 2025-04."
    found = refused(tmp_path / "b", companies=COMPANIES, bills=text.replace("種類", "なにか"))
    assert "列「エネルギー種別」がありません。見出しを確かめてください。" in [f.message.ja for f in found]


def test_semicolons_part_cells_too_and_are_said(tmp_path: Path) -> None:
    text = "事業者ID;種別;年月;使用量;単位\na-shop;電気;2025-04;1,000;kWh\n"
    done = bring(tmp_path, companies=COMPANIES, bills=text)
    assert [b.quantity for b in bills(tmp_path, "a-shop")] == [1000]
    assert "csv.semicolons" in {f.id for f in done.findings}
    commas = bring(
        tmp_path, bills="事業者ID,種別,年月,使用量,単位,備考\na-shop,電気,2025-05,1,kWh,;;;;;;;;;;;;;;;\n"
    )
    assert "csv.semicolons" not in {f.id for f in commas.findings}


def test_a_wide_row_may_name_its_unit_in_each_month(tmp_path: Path) -> None:
    head = "事業者ID,種別,単位,2025-04,2025-05,2025-06\n"
    bring(tmp_path, companies=COMPANIES, wide=head + 'a-shop,電気,,"1,000kWh",1100 kWh,－\n')
    assert [(b.quantity, b.unit) for b in bills(tmp_path, "a-shop")] == [(1000, "kWh"), (1100, "kWh")]
    found = refused(
        tmp_path / "b", companies=COMPANIES, wide=head + 'a-shop,電気,,"1,000kWh",1.1千kWh,１２００\n'
    )
    assert ("csv.unit_missing", 2) in said(found)
    assert any("（kWh・千kWh・なし）" in f.message.ja for f in found)


@pytest.mark.parametrize("cost", ["3万円", "30千円", "３万円", "30,000円", "30.0 千円"])
def test_a_cost_may_name_its_unit_in_the_cell(tmp_path: Path, cost: str) -> None:
    text = f'事業者ID,種類,年月,使用量,単位,金額\na-shop,電気,2025年4月,1000,kWh,"{cost}"\n'
    bring(tmp_path, companies=COMPANIES, bills=text)
    assert [b.cost_jpy for b in bills(tmp_path, "a-shop")] == [30_000]


def test_all_problems_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    companies = COMPANIES + "../x,X,業,x,x,,,,\ncon,C,業,x,x,,,,\nc-new,,製造業,,,,,,\na-shop,別名,,,,,,,\n"
    wrong = BILLS + (
        "a-shop,nowhere,E1,electricity,2025-06-01,2025-06-30,たくさん,kWh,,,\n"
        "a-shop,honten,E1,ガス,2025-06-31,2025-07-30,-5,kWh,,,\n"
        "who,honten,E1,electricity,2025-06-01,2025-06-30,1,kWh,,,\n"
        "a-shop,honten,E1,electricity,2025-05-15,2025-06-14,1,kWh,,,\n"
        "a-shop,honten,=E1,electricity,2025-08-01,2025-08-31,1,kWh,,,\n"
        "a-shop,honten,E1,electricity,2025-09-01,2025-09-30,1,234,kWh,,,\n"
    )
    found = refused(tmp_path, companies=companies, bills=wrong)
    assert {("csv.company_id", 5), ("csv.company_id", 6), ("csv.company_contradicts", 8)} <= set(said(found))
    lines = {f.place.line for f in found if f.place.file == "bills.csv" and f.severity == "error"}
    assert lines == {5, 6, 7, 8, 9, 10}
    ids = {f.id for f in found if f.place.line == 6 and f.place.file == "bills.csv"}
    assert {"bill.date", "bill.negative", "csv.carrier"} <= ids, "several problems of one row"
    assert "csv.company_incomplete" in {f.id for f in found}
    assert not any("/" in f.place.file for f in found), "no path of the machine"


@pytest.mark.parametrize(
    ("row", "id"),
    [
        ("a-shop,,ガス,,m3,1,2,3,", "csv.carrier"),
        ("a-shop,,電気,,,1,2,3,", "csv.unit_missing"),
        ("a-shop,,電気,,m3,1,2,3,", "csv.unit_not_of_carrier"),
        ("a-shop,,電気,なにか,kWh,1,2,3,", "csv.item"),
        ("a-shop,,電気,使用量(千kWh),kWh,1,2,3,", "csv.unit_contradicts"),
        ("a-shop,,電気,,kWh,1,x,3,", "csv.not_a_number"),
        ("a-shop,,電気,,kWh,1,-2,3,", "csv.negative"),
        ("a-shop,,電気,料金,円,1,2,3,", "csv.no_amount"),
        ("b-works,,電気,,kWh,1,2,3,", "csv.site"),
        (",,電気,,kWh,1,2,3,", "csv.company_blank"),
    ],
)
def test_what_a_wide_row_can_have_wrong(tmp_path: Path, row: str, id: str) -> None:
    head = "company_id,site_id,carrier,item,unit,2025-04,2025-05,2025-06,合計\n"
    found = refused(tmp_path, companies=COMPANIES, wide=head + row + "\n")
    assert (id, 2) in said(found)


def test_totals_are_compared_and_never_stored(tmp_path: Path) -> None:
    total = "合計,,,,,,2234,kWh,61,千円,\n"
    text = BILLS.replace("33000,円", "33,千円").replace("b-works", total + "b-works", 1)
    done = bring(tmp_path, companies=COMPANIES, bills=text)
    assert sum(c.added for c in done.changes) == 3
    assert [f.id for f in done.findings if f.severity == "warning"] == []
    off = bring(tmp_path, companies=COMPANIES, bills=text.replace("2234", "2334"))
    [doubt] = [f for f in off.findings if f.severity == "warning"]
    assert (doubt.id, doubt.place.line) == ("csv.total_differs", 4)
    assert "2,334 kWh が、2 個の値の和 2,234 kWh と合いません（差 100）" in doubt.message.ja
    wide = WIDE + "b-works,合計,,電気,使用量,千kWh,10,11,12,33\n"
    found = bring(tmp_path, companies=COMPANIES, wide=wide.replace(",33.5\n", ",43.5\n")).findings
    assert [(f.id, f.place.line) for f in found if f.id == "csv.total_differs"] == [
        ("csv.total_differs", 2),
    ]
    assert [(f.id, f.place.line) for f in found if f.id == "csv.total_rounded"] == [("csv.total_rounded", 5)]


def test_a_table_of_one_company_in_any_layout(tmp_path: Path) -> None:
    bring(tmp_path, companies=COMPANIES)
    file = tmp_path / "own.csv"
    file.write_text(
        "本店 電気使用量\n2025年度\n月,使用量(kWh),料金(円)\n4月,100,3000\n5月,x,1\n", encoding="cp932"
    )
    with pytest.raises(RecordError) as error:
        import_files(home(tmp_path), [file], company_id="a-shop")
    assert said(list(error.value.findings)) == [("csv.not_a_number", 5)]
    file.write_text("本店 電気使用量\n2025年度\n月,使用量(kWh),料金(円)\n4月,100,3000\n", encoding="cp932")
    import_files(home(tmp_path), [file], company_id="a-shop")
    assert [(b.quantity, b.cost_jpy) for b in bills(tmp_path, "a-shop")] == [(100, 3000)]
    with pytest.raises(RecordError) as error:
        import_files(home(tmp_path), [file])
    assert "探した見出し" in str(error.value)


def test_rows_of_another_year_are_doubted(tmp_path: Path) -> None:
    rows = [f"a-shop,honten,E1,electricity,2025-{m:02d}-01,2025-{m:02d}-28,5,kWh,,," for m in range(4, 13)]
    rows.append("a-shop,honten,E1,electricity,2015-01-01,2015-01-31,5,kWh,,,")
    text = BILLS.splitlines()[0] + "\n" + "\n".join(rows)
    found = bring(tmp_path, 2025, companies=COMPANIES, bills=text).findings
    assert [(f.id, f.place.line) for f in found if f.severity == "warning"] == [("csv.outside_year", 11)]


def test_each_spelling_of_a_column_means_one_thing() -> None:
    for table in ("companies", "bills", "items", "site_uses"):
        assert spellings(table), table


def test_a_file_without_rows_is_named(tmp_path: Path) -> None:
    done = bring(tmp_path, companies=COMPANIES, bills=LONG_HEAD + ",,,,,,\n" * 1000)
    assert [(f.id, f.place.file) for f in done.findings] == [("csv.no_rows", "bills.csv")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp932"])
def test_tabs_part_cells_too(tmp_path: Path, encoding: str) -> None:
    text = BILLS.replace('"1,234"', "1234").replace(",", "\t").replace("1234", '"1,234"')
    done = bring(tmp_path, companies=COMPANIES, bills=text.encode(encoding))
    assert [str(b.quantity) for b in bills(tmp_path, "a-shop")] == ["1234", "1000"]
    assert "csv.tabs" in {f.id for f in done.findings}
    assert not [f for f in done.findings if f.severity != "note"]
    commas = bring(tmp_path, bills=BILLS.replace("税込", "税込\t", 1).encode())
    assert "csv.tabs" not in {f.id for f in commas.findings}
