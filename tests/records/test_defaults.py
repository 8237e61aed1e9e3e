"""Defaults of measures: those of the package are sound, those of a workspace replace them and are checked."""

from __future__ import annotations

import pytest

from carbonlib.errors import RecordError
from carbonlib.factors.model import EVIDENCE
from carbonlib.measures import MEASURES
from carbonlib.records.defaults import COLUMNS, HOURS, built_in_defaults, for_year, read_defaults
from carbonlib.records.workspace import Workspace
from tests.conftest import run_cli

HEAD = ",".join(COLUMNS) + "\n"


@pytest.fixture
def own(tmp_path):
    for name in ("parameters", "notebooks", "outputs"):
        (tmp_path / name).mkdir()

    def write(*rows: str) -> Workspace:
        (tmp_path / "parameters/measure_defaults.csv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
        return Workspace(tmp_path)

    return write


def test_every_default_has_evidence_and_what_is_cited_has_a_source():
    for row in built_in_defaults().values():
        assert row.evidence in EVIDENCE
        assert row.label_ja
        assert row.label_en
        assert row.evidence == "assumption" or row.source, row.id


def test_every_default_that_a_measure_names_is_there():
    from carbonlib.measures import Choice, Input, Rows

    for measure in MEASURES.values():
        choices = {d.name: d.options for d in measure.inputs if isinstance(d, Choice)}
        inputs = [d for d in measure.inputs if isinstance(d, Input)]
        inputs += [i for d in measure.inputs if isinstance(d, Rows) for i in d.inputs if isinstance(i, Input)]
        for one in inputs:
            if one.default and not one.by:
                assert one.default in built_in_defaults(), (measure.id, one.name)
            elif one.default:
                wanted = {f"{one.default}_{word}" for word in choices[one.by]}
                assert wanted <= built_in_defaults().keys(), (measure.id, one.name)


def test_a_workspace_replaces_a_row(own):
    found = read_defaults(own("led_input_power,30 W,,,器具,fitting,assumption,,"))
    assert found["led_input_power"].quantity.magnitude == 30
    assert found["fluorescent_input_power"] == built_in_defaults()["fluorescent_input_power"]


def test_all_that_is_wrong_is_named_at_once(own):
    home = own(
        "led_input_power,30 kWh,,,x,x,assumption,,",
        "led_inputpower,30 W,,,x,x,assumption,,",
        "fixed_load_rate,10,,,x,x,guess,,",
        "office_weeks,many,,,x,x,assumption,,",
    )
    with pytest.raises(RecordError) as caught:
        read_defaults(home)
    assert [f.place.line for f in caught.value.findings] == [2, 3, 4, 5]
    assert "led_input_power" in caught.value.findings[1].message.ja  # the near one
    done = run_cli("check", cwd=home.root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "measure_defaults.csv 2 行目" in done.stdout


def test_the_hours_are_those_of_the_year_unless_the_workspace_says_its_own(own):
    hours = [for_year(built_in_defaults(), year)[HOURS].reading.number for year in (2022, 2023, 2024, 2027)]
    assert hours == [8760, 8784, 8760, 8784]
    stated = read_defaults(own(f"{HOURS},8000 h,,,年間,hours,assumption,,"))
    assert for_year(stated, 2023)[HOURS].reading.number == 8000
