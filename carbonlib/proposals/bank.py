"""What a bank asks about a proposal: what is bought, who pays for it, and whether the saving carries the loan."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from carbonlib.errors import CarbonlibError, Finding
from carbonlib.finance import CashFlow, Loan, LoanYear, cash_flow, loan, schedule
from carbonlib.proposals.applications import equipment_of
from carbonlib.proposals.capital import without_and_with_tax
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.money import Money
from carbonlib.records.finance import FinanceDefault, FinanceDefaults
from carbonlib.units import Q_


@dataclass(frozen=True)
class CapitalCost:
    """One line of the investment without and with tax, None where it is not known which of them was written. [JPY]"""

    item: str
    category: str
    written_jpy: Fraction
    without_tax_jpy: Fraction | None
    with_tax_jpy: Fraction | None


@dataclass(frozen=True)
class BankPlan:
    """A proposal as a bank sees it.

    `subsidy_jpy` is the offer that the proposal may be eligible for, zero without one [JPY]. `loan` is as the
    proposal says; where it says nothing the usual terms stand in for all that the subsidy leaves, `assumed`. `cash`
    and `repayment` are None and empty where the years of the saving are not known or the loan does not fit; `findings`
    say why. `lives` are the statutory lives (法定耐用年数) that may apply, none where none is known.
    """

    lines: tuple[CapitalCost, ...]
    cost_jpy: Fraction
    with_tax_jpy: Fraction | None
    subsidy_jpy: Fraction
    loan: Loan | None
    assumed: bool
    repayment: tuple[LoanYear, ...]
    cash: CashFlow | None
    lives: tuple[FinanceDefault, ...]
    findings: tuple[Finding, ...] = ()


def capital_costs(one: Evaluated) -> tuple[CapitalCost, ...]:
    """Return the lines of the investment, each without and with tax."""
    return tuple(
        CapitalCost(
            line.item,
            line.category,
            Fraction(line.amount_jpy),
            *(without_and_with_tax(line) or (None, None)),
        )
        for line in one.proposal.capital or ()
    )


def bank_plan(
    one: Evaluated, money: Money, defaults: FinanceDefaults, subsidy_jpy: Fraction | None = None
) -> BankPlan | None:
    """Return what a bank asks about a capital proposal, None where there is nothing to finance.

    Parameters
    ----------
    one : Evaluated
        By its stand-alone saving.
    money : Money
        The same proposal in money; the cash is that of its average price.
    defaults : FinanceDefaults
        Give the terms of a loan where the proposal names none, and the statutory lives.
    subsidy_jpy : Fraction, optional
        The best offer that the proposal may be eligible for. [JPY]
    """
    if one.kind != "capital" or not one.capital_jpy:
        return None
    lines = capital_costs(one)
    taxed = [c.with_tax_jpy for c in lines]
    known = [t for t in taxed if t is not None]
    subsidy = min(subsidy_jpy or Fraction(0), one.capital_jpy)
    families = equipment_of(one) or ("other",)
    lives = tuple(
        r for r in defaults.rows if r.kind == "statutory_life" and r.subject.partition(":")[0] in families
    )
    assumed = one.proposal.loan is None
    borrowed: Loan | None = None
    repayment: tuple[LoanYear, ...] = ()
    cash: CashFlow | None = None
    wrong: tuple[Finding, ...] = ()
    try:
        borrowed = _loan(one, defaults, one.capital_jpy - subsidy)
        repayment = schedule(borrowed) if borrowed else ()
        if money.average.cases is not None:
            # of several statutory lives the longest is a loan's outer limit; which one holds, the page asks
            longest = max((r.value for r in lives), default=None)
            cash = cash_flow(
                cost=Q_(float(one.capital_jpy), "JPY"),
                flows=money.average.cases.base.flows,
                subsidy=Q_(float(subsidy), "JPY"),
                loan=borrowed,
                statutory_life=longest,
                renewals=one.saving.renewals,
            )
    except CarbonlibError as error:
        wrong = error.at(one.proposal.place).findings
    return BankPlan(
        lines,
        one.capital_jpy,
        sum(known, Fraction(0)) if len(known) == len(taxed) else None,
        subsidy,
        borrowed,
        assumed,
        repayment,
        cash,
        lives,
        wrong,
    )


def _loan(one: Evaluated, defaults: FinanceDefaults, wanted_jpy: Fraction) -> Loan | None:
    """Return the loan that the proposal names, else one of the usual terms for all the whole yen that are wanted."""
    named = one.proposal.loan
    if named is not None:
        return loan(
            amount=Q_(float(named.principal_jpy), "JPY"),
            rate=Q_(float(named.rate) * 100, "percent/year"),
            term=Q_(named.years, "year"),
            repayment=named.equal,
        )
    rate, term, amount = defaults.of("loan_rate"), defaults.of("loan_term"), floor(wanted_jpy)
    if rate is None or term is None or amount <= 0:
        return None
    return loan(amount=Q_(amount, "JPY"), rate=rate.value, term=term.value, repayment="元利均等")
