"""The questions of a diagnosis: sets of axes, checklist, questionnaire and the rules of scoring, all of them data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Answer = Literal["実施", "一部", "未実施", "対象外"]
ANSWERS: tuple[str, ...] = get_args(Answer)


DEFAULT_SET = "eccj-six"


@dataclass(frozen=True)
class AxisSet:
    """A set of axes under its name; reports name it, for scores of different sets do not compare."""

    id: str
    label_ja: str
    label_en: str
    evidence: str
    source: str


@dataclass(frozen=True)
class ScoringRule:
    """A number of the scoring with its evidence; `note` says how a doubtful case is decided."""

    value: Decimal
    evidence: str
    source: str
    note: str


@dataclass(frozen=True)
class Axis:
    """An axis of the management score; `evidence` is V where its source was read."""

    id: str
    label_ja: str
    label_en: str
    evidence: str
    source: str


@dataclass(frozen=True)
class Question:
    """A question; `axis` is empty in the questionnaire, `choices` where the answer is free."""

    id: str
    question_ja: str
    question_en: str
    evidence: str
    axis: str = ""
    choices: tuple[str, ...] = ()


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def axis_sets() -> dict[str, AxisSet]:
    """Return the sets of axes by id."""
    return {
        r["axis_set"]: AxisSet(r["axis_set"], r["label_ja"], r["label_en"], r["evidence"], r["source"])
        for r in _rows("self_assessment_sets.csv")
    }


@cache
def axes(axis_set: str = DEFAULT_SET) -> dict[str, Axis]:
    """Return the axes of a set by id, in their order."""
    return {
        r["axis"]: Axis(r["axis"], r["label_ja"], r["label_en"], r["evidence"], r["source"])
        for r in _rows("self_assessment_axes.csv")
        if r["axis_set"] == axis_set
    }


@cache
def checklist(axis_set: str = DEFAULT_SET) -> dict[str, Question]:
    """Return the questions on the axes of a set by id, in their order."""
    return {
        r["id"]: Question(r["id"], r["question_ja"], r["question_en"], r["evidence"], axis=r["axis"])
        for r in _rows("self_assessment.csv")
        if r["axis"] in axes(axis_set)
    }


@cache
def scoring_rules() -> dict[str, ScoringRule]:
    """Return the rules of scoring by name: `partial`, the edges, and the scores exactly on them."""
    return {
        r["rule"]: ScoringRule(Decimal(r["value"]), r["evidence"], r["source"], r["note"])
        for r in _rows("assessment_rules.csv")
    }


@cache
def questionnaire() -> dict[str, Question]:
    """Return the questions of the questionnaire by id, in their order."""
    return {
        r["id"]: Question(
            r["id"],
            r["question_ja"],
            r["question_en"],
            r["evidence"],
            choices=tuple(c for c in r["choices"].split(";") if c),
        )
        for r in _rows("questionnaire.csv")
    }
