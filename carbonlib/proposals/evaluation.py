"""The proposals of a company evaluated: each by itself, and all of them after what overlaps is taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from carbonlib.accounting import EnergyAccount, exact_sum
from carbonlib.errors import CarbonlibError, Finding, Message
from carbonlib.measures import Measure, Saving
from carbonlib.proposals.acts import Alone, Sites, act_of, amounts_of
from carbonlib.proposals.bill_doubts import beside_bills, billed_of, missing_carriers
from carbonlib.proposals.binding import beside_inputs, measure_of, saving_of
from carbonlib.proposals.bound import Surroundings
from carbonlib.proposals.capital import capital_of
from carbonlib.proposals.doubts import nothing_left, raising, renewed, same_load
from carbonlib.proposals.effects import Amount, Effects, Rates, effects_of, less, merged
from carbonlib.proposals.interactions import Applied, after_renewal, applied, chosen
from carbonlib.proposals.sizes import site_totals, totals_of, uses_of
from carbonlib.records.model import Company
from carbonlib.records.prices import price_in
from carbonlib.records.proposal_model import Proposal, Proposals
from carbonlib.tariffs import Hours
from carbonlib.units import exact


@dataclass(frozen=True)
class Evaluated:
    """One proposal with its stand-alone effects and with what is left of them in the total.

    `adjusted` is zero throughout where the proposal is not counted: done, declined, or standing back for
    `replaced_by`. `capital_jpy` is without tax, None where it is not known. [JPY]
    """

    proposal: Proposal
    measure: Measure
    saving: Saving
    alone: Effects
    adjusted: Effects
    capital_jpy: Fraction | None
    counted: bool
    replaced_by: str = ""
    hours: Hours = field(default_factory=Hours)

    @property
    def kind(self) -> str:
        """Whether it is operational or capital."""
        return self.proposal.kind or self.measure.kind


@dataclass(frozen=True)
class Evaluation:
    """All proposals of a company, in the order in which they were written, with their totals.

    `alone` adds the stand-alone effects of the counted proposals up, `adjusted` what is left of them after one
    another; `order` is how they were applied, `ordered` whether the diagnostician gave an order. `shared` says that
    proposals take from one another, `beyond_bills` that the bills do not hold all that they save: why the one is less
    than the other.
    """

    items: tuple[Evaluated, ...]
    order: tuple[str, ...]
    alone: Effects
    adjusted: Effects
    findings: tuple[Finding, ...]
    shared: bool = False
    beyond_bills: bool = False
    ordered: bool = False

    @property
    def counted(self) -> tuple[Evaluated, ...]:
        """The proposals in the total, in the order of applying them."""
        by_number = {e.proposal.number: e for e in self.items}
        return tuple(by_number[n] for n in self.order)

    @property
    def raising(self) -> tuple[str, ...]:
        """Numbers of the counted proposals that save nothing and raise the use; the totals hold them as they are."""
        return tuple(e.proposal.number for e in self.items if e.counted and e.alone.only_raises)

    @property
    def overlap(self) -> Effects:
        """What the stand-alone effects count twice: their sum less what is left after one another."""
        return less(self.alone, self.adjusted)

    @property
    def why_less(self) -> Message | None:
        """Why the total is less than the sum of the proposals; None where it is not."""
        if not any(a.saved for a in self.overlap.amounts):
            return None
        order_ja = "指定された順に" if self.ordered else "運用改善から順に"
        order_en = "in the order given" if self.ordered else "operational ones first"
        shared = Message(
            f"提案どうしの効果は重なるため、{order_ja}、残った使用量に対して計算し直しています。",
            f"Proposals overlap, so each is worked out on what those before it left, {order_en}.",
        )
        beyond = Message(
            "請求にある使用量を超える分は、合計に数えていません。",
            "What exceeds the use on the bills is not counted in the total.",
        )
        if not self.beyond_bills:
            return shared
        if not self.shared:
            return beyond
        return Message(shared.ja + beyond.ja, f"{shared.en} {beyond.en}")

    def item(self, number: str) -> Evaluated:
        """Return a proposal by its number."""
        return next(e for e in self.items if e.proposal.number == number)


def evaluate(
    proposals: Proposals,
    company: Company,
    rates: Rates,
    around: Surroundings,
    accounts: Mapping[str, EnergyAccount] | None = None,
) -> Evaluation:
    """Return the effects of a company's proposals, each alone and all together.

    Parameters
    ----------
    proposals : Proposals
        As read; those that are done or declined are evaluated and not counted.
    company : Company
        Gives sites and the sizes of loads (`end_uses`).
    rates : Rates
        Factors and prices of the company's account.
    around : Surroundings
        Under which the inputs are read.
    accounts : mapping of str to EnergyAccount, optional
        The accounts of its sites by id, of `site_accounts`; that of the only site is the company's.

    Raises
    ------
    CarbonlibError
        With every input of every proposal that cannot be used, by line.
    """
    alone, findings = _each_alone(proposals, company, rates, around)
    sites = Sites(company)
    if accounts is None:
        accounts = {sites.only: rates.account} if sites.only else {}
    acts = [act_of(one, alone, rates, around, sites) for one in alone if one.proposal.open]
    kept, out = chosen(acts)
    done = [act_of(one, alone, rates, around, sites) for one in alone if one.proposal.status == "実施済み"]
    kept = after_renewal(kept, done)
    totals = totals_of(rates.account)
    uses, doubts = uses_of(company, rates)
    billed = billed_of(rates.account)
    findings += [
        *doubts,
        *(f for a in alone if a.proposal.status != "見送り" for f in raising(a.proposal, a.effects)),
        *missing_carriers(((a.proposal, a.effects.amounts) for a in alone if a.proposal.open), billed),
        *renewed(kept, done, {p.number: p.place for p in proposals.items}),
        *same_load(kept, {p.number: p.place for p in proposals.items}),
    ]
    results = {r.id: r for r in applied(kept, uses, totals, proposals.order, site_totals(accounts))}
    items = tuple(_evaluated(one, results.get(one.proposal.number), out, rates) for one in alone)
    counted = [e for e in items if e.counted]
    renewing = results.keys() | {a.id for a in done}
    faded = {a.id for a in kept if a.renewed_by & renewing}  # said why already
    rest = [e for e in counted if e.proposal.number not in faded]
    cut = {r.id for r in results.values() if r.beyond and not r.overlaps}  # said why below
    findings += [
        f
        for e in rest
        if e.proposal.number not in cut
        for f in nothing_left(e.proposal, e.alone, e.adjusted, billed)
    ]
    still_open = [a for a in alone if a.proposal.open]
    findings += beside_bills(still_open, results, billed, accounts, sites, around.defaults)
    return Evaluation(
        items,
        tuple(results),
        _sum([e.alone for e in counted]),
        _sum([e.adjusted for e in counted]),
        tuple(dict.fromkeys([*findings, *rates.findings])),
        shared=bool(faded) or any(r.overlaps for r in results.values()),
        beyond_bills=any(r.beyond for r in results.values()),
        ordered=bool(proposals.order),
    )


def _each_alone(
    proposals: Proposals, company: Company, rates: Rates, around: Surroundings
) -> tuple[list[Alone], list[Finding]]:
    found: list[Alone] = []
    wrong: list[Finding] = []
    doubts: list[Finding] = []
    for proposal in proposals.items:
        try:
            measure = measure_of(proposal)
        except CarbonlibError as error:
            wrong += error.at(proposal.place).findings
            continue
        wrong += beside_inputs(proposal, measure, company, around)
        try:
            saving = saving_of(proposal, around)
            amounts = amounts_of(saving, rates)
            hours = Hours(proposal.hours.bands, proposal.hours.months)
            effects = effects_of(amounts, rates, _prices(proposal, amounts), hours)
        except CarbonlibError as error:
            wrong += error.at(proposal.place).findings
            continue
        capital, unclear = capital_of(proposal)
        doubts += [*unclear, *(replace(f, place=proposal.place) for f in saving.findings)]
        found.append(Alone(proposal, measure, saving, amounts, effects, capital, hours))
    if wrong:
        raise CarbonlibError(wrong)
    return found, doubts


def _prices(proposal: Proposal, amounts: Iterable[Amount]) -> dict[str, Fraction]:
    """Return the prices that a proposal names itself, per unit of its amounts; all that fit none are raised. [JPY/unit]"""
    units = {a.carrier: a.unit for a in amounts}
    found: dict[str, Fraction] = {}
    wrong: list[Finding] = []
    for carrier, text in proposal.prices.items():
        if carrier in units:
            try:
                found[carrier] = price_in(text, units[carrier], proposal.places.get("prices", proposal.place))
            except CarbonlibError as error:
                wrong += error.findings
    if wrong:
        raise CarbonlibError(wrong)
    return found


def _evaluated(one: Alone, result: Applied | None, out: Mapping[str, str], rates: Rates) -> Evaluated:
    taken = result.saved if result else (0.0,) * len(one.amounts)
    amounts = [
        replace(a, saved=exact(saved), before=None) for a, saved in zip(one.amounts, taken, strict=True)
    ]
    adjusted = effects_of(amounts, rates, _prices(one.proposal, amounts), one.hours)
    return Evaluated(
        one.proposal,
        one.measure,
        one.saving,
        one.effects,
        adjusted,
        one.capital,
        result is not None,
        out.get(one.proposal.number, ""),
        one.hours,
    )


def _sum(parts: Sequence[Effects]) -> Effects:
    """Return the sum of effects; a total is known only where every part is."""
    return Effects(
        tuple(replace(a, before=None) for a in merged(a for p in parts for a in p.amounts)),
        None,
        exact_sum(p.co2_reduction_t for p in parts),
        exact_sum(p.energy_gj for p in parts),
        exact_sum(p.cost_average_jpy for p in parts),
        exact_sum(p.cost_marginal_jpy for p in parts),
    )
