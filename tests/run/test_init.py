"""A new workspace: made where nothing is, filled in where an empty folder is, and nothing else touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carbonlib.errors import WorkspaceError
from carbonlib.records.workspace import VARIABLE, find_workspace, is_workspace, workspace_at
from carbonlib.run import init
from carbonlib.run.init import init_workspace
from tests.conftest import copy_workspace, run_cli


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


@pytest.fixture
def used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in which somebody works: with companies of his own, and a year that only they have."""
    checkout = copy_workspace(tmp_path / "from")
    for own in ("our-client", "sample-named-client"):
        (checkout / "parameters/companies" / own).mkdir()
        text = f"id: {own}\nname: 本当の会社\n"
        (checkout / "parameters/companies" / own / "company.yaml").write_text(text, encoding="utf-8")
        for year in (2025, 2026):
            reports = checkout / f"parameters/reports/{year}/companies"
            reports.mkdir(parents=True, exist_ok=True)
            (reports / f"{own}.yaml").write_text("x: 1\n", encoding="utf-8")
    (checkout / "parameters/reports/2026/briefing.yaml").write_text("x: 1\n", encoding="utf-8")
    (checkout / "parameters/companies/notes.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(init, "_carried", lambda: checkout)
    return checkout


def test_a_new_workspace_holds_no_company_of_anybody_else(used: Path, tmp_path: Path) -> None:
    made = init_workspace(tmp_path / "city")
    assert {"saitama-shop", "sample-office"} <= set(made.company_ids())
    assert not [name for name in made.root.rglob("*") if "client" in name.name or name.name == "notes.txt"]
    assert sorted(p.name for p in (made.parameters / "reports").iterdir()) == ["2023", "2024", "2025"]


def test_where_the_samples_were_deleted_the_sample_city_is_refused(used: Path, tmp_path: Path) -> None:
    for folder in (used / "parameters/companies").glob("sa*-*"):
        if folder.name != "sample-named-client":
            shutil.rmtree(folder)
    with pytest.raises(WorkspaceError) as refused:
        init_workspace(tmp_path / "city")
    (finding,) = refused.value.findings
    assert finding.id == "init.no_samples"
    assert "--no-samples" in finding.message.ja
    assert not (tmp_path / "city").exists()
    # a folder for real work needs none
    assert init_workspace(tmp_path / "city", samples=False).company_ids() == []


def test_a_workspace_for_real_work_has_no_sample_company(tmp_path: Path) -> None:
    done = run_cli("init", "our-city", "--no-samples", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "city.yaml" in done.stdout
    made = workspace_at(tmp_path / "our-city")
    assert (made.parameters / "companies").is_dir()
    assert made.company_ids() == []
    assert [p.name for p in (made.parameters / "reports").rglob("*.yaml")] == ["briefing.yaml"]
    assert "記入してください" in (made.parameters / "city.yaml").read_text(encoding="utf-8").splitlines()[0]
    example = Path("docs/examples").resolve()
    files = [str(example / name) for name in ("companies.csv", "bills_wide.csv")]
    done = run_cli("import", *files, "--fiscal-year", "2025", cwd=made.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "誤り 0 件" in run_cli("check", cwd=made.root).stdout
