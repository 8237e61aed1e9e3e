"""A report names each file that it was made from: what it opens under parameters/ is what its lists say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from carbonlib.briefing import brief
from carbonlib.diagnosis import diagnose
from carbonlib.present import briefing_provenance
from carbonlib.provenance import input_of
from carbonlib.records.benchmarks import COLUMNS, file_name
from carbonlib.records.inputfiles import files_of_city, files_of_company, files_of_members
from carbonlib.records.workspace import Workspace
from carbonlib.run.executor import Outcome
from carbonlib.run.manifest import entry
from carbonlib.run.plan import plan
from tests.conftest import run_warm
from tests.run.test_period import put_factors

YEAR = 2025
MEMBERS = ("sample-metal", "sample-office", "sample-books")
# runs the cells of a notebook as papermill does, with a report's parameters, and prints what is opened under parameters/
CELLS = """
import json, os, sys
from pathlib import Path
opened = set()
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.add(os.path.abspath(os.fspath(arguments[0])))
sys.addaudithook(hook)
space = {}
for cell in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), space)
        if "parameters" in cell["metadata"].get("tags", []):
            space.update(json.loads(sys.argv[2]))
root = str(Path("parameters").resolve()) + os.sep
found = sorted(p for p in opened if p.startswith(root) and os.path.isfile(p))
print(json.dumps([os.path.relpath(p).replace(os.sep, "/") for p in found]))
"""


@pytest.fixture
def home(workspace: Callable[..., Path]) -> Workspace:
    """Give a workspace that has every file that one may have."""
    root = workspace("briefing", *MEMBERS, years=(YEAR,))
    parameters = root / "parameters"
    put_factors(root)
    with as_file(files("carbonlib.records").joinpath("data")) as data:
        shutil.copytree(data / "tariffs", parameters / "tariffs")
        for name in ("finance.csv", "bands.csv", "measure_defaults.csv"):
            shutil.copy(data / name, parameters)
    (parameters / file_name(YEAR)).write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    return Workspace(root)


def opened(home: Workspace, notebook: str, parameters: dict[str, object]) -> set[str]:
    done = run_warm(CELLS, (f"notebooks/{notebook}", json.dumps(parameters)), cwd=home.root, environment={})
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def listed(home: Workspace, kind: str, own: str = "") -> tuple[set[str], dict[str, object]]:
    """Return what the manifest lists of parameters/, and the report's own parameters."""
    task = next(t for t in plan(home) if t.kind == kind and t.id in {own, kind})
    names = [i["name"] for i in entry(home, task, Outcome(task.key))["inputs"]]
    assert len(names) == len(set(names))
    return {n for n in names if n.startswith("parameters/")} - {task.file}, task.parameters


def test_a_report_lists_the_files_that_it_opens(home: Workspace) -> None:
    assert not (home.outputs / "store.sqlite").exists()  # else the bills come from there
    names, parameters = listed(home, "company", "sample-metal")
    assert names == opened(home, "company_diagnosis.ipynb", parameters)
    d = diagnose("sample-metal", YEAR, str(parameters["programme"]), workspace=home)
    assert {i.name for i in d.inputs} == names
    assert names == {home.name_of(p) for p in files_of_company(home, "sample-metal", YEAR)}
    wanted = {"finance.csv", "bands.csv", "measure_defaults.csv", "weather.csv", file_name(YEAR)}
    assert {f"parameters/{n}" for n in wanted} <= names
    assert {n.split("/")[1] for n in names} >= {"tariffs", "subsidies", "factors"}


def test_a_briefing_lists_the_files_that_it_opens_and_shows_no_companys_id(home: Workspace) -> None:
    names, parameters = listed(home, "briefing")
    assert names == opened(home, "city_briefing.ipynb", parameters)
    b = brief(**parameters, workspace=home)  # type: ignore[arg-type]
    assert {i.name for i in (*b.inputs, *b.members)} == names
    assert {home.name_of(p) for p in (*files_of_city(home), *files_of_members(home, YEAR))} == names
    assert {f"parameters/reports/{YEAR}/companies/{m}.yaml" for m in MEMBERS} <= names
    page = briefing_provenance(b).html
    assert not [m for m in MEMBERS if m in page]
    bills = home.parameters / "companies/sample-books/bills.csv"
    assert input_of(bills, home.root) in b.members
    bills.write_bytes(bills.read_bytes() + b"\n")
    assert briefing_provenance(brief(**parameters, workspace=home)).html != page  # type: ignore[arg-type]
