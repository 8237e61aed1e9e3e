"""Proposals as the interactions see them: acts with their steps on loads, their order, and what excludes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.measures import Measure, Saving
from carbonlib.proposals.binding import saving_of
from carbonlib.proposals.bound import Surroundings
from carbonlib.proposals.effects import Amount, Effects, Rates
from carbonlib.proposals.interactions import Act, Step
from carbonlib.proposals.loads import LoadKey, related
from carbonlib.proposals.sizes import carrier_key, place_of
from carbonlib.records.model import Company
from carbonlib.records.proposal_model import Proposal
from carbonlib.tariffs import Hours


@dataclass(frozen=True)
class Alone:
    """A proposal by itself, before anything that overlaps is taken out; `capital` is without tax. [JPY]"""

    proposal: Proposal
    measure: Measure
    saving: Saving
    amounts: tuple[Amount, ...]
    effects: Effects
    capital: Fraction | None
    hours: Hours


class Sites:
    """The sites of a company: where there is one only, a proposal need not name it."""

    def __init__(self, company: Company) -> None:
        self.only = company.sites[0].id if len(company.sites) == 1 else ""

    def of(self, proposal: Proposal) -> str:
        """Return the site that a proposal names, else the only one; "" where there are several."""
        return proposal.site_id or self.only


def natural(number: str) -> tuple[object, ...]:
    """Return a key that sorts proposal numbers as people do, 2 before 10.

    >>> sorted(["10", "2", "2-1"], key=natural)
    ['2', '2-1', '10']
    """
    parts = re.split(r"(\d+)", number)
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p)


def amounts_of(saving: Saving, rates: Rates) -> tuple[Amount, ...]:
    """Return the amounts of a saving, in the account's units."""
    return tuple(rates.amount(e.carrier, e.saved, e.before) for e in saving.effects)


def _steps(saving: Saving, amounts: Sequence[Amount], proposal: Proposal, site: str) -> tuple[Step, ...]:
    """Return the steps of a saving; the load that a proposal names is that of its main effect."""
    found = []
    for index, (effect, amount) in enumerate(zip(saving.effects, amounts, strict=True)):
        # what a measure leaves open (the carriers of a change of fuel) is the load that the proposal names
        named = proposal.end_use if index == 0 or effect.end_use == "other" else ""
        # cooling is known better than the air conditioning that holds it
        use = named if named and place_of(effect.end_use)[0] != named else effect.end_use
        end_use, path = place_of(use, "" if effect.cross else proposal.part)
        start = f"{effect.end_use}."
        found.append(
            Step(
                LoadKey(site, carrier_key(amount.carrier, amount.unit), end_use),
                path,
                float(amount.saved),
                None if amount.before is None else float(amount.before),
                effect.cross,
                {
                    name.removeprefix(start): float(claim.magnitude)
                    for name, claim in saving.claims.items()
                    if name.startswith(start)
                },
            )
        )
    return tuple(found)


def _exclude(one: Alone, other: Alone, sites: Sites) -> bool:
    """Return whether two measures exclude one another and may be about the same machines."""
    if other.measure.id not in one.measure.excludes and one.measure.id not in other.measure.excludes:
        return False
    places = []
    for each in (one, other):
        use, path = place_of(each.proposal.end_use or each.measure.end_use, each.proposal.part)
        places.append((sites.of(each.proposal), use, path))
    (site, use, path), (site_2, use_2, path_2) = places
    return (site, use) == (site_2, use_2) and related(path, path_2)


def _renewals(one: Alone, others: Sequence[Alone], sites: Sites) -> frozenset[str]:
    """Return the proposals that renew the machines which a measure acts on."""
    if not one.measure.renewed_by:
        return frozenset()
    return frozenset(
        o.proposal.number
        for o in others
        if o is not one
        and sites.of(o.proposal) == sites.of(one.proposal)
        and {o.measure.id, *(o.proposal.subsidy.equipment or ())} & set(one.measure.renewed_by)
    )


def act_of(one: Alone, others: Sequence[Alone], rates: Rates, around: Surroundings, sites: Sites) -> Act:
    """Return a proposal as the interactions see it.

    Parameters
    ----------
    one : Alone
        The proposal.
    others : sequence of Alone
        All proposals of the company, itself among them: which of them exclude it, which renew its machines.
    rates : Rates
        Give the account's units.
    around : Surroundings
        Under which its inputs are read once more for a smaller load.
    sites : Sites
        Of the company.
    """
    proposal, site = one.proposal, sites.of(one.proposal)
    again = None
    if name := one.measure.rescales:

        def again(share: float) -> tuple[Step, ...]:
            smaller = _rescaled(one, name, share, around)
            return _steps(smaller, amounts_of(smaller, rates), proposal, site)

    rivals = {o.proposal.number for o in others if o is not one and _exclude(one, o, sites)}
    co2 = one.effects.co2_reduction_t or Fraction(0)
    return Act(
        proposal.number,
        _steps(one.saving, one.amounts, proposal, site),
        measure=one.measure.id,
        rank=_rank(one),
        excludes=frozenset({*proposal.alternatives, *rivals}),
        renewed_by=_renewals(one, others, sites),
        kept=float(Fraction(around.defaults[share].reading.value) / 100)
        if (share := one.measure.renewed_share)
        else 1.0,
        # an adopted alternative stays; else the one that saves more CO2
        preference=(proposal.status != "採用", -co2, natural(proposal.number)),
        again=again,
    )


def _rescaled(one: Alone, name: str, share: float, around: Surroundings) -> Saving:
    """Return the saving anew for a share of the load that it states."""
    effect = one.saving.effects[0]
    assert effect.before is not None, "a measure after all savings states the load that it serves"
    return saving_of(one.proposal, around, **{name: effect.before * share})


def _rank(one: Alone) -> tuple[object, ...]:
    """Return the order of applying: operational first, then by payback, then by number."""
    kind = one.proposal.kind or one.measure.kind
    cost = one.effects.cost_average_jpy
    known = one.capital is not None and cost is not None and cost > 0
    payback = one.capital / cost if known else Fraction(10**9)  # type: ignore[operator]
    return (kind != "operational", payback, natural(one.proposal.number))
