"""Compressed air: the figures of the design notes, hand-worked bins, what the physics says, and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.measures import MEASURES, MeasureError
from carbonlib.measures.compressed_air import compressor_filter_cleaning, compressor_pressure_reduction
from carbonlib.measures.compressors import compressor_replacement
from carbonlib.units import Q_, parse
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements

ENERGY = Q_(100_000, "kWh")
BINS = [
    {"name": "昼", "hours": Q_(1000, "h"), "flow": Q_(80, "percent")},
    {"name": "夜", "hours": Q_(2000, "h/year"), "flow": Q_(30, "percent")},
]
CONTROL = {"control_before": "load_unload", "control_after": "inverter"}
GOOD = {
    "compressor_pressure_reduction": {
        "energy": ENERGY,
        "pressure_before": Q_(0.7, "MPa"),
        "pressure_after": Q_(600, "kPa"),
        "open_share": Q_(20, "percent"),
        "needed": Q_(0.5, "MPa"),
    },
    "compressor_filter_cleaning": {
        "energy": ENERGY,
        "pressure": Q_(0.7, "MPa"),
        "drop_before": Q_(4, "kPa"),
        "inlet_before": Q_(40, "degC"),
        "inlet_after": Q_(30, "degC"),
    },
    "compressor_replacement": {
        **CONTROL,
        "specific_power_before": parse("7.0 kW/(m3/min)", volume_basis="geometric"),
        "capacity_before": Q_(6, "m3/min"),
        "specific_power_after": Q_(6, "kW*min/m3"),
        "capacity_after": Q_(8, "m3/min"),
        "bins": BINS,
    },
}
RATED = {**CONTROL, "rated_before": Q_(42, "kW"), "rated_after": Q_(48, "kW"), "bins": BINS}


def saved(saving):
    return saving.saved("electricity").to("kWh").magnitude


def before(saving):
    return saving.effects[0].before.to("kWh").magnitude


def rate(measure, **given):
    """Return the share saved in %, of 100,000 kWh."""
    return saved(measure(energy=ENERGY, **given)) / 1000


def by_pressure(first, second, **more):
    return rate(
        compressor_pressure_reduction,
        pressure_before=Q_(first, "MPa"),
        pressure_after=Q_(second, "MPa"),
        **more,
    )


def by_filter(kpa, clean=0.0, **more):
    drops = {"drop_before": Q_(kpa, "kPa"), "drop_after": Q_(clean, "kPa")}
    return rate(compressor_filter_cleaning, pressure=Q_(0.7, "MPa"), **drops, **more)


# --- the figures of the design notes of the measures, at printed precision


def test_a_pressure_of_0_6_instead_of_0_7_mpa():
    assert round(by_pressure(0.7, 0.6), 1) == 8.4
    assert round(by_pressure(0.7, 0.6, stages="two_stages"), 1) == 7.4


def test_a_clean_filter_and_cooler_air():
    assert round(by_filter(1), 1) == 0.6
    assert round(by_filter(4), 1) == 2.5
    air = {"inlet_before": Q_(40, "degC"), "inlet_after": Q_(30, "degC")}
    assert round(by_filter(0, **air), 1) == 3.2  # 1 − 303.15/313.15


# --- by hand


def test_leaks_fall_with_the_absolute_pressure():
    """0.8013 → 0.7013 MPa: 12.48 % fewer leaks; of a 20 % share and what is left of 91.62 %: 2.2867 %."""
    r = by_pressure(0.7, 0.6)
    assert by_pressure(0.7, 0.6, open_share=Q_(20, "percent")) - r == pytest.approx(
        (100 - r) * 0.2 * 0.1 / 0.8013
    )


def test_filter_and_cooler_air_multiply():
    air = {"inlet_before": Q_(40, "degC"), "inlet_after": Q_(30, "degC")}
    both, one, other = by_filter(4, **air), by_filter(4), by_filter(0, **air)
    assert 1 - both / 100 == pytest.approx((1 - one / 100) * (1 - other / 100))


def test_bins_by_hand():
    """42 kW·(0.4 + 0.6·0.8)·1000 h + 42·(0.4 + 0.6·0.3)·2000 = 36,960 + 48,720 kWh; after, at 3/4 of the share,
    48·(0.1 + 0.9·0.6)·1000 + 48·(0.1 + 0.9·0.225)·2000 = 30,720 + 29,040 kWh."""
    done = compressor_replacement(**GOOD["compressor_replacement"])
    assert before(done) == pytest.approx(85_680)
    assert saved(done) == pytest.approx(85_680 - 59_760)


def test_without_capacities_the_share_of_flow_is_the_same():
    """48·(0.1 + 0.9·0.8)·1000 + 48·(0.1 + 0.9·0.3)·2000 = 39,360 + 35,520 kWh."""
    assert saved(compressor_replacement(**RATED)) == pytest.approx(85_680 - 74_880)


def test_at_full_flow_the_control_makes_no_difference():
    full = {**RATED, "bins": [{"hours": Q_(100, "h"), "flow": Q_(100, "percent")}]}
    for control in ("inlet_throttle", "load_unload", "inverter"):
        assert before(compressor_replacement(**{**full, "control_before": control})) == pytest.approx(4200)


def test_standard_values_hang_on_the_choice_and_are_marked():
    floors = []
    for control in ("inlet_throttle", "load_unload", "inverter"):
        done = compressor_replacement(**{**RATED, "control_before": control})
        row = next(r for r in done.table if r.label.ja == "既設の無負荷時の動力比 c")
        floors.append((row.quantity.magnitude, row.how, row.evidence))
    assert floors == [(c, "標準値", "assumption") for c in (0.7, 0.4, 0.1)]
    own = compressor_replacement(**RATED, floor_before=Q_(0.45, ""))
    assert saved(own) > saved(compressor_replacement(**RATED))


def test_a_pressure_below_what_is_needed_is_a_finding():
    good = GOOD["compressor_pressure_reduction"]
    assert compressor_pressure_reduction(**good).findings == ()
    (found,) = compressor_pressure_reduction(**{**good, "needed": Q_(0.65, "MPa")}).findings
    assert (found.id, found.severity) == ("compressor.pressure", "warning")
    assert (
        "吐出圧力 0.6 MPa は末端の必要圧力 0.65 MPa を下回ります" in found.message.ja
    )  # as entered, not rounded


# --- properties

pressures = st.floats(0.1, 1.5)
stages = st.sampled_from(["one_stage", "two_stages"])


@given(first=pressures, second=pressures, less=st.floats(0, 0.09), stages=stages)
def test_the_lower_the_pressure_the_more_is_saved(first, second, less, stages):
    r = by_pressure(first, second, stages=stages)
    assert r <= 100
    assert by_pressure(first, second - less, stages=stages) >= r - 1e-9
    assert by_pressure(first, first, stages=stages) == 0
    if abs(first - second) > 1e-6:
        assert (r > 0) == (second < first)


@given(dirty=st.floats(0, 45), clean=st.floats(0, 45), more=st.floats(0, 5), stages=stages)
def test_the_dirtier_the_filter_was_the_more_is_saved(dirty, clean, more, stages):
    r = by_filter(dirty, clean, stages=stages)
    assert r <= 100
    assert by_filter(min(dirty + more, 45), clean, stages=stages) >= r - 1e-9
    assert by_filter(clean, clean, stages=stages) == 0


@given(kw=st.floats(0.1, 300), c=st.floats(0, 1), q=st.floats(0, 100), hours=st.floats(0, 8784))
def test_replacement_follows_its_inputs(kw, c, q, hours):
    one = {"hours": Q_(hours, "h"), "flow": Q_(q, "percent")}
    kws = {"rated_before": Q_(kw, "kW"), "rated_after": Q_(kw, "kW")}
    floors = {"floor_before": Q_(c, ""), "floor_after": Q_(c, "")}
    assert saved(compressor_replacement(**CONTROL, **kws, **floors, bins=[one])) == 0
    done = compressor_replacement(**CONTROL, **kws, **{**floors, "floor_before": Q_(1, "")}, bins=[one])
    assert -1e-9 <= saved(done) <= before(done) + 1e-9
    assert before(done) == pytest.approx(kw * hours)
    assert disagreements(done) == []


def test_no_hours_and_no_energy_save_nothing():
    for id in ("compressor_pressure_reduction", "compressor_filter_cleaning"):
        assert saved(MEASURES[id].function(**{**GOOD[id], "energy": Q_(0, "kWh")})) == 0
    idle = [{"hours": Q_(0, "h"), "flow": Q_(80, "percent")}]
    assert saved(compressor_replacement(**{**GOOD["compressor_replacement"], "bins": idle})) == 0


@pytest.mark.parametrize("id", GOOD)
def test_the_printed_formulas_give_the_result(id):
    done = MEASURES[id].function(**GOOD[id])
    assert disagreements(done) == []
    assert done.table[-1].quantity == done.effects[0].saved


# --- refusals


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(GOOD)))
def test_a_wrong_unit_is_named(id, name, inner):
    good = RATED if name.startswith("rated_") else GOOD[id]
    assert expected(name, inner, good)[0] in subjects_when_wrong(id, name, inner, good)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"capacity_after": None}, ["capacity_after"]),
        ({"capacity_before": None, "capacity_after": None}, ["capacity_before", "capacity_after"]),
        ({"rated_before": Q_(42, "kW")}, ["rated_before"]),
        ({"capacity_after": Q_(4, "m3/min")}, ["bins.1.flow"]),
        ({"bins": [{**BINS[0], "hours": Q_(8000, "h")}, BINS[1]]}, ["bins"]),
        ({"control_before": "吸込絞り"}, ["control_before"]),
        ({"control_after": None}, ["control_after"]),
    ],
)
def test_a_replacement_that_cannot_be_is_refused(changes, named):
    given = {k: v for k, v in {**GOOD["compressor_replacement"], **changes}.items() if v is not None}
    with pytest.raises(MeasureError) as raised:
        compressor_replacement(**given)
    assert [f.subject for f in raised.value.findings] == named


def test_one_inlet_temperature_alone_is_refused():
    with pytest.raises(MeasureError) as raised:
        by_filter(4, inlet_after=Q_(30, "degC"))
    assert [f.subject for f in raised.value.findings] == ["inlet_before"]
