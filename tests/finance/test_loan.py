"""A loan and the owner's cash against it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import UnitError
from carbonlib.finance import cash_flow, loan, schedule, yearly_flows
from carbonlib.units import Q_

REPAYMENTS = ("元金均等", "元利均等")


def borrowed(amount: float, rate: float, term: int, repayment: Any = "元金均等", grace: int = 0) -> Any:
    return loan(
        amount=Q_(amount, "JPY"),
        rate=Q_(rate, "percent/year"),
        term=Q_(term, "year"),
        repayment=repayment,
        grace=Q_(grace, "year"),
    )


def test_a_house_loan_as_published() -> None:
    """3,000 万円, 3.0 %, 30 years by equal payment: 126,481 円 a month (mirairis.net/blog/entry-441442/)."""
    year = schedule(borrowed(30_000_000, 3.0, 30, "元利均等"))[0]
    assert round(year.payment.magnitude / 12) == 126_481


def test_three_hundred_million_as_published() -> None:
    """3 億円, 2.000 %, 7 years: 3,830,230 円 a month (loankeisan.com/bin/calc?A=300000000&i=2.000&p=7)."""
    years = schedule(borrowed(300_000_000, 2.0, 7, "元利均等"))
    # the page cuts each month to the yen
    assert int(years[0].payment.magnitude / 12) == 3_830_230
    assert sum(y.interest.magnitude for y in years) == pytest.approx(21_739_322, abs=84)


def test_a_start_up_loan_with_a_year_of_grace_as_published() -> None:
    """500 万円 at 2.40 % over ten years, the first of interest alone (lp.co-med.net/?p=7921; it cuts each month)."""
    equal = schedule(borrowed(5_000_000, 2.4, 10, "元利均等", grace=1))
    assert equal[0].payment.magnitude == pytest.approx(120_000)
    assert equal[0].principal.magnitude == 0
    assert equal[1].payment.magnitude == pytest.approx(618_264, abs=12)
    assert sum(y.payment.magnitude for y in equal) == pytest.approx(5_684_376, abs=108)
    falling = schedule(borrowed(5_000_000, 2.4, 10, "元金均等", grace=1))
    printed = [120_000, 669_436, 656_101, 642_769, 629_435, 616_102, 602_768, 589_436, 576_102, 562_801]
    assert [y.payment.magnitude for y in falling] == pytest.approx(printed, abs=40)


@given(
    st.integers(0, 10**9),
    st.floats(0, 20),
    st.integers(1, 30),
    st.sampled_from(REPAYMENTS),
    st.integers(0, 3),
)
def test_a_loan_ends_at_zero_and_pays_principal_and_interest(
    amount: int, rate: float, term: int, repayment: str, grace: int
) -> None:
    years = schedule(borrowed(amount, rate, term, repayment, min(grace, term - 1)))
    assert len(years) == term
    assert years[-1].balance.magnitude == 0
    paid = sum(y.payment.magnitude for y in years)
    interest = sum(y.interest.magnitude for y in years)
    assert sum(y.principal.magnitude for y in years) == pytest.approx(amount, rel=1e-9, abs=1e-6)
    assert paid == pytest.approx(amount + interest, rel=1e-9, abs=1e-6)
    balances = [float(amount), *(y.balance.magnitude for y in years)]
    assert all(b <= a + 1e-6 for a, b in pairwise(balances))


@given(st.integers(1, 10**9), st.floats(0.1, 20), st.integers(2, 30))
def test_equal_principal_costs_less_interest(amount: int, rate: float, term: int) -> None:
    principal, payment = (
        sum(y.interest.magnitude for y in schedule(borrowed(amount, rate, term, r))) for r in REPAYMENTS
    )
    assert principal < payment


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": -1},
        {"rate": -1},
        {"grace": 7},
        {"repayment": "リース"},
        {"term": 0},
        {"term": 1000},
    ],
)
def test_a_loan_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UnitError):
        borrowed(**{"amount": 1, "rate": 1, "term": 7, **wrong})


def cash(term: int, *, life: int = 10, saving: float = 300_000, statutory: int | None = None) -> Any:
    price = Q_(1_500_000, "JPY")
    return cash_flow(
        cost=price,
        flows=yearly_flows(cost=price, saving=Q_(saving, "JPY/year"), life=Q_(life, "year")),
        subsidy=Q_(500_000, "JPY"),
        loan=borrowed(800_000, 2.0, term),
        statutory_life=None if statutory is None else Q_(statutory, "year"),
    )


def test_own_funds_are_what_subsidy_and_loan_leave() -> None:
    assert cash(7).own_funds.magnitude == 200_000


@pytest.mark.parametrize(
    ("term", "statutory", "fit"),
    [
        (7, None, "within"),
        (7, 6, "beyond_statutory_life"),
        (6, 6, "within"),
        (10, 15, "within"),
        (11, 15, "beyond_life"),
    ],
)
def test_the_term_is_held_against_both_lives(term: int, statutory: int | None, fit: str) -> None:
    got = cash(term, statutory=statutory)
    assert got.fit == fit
    assert len(got.years) == max(term, 10)
    assert got.sentences


def test_years_that_the_saving_does_not_carry_are_named() -> None:
    short = cash(4, saving=205_000)
    assert short.short_years == (1, 2, 3)  # the fourth pays 202,167
    assert "1〜3 年目" in short.sentences[1].ja
    assert "まかなえます" in cash(7).sentences[1].ja


def with_renewal(term: int, lent: int = 500_000, year: int = 15, part: int = 300_000) -> Any:
    price, parts = Q_(1_000_000, "JPY"), {year: Q_(part, "JPY")}
    flows = yearly_flows(cost=price, saving=Q_(150_000, "JPY/year"), life=Q_(20, "year"), renewals=parts)
    return cash_flow(cost=price, flows=flows, loan=borrowed(lent, 0, term), renewals=parts)


@pytest.mark.parametrize(
    ("term", "short", "said"),
    [
        # the loan is paid back long before the renewal
        (5, (), ["毎年の削減額で返済をまかなえます。", "15 年目は部品の更新費がその年の削減額で足りず"]),
        # a renewal while something is still repaid
        (15, (15,), ["部品を更新する年を除き、毎年の削減額で", "15 年目は部品の更新費が"]),
        # 166,667 yen a year: the saving itself is too small, and then comes the renewal
        (3, (1, 2, 3), ["1〜3 年目は削減額が返済に足りず", "15 年目は部品の更新費が"]),
    ],
)
def test_a_renewal_is_no_lack_of_money_for_the_loan(
    term: int, short: tuple[int, ...], said: list[str]
) -> None:
    got = with_renewal(term)
    assert got.short_years == short
    assert len(got.sentences) == 1 + len(said)
    for sentence, words in zip(got.sentences[1:], said, strict=True):
        assert sentence.ja.startswith(words)


def test_a_loan_of_nothing_is_repaid_by_nothing() -> None:
    got = with_renewal(5, lent=0)
    assert (got.fit, got.short_years) == ("no_loan", ())
    assert not any("返済" in s.ja for s in got.sentences)


def test_own_funds_alone() -> None:
    price = Q_(1000, "JPY")
    flows = yearly_flows(cost=price, saving=Q_(250, "JPY/year"), life=Q_(5, "year"))
    got = cash_flow(cost=price, flows=flows)
    assert (got.fit, got.sentences, got.short_years) == ("no_loan", (), ())
    assert got.even_year == 4  # exactly zero is even
    assert got.years[-1].cumulative.magnitude == 250


def test_a_loan_beyond_what_is_to_be_paid_is_refused() -> None:
    price = Q_(1000, "JPY")
    flows = yearly_flows(cost=price, saving=Q_(250, "JPY/year"), life=Q_(5, "year"))
    with pytest.raises(UnitError, match="借入額 1,001 円"):
        cash_flow(cost=price, flows=flows, loan=borrowed(1001, 1, 3))


@given(st.integers(0, 10**7), st.floats(0, 10), st.integers(1, 20), st.integers(1, 10**6), st.integers(1, 20))
def test_the_last_sum_is_all_that_came_less_all_that_went(
    lent: int, rate: float, term: int, saving: int, life: int
) -> None:
    price = Q_(10**7, "JPY")
    one = borrowed(lent, rate, term)
    flows = yearly_flows(cost=price, saving=Q_(saving, "JPY/year"), life=Q_(life, "year"))
    got = cash_flow(cost=price, flows=flows, loan=one)
    interest = sum(y.interest.magnitude for y in schedule(one))
    assert got.years[-1].cumulative.magnitude == pytest.approx(saving * life - 10**7 - interest, abs=1)
