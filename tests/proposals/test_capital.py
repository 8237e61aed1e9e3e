"""The investment without and with tax is one figure, whoever asks: the payback, the bank and the subsidy's office."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from carbonlib.proposals.applications import _costs
from carbonlib.proposals.bank import capital_costs
from carbonlib.proposals.capital import capital_of, without_and_with_tax
from carbonlib.records.proposal_model import CapitalLine, Proposal
from carbonlib.records.tax import tax_percent, with_tax
from carbonlib.subsidies.grant import _without_tax

lines = st.lists(
    st.builds(
        CapitalLine,
        st.just("x"),
        st.integers(0, 10**9).map(Decimal),
        st.sampled_from(["税込", "税抜"]),
    ),
    min_size=1,
    max_size=5,
)


@given(lines)
def test_payback_bank_and_office_take_the_same_tax_off(own: list[CapitalLine]) -> None:
    one = SimpleNamespace(proposal=Proposal("1", "x", "before_after", {}, capital=tuple(own)))
    total, doubts = capital_of(one.proposal)
    assert not doubts
    assert total == sum(c.without_tax_jpy for c in capital_costs(one))
    assert all(c.with_tax_jpy == c.without_tax_jpy * with_tax() for c in capital_costs(one))
    assert total == sum(_without_tax(c) for c in _costs(one))


def test_what_was_written_of_unknown_tax_is_neither() -> None:
    line = CapitalLine("x", Decimal(1100))
    assert without_and_with_tax(line) is None
    assert with_tax() == 1 + tax_percent() / 100 == Fraction(11, 10)
