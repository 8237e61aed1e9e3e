"""Bill rows: by columns where the cells are plain, with care where not, and both say the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.errors import Place, RecordError
from carbonlib.records.billcolumns import plain_columns
from carbonlib.records.billrow import BillRow, read_bill
from carbonlib.records.bills import (
    COMPANY,
    OPTIONAL,
    REQUIRED,
    read_bill_rows,
    read_bill_table,
    read_bills,
)
from carbonlib.records.company import read_company
from carbonlib.records.manybills import ManyBills
from carbonlib.records.model import Bill, Company, Site
from carbonlib.records.store import read_records
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT, copy_workspace

HEADER = [*REQUIRED, *OPTIONAL]
SITES = ["main", "annex"]
SHOP = Company("shop", "店", "小売業", tuple(Site(s, s) for s in SITES))
GOOD = {
    "site_id": "main",
    "meter_id": "E1",
    "carrier": "electricity",
    "start": "2025-04-01",
    "end": "2025-04-30",
    "quantity": "2,298.5",
    "unit": "kWh",
}
NUMBERS = ("0", "12", "1,234", "1,234.50", "12,34", "-3", "▲5", "１２", "³", "1e3", "-0", "007", "1 2", "n/a")
DAYS = (
    "2025-04-01",
    "2025-04-30",
    "2025/4/1",
    "2025-4-1",
    "20250401",
    "2025-W14-2",
    "２０２５-04-01",
    "2025-02-30",
    "25/4/1",
    "2_025-04-01",
    "1999-12-31",
    "2000-01-01",
    "2099-12-31",
    "2100-01-01",
    "0001-01-01",
)
WORDS = {
    "site_id": ("main", "annex", "mian"),
    "meter_id": ("E1", "=1+1", "", " ", "　"),
    "carrier": ("electricity", "city_gas", "lpg", "gas", "Electricity"),
    "start": DAYS,
    "end": DAYS,
    "unit": ("kWh", "千kWh", "ｋＷｈ", "m3", "ton", "kL", "?"),
    "cost_unit": ("円", "千円", "万円", "ドル"),
    "tax": ("税込", "税抜", "不明", "unknown", "込"),
    "estimated": ("推定", "estimated", "はい"),
    "note": ("メモ", "a\nb"),
}


def _cell(column: str) -> st.SearchStrategy[str]:
    known = WORDS.get(column, NUMBERS)
    usual = GOOD.get(column, "")
    around = st.sampled_from(("{}", "{}", "{}", " {}", "{} ", "　{}"))
    odd = st.one_of(st.sampled_from((*known, "")), st.text(max_size=6), st.decimals().map(str))
    return st.builds(str.format, around, st.one_of(st.just(usual), st.just(usual), odd))


ROWS = st.lists(
    st.tuples(*(_cell(c) for c in HEADER)).map(list) | st.just([GOOD.get(c, "") for c in HEADER]), max_size=6
)


@settings(max_examples=200)
@given(ROWS)
def test_a_row_read_by_columns_is_what_the_careful_reading_gives(rows: list[list[str]]) -> None:
    lines = list(range(2, len(rows) + 2))
    by_columns, odd = plain_bills(HEADER, rows, lines, "shop", SITES)
    for index, (line, cells, found) in enumerate(zip(lines, rows, by_columns, strict=True)):
        row = BillRow(dict(zip(HEADER, cells, strict=True)), Place("bills.csv", line))
        careful = read_bill(row, SITES, "company.yaml")
        if index not in odd:
            assert found == careful
            # equal numbers may differ in their printed digits
            assert repr(found) == repr(careful)
            assert not row.findings


@settings(max_examples=200)
@given(ROWS)
def test_each_row_is_read_or_named(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER, *rows])
    found, findings = read_bill_rows(out.getvalue(), "bills.csv", SHOP)
    named = {f.place.line for f in findings} | {b.place.line for _, b in found}
    reader = csv.reader(io.StringIO(out.getvalue(), newline=""))
    wanted = {reader.line_num for cells in reader if any(c.strip() for c in cells)} - {1}
    assert named == wanted


@pytest.mark.parametrize(
    ("column", "cell", "id"),
    [
        ("start", "25/4/1", "bill.date"),
        ("start", "2_025-04-01", "bill.date"),
        ("start", "+2025-04-01", "bill.date"),
        ("start", "2025-04-01-", "bill.date"),
        ("start", "1925-04-01", "bill.year_far"),
        ("end", "2125-04-30", "bill.year_far"),
        ("meter_id", " ", "bill.meter_blank"),
        ("start", "2025/4/1", ""),
        ("start", "２０２５-04-01", ""),
    ],
)
def test_a_slip_of_the_year_and_a_bill_of_no_meter_are_refused(column: str, cell: str, id: str) -> None:
    text = ",".join(REQUIRED) + "\n" + ",".join(f'"{v}"' for v in {**GOOD, column: cell}.values()) + "\n"
    found, findings = read_bill_rows(text, "bills.csv", SHOP)
    assert [(f.id, f.place.line) for f in findings] == ([(id, 2)] if id else [])
    assert [b.start for _, b in found] == ([] if id else [date(2025, 4, 1)])


def test_usual_rows_do_go_by_columns() -> None:
    workspace = Workspace(ROOT)
    rows_seen = 0
    for company_id in workspace.company_ids():
        company = read_company(workspace, company_id)
        text = (workspace.company_folder(company_id) / "bills.csv").read_text(encoding="utf-8")
        header, *rows = csv.reader(io.StringIO(text))
        sites = [s.id for s in company.sites]
        lines = range(2, len(rows) + 2)
        assert plain_bills(header, rows, lines, company_id, sites)[1] == set(), company_id
        rows_seen += len(rows)
    assert rows_seen > 500


def plain_bills(
    header: list[str], rows: list[list[str]], lines: Sequence[int], owner: str, sites: list[str]
) -> tuple[list[Bill], set[int]]:
    columns, odd = plain_columns(header, rows, lines, [owner] * len(rows), {owner: sites})
    made = ManyBills("bills.csv")
    made.add([owner] * len(rows), columns)
    return made.bills(), odd


def test_short_long_and_blank_rows(tmp_path: Path) -> None:
    text = (
        ",".join(HEADER)
        + "\n\n"
        + "main,E1,electricity,2025-04-01,2025-04-30,10,kWh\n"
        + ",,,\n"
        + "main,E1,electricity,2025-05-01,2025-05-31,1,234,kWh"
        + "," * len(OPTIONAL)
        + "\n"
    )
    found, findings = read_bill_rows(text, "bills.csv", SHOP)
    assert [b.place.line for _, b in found] == [3]
    assert found[0][1].start == date(2025, 4, 1)
    assert [(f.id, f.place.line) for f in findings] == [("csv.too_many_cells", 5)]


def test_refunds_and_adjustments_below_zero_go_by_columns() -> None:
    cells = {
        **GOOD,
        "cost": "-1,200",
        "cost_unit": "千円",
        "fuel_adjustment_jpy": "-310.5",
        "discount_jpy": "-5",
    }
    row = [cells.get(c, "") for c in HEADER]
    (bill,), odd = plain_bills(HEADER, [row], [2], "shop", SITES)
    assert not odd
    assert bill.cost_jpy == -1_200_000
    assert bill.charges == {"fuel_adjustment_jpy": Decimal("-310.5"), "discount_jpy": Decimal(-5)}
    wrong = [{**cells, "energy_charge_jpy": "-1"}.get(c, "") for c in HEADER]
    assert plain_bills(HEADER, [wrong], [2], "shop", SITES)[1] == {0}


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "parameters/companies/shop"
    folder.mkdir(parents=True)
    rows = ["main,E1,gas,2025-04-01,2025-04-30,x,kWh", "nowhere,E1,electricity,2025-05-31,2025-05-01,,"]
    (folder / "bills.csv").write_text("\n".join((",".join(REQUIRED), *rows)), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_bills(Workspace(tmp_path), SHOP)
    assert [(f.id, f.place.line) for f in caught.value.findings] == [
        ("unit.no_number", 2),
        ("carrier.gas_without_kind", 2),
        ("bill.site", 3),
        ("unit.missing", 3),
        ("bill.quantity_blank", 3),
        ("bill.period", 3),
    ]


@pytest.mark.parametrize(("written", "wrong"), [("95", False), ("100", False), ("0.95", True), ("101", True)])
def test_a_power_factor_is_a_percentage(written: str, wrong: bool) -> None:
    table = (
        ",".join((COMPANY, *REQUIRED, "power_factor_percent"))
        + f"\nshop,main,E1,electricity,2025-04-01,2025-04-30,100,kWh,{written}\n"
    )
    bills, findings = read_bill_rows(table, "bills.csv", {"shop": SITES})
    assert [f.id for f in findings] == (["bill.power_factor"] if wrong else [])
    assert len(bills) == (not wrong)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("quantity", "quanttiy", ["もしかして quantity ですか。"]),
        ("unit", "unit,,", ["見出しの行末に余分なカンマがあります。"]),
        ("unit", ",unit", ["名前のない列があります。"]),
    ],
)
def test_a_wrong_heading_says_what_it_may_be(old: str, new: str, said: list[str]) -> None:
    header = ",".join(REQUIRED).replace(old, new, 1)
    with pytest.raises(RecordError) as refused:
        read_bill_rows(header + "\n", "bills.csv", SHOP)
    text = [f.message.ja for f in refused.value.findings]
    assert all(any(one in ja for ja in text) for one in said), text
    assert not any("（空）" in ja for ja in text)


def test_a_cost_without_a_unit_is_yen_and_the_file_is_told_once(tmp_path: Path) -> None:
    home = Workspace(copy_workspace(tmp_path, companies=("sample-office",), years=(2025,)))
    path = home.company_folder("sample-office") / "bills.csv"
    whole = read_records(home, "sample-office")
    assert "bill.cost_unit_assumed" not in [f.id for f in whole.findings]
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join([*lines[:2], *(one.replace(",円,", ",,") for one in lines[2:5]), *lines[5:]]), "utf-8"
    )
    found = read_records(home, "sample-office")
    assert [b.cost_jpy for b in found.bills] == [b.cost_jpy for b in whole.bills]
    (note,) = [f for f in found.findings if f.id == "bill.cost_unit_assumed"]
    assert (note.severity, note.place.line) == ("note", 3)
    assert "3 行あり（3・4・5 行目）、円として読みました" in note.message.ja
    # a table without the column at all; a blank cost has no unit to lack
    table = "site_id,meter_id,carrier,start,end,quantity,unit,cost\n"
    table += "main,E1,electricity,2025-04-01,2025-04-30,5,kWh,\nmain,E1,electricity,2025-05-01,2025-05-31,5,kWh,9\n"
    read, wrong = read_bill_table(table, "bills.csv", SHOP)
    assert (read.read_as_yen, wrong) == ([3], [])
