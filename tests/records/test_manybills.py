"""Bills of many companies in one table, by columns: each row is its company's, and keeps its line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from carbonlib.errors import RecordError
from carbonlib.records.bills import (
    _PIECE,
    COMPANY,
    REQUIRED,
    read_bill_rows,
    read_bill_table,
)
from carbonlib.records.manybills import ManyBills
from carbonlib.records.packing import packed_columns, unpacked_columns

SITES = ["main", "annex"]


def _table(*rows: str, header: str = "company_id," + ",".join(REQUIRED)) -> str:
    return "\n".join((header, *rows)) + "\n"


def test_bills_of_many_companies_in_one_table() -> None:
    text = _table(
        "shop,main,E1,electricity,2025-04-01,2025-04-30,10,kWh",
        "inn,house,E1,electricity,2025-04-01,2025-04-30,20,kWh",
        "shop,house,E1,electricity,2025-04-01,2025-04-30,10,kWh",
        "nobody,main,E1,electricity,2025-04-01,2025-04-30,10,kWh",
        "inn,house,E1,electricity,2025-04-15,2025-05-14,20,kWh",
        "shop,main,E1,electricity,2025-05-01,2025-05-31,10,kWh",
        "shop,annex,E1,electricity,2025-05-01,2025-05-31,ten,kWh",
    )
    found, findings = read_bill_rows(
        text, "bills.csv", {"shop": SITES, "inn": ["house"]}, listed_in="companies.csv"
    )
    assert [(c, b.place.line, b.quantity) for c, b in found] == [
        ("shop", 2, Decimal(10)),
        ("inn", 3, Decimal(20)),
        ("inn", 6, Decimal(20)),
        ("shop", 7, Decimal(10)),
    ]
    assert [(f.id, f.place.line) for f in findings] == [
        ("bill.site", 4),
        ("bill.company", 5),
        ("unit.no_number", 8),
        ("bill.overlap", 6),
    ]
    assert "companies.csv" in findings[0].message.ja
    assert "nobody" in findings[1].message.ja


def test_the_same_meter_of_two_companies_does_not_overlap() -> None:
    text = _table(
        "a,main,E1,electricity,2025-04-01,2025-04-30,10,kWh",
        "b,main,E1,electricity,2025-04-01,2025-04-30,10,kWh",
    )
    assert read_bill_rows(text, "bills.csv", {"a": ["main"], "b": ["main"]})[1] == []


def test_a_table_of_many_needs_the_column_of_the_company() -> None:
    text = _table(header=",".join(REQUIRED))
    with pytest.raises(RecordError, match=COMPANY):
        read_bill_rows(text, "bills.csv", {"a": ["main"]})


def test_bills_by_columns_are_the_bills_of_each_company_and_pack_alike() -> None:
    header = "company_id," + ",".join((*REQUIRED, "cost", "cost_unit", "note", "fuel_adjustment_jpy"))
    text = _table(
        "shop,main,E1,electricity,2025-04-01,2025-04-30,1.50,kWh,3,千円,検針,-5",
        "inn,house,E1,electricity,2025-04-01,2025-04-30,20,kWh,,,,",
        "shop,main,E1,electricity,2025-05-01,2025-05-31,１０,kWh,3,円,,",  # read with care: full-width
        "inn,house,E1,electricity,2025/05/01,2025-05-31,20,kWh,0.10,円,,",
        header=header,
    )
    table, findings = read_bill_table(text, "bills.csv", {"shop": SITES, "inn": ["house"]})
    rows, _ = read_bill_rows(text, "bills.csv", {"shop": SITES, "inn": ["house"]})
    assert not findings
    each = dict(table.of_each())
    assert list(each) == ["shop", "inn"]
    for company_id, own in each.items():
        bills = [b for c, b in rows if c == company_id]
        assert repr(own.bills()) == repr(bills)
        assert own.packed() == packed_columns(bills)
        assert repr(unpacked_columns(own.packed(), len(own))) == repr(bills)
    assert [str(b.cost_jpy) for _, b in rows] == ["3000", "None", "3", "0.10"]
    assert rows[0][1].charges == {"fuel_adjustment_jpy": Decimal(-5)}
    assert ManyBills("x").packed() == packed_columns([])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_however_they_end_and_however_many_there_are(end: str) -> None:
    months = [(2000 + m // 12, m % 12 + 1) for m in range(600)]
    note = f'"a{end}{"x" * 100}"'
    rows = [f"shop,main,E1,electricity,{y}-{m:02d}-01,{y}-{m:02d}-28,{y},kWh,{note}" for y, m in months]
    text = end.join(["company_id," + ",".join(REQUIRED) + ",note", *rows])
    assert len(text) > 1.2 * _PIECE
    found, findings = read_bill_rows(text, "bills.csv", {"shop": SITES})
    assert not findings
    assert [b.place.line for _, b in found] == [3 + 2 * i for i in range(len(months))]
