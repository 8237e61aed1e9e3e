"""Air conditioning: published and hand-worked figures, and what the physics says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.measures.air_conditioning import air_conditioner_replacement
from carbonlib.measures.air_conditioning_use import air_conditioner_cleaning
from carbonlib.measures.direct import before_after
from carbonlib.measures.gas_air_conditioning import gas_air_conditioner_replacement
from carbonlib.measures.setpoints import circulator_fans, setpoint_relaxation
from carbonlib.units import Q_, read_number
from tests.measures.air_conditioning import (
    BY_DAYS,
    GOOD,
    METERED,
    NAMEPLATE,
    REFRIGERANT,
    amounts,
)

FACTS = Path(__file__).parents[1] / "data" / "facts"
PUBLISHED = {
    row["id"]: row["value_as_published"]
    for row in csv.DictReader((FACTS / "worked_examples.csv").read_text("utf-8").splitlines())
}


def published(id):
    return float(read_number(PUBLISHED[id]))


# --- published


def test_cleaning_as_the_prefecture_of_aichi_has_it():
    """愛知県「空調室内機のフィルター清掃」: 66,000 kWh × 8 % = 5,280 kWh."""
    done = air_conditioner_cleaning(
        cooling_use=Q_(66000, "kWh"),
        dirty_share=Q_(100, "percent"),
        filter_rate=Q_(8, "percent"),
        fin_rate=Q_(0, "percent"),
    )
    assert done.saved("electricity").magnitude == pytest.approx(5280)


def test_the_published_proposal_no_4_by_its_rows():
    """Saitama deck 2025-10-28, proposal No. 4: four rows of units, 127,740 → 60,961 kWh."""
    rows = [(612, 209), (121973, 58934), (3045, 1117), (2110, 701)]
    done = [before_after(before=Q_(a, "kWh"), after=Q_(b, "kWh")) for a, b in rows]
    before = sum(s.effects[0].before.magnitude for s in done)
    assert before == published("ac.before")
    assert before - sum(s.saved("electricity").magnitude for s in done) == published("ac.after")


def test_a_published_row_of_units_with_cooling_and_heating_apart():
    """Saitama deck 2025-10-28, proposal No. 4, row of the 22.4 kW unit: 1,641 + 1,404 kWh."""
    done = air_conditioner_replacement(units=[METERED])
    assert sum(e.before.magnitude for e in done.effects) == published("ac.row.b224")


def test_the_published_grant_examples_of_air_conditioners():
    """Saitama deck 2025-10-28, 補助金の利用例: one unit, and EHP with GHP (which gas is not printed)."""

    def saved(example, before, after, carrier, unit):
        amount = [Q_(published(f"exin.{example}.{n}"), unit) for n in (before, after)]
        return before_after(carrier=carrier, before=amount[0], after=amount[1]).saved(carrier).magnitude

    assert saved("ac4hp", 3, 4, "electricity", "kWh") == published("ex.ac4hp.kwh_saved")
    assert saved("ehpghp", 3, 5, "electricity", "kWh") == 22730  # 30,027 − 7,297
    assert saved("ehpghp", 4, 6, "city_gas", "m3_metered") == 14751  # 26,675 − 11,924


# --- by hand


def test_seasons_are_replaced_apart():
    """2 × 5 kW × 1,200 h × 25 % = 3,000 kWh and 2 × 6 × 800 × 50 % = 4,800 kWh; APF 3 × 0.9 = 2.7 → 6: 45 % is left."""
    done = air_conditioner_replacement(units=[NAMEPLATE])
    assert amounts(done) == {"cooling": 1650, "heating": 2640}
    assert [e.before.magnitude for e in done.effects] == pytest.approx([3000, 4800])
    assert done.refrigerant is None


def test_usual_values_stand_in_and_say_so():
    """APF 3.0 → 5.5 without ageing saves 1 − 3.0/5.5 of 1,641 kWh = 745.9 kWh."""
    done = air_conditioner_replacement(units=[METERED])
    assert done.effects[0].saved.magnitude == pytest.approx(745.909, abs=1e-3)
    assumed = {r.label.ja for r in done.table if r.evidence == "assumption"}
    assert assumed == {
        f"事務室: {x}"
        for x in ("既設の APF（新品時）", "経年による効率の低下", "更新後の APF（通年エネルギー消費効率）")
    }


def test_refrigerant_stays_in_its_own_line():
    """10 kg × 5 % × 1,810 = 0.905 t less 8 kg × 3 % × 675 = 0.162 t."""
    done = air_conditioner_replacement(**GOOD["air_conditioner_replacement"])
    assert done.refrigerant.units == Q_(1, "t_CO2e_AR4").units
    assert done.refrigerant.magnitude == pytest.approx(0.743)
    assert {e.carrier for e in done.effects} == {"electricity"}
    (note,) = done.findings
    assert (note.id, note.severity) == ("measure.refrigerant_outside_act", "note")
    assert "HCFC" in note.message.ja


def test_another_set_of_potentials_is_another_unit():
    """10 kg × 3 % × 1,760 less 8 kg × 3 % × 677 = 0.528 − 0.16248 t under AR5, with the usual leakage."""
    done = air_conditioner_replacement(units=[METERED], gwp_set="AR5", **REFRIGERANT)
    assert done.refrigerant.to("t_CO2e_AR5").magnitude == pytest.approx(0.36552)


def test_gas_goes_and_electricity_comes():
    """6,000 m3 × 45 MJ × 1.2 / 5 / 3.6 = 18,000 kWh for cooling, 4,000 × 45 × 1.3 / 5 / 3.6 = 13,000 kWh for heating."""
    done = gas_air_conditioner_replacement(**GOOD["gas_air_conditioner_replacement"])
    assert amounts(done, "city_gas") == {"cooling": 6000, "heating": 4000}
    assert amounts(done) == {"cooling": 1800 - 18000, "heating": 1200 - 13000}
    assert done.saved("city_gas").units == Q_(1, "m3_metered").units
    assert done.peak_cut == Q_(-20, "kW")
    assert [f.id for f in done.findings] == ["measure.contract_demand"]
    assert [e.cross for e in done.effects] == [False, False, True, True]


def test_cleaning_of_gas_air_conditioners():
    """1 − 0.96 × 0.95 = 8.8 %; of 3,000 m3, half of it dirty: 132 m3."""
    done = air_conditioner_cleaning(**GOOD["air_conditioner_cleaning"])
    assert amounts(done, "city_gas") == {"cooling": 132, "heating": 88}


def test_setpoints_by_rate_and_by_degree_days():
    """20,000 kWh × 7 % × 2 K and 10,000 kWh × 5 % × 1 K; by degree days 1 − 300/400 and 1 − 900/1,000."""
    by_rate = setpoint_relaxation(**GOOD["setpoint_relaxation"])
    assert amounts(by_rate) == {"cooling": 2800, "heating": 500}
    assert amounts(setpoint_relaxation(**BY_DAYS)) == {"cooling": 5000, "heating": 1000}


def test_the_kelvins_of_setpoints_and_circulators_are_the_same_claim():
    setpoint = setpoint_relaxation(**GOOD["setpoint_relaxation"])
    circulators = circulator_fans(**GOOD["circulator_fans"])
    assert setpoint.claims == circulators.claims
    assert setpoint.claims == {"cooling.setpoint": Q_(2, "degC"), "heating.setpoint": Q_(1, "degC")}


def test_circulators_use_electricity_themselves_whatever_the_heat_source_burns():
    """3,000 m3 × 10 % × 1 K; 4 × 40 W × 1,500 h = 240 kWh."""
    done = circulator_fans(
        carrier="city_gas",
        heating_use=Q_(3000, "m3_metered"),
        count=Q_(4, "piece"),
        power=Q_(40, "W"),
        hours=Q_(1500, "h"),
    )
    assert amounts(done, "city_gas") == {"heating": 300}
    assert amounts(done) == {"ventilation": -240}


# --- what the physics says

RATE = st.floats(0, 100)
APF = st.floats(0.5, 15)


@given(use=st.floats(0, 1e6), before=APF, after=APF, ageing=st.floats(0, 90))
def test_a_replacement_never_saves_more_than_is_used_and_a_better_one_saves_more(use, before, after, ageing):
    def saved(apf):
        unit = {"cooling_use": Q_(use, "kWh"), "apf_before": Q_(before, ""), "ageing": Q_(ageing, "percent")}
        done = air_conditioner_replacement(units=[{**unit, "apf_after": Q_(apf, "")}])
        return done.saved("electricity").magnitude

    assert saved(after) <= use
    assert saved(15) >= saved(after)


@pytest.mark.parametrize("zero", ["count", "cooling_power", "cooling_hours", "cooling_load_factor"])
def test_no_units_power_hours_or_load_save_nothing_in_that_season(zero):
    row = {**NAMEPLATE, zero: 0 * NAMEPLATE[zero]}
    assert amounts(air_conditioner_replacement(units=[row]))["cooling"] == 0


@given(use=st.floats(0, 1e6), dirty=RATE, filters=RATE, fins=RATE)
def test_cleaning_never_saves_more_than_is_used_nor_anything_where_nothing_is_dirty(
    use, dirty, filters, fins
):
    def saved(share):
        done = air_conditioner_cleaning(
            cooling_use=Q_(use, "kWh"),
            dirty_share=Q_(share, "percent"),
            filter_rate=Q_(filters, "percent"),
            fin_rate=Q_(fins, "percent"),
        )
        return done.saved("electricity").magnitude

    assert 0 <= saved(dirty) <= use * (1 + 1e-12)
    assert saved(0) == 0


@given(use=st.floats(0, 1e6), kelvin=st.floats(0, 5), rate=st.floats(0, 10))
def test_more_kelvins_save_more_and_none_save_nothing(use, kelvin, rate):
    def saved(change):
        done = setpoint_relaxation(
            heating_use=Q_(use, "kWh"),
            heating_change=Q_(change, "degC"),
            heating_rate=Q_(rate, "percent/degC"),
        )
        return done.saved("electricity").magnitude

    assert saved(0) == 0 <= saved(kelvin) <= saved(kelvin + 1) <= use
