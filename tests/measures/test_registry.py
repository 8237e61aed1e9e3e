"""What holds of every measure there is: a new one without its examples, zeros and directions fails here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from carbonlib.measures import MEASURES, Input, MeasureError, Rows, Saving
from carbonlib.measures.terms import internal_unit
from carbonlib.units import Q_
from tests.measures.bad_inputs import WRONG, paths
from tests.measures.examples import GOOD, with_number

RATED = {
    "count": Q_(2, "piece"),
    "cooling_power": Q_(5, "kW"),
    "cooling_hours": Q_(1200, "h"),
    "cooling_load_factor": Q_(25, "percent"),
    "apf_before": Q_(3, ""),
    "apf_after": Q_(6, ""),
}
ROOM = {"watts": Q_(40, "W"), "count": Q_(10, "piece"), "hours": Q_(2000, "h")}
LED = {
    "watts_before": Q_(40, "W"),
    "count_before": Q_(10, "piece"),
    "watts_after": Q_(20, "W"),
    "hours": Q_(2000, "h"),
}
COPIER = {"tec_before": Q_(9, "kWh/week"), "tec_after": Q_(4, "kWh/week"), "count": Q_(2, "piece")}
DESK = {
    "watts_before": Q_(70, "W"),
    "watts_after": Q_(20, "W"),
    "count": Q_(5, "piece"),
    "hours": Q_(2000, "h"),
}
IDLE = {
    "count": Q_(5, "piece"),
    "standby_watts": Q_(2, "W"),
    "hours_off": Q_(6000, "h"),
    "idle_watts": Q_(40, "W"),
    "sleep_watts": Q_(3, "W"),
    "hours_idle": Q_(900, "h"),
}
FAN = {"power": Q_(2, "kW"), "hours": Q_(3000, "h"), "hours_cut": Q_(500, "h")}
CABINET = {"count": Q_(2, "piece"), "use_before": Q_(1200, "kWh"), "use_after": Q_(800, "kWh")}
REMOTE = {"heat_load": Q_(10, "kW"), "hours": Q_(6000, "h"), "cop_before": Q_(2, ""), "cop_after": Q_(3, "")}
SETPOINT = {"cooling_use": Q_(20000, "kWh"), "cooling_change": Q_(2, "degC")}
FANS = {**SETPOINT, "count": Q_(4, "piece"), "power": Q_(40, "W"), "hours": Q_(1500, "h")}
GAS = GOOD["gas_air_conditioner_replacement"]
AIR = GOOD["heat_recovery_ventilation"]
BARE_AIR = {**AIR, "fan_power_before": Q_(0, "kW"), "fan_power_after": Q_(0, "kW")}

Case = tuple[dict[str, Any], str]


def zeroed(base: dict[str, Any], *names: str, rows: str = "", **more: Any) -> dict[str, Any]:
    """Return inputs in which the numbers named are zero in their own unit."""
    made = {**base, **{n: 0 * base[n] for n in names}}
    return {rows: [made], **more} if rows else {**made, **more}


def each(base: dict[str, Any], rows: str, *names: str) -> list[dict[str, Any]]:
    return [zeroed(base, name, rows=rows) for name in names]


# what is nothing: no hours, no units, no rate, no use; for every measure there is
NOTHING: dict[str, list[dict[str, Any]]] = {
    "air_conditioner_replacement": each(
        RATED, "units", "count", "cooling_power", "cooling_hours", "cooling_load_factor"
    ),
    "air_conditioner_cleaning": [
        zeroed(dict(GOOD["air_conditioner_cleaning"]), "dirty_share"),
        zeroed(dict(GOOD["air_conditioner_cleaning"]), "filter_rate", "fin_rate"),
    ],
    "boiler_air_ratio": [zeroed(dict(GOOD["boiler_air_ratio"]), "fuel")],
    "compressor_pressure_reduction": [zeroed(dict(GOOD["compressor_pressure_reduction"]), "energy")],
    "compressor_filter_cleaning": [zeroed(dict(GOOD["compressor_filter_cleaning"]), "energy")],
    "compressor_replacement": [with_number("compressor_replacement", "bins.hours", lambda q: 0 * q)],
    "before_after": [zeroed(dict(GOOD["before_after"]), "before", "after")],
    "fuel_switch": [{"uses": [{"carrier": "kerosene", "before": Q_(0, "L"), "after": Q_(0, "L")}]}],
    "fixed_load_reduction": [
        zeroed(dict(GOOD["fixed_load_reduction"]), name) for name in ("load", "hours", "saving_rate")
    ],
    "gas_air_conditioner_replacement": [
        zeroed({k: v for k, v in GAS.items() if k != "added_power"}, "gas_use", "own_electricity")
    ],
    "led_lighting": [zeroed(LED, "hours", rows="rooms"), zeroed(LED, "count_before", rows="rooms")],
    "delamping": each({**ROOM, "count_off": Q_(4, "piece")}, "rooms", "hours", "count_off"),
    "lighting_switch_off": each({**ROOM, "hours_off": Q_(240, "h")}, "rooms", "hours_off", "count", "watts"),
    "office_equipment": [
        *each(DESK, "equipment", "count", "hours"),
        zeroed(COPIER, "count", rows="copiers"),
        {"copiers": [COPIER], "weeks": Q_(0, "week/year")},
    ],
    "office_equipment_standby": [
        zeroed(IDLE, "count", rows="equipment"),
        zeroed(IDLE, "hours_off", "hours_idle", rows="equipment"),
    ],
    "photovoltaics": [with_number("photovoltaics", "capacity", lambda q: 0 * q)],
    "refrigerator_replacement": [
        zeroed(CABINET, "count", rows="built_in"),
        *each(REMOTE, "remote", "heat_load", "hours"),
    ],
    "setpoint_relaxation": [
        zeroed(SETPOINT, "cooling_use"),
        zeroed(SETPOINT, "cooling_change"),
        {**SETPOINT, "cooling_rate": Q_(0, "percent/degC")},
    ],
    "circulator_fans": [zeroed(FANS, "cooling_use", name) for name in ("count", "power", "hours")],
    "transformer_replacement": [{**GOOD["transformer_replacement"], "hours": Q_(0, "h")}],
    "transformer_consolidation": [
        {
            k: [{n: v for n, v in r.items() if n != "hours_off"} for r in rows]
            for k, rows in GOOD["transformer_consolidation"].items()
            if k in {"before", "after"}
        }
        | {"hours": Q_(0, "h")}
    ],
    "hvac_hours_reduction": [
        *each(FAN, "fans", "power", "hours_cut"),
        zeroed(
            {**FAN, "load_factor": Q_(50, "percent")},
            "hours_cut",
            rows="cooling",
            kept_share=Q_(70, "percent"),
        ),
    ],
    "heat_recovery_ventilation": [
        {**BARE_AIR, "airflow": 0 * AIR["airflow"]},
        {**BARE_AIR, "efficiency": Q_(0, "percent")},
        {**AIR, "bins": [{**r, "hours": Q_(0, "h")} for r in AIR["bins"]]},
    ],
}

# +1: more of it saves more; -1: more of it saves less; of the main effect's carrier
DIRECTIONS: dict[str, dict[str, int]] = {
    "air_conditioner_replacement": {"units.apf_before": -1, "units.apf_after": 1, "units.cooling_power": 1},
    "air_conditioner_cleaning": {"dirty_share": 1, "filter_rate": 1, "fin_rate": 1, "cooling_use": 1},
    "boiler_air_ratio": {"fuel": 1, "oxygen_before": 1, "oxygen_after": -1},
    "compressor_pressure_reduction": {
        "energy": 1,
        "pressure_before": 1,
        "pressure_after": -1,
        "open_share": 1,
    },
    "compressor_filter_cleaning": {"energy": 1, "drop_before": 1, "inlet_before": 1, "inlet_after": -1},
    "compressor_replacement": {"specific_power_before": 1, "specific_power_after": -1, "bins.hours": 1},
    "before_after": {"before": 1, "after": -1},
    "fuel_switch": {"uses.before": 1},
    "fixed_load_reduction": {"load": 1, "hours": 1, "saving_rate": 1},
    "gas_air_conditioner_replacement": {"gas_use": 1},
    "led_lighting": {"rooms.watts_before": 1, "rooms.count_before": 1, "rooms.watts_after": -1},
    "delamping": {"rooms.count_off": 1, "rooms.hours": 1, "rooms.residual_watts": -1},
    "lighting_switch_off": {"rooms.watts": 1, "rooms.count": 1, "rooms.hours_off": 1},
    "office_equipment": {"equipment.watts_before": 1, "equipment.watts_after": -1, "copiers.tec_after": -1},
    "office_equipment_standby": {
        "equipment.count": 1,
        "equipment.standby_watts": 1,
        "equipment.hours_idle": 1,
    },
    "photovoltaics": {"capacity": 1, "annual_load": 1, "year_factor": 1, "irradiation.daily": 1},
    "refrigerator_replacement": {"built_in.use_before": 1, "built_in.use_after": -1, "remote.heat_load": 1},
    "setpoint_relaxation": {"cooling_use": 1, "cooling_change": 1, "cooling_rate": 1, "heating_change": 1},
    "circulator_fans": {"cooling_use": 1, "cooling_change": 1, "count": -1, "power": -1, "hours": -1},
    "transformer_replacement": {"transformers.no_load_before": 1, "transformers.load_loss_after": -1},
    "transformer_consolidation": {"before.no_load": 1, "after.no_load": -1, "after.load_loss": -1},
    "hvac_hours_reduction": {"fans.power": 1, "fans.hours_cut": 1, "airflow": 1, "cooling_cop": -1},
    "heat_recovery_ventilation": {"airflow": 1, "efficiency": 1, "fan_power_after": -1, "cooling_cop": -1},
}
EVERY = sorted(MEASURES)


def test_no_measure_is_forgotten() -> None:
    assert sorted(GOOD) == sorted(NOTHING) == sorted(DIRECTIONS) == EVERY


def number_paths() -> list[tuple[str, str]]:
    found = []
    for id in EVERY:
        for declared in MEASURES[id].inputs:
            inner = declared.inputs if isinstance(declared, Rows) else (declared,)
            prefix = f"{declared.name}." if isinstance(declared, Rows) else ""
            found += [(id, prefix + i.name) for i in inner if isinstance(i, Input)]
    return found


def main_saving(saving: Saving) -> float:
    """Return what is saved in all of the main effect's carrier, in its unit."""
    found = saving.saved(saving.effects[0].carrier)
    assert found is not None
    return float(found.magnitude)


@pytest.mark.parametrize(("id", "case"), [(id, i) for id in EVERY for i in range(len(NOTHING[id]))])
def test_no_hours_units_or_rate_save_nothing(id: str, case: int) -> None:
    done = MEASURES[id].function(**NOTHING[id][case])
    assert [float(e.saved.magnitude) for e in done.effects] == [0] * len(done.effects)
    assert done.effects


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(EVERY)))
def test_a_bad_unit_in_any_input_of_any_measure_is_named(id: str, name: str, inner: str) -> None:
    given = dict(GOOD[id])
    if inner:
        given[name] = [*given[name][:-1], {**given[name][-1], inner: WRONG}]
    else:
        given[name] = WRONG
    with pytest.raises(MeasureError) as raised:
        MEASURES[id].function(**given)
    wanted = f"{name}.{len(GOOD[id][name])}.{inner}" if inner else name
    named = [f for f in raised.value.findings if f.subject == wanted]
    assert named
    assert all(wanted in f.message.ja and wanted in f.message.en for f in named)


def declared_at(id: str, path: str) -> Input:
    name, _, inner = path.partition(".")
    declared = next(d for d in MEASURES[id].inputs if d.name == name)
    found = next(i for i in declared.inputs if i.name == inner) if isinstance(declared, Rows) else declared
    assert isinstance(found, Input)
    return found


@pytest.mark.parametrize(("id", "path"), number_paths())
def test_zero_or_a_huge_number_is_worked_out_or_refused_and_never_breaks(id: str, path: str) -> None:
    one = declared_at(id, path)
    for number in (0.0, 1e-9, one.low or 0.0, one.high or 1e12):
        name, _, inner = path.partition(".")
        value = Q_(number, internal_unit(one.unit))
        rows = [{**r, inner: value} for r in GOOD[id].get(name, ())] if inner else value
        call: Callable[..., Saving] = MEASURES[id].function
        try:
            done = call(**{**GOOD[id], name: rows})
        except MeasureError:
            continue
        assert all(abs(float(e.saved.magnitude)) < float("inf") for e in done.effects)


def directions() -> list[tuple[str, str, int]]:
    return [(id, path, sign) for id, found in DIRECTIONS.items() for path, sign in found.items()]


@settings(max_examples=15)
@given(first=st.floats(0.5, 1.5), more=st.floats(0, 0.5))
@pytest.mark.parametrize(("id", "path", "sign"), directions())
def test_more_of_it_saves_more_or_less_as_physics_says(
    id: str, path: str, sign: int, first: float, more: float
) -> None:
    def scaled(by: float) -> Callable[[Any], Any]:
        return lambda q: Q_(q.magnitude * by, q.units)

    try:
        one, two = (
            main_saving(MEASURES[id].function(**with_number(id, path, scaled(by))))
            for by in (first, first + more)
        )
    except MeasureError:
        assume(False)
        return
    assert sign * (two - one) >= -1e-9 * max(1.0, abs(one), abs(two))
