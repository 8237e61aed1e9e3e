"""What is impossible is not written, what is doubtful is said with the rows: at the cell, before anything changes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from carbonlib.importing import import_checked
from carbonlib.records.workspace import Workspace
from tests.conftest import run_cli
from tests.records.workbook.books import COMPANY, bills, book, shop, snapshot

# 埼玉県の公表診断例（2023年度）: 電気 2,298,480 kWh・63,014 千円（税抜）、都市ガス 295 m3
KWH, COST_JPY, GAS_M3 = 2_298_480, 63_014_000, 295


def _electricity(path: Path, unit: str, amount: float = KWH) -> Path:
    rows = [["2023年度"], ["年月", f"電気使用量({unit})", "料金(税抜・円)"], ["年間", amount, COST_JPY]]
    return book(path, {"電気": rows})


def test_the_amount_in_kwh_under_a_heading_of_thousands_is_stopped_at_its_cell(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    before = snapshot(home)
    file = _electricity(tmp_path / "a.xlsx", "千kWh")
    for dry_run in (False, True):
        with pytest.raises(RecordError) as error:
            import_checked(home, [file], company_id="shop", dry_run=dry_run)
        found = {f.id: f for f in error.value.findings}["bill.price_impossible"]
        assert (found.place.sheet, found.place.cell) == ("電気", "B3")
        assert "27.42 円/kWh になるのは kWh の場合です" in found.message.ja
        assert snapshot(home) == before
    done = import_checked(home, [_electricity(tmp_path / "b.xlsx", "kWh")], company_id="shop")
    assert bills(home)[0].quantity == KWH
    assert not [f for f in done.findings if f.severity == "error"]


def test_use_beyond_the_demand_is_stopped(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)", "最大需要電力(kW)"], ["2025年4月", 50_000, 10]]
    with pytest.raises(RecordError) as error:
        import_checked(home, [book(tmp_path / "a.xlsx", {"x": rows})], company_id="shop")
    assert {f.id for f in error.value.findings} == {"bill.over_demand"}


def test_gas_for_8_thousand_yen_warns_and_is_written(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["2023年度"], ["年月", "都市ガス使用量(m3)", "料金(税抜・千円)"], ["年間", GAS_M3, 8]]
    file = book(tmp_path / "a.xlsx", {"x": rows})
    tried = run_cli("import", str(file), "--company", "shop", "--dry-run", cwd=home.root)
    done = run_cli("import", str(file), "--company", "shop", cwd=home.root)
    for one in (tried, done):
        assert one.returncode == 0, one.stderr
        assert "[要確認] a.xlsx シート「x」 セル B3: 都市ガスの平均単価が 27.12 円/m3" in one.stdout
        assert "追加 1 行" in one.stdout
    assert bills(home)[0].cost_jpy == 8000
    stopped = run_cli(
        "import", str(_electricity(tmp_path / "b.xlsx", "千kWh")), "--company", "shop", cwd=home.root
    )
    assert stopped.returncode == 1
    assert len(bills(home)) == 1


HEADER = "site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax\n"


def test_a_stored_row_that_is_wrong_does_not_keep_others_or_its_mending_out(tmp_path: Path) -> None:
    wrong = "honten,E1,electricity,2025-04-01,2025-04-30,1000,千kWh,28000,円,税抜\n"
    home: Workspace = shop(tmp_path / "ws", HEADER + wrong)
    rows = [["年月", "電気使用量(kWh)", "料金(税抜・円)"], ["2025年5月", 1100, 30_000]]
    done = import_checked(home, [book(tmp_path / "a.xlsx", {"x": rows})], company_id="shop")
    said = [f for f in done.findings if f.id == "bill.price_impossible"]
    assert [(f.severity, f.place.line) for f in said] == [("warning", 2)]
    rows[1] = ["2025年4月", 1000, 28_000]
    import_checked(home, [book(tmp_path / "b.xlsx", {"x": rows})], company_id="shop")
    assert [(b.quantity, b.unit) for b in bills(home)] == [(Decimal(1000), "kWh"), (Decimal(1100), "kWh")]


def test_a_year_that_cannot_be_added_up_is_looked_at_bill_by_bill(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["期間", "電気使用量(kWh)", "料金(税抜・円)"], ["2025/1/1～2025/12/31", 12_000, 336_000]]
    done = import_checked(home, [book(tmp_path / "a.xlsx", {"x": rows})], company_id="shop")
    assert "import.not_compared" in {f.id for f in done.findings}
    rows[1] = ["2024/1/1～2024/12/31", 12_000, 336]
    with pytest.raises(RecordError) as error:
        import_checked(home, [book(tmp_path / "b.xlsx", {"x": rows})], company_id="shop")
    assert {f.id for f in error.value.findings} == {"bill.price_impossible"}


def test_one_slip_in_all_rows_is_said_once_for_each_check(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows: list[list[object]] = [["年月", "電気使用量(千kWh)", "料金(円)", "最大需要電力(kW)"]]
    rows += [[f"2025年{m}月", 9000 + m, 270_000, 50] for m in range(4, 13)]
    with pytest.raises(RecordError) as error:
        import_checked(home, [book(tmp_path / "a.xlsx", {"電気": rows})], company_id="shop")
    found = {f.id: f for f in error.value.findings}
    assert len(found) == len(error.value.findings)
    over = found["bill.over_demand"]
    assert over.place.cell == "B2"
    assert "同じメーターのほかの 8 行（B3〜B10）も同じです。" in over.message.ja


def test_what_the_company_acknowledged_is_a_note_of_the_import_too(tmp_path: Path) -> None:
    rows = "company_id,site_id,meter_id,carrier,start,end,quantity,unit\n"
    rows += "".join(
        f"shop,honten,E1,electricity,2025-{m:02d}-01,2025-{m:02d}-28,500,kWh\n" for m in range(4, 9)
    )
    rows += "shop,honten,E1,electricity,2023-09-01,2023-09-30,500,kWh\n"
    file = tmp_path / "bills.csv"
    file.write_text(rows, encoding="utf-8")
    known = (
        COMPANY + "acknowledged:\n  - check: bill.year_alone\n    reason: 前の年は 1 か月だけ分かっている\n"
    )
    for company, severity in ((COMPANY, "warning"), (known, "note")):
        home = shop(tmp_path / severity, company=company)
        [found] = [
            f for f in import_checked(home, [file], dry_run=True).findings if f.id == "bill.year_alone"
        ]
        assert found.severity == severity
        assert ("（確認済み: 前の年は" in found.message.ja) is (severity == "note")
        said = run_cli("import", str(file), "--dry-run", cwd=home.root).stdout
        assert said.count("前の年は 1 か月だけ分かっている") == (severity == "note")


def test_a_workbook_without_an_id_names_the_problems_of_all_its_sheets(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    sheets: dict[str, list[list[object]]] = {
        "事業所": [["事業者の記号（id）", ""], ["事業者名", "見本"]],
        "電気": [["年月", "電気使用量(kWh)"], ["2025年4月", "たくさん"]],
        "ガス": [["年月", "都市ガス使用量"], ["2025年4月", 5]],
    }
    with pytest.raises(RecordError) as error:
        import_checked(home, [book(tmp_path / "a.xlsx", sheets)])
    assert [(f.id, f.place.sheet) for f in error.value.findings] == [
        ("workbook.company_unknown", ""),
        ("workbook.not_a_number", "電気"),
        ("workbook.unit_missing", "ガス"),
    ]


def test_a_first_bill_from_before_april_is_of_the_year(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows: list[list[object]] = [["2025年度"], ["使用期間", "電気使用量(kWh)"], ["2025/3/20～2025/4/18", 500]]
    rows += [[f"2025/{m}/19～2025/{m + 1}/18", 500] for m in range(4, 8)]
    file = book(tmp_path / "a.xlsx", {"電気": rows})
    found = import_checked(home, [file], company_id="shop", fiscal_year=2025).findings
    assert [f.id for f in found if f.severity == "warning"] == []


MANY = "company_id,company_name,industry,site_id,site_name,floor_area,employees\n"


def test_what_cannot_be_is_said_in_the_run_that_names_what_cannot_be_read(tmp_path: Path) -> None:
    """Rows that cannot be read, prices that cannot be and a company's entries: all of all files at once."""
    home = shop(tmp_path / "ws")
    before = snapshot(home)
    texts = {
        "companies.csv": MANY
        + "a-works,A工業,製造業,main,本社,1200 m2,-3\n"
        + f"b-works,{'B' * 301},製造業,main,本社,1200 m2,12\n"
        + "c-works,C工業,製造業,main,,1200 m2,12\n",
        "bills.csv": "company_id,site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax\n"
        + "a-works,main,E1,electricity,2025-04-01,2025-04-30,1000,千kWh,27000,円,税抜\n"  # 0.027 円/kWh
        + "a-works,main,E1,electricity,2025-05-01,2025-05-31,x,kWh,27000,円,税抜\n"
        + "a-works,main,E1,electricity,2025-06-01,2025-06-30,1000,千kWh,x,円,税抜\n"
        + "b-works,main,E1,electricity,2025-04-01,2025-04-30,1000,千kWh,27000,円,税抜\n"
        + "a-works,main,E1,electricity,2025-06-20,2025-07-19,1000,kWh,27000,円,税抜\n"
        + "a-works,main,E1,electricity,2025-07-10,2025-08-09,1000,kWh,27000,円,税抜\n"
        + "c-works,main,E1,electricity,2025-04-01,2025-04-30,1000,千kWh,27000,円,税抜\n",
    }
    files = [tmp_path / name for name in texts]
    for file in files:
        file.write_text(texts[file.name], encoding="utf-8")
    sheet = book(
        tmp_path / "c.xlsx",
        {"x": [["年月", "電気使用量(kWh)", "最大需要電力(kW)"], ["2025年4月", 50_000, 10]]},
    )
    with pytest.raises(RecordError) as error:
        import_checked(home, files, fiscal_year=2025)
    found = [(f.id, f.place.file.rpartition("/")[2], f.place.line) for f in error.value.findings]
    assert len(set(found)) == len(found)
    assert ("bill.price_impossible", "bills.csv", 2) in found
    assert {line for _, name, line in found if name == "bills.csv"} == {2, 3, 4, 5, 7, 8}
    assert ("bill.price_impossible", "bills.csv", 5) in found
    assert {line for _, name, line in found if name == "companies.csv"} == {2, 3, 4}
    assert ("bill.price_impossible", "bills.csv", 8) in found
    assert {name for _, name, _ in found} == {"bills.csv", "companies.csv"}, "what lacks is named once"
    assert not [id for id, _, _ in found if id.endswith("year_without_rows")]
    broken = tmp_path / "d.csv"
    broken.write_text(
        "site_id,meter_id,carrier,start,end,quantity,unit\nhonten,E9,electricity,2025-04-01,2025-04-30,x,kWh\n"
    )
    with pytest.raises(RecordError) as error:
        import_checked(home, [sheet, broken], company_id="shop")
    assert {f.id for f in error.value.findings} == {"bill.over_demand", "unit.no_number"}
    assert snapshot(home) == before
