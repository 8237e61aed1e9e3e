"""The store among processes: read while another writes, written by two at once, killed in the middle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from carbonlib.records import store
from carbonlib.records.store import read_records, records_of, renew
from carbonlib.records.workspace import Workspace
from tests.records.test_store import OFFICE, Maker, home_of, path_of, stored_ids
from tests.warm import run_warm

REAL_CODE = store._code.__wrapped__  # without its cache
# A source file that somebody saves while these tests run is other code to a process that begins afterwards, and its
# store another store: each process is told the code of the one that tests.
PREAMBLE = """
import sys
from pathlib import Path
from carbonlib.records import store
from carbonlib.records.workspace import Workspace
code = sys.argv[1]
store._code = lambda: code
home = Workspace(Path(sys.argv[2]))
"""
READER = """
print(len(store._stored(home, sys.argv[3]).bills))
"""
WRITER = """
read, store._BATCH = store._row, 1
def slowly(*arguments):
    row = read(*arguments)
    print("row", flush=True)
    sys.stdin.readline() if sys.argv[3] == "wait" else None
    return row
store._row = slowly
print(store.renew(home), flush=True)
"""


def python(program: str, home: Workspace, argument: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + program, store._code(), str(home.root), argument],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(autouse=True)
def code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test as if a source file were saved in its midst."""
    monkeypatch.setattr(store, "_code", lambda: "as it stood")


def test_another_process_tells_the_same_code() -> None:
    program = "from carbonlib.records import store\nprint(store._code(), end='')"
    for _ in range(5):
        before = REAL_CODE()
        told = run_warm(program, (), cwd=Path.cwd(), environment={}).stdout
        if before == REAL_CODE():  # else a source file was saved just now
            assert told == before
            return
    raise AssertionError("the code changes all the time")


def changed_everywhere(home: Workspace) -> None:
    for company_id in home.company_ids():
        with (home.parameters / "companies" / company_id / "company.yaml").open(
            "a", encoding="utf-8"
        ) as file:
            file.write("# changed\n")


def test_a_reader_goes_on_while_another_process_writes(workspace: Maker) -> None:
    home = home_of(workspace)
    renew(home)
    with closing(sqlite3.connect(path_of(home), isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM records")
        # the other's transaction is open: a process that reads meets the state before it, and is not held up,
        # for it would give up after _READER_WAITS and say that the store is locked
        out, err = python(READER, home, OFFICE).communicate(timeout=60)
        assert out.split() == [str(len(read_records(home, OFFICE).bills))], err
        db.execute("ROLLBACK")


def test_two_renewals_at_once_leave_one_whole_store(workspace: Maker) -> None:
    home = home_of(workspace)
    both = [python(WRITER, home, "go") for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert stored_ids(home) == home.company_ids()
    for company_id in home.company_ids():
        assert store._stored(home, company_id) == read_records(home, company_id)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("after", [1, 5])
def test_a_renewal_that_is_killed_leaves_the_old_state_whole(workspace: Maker, after: int) -> None:
    home = home_of(workspace)
    renew(home)
    changed_everywhere(home)
    process = python(WRITER, home, "wait")
    assert process.stdin
    assert process.stdout
    for _ in range(after):
        assert process.stdout.readline() == "row\n"
        process.stdin.write("\n")
        process.stdin.flush()
    assert process.stdout.readline() == "row\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert stored_ids(home) == home.company_ids()
    new = [i for i in home.company_ids() if store._stored(home, i) is not None]
    assert new == home.company_ids()[:after]
    for company_id in home.company_ids():
        assert records_of(home, company_id) == read_records(home, company_id)
    assert renew(home).read == len(home.company_ids()) - after
    assert store._stored(home, OFFICE) == read_records(home, OFFICE)
