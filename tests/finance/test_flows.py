"""Present value, rate of return, the three cases and yen per tonne."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import UnitError
from carbonlib.finance import (
    abatement_cost,
    evaluate,
    irr,
    low_base_high,
    npv,
    yearly_flows,
)
from carbonlib.finance.flows import present_value
from carbonlib.units import Q_, Quantity


def flows_of(*values: float) -> list[Quantity]:
    return [Q_(v, "JPY") for v in values]


def percent(value: float) -> Any:
    return Q_(value, "percent/year")


amounts = st.integers(1, 10**9)
lives = st.integers(1, 40)
rates = st.floats(-20, 60)


def test_the_lighting_upgrade_of_a_utilitys_page() -> None:
    """12,000 for 16,000 over four years: payback in three years, 4,000 left, 7 % (biznetwork.touchstoneenergy.com)."""
    flows = yearly_flows(cost=Q_(12_000, "JPY"), saving=Q_(4_000, "JPY/year"), life=Q_(4, "year"))
    assert npv(flows, rate=percent(0)).magnitude == 4_000
    assert npv(flows, rate=percent(7)).magnitude == pytest.approx(4_000 * 3.387211 - 12_000, abs=0.01)


@pytest.mark.parametrize(("life", "low", "high"), [(10, 15, 15.5), (20, 19, 21)])
def test_the_textbooks_air_conditioner_earns_what_its_table_says(life: int, low: float, high: float) -> None:
    """Masters, Renewable and Efficient Electric Power Systems, ch. 5: 1,000 for 200 a year; "just over 15%" in ten
    years, "between 19% and 21%" in twenty."""
    got = irr(yearly_flows(cost=Q_(1000, "JPY"), saving=Q_(200, "JPY/year"), life=Q_(life, "year")))
    assert got.rate is not None
    assert low < got.rate.magnitude < high


@pytest.mark.parametrize(
    ("years", "rate", "printed"),
    [(1, 9, 0.92), (2, 9, 1.76), (3, 9, 2.53), (3, 15, 2.28), (3, 23, 2.01), (2, 39, 1.24)],
)
def test_the_textbooks_present_value_function(years: int, rate: float, printed: float) -> None:
    """Masters, table 5.4, at its printed digits."""
    assert round(present_value([0, *[1.0] * years], rate / 100), 2) == printed


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((-1000, 600, 600), "rate"),
        ((-1000, 500, 500), "rate"),
        ((-1000, 400, 400), "loses"),
        ((0, 100, 100), "no_cost"),
        ((100, 100), "no_cost"),
        ((100, -50), "no_cost"),
        ((-1000, 0, 0), "no_return"),
        ((-1000, -10), "no_return"),
        ((0, 0), "no_return"),
        ((-1000, 2300, -1320), "not_unique"),
        ((-1000, 2000, -2000), "none"),
        ((-100, 230, -132, 0), "not_unique"),
        ((-1000, 400, 400, 400, -100, 400), "rate"),
    ],
)
def test_every_outcome_of_the_rate_of_return(values: tuple[float, ...], kind: str) -> None:
    got = irr(flows_of(*values))
    assert got.kind == kind
    assert (got.rate is None) == (kind not in {"rate", "loses"})
    assert got.sentence.ja.endswith("。")
    assert got.sentence.en.endswith(".")


def test_several_rates_are_all_named() -> None:
    """(1+r−1.1)(1+r−1.2): 10 and 20 %; and the touching case 10 % twice is one rate."""
    assert irr(flows_of(-1000, 2300, -1320)).percents == pytest.approx((10, 20))
    assert irr(flows_of(-1000, 2200, -1210)).percents == pytest.approx((10,), abs=1e-6)
    three = irr(flows_of(-1, 3.6, -4.31, 1.716))  # (y−1.1)(y−1.2)(y−1.3)
    assert three.kind == "not_unique"
    assert three.percents == pytest.approx((10, 20, 30), abs=1e-4)


def test_a_power_conditioner_renewed_in_year_15_leaves_one_rate() -> None:
    flows = yearly_flows(
        cost=Q_(5_000_000, "JPY"),
        saving=Q_(450_000, "JPY/year"),
        life=Q_(20, "year"),
        fade=percent(0.5),
        renewals={15: Q_(900_000, "JPY")},
    )
    got = irr(flows)
    assert got.kind == "rate"
    assert got.rate is not None
    assert npv(flows, rate=got.rate).magnitude == pytest.approx(0, abs=1)
    assert flows[15].magnitude == pytest.approx(450_000 * 0.995**14 - 900_000)


@given(amounts, amounts, lives)
def test_the_present_value_at_the_rate_of_return_is_zero(cost: int, saving: int, life: int) -> None:
    flows = yearly_flows(cost=Q_(cost, "JPY"), saving=Q_(saving, "JPY/year"), life=Q_(life, "year"))
    got = irr(flows)
    assert got.kind == ("rate" if saving * life >= cost else "loses")
    assert got.rate is not None
    rate = got.rate.magnitude / 100
    scale = sum(abs(f.magnitude) / (1 + rate) ** t for t, f in enumerate(flows))
    assert abs(present_value([f.magnitude for f in flows], rate)) <= 1e-6 * scale


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=8))
def test_every_rate_of_any_flows_makes_the_present_value_zero(values: list[int]) -> None:
    for found in irr(flows_of(*values)).percents:
        rate = found / 100
        scale = sum(abs(v) / (1 + rate) ** t for t, v in enumerate(values))
        assert abs(present_value(values, rate)) <= 1e-4 * scale


@given(amounts, amounts, lives, rates)
def test_more_saving_is_worth_more(cost: int, saving: int, life: int, rate: float) -> None:
    worth = [
        npv(
            yearly_flows(cost=Q_(cost, "JPY"), saving=Q_(s, "JPY/year"), life=Q_(life, "year")),
            rate=percent(rate),
        ).magnitude
        for s in (saving, 2 * saving)
    ]
    assert worth[1] > worth[0]


@pytest.mark.parametrize("saving", [200, -200, 0])
def test_low_is_never_better_than_base_nor_base_than_high(saving: float) -> None:
    cases = low_base_high(
        cost=Q_(1000, "JPY"),
        saving=Q_(saving, "JPY/year"),
        life=Q_(10, "year"),
        rate=percent(3),
        saving_spread=Q_(20, "percent"),
        cost_spread=Q_(10, "percent"),
        subsidy=Q_(950, "JPY"),
        co2=Q_(1, "t_CO2/year"),
    )
    assert cases.low.npv_jpy <= cases.base.npv_jpy <= cases.high.npv_jpy
    assert cases.base.saving_jpy == saving
    assert cases.high.payback.after.kind == ("immediate" if saving > 0 else cases.base.payback.after.kind)


def test_yen_per_tonne_by_its_definition() -> None:
    got = abatement_cost(
        cost=Q_(4_230_000, "JPY"),
        saving=Q_(1_181_988, "JPY/year"),
        co2=Q_(33.06, "t_CO2/year"),
        life=Q_(10, "year"),
        rate=percent(3),
    )
    recovery = 0.03 / (1 - 1.03**-10)
    assert got.annualised_jpy == pytest.approx((4_230_000 * recovery - 1_181_988) / 33.06)
    assert got.lifetime_jpy == pytest.approx((4_230_000 - 11_819_880) / 330.6)
    assert got.capital_only_jpy == pytest.approx(4_230_000 / 330.6)
    assert got.annualised is not None
    assert got.annualised.units == Q_(1, "JPY/t_CO2").units
    assert got.annualised.magnitude < 0  # avoiding it saves money


@given(
    amounts,
    amounts,
    lives,
    st.floats(0, 10),
    st.floats(0, 3),
    st.dictionaries(st.integers(1, 40), st.integers(0, 10**6), max_size=3),
)
def test_a_tonne_costs_less_than_nothing_exactly_where_the_present_value_is_above_zero(
    cost: int, saving: int, life: int, rate: float, fade: float, renewals: dict[int, int]
) -> None:
    parts = {year: Q_(part, "JPY") for year, part in renewals.items()}
    terms: Any = {
        "cost": Q_(cost, "JPY"),
        "saving": Q_(saving, "JPY/year"),
        "life": Q_(life, "year"),
        "rate": percent(rate),
        "co2": Q_(2, "t_CO2/year"),
        "fade": percent(fade),
        "renewals": parts,
    }
    got, value = abatement_cost(**terms), evaluate(**terms)
    assert got.annualised_jpy is not None
    assert got == value.abatement
    assert (got.annualised_jpy < 0, got.annualised_jpy > 0) == (value.npv_jpy > 0, value.npv_jpy < 0)


@pytest.mark.parametrize(("co2", "kind"), [(0, "no_reduction"), (-1, "no_reduction"), (None, "not_known")])
def test_without_a_reduction_no_yen_per_tonne(co2: float | None, kind: str) -> None:
    got = abatement_cost(
        cost=Q_(1, "JPY"),
        saving=Q_(1, "JPY/year"),
        co2=None if co2 is None else Q_(co2, "t_CO2/year"),
        life=Q_(1, "year"),
        rate=percent(1),
    )
    assert (got.kind, got.annualised, got.lifetime, got.capital_only) == (kind, None, None, None)
    assert got.sentence.ja


@given(amounts, amounts, lives, st.integers(1, 1000))
def test_without_interest_annualised_and_lifetime_agree(cost: int, saving: int, life: int, co2: int) -> None:
    got = abatement_cost(
        cost=Q_(cost, "JPY"),
        saving=Q_(saving, "JPY/year"),
        co2=Q_(co2, "t_CO2/year"),
        life=Q_(life, "year"),
        rate=percent(0),
    )
    assert got.annualised_jpy == pytest.approx(got.lifetime_jpy, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"life": Q_(12.5, "year")}, "整数"),
        ({"life": Q_(0, "year")}, "整数"),
        ({"life": Q_(100_000, "year")}, "整数"),
        ({"life": Q_(10, "month")}, "整数"),
        ({"rate": Q_(3, "percent")}, "rate は percent/year"),
        ({"rate": percent(-100)}, "−100"),
        ({"saving": Q_(1, "JPY")}, "saving は JPY/year"),
        ({"subsidy": Q_(1001, "JPY")}, "超えています"),
    ],
)
def test_arguments_that_cannot_be_are_refused(change: dict[str, Any], said: str) -> None:
    fine = {
        "cost": Q_(1000, "JPY"),
        "saving": Q_(100, "JPY/year"),
        "life": Q_(10, "year"),
        "rate": percent(3),
    }
    with pytest.raises(UnitError, match=said):
        evaluate(**{**fine, **change})


def test_a_renewal_after_the_life_is_refused() -> None:
    with pytest.raises(UnitError, match="更新費の年は 1〜3"):
        yearly_flows(
            cost=Q_(1, "JPY"), saving=Q_(1, "JPY/year"), life=Q_(3, "year"), renewals={4: Q_(1, "JPY")}
        )
