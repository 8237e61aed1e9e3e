"""Verdicts by what a round asks for besides amounts: bundles, evidence, its own factors."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from carbonlib.errors import UnitError
from carbonlib.records.subsidy_round import (
    Bundle,
    EfficiencyEvidence,
    HighEfficiency,
    RoundFactors,
    Rules,
)
from carbonlib.units import Q_
from tests.subsidies.rounds import FULL, GROUND, but, judged, shipped, simple, three_tonnes

EQUIPMENT_ROUND = "saitama-r7-smart-equipment"
EMS = "saitama-r7-smart-ems"


def test_photovoltaics_come_with_a_battery() -> None:
    pv = {"equipment": ("photovoltaics",)}
    for battery, verdict in ((True, "eligible"), (False, "not_eligible"), (None, "unclear")):
        assert judged(but(**pv, with_battery=battery), shipped()[EQUIPMENT_ROUND]).verdict == verdict
    listed = but(equipment=("photovoltaics", "battery"), with_battery=None)
    assert judged(listed, shipped()[EQUIPMENT_ROUND]).verdict == "eligible"


def test_the_ems_round_asks_for_two_reductions() -> None:
    both = {"with_ems": True, "ems_energy_saved": {"electricity": Q_(6061.0, "kWh")}}
    assert judged(but(**both), shipped()[EMS]).verdict == "eligible"
    little = but(**{**both, "ems_energy_saved": {"electricity": Q_(6000.0, "kWh")}})
    assert [o.rule for o in judged(little, shipped()[EMS]).failed] == ["ems_co2_reduction"]
    # one does not make up for the other
    swapped = but(**both, energy_saved={"electricity": Q_(1000.0, "kWh")})
    assert [o.rule for o in judged(swapped, shipped()[EMS]).failed] == ["co2_reduction"]
    without = judged(but(ems_energy_saved=None, with_ems=False), shipped()[EMS])
    assert [o.rule for o in without.failed] == ["bundle"]
    alone = but(**both, equipment=("ems",))
    assert "bundle" in [o.rule for o in judged(alone, shipped()[EMS]).failed]
    pv = judged(but(**both, equipment=("photovoltaics", "ems")), shipped()[EMS])
    assert (pv.category_id, [o.rule for o in pv.failed]) == ("ems-with-photovoltaics", ["bundle"])
    assert judged(FULL, simple(Rules(bundle=Bundle(("equipment",), GROUND)))).verdict == "eligible"


def test_any_one_evidence_of_high_efficiency_is_enough() -> None:
    smart = shipped()[EQUIPMENT_ROUND]
    assert judged(but(efficiency_evidence=("sii-unit",)), smart).verdict == "eligible"
    assert judged(but(efficiency_evidence=(), improvement=Q_(10, "percent")), smart).verdict == "eligible"
    under = judged(but(efficiency_evidence=(), improvement=Q_(9.99, "percent")), smart)
    assert under.failed[0].margin == Fraction(-1, 100)
    # what falls short of ten per cent may still be on the list: not known is not failed
    assert judged(but(efficiency_evidence=None, improvement=Q_(5, "percent")), smart).verdict == "unclear"
    # a claim of an improvement is no evidence without its figure
    unstated = judged(but(efficiency_evidence=("improvement",)), smart)
    assert unstated.verdict == "unclear"
    assert "何 %" in unstated.missing[0].message.ja
    assert judged(but(efficiency_evidence=("unheard-of",)), smart).verdict == "not_eligible"
    ways = HighEfficiency((EfficiencyEvidence("x", "x"),), GROUND)
    assert judged(but(efficiency_evidence=()), simple(Rules(high_efficiency=ways))).verdict == "not_eligible"


def test_a_change_of_fuel_counts_what_it_burns_more() -> None:
    saved = {"heavy_oil_a": Q_(5.0, "kL"), "electricity": Q_(-10_000.0, "kWh")}
    offer = judged(but(energy_saved=saved, equipment=("boiler", "fuel_switch")), shipped()[EQUIPMENT_ROUND])
    assert offer.category_id == "low-carbon-fuel"
    assert offer.co2_t == 5 * Fraction("2.7096") - 10 * Fraction("0.495")


def test_a_round_without_factors_for_the_carrier_cannot_be_told() -> None:
    factors = RoundFactors("shk", 2025, GROUND)
    one = dataclasses.replace(three_tonnes(), factors=factors)
    no_supplier = judged(FULL, one)
    assert [o.rule for o in no_supplier.missing] == ["co2_reduction"]
    assert "供給者" in no_supplier.missing[0].message.ja
    named = judged(but(suppliers={"electricity": "tepco-ep-residual"}), one)
    assert named.co2_t == 7 * Fraction("0.452")
    assert "0.452 t-CO2/千kWh" in named.outcome("co2_reduction").message.ja  # type: ignore[union-attr]
    other_year = dataclasses.replace(one, factors=RoundFactors("shk", 1995, GROUND))
    assert judged(but(suppliers={"electricity": "tepco-ep-residual"}), other_year).verdict == "unclear"


def test_refrigerant_is_never_part_of_the_reduction() -> None:
    little = {"electricity": Q_(6000.0, "kWh")}
    avoided = but(energy_saved=little, refrigerant_avoided=Q_(40.0, "t_CO2e_AR4"))
    with_it, without = judged(avoided, three_tonnes()), judged(but(energy_saved=little), three_tonnes())
    assert with_it.outcomes == without.outcomes
    assert with_it.co2_t == without.co2_t == Fraction("2.97")
    assert any("冷媒" in n.ja for n in with_it.notes)
    with pytest.raises(UnitError, match="R22"):
        judged(but(energy_saved={"R22": Q_(10.0, "kg")}), three_tonnes())
