"""From a quotation to the grant: without tax, excluded lines out, rate, rounded down, capped."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import UnitError
from carbonlib.subsidies import CostLine
from carbonlib.units import Q_
from tests.subsidies.rounds import but, judged, simple

TEN = Q_(10, "percent")


def line(yen: float, tax: str = "excluded", category: str = "equipment", rate: object = None) -> CostLine:
    return CostLine("機器", Q_(yen, "JPY"), tax, rate, category)  # type: ignore[arg-type]


def test_tax_is_taken_out_line_by_line() -> None:
    costs = (
        line(1_100_000, "included", rate=TEN),
        line(500_000),
        line(216_000, "included", rate=Q_(8, "percent")),
    )
    grant = judged(but(costs=costs), simple()).grant
    assert grant is not None
    assert grant.eligible_cost_jpy == 1_700_000
    assert grant.before_rounding_jpy == Fraction(1_700_000, 3)
    assert grant.rounded_jpy == grant.grant_jpy == 566_000


def test_excluded_lines_are_out_and_stay_listed() -> None:
    costs = (line(1_000_000), line(300_000, category="removal"), line(200_000, "unknown", "removal"))
    offer = judged(but(costs=costs), simple(excluded_lines=("removal",)))
    assert offer.grant is not None
    assert offer.grant.eligible_cost_jpy == 1_000_000
    assert [x.eligible for x in offer.grant.lines] == [True, False]
    only = judged(but(costs=costs[1:2]), simple(excluded_lines=("removal",)))
    assert [o.rule for o in only.failed] == ["eligible_cost"]


def test_what_is_not_known_of_the_cost_is_named_line_by_line() -> None:
    costs = (line(1, "unknown"), line(1, "included"), line(1, category=""))
    offer = judged(but(costs=costs), simple(excluded_lines=("land",)))
    assert offer.verdict == "unclear"
    assert offer.grant is None
    assert [o.message.ja for o in offer.missing] == [
        "「機器」が税込か税抜か分かりません（対象経費は税抜です）。",
        "「機器」は税込ですが、税率が分かりません。",
        "「機器」の費目が分かりません（土地・建物は対象外です）。",
    ]
    assert judged(but(costs=(line(3000, category=""),)), simple()).verdict == "eligible"
    assert judged(but(costs=(line(0),)), simple()).verdict == "not_eligible"
    assert judged(but(costs=()), simple()).verdict == "not_eligible"


def test_hostile_names_are_data() -> None:
    costs = (CostLine("=cmd|'/C calc'!A0\n\u202e<script>", Q_(1, "JPY"), "unknown"),)
    text = judged(but(costs=costs), simple()).missing[0].message.ja
    assert "\n" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("down_to", "cap", "grant"),
    [(1, None, 1_042_424), (1000, None, 1_042_000), (10_000, None, 1_040_000), (1000, 1_000_500, 1_000_500)],
)
def test_rounding_down_then_the_cap(down_to: int, cap: int | None, grant: int) -> None:
    """344 万円 with tax, a third: the published example of photovoltaics."""
    costs = (line(3_440_000, "included", rate=TEN),)
    offer = judged(but(costs=costs), simple(down_to=down_to, cap=cap))
    assert offer.offer_jpy == grant
    assert offer.grant is not None
    assert offer.grant.is_capped == (cap is not None)


def test_an_amount_that_is_no_money_is_refused() -> None:
    with pytest.raises(UnitError, match="機器"):
        judged(but(costs=(CostLine("機器", Q_(1, "kWh"), "excluded"),)), simple())


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from([1, 1000, 10_000]))
def test_the_grant_never_exceeds_rate_or_cap_and_grows_with_the_cost(yen, more, down_to) -> None:
    one, other = (
        judged(but(costs=(line(1.0 * y + 1_000_000),)), simple(down_to=down_to, cap=3_000_000)).grant
        for y in (yen, yen + more)
    )
    assert one is not None
    assert other is not None
    assert one.grant_jpy <= min(Fraction(yen + 1_000_000, 3), 3_000_000)
    assert one.before_rounding_jpy - one.rounded_jpy < down_to
    assert one.grant_jpy <= other.grant_jpy
    assert one.grant_jpy % down_to == 0
