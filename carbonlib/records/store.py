"""The store: companies and their bills as they were read, a disposable cache that speaks only for unchanged files.

outputs/store.sqlite holds a row for each company: the hash of its input files and of the code that read them, and what
was read. A reader compares the hash and reads the files where it differs, or where the store is missing, broken, locked
or of other code; so what is in the store never decides what a report says, only how soon it does.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import pydantic
import yaml

from carbonlib import __version__
from carbonlib.errors import CarbonlibError, Finding, RecordError
from carbonlib.provenance import sha256_of
from carbonlib.records.billchecks import yen_assumed
from carbonlib.records.bills import read_bill_columns, read_bills
from carbonlib.records.company import read_company, readable_sites
from carbonlib.records.manybills import ManyBills
from carbonlib.records.model import Bill, Company, Site
from carbonlib.records.packing import UnpackableError, packed, unpacked, unpacked_columns
from carbonlib.records.textfile import encoding_notes
from carbonlib.records.workspace import Workspace, is_safe_id

FILE = "store.sqlite"
INPUTS = ("company.yaml", "bills.csv")
_READ_BY = (
    "errors.py",
    "factors",
    "fiscal_year.py",
    "records",
    "units",
)  # the code and tables that reading goes through
_BATCH = 256  # companies in one transaction
_READER_WAITS, _WRITER_WAITS = 0.05, 5.0  # seconds
_TABLE = """CREATE TABLE IF NOT EXISTS records (
    company_id TEXT PRIMARY KEY, inputs TEXT NOT NULL, contents TEXT NOT NULL, checksum TEXT NOT NULL
) WITHOUT ROWID"""
_COLUMNS = "company_id, inputs, contents, checksum"


@dataclass(frozen=True)
class Records:
    """What a company's input files hold: the company, its bills, and the doubts about the files themselves."""

    company: Company
    bills: list[Bill]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Renewal:
    """What a renewal did: the companies read anew, those left as they were, and those taken out."""

    read: int = 0
    kept: int = 0
    removed: int = 0


def read_records(workspace: Workspace, company_id: str) -> Records:
    """Return what a company's input files hold, from the files.

    Raises
    ------
    CarbonlibError
        Where a file cannot be used, with all that is wrong in it.
    """
    company, bills, findings = _read(workspace, company_id)
    return Records(company, bills.bills(), findings)


def _read(workspace: Workspace, company_id: str) -> tuple[Company, ManyBills, tuple[Finding, ...]]:
    try:
        company = read_company(workspace, company_id)
    except RecordError as error:
        raise RecordError([*error.findings, *_wrong_bills(workspace, company_id)]) from None
    bills = read_bill_columns(workspace, company)
    path = workspace.company_folder(company_id) / "bills.csv"
    return company, bills, (*encoding_notes(path, workspace.name_of(path)), *yen_assumed(bills))


def _wrong_bills(workspace: Workspace, company_id: str) -> list[Finding]:
    """Return what is wrong in the bills of a company whose company.yaml is wrong: all is to be mended in one go."""
    ids = readable_sites(workspace, company_id)
    sites = tuple(Site(i, i) for i in ids or ())
    try:
        read_bills(workspace, Company(company_id, company_id, "", sites))
    except CarbonlibError as error:
        return [f for f in error.findings if ids is not None or f.id != "bill.site"]
    return []


def records_of(workspace: Workspace, company_id: str) -> Records:
    """Return the same as `read_records`, from the store where it holds just these files."""
    stored = None
    if is_safe_id(company_id):
        with suppress(OSError, sqlite3.Error, UnpackableError, LookupError, TypeError, ValueError):
            stored = _stored(workspace, company_id)
    return read_records(workspace, company_id) if stored is None else stored


def renew(workspace: Workspace) -> Renewal:
    """Bring the store up to date: companies whose files changed are read, those that are gone are removed.

    It never fails: where the store cannot be written, or is being written by somebody else, it stays as it was.
    Each transaction leaves it whole, so that it may be killed at any time.
    """
    path = workspace.outputs / FILE
    with suppress(OSError, sqlite3.OperationalError):
        path.parent.mkdir(exist_ok=True)
        try:
            return _renewed(workspace, path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # no database, or a broken one; it is a cache, so it may go
            for end in ("", "-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
            return _renewed(workspace, path)
    return Renewal()


def _stored(workspace: Workspace, company_id: str) -> Records | None:
    path = workspace.outputs / FILE
    if not path.is_file():
        return None
    inputs = _hash_of_inputs(workspace, company_id)
    address = f"file:{quote(str(path))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_READER_WAITS)) as store:
        row = store.execute(
            "SELECT contents, checksum FROM records WHERE company_id = ? AND inputs = ?", (company_id, inputs)
        ).fetchone()
    if row is None or sha256_of(f"{inputs}{row[0]}".encode()) != row[1]:
        return None
    contents = json.loads(row[0])
    return Records(
        unpacked(contents["company"]),
        unpacked_columns(contents["bills"], contents["count"]),
        unpacked(contents["findings"]),
    )


def _renewed(workspace: Workspace, path: Path) -> Renewal:
    with closing(sqlite3.connect(path, timeout=_WRITER_WAITS, isolation_level=None)) as store:
        store.execute("PRAGMA synchronous = NORMAL")
        if [r[1] for r in store.execute("PRAGMA table_info(records)")] != _COLUMNS.split(", "):
            store.execute("BEGIN IMMEDIATE")
            store.execute("DROP TABLE IF EXISTS records")
            store.execute(_TABLE)
            store.execute("COMMIT")
        known = dict(store.execute("SELECT company_id, inputs FROM records"))
        ids = [i for i in workspace.company_ids() if is_safe_id(i)]
        now = {i: _hash_of_inputs(workspace, i) for i in ids}
        changed = [i for i in ids if known.get(i) != now[i]]
        gone = [i for i in known if i not in now]
        if changed or gone:
            # readers go on with what is there while this writes
            store.execute("PRAGMA journal_mode = WAL")
            _write(store, workspace, changed, gone)
            with suppress(sqlite3.OperationalError):  # somebody reads; then the next renewal does it
                store.execute("PRAGMA journal_mode = DELETE")
    return Renewal(len(changed), len(ids) - len(changed), len(gone))


def _write(store: sqlite3.Connection, workspace: Workspace, changed: list[str], gone: list[str]) -> None:
    left = set(gone)
    for ids in _batches([*gone, *changed]):
        rows = [row for i in ids if i not in left and (row := _row(workspace, i))]
        store.execute("BEGIN IMMEDIATE")
        store.executemany("DELETE FROM records WHERE company_id = ?", [(i,) for i in ids])
        store.executemany(f"INSERT INTO records ({_COLUMNS}) VALUES (?, ?, ?, ?)", rows)
        store.execute("COMMIT")


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _row(workspace: Workspace, company_id: str) -> tuple[str, ...] | None:
    """Return the row of a company; None where its files are wrong, for then they are to be read each time."""
    before = _hash_of_inputs(workspace, company_id)
    try:
        row = stored_row(*_read(workspace, company_id), before)
    except (CarbonlibError, UnpackableError, OSError):
        return None
    # a file that was saved meanwhile may have been read half old, half new
    return row if before == _hash_of_inputs(workspace, company_id) else None


def stored_row(
    company: Company, bills: ManyBills, findings: tuple[Finding, ...], inputs: str
) -> tuple[str, str, str, str]:
    """Return the store's row for what was read from inputs of a hash: company id, hash, contents, checksum."""
    contents = json.dumps(
        {
            "company": packed(company),
            "count": len(bills),
            "bills": bills.packed(),
            "findings": packed(findings),
        },
        separators=(",", ":"),
    )
    return company.id, inputs, contents, sha256_of(f"{inputs}{contents}".encode())


def _hash_of_inputs(workspace: Workspace, company_id: str) -> str:
    """Return one hash over a company's input files and the code that reads them."""
    folder = workspace.parameters / "companies" / company_id
    hashes = [_code()]
    for name in INPUTS:
        try:
            hashes.append(sha256_of((folder / name).read_bytes()))
        except OSError:
            hashes.append("")
    return sha256_of(" ".join(hashes).encode())


@cache
def _code() -> str:
    """Return what tells this code from other: versions, and name, size and time of each file that reads.

    Times serve here, unlike in a manifest: what a doubt costs is that the files are read.
    """
    root = Path(__file__).parents[1]
    folders = [root / name for name in _READ_BY]
    paths = [
        p for f in folders for p in ([f] if f.is_file() else f.rglob("*")) if "__pycache__" not in p.parts
    ]
    states = [(p.relative_to(root).as_posix(), os.stat(p)) for p in sorted(paths) if p.is_file()]
    versions = [__version__, sys.version, pydantic.VERSION, yaml.__version__]
    return sha256_of(
        "\n".join([*versions, *(f"{n} {s.st_size} {s.st_mtime_ns}" for n, s in states)]).encode()
    )
