"""The management scores (radar): from checklist answers of the company and of the diagnostician to 5, 3 or 1 an axis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.errors import Finding, Message
from carbonlib.records.assessment import (
    Axis,
    AxisSet,
    Question,
    ScoringRule,
    axes,
    axis_sets,
    checklist,
    scoring_rules,
)
from carbonlib.records.model import Company
from carbonlib.units import format_number

TOP, MIDDLE, LOW = 5, 3, 1


@dataclass(frozen=True)
class AxisScore:
    """One axis as one side judged it.

    `questions` is how many the axis has, `answered` how many were answered, `applicable` how many of these apply (not
    対象外), `implemented` how many of these are done, 一部 counted in part. `score` is 5, 3 or 1, and None where nothing
    applies or nothing was answered: an axis without a score is empty, never 0.
    """

    axis: Axis
    questions: int
    answered: int
    applicable: int
    implemented: Fraction
    score: int | None
    on_edge: bool = False

    @property
    def share(self) -> Fraction | None:
        """Implemented ÷ applicable (0 to 1), None where nothing applies."""
        return self.implemented / self.applicable if self.applicable else None


@dataclass(frozen=True)
class AxisResult:
    """One axis by the company's own answers and by the diagnostician's."""

    own: AxisScore
    auditor: AxisScore

    @property
    def axis(self) -> Axis:
        """The axis that both are of."""
        return self.own.axis

    @property
    def gap(self) -> int | None:
        """Own score − the diagnostician's; positive where the company thinks better of itself, None without both."""
        if self.own.score is None or self.auditor.score is None:
            return None
        return self.own.score - self.auditor.score


@dataclass(frozen=True)
class ManagementAssessment:
    """All axes of a set, whose name belongs beside every score."""

    axis_set: AxisSet
    axes: tuple[AxisResult, ...]
    findings: tuple[Finding, ...] = ()


def axis_score(
    axis: Axis, answers: Mapping[str, str], questions: Iterable[Question], rules: Mapping[str, ScoringRule]
) -> AxisScore:
    r"""Return the score of an axis.

    Parameters
    ----------
    axis : Axis
        Which one.
    answers : mapping of str to str
        Question → 実施, 一部, 未実施 or 対象外; a question that is missing was not answered.
    questions : iterable of Question
        The checklist; those of other axes are passed over.
    rules : mapping of str to ScoringRule
        What 一部 counts, the edges, and the scores exactly on them.

    Notes
    -----
    .. math:: s = (n_{done} + p \cdot n_{partly}) / n_{applicable}

    5 where s is above 7割, 3 between 3割 and 7割, 1 below 3割 (Saitama deck 2025-10-28, sample of a diagnosis report). Exactly
    on 7割 or 3割 two of the printed rows fit: the rules ``at_upper`` and ``at_lower`` choose, and `on_edge` says so.

    >>> from carbonlib.records.assessment import axes, checklist, scoring_rules
    >>> two_of_three = {"org-1": "実施", "org-2": "実施", "org-3": "未実施"}
    >>> axis_score(axes()["organisation"], two_of_three, checklist().values(), scoring_rules()).score
    3
    """
    own = [q for q in questions if q.axis == axis.id]
    given = [answers[q.id] for q in own if q.id in answers]
    applicable = sum(a != "対象外" for a in given)
    implemented = Fraction(given.count("実施")) + Fraction(rules["partial"].value) * given.count("一部")
    if not applicable:
        return AxisScore(axis, len(own), len(given), 0, Fraction(0), None)
    share = implemented / applicable
    upper, lower = Fraction(rules["upper_edge"].value), Fraction(rules["lower_edge"].value)
    if share == upper:
        score = int(rules["at_upper"].value)
    elif share == lower:
        score = int(rules["at_lower"].value)
    else:
        score = TOP if share > upper else MIDDLE if share > lower else LOW
    return AxisScore(
        axis, len(own), len(given), applicable, implemented, score, on_edge=share in {upper, lower}
    )


def assess(company: Company) -> ManagementAssessment:
    """Return the management scores of a company on the set of axes that it names.

    Parameters
    ----------
    company : Company
        With its own answers and the diagnostician's; either may be missing.

    Returns
    -------
    ManagementAssessment
        An axis for each of the set, in its order, with what is doubtful about the scores.
    """
    questions, rules = list(checklist(company.axis_set).values()), scoring_rules()
    results = tuple(
        AxisResult(
            axis_score(axis, company.self_assessment, questions, rules),
            axis_score(axis, company.auditor_assessment, questions, rules),
        )
        for axis in axes(company.axis_set).values()
    )
    chosen = axis_sets()[company.axis_set]
    answered = company.self_assessment or company.auditor_assessment
    return ManagementAssessment(chosen, results, tuple(_findings(results)) if answered else ())


def _findings(results: Iterable[AxisResult]) -> Iterator[Finding]:
    listed = list(results)
    for ja, en, scores in (
        ("自己採点", "self-assessment", [r.own for r in listed]),
        ("診断員の採点", "diagnostician's assessment", [r.auditor for r in listed]),
    ):
        yield from _edges(ja, en, scores)
        yield from _open(ja, en, scores)


def _edges(ja: str, en: str, scores: list[AxisScore]) -> Iterator[Finding]:
    for one in scores:
        if one.on_edge:
            share = format_number((one.share or Fraction(0)) * 10)
            yield Finding(
                "assessment.on_edge",
                "note",
                Message(
                    f"{ja}の「{one.axis.label_ja}」はちょうど {share}割で、配点表の 2 つの行に当てはまります。{one.score} 点としました（仮定）。",
                    f"The {en} of {one.axis.label_en} is exactly {share} tenths, which fits two rows of the scale; it "
                    f"is taken as {one.score} (assumption).",
                ),
                subject=one.axis.id,
            )


def _open(ja: str, en: str, scores: list[AxisScore]) -> Iterator[Finding]:
    if not any(s.answered for s in scores):
        yield Finding(
            "assessment.none",
            "note",
            Message(f"{ja}はありません。点は空欄です。", f"There is no {en}; its scores stay empty."),
        )
        return
    for one in scores:
        if one.score is None:
            why, why_en = (
                ("すべて対象外の", "nothing applies")
                if one.answered
                else ("回答がない", "nothing was answered")
            )
            yield Finding(
                "assessment.unscored",
                "note",
                Message(
                    f"{ja}の「{one.axis.label_ja}」は{why}ため、点を付けていません。",
                    f"The {en} gives no score for {one.axis.label_en}: {why_en}.",
                ),
                subject=one.axis.id,
            )
        elif one.answered < one.questions:
            yield Finding(
                "assessment.unanswered",
                "note",
                Message(
                    f"{ja}の「{one.axis.label_ja}」は {one.questions} 問のうち {one.answered} 問の回答で採点しました。",
                    f"The {en} of {one.axis.label_en} rests on {one.answered} of {one.questions} questions.",
                ),
                subject=one.axis.id,
            )
