"""Cash year by year against a loan: own funds, saving, repayment, and whether the loan outlives the equipment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from carbonlib.errors import Message, UnitError
from carbonlib.finance.flows import whole_years, yen
from carbonlib.finance.loan import Loan, LoanYear, schedule
from carbonlib.finance.payback import amount_of, net_cost
from carbonlib.units import Q_, Quantity, expects, format_number

LoanFit = Literal["no_loan", "within", "beyond_statutory_life", "beyond_life"]


@dataclass(frozen=True)
class CashYear:
    """One year's cash: saving less renewals, interest, principal, what is left, and the sum since year 0. [JPY]"""

    year: int
    saving: Quantity
    interest: Quantity
    principal: Quantity
    net: Quantity
    cumulative: Quantity


@dataclass(frozen=True)
class CashFlow:
    """The cash of a proposal: what the owner pays in year 0, then every year until equipment and loan have ended.

    `fit` compares the loan's term with useful life and 法定耐用年数; `short_years` are those in which something is repaid
    that the saving does not carry; `even_year` is the first year by whose end the cumulative cash is not negative and stays so.
    """

    own_funds: Quantity
    years: tuple[CashYear, ...]
    fit: LoanFit
    short_years: tuple[int, ...]
    even_year: int | None
    sentences: tuple[Message, ...]


def _fit(one: Loan | None, life: int, statutory: int | None) -> tuple[LoanFit, list[Message]]:
    if one is None or not one.amount.magnitude:
        return "no_loan", []
    if one.years > life:
        return "beyond_life", [
            Message(
                f"返済期間 {one.years} 年が耐用年数 {life} 年より長く、更新の後も返済が残ります。",
                f"The loan's term of {one.years} years is longer than the useful life of {life}: it outlives the "
                "equipment.",
            )
        ]
    if statutory is not None and one.years > statutory:
        return "beyond_statutory_life", [
            Message(
                f"返済期間 {one.years} 年が法定耐用年数 {statutory} 年より長く、金融機関に認められないことがあります。",
                f"The loan's term of {one.years} years is longer than the statutory life of {statutory}; a bank may "
                "not grant it.",
            )
        ]
    return "within", [
        Message(
            f"返済期間 {one.years} 年は耐用年数 {life} 年以内です。",
            f"The loan's term of {one.years} years is within the useful life of {life}.",
        )
    ]


@expects(cost="JPY", subsidy="JPY", statutory_life="year")
def cash_flow(
    *,
    cost: Quantity,
    flows: Sequence[Quantity],
    subsidy: Quantity | None = None,
    loan: Loan | None = None,
    statutory_life: Quantity | None = None,
    renewals: Mapping[int, Quantity] | None = None,
) -> CashFlow:
    r"""Return the owner's cash year by year.

    Parameters
    ----------
    cost : Quantity
        Capital cost before subsidy. [JPY]
    flows : sequence of Quantity
        As of `yearly_flows`; from year 1 on they are the saving of each year, the first is passed over. [JPY]
    subsidy : Quantity, optional
        Taken as received in year 0; where it is paid only after the work, the owner bridges it. [JPY]
    loan : Loan, optional
        Of `carbonlib.finance.loan`; None: own funds alone.
    statutory_life : Quantity, optional
        法定耐用年数 of the equipment, None where it is not known. [year]
    renewals : mapping of int to Quantity, optional
        What parts cost in later years, as `flows` holds it: it tells a year that lacks money for a renewal from one that
        lacks it for the loan. [JPY]

    Returns
    -------
    CashFlow
        Before tax and depreciation.

    Raises
    ------
    UnitError
        An argument of another dimension, or a loan and a subsidy that together exceed the cost by a yen or more.

    Notes
    -----
    .. math:: O = C - G - L, \quad N_t = S_t - I_t - P_t

    >>> from carbonlib.finance.flows import yearly_flows
    >>> from carbonlib.finance.loan import loan
    >>> price = Q_(1_000_000, "JPY")
    >>> flows = yearly_flows(cost=price, saving=Q_(300_000, "JPY/year"), life=Q_(10, "year"))
    >>> borrowed = loan(amount=Q_(800_000, "JPY"), rate=Q_(0, "percent/year"), term=Q_(4, "year"))
    >>> cash = cash_flow(cost=price, flows=flows, loan=borrowed)
    >>> cash.own_funds.magnitude, cash.even_year, round(cash.years[0].net.magnitude)
    (200000.0, 2, 100000)
    """
    net = net_cost(cost, subsidy)
    lent = amount_of(loan.amount, "JPY") if loan else Fraction(0)
    # a loan is of whole yen: less than one above the cost, as tax taken off leaves it, is no mistake
    if lent > ceil(net):
        raise UnitError.of(
            "finance.loan_exceeds_cost",
            ja=f"借入額 {format_number(lent)} 円が、費用から補助金を引いた {format_number(net)} 円を超えています。",
            en=f"The loan of {format_number(lent)} JPY exceeds the cost less subsidy of {format_number(net)} JPY.",
        )
    own, savings = max(net - lent, Fraction(0)), yen(flows)[1:]
    repaid: tuple[LoanYear, ...] = schedule(loan) if loan else ()
    total, years = -float(own), []
    for year in range(1, max(len(savings), len(repaid)) + 1):
        saving = savings[year - 1] if year <= len(savings) else 0.0
        zero = Q_(0.0, "JPY")
        paid = repaid[year - 1] if year <= len(repaid) else LoanYear(year, zero, zero, zero)
        left = saving - float(paid.payment.magnitude)
        total += left
        years.append(
            CashYear(
                year, Q_(saving, "JPY"), paid.interest, paid.principal, Q_(left, "JPY"), Q_(total, "JPY")
            )
        )
    statutory = None if statutory_life is None else whole_years(statutory_life)
    fit, sentences = _fit(loan, len(savings), statutory)
    parts = {year: part for year, part in (renewals or {}).items() if year <= len(savings)}
    sentences += _short(years, dict(zip(parts, yen(list(parts.values())), strict=True)))
    even = next(
        (y.year for i, y in enumerate(years) if all(later.cumulative.magnitude >= 0 for later in years[i:])),
        None,
    )
    short = tuple(y.year for y in years if _repays(y) and y.net.magnitude < 0)
    return CashFlow(Q_(float(own), "JPY"), tuple(years), fit, short, even, tuple(sentences))


def _repays(year: CashYear) -> bool:
    return bool((year.interest + year.principal).magnitude > 0)


def _short(years: Sequence[CashYear], renewals: Mapping[int, float]) -> Iterator[Message]:
    """Yield whether the saving carries the repayment, and the years that lack money for a renewal alone."""
    lacking = [y for y in years if y.net.magnitude < 0]
    renewed = [y.year for y in lacking if y.net.magnitude + renewals.get(y.year, 0.0) >= 0]
    short = [y.year for y in lacking if _repays(y) and y.year not in renewed]
    if short:
        yield Message(
            f"{_listed(short)} 年目は削減額が返済に足りず、自己資金で補います。",
            f"In the years {_listed(short)} the saving does not carry the repayment.",
        )
    elif any(_repays(y) and y.year not in renewed for y in years):
        beside = any(_repays(y) and y.year in renewed for y in years)
        rest_ja, rest_en = ("部品を更新する年を除き、", " but those of a renewal") if beside else ("", "")
        yield Message(
            f"{rest_ja}毎年の削減額で返済をまかなえます。",
            f"The saving carries the repayment in every year{rest_en}.",
        )
    if renewed:
        yield Message(
            f"{_listed(renewed)} 年目は部品の更新費がその年の削減額で足りず、手元の資金で補います。",
            f"In the years {_listed(renewed)} the renewal of parts takes more than the year's saving.",
        )


def _listed(years: Sequence[int]) -> str:
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:  # one after the other
        return f"{years[0]}〜{years[-1]}"
    return "・".join(str(y) for y in years[:5]) + ("…" if len(years) > 5 else "")
