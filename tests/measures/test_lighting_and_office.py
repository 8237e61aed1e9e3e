"""Lighting and office equipment: hand-worked figures, what the physics says, and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.measures import MEASURES, MeasureError
from carbonlib.measures.lighting import led_lighting
from carbonlib.measures.lighting_use import delamping, lighting_switch_off
from carbonlib.measures.office import office_equipment, office_equipment_standby
from carbonlib.units import Q_
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements

LED = {
    "rooms": [
        {
            "name": "事務室",
            "watts_before": Q_(85, "W"),
            "count_before": Q_(10, "piece"),
            "watts_after": Q_(34, "W"),
            "count_after": Q_(8, "piece"),
            "hours": Q_(2500, "h"),
        },
        {
            "name": "売場",
            "watts_before": Q_(0.065, "kW"),
            "count_before": Q_(20, "piece"),
            "watts_after": Q_(32, "W"),
            "hours": Q_(4000, "h/year"),
        },
    ],
    "conditioned_share": Q_(80, "percent"),
    "cooling_share": Q_(0.4, ""),
    "heating_share": Q_(25, "percent"),
    "cooling_cop": Q_(4, ""),
    "heating_cop": Q_(2, ""),
    "lamp_life": Q_(10000, "h"),
    "replacement_cost": Q_(1500, "JPY/piece"),
}
ROOM = {"watts": Q_(85, "W"), "count": Q_(20, "piece"), "hours": Q_(2500, "h")}
GOOD = {
    "led_lighting": LED,
    "delamping": {"rooms": [{**ROOM, "count_off": Q_(4, "piece"), "residual_watts": Q_(10, "W")}]},
    "lighting_switch_off": {"rooms": [{**ROOM, "hours_off": Q_(240, "h")}]},
    "office_equipment": {
        "equipment": [{"count": Q_(10, "piece"), "hours": Q_(2000, "h")}],
        "copiers": [
            {"tec_before": Q_(5, "kWh/week"), "tec_after": Q_(2, "kWh/week"), "count": Q_(1, "piece")}
        ],
    },
    "office_equipment_standby": {
        "equipment": [{"count": Q_(20, "piece"), "hours_off": Q_(6000, "h"), "hours_idle": Q_(500, "h")}]
    },
}


def saved(saving, end_use):
    return sum(e.saved.to("kWh").magnitude for e in saving.effects if e.end_use == end_use)


def test_led_room_by_room_with_cross_effects_and_relamping():
    """By hand: 10·85·2500 + 20·65·4000 − 8·34·2500 − 20·32·4000 Wh = 2125 + 5200 − 680 − 2560 = 4085 kWh."""
    done = led_lighting(**LED)
    assert saved(done, "lighting") == pytest.approx(4085)
    assert done.effects[0].before.to("kWh").magnitude == pytest.approx(7325)
    assert saved(done, "cooling") == pytest.approx(4085 * 0.8 * 0.4 / 4)
    assert saved(done, "heating") == pytest.approx(-4085 * 0.8 * 0.25 / 2)
    assert [e.cross for e in done.effects] == [False, True, True]
    # 10 fittings 2,500 h and 20 fittings 4,000 h a year, lamps of 10,000 h: 2.5 + 8 relampings of 1,500 yen
    assert done.maintenance.to("JPY").magnitude == pytest.approx(15750)


def test_no_cross_effect_and_no_maintenance_unless_declared():
    done = led_lighting(rooms=LED["rooms"])
    assert [e.end_use for e in done.effects] == ["lighting"]
    assert done.maintenance is None
    zero = [r for r in done.table if r.how == "標準値" and r.quantity.magnitude == 0]
    assert len(zero) == 3  # the table says that the effect on cooling and heating is left out
    assert {r.evidence for r in zero} == {"assumption"}


def test_a_share_needs_its_cop_and_a_lamp_life_its_cost_all_said_at_once():
    left_out = {k: v for k, v in LED.items() if k not in {"cooling_cop", "heating_cop", "lamp_life"}}
    with pytest.raises(MeasureError) as raised:
        led_lighting(**left_out)
    assert [f.subject for f in raised.value.findings] == ["cooling_cop", "heating_cop", "lamp_life"]


def test_lamps_out_and_lights_off():
    """By hand: 4·(85 − 10)·2500 Wh = 750 kWh; 20·85·240 Wh = 408 kWh, each of 20·85·2500 Wh = 4250 kWh."""
    for measure, kwh in ((delamping, 750), (lighting_switch_off, 408)):
        done = measure(**GOOD[measure.__name__])
        assert saved(done, "lighting") == pytest.approx(kwh)
        assert done.effects[0].before.to("kWh").magnitude == pytest.approx(4250)


def test_led_and_delamping_exclude_each_other():
    assert MEASURES["led_lighting"].excludes == ("delamping",)
    assert MEASURES["delamping"].excludes == ("led_lighting",)


@pytest.mark.parametrize(
    ("measure", "name", "entry", "value"),
    [
        (delamping, "rooms", "count_off", Q_(21, "piece")),
        (delamping, "rooms", "residual_watts", Q_(86, "W")),
        (lighting_switch_off, "rooms", "hours_off", Q_(2501, "h")),
        (office_equipment_standby, "equipment", "sleep_watts", Q_(46, "W")),
    ],
)
def test_no_part_is_more_than_the_whole(measure, name, entry, value):
    rows = [{**GOOD[measure.__name__][name][0], entry: value}]
    with pytest.raises(MeasureError) as raised:
        measure(**{name: rows})
    assert [f.subject for f in raised.value.findings] == [f"{name}.1.{entry}"]


def test_office_equipment_needs_at_least_one_kind():
    with pytest.raises(MeasureError, match="equipment"):
        office_equipment()
    assert saved(office_equipment(copiers=GOOD["office_equipment"]["copiers"]), "outlets") == 156  # 3 × 52


def test_standby_with_standard_values_marked_as_assumptions():
    """By hand: 20·[1.5·6000 + (45 − 3)·500] Wh = 180 + 420 = 600 of 180 + 450 = 630 kWh."""
    done = office_equipment_standby(**GOOD["office_equipment_standby"])
    assert saved(done, "outlets") == pytest.approx(600)
    assert done.effects[0].before.to("kWh").magnitude == pytest.approx(630)
    standard = [r for r in done.table if r.how == "標準値"]
    assert [(r.quantity.magnitude, r.evidence) for r in standard] == [
        (1.5, "assumption"),
        (45.0, "assumption"),
        (3.0, "assumption"),
    ]
    assert all("仮定" in r.basis.ja for r in standard)


@pytest.mark.parametrize("id", GOOD)
def test_the_table_agrees_with_the_result(id):
    done = MEASURES[id].function(**GOOD[id])
    assert disagreements(done) == []
    row = next(r for r in done.table if r.label.ja == "削減電力量")
    assert row.quantity == done.effects[0].saved
    assert row.formula


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(GOOD)))
def test_a_bad_unit_in_any_input_names_it(id, name, inner):
    assert subjects_when_wrong(id, name, inner, GOOD[id]) == expected(name, inner, GOOD[id])


watts = st.floats(0, 500)
counts = st.integers(0, 2000)
hours = st.floats(0, 8784)


@given(before=watts, after=watts, count=counts, h=hours)
def test_led_saves_no_more_than_is_used_and_nothing_without_hours_or_lamps(before, after, count, h):
    room = {"watts_before": Q_(before, "W"), "watts_after": Q_(after, "W")}
    done = led_lighting(rooms=[{**room, "count_before": Q_(count, "piece"), "hours": Q_(h, "h")}])
    one = done.effects[0]
    assert one.saved <= one.before
    if 0 in (count, h) or before == after:
        assert one.saved.magnitude == 0
    if after > before:
        assert one.saved.magnitude <= 0


@given(count=st.integers(1, 500), data=st.data(), h=hours, power=watts)
def test_taking_out_or_switching_off_more_saves_more_up_to_all(count, data, h, power):
    few = data.draw(st.integers(0, count))
    many = data.draw(st.integers(few, count))
    room = {"watts": Q_(power, "W"), "count": Q_(count, "piece"), "hours": Q_(h, "h")}
    less, more = (delamping(rooms=[{**room, "count_off": Q_(n, "piece")}]) for n in (few, many))
    assert 0 <= less.effects[0].saved <= more.effects[0].saved <= more.effects[0].before
    share = data.draw(st.floats(0, 1))
    off = lighting_switch_off(rooms=[{**room, "hours_off": Q_(h * share, "h")}]).effects[0]
    assert 0 <= off.saved <= off.before
    if few == 0:
        assert less.effects[0].saved.magnitude == 0
    if share == 0:
        assert off.saved.magnitude == 0


def test_no_machine_is_off_and_asleep_for_longer_than_a_year():
    good = GOOD["office_equipment_standby"]["equipment"][0]
    row = {**good, "hours_off": Q_(8000, "h"), "hours_idle": Q_(3000, "h")}
    with pytest.raises(MeasureError) as raised:
        office_equipment_standby(equipment=[good, row])
    assert [f.subject for f in raised.value.findings] == ["equipment.2.hours_off"]
    assert "合計が 11,000 h/年です" in raised.value.findings[0].message.ja
    office_equipment_standby(equipment=[{**row, "hours_idle": Q_(784, "h")}])  # a leap year, to the hour


@given(count=counts, off=hours, share=st.floats(0, 1))
def test_standby_saves_nothing_without_units_or_hours(count, off, share):
    idle = (8784 - off) * share
    row = {"count": Q_(count, "piece"), "hours_off": Q_(off, "h"), "hours_idle": Q_(idle, "h")}
    one = office_equipment_standby(equipment=[row]).effects[0]
    assert 0 <= one.saved <= one.before
    if count == 0 or off == idle == 0:
        assert one.saved.magnitude == 0
