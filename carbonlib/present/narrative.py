"""The report's sentences: what the diagnostician wrote, else what rules make of the data."""

from __future__ import annotations

from collections.abc import Sequence

from carbonlib.conclusion import conclusion
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message
from carbonlib.overview import overview
from carbonlib.practice import good_practices
from carbonlib.present.charts import said
from carbonlib.present.sentences import sentences
from carbonlib.present.shown import Shown
from carbonlib.records.model import Narrative

_BY_HAND = "診断員が書いた文です。"
_BY_RULE = "請求書などのデータから規則によって作った文です。"


def _written(d: Diagnosis) -> Narrative:
    return d.visit.narrative if d.visit else Narrative()


def _either(id: str, topic: str, by_hand: Sequence[str], by_rule: Sequence[Message], empty: str) -> Shown:
    listed = list(by_hand) or [m.ja for m in by_rule]
    if not listed:
        return said(empty)
    return sentences(id, topic, listed, [_BY_HAND if by_hand else _BY_RULE])


def summary_text(d: Diagnosis) -> Shown:
    """Return the summary of the diagnosis (総括) in the usual order."""
    return _either("summary", "診断の総括", _written(d).summary, conclusion(d), "")


def overview_text(d: Diagnosis) -> Shown:
    """Return the overview of the energy use (使用状況の概況分析)."""
    empty = "費用も熱量も月別の値も分からないため、概況の文は作成していません。"
    return _either("overview", "使用状況の概況分析", _written(d).overview, overview(d), empty)


def good_practices_list(d: Diagnosis) -> Shown:
    """Return the good practices (良い取組): what the diagnostician wrote, else what the checklist says is done."""
    topic = "良い取組"
    if by_hand := _written(d).good_practice:
        return sentences("good-practices", topic, by_hand, [_BY_HAND])
    found = good_practices(d.company)
    if not found:
        answered = d.company.self_assessment or d.company.auditor_assessment
        return said(
            "チェックリストで「実施」と確かめられた項目はありませんでした。"
            if answered
            else "取組状況のチェックリストの回答がないため、良い取組は記載していません。"
        )
    listed = []
    for p in found:
        by = "" if p.agreed else "（自己採点）" if p.own else "（診断員の採点）"
        listed.append(p.question.question_ja.removesuffix("。").removesuffix("か") + by + "。")
    agreed = sum(p.agreed for p in found)
    note = (
        f"自己採点と診断員の採点の両方が「実施」の項目は {agreed} 件です。"
        if agreed
        else "両方の採点が「実施」の項目はありません。"
    )
    return sentences("good-practices", topic, listed, [note])
