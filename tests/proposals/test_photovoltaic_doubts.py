"""What photovoltaics is told is held against the bills and against what the sun gives."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from carbonlib.measures import MEASURES
from carbonlib.proposing import Proposed, propose, reference
from carbonlib.records.workspace import Workspace
from carbonlib.units import Q_
from tests.conftest import copy_workspace

SET = "saitama-diagnosis-2025"


def of(tmp_path: Path, load: str) -> Proposed:
    home = Workspace(copy_workspace(tmp_path))
    panels = {"capacity": "50 kW", "annual_load": load, "self_use": "given"}
    panels["self_consumed_per_kw"] = "1,100 kWh/kW/年"
    one = {"number": "1", "title": "太陽光", "measure": "photovoltaics", "inputs": panels}
    path = home.company_folder("sample-metal") / "proposals.yaml"
    path.write_text(yaml.safe_dump({"proposals": [one]}, allow_unicode=True), "utf-8")
    return propose("sample-metal", 2025, reference(SET, workspace=home), workspace=home)


@pytest.mark.parametrize(("share", "warned"), [(1.0, False), (0.96, False), (0.9, True), (1.1, True)])
def test_a_load_unlike_the_bills_is_a_warning(tmp_path: Path, share: float, warned: bool) -> None:
    billed = of(tmp_path / "a", "500,000 kWh/年").account.line("electricity").quantity
    found = of(tmp_path / "b", f"{round(float(billed) * share)} kWh/年")
    assert [f.subject for f in found.findings if f.id == "proposal.load_unlike_bills"] == (
        ["annual_load"] if warned else []
    )


def test_a_kilowatt_gives_no_more_than_the_sun_does() -> None:
    given = {"capacity": Q_(7, "kW"), "annual_load": Q_(19173, "kWh"), "self_use": "given"}
    pv = MEASURES["photovoltaics"]
    for stated, doubts in ((1147, []), (1600, []), (11_470, ["self_consumed_per_kw"])):
        found = pv.function(**given, self_consumed_per_kw=Q_(stated, "kWh/kW")).findings
        assert [f.subject for f in found] == doubts
    label = next(d.label_ja for d in pv.inputs if d.name == "annual_load")
    assert label == "年間の買電量（他の対策の前）"
