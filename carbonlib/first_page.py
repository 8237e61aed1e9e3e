"""What the first page of a report says: what can be saved, what to do first, which diagnosis fits, where the path leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.taxes import costs_alike
from carbonlib.accounting.whole import is_whole
from carbonlib.diagnosis import Diagnosis
from carbonlib.finance.payback import amount_of
from carbonlib.legal import Concern, concerns
from carbonlib.menu import GUIDE_KL, Margin, fitting, margin_to
from carbonlib.proposals.priority import First, first_ones
from carbonlib.proposals.reductions import account_without_tax
from carbonlib.proposals.sales import SalesEquivalent, sales_of
from carbonlib.records.equipment import refrigerants
from carbonlib.records.finance import FinanceDefaults, built_in_finance
from carbonlib.records.legal_dates import legal_dates
from carbonlib.records.schemes import Scheme, schemes
from carbonlib.records.targets import target_paths
from carbonlib.roadmap import Goal, Roadmap, RoadmapStep, goal_of, roadmap
from carbonlib.subsidies import SubsidyOffer


@dataclass(frozen=True)
class Reducible:
    """What all counted proposals save after overlap, by the year; None where it is not known.

    `count` are the counted proposals; those in `raising`, by number, raise the use, and the totals hold them too.
    `co2_share` is of the account's CO2, `cost_share` of its cost without tax (0 to 1). `saving_jpy` values at the average price, as
    the prefecture's sheet does, `marginal_jpy` at what the bill would fall by. [t CO2], [JPY/year], [kL]
    """

    count: int
    co2_t: Fraction | None
    crude_oil_kl: Fraction | None
    saving_jpy: Fraction | None
    marginal_jpy: Fraction | None
    co2_share: Fraction | None
    cost_share: Fraction | None
    raising: tuple[str, ...] = ()


@dataclass(frozen=True)
class FirstPage:
    """The first page of a company's report.

    `offers` are by number of a proposal those that are not ruled out, the best first; `judged_on` is the day
    on which subsidies were judged, None where they were not. `menu` are the schemes that fit by size, `margin` the
    distance to the guide line.
    """

    day: date
    reducible: Reducible
    first: tuple[First, ...]
    offers: Mapping[str, tuple[SubsidyOffer, ...]]
    judged_on: date | None
    sales: SalesEquivalent | None
    menu: tuple[Scheme, ...]
    margin: Margin | None
    quick_years: Fraction

    @property
    def judged(self) -> bool:
        """Whether subsidies were judged at all."""
        return self.judged_on is not None


def reference_day(d: Diagnosis) -> date:
    """Return the day on which dates are judged: of the visit, else the last of the fiscal year; never the clock's."""
    return d.visit.date if d.visit else d.period.last_day


def _finance(d: Diagnosis) -> FinanceDefaults:
    return d.judged_by.finance if d.judged_by else built_in_finance()


def first_page(d: Diagnosis) -> FirstPage:
    """Return the first page of a diagnosis."""
    finance = _finance(d)
    edges = finance.payback_edges
    quick = amount_of(edges[0], "year") if edges else Fraction(0)
    proposed = d.proposed
    first = first_ones(proposed.evaluation.items, proposed.money, quick) if proposed else ()
    offers = {} if proposed is None else {f.one.proposal.number: _hopeful(d, f) for f in first}
    reducible = _reducible(d)
    oil = d.account.crude_oil_kl
    return FirstPage(
        reference_day(d),
        reducible,
        first,
        offers,
        d.judged_by.on if d.judged_by is not None else None,
        sales_of(reducible.saving_jpy, d.company, finance),
        fitting(schemes(), oil),
        None if oil is None else margin_to(GUIDE_KL, oil, d.programme, d.fiscal_year),
        quick,
    )


def _reducible(d: Diagnosis) -> Reducible:
    if d.proposed is None or not d.proposed.evaluation.counted:
        return Reducible(0, None, None, None, None, None, None)
    evaluation = d.proposed.evaluation
    saved, now = evaluation.adjusted, d.account
    return Reducible(
        len(evaluation.counted),
        saved.co2_reduction_t,
        saved.crude_oil_kl,
        saved.cost_average_jpy,
        saved.cost_marginal_jpy,
        _share(saved.co2_reduction_t, now.co2_t),
        _share(saved.cost_average_jpy, account_without_tax(now)),
        evaluation.raising,
    )


def _share(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return None if part is None or not whole else part / whole


def _hopeful(d: Diagnosis, one: First) -> tuple[SubsidyOffer, ...]:
    assert d.proposed is not None
    offers = d.proposed.offers.get(one.one.proposal.number, ())
    order = {"eligible": 0, "unclear": 1}
    open_ = [o for o in offers if o.verdict in order]
    return tuple(sorted(open_, key=lambda o: (order[o.verdict], -(o.offer_jpy or 0), o.round_id)))


def earlier_year(d: Diagnosis) -> EnergyAccount | None:
    """Return the account of the year before, None where its only bills are those that reach over from this year."""
    year = d.period.previous
    own = any(year.first_day <= b.end <= year.last_day for b in d.bills)
    return d.previous if own else None


def change_of(d: Diagnosis, measure: str) -> Fraction | None:
    """Return the change of a total against the year before; None where one is not known or does not cover its year."""
    now, before = d.account, earlier_year(d)
    # years of unequal coverage cannot be compared: a missing month would read as a saving
    if before is None or not (is_whole(now) and is_whole(before)):
        return None
    if measure == "cost_jpy" and not costs_alike(now, before):
        return None
    this, then = getattr(now, measure), getattr(before, measure)
    return None if this is None or not then else (this - then) / then


def legal_concerns(d: Diagnosis) -> tuple[Concern, ...]:
    """Return the legal dates that concern the company's equipment, judged on the day of the visit or the year's last."""
    kinds = {name: one.kind for name, one in refrigerants().items()}
    return concerns(d.company.equipment, legal_dates(), kinds, reference_day(d))


def _whole_years(d: Diagnosis) -> dict[int, Fraction]:
    """Return the CO2 of the years that may be compared; a year with days without a bill would read as a saving."""
    found = {}
    for year, account in {**d.accounts, d.fiscal_year: d.account}.items():
        if account.co2_t is not None and (is_whole(account) or year == d.fiscal_year):
            found[year] = account.co2_t
    return found


def goal_for(d: Diagnosis) -> Goal:
    """Return the company's goal: its own target, or the yearly rate from the report's year by assumption."""
    return goal_of(d.company.target, target_paths(), _whole_years(d), d.fiscal_year)


def steps_of(d: Diagnosis) -> tuple[RoadmapStep, ...]:
    """Return the counted proposals whose CO2 is known as steps of the path, by their savings after overlap, adopted ones first."""
    if d.proposed is None:
        return ()
    steps = [
        RoadmapStep(
            e.proposal.number,
            e.proposal.title,
            e.adjusted.co2_reduction_t,
            e.proposal.month,
            e.proposal.status == "採用",
        )
        for e in d.proposed.evaluation.counted
        if e.adjusted.co2_reduction_t is not None
    ]
    return tuple(sorted(steps, key=lambda s: (not s.adopted, s.month or "9999", -s.co2_t, s.number)))


def roadmap_of(d: Diagnosis) -> Roadmap | None:
    """Return the company's path to its target; None where the year's CO2 is not known or the target year is past."""
    counted = d.proposed.evaluation.counted if d.proposed else ()
    left_out = [e.proposal.number for e in counted if e.adjusted.co2_reduction_t is None]
    return roadmap(goal_for(d), _whole_years(d), d.fiscal_year, steps_of(d), left_out)
