"""Air conditioning: what is wrong in an input is named, the table works out, and what does not go together is refused."""

from __future__ import annotations

import pytest

from carbonlib.measures import MEASURES, MeasureError
from carbonlib.measures.setpoints import circulator_fans, setpoint_relaxation
from carbonlib.units import Q_
from tests.measures.air_conditioning import (
    BY_DAYS,
    GOOD,
    METERED,
    NAMEPLATE,
    subjects,
)
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(GOOD)))
def test_a_wrong_unit_in_any_input_is_named(id, name, inner):
    good = BY_DAYS if "degree_days" in name else GOOD[id]
    named = expected(name, inner, good)
    if name == "units" and inner in {"cooling_use", "heating_use"}:
        # the last unit has its rated power too: written in a wrong unit, the use stands beside it all the same
        named += [f"units.2.{inner.removesuffix('_use')}_power"]
    assert subjects_when_wrong(id, name, inner, good) == named


@pytest.mark.parametrize("id", list(GOOD))
def test_the_table_works_out_to_the_result(id):
    done = MEASURES[id].function(**GOOD[id])
    assert disagreements(done) == []
    printed = [float(r.quantity.magnitude) for r in done.table if r.formula]
    assert all(
        any(abs(abs(e.saved.magnitude) - abs(p)) < 1e-9 * (1 + abs(p)) for p in printed) for e in done.effects
    )


def test_the_table_by_degree_days_works_out_too():
    assert disagreements(setpoint_relaxation(**BY_DAYS)) == []


@pytest.mark.parametrize(
    ("id", "change", "named"),
    [
        (
            "air_conditioner_replacement",
            {"units": [{**NAMEPLATE, "cooling_use": Q_(1, "kWh")}]},
            "units.1.cooling_power",
        ),
        (
            "air_conditioner_replacement",
            {"units": [{**NAMEPLATE, "cooling_hours": None}]},
            "units.1.cooling_hours",
        ),
        ("air_conditioner_replacement", {"units": [{**NAMEPLATE, "count": None}]}, "units.1.count"),
        ("air_conditioner_replacement", {"units": [{**METERED, "count": Q_(1, "piece")}]}, "units.1.count"),
        ("air_conditioner_replacement", {"units": [{"name": "空"}]}, "units.1.cooling_use"),
        ("air_conditioner_replacement", {"charge_after": None}, "charge_after"),
        ("air_conditioner_replacement", {"refrigerant_after": "none"}, "refrigerant_after"),
        (
            "air_conditioner_replacement",
            {"refrigerant_before": "R448A", "gwp_set": "AR5"},
            "refrigerant_before",
        ),
        ("gas_air_conditioner_replacement", {"carrier": "lpg", "gas_use": Q_(5, "kg")}, "gas_use"),
        ("gas_air_conditioner_replacement", {"carrier": "kerosene"}, "carrier"),
        ("air_conditioner_cleaning", {"cooling_use": None, "heating_use": None}, "cooling_use"),
        ("air_conditioner_cleaning", {"heating_use": Q_(5, "Nm3")}, "heating_use"),
        ("setpoint_relaxation", {"cooling_change": None}, "cooling_change"),
        ("setpoint_relaxation", {"cooling_use": None}, "cooling_use"),
        ("setpoint_relaxation", {"cooling_degree_days": Q_(400, "degC*d")}, "cooling_degree_days_relaxed"),
        ("setpoint_relaxation", {"cooling_change": Q_(20, "degC")}, "cooling_change"),
        ("circulator_fans", {"cooling_change": Q_(4, "degC")}, "cooling_change"),
    ],
)
def test_inputs_that_do_not_go_together_are_named(id, change, named):
    with pytest.raises(MeasureError) as raised:
        MEASURES[id].function(**{**GOOD[id], **change})
    assert named in subjects(raised)


def test_what_circulators_are_told_of_a_season_without_its_use_is_not_dropped():
    machines = {"count": Q_(2, "piece"), "hours": Q_(100, "h")}
    wrong = {
        "cooling_use": Q_(3000, "kWh"),
        "cooling_change": Q_(3, "degC"),
        "cooling_difference": Q_(2, "degC"),
        "heating_change": Q_(5, "degC"),
        "heating_difference": Q_(1, "degC"),
    }
    with pytest.raises(MeasureError) as raised:
        circulator_fans(**wrong, **machines)
    assert subjects(raised) == ["cooling_change", "heating_use", "heating_change"]
    with pytest.raises(MeasureError) as raised:  # one kelvin stands in
        circulator_fans(cooling_use=Q_(3000, "kWh"), cooling_difference=Q_(0.5, "degC"), **machines)
    assert subjects(raised) == ["cooling_change"]


def test_degree_days_take_the_place_of_a_rate_and_shrink():
    with pytest.raises(MeasureError) as raised:
        setpoint_relaxation(
            **{
                **BY_DAYS,
                "cooling_degree_days_relaxed": Q_(500, "degC*d"),
                "heating_rate": Q_(5, "percent/degC"),
            }
        )
    assert subjects(raised) == ["cooling_degree_days_relaxed", "heating_rate"]
