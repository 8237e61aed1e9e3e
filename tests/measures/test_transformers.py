"""Transformers: the published replacements, hand-worked losses, what the physics says, and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.measures import MEASURES, MeasureError
from carbonlib.measures.direct import before_after
from carbonlib.measures.transformers import transformer_consolidation, transformer_replacement
from carbonlib.units import Q_
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements

UNIT = {
    "name": "電灯 300 kVA",
    "rated": Q_(300, "kVA"),
    "no_load_before": Q_(800, "W"),
    "load_loss_before": Q_(4, "kW"),
    "no_load_after": Q_(380, "W"),
    "load_loss_after": Q_(3000, "W"),
}
OLD = {"rated": Q_(100, "kVA"), "no_load": Q_(300, "W"), "load_loss": Q_(1500, "W")}
GOOD = {
    "transformer_replacement": {
        "transformers": [
            UNIT,
            {**UNIT, "name": "動力", "rated_after": Q_(200, "kVA"), "year": Q_(1985, "year")},
        ],
        "load": [30.0, 90.0] * 8760,
        "power_factor": Q_(95, "percent"),
    },
    "transformer_consolidation": {
        "before": [OLD, {**OLD, "load_share": Q_(10, "percent"), "year": Q_(1993, "year")}],
        "after": [{**OLD, "hours_off": Q_(720, "h/year"), "peak": Q_(60, "kVA")}],
    },
}
MEASURED = {
    "transformer_replacement": {"transformers": [{**UNIT, "load_share": Q_(20, "percent")}]},
    "transformer_consolidation": GOOD["transformer_consolidation"],
}


def saved(saving):
    return saving.saved("electricity").to("kWh").magnitude


def before(saving):
    return saving.effects[0].before.to("kWh").magnitude


def replaced(m=20.0, **instead):
    unit = {**UNIT, "load_share": Q_(m, "percent"), **{k: Q_(v, "W") for k, v in instead.items()}}
    return transformer_replacement(transformers=[unit])


# --- published: Saitama deck 2025-10-28, 補助金の利用例 (grant_examples.csv)


@pytest.mark.parametrize(
    ("kwh_before", "kwh_after", "kwh_saved", "kw_before", "kw_after"),
    [
        (15_081, 8_616, 6_465, 1.72, 0.98),  # tr300; the mean losses are those of the design notes
        (69_216, 17_593, 51_623, 7.90, 2.01),  # tr1030
    ],
)
def test_published_replacements_by_their_losses_before_and_after(
    kwh_before, kwh_after, kwh_saved, kw_before, kw_after
):
    done = before_after(carrier="electricity", before=Q_(kwh_before, "kWh"), after=Q_(kwh_after, "kWh"))
    assert saved(done) == kwh_saved
    assert [round(kwh / 8760, 2) for kwh in (kwh_before, kwh_after)] == [kw_before, kw_after]


def test_the_printed_losses_of_tr300_give_its_printed_energy_as_far_as_two_decimals_carry():
    """The deck prints no P₀, Pₖ or load: here the whole loss stands as constant, 1.72 kW and 0.98 kW."""
    done = replaced(0, no_load_before=1720, no_load_after=980)
    assert before(done) == pytest.approx(15_081, abs=0.005 * 8760)
    assert before(done) - saved(done) == pytest.approx(8_616, abs=0.005 * 8760)


# --- by hand


def test_losses_before_and_after_by_hand():
    """(800 + 0.04·4000) W = 960 W and (380 + 0.04·3000) W = 500 W, for 8,760 h."""
    done = replaced(20)
    assert before(done) == pytest.approx(8409.6)
    assert saved(done) == pytest.approx(4029.6)


def test_half_hours_give_the_rms_load_and_not_the_mean():
    """30 and 90 kW by turns at 95 %: root of (900 + 8100)/2 = 67.08 kW, 70.61 kVA of 600 kVA; mean 60 kW."""
    done = transformer_replacement(**GOOD["transformer_replacement"])
    rms = next(r for r in done.table if r.unit == "kVA" and r.basis.ja.startswith("30分値 17,520 個"))
    assert rms.quantity.to("kVA").magnitude == pytest.approx(70.6127, abs=5e-5)
    square = (70.6127 / 600) ** 2
    small = square * (300 / 200) ** 2  # the second unit becomes one of 200 kVA under the same load
    watts = 2 * (800 + square * 4000) - (380 + square * 3000) - (380 + small * 3000)
    assert saved(done) == pytest.approx(watts * 8.76, rel=1e-5)
    steady = {**GOOD["transformer_replacement"], "load": [60.0] * 17520}
    assert before(transformer_replacement(**steady)) < before(done)


def test_a_steady_load_is_its_load_share():
    """57 kW at 95 % are 60 kVA, 20 % of 300 kVA."""
    done = transformer_replacement(transformers=[UNIT], load=[57.0] * 17568, power_factor=Q_(95, "percent"))
    assert saved(done) == pytest.approx(4029.6)


def test_the_load_share_is_a_standard_value_only_where_nothing_else_says_it():
    done = transformer_replacement(transformers=[UNIT])
    assert [(r.quantity.magnitude, r.evidence) for r in done.table if r.unit == "%"] == [(20.0, "assumption")]
    measured = transformer_replacement(**GOOD["transformer_replacement"])
    assert [r.how for r in measured.table if r.unit == "%"] == ["入力値"]  # the power factor alone


def test_consolidation_by_hand():
    """20 kVA and 10 kVA on two of 100 kVA: 2·300 + (0.04 + 0.01)·1500 = 675 W; on one: 300 + 0.09·1500 = 435 W."""
    done = transformer_consolidation(**GOOD["transformer_consolidation"])
    assert before(done) == pytest.approx(675 * 8.760)
    assert before(done) - saved(done) == pytest.approx(435 * (8.760 - 0.720))
    share = next(r for r in done.table if r.label.en.startswith("rms load over the rating after"))
    assert share.quantity.to("percent").magnitude == pytest.approx(30)


def test_switching_one_unit_off_out_of_season():
    """The summer unit, unloaded in the other eight months, saves its 300 W for 5,840 h there."""
    unit = {**OLD, "load_share": Q_(0, "percent")}
    done = transformer_consolidation(before=[unit], after=[{**unit, "hours_off": Q_(5840, "h")}])
    assert saved(done) == pytest.approx(1752)


# --- findings


def ids(saving):
    return [f.id for f in saving.findings]


def test_oil_of_units_up_to_1993_is_to_be_tested_for_pcb():
    """環境省, http://pcb-soukishori.env.go.jp/teinoudo/about: 平成5年（1993年）以前."""
    for year, found in ((1985, ["transformer.pcb"]), (1993, ["transformer.pcb"]), (1994, [])):
        unit = {**UNIT, "year": Q_(year, "year")}
        assert ids(transformer_replacement(transformers=[unit])) == found
    assert ids(transformer_replacement(transformers=[UNIT])) == []


def test_a_peak_above_the_limit_is_a_finding_and_none_is_said_to_be_unknown():
    unit = {**OLD, "load_share": Q_(20, "percent")}
    for peak, found in ((80, []), (80.1, ["transformer.peak"]), (None, ["transformer.peak_unknown"])):
        after = unit if peak is None else {**unit, "peak": Q_(peak, "kVA")}
        assert ids(transformer_consolidation(before=[unit], after=[after])) == found
    strict = transformer_consolidation(
        before=[unit], after=[{**unit, "peak": Q_(70, "kVA")}], peak_limit=Q_(60, "percent")
    )
    assert "70.0 %" in strict.findings[0].message.ja
    assert "60 %" in strict.findings[0].message.ja


def test_the_two_exclude_each_other():
    assert MEASURES["transformer_replacement"].excludes == ("transformer_consolidation",)
    assert MEASURES["transformer_consolidation"].excludes == ("transformer_replacement",)


# --- properties

watts = st.floats(0, 20_000)
percents = st.floats(0, 150)


@given(m=percents, p0=watts, pk=watts, q0=watts, qk=watts, more=watts)
def test_replacement_follows_its_inputs(m, p0, pk, q0, qk, more):
    losses = {"no_load_before": p0, "load_loss_before": pk, "no_load_after": q0, "load_loss_after": qk}
    done = replaced(m, **losses)
    assert saved(done) <= before(done) + 1e-9
    assert saved(replaced(m, **{**losses, "no_load_before": p0 + more})) >= saved(done) - 1e-6
    assert saved(replaced(m, **{**losses, "load_loss_after": qk + more})) <= saved(done) + 1e-6
    assert disagreements(done) == []
    same = {**losses, "no_load_after": p0, "load_loss_after": pk}
    assert saved(replaced(m, **same)) == 0


@given(m=st.floats(0, 75), hours=st.floats(0, 8784))
def test_consolidation_follows_its_inputs(m, hours):
    units = [{**OLD, "load_share": Q_(m, "percent")}] * 2
    done = transformer_consolidation(before=units, after=[OLD], hours=Q_(hours, "h"))
    assert saved(done) <= before(done) + 1e-9
    assert disagreements(done) == []
    # the same units under the same load lose the same
    assert saved(transformer_consolidation(before=units, after=[OLD, OLD])) == pytest.approx(0, abs=1e-6)


def test_no_hours_save_nothing():
    none = Q_(0, "h")
    assert saved(transformer_replacement(**GOOD["transformer_replacement"], hours=none)) == 0
    assert saved(transformer_consolidation(before=[OLD, OLD], after=[OLD], hours=none)) == 0


@pytest.mark.parametrize("id", GOOD)
def test_the_printed_formulas_give_the_result(id):
    for good in (GOOD[id], MEASURED[id]):
        done = MEASURES[id].function(**good)
        assert disagreements(done) == []
        assert done.table[-1].quantity == done.effects[0].saved


# --- refusals


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(GOOD)))
def test_a_wrong_unit_is_named(id, name, inner):
    good = MEASURED[id] if inner == "load_share" else GOOD[id]
    assert expected(name, inner, good)[0] in subjects_when_wrong(id, name, inner, good)


def subjects(measure, **given):
    with pytest.raises(MeasureError) as raised:
        measure(**given)
    return [f.subject for f in raised.value.findings]


def test_what_does_not_go_together_is_refused():
    both = {**GOOD["transformer_replacement"], "transformers": [{**UNIT, "load_share": Q_(20, "percent")}]}
    assert subjects(transformer_replacement, **both) == ["transformers.1.load_share"]
    lacking = {k: v for k, v in GOOD["transformer_replacement"].items() if k != "power_factor"}
    assert subjects(transformer_replacement, **lacking) == ["power_factor"]
    some = [{**OLD, "load_share": Q_(20, "percent")}, OLD]
    assert subjects(transformer_consolidation, before=[OLD], after=some) == ["after.2.load_share"]
    off = [{**OLD, "hours_off": Q_(8700, "h")}]
    assert subjects(transformer_consolidation, before=[OLD], after=off, hours=Q_(8000, "h")) == [
        "after.1.hours_off"
    ]
    assert subjects(transformer_replacement, transformers=[UNIT], load=[1.0] * 48) == [
        "load",
        "power_factor",
    ]
