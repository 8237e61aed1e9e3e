"""The store is a cache: with it, without it, stale, broken or locked, what is read is the same."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.diagnosis import diagnose
from carbonlib.errors import CarbonlibError, Finding, Message, Place
from carbonlib.problems import problems
from carbonlib.records import store
from carbonlib.records.model import CHARGES, Bill, Site
from carbonlib.records.packing import UnpackableError, packed, packed_columns, unpacked, unpacked_columns
from carbonlib.records.store import Renewal, read_records, records_of, renew
from carbonlib.records.workspace import Workspace

Maker = Callable[..., Path]
OFFICE = "sample-office"


def home_of(workspace: Maker) -> Workspace:
    return Workspace(workspace("saitama-shop", "sample-metal", OFFICE))


def path_of(home: Workspace) -> Path:
    return home.outputs / "store.sqlite"


def change(home: Workspace, company_id: str, old: str, new: str, file: str = "bills.csv") -> None:
    path = home.parameters / "companies" / company_id / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def tamper(home: Workspace, company_id: str, old: str, new: str) -> None:
    """Change what the store says of a company, its checksum too, so that one sees whether the store is asked."""
    with closing(sqlite3.connect(path_of(home))) as db, db:
        inputs, contents = db.execute(
            "SELECT inputs, contents FROM records WHERE company_id = ?", (company_id,)
        ).fetchone()
        assert old in contents
        contents = contents.replace(old, new)
        checksum = store.sha256_of(f"{inputs}{contents}".encode())
        db.execute(
            "UPDATE records SET contents = ?, checksum = ? WHERE company_id = ?",
            (contents, checksum, company_id),
        )


def stored_ids(home: Workspace) -> list[str]:
    with closing(sqlite3.connect(path_of(home))) as db:
        return [row[0] for row in db.execute("SELECT company_id FROM records ORDER BY company_id")]


def test_what_the_store_gives_is_what_the_files_hold(workspace: Maker) -> None:
    home = home_of(workspace)
    assert renew(home) == Renewal(read=len(home.company_ids()))
    assert stored_ids(home) == home.company_ids()
    for company_id in home.company_ids():
        from_store, from_files = store._stored(home, company_id), read_records(home, company_id)
        assert from_store == from_files
        # the printed digits and what takes no part in a comparison, too
        assert repr(from_store) == repr(from_files)


def test_the_store_is_asked_where_the_files_are_the_same(workspace: Maker) -> None:
    home = home_of(workspace)
    renew(home)
    tamper(home, OFFICE, '"9539"', '"9540"')
    assert records_of(home, OFFICE).bills[0].quantity == 9540
    assert read_records(home, OFFICE).bills[0].quantity == 9539


def test_a_stale_store_never_speaks(workspace: Maker) -> None:
    home = home_of(workspace)
    renew(home)
    change(home, OFFICE, "9539", "9541")
    assert records_of(home, OFFICE).bills[0].quantity == 9541
    change(home, OFFICE, "9541", "9539")
    tamper(home, OFFICE, '"9539"', '"1"')
    change(home, OFFICE, "id: sample-office\nname: ", "id: sample-office\nname: 新", "company.yaml")
    read = records_of(home, OFFICE)
    assert read.bills[0].quantity == 9539
    assert read.company.name.startswith("新")


def test_a_company_that_became_wrong_is_refused_in_spite_of_the_store(workspace: Maker) -> None:
    home = home_of(workspace)
    renew(home)
    change(home, OFFICE, ",kWh,", ",ton,")
    with pytest.raises(CarbonlibError) as of_store:
        records_of(home, OFFICE)
    with pytest.raises(CarbonlibError) as of_files:
        read_records(home, OFFICE)
    assert of_store.value.findings == of_files.value.findings
    renew(home)
    assert OFFICE not in stored_ids(home)


def test_only_what_changed_is_read_anew_and_what_is_gone_is_removed(workspace: Maker) -> None:
    home = home_of(workspace)
    total = len(home.company_ids())
    renew(home)
    assert renew(home) == Renewal(kept=total)
    change(home, OFFICE, "9539", "9541")
    assert renew(home) == Renewal(read=1, kept=total - 1)
    assert store._stored(home, OFFICE) == read_records(home, OFFICE)
    gone = home.parameters / "companies/sample-metal"
    for file in gone.iterdir():
        file.unlink()
    gone.rmdir()
    assert renew(home) == Renewal(kept=total - 1, removed=1)
    assert "sample-metal" not in stored_ids(home)


def test_records_of_other_code_are_read_anew(workspace: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(workspace)
    renew(home)
    tamper(home, OFFICE, '"9539"', '"9540"')
    monkeypatch.setattr(store, "_code", lambda: "another version")
    assert records_of(home, OFFICE).bills[0].quantity == 9539
    assert renew(home).read == len(home.company_ids())


@pytest.mark.parametrize("damage", ["text", "half", "table", "columns", "value", "empty", "folder"])
def test_a_broken_store_is_passed_over_and_made_anew(workspace: Maker, damage: str) -> None:
    home = home_of(workspace)
    renew(home)
    path = path_of(home)
    if damage == "text":
        path.write_text("no database\n" * 1000, encoding="utf-8")
    elif damage == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        statements = {
            "table": "DROP TABLE records",
            "columns": "ALTER TABLE records RENAME COLUMN contents TO something",
            "value": "UPDATE records SET contents = replace(contents, '9539', '9540')",
        }
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(statements[damage])
    assert records_of(home, OFFICE).bills[0].quantity == 9539
    renew(home)
    if damage not in (
        "value",
        "folder",
    ):  # a value is told by its checksum when it is read; a folder is not ours
        assert store._stored(home, OFFICE) == read_records(home, OFFICE)
        assert stored_ids(home) == home.company_ids()
    assert records_of(home, OFFICE).bills[0].quantity == 9539


def test_reports_and_checks_are_the_same_with_and_without_the_store(workspace: Maker) -> None:
    home = home_of(workspace)
    bills = home.parameters / "companies/sample-metal/bills.csv"
    bills.write_bytes(bills.read_text(encoding="utf-8").encode("cp932"))

    def diagnosed() -> list[str]:
        reports = [("saitama-shop", 2023), ("sample-metal", 2025), (OFFICE, 2025)]
        return [repr(diagnose(i, y, "saitama-diagnosis-2025", workspace=home)) for i, y in reports]

    without = diagnosed()
    assert not path_of(home).exists()
    checked = problems(home, today=date(2026, 11, 22))
    assert path_of(home).is_file()
    assert [f for f in checked if f.id == "file.cp932"]
    assert problems(home, today=date(2026, 11, 22)) == checked
    assert diagnosed() == without


def test_a_locked_store_holds_nobody_up(workspace: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(workspace)
    renew(home)
    monkeypatch.setattr(store, "_WRITER_WAITS", 0.05)
    with closing(sqlite3.connect(path_of(home), isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        start = time.monotonic()
        assert records_of(home, OFFICE) == read_records(home, OFFICE)
        change(home, OFFICE, "9539", "9541")
        assert renew(home) == Renewal()
        assert time.monotonic() - start < 5
    assert records_of(home, OFFICE).bills[0].quantity == 9541


def test_a_place_that_cannot_be_written_is_no_problem(workspace: Maker) -> None:
    home = home_of(workspace)
    home.outputs.rmdir()
    home.outputs.write_text("a file where the folder should be", encoding="utf-8")
    assert renew(home) == Renewal()
    assert records_of(home, OFFICE) == read_records(home, OFFICE)


def test_an_unsafe_id_is_refused_as_ever(workspace: Maker) -> None:
    home = home_of(workspace)
    renew(home)
    with pytest.raises(CarbonlibError, match="nobody"):
        records_of(home, "nobody")
    with pytest.raises(CarbonlibError):
        records_of(home, "../companies/sample-office")


AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
BILLS = st.builds(
    Bill,
    site_id=st.text(max_size=4),
    meter_id=st.text(max_size=4),
    carrier=st.sampled_from(("electricity", "city_gas")),
    start=st.dates(),
    end=st.dates(),
    quantity=AMOUNTS,
    unit=st.just("kWh"),
    cost_jpy=st.none() | AMOUNTS,
    tax=st.sampled_from(("included", "unknown")),
    contract_demand_kw=st.none() | AMOUNTS,
    estimated=st.none() | st.booleans(),
    place=st.builds(Place, st.text(max_size=4), st.none() | st.integers(1, 9)),
    charges=st.dictionaries(st.sampled_from(CHARGES), AMOUNTS, max_size=2),
    note=st.text(max_size=4),
)


@settings(max_examples=150)
@given(st.lists(BILLS, max_size=5))
def test_bills_survive_packing_exactly(bills: list[Bill]) -> None:
    again = unpacked_columns(json.loads(json.dumps(packed_columns(bills))), len(bills))
    assert again == bills
    assert repr(again) == repr(bills)


def test_records_survive_packing_exactly() -> None:
    doubts = (Finding("x", "warning", Message("日本語", "English"), Place("a.csv", 3), "electricity"),)
    site = Site("a", "事業所", Decimal("1200.50"), 3)
    for value in (doubts, site, (site, None, ()), {"k": Decimal("1E+3")}, date(2025, 4, 1)):
        assert repr(unpacked(json.loads(json.dumps(packed(value))))) == repr(value)


@pytest.mark.parametrize("value", [1.5, {1: "a"}, object(), [1], {"a": 1.0}])
def test_what_would_not_survive_is_not_packed(value: object) -> None:
    with pytest.raises(UnpackableError):
        packed(value)
    with pytest.raises(UnpackableError):
        unpacked(["NoSuchKind", {}])
