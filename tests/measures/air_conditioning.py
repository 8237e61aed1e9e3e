"""Inputs of the measures of air conditioning that are right, and what their results and errors hold."""

from __future__ import annotations

import pytest

from carbonlib.units import Q_

NAMEPLATE = {
    "name": "売場",
    "count": Q_(2, "piece"),
    "cooling_power": Q_(5, "kW"),
    "cooling_hours": Q_(1200, "h"),
    "cooling_load_factor": Q_(25, "percent"),
    "heating_power": Q_(6, "kW"),
    "heating_hours": Q_(800, "h/year"),
    "heating_load_factor": Q_(0.5, ""),
    "apf_before": Q_(3, ""),
    "apf_after": Q_(6, ""),
    "ageing": Q_(10, "percent"),
}
METERED = {"name": "事務室", "cooling_use": Q_(1641, "kWh"), "heating_use": Q_(1404, "kWh/year")}
REFRIGERANT = {
    "refrigerant_before": "R22",
    "refrigerant_after": "R32",
    "charge_before": Q_(10, "kg"),
    "charge_after": Q_(8, "kg"),
}
SEASONS = {
    "cooling_use": Q_(20000, "kWh"),
    "heating_use": Q_(10000, "kWh"),
    "cooling_change": Q_(2, "degC"),
    "heating_change": Q_(1, "degC"),
}
GOOD = {
    "air_conditioner_replacement": {
        "units": [METERED, NAMEPLATE],
        **REFRIGERANT,
        "leak_before": Q_(5, "percent"),
        "leak_after": Q_(3, "percent"),
    },
    "gas_air_conditioner_replacement": {
        "carrier": "city_gas",
        "gas_use": Q_(10000, "m3_metered"),
        "calorific_value": Q_(45, "MJ/m3"),
        "cooling_share": Q_(60, "percent"),
        "gas_cop_cooling": Q_(1.2, ""),
        "gas_cop_heating": Q_(1.3, ""),
        "own_electricity": Q_(3000, "kWh"),
        "apf_after": Q_(5, ""),
        "added_power": Q_(20, "kW"),
    },
    "air_conditioner_cleaning": {
        "carrier": "city_gas",
        "cooling_use": Q_(3000, "m3_metered"),
        "heating_use": Q_(2000, "m3_metered"),
        "dirty_share": Q_(50, "percent"),
        "filter_rate": Q_(4, "percent"),
        "fin_rate": Q_(5, "percent"),
    },
    "setpoint_relaxation": {
        **SEASONS,
        "cooling_rate": Q_(7, "percent/degC"),
        "heating_rate": Q_(0.05, "1/degC"),
    },
    "circulator_fans": {
        **SEASONS,
        "cooling_difference": Q_(3, "degC"),
        "heating_difference": Q_(5, "degC"),
        "count": Q_(4, "piece"),
        "power": Q_(40, "W"),
        "hours": Q_(1500, "h"),
    },
}
BY_DAYS = {
    **SEASONS,
    "cooling_degree_days": Q_(400, "degC*d"),
    "cooling_degree_days_relaxed": Q_(300, "degC*d"),
    "heating_degree_days": Q_(1000, "degC*d"),
    "heating_degree_days_relaxed": Q_(900, "degC*d"),
}


def amounts(saving, carrier="electricity"):
    return {e.end_use: pytest.approx(e.saved.magnitude) for e in saving.effects if e.carrier == carrier}


def subjects(raised):
    return [f.subject for f in raised.value.findings]
