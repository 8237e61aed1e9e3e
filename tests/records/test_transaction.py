"""Killed by kill -9 at any step, an import leaves all of the old state or all of the new one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carbonlib.errors import CarbonlibError, RecordError
from carbonlib.records.transaction import DECIDED, UNDONE, settle, write_all
from carbonlib.records.workspace import workspace_at
from tests.conftest import run_cli

NEW = {
    "companies/old/company.yaml": "name: 新\n",
    "companies/old/bills.csv": "new\n",
    "companies/fresh/company.yaml": "name: fresh\n",
    "companies/fresh/bills.csv": "fresh\n",
    "reports/2026/companies/fresh.yaml": "company_id: fresh\n",
}
# stops a process of its own by SIGKILL before its n-th change of the disk; nothing of the product is replaced
KILLED = """
import json, os, signal, sys
from pathlib import Path
from carbonlib.records.transaction import settle, write_all
CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.unlink", "os.truncate"}
root, at, blocked, new = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
done = 0
def step(event, arguments):
    global done
    writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if event in CHANGES or writing:
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(step)
if blocked:
    real = os.replace
    def failing(one, other):
        if str(other).endswith(blocked):
            raise OSError("no space left")
        real(one, other)
    os.replace = failing
try:
    write_all(root / "parameters", new)
except Exception as error:
    print(type(error).__name__)
"""


def workspace(root: Path) -> Path:
    for name, text in {"company.yaml": "name: 旧\n", "bills.csv": "old\n"}.items():
        path = root / "parameters/companies/old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "notebooks").mkdir()
    return root


def state(root: Path) -> dict[str, str]:
    """Return all that stands under parameters/, empty folders included."""
    below = root / "parameters"
    found = (p for p in below.rglob("*") if not p.relative_to(below).parts[0].startswith(".import"))
    return {
        p.relative_to(below).as_posix(): p.read_text(encoding="utf-8") if p.is_file() else "" for p in found
    }


def killed(root: Path, at: int, blocked: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(root), str(at), blocked, json.dumps(NEW)],
        capture_output=True,
        text=True,
        check=False,
    )


def steps(tmp_path: Path, blocked: str = "") -> Iterator[Path]:
    """Give a workspace for each step at which an import was killed, up to the one that came through."""
    for at in range(1, 200):
        root = workspace(tmp_path / f"at{at}")
        done = killed(root, at, blocked)
        if done.returncode == 0:
            assert done.stdout == ("RecordError\n" if blocked else "")
            assert at > 20, "the steps were not seen"
            return
        assert done.returncode == -9, done.stderr
        yield root
        shutil.rmtree(root)
    raise AssertionError("the import has too many steps")


@pytest.fixture(scope="module")
def wholes(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    root = workspace(tmp_path_factory.mktemp("whole") / "ws")
    before = state(root)
    write_all(root / "parameters", NEW)
    after = state(root)
    assert {n: t for n, t in after.items() if t} == {**NEW}
    return before, after


def test_killed_at_each_step_it_is_all_old_or_all_new(
    tmp_path: Path, wholes: tuple[dict[str, str], dict[str, str]]
) -> None:
    old, new = wholes
    seen = []
    for root in steps(tmp_path):
        decided = (root / "parameters" / DECIDED).is_dir()
        torn = state(root) not in (old, new)
        assert decided or not torn, "half a state, and nothing that says so"
        workspace_at(root)  # as every command and every notebook does first
        assert state(root) in (old, new)
        assert not decided or state(root) == new
        seen.append((torn, state(root) == new))
        write_all(root / "parameters", NEW)  # and importing again works
        assert state(root) == new
        assert [p.name for p in (root / "parameters").glob(".import*")] == []
    assert any(torn for torn, _ in seen), "no kill hit the middle of the moves"
    assert [is_new for _, is_new in seen] == sorted(is_new for _, is_new in seen)


def test_killed_at_each_step_of_taking_back_it_is_all_old_or_all_new(
    tmp_path: Path, wholes: tuple[dict[str, str], dict[str, str]]
) -> None:
    old, new = wholes
    undone = []
    for root in steps(tmp_path, blocked="fresh/bills.csv"):
        undone.append((root / "parameters" / UNDONE).is_dir())
        settle(root / "parameters")
        assert state(root) in (old, new)
        assert not undone[-1] or state(root) == old
    assert any(undone)


def test_a_half_import_is_completed_by_a_command_and_by_a_bare_notebook(tmp_path: Path) -> None:
    torn = next(
        root
        for root in steps(tmp_path)
        if state(root)["companies/old/company.yaml"] != "name: 旧\n"
        and state(root)["companies/old/bills.csv"] == "old\n"
    )
    (torn / "outputs").mkdir()
    again = shutil.copytree(torn, tmp_path / "again")
    program = "from carbonlib.diagnosis import diagnose\ndiagnose('old', 2025, 'shk')"
    subprocess.run([sys.executable, "-c", program], cwd=torn, capture_output=True, check=False)
    assert {n: t for n, t in state(torn).items() if t} == NEW
    assert "Traceback" not in run_cli("check", cwd=again).stderr
    assert {n: t for n, t in state(again).items() if t} == NEW


def test_where_the_rest_cannot_be_written_nothing_is_read(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    (root / "parameters" / DECIDED).mkdir()
    (root / "parameters" / DECIDED / "files.json").write_text(
        '{"files": ["../../evil"], "changed": [], "folders": []}', encoding="utf-8"
    )
    with pytest.raises(RecordError) as error:
        workspace_at(root)
    assert error.value.findings[0].id == "import.unfinished"
    with pytest.raises(CarbonlibError):
        write_all(root / "parameters", NEW)
    done = run_cli("check", str(root), cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "途中で止まった取り込み" in done.stderr


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws")
    (root / "parameters/companies/fresh").write_text("a file in the way", encoding="utf-8")
    before = state(root)
    with pytest.raises(RecordError) as error:
        write_all(root / "parameters", NEW)
    assert error.value.findings[0].id == "import.unwritable"
    assert state(root) == before
    assert os.listdir(root / "parameters") == ["companies"]
