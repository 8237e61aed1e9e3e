"""Importing lays new rows over old ones, loses nothing, and writes all or nothing."""

from __future__ import annotations

import csv
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carbonlib.records.merging import merge_bills
from carbonlib.records.model import Bill
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workspace import Workspace
from carbonlib.records.writing import cells_of
from tests.records.workbook.books import COMPANY, bills, book, bring, refusal, shop, template_file

HEADER = "site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax,contract_demand_kw,peak_demand_kw,estimated,note\n"
OLD = (
    HEADER
    + 'honten,X9,electricity,2024-04-01,2024-04-30,"1,000",kWh,30,千円,税込,50,40,,前年の行\n'
    + "honten,X9,electricity,2025-04-01,2025-04-30,1100,kWh,33000,円,税込,50,41,推定,電話で確認\n"
    + "honten,G1,city_gas,2025-04-01,2025-04-30,20,m3,,,,,,,\n"
)


def test_new_rows_replace_the_same_meter_and_period_and_all_others_stay_as_written(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", OLD)
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 1234], ["2025年5月", 900]]
    done = bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    change = done.changes[0]
    assert (change.added, change.replaced, change.unchanged, change.kept) == (1, 1, 0, 2)
    lines = (home.parameters / "companies/shop/bills.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == OLD.splitlines()[1]
    # what the workbook leaves blank is kept; the one known meter is meant; a measured value is no estimate
    assert lines[2] == "honten,X9,electricity,2025-04-01,2025-04-30,1234,kWh,33000,円,税込,50,41,,電話で確認"
    assert lines[3].startswith("honten,X9,electricity,2025-05-01,2025-05-31,900,kWh,,,")
    assert lines[4] == OLD.splitlines()[3]


def _with_lines(root: Path) -> Workspace:
    old = OLD.replace(",note\n", ",note,demand_charge_jpy\n").replace("前年の行\n", "前年の行,5000\n")
    return shop(root, old.replace("電話で確認\n", "電話で確認,6000\n").replace(",,,,,,,\n", ",,,,,,,,\n"))


def written(path: Path, rows: list[list[str]]) -> Path:
    """Write a table as a CSV file or a workbook, as its name ends."""
    if path.suffix == ".xlsx":
        return book(path, {"x": rows})
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def test_columns_that_a_workbook_does_not_hold_are_kept(tmp_path: Path) -> None:
    home = _with_lines(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"x": [["年月", "電気使用量(kWh)"], ["2025年4月", 1100]]}))
    assert [b.charges.get("demand_charge_jpy") for b in bills(home)] == [Decimal(5000), Decimal(6000), None]
    assert "workbook.charges_taken_away" not in {f.id for f in done.findings}


def test_lines_of_a_bill_do_not_stay_beside_another_amount_or_cost(tmp_path: Path) -> None:
    for index, row in enumerate((["2025年4月", 1234, ""], ["2025年4月", 1100, 34000])):
        home = _with_lines(tmp_path / f"ws{index}")
        rows = [["年月", "電気使用量(kWh)", "料金(税込・円)"], row]
        done = bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
        assert [b.charges.get("demand_charge_jpy") for b in bills(home)] == [Decimal(5000), None, None]
        said = [f for f in done.findings if f.id == "workbook.charges_taken_away"]
        assert ["基本料金" in f.message.ja for f in said] == [True]


@pytest.mark.parametrize("heading", ["料金(円)", "料金(税込・円)"])
def test_the_same_bill_again_keeps_tax_and_estimate_and_changes_nothing(tmp_path: Path, heading: str) -> None:
    home = shop(tmp_path / "ws", OLD)
    rows = [["年月", "電気使用量(kWh)", heading], ["2025年4月", 1100, 33000]]
    done = bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert (done.changes[0].replaced, done.changes[0].unchanged) == (0, 1)
    assert [(b.tax, b.estimated) for b in bills(home)][1] == ("included", True)


SPELLINGS = [
    ("1.1", "千kWh", "33", "千円"),
    ("1,100", "kWh", "33,000", "円"),
    ("0.0011", "GWh", "3.3", "万円"),
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("amount", "unit", "cost", "money"), SPELLINGS)
def test_the_same_amount_in_another_unit_changes_nothing(
    tmp_path: Path, form: str, amount: str, unit: str, cost: str, money: str
) -> None:
    home = _with_lines(tmp_path / "ws")
    before = (home.parameters / "companies/shop/bills.csv").read_text(encoding="utf-8")
    heading = ["種別", "年月", f"使用量({unit})", f"料金({money})"]
    done = bring(home, written(tmp_path / f"a.{form}", [heading, ["電気", "2025-04", amount, cost]]))
    assert (done.changes[0].replaced, done.changes[0].unchanged) == (0, 1)
    assert (home.parameters / "companies/shop/bills.csv").read_text(encoding="utf-8") == before
    assert "workbook.charges_taken_away" not in {f.id for f in done.findings}


@pytest.mark.parametrize("unit", ["GJ", "L", "Nm3"])
def test_the_same_number_of_another_unit_is_another_amount(tmp_path: Path, unit: str) -> None:
    old, new = (
        Bill("honten", "G1", "city_gas", date(2025, 4, 1), date(2025, 4, 30), Decimal(20), u)
        for u in ("m3", unit)
    )
    merged = merge_bills([(old, cells_of(old))], [new], Problems())
    assert (merged.replaced, [r["unit"] for r in merged.rows]) == (1, [unit])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("word", "read"),
    [("実測", False), ("実検針", False), ("通常検針", False), ("×", False), ("推定", True), ("", True)],
)
def test_a_reading_that_was_taken_lifts_the_estimate_and_a_blank_does_not(
    tmp_path: Path, form: str, word: str, read: bool
) -> None:
    home = shop(tmp_path / "ws", OLD)
    rows = [["種別", "年月", "使用量(kWh)", "料金(円)", "推定"], ["電気", "2025-04", "1,100", "33,000", word]]
    done = bring(home, written(tmp_path / f"a.{form}", rows))
    assert [b.estimated for b in bills(home)][1] is read
    assert done.changes[0].replaced == (not read)


def test_another_cost_has_the_tax_that_the_workbook_says(tmp_path: Path) -> None:
    for heading, tax in (("料金(円)", "unknown"), ("料金(税抜・円)", "excluded")):
        home = shop(tmp_path / tax, OLD)
        rows = [["年月", "電気使用量(kWh)", heading], ["2025年4月", 1100, 34000]]
        bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
        assert [(b.cost_jpy, b.tax) for b in bills(home)][1] == (Decimal(34000), tax)


def test_a_cost_that_stays_beside_another_amount_is_named(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", OLD)
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 11000]]
    done = bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert [(b.cost_jpy, b.tax, b.estimated) for b in bills(home)][1] == (Decimal(33000), "included", None)
    [said] = [f for f in done.findings if f.id == "workbook.cost_kept"]
    assert all(w in said.message.ja for w in ("1100 kWh", "11000 kWh", "33,000 円"))
    assert said.place.cell == "B2"


def test_another_period_of_the_same_days_is_refused(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", OLD)
    rows = [["期間", "電気使用量(kWh)"], ["2025/4/10～2025/5/9", 1234]]
    found = refusal(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert [(f.id, f.place.cell) for f in found] == [("workbook.overlaps_stored", "B2")]
    assert "parameters/companies/shop/bills.csv 3 行目" in found[0].message.ja


def test_two_files_with_the_same_bill_are_refused(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 1]]
    one, two = (book(tmp_path / n, {"x": rows}) for n in ("a.xlsx", "b.xlsx"))
    assert [(f.id, f.place.file) for f in refusal(home, one, two)] == [("workbook.overlap", "b.xlsx")]


def test_a_second_april_of_a_year_is_the_same_bill_twice(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    months = [f"{(m + 3) % 12 + 1}月" for m in range(12)]
    rows = [["年月", "電気使用量(kWh)"], *([m, 1000] for m in [*months, "4月"])]
    found = refusal(home, book(tmp_path / "a.xlsx", {"x": rows}), year=2025)
    assert [(f.id, f.place.cell) for f in found] == [("workbook.overlap", "B14")]
    assert "B2（2025-04-01〜2025-04-30）" in found[0].message.ja
    # a row that states its year may be followed by the next one's months
    rows = [["年月", "電気使用量(kWh)"], *([m, 1000] for m in ["2024年4月", *months[1:], "4月"])]
    bring(home, book(tmp_path / "b.xlsx", {"x": rows}))
    assert [b.start.isoformat() for b in bills(home)][-1] == "2025-04-01"


@pytest.mark.parametrize(
    ("written", "jpy"), [("¥110,000-", 110_000), ("￥110,000", 110_000), ("△500", -500), ("(500)", -500)]
)
def test_money_is_read_as_accounts_write_it(tmp_path: Path, written: str, jpy: int) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)", "料金(税込・円)"], ["2025年4月", 1000, written]]
    bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert bills(home)[0].cost_jpy == jpy


def test_yen_under_a_heading_of_thousands_or_of_amounts_are_named(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    for amount, cost in ((1000, "¥110,000-"), ("¥1,000", 5)):
        rows = [["年月", "電気使用量(kWh)", "料金(税込・千円)"], ["2025年4月", amount, cost]]
        found = refusal(home, book(tmp_path / "a.xlsx", {"x": rows}))
        assert {f.id for f in found} <= {"workbook.cost_unit", "workbook.unit_contradicts"}


def test_lines_of_a_bill_come_in_from_a_workbook(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    heads = [
        "年月",
        "電気使用量(kWh)",
        "料金(税込・円)",
        "基本料金(千円)",
        "力率(%)",
        "燃料費調整額",
        "単価(円/kWh)",
    ]
    file = book(tmp_path / "a.xlsx", {"x": [heads, ["2025年4月", 1000, 30000, 7.5, 99, "▲120", 30]]})
    done = bring(home, file)
    assert dict(bills(home)[0].charges) == {
        "demand_charge_jpy": Decimal(7500),
        "fuel_adjustment_jpy": Decimal(-120),
        "power_factor_percent": Decimal(99),
    }
    left = [f.message.ja for f in done.findings if f.id == "workbook.column_left_out"]
    assert left == ["列「単価(円/kWh)」は取り込みません。"]
    heads[2] = "料金(税込・千円)"
    file = book(tmp_path / "b.xlsx", {"x": [heads, ["2025年5月", 1000, 30, 7.5, 199, 120, 30]]})
    found = {(f.id, f.place.cell) for f in refusal(home, file)}
    assert found == {("workbook.charge", "E2"), ("workbook.charge_unit", "F2")}
    heads = ["年月", "電気使用量(kWh)", "力率"]
    file = book(
        tmp_path / "c.xlsx", {"x": [heads, ["2025年5月", 1000, 0.95]]}
    )  # a ratio that lost its hundred
    assert [(f.id, f.place.cell) for f in refusal(home, file)] == [("workbook.charge", "C2")]


def test_a_report_file_is_made_once(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"x": [["年月", "電気使用量(kWh)"], ["2025年4月", 1]]})
    bring(home, file)
    report = home.parameters / "reports/2025/companies/shop.yaml"
    assert report.read_text(encoding="utf-8") == "company_id: shop\nfiscal_year: 2025\nprogramme: shk\n"
    report.write_text(
        "company_id: shop\nfiscal_year: 2025\nprogramme: saitama-diagnosis-2025\n", encoding="utf-8"
    )
    bring(home, file)
    assert "saitama" in report.read_text(encoding="utf-8")
    assert refusal(home, file, year=2024)[0].id == "workbook.year_without_rows"


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "＝1+1"])
def test_text_that_would_run_as_a_formula_is_refused(tmp_path: Path, name: str) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)", "備考"], ["2025年4月", 1, name]]
    found = refusal(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert [(f.id, f.place.cell) for f in found] == [("workbook.formula_text", "C2")]


@pytest.mark.parametrize("wrong", ["../evil", "..", "con", "A", "a/b", "a\\b", "x" * 65, "/etc"])
def test_a_path_for_an_id_is_refused(tmp_path: Path, wrong: str) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"事業所": [["事業者の記号（id）", wrong], ["事業者名", "x"]]})
    assert [(f.id, f.place.cell) for f in refusal(home, file, company=None)] == [
        ("workbook.company_id", "B1")
    ]
    assert refusal(home, file, company=wrong)[0].id == "company.id"
    assert not list(tmp_path.glob("evil*"))


def test_an_error_while_writing_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = shop(tmp_path / "ws", OLD.replace("1100,kWh", "9999,kWh"), COMPANY.replace("本店", "旧本店"))
    file = template_file(tmp_path / "a.xlsx", 2025, shop(tmp_path / "source", OLD), "shop")
    real = os.replace
    for at in (1, 2, 3):
        moves: list[Any] = []

        def failing(*a: Any, n: int = at, seen: list[Any] = moves) -> None:
            seen.append(a)
            if len(seen) == n:
                raise OSError("disk full")
            real(*a)

        monkeypatch.setattr(os, "replace", failing)
        found = refusal(home, file)
        assert [f.id for f in found] == ["import.unwritable"]
    monkeypatch.setattr(os, "replace", real)
    bring(home, file)
    assert bills(home)[1].quantity == 1100
    assert not list(home.parameters.glob(".import-*"))


def test_a_total_row_that_does_not_add_up_is_named(tmp_path: Path) -> None:
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 100], ["2025年5月", 200], ["合計", 300]]
    right = bring(shop(tmp_path / "right"), book(tmp_path / "a.xlsx", {"x": rows}))
    assert [f.id for f in right.findings if f.severity == "warning"] == []
    rows[-1] = ["合計", 330]
    [doubt] = [
        f
        for f in bring(shop(tmp_path / "wrong"), book(tmp_path / "b.xlsx", {"x": rows})).findings
        if f.severity == "warning"
    ]
    assert (doubt.id, doubt.place.sheet, doubt.place.cell) == ("workbook.total_differs", "x", "B4")
    assert "330 kWh が、2 個の値の和 300 kWh と合いません（差 30）" in doubt.message.ja
