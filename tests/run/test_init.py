"""A new workspace: made where nothing is, filled in where an empty folder is, and nothing else touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carbonlib.errors import WorkspaceError
from carbonlib.records.workspace import VARIABLE, find_workspace, is_workspace, workspace_at
from carbonlib.run.init import init_workspace


@pytest.fixture
def vanished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand in a folder that is no longer there."""
    before = Path.cwd()
    folder = tmp_path / "vanished"
    folder.mkdir()
    monkeypatch.delenv(VARIABLE, raising=False)
    os.chdir(folder)
    folder.rmdir()
    yield
    os.chdir(before)


def test_an_empty_folder_is_filled_and_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "city"
    empty.mkdir(mode=0o750)
    same = empty.stat().st_ino
    monkeypatch.chdir(empty)
    made = init_workspace(Path())
    assert made.root == empty
    assert (empty.stat().st_ino, empty.stat().st_mode & 0o777) == (same, 0o750)
    assert sorted(p.name for p in empty.iterdir()) == ["notebooks", "outputs", "parameters"]
    # whoever stood in the folder goes on there
    assert find_workspace().root == empty == Path.cwd()
    assert made.company_ids()


def test_where_nothing_is_a_folder_is_made(tmp_path: Path) -> None:
    init_workspace(tmp_path / "a" / "city")
    assert is_workspace(tmp_path / "a" / "city")
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["city"]


def test_what_is_there_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for target in (Path(), tmp_path / "kept.txt"):
        with pytest.raises(WorkspaceError) as refused:
            init_workspace(target)
        assert [f.id for f in refused.value.findings] == ["init.not_empty"]
        assert f"「{target.resolve().name}」" in refused.value.findings[0].message.ja
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that somebody stands in")
def test_a_working_folder_that_is_gone_is_one_sentence(vanished: None, tmp_path: Path) -> None:
    for call in (
        find_workspace,
        lambda: init_workspace(Path("city")),
        lambda: init_workspace(Path()),
    ):
        with pytest.raises(WorkspaceError) as refused:
            call()
        assert [f.id for f in refused.value.findings] == ["workspace.gone"]
    # a place that does not count from there needs no working folder
    assert workspace_at(init_workspace(tmp_path / "city").root).company_ids()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that somebody stands in")
def test_the_command_line_says_so_without_a_traceback(vanished: None) -> None:
    program = "import sys; sys.argv[1:] = ['check']; from carbonlib.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("いまいるフォルダは、もうありません")
    assert len(done.stderr.splitlines()) == 1
