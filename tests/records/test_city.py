"""city.yaml: the one that the sample came with is noted once real companies stand under it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from carbonlib.problems import problems
from carbonlib.records.city import SAMPLE_CITY, read_city
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT, run_cli


def test_the_sample_city_is_noted_where_companies_are_real(workspace: Callable[..., Path]) -> None:
    home = Workspace(workspace("sample-inn"))
    city = read_city(Workspace(ROOT))
    assert (city.name, city.source) == SAMPLE_CITY
    assert [f for f in problems(home) if f.id == "city.of_the_sample"] == []
    path = home.parameters / "companies/sample-inn/company.yaml"
    path.write_text(path.read_text("utf-8").replace("sample: true\n", ""), "utf-8")
    [note] = [f for f in problems(home) if f.id == "city.of_the_sample"]
    assert (note.severity, note.place.file) == ("note", "parameters/city.yaml")
    counted, listed = (run_cli("check", *more, cwd=home.root).stdout for more in ((), ("--notes",)))
    assert "city.of_the_sample 1" in counted
    assert "--notes を付けると 1 件ずつ示します。" in counted.splitlines()[-2]
    assert note.message.ja not in counted
    assert note.message.ja in listed
    assert counted.splitlines()[-1] == listed.splitlines()[-1]
    own = home.parameters / "city.yaml"
    own.write_text(own.read_text("utf-8").replace("name: 所沢市", "name: 見本市", 1), "utf-8")
    assert [f for f in problems(home) if f.id == "city.of_the_sample"] == []
