"""Who is funded from a budget: by cost-effectiveness or first come, with ties and the last grant defined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.errors import CarbonlibError, Finding, Message, shown
from carbonlib.records.award_requests import unrankable
from carbonlib.records.subsidy_round import AwardRule, Request
from carbonlib.subsidies.application import number_in
from carbonlib.subsidies.matching import SubsidyOffer
from carbonlib.units import Quantity

State = Literal["funded", "partial", "not_funded"]
STATE_LABELS: dict[State, tuple[str, str]] = {
    "funded": ("交付", "funded"),
    "partial": ("一部交付", "in part"),
    "not_funded": ("予算の外", "not funded"),
}


@dataclass(frozen=True)
class AwardLine:
    """One application in the order in which the budget is given out; sums run over what was granted."""

    rank: int
    request: Request
    state: State
    granted_jpy: Fraction
    spent_jpy: Fraction
    jpy_per_t: Fraction


@dataclass(frozen=True)
class Awards:
    """Who is funded.

    `co2_t` counts the applications that are funded whole; what one funded in part would save is `partial_co2_t`,
    apart, because nobody knows whether it is then carried out. `line_at` is the rank at which the line falls: the
    first that is not funded whole, None where all are.
    """

    rule: AwardRule
    budget_jpy: Fraction
    lines: tuple[AwardLine, ...]

    @property
    def funded(self) -> tuple[str, ...]:
        """Ids of the applications funded whole, in order."""
        return tuple(x.request.id for x in self.lines if x.state == "funded")

    @property
    def spent_jpy(self) -> Fraction:
        """What is given out. [JPY]"""
        return sum((x.granted_jpy for x in self.lines), Fraction(0))

    @property
    def remaining_jpy(self) -> Fraction:
        """What is left of the budget. [JPY]"""
        return self.budget_jpy - self.spent_jpy

    @property
    def co2_t(self) -> Fraction:
        """Annual reduction of those funded whole. [t CO2]"""
        return sum((x.request.co2_t for x in self.lines if x.state == "funded"), Fraction(0))

    @property
    def partial_co2_t(self) -> Fraction:
        """Annual reduction of the one funded in part. [t CO2]"""
        return sum((x.request.co2_t for x in self.lines if x.state == "partial"), Fraction(0))

    @property
    def line_at(self) -> int | None:
        """Rank of the first application that is not funded whole."""
        return next((x.rank for x in self.lines if x.state != "funded"), None)


def request_of(offer: SubsidyOffer, *, applicant: str = "", received: str | None = None) -> Request:
    """Return the request that an eligible offer becomes.

    Raises
    ------
    CarbonlibError
        Where the offer is not eligible, or its grant or reduction is not known.
    """
    if offer.offer_jpy is None or offer.co2_t is None:
        raise CarbonlibError.of(
            "award.not_eligible",
            ja=f"申請「{shown(offer.application_id)}」は{offer.verdict_label()}ので、交付の対象に並べられません。"
            if offer.verdict != "not_eligible"
            else f"申請「{shown(offer.application_id)}」は対象外なので、交付の対象に並べられません。",
            en=f"The application {shown(offer.application_id)!r} is not eligible or not known to be.",
        )
    return Request(
        offer.application_id,
        applicant or offer.application_id,
        offer.offer_jpy,
        offer.co2_t,
        received,
        offer.priority,
    )


def _points(request: Request, rule: AwardRule) -> int:
    held = len(set(request.priority))
    return {"none": 0, "any": min(held, 1), "points": held}[rule.priority]


def _order(request: Request, rule: AwardRule) -> tuple[object, ...]:
    """Return what requests are sorted by; the id comes last, so that no two are ever alike.

    Cost-effectiveness: priority, yen per t CO2, received earlier, smaller grant, id.
    First come: received earlier, priority, smaller grant, id.
    """
    # a request without a time of receipt comes after all that have one
    received = (request.received is None, request.received or "")
    ties = (request.grant_jpy, request.id)
    priority = -_points(request, rule)
    if rule.method == "first_come":
        return (*received, priority, *ties)
    return (priority, request.grant_jpy / request.co2_t, *received, *ties)


def award(applications: Iterable[Request], budget: Quantity, rule: AwardRule) -> Awards:
    """Return who is funded from a budget.

    Parameters
    ----------
    applications : iterable of Request
        Eligible applications, in any order.
    budget : Quantity
        What there is. [JPY]
    rule : AwardRule
        Method, priority, and what happens where the budget ends.

    Returns
    -------
    Awards
        All applications in order. Under `stop` and `partial` those funded are the first of the order, so a larger
        budget never takes a grant away; under `skip` it may: with 5 the second, cheaper one is funded, with 10 the
        first alone.

    Raises
    ------
    CarbonlibError
        Every application whose id stands twice, or whose grant, reduction or time of receipt cannot be ranked, and
        a negative budget.
    """
    requests = list(applications)
    wrong = unrankable(requests, rule)
    left = number_in(budget, "JPY", "budget")
    if left < 0:
        message = Message("予算が負の値です。", "The budget is negative.")
        wrong.append(Finding("award.budget", "error", message))
    if wrong:
        raise CarbonlibError(wrong)
    total, ended, lines = left, False, []
    for rank, request in enumerate(sorted(requests, key=lambda r: _order(r, rule)), start=1):
        state: State = "not_funded"
        granted = Fraction(0)
        if not ended and request.grant_jpy <= left:
            state, granted = "funded", request.grant_jpy
        elif not ended and rule.at_the_line == "partial" and left > 0:
            state, granted = "partial", left
        ended = ended or (state != "funded" and rule.at_the_line != "skip")
        left -= granted
        per_t = request.grant_jpy / request.co2_t
        lines.append(AwardLine(rank, request, state, granted, total - left, per_t))
    return Awards(rule, total, tuple(lines))
