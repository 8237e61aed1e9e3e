"""An application against a round: may be eligible, not eligible (why), or cannot be told (what is missing)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from carbonlib.errors import Language, Message
from carbonlib.factors import Programme
from carbonlib.records.subsidy_round import Document, Round, Window
from carbonlib.subsidies.application import Application
from carbonlib.subsidies.dates import dates, window_on
from carbonlib.subsidies.grant import Grant, grant
from carbonlib.subsidies.kinds import category_of, kinds
from carbonlib.subsidies.minimums import minimums, reductions
from carbonlib.subsidies.outcome import RuleOutcome
from carbonlib.subsidies.reduction import OwnFactors
from carbonlib.units import Q_, Quantity

Verdict = Literal["eligible", "not_eligible", "unclear"]
VERDICT_LABELS: dict[Verdict, tuple[str, str]] = {
    "eligible": ("対象の可能性あり", "may be eligible"),
    "not_eligible": ("対象外", "not eligible"),
    "unclear": ("判定不可", "cannot tell"),
}


@dataclass(frozen=True)
class SubsidyOffer:
    """What a round would give to an application on a day.

    `outcomes` holds every rule in a fixed order. `grant` is what the round would pay if every rule were met, None
    where the cost does not say it. `co2_t` is the annual reduction under the round's own factors, equipment and
    energy management system together, None where it is not known. `priority` names the grounds that hold,
    `window` is the one that `on` lies in, else the next to open, None where no date says it.
    """

    application_id: str
    round_id: str
    round_name: str
    round_name_en: str
    category_id: str
    category_label: str
    on: date
    verdict: Verdict
    outcomes: tuple[RuleOutcome, ...]
    grant: Grant | None
    co2_t: Fraction | None
    priority: tuple[str, ...] = ()
    priority_labels: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    notes: tuple[Message, ...] = ()
    window: Window | None = None

    @property
    def failed(self) -> tuple[RuleOutcome, ...]:
        """Every rule that is not met."""
        return tuple(o for o in self.outcomes if o.status == "failed")

    @property
    def missing(self) -> tuple[RuleOutcome, ...]:
        """Every fact that is missing."""
        return tuple(o for o in self.outcomes if o.status == "missing")

    @property
    def offer_jpy(self) -> Fraction | None:
        """The grant where the verdict is that it may be eligible, else None. [JPY]"""
        return self.grant.grant_jpy if self.grant and self.verdict == "eligible" else None

    @property
    def offer(self) -> Quantity | None:
        """The offer as a quantity. [JPY]"""
        return None if self.offer_jpy is None else Q_(float(self.offer_jpy), "JPY")

    def outcome(self, rule: str) -> RuleOutcome | None:
        """Return the first outcome of a rule."""
        return next((o for o in self.outcomes if o.rule == rule), None)

    def verdict_label(self, lang: Language = "ja") -> str:
        """Return the verdict in words."""
        return VERDICT_LABELS[self.verdict][0 if lang == "ja" else 1]


class Matcher:
    """A round ready to judge many applications: its factors are looked up once.

    Raises
    ------
    FactorError
        Where the round's programme is not among `programmes`.
    """

    def __init__(self, round: Round, programmes: Mapping[str, Programme]) -> None:
        self.round = round
        self.own = OwnFactors(round, programmes)
        self.notes = _notes_of(round)

    def match(self, application: Application, *, on: date) -> SubsidyOffer:
        """Return what the round would give on a day.

        Parameters
        ----------
        application : Application
            What is known.
        on : date
            The day of judgement, taken for the day of application.

        Returns
        -------
        SubsidyOffer
            A failed rule goes before a missing fact: what cannot be eligible is not eligible.

        Raises
        ------
        UnitError
            A quantity of another kind than its field takes.
        """
        round = self.round
        category = category_of(application, round)
        sums, doubts = grant(application.costs, category, round.cost)
        reduced = reductions(application, self.own)
        outcomes = (
            *kinds(application, round, category),
            *minimums(application, category.rules, self.own, reduced),
            *dates(application, round, category.rules, on),
            *doubts,
        )
        states = {o.status for o in outcomes}
        verdict: Verdict = (
            "not_eligible" if "failed" in states else "unclear" if "missing" in states else "eligible"
        )
        grounds = [p for p in round.priority if _has_priority(application, p.by, p.id)]
        return SubsidyOffer(
            application_id=application.id,
            round_id=round.id,
            round_name=round.name,
            round_name_en=round.name_en,
            category_id=category.id,
            category_label=category.label,
            on=on,
            verdict=verdict,
            outcomes=outcomes,
            grant=sums,
            co2_t=reduced.total_t,
            priority=tuple(p.id for p in grounds),
            priority_labels=tuple(p.label for p in grounds),
            documents=round.documents,
            notes=self.notes if application.refrigerant_avoided is None else (*self.notes, _REFRIGERANT),
            window=window_on(round, on),
        )


def match(
    application: Application, round: Round, programmes: Mapping[str, Programme], *, on: date
) -> SubsidyOffer:
    """Return what a round would give to an application; for many applications make a `Matcher` once."""
    return Matcher(round, programmes).match(application, on=on)


def _has_priority(application: Application, by: str, id: str) -> bool:
    if by == "diagnosis":
        return bool(application.diagnosed_by)
    return id in (application.certifications or ())


def _notes_of(round: Round) -> tuple[Message, ...]:
    """Return what a round's offers say to every application."""
    who = (
        Message(
            f"申請者の要件（ここでは判定していません）: {text}。", f"Who may apply (not judged here): {text}."
        )
        for text in round.applicants
    )
    silent = (
        Message(f"資料から分からないこと: {text}。", f"Not in the round's documents: {text}.")
        for text in round.not_legible
    )
    return (*who, *silent)


_REFRIGERANT = Message(
    "冷媒の漏えいを避けた分（R22 など）は年間CO2削減量に含めていません。",
    "Refrigerant leakage avoided (R22 and others) is no part of the annual CO2 reduction.",
)
