"""A proposal in money: the demand charge of a peak that falls or rises, its first year, before and after subsidy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proposals.test_views import changed

GAS_TO_POWER = {
    "measure": "gas_air_conditioner_replacement",
    "load": {},
    "inputs": {
        "carrier": "lpg",
        "gas_use": "1,000 m3/年",
        "calorific_value": "100 MJ/m3",
        "cooling_share": "50 %",
        "gas_cop_cooling": "1.2",
        "gas_cop_heating": "1.2",
        "own_electricity": "2,000 kWh/年",
        "apf_after": "5",
        "added_power": "30 kW",
    },
}


def test_a_measure_that_adds_power_makes_the_demand_charge_dearer(tmp_path: Path) -> None:
    found = changed(tmp_path, "4", GAS_TO_POWER)
    money = found.money["4"]
    # 417,690 JPY a month for 260 kW at a power factor of 100 %, so 1,890 JPY/kW: 30 kW × 12 × 1,890 × 0.85
    assert money.demand.steady_year.magnitude == pytest.approx(-30 * 12 * 1890 * 0.85)
    assert "基本料金は増えます" in money.demand.sentence.ja


def test_a_cut_beyond_the_highest_peak_is_a_finding_at_its_proposal(tmp_path: Path) -> None:
    found = changed(tmp_path, "4", {"peak_cut": "300 kW"})
    (doubt,) = [f for f in found.findings if f.id == "proposal.peak_cut_beyond"]
    assert doubt.place.line == found.evaluation.item("4").proposal.place.line
    assert "提案No.4" in doubt.message.ja
