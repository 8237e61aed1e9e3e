"""Which proposals come first: a payback exactly at the edge still counts as quick."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.proposals.priority import first_ones
from tests.proposals.test_views import of


def test_a_payback_exactly_on_the_edge_is_quick_and_beyond_it_is_not() -> None:
    metal = of("sample-metal", 2025)
    paid = {
        e.proposal.number: metal.money[e.proposal.number].average.payback.before.exact_years
        for e in metal.evaluation.counted
        if e.kind == "capital"
    }
    number, years = min(((n, y) for n, y in paid.items() if y is not None), key=lambda p: p[1])
    for edge, quick in ((years, True), (years - Fraction(1, 10**9), False)):
        found = first_ones(metal.evaluation.items, metal.money, edge)
        assert (number in [f.one.proposal.number for f in found if f.why == "quick"]) is quick
