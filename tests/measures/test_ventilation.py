"""Ventilation: hand-worked figures, what the physics says, and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.measures import MEASURES, MeasureError
from carbonlib.measures.ventilation import heat_recovery_ventilation, hvac_hours_reduction
from carbonlib.units import Q_
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements

SUMMER = {"name": "夏", "outdoor_enthalpy": Q_(78, "kJ/kg"), "hours": Q_(300, "h")}
SPRING = {"name": "春", "outdoor_enthalpy": Q_(45, "kJ/kg"), "hours": Q_(500, "h")}
WINTER = {"name": "冬", "outdoor_enthalpy": Q_(11, "kJ/kg"), "hours": Q_(600, "h/year")}
AIR = {
    "bins": [SUMMER, SPRING, WINTER],
    "airflow": Q_(1000, "m3/h"),
    "indoor_cooling": Q_(58, "kJ/kg"),
    "indoor_heating": Q_(35, "kJ/kg"),
    "cooling_cop": Q_(4, ""),
    "heating_cop": Q_(3, ""),
}
HOURS = {"hours": Q_(3000, "h"), "hours_cut": Q_(300, "h")}
MACHINE = {"power": Q_(10, "kW"), "load_factor": Q_(40, "percent"), **HOURS}
GOOD = {
    "heat_recovery_ventilation": {
        **AIR,
        "efficiency": Q_(60, "percent"),
        "fan_power_before": Q_(300, "W"),
        "fan_power_after": Q_(0.4, "kW"),
    },
    "hvac_hours_reduction": {
        **AIR,
        "fans": [{"power": Q_(2, "kW"), **HOURS}, {"power": Q_(1, "kW"), **HOURS}],
        "cooling": [MACHINE],
        "heating": [MACHINE],
        "kept_share": Q_(0.5, ""),
    },
}


def amounts(saving):
    return [(e.end_use, pytest.approx(e.saved.magnitude)) for e in saving.effects]


def test_heat_is_recovered_in_summer_and_winter_and_bypassed_between():
    """1.2 × 1,000 × 20 × 300 / 3,600 / 4 = 500 kWh and 1.2 × 1,000 × 24 × 600 / 3,600 / 3 = 1,600 kWh, 60 % of each;
    fans 0.1 kW more for 1,400 h."""
    done = heat_recovery_ventilation(**GOOD["heat_recovery_ventilation"])
    assert amounts(done) == [("cooling", 300), ("heating", 960), ("ventilation", -140)]
    assert [e.before.magnitude for e in done.effects] == pytest.approx([500, 1600, 420])


def test_the_usual_efficiency_is_that_found_in_use():
    inputs = {**GOOD["heat_recovery_ventilation"], "efficiency": None}
    done = heat_recovery_ventilation(**inputs)
    row = next(r for r in done.table if r.label.ja == "全熱交換効率")
    assert (row.quantity.magnitude, row.how, row.evidence) == (60, "標準値", "secondary")
    assert amounts(done)[0] == ("cooling", 300)


def test_shorter_hours_of_fans_air_conditioners_and_outside_air():
    """3 kW × 300 h = 900 kWh; 10 kW × 40 % × 300 h × 50 % = 600 kWh a season; outside air as above with η = 1."""
    done = hvac_hours_reduction(**GOOD["hvac_hours_reduction"])
    assert amounts(done) == [
        ("ventilation", 900),
        ("cooling", 600),
        ("heating", 600),
        ("cooling", 500),
        ("heating", 1600),
    ]
    assert [e.before and e.before.magnitude for e in done.effects] == [9000, 12000, 12000, None, None]


def test_fans_alone_need_nothing_else():
    done = hvac_hours_reduction(fans=[{"power": Q_(2, "kW"), **HOURS}])
    assert amounts(done) == [("ventilation", 600)]
    assert [r.how for r in done.table if r.how] == ["入力値"] * 3


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(GOOD)))
def test_a_wrong_unit_in_any_input_is_named(id, name, inner):
    assert subjects_when_wrong(id, name, inner, GOOD[id]) == expected(name, inner, GOOD[id])


@pytest.mark.parametrize("id", list(GOOD))
def test_the_table_works_out_to_the_result(id):
    done = MEASURES[id].function(**GOOD[id])
    assert disagreements(done) == []
    printed = [float(r.quantity.magnitude) for r in done.table if r.formula]
    assert all(any(abs(e.saved.magnitude - p) < 1e-9 * (1 + abs(p)) for p in printed) for e in done.effects)


@pytest.mark.parametrize(
    ("id", "change", "named"),
    [
        ("hvac_hours_reduction", {"fans": None, "cooling": None, "heating": None, "bins": None}, "fans"),
        ("hvac_hours_reduction", {"airflow": None}, "airflow"),
        (
            "hvac_hours_reduction",
            {"cooling": [{**MACHINE, "hours_cut": Q_(4000, "h")}]},
            "cooling.1.hours_cut",
        ),
        ("heat_recovery_ventilation", {"heating_cop": None}, "heating_cop"),
        ("heat_recovery_ventilation", {"indoor_heating": Q_(60, "kJ/kg")}, "indoor_heating"),
        ("heat_recovery_ventilation", {"bins": [{**SUMMER, "hours": Q_(5000, "h")}] * 2}, "bins"),
    ],
)
def test_inputs_that_do_not_go_together_are_named(id, change, named):
    with pytest.raises(MeasureError) as raised:
        MEASURES[id].function(**{**GOOD[id], **change})
    assert [f.subject for f in raised.value.findings] == [named]


@given(
    enthalpy=st.floats(-10, 120),
    hours=st.floats(0, 8760),
    flow=st.floats(0, 1e5),
    efficiency=st.floats(0, 100),
)
def test_recovery_never_exceeds_the_load_and_grows_with_efficiency(enthalpy, hours, flow, efficiency):
    def recovered(rate):
        one = {"outdoor_enthalpy": Q_(enthalpy, "kJ/kg"), "hours": Q_(hours, "h")}
        done = heat_recovery_ventilation(
            **{**AIR, "bins": [one], "airflow": Q_(flow, "m3/h")},
            efficiency=Q_(rate, "percent"),
            fan_power_before=Q_(0, "kW"),
            fan_power_after=Q_(0, "kW"),
        )
        return [(e.saved.magnitude, e.before.magnitude) for e in done.effects if e.end_use != "ventilation"]

    for (some, load), (all_of_it, _) in zip(recovered(efficiency), recovered(100), strict=True):
        assert 0 <= some <= load * (1 + 1e-12)
        assert some <= all_of_it * (1 + 1e-12)
    assert all(saved == 0 for saved, _ in recovered(0))


@given(power=st.floats(0, 100), hours=st.floats(0, 8760), share=st.floats(0, 1))
def test_no_hour_less_saves_nothing_and_all_hours_no_more_than_is_used(power, hours, share):
    def effect(cut):
        row = {"power": Q_(power, "kW"), "hours": Q_(hours, "h"), "hours_cut": Q_(cut, "h")}
        return hvac_hours_reduction(fans=[row]).effects[0]

    some = effect(hours * share)
    assert effect(0).saved.magnitude == 0 <= some.saved.magnitude <= some.before.magnitude
