"""Payback: every outcome, its edges, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import UnitError
from carbonlib.finance import paybacks, simple_payback
from carbonlib.units import Q_

amounts = st.integers(1, 10**9)


def yen(value: float) -> object:
    return Q_(value, "JPY")


def a_year(value: float) -> object:
    return Q_(value, "JPY/year")


def years(value: float) -> object:
    return Q_(value, "year")


@pytest.mark.parametrize(
    ("cost", "saving", "life", "kind"),
    [
        (0, 100, None, "immediate"),
        (0, 0, None, "no_saving"),
        (0, -1, None, "costs_more"),
        (1000, 0, None, "no_saving"),
        (1000, -1, None, "costs_more"),
        (1000, 100, 10, "years"),
        (1000, 99, 10, "replaced_first"),
        (1000, 99, None, "years"),
    ],
)
def test_every_outcome_has_its_kind_and_its_words(
    cost: float, saving: float, life: float | None, kind: str
) -> None:
    got = simple_payback(cost=yen(cost), saving=a_year(saving), life=None if life is None else years(life))
    assert got.kind == kind
    assert got.pays == (kind in {"years", "immediate"})
    assert got.sentence.ja.endswith("。")
    assert got.sentence.en.endswith(".")


def test_what_is_not_known_is_said() -> None:
    assert simple_payback(cost=yen(1)).kind == "not_known"
    assert simple_payback(saving=a_year(1)).kind == "not_known"


def test_the_published_air_conditioner_pays_back_as_its_printed_figures_say() -> None:
    """Saitama deck 2025-10-28, No. 4: 66,779 kWh at 17.70 円, 3,880 + 250 + 100 千円."""
    got = simple_payback(cost=yen(4_230_000), saving=a_year(66_779 * 17.70))
    assert got.years is not None
    assert got.years.magnitude == pytest.approx(4230 / 1181.9883, rel=1e-9)
    assert "3.6 年" in got.sentence.ja


def test_a_subsidy_shortens_it_and_a_full_one_ends_it() -> None:
    part = paybacks(cost=yen(3_440_000), subsidy=yen(1_040_000), saving=a_year(480_000))
    assert (part.before.years.magnitude, part.after.years.magnitude) == (pytest.approx(43 / 6), 5.0)  # type: ignore[union-attr]
    assert paybacks(cost=yen(100), subsidy=yen(100), saving=a_year(1)).after.kind == "immediate"
    assert paybacks(cost=yen(100), saving=a_year(1)).after == simple_payback(cost=yen(100), saving=a_year(1))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"cost": yen(-1)}, "費用は 0 以上"),
        ({"cost": yen(10), "subsidy": yen(11)}, "補助金 11 円が費用 10 円"),
        ({"cost": yen(10), "subsidy": yen(-1)}, "補助金は 0 以上"),
        ({"cost": Q_(10, "kWh")}, "cost は JPY"),
        ({"cost": 10}, "cost は JPY"),
        ({"cost": yen(float("inf"))}, "数でない値"),
        ({"cost": yen(float("nan"))}, "数でない値"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(UnitError, match=said):
        paybacks(**{"saving": a_year(1), **arguments})  # type: ignore[arg-type]


@given(amounts, amounts)
def test_payback_times_saving_is_the_cost(cost: int, saving: int) -> None:
    got = simple_payback(cost=yen(cost), saving=a_year(saving))
    assert got.exact_years is not None
    assert got.exact_years * saving == cost


@given(amounts, amounts, st.integers(1, 60))
def test_more_saving_never_pays_later(cost: int, saving: int, life: int) -> None:
    slow, fast = (
        simple_payback(cost=yen(cost), saving=a_year(s), life=years(life)) for s in (saving, saving + 1)
    )
    assert slow.exact_years is not None
    assert fast.exact_years is not None
    assert fast.exact_years < slow.exact_years
    assert fast.pays or not slow.pays
    assert slow.pays == (slow.exact_years <= life)
