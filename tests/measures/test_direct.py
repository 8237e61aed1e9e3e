"""Measures by their use before and after: a change of fuel in one proposal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from carbonlib.errors import CarbonlibError
from carbonlib.factors import carriers
from carbonlib.measures import MeasureError
from carbonlib.measures.direct import fuel_switch
from carbonlib.proposals.applications import application_of
from carbonlib.units import Q_
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements
from tests.proposals.test_views import changed

GOOD = {
    "uses": [
        {"carrier": "kerosene", "before": Q_(10_000, "L"), "after": Q_(0, "L")},
        {"carrier": "lpg", "before": Q_(0, "m3_lpg"), "after": Q_(3_800, "m3_lpg")},
    ]
}
# 補助金の利用例, EHP + GHP (Saitama deck 2025-10-28): 30,027 kWh and 26,675 m3 → 7,297 kWh and 11,924 m3
DECK = [
    {"carrier": "electricity", "before": "30,027 kWh/年", "after": "7,297 kWh/年"},
    {"carrier": "lpg", "before": "26,675 m3/年", "after": "11,924 m3/年"},
]


def proposal(uses: list[dict[str, Any]]) -> dict[str, Any]:
    return {"measure": "fuel_switch", "load": {"use": "heating"}, "inputs": {"uses": uses}}


def test_the_published_example_of_two_carriers_is_one_proposal(tmp_path: Path) -> None:
    found = changed(tmp_path, "4", proposal(DECK))
    one = found.evaluation.item("4")
    assert one.alone.saved("electricity") == 30_027 - 7_297
    assert [(e.carrier, float(e.saved.magnitude), e.cross) for e in one.saving.effects] == [
        ("electricity", 22_730, False),
        ("lpg", 14_751, True),
    ]
    # both are before the subsidy office, under the class of equipment 燃料転換
    application = application_of(one, found.company, found.account, 2025)
    assert application.equipment == ("fuel_switch",)
    assert list(application.energy_saved) == ["electricity", "lpg"]
    label = carriers()["electricity"].label_ja
    assert [r.label.ja for r in one.saving.table][:2] == [
        f"{label}: 既設の消費量",
        f"{label}: 更新後の消費量",
    ]
    assert found.money["4"].life.magnitude == 15  # that of a change of fuel, not of other equipment


def test_a_new_fuel_counts_against_the_old_one(tmp_path: Path) -> None:
    """灯油 → LPG: what is saved stands first, whichever is written first; a subsidy is judged on the net."""
    uses = [
        {"carrier": "lpg", "before": "0 kg/年", "after": "3,000 kg/年"},
        {"carrier": "kerosene", "before": "4,000 L/年", "after": "0 L/年"},
    ]
    found = changed(tmp_path, "4", proposal(uses))
    one = found.evaluation.item("4")
    assert [(e.carrier, e.cross) for e in one.saving.effects] == [("kerosene", False), ("lpg", True)]
    saved = application_of(one, found.company, found.account, 2025).energy_saved
    assert {c: float(q.magnitude) for c, q in saved.items()} == {"kerosene": 4_000, "lpg": -3_000}
    alone = {a.carrier: a.saved for a in one.alone.amounts}
    assert alone == {"kerosene": 4_000, "lpg": -3_000}
    only_kerosene = changed(tmp_path / "old", "4", proposal(uses[1:])).evaluation.item("4")
    assert 0 < one.alone.co2_reduction_t < only_kerosene.alone.co2_reduction_t


def test_the_table_adds_up_in_the_unit_of_each_carrier() -> None:
    done = fuel_switch(**GOOD)
    assert disagreements(done) == []
    assert [(r.formula, r.unit) for r in done.table if r.formula] == [("①-②", "L/年"), ("③-④", "m3/年")]
    # two gases print m3 and are not the same m3
    gases = [
        {"carrier": "lpg", "before": Q_(10, "m3_lpg"), "after": Q_(4, "m3_lpg")},
        {"carrier": "city_gas", "before": Q_(20, "m3_metered"), "after": Q_(5, "m3_metered")},
    ]
    units = [str(r.quantity.units) for r in fuel_switch(uses=gases).table if r.formula]
    assert units == ["lpg_cubic_meter", "metered_cubic_meter"]


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(["fuel_switch"])))
def test_what_does_not_fit_is_named(id: str, name: str, inner: str) -> None:
    assert subjects_when_wrong(id, name, inner, GOOD) == expected(name, inner, GOOD)


@pytest.mark.parametrize(
    ("row", "subject"),
    [
        ({"carrier": "kerosene", "before": Q_(1, "L"), "after": Q_(0, "L")}, "uses.2.carrier"),
        ({"carrier": "lpg", "before": Q_(1, "kg"), "after": Q_(0, "m3_lpg")}, "uses.2.after"),
        ({"before": Q_(1, "kg"), "after": Q_(0, "kg")}, "uses.2.carrier"),
    ],
)
def test_rows_that_do_not_go_together_are_refused(row: dict[str, Any], subject: str) -> None:
    with pytest.raises(MeasureError) as raised:
        fuel_switch(uses=[GOOD["uses"][0], row])
    assert [f.subject for f in raised.value.findings] == [subject]


def test_a_row_without_its_carrier_is_named_once_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(CarbonlibError) as raised:
        changed(tmp_path, "4", proposal([{"before": "4,000 L/年", "after": "0 L/年"}]))
    assert ["「uses.1.carrier」" in f.message.ja for f in raised.value.findings] == [True]
