"""A loan and its repayment, by equal principal (元金均等) or equal payment (元利均等)."""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log1p
from typing import Literal

from carbonlib.errors import UnitError
from carbonlib.finance.flows import whole_years, yearly_rate
from carbonlib.units import Q_, Quantity, expects

Repayment = Literal["元金均等", "元利均等"]
MONTHS = 12


def annuity(rate: float, periods: int) -> float:
    """Return what 1 costs in each of equal payments with interest, r / (1 − (1+r)^−n); 1/n without interest.

    >>> round(annuity(0.03, 10), 5), annuity(0.0, 10), annuity(1e-200, 10)
    (0.11723, 0.1, 0.1)
    """
    # written so that a rate too small to change 1 + r still divides
    return rate / -expm1(-periods * log1p(rate)) if rate else 1 / periods


@dataclass(frozen=True)
class LoanYear:
    """A year of a loan: what is paid, in interest and in principal, and what is owed at its end. [JPY]"""

    year: int
    interest: Quantity
    principal: Quantity
    balance: Quantity

    @property
    def payment(self) -> Quantity:
        """Interest and principal together. [JPY]"""
        return self.interest + self.principal


@dataclass(frozen=True)
class Loan:
    """A loan that is paid back every month.

    Make it by `loan`, which checks it. `amount` [JPY], `rate` [%/year], `years` of the term, `grace` years in which
    only interest is paid (据置), within the term.
    """

    amount: Quantity
    rate: Quantity
    years: int
    repayment: Repayment = "元金均等"
    grace: int = 0


@expects(amount="JPY", rate="percent/year", term="year", grace="year")
def loan(
    *,
    amount: Quantity,
    rate: Quantity,
    term: Quantity,
    repayment: Repayment = "元金均等",
    grace: Quantity | None = None,
) -> Loan:
    """Return a loan, checked.

    Parameters
    ----------
    amount : Quantity
        Borrowed in year 0. [JPY]
    rate : Quantity
        Nominal interest; a twelfth of it a month. [%/year]
    term : Quantity
        Until the last payment, whole years. [year]
    repayment : {"元金均等", "元利均等"}
        Equal principal or equal payment.
    grace : Quantity, optional
        Years at the beginning in which only interest is paid, whole and fewer than the term. [year]

    Raises
    ------
    UnitError
        An argument of another dimension, a negative amount or rate, or years that do not fit.
    """
    years, kept = whole_years(term), 0 if grace is None or not grace.magnitude else whole_years(grace)
    if (
        amount.magnitude < 0
        or rate.magnitude < 0
        or kept >= years
        or repayment not in ("元金均等", "元利均等")
    ):
        raise UnitError.of(
            "finance.loan",
            ja="借入額と利率は 0 以上、据置期間は返済期間より短く、返済方法は 元金均等 か 元利均等 にしてください。",
            en="Amount and rate must be at least zero, the grace shorter than the term, and the repayment 元金均等 or "
            "元利均等.",
        )
    return Loan(amount, rate, years, repayment, kept)


def schedule(one: Loan) -> tuple[LoanYear, ...]:
    r"""Return a loan year by year; no yen is rounded, as a bank does each month.

    Parameters
    ----------
    one : Loan
        Of `loan`.

    Returns
    -------
    tuple of LoanYear
        One for each year of the term; the last balance is exactly zero.

    Notes
    -----
    .. math:: A = P \frac{i}{1 - (1+i)^{-n}} \text{ (元利均等)}, \quad
              A_k = P/n + i (P - (k-1) P/n) \text{ (元金均等)}

    with i a twelfth of the rate and n the months after the grace. Twenty million yen at 2.5 % over 20 years pays
    5,435,339 yen of interest by equal payments and 5,020,833 by equal principal (Wikipedia 元利均等返済,
    ja.m.wiki.x.io/wiki/元利均等返済):

    >>> terms = {"amount": Q_(20_000_000, "JPY"), "rate": Q_(2.5, "percent/year"), "term": Q_(20, "year")}
    >>> [round(sum(y.interest.magnitude for y in schedule(loan(repayment=r, **terms)))) for r in ("元利均等", "元金均等")]
    [5435339, 5020833]
    """
    owed, i = float(one.amount.to("JPY").magnitude), yearly_rate(one.rate) / MONTHS
    months = MONTHS * (one.years - one.grace)
    equal = owed / months
    payment = owed * annuity(i, months)
    found = []
    left = months
    for year in range(1, one.years + 1):
        interest = principal = 0.0
        for _ in range(MONTHS):
            due = owed * i
            if year <= one.grace:
                part = 0.0
            elif left == 1:
                part = owed
            else:
                part = equal if one.repayment == "元金均等" else payment - due
            left -= year > one.grace
            interest, principal, owed = interest + due, principal + part, owed - part
        found.append(LoanYear(year, Q_(interest, "JPY"), Q_(principal, "JPY"), Q_(owed, "JPY")))
    return tuple(found)
