"""Contract demand over rolling months, and what a cut is worth."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import UnitError
from carbonlib.fiscal_year import Month, months_of
from carbonlib.records.model import Meter
from carbonlib.tariffs import contract_basis, demand_charge_saving
from carbonlib.units import Q_

RATE, FULL = Q_(2000, "JPY/kW/month"), Q_(100, "percent")
TWO_YEARS = (*months_of(2023), *months_of(2024))
levels = st.lists(st.integers(0, 499), min_size=24, max_size=24)


def peaks(values: list[Any]) -> dict[Month, Any]:
    return {m: None if v is None else Q_(v, "kW") for m, v in zip(TWO_YEARS, values, strict=True)}


def saving(values: list[Any], cut: Any, **change: Any) -> Any:
    arguments = {"basis": "実量制", "rate": RATE, "power_factor": FULL, **change}
    return demand_charge_saving(peaks=peaks(values), cut=cut, **arguments)


def test_the_rule_as_a_utility_shows_it() -> None:
    """四国電力 (yonden.co.jp/business/price/determine.html): a July peak holds until the next June; in July the
    year's own counts."""
    values = [100] * 3 + [180] + [100] * 8 + [100] * 3 + [150] + [100] * 8
    got = saving(values, Q_(0, "kW"))
    assert list(got.before_kw) == [180] * 3 + [150] * 9


def test_a_cut_pays_only_when_the_years_maximum_falls() -> None:
    """Peak 400 kW in August of both years, 300 else. A cut of 20 kW in every month counts from August on."""
    year = [300, 300, 300, 300, 400, 300, 300, 300, 300, 300, 300, 300]
    got = saving(year + year, Q_(20, "kW"))
    assert list(got.first_kw) == [400] * 4 + [380] * 8
    assert got.first_year.magnitude == 8 * 20 * 2000 * 0.85
    assert got.steady_year.magnitude == 12 * 20 * 2000 * 0.85
    winter_only = saving(year + year, {1: Q_(50, "kW"), 2: Q_(50, "kW")})
    assert (winter_only.first_year.magnitude, winter_only.steady_year.magnitude) == (0, 0)


def test_nothing_falls_by_itself_under_a_negotiated_contract() -> None:
    got = saving([600] * 24, Q_(50, "kW"), basis="協議制")
    assert (got.kind, got.first_year.magnitude, got.steady_year.magnitude) == ("negotiated", 0, 0)
    assert "協議制" in got.sentence.ja


@pytest.mark.parametrize(
    ("change", "said"),
    [({"basis": None}, "決め方"), ({"rate": None}, "基本料金単価"), ({"power_factor": None}, "力率")],
)
def test_what_is_not_known_is_said(change: dict[str, Any], said: str) -> None:
    got = saving([300] * 24, Q_(50, "kW"), **change)
    assert (got.kind, got.first_year, got.steady_year) == ("not_known", None, None)
    assert said in got.sentence.ja


def test_without_the_year_before_only_later_years_are_known() -> None:
    got = saving([None, *[300] * 23], Q_(50, "kW"))  # the month twelve before is never asked for
    assert got.kind == "measured"
    got = saving([300, None, *[300] * 22], Q_(50, "kW"))
    assert (got.kind, got.first_year) == ("measured_steady_only", None)
    assert got.steady_year.magnitude == 12 * 50 * 2000 * 0.85


def test_a_gap_in_the_latest_year_leaves_nothing_known() -> None:
    got = saving([*[300] * 20, None, 300, 300, 300], Q_(50, "kW"))
    assert got.kind == "not_known"
    assert "12 か月" in got.sentence.ja
    assert saving([None] * 24, Q_(1, "kW")).kind == "not_known"


def test_a_higher_peak_makes_the_demand_charge_dearer_from_its_first_month() -> None:
    """30 kW more on 252 kW of every month: 12 months at 2,000 × 0.85, in the first year as later."""
    got = saving([252] * 24, Q_(-30, "kW"))
    assert (got.first_year.magnitude, got.steady_year.magnitude) == (-612_000, -612_000)
    assert list(got.first_kw) == [282] * 12
    assert "基本料金は増えます" in got.sentence.ja
    # a peak of 300 kW in October still counts until September: no more is paid before
    carried = saving([252] * 6 + [300] + [252] * 17, Q_(-30, "kW"))
    assert carried.first_year.magnitude == -6 * 30 * 2000 * 0.85


def test_what_a_higher_peak_costs_under_a_negotiated_contract_is_not_known() -> None:
    got = saving([600] * 24, Q_(-50, "kW"), basis="協議制")
    assert (got.kind, got.first_year, got.steady_year) == ("negotiated", None, None)
    assert "供給者に確かめて" in got.sentence.ja


def test_a_cut_beyond_the_highest_peak_counts_as_that_peak_and_is_said() -> None:
    over, all_of_it = (saving([252] * 24, Q_(kw, "kW")) for kw in (300, 252))
    assert over.steady_year == all_of_it.steady_year
    assert all_of_it.warning is None
    assert "超えている" in over.warning.ja


@pytest.mark.parametrize("cut", [Q_(1, "kWh"), {13: Q_(1, "kW")}, 5])
def test_a_cut_that_cannot_be_is_refused(cut: Any) -> None:
    with pytest.raises(UnitError):
        saving([300] * 24, cut)


@given(levels)
def test_no_cut_is_worth_nothing(values: list[int]) -> None:
    got = saving(values, Q_(0, "kW"))
    assert got.first_year.magnitude == got.steady_year.magnitude == 0


@given(levels, st.integers(0, 600))
def test_a_flat_cut_is_never_worth_more_than_all_of_it_and_steady_is_at_least_the_first(
    values: list[int], cut: int
) -> None:
    got = saving(values, Q_(cut, "kW"))
    assert 0 <= got.first_year.magnitude <= got.steady_year.magnitude <= cut * 2000 * 0.85 * 12 + 1e-6


cuts_by_month = st.dictionaries(st.integers(1, 12), st.integers(0, 300).map(lambda v: Q_(v, "kW")))


@given(levels, cuts_by_month)
def test_cuts_in_some_months_are_never_negative_nor_beyond_the_largest(
    values: list[int], cut: dict[int, Any]
) -> None:
    got = saving(values, cut)
    limit = max((c.magnitude for c in cut.values()), default=0) * 2000 * 0.85 * 12
    for value in (got.first_year.magnitude, got.steady_year.magnitude):
        assert 0 <= value <= limit + 1e-6


@given(levels, cuts_by_month)
def test_after_a_year_like_this_one_the_steady_year_is_worth_at_least_the_first(
    values: list[int], cut: dict[int, Any]
) -> None:
    got = saving(values[:12] + values[:12], cut)
    assert got.first_year.magnitude <= got.steady_year.magnitude + 1e-6


def test_after_a_lower_year_cuts_in_some_months_may_be_worth_more_at_first() -> None:
    """Growing site: the first April's cut counts until August brings a higher peak, and in later years never."""
    year = [300, 200, 200, 200, 400, 300, 300, 300, 300, 300, 300, 300]
    got = saving([100] * 12 + year, {4: Q_(100, "kW")})
    assert got.first_year.magnitude > got.steady_year.magnitude == 0


@pytest.mark.parametrize(
    ("meter", "contract", "basis"),
    [
        ({"contract_type": "高圧"}, 499, "実量制"),
        ({"contract_type": "高圧"}, 500, "協議制"),
        ({"contract_type": "高圧"}, None, None),
        ({"contract_type": "低圧"}, 40, None),
        ({"contract_type": "特別高圧"}, None, "協議制"),
        ({"contract_basis": "協議制", "contract_type": "高圧"}, 300, "協議制"),
        ({}, 300, None),
    ],
)
def test_how_a_contract_demand_is_set(meter: dict[str, str], contract: int | None, basis: str | None) -> None:
    demand = None if contract is None else Q_(contract, "kW")
    assert contract_basis(Meter("E1", "shop", **meter), demand) == basis
    assert contract_basis(None, demand) is None
