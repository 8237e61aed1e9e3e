"""A table with several effects on one carrier ends with their sum, written in the symbols of their rows."""

from __future__ import annotations

import pytest

from carbonlib.measures import MEASURES, Saving
from carbonlib.units import Q_


def led(**more: object) -> Saving:
    room = {"watts_before": Q_(85, "W"), "count_before": Q_(10, "piece"), "watts_after": Q_(34, "W")}
    return MEASURES["led_lighting"].function(rooms=[room | {"hours": Q_(2500, "h")}], **more)


SHARES = {
    "conditioned_share": Q_(50, "percent"),
    "cooling_share": Q_(40, "percent"),
    "cooling_cop": Q_(3, ""),
    "heating_share": Q_(30, "percent"),
    "heating_cop": Q_(3, ""),
}


def test_the_last_row_adds_what_is_spared_and_takes_away_what_is_used_more() -> None:
    found = led(**SHARES)
    last, heating, cooling = found.table[-1], found.table[-2], found.table[-3]
    saved = next(r for r in found.table if r.label.ja == "削減電力量")
    assert (last.label.ja, last.unit) == ("合計の削減電力量", "kWh/年")
    assert last.formula == f"{saved.symbol}+{cooling.symbol}-{heating.symbol}"
    assert last.quantity.magnitude == pytest.approx(1275 + 85 - 63.75)
    assert last.quantity.magnitude == pytest.approx(found.saved("electricity").magnitude)


def test_two_effects_of_one_size_stand_in_their_own_rows() -> None:
    found = led(**{**SHARES, "heating_share": Q_(40, "percent")})
    cooling, heating, last = found.table[-3:]
    assert cooling.quantity == heating.quantity
    assert last.formula.endswith(f"+{cooling.symbol}-{heating.symbol}")
    same = MEASURES["setpoint_relaxation"].function(
        carrier="electricity",
        cooling_use=Q_(9000, "kWh"),
        heating_use=Q_(9000, "kWh"),
        cooling_change=Q_(1, "degC"),
        heating_change=Q_(1, "degC"),
        cooling_rate=Q_(5, "percent/degC"),
        heating_rate=Q_(5, "percent/degC"),
    )
    rows = [r.symbol for r in same.table if r.label.ja.endswith("の削減量")][:2]
    assert same.table[-1].formula == "+".join(rows)
    assert same.table[-1].quantity.magnitude == pytest.approx(900)


def test_fuel_is_added_in_its_own_unit() -> None:
    found = MEASURES["setpoint_relaxation"].function(
        carrier="kerosene",
        cooling_use=Q_(100, "L"),
        heating_use=Q_(1000, "L"),
        cooling_change=Q_(1, "degC"),
        heating_change=Q_(1, "degC"),
        cooling_rate=Q_(5, "percent/degC"),
        heating_rate=Q_(10, "percent/degC"),
    )
    last = found.table[-1]
    assert (last.label.ja, last.unit) == ("合計の削減量", "L/年")
    assert last.quantity.magnitude == pytest.approx(105)


def test_one_effect_needs_no_sum() -> None:
    assert led().table[-1].label.ja == "削減電力量"
