"""Refrigeration: hand-worked figures, what the physics says, and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.measures import MeasureError
from carbonlib.measures.refrigeration import refrigerator_replacement
from carbonlib.units import Q_
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements

CABINET = {
    "name": "厨房",
    "count": Q_(2, "piece"),
    "use_before": Q_(2000, "kWh"),
    "use_after": Q_(1200, "kWh/year"),
}
PLAIN = {"heat_load": Q_(6, "kW"), "hours": Q_(8000, "h"), "cop_before": Q_(2, ""), "cop_after": Q_(2.5, "")}
LOWER = {
    "name": "売場",
    "heat_load": Q_(6, "kW"),
    "hours": Q_(8000, "h"),
    "cop_before": Q_(2, ""),
    "condensing_drop": Q_(5, "degC"),
    "condensing_gain": Q_(4, "percent/degC"),
    "fan_before": Q_(300, "W"),
    "fan_after": Q_(100, "W"),
    "fan_hours": Q_(8000, "h"),
    "lamp_before": Q_(0.2, "kW"),
    "lamp_after": Q_(0.1, "kW"),
    "lamp_hours": Q_(4000, "h"),
    "defrost_before": Q_(2, "kW"),
    "defrost_after": Q_(2, "kW"),
    "defrost_hours": Q_(700, "h"),
}
GOOD = {
    "built_in": [CABINET],
    "remote": [PLAIN, LOWER],
    "conditioned_share": Q_(100, "percent"),
    "cooling_share": Q_(40, "percent"),
    "heating_share": Q_(30, "percent"),
    "cooling_cop": Q_(4, ""),
    "heating_cop": Q_(3, ""),
    "refrigerant_before": "R404A",
    "refrigerant_after": "R744",
    "charge_before": Q_(20, "kg"),
    "charge_after": Q_(20, "kg"),
    "leak_before": Q_(10, "percent"),
    "leak_after": Q_(10, "percent"),
}
ID = "refrigerator_replacement"


def test_built_in_and_remote_together_with_what_the_room_feels():
    """Built-in 4,000 → 2,400 kWh; remote 24,000 → 19,200 kWh; the other 24,000 → 48,000/2.4 = 20,000 kWh, fans 2,400 →
    800, lamps 800 → 400, defrosting 1,400 as before. The built-in 1,600 kWh spare 160 kWh of cooling and cost 160 of
    heating."""
    done = refrigerator_replacement(**GOOD)
    saved = 1600 + 4800 + 4000 + 1600 + 400
    assert [(e.end_use, pytest.approx(e.saved.magnitude), e.cross) for e in done.effects] == [
        ("refrigeration", saved, False),
        ("cooling", 160, True),
        ("heating", -160, True),
    ]
    assert done.effects[0].before.magnitude == pytest.approx(4000 + 24000 + 24000 + 2400 + 800 + 1400)


def test_refrigerant_stays_in_its_own_line():
    """20 kg × 10 % × (3,920 − 1) = 7.838 t; a remote system leaks 16 % a year where nothing is known."""
    assert refrigerator_replacement(**GOOD).refrigerant.to("t_CO2e_AR4").magnitude == pytest.approx(7.838)
    usual = refrigerator_replacement(**{**GOOD, "leak_before": None, "leak_after": None})
    assert usual.refrigerant.magnitude == pytest.approx(12.5408)
    assert usual.findings == ()


def test_a_room_counts_only_where_a_share_is_declared():
    done = refrigerator_replacement(built_in=[CABINET])
    assert [e.end_use for e in done.effects] == ["refrigeration"]


def test_a_year_of_hours_and_the_gain_per_kelvin_stand_in():
    """6 kW × 8,760 h / 2 = 26,280 kWh; 5 K at 2 % each raise the COP to 2.2: 23,890.9 kWh."""
    case = {"heat_load": Q_(6, "kW"), "cop_before": Q_(2, ""), "condensing_drop": Q_(5, "degC")}
    done = refrigerator_replacement(remote=[case])
    assert done.effects[0].before.magnitude == pytest.approx(26280)
    assert done.effects[0].saved.magnitude == pytest.approx(26280 - 23890.909, abs=1e-3)


@pytest.mark.parametrize(("id", "name", "inner"), list(paths([ID])))
def test_a_wrong_unit_in_any_input_is_named(id, name, inner):
    good = {**GOOD, "remote": [LOWER, PLAIN]} if inner == "cop_after" else GOOD
    assert subjects_when_wrong(id, name, inner, good) == expected(name, inner, good)


def test_the_table_works_out_to_the_result():
    done = refrigerator_replacement(**GOOD)
    assert disagreements(done) == []
    printed = [float(r.quantity.magnitude) for r in done.table if r.formula]
    assert all(any(abs(abs(e.saved.magnitude) - p) < 1e-9 * (1 + p) for p in printed) for e in done.effects)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"built_in": None, "remote": None}, ["built_in"]),
        ({"remote": [{**PLAIN, "cop_after": None}]}, ["remote.1.cop_after"]),
        ({"remote": [{**PLAIN, "condensing_drop": Q_(1, "degC")}]}, ["remote.1.cop_after"]),
        (
            {"remote": [{**LOWER, "lamp_hours": None, "fan_after": None}]},
            ["remote.1.fan_after", "remote.1.lamp_hours"],
        ),
        ({"cooling_cop": None}, ["cooling_cop"]),
        ({"charge_before": None}, ["charge_before"]),
    ],
)
def test_inputs_that_do_not_go_together_are_named_all_at_once(change, named):
    with pytest.raises(MeasureError) as raised:
        refrigerator_replacement(**{**GOOD, **change})
    assert [f.subject for f in raised.value.findings] == named


@given(heat=st.floats(0, 100), hours=st.floats(0, 8760), cop=st.floats(0.5, 5), better=st.floats(0, 5))
def test_a_better_cop_never_saves_less_nor_more_than_is_used(heat, hours, cop, better):
    def effect(after):
        case = {
            "heat_load": Q_(heat, "kW"),
            "hours": Q_(hours, "h"),
            "cop_before": Q_(cop, ""),
            "cop_after": Q_(after, ""),
        }
        return refrigerator_replacement(remote=[case]).effects[0]

    some, more = effect(cop + better), effect(cop + better + 1)
    assert (
        effect(cop).saved.magnitude
        == 0
        <= some.saved.magnitude
        <= more.saved.magnitude
        <= more.before.magnitude
    )


@given(count=st.integers(0, 50), before=st.floats(0, 1e4), share=st.floats(0, 1))
def test_no_cabinet_saves_nothing_and_none_more_than_it_used(count, before, share):
    cabinet = {
        "count": Q_(count, "piece"),
        "use_before": Q_(before, "kWh"),
        "use_after": Q_(before * share, "kWh"),
    }
    one = refrigerator_replacement(built_in=[cabinet]).effects[0]
    assert 0 <= one.saved.magnitude <= one.before.magnitude
    assert count or one.saved.magnitude == 0
