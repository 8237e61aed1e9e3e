"""The questions that a company answers itself: axes, checklist and questionnaire, all of them data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Answer = Literal["実施", "一部", "未実施", "対象外"]
ANSWERS: tuple[str, ...] = get_args(Answer)


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
def axes() -> dict[str, Axis]:
    """Return the axes of the management score by id, in their order."""
    return {
        r["axis"]: Axis(r["axis"], r["label_ja"], r["label_en"], r["evidence"], r["source"])
        for r in _rows("self_assessment_axes.csv")
    }


@cache
def checklist() -> dict[str, Question]:
    """Return the questions of the self-assessment by id, in their order."""
    return {
        r["id"]: Question(r["id"], r["question_ja"], r["question_en"], r["evidence"], axis=r["axis"])
        for r in _rows("self_assessment.csv")
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
