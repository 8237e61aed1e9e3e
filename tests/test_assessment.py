"""Management scores: the printed scale, its two doubtful edges, and what no answer can turn into a number."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.assessment import ManagementAssessment, _edges, assess, axis_score
from carbonlib.records.assessment import (
    ANSWERS,
    Axis,
    Question,
    axes,
    axis_sets,
    checklist,
    scoring_rules,
)
from carbonlib.records.model import Company
from tests.conftest import SHARED

AXIS = Axis("a", "観点", "axis", "仮定", "")
answer = st.sampled_from(ANSWERS)


def scored(answers: list[str]) -> int | None:
    questions = [Question(str(i), "", "", "仮定", axis="a") for i in range(len(answers))]
    return axis_score(AXIS, {str(i): a for i, a in enumerate(answers)}, questions, scoring_rules()).score


def assessed(own: dict[str, str], auditor: dict[str, str]) -> ManagementAssessment:
    company = Company("shop", "見本", "製造業", (), self_assessment=own, auditor_assessment=auditor)
    return assess(company)


def test_the_edges_are_those_of_the_published_scale() -> None:
    # Saitama deck 2025-10-28, sample of a diagnosis report, scale of the radar chart
    path = SHARED / "facts" / "diagnosis_sample.yaml"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    scale = yaml.safe_load(path.read_text(encoding="utf-8"))["management_scores"]["scale"]
    rules = scoring_rules()
    assert f"平均{rules['upper_edge'].value * 10:.0f}割以上" in scale[5]
    assert f"平均{rules['lower_edge'].value * 10:.0f}割以下" in scale[1]
    assert "3割～7割" in scale[3]


def test_every_rule_of_ours_says_that_it_is_an_assumption() -> None:
    rules = scoring_rules()
    assert {n: r.evidence for n, r in rules.items()} == {
        "partial": "assumption",
        "upper_edge": "published",
        "lower_edge": "published",
        "at_upper": "assumption",
        "at_lower": "assumption",
    }
    assert all(r.note for r in rules.values())


@pytest.mark.parametrize(
    ("done", "of", "score"),
    [
        (10, 10, 5),
        (8, 10, 5),
        (7, 10, 5),
        (6, 10, 3),
        (4, 10, 3),
        (3, 10, 1),
        (2, 10, 1),
        (0, 10, 1),
        (2, 3, 3),
    ],
)
def test_scores_by_hand(done: int, of: int, score: int) -> None:
    assert scored(["実施"] * done + ["未実施"] * (of - done)) == score


def test_partly_counts_half_and_what_does_not_apply_is_left_out() -> None:
    assert scored(["一部"]) == 3
    assert scored(["実施", "一部", "対象外", "対象外"]) == 5
    assert scored(["一部"] * 6 + ["未実施"] * 4) == 1, "exactly 3割"


@given(st.lists(answer, max_size=12))
def test_what_does_not_apply_changes_nothing(answers: list[str]) -> None:
    assert scored(answers) == scored([a for a in answers if a != "対象外"])


@given(st.lists(answer, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(answers: list[str], order: object) -> None:
    shuffled = list(answers)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert scored(answers) == scored(shuffled)


@given(st.lists(answer, min_size=1, max_size=12), st.data())
def test_doing_more_never_lowers_a_score(answers: list[str], data: st.DataObject) -> None:
    at = data.draw(st.sampled_from(range(len(answers))))
    if answers[at] == "対象外":
        return
    before, after = scored(answers), scored([*answers[:at], "実施", *answers[at + 1 :]])
    assert before is not None
    assert after is not None
    assert after >= before


@given(st.lists(answer, max_size=12))
def test_a_score_is_empty_exactly_where_nothing_applies(answers: list[str]) -> None:
    found = scored(answers)
    assert (found is None) == all(a == "対象外" for a in answers)
    assert found in {None, 1, 3, 5}


@given(
    st.dictionaries(st.sampled_from(sorted(checklist())), answer),
    st.dictionaries(st.sampled_from(sorted(checklist())), answer),
)
def test_gaps_are_mirrored_and_only_between_two_scores(own: dict[str, str], auditor: dict[str, str]) -> None:
    one, other = assessed(own, auditor), assessed(auditor, own)
    for a, b in zip(one.axes, other.axes, strict=True):
        if a.gap is None:
            assert b.gap is None
            assert None in {a.own.score, a.auditor.score}
        else:
            assert b.gap is not None
            assert a.gap == -b.gap
    assert [r.axis.id for r in one.axes] == list(axes())


def test_doubts_are_named_and_the_set_too() -> None:
    own = {q: "実施" for q in checklist() if q.startswith("org")} | {"mnt-1": "一部", "pdca-1": "対象外"}
    found = assessed(own, {})
    assert found.axis_set == axis_sets()["eccj-six"]
    assert "省エネルギーセンター" in found.axis_set.label_ja
    assert sorted((f.id, f.subject) for f in found.findings) == [
        ("assessment.none", ""),
        ("assessment.unanswered", "maintenance"),
        ("assessment.unscored", "intensity"),
        ("assessment.unscored", "metering"),
        ("assessment.unscored", "pdca"),
        ("assessment.unscored", "use"),
    ]
    assert [r.own.score for r in found.axes] == [5, None, None, 3, None, None]
    assert all(r.auditor.score is None and r.auditor.share is None for r in found.axes)
    assert assessed({}, {}).findings == ()


def test_exactly_on_an_edge_is_reported() -> None:
    # no axis of the built-in set has ten questions, so the edge needs one of its own
    questions = [Question(str(i), "", "", "仮定", axis="a") for i in range(10)]
    for done, share, score in ((7, Fraction(7, 10), 5), (3, Fraction(3, 10), 1)):
        answers = {str(i): "実施" if i < done else "未実施" for i in range(10)}
        found = axis_score(AXIS, answers, questions, scoring_rules())
        assert (found.on_edge, found.share, found.score) == (True, share, score)
        said = [f.message.ja for f in _edges("自己採点", "self-assessment", [found])]
        assert len(said) == 1
        assert f"ちょうど {share * 10}割" in said[0]
        assert f"{score} 点としました（仮定）" in said[0]
