"""Every proposal has a useful life with a worded basis, whatever its measure and equipment."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from carbonlib.measures import MEASURES
from carbonlib.proposals.applications import EQUIPMENT_OF
from carbonlib.proposals.money import life_of
from carbonlib.records.finance import FinanceDefaults, built_in_finance
from carbonlib.records.proposal_model import Proposal, SubsidyFacts
from carbonlib.records.subsidy_round import EQUIPMENT
from carbonlib.units import Q_
from tests.proposals.test_views import changed, of

# what these install is not fixed by the measure: the proposal says it, or it is other equipment
ANY_EQUIPMENT = {"before_after"}


def one(measure: str, kind: str, *equipment: str) -> SimpleNamespace:
    facts = SubsidyFacts(equipment=equipment or None)
    return SimpleNamespace(
        proposal=Proposal("1", "x", measure, {}, subsidy=facts), measure=MEASURES[measure], kind=kind
    )


def rows() -> dict[str, float]:
    found = (r for r in built_in_finance().rows if r.kind == "useful_life")
    return {r.subject: float(r.value.magnitude) for r in found}


def test_every_class_of_equipment_has_a_row_and_every_row_its_evidence() -> None:
    assert set(rows()) == {*EQUIPMENT, "operational"}
    for row in built_in_finance().rows:
        assert row.evidence == "assumption" or (row.source and row.locator), row


@pytest.mark.parametrize("id", sorted(MEASURES))
def test_every_measure_has_a_life_as_operation_and_as_investment(id: str) -> None:
    for kind in ("operational", "capital"):
        life, basis = life_of(one(id, kind), built_in_finance())
        assert life is not None
        assert basis.ja.startswith("標準値")
        assert basis.en.startswith("standard value")
    if MEASURES[id].kind == "capital" and id not in ANY_EQUIPMENT:
        assert life == Q_(rows()[EQUIPMENT_OF[id]], "year")


def test_what_is_written_decides_and_of_two_classes_the_shorter_life() -> None:
    assert life_of(one("before_after", "capital"), built_in_finance())[0] == Q_(10, "year")
    boiler = one("before_after", "capital", "boiler")
    assert life_of(boiler, built_in_finance())[0] == Q_(15, "year")
    both = one("before_after", "capital", "boiler", "office_equipment")
    assert life_of(both, built_in_finance())[0] == Q_(5, "year")
    assert life_of(one("fuel_switch", "capital"), built_in_finance())[0] == Q_(15, "year")


def test_without_any_row_the_answer_is_in_words() -> None:
    none = FinanceDefaults(tuple(r for r in built_in_finance().rows if r.kind != "useful_life"))
    life, basis = life_of(one("led_lighting", "capital"), none)
    assert (life, basis.ja, basis.en) == (None, "年数が分かりません", "not known")


@pytest.mark.parametrize(
    ("change", "kind", "said", "noted"),
    [
        (
            {},
            "replaced_first",
            "効果が続くとみた 1 年より長いため、回収する前に同じ費用がまたかかります",
            True,
        ),
        ({"useful_life": "5 年"}, "years", "回収年数は", False),
        ({"useful_life": "1 年"}, "replaced_first", "効果が続くとみた 1 年より長いため", False),
    ],
)
def test_an_operational_proposal_has_no_equipment_to_be_renewed(
    tmp_path: Path, change: dict[str, object], kind: str, said: str, noted: bool
) -> None:
    saving = of("sample-metal", 2025).money["1"].average.saving_jpy
    assert saving is not None
    cost = {"item": "調整", "amount": f"{round(saving * Fraction(5, 3))} 円", "tax": "税抜"}
    found = changed(tmp_path, "1", {"capital": [cost], **change})
    back = found.money["1"].average.payback.before
    assert back.kind == kind
    assert said in back.sentence.ja
    assert "更新" not in back.sentence.ja
    notes = [f.message.ja for f in found.findings if f.id == "proposal.operational_life"]
    assert [n.startswith("提案No.1: 運用改善の費用は 1 年ごとに") for n in notes] == [True] * noted
