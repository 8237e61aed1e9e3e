"""The path to the target: a proposal whose CO2 is not known is named beside it and is no step of zero."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from carbonlib import present
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.first_page import roadmap_of
from carbonlib.records.workspace import Workspace
from tests.conftest import copy_workspace
from tests.run.test_period import put_factors

LIGHTS = {
    "number": "1",
    "title": "照明",
    "measure": "before_after",
    "load": {"use": "lighting"},
    "inputs": {"before": "9,000 kWh/年", "after": "5,000 kWh/年"},
}
# the programme has no factor of kerosene
KEROSENE = {
    "number": "2",
    "title": "暖房を灯油に",
    "measure": "fuel_switch",
    "load": {"use": "heating"},
    "inputs": {
        "uses": [
            {"carrier": "electricity", "before": "5,000 kWh/年", "after": "0 kWh/年"},
            {"carrier": "kerosene", "before": "0 L/年", "after": "900 L/年"},
        ]
    },
}
MONEY = {
    "kind": "capital",
    "capital": [{"item": "機器", "amount": "500 千円", "tax": "税抜"}],
    "useful_life": "10 年",
}


def made(tmp_path: Path, *proposals: dict[str, Any]) -> Diagnosis:
    root = copy_workspace(tmp_path / "ws", companies=("sample-office",), years=(2025,))
    put_factors(root)
    programmes = root / "parameters/factors/programmes.yaml"
    text = programmes.read_text(encoding="utf-8")
    programmes.write_text(text.replace("[ours, shk-fuel-2023, shk-lpg-volume]", "[ours]"), encoding="utf-8")
    listed = yaml.dump({"proposals": [{**p, **deepcopy(MONEY)} for p in proposals]}, allow_unicode=True)
    (root / "parameters/companies/sample-office/proposals.yaml").write_text(listed, encoding="utf-8")
    return diagnose("sample-office", 2025, "ours", workspace=Workspace(root))


SAID = "No.2 は、CO2の係数がなく削減量が分からないため、道筋に含めていません"


def test_what_is_not_known_is_left_out_and_named(tmp_path: Path) -> None:
    d = made(tmp_path, LIGHTS, KEROSENE)
    path = roadmap_of(d)
    assert path is not None
    assert [s.number for s in path.steps] == ["1"]
    assert path.left_out == ("2",)
    figure, steps = present.roadmap_figure(d).html, present.roadmap_steps(d)
    assert SAID in figure
    assert "CO2の分かる提案をすべて実施しても" in figure
    assert SAID in steps.html
    assert "1 件の提案で" in steps.html
    assert "暖房を灯油に" not in steps.plain


def test_where_nothing_is_known_the_path_stays_as_it_is(tmp_path: Path) -> None:
    d = made(tmp_path, KEROSENE)
    assert SAID in present.roadmap_steps(d).html
    assert "現状のままでは" in present.roadmap_figure(d).html


@pytest.mark.parametrize("what", ["roadmap_figure", "roadmap_steps"])
def test_where_all_is_known_nothing_is_said(tmp_path: Path, what: str) -> None:
    assert "含めていません" not in getattr(present, what)(made(tmp_path, LIGHTS)).html
