"""A company's proposals as a report shows them: evaluated, valued at two prices, matched with subsidies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from carbonlib.accounting import AccountLine, EnergyAccount
from carbonlib.analysis.contract import site_demand
from carbonlib.bookkeeping import company_accounts, no_bills
from carbonlib.errors import Finding, MixedAccountsError, shown
from carbonlib.factors import Programme
from carbonlib.factors import programme as programme_named
from carbonlib.fiscal_year import Year, period_of
from carbonlib.proposals.acts import Sites
from carbonlib.proposals.applications import application_of
from carbonlib.proposals.bank import BankPlan, bank_plan
from carbonlib.proposals.binding import refuse_wrong
from carbonlib.proposals.bound import Surroundings
from carbonlib.proposals.curve import Curve, abatement_curve, joined
from carbonlib.proposals.effects import Rates
from carbonlib.proposals.evaluation import Evaluated, Evaluation, evaluate
from carbonlib.proposals.followup import FollowedUp, follow_up
from carbonlib.proposals.half_hours import half_hours
from carbonlib.proposals.money import Money, money_of
from carbonlib.proposals.site_use import site_accounts
from carbonlib.records.defaults import Default, for_year, read_defaults
from carbonlib.records.finance import FinanceDefaults, read_finance
from carbonlib.records.load import MeterLoad, read_load
from carbonlib.records.model import Bill, Company
from carbonlib.records.proposal_model import Proposals
from carbonlib.records.proposals import proposals_as_written
from carbonlib.records.subsidies import read_rounds
from carbonlib.records.subsidy_round import Round
from carbonlib.records.tariff_model import Tariffs
from carbonlib.records.tariffs import read_tariffs
from carbonlib.records.workspace import Workspace, find_workspace
from carbonlib.subsidies import Matcher, SubsidyOffer
from carbonlib.tariffs import Hours, Price, marginal_price


@dataclass(frozen=True)
class Reference:
    """What the proposals of every company of a workspace are judged by, read once."""

    programme: Programme
    defaults: Mapping[str, Default]
    finance: FinanceDefaults
    tariffs: Tariffs
    matchers: tuple[Matcher, ...]
    on: date | None

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of subsidies."""
        return tuple(m.round for m in self.matchers)


@dataclass(frozen=True)
class Proposed:
    """A company's proposals of a year: evaluation, money and offers by the proposal's number.

    `marginal` holds the marginal price at all hours of each carrier that a proposal saves, `followed` what was
    measured of the done ones, `finance` what money was reckoned with, `plans` how the investments are paid.
    """

    company: Company
    fiscal_year: int
    account: EnergyAccount
    evaluation: Evaluation
    money: Mapping[str, Money]
    offers: Mapping[str, tuple[SubsidyOffer, ...]]
    marginal: Mapping[str, Price]
    curve: Curve
    findings: tuple[Finding, ...]
    finance: FinanceDefaults
    plans: Mapping[str, BankPlan] = field(default_factory=dict)
    followed: tuple[FollowedUp, ...] = ()


def reference(
    programme: str,
    *,
    on: date | None = None,
    provisional_factor_year: int | None = None,
    workspace: Workspace | None = None,
) -> Reference:
    """Return what proposals are judged by in a workspace.

    Parameters
    ----------
    programme : str
        Id of the programme that gives the factors of the accounts.
    on : date, optional
        Day of judgement for subsidies; without it none are matched, for nothing here knows the clock.
    provisional_factor_year : int, optional
        A year whose factors stand in, by explicit decision.
    workspace : Workspace, optional
        Instead of the one around the working folder.

    Raises
    ------
    CarbonlibError
        Where a parameter file cannot be used.
    """
    home = workspace or find_workspace()
    rules = programme_named(programme, among=home.programmes)
    if provisional_factor_year is not None:
        rules = rules.provisional(provisional_factor_year)
    rounds = read_rounds(home).values() if on is not None else ()
    return Reference(
        rules,
        read_defaults(home),
        read_finance(home),
        read_tariffs(home),
        tuple(Matcher(r, home.programmes) for r in rounds),
        on,
    )


def propose(
    company_id: str, fiscal_year: Year, by: Reference, *, workspace: Workspace | None = None
) -> Proposed:
    """Return the proposals of a company, judged on its account of a fiscal year, or of any twelve months.

    Parameters
    ----------
    company_id : str
        Folder under parameters/companies/.
    fiscal_year : int or Period
        Of the account.
    by : Reference
        Of `reference`.
    workspace : Workspace, optional
        Instead of the one around the working folder.

    Raises
    ------
    CarbonlibError
        With every problem of the company's files and of every proposal.
    """
    home = workspace or find_workspace()
    period = period_of(fiscal_year)
    records, accounts = company_accounts(home, company_id, by.programme, period.back(2))
    company = records.company
    if period.fiscal_year not in accounts:
        raise no_bills(company.id, period)
    loads = read_load(home, company)
    proposals = proposals_as_written(home, company)
    return proposed(company, accounts, records.bills, proposals, period, by, loads)


def proposed(
    company: Company,
    accounts: Mapping[int, EnergyAccount],
    bills: Sequence[Bill],
    proposals: Proposals,
    year: Year,
    by: Reference,
    loads: Sequence[MeterLoad] = (),
) -> Proposed:
    """Return the proposals of a company whose files are read; `propose` reads them."""
    period = period_of(year)
    fiscal_year = period.fiscal_year
    account = accounts[fiscal_year]

    rates = Rates(account, by.programme, company.suppliers, _priced(company, bills, period, by))
    defaults = for_year(by.defaults, period)
    measured = half_hours({load.meter_id: load.of_year(period) for load in loads})
    around = Surroundings(by.programme, fiscal_year, defaults, measured)
    refuse_wrong(proposals, company, around)
    sites = site_accounts(company, bills, account, by.programme)
    evaluation = evaluate(proposals, company, rates, around, sites)
    offers = {
        e.proposal.number: _offers(e, company, account, fiscal_year, by, sites)
        for e in evaluation.items
        if e.proposal.open
    }
    money = _money(evaluation, company, bills, period, by, offers)
    plans = _plans(evaluation, money, by.finance, offers)
    followed, unread = follow_up(evaluation.items, by.programme, fiscal_year)
    found = [
        *evaluation.findings,
        *(f for m in money.values() for f in m.findings),
        *(f for p in plans.values() for f in p.findings),
        *unread,
    ]
    return Proposed(
        company,
        fiscal_year,
        account,
        evaluation,
        money,
        offers,
        _marginal(evaluation, rates),
        abatement_curve([(company.id, evaluation)], by.finance),
        tuple(dict.fromkeys(found)),
        by.finance,
        plans,
        followed,
    )


def _priced(
    company: Company, bills: Sequence[Bill], year: Year, by: Reference
) -> Callable[[AccountLine, Hours], Price]:
    """Return what gives the marginal price of a line of the company's account at the hours saved."""
    return lambda line, hours: marginal_price(
        line,
        bills=bills,
        meters=company.meters,
        tariffs=by.tariffs,
        programme=by.programme,
        fiscal_year=year,
        hours=hours,
    )


def curve_of(several: Sequence[Proposed]) -> Curve:
    """Return the abatement curve of several companies.

    Raises
    ------
    MixedAccountsError
        Where their accounts are of different programmes, years or bases: such tonnes do not add up.
    """
    for other in several:
        if other.account.identity != several[0].account.identity:
            one, two = shown(several[0].company.id), shown(other.company.id)
            raise MixedAccountsError.of(
                "proposals.mixed",
                ja=f"{one} と {two} の提案は、係数の制度か年度が違うため、まとめられません。--year と --factors で揃えてください。",
                en=f"The proposals of {one} and {two} are of different programmes or years; choose one by --year and "
                "--factors.",
            )
    return joined(p.curve for p in several)


def _plans(
    evaluation: Evaluation,
    money: Mapping[str, Money],
    finance: FinanceDefaults,
    offers: Mapping[str, Sequence[SubsidyOffer]],
) -> dict[str, BankPlan]:
    """Return how the investment of each open proposal that has one would be paid."""
    found = {}
    for one in evaluation.items:
        number = one.proposal.number
        best = best_offer(offers.get(number, ()))
        plan = bank_plan(one, money[number], finance, best.offer_jpy if best else None)
        if one.proposal.open and plan is not None:
            found[number] = plan
    return found


def _marginal(evaluation: Evaluation, rates: Rates) -> dict[str, Price]:
    found = {a.carrier: rates.marginal_of(a.carrier, a.unit) for a in evaluation.alone.amounts}
    return {carrier: price for carrier, price in found.items() if price is not None}


def _offers(
    one: Evaluated,
    company: Company,
    account: EnergyAccount,
    fiscal_year: int,
    by: Reference,
    sites: Mapping[str, EnergyAccount],
) -> tuple[SubsidyOffer, ...]:
    if by.on is None:
        return ()
    application = application_of(one, company, account, fiscal_year, by.programme, sites)
    return tuple(m.match(application, on=by.on) for m in by.matchers)


def best_offer(offers: Sequence[SubsidyOffer]) -> SubsidyOffer | None:
    """Return the largest offer that a proposal may be eligible for, the first of equal ones."""
    open_ = [o for o in offers if o.offer_jpy is not None]
    return max(open_, key=lambda o: o.offer_jpy or 0, default=None)


def _money(
    evaluation: Evaluation,
    company: Company,
    bills: Sequence[Bill],
    year: Year,
    by: Reference,
    offers: Mapping[str, Sequence[SubsidyOffer]],
) -> dict[str, Money]:
    """Return each proposal in money, with the demand of its own site: a lower peak at one does nothing at another."""
    at = Sites(company)
    demands = {s.id: site_demand(company, s.id, bills, by.tariffs, by.finance, year) for s in company.sites}
    found = {}
    for one in evaluation.items:
        best = best_offer(offers.get(one.proposal.number, ()))
        subsidy = None if best is None else best.offer_jpy
        demand = demands.get(at.of(one.proposal))
        found[one.proposal.number] = money_of(one, by.finance, demand=demand, subsidy_jpy=subsidy)
    return found
