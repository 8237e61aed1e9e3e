"""A budget against applications: order, ties, where the line falls, and what a larger budget changes."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.errors import CarbonlibError, UnitError
from carbonlib.records.subsidy_round import AwardRule, Request
from carbonlib.subsidies import award, request_of
from carbonlib.units import Q_
from tests.subsidies.rounds import FULL, GROUND, but, judged, shipped

CHEAPEST = AwardRule("cost_effectiveness", GROUND, "any", "stop")
FIRST = AwardRule("first_come", GROUND, "none", "stop")


def request(id: str, grant: int, co2: object, received: str | None = None, *priority: str) -> Request:
    return Request(id, id, Fraction(grant), Fraction(str(co2)), received, priority)


def yen(amount: float) -> object:
    return Q_(amount, "JPY")


def test_the_cheapest_tonne_goes_first_and_the_line_falls_where_the_rest_does_not_reach() -> None:
    requests = [request("a", 1000, 2), request("b", 1000, 4), request("c", 900, 3)]
    done = award(requests, yen(2500), CHEAPEST)
    assert [x.request.id for x in done.lines] == ["b", "c", "a"]
    assert [x.jpy_per_t for x in done.lines] == [250, 300, 500]
    assert done.funded == ("b", "c")
    assert (done.spent_jpy, done.remaining_jpy, done.co2_t, done.line_at) == (1900, 600, 7, 3)
    assert [x.spent_jpy for x in done.lines] == [1000, 1900, 1900]
    assert award(requests, yen(2900), CHEAPEST).line_at is None
    assert award([], yen(5), CHEAPEST).remaining_jpy == 5
    assert award(requests, yen(0), CHEAPEST).funded == ()


def test_priority_goes_before_cost_effectiveness() -> None:
    requests = [
        request("a", 100, 9),
        request("b", 900, 3, None, "diagnosis"),
        request("c", 300, 3, None, "diagnosis", "eco-up"),
        request("d", 200, 3, None, "eco-up"),
    ]

    def order(priority: str) -> list[str]:
        rule = dataclasses.replace(CHEAPEST, priority=priority)
        return [x.request.id for x in award(requests, yen(0), rule).lines]

    assert order("any") == ["d", "c", "b", "a"]
    assert order("points") == ["c", "d", "b", "a"]
    assert order("none") == ["a", "d", "c", "b"]


def test_ties_are_broken_by_time_of_receipt_then_smaller_grant_then_id() -> None:
    requests = [
        request("late", 300, 3, "2025-10-30T09:00:00"),
        request("early", 300, 3, "2025-10-29T09:00:00"),
        request("large", 600, 6, "2025-10-30T09:00:00"),
        request("b", 300, 3),
        request("a", 300, 3),
    ]
    for shuffled in permutations(requests):
        order = [x.request.id for x in award(shuffled, yen(0), CHEAPEST).lines]
        assert order == ["early", "late", "large", "a", "b"]


def test_first_come_knows_no_price() -> None:
    requests = [
        request("dear", 1000, 1, "2025-04-01T09:00:00"),
        request("cheap", 10, 10, "2025-04-01T09:00:01"),
    ]
    assert award(requests, yen(1000), FIRST).funded == ("dear",)
    with pytest.raises(CarbonlibError, match="受付の日時"):
        award([*requests, request("x", 1, 1)], yen(1), FIRST)


def test_the_last_partial_grant() -> None:
    requests = [request("a", 600, 6), request("b", 600, 5), request("c", 100, "0.5")]
    whole, partial, skip = (
        award(requests, yen(1000), dataclasses.replace(CHEAPEST, at_the_line=how))
        for how in ("stop", "partial", "skip")
    )
    assert [x.state for x in whole.lines] == ["funded", "not_funded", "not_funded"]
    assert [x.state for x in partial.lines] == ["funded", "partial", "not_funded"]
    assert [x.state for x in skip.lines] == ["funded", "not_funded", "funded"]
    assert [x.remaining_jpy for x in (whole, partial, skip)] == [400, 0, 300]
    # nobody knows whether a project is carried out with a part of its grant
    assert (partial.co2_t, partial.partial_co2_t) == (6, 5)
    assert skip.line_at == partial.line_at == 2
    exact = award(requests, yen(600), dataclasses.replace(CHEAPEST, at_the_line="partial"))
    assert [x.state for x in exact.lines] == ["funded", "not_funded", "not_funded"]


def test_a_larger_budget_may_take_a_grant_away_where_applications_are_skipped() -> None:
    requests = [request("best", 10, 10), request("second", 5, 4)]
    rule = dataclasses.replace(CHEAPEST, at_the_line="skip")
    assert award(requests, yen(5), rule).funded == ("second",)
    assert award(requests, yen(10), rule).funded == ("best",)


def test_what_cannot_be_ranked_is_refused_all_at_once() -> None:
    requests = [request("a", 0, 3), request("a", 5, 0), request("b", 5, -1)]
    with pytest.raises(CarbonlibError) as caught:
        award(requests, yen(-1), CHEAPEST)
    assert [f.id for f in caught.value.findings] == [
        *("award.grant", "award.twice", "award.co2", "award.co2", "award.budget")
    ]
    with pytest.raises(UnitError, match="budget"):
        award([], Q_(1, "kWh"), CHEAPEST)


def test_an_offer_becomes_a_request_only_where_it_is_eligible() -> None:
    smart = shipped()["saitama-r7-smart-equipment"]
    one = request_of(judged(FULL, smart), applicant="店", received="2025-10-01T09:00:00")
    assert (one.grant_jpy, one.co2_t, one.priority) == (1_000_000, Fraction("3.465"), ("diagnosis",))
    for changes in ({"prior_grants": None}, {"efficiency_evidence": ()}):
        with pytest.raises(CarbonlibError, match="ac-1"):
            request_of(judged(but(**changes), smart))


# --- properties

REQUESTS = st.lists(
    st.tuples(
        st.integers(1, 1000),
        st.decimals("0.1", 50, places=1),
        st.sampled_from(["2025-10-29T09:00:00", "2025-10-29T10:00:00"]),
        st.sampled_from([(), ("diagnosis",), ("diagnosis", "eco-up")]),
    ),
    max_size=8,
).map(lambda rows: [request(f"r{i}", g, c, t, *p) for i, (g, c, t, p) in enumerate(rows)])
RULES = st.builds(
    AwardRule,
    st.sampled_from(["cost_effectiveness", "first_come"]),
    st.just(GROUND),
    st.sampled_from(["none", "any", "points"]),
    st.sampled_from(["stop", "partial", "skip"]),
)
BUDGET = st.integers(0, 4000)


@given(REQUESTS, BUDGET, RULES, st.randoms())
def test_budget_is_never_exceeded_and_the_order_of_entry_does_not_matter(
    requests, budget, rule, random
) -> None:
    done = award(requests, yen(budget), rule)
    assert 0 <= done.spent_jpy <= budget
    assert done.spent_jpy + done.remaining_jpy == budget
    assert all(0 <= x.granted_jpy <= x.request.grant_jpy for x in done.lines)
    assert sum(x.state == "partial" for x in done.lines) <= (rule.at_the_line == "partial")
    shuffled = list(requests)
    random.shuffle(shuffled)
    assert award(shuffled, yen(budget), rule) == done


@given(REQUESTS, BUDGET, st.integers(0, 2000), RULES)
def test_a_larger_budget_takes_nothing_away_unless_applications_are_skipped(
    requests, budget, more, rule
) -> None:
    one, other = award(requests, yen(budget), rule), award(requests, yen(budget + more), rule)
    assert [x.request.id for x in one.lines] == [x.request.id for x in other.lines]
    if rule.at_the_line != "skip":
        for less, greater in zip(one.lines, other.lines, strict=True):
            assert less.granted_jpy <= greater.granted_jpy
        assert set(one.funded) <= set(other.funded)


@settings(max_examples=50)
@given(REQUESTS, BUDGET)
def test_those_funded_are_the_first_of_the_order(requests, budget) -> None:
    done = award(requests, yen(budget), CHEAPEST)
    assert done.funded == tuple(x.request.id for x in done.lines)[: len(done.funded)]
    if done.line_at is not None:
        assert done.lines[done.line_at - 1].request.grant_jpy > done.remaining_jpy
