"""What a report shows of proposals: by carrier, step by step, for a bank, in sales, and what came of the done ones."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from carbonlib.errors import RecordError
from carbonlib.proposals.reductions import reductions_of
from carbonlib.proposals.sales import sales_of
from carbonlib.proposals.staircase import staircase
from carbonlib.proposing import Proposed, propose, reference
from carbonlib.records.workspace import Workspace
from carbonlib.units import round_half_up
from tests.conftest import ROOT, copy_workspace

SET = "saitama-diagnosis-2025"
HOME = Workspace(ROOT)


def of(company: str, year: int) -> Proposed:
    return propose(company, year, reference(SET, workspace=HOME), workspace=HOME)


@pytest.fixture(scope="module")
def metal() -> Proposed:
    return of("sample-metal", 2025)


@pytest.fixture(scope="module")
def office() -> Proposed:
    return of("sample-office", 2025)


def changed(
    tmp_path: Path, number: str, change: dict[str, object], company: str = "sample-metal"
) -> Proposed:
    """Return the proposals of a sample company after one of them was changed."""
    home = copy_workspace(tmp_path)
    path = home / "parameters/companies" / company / "proposals.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    next(p for p in data["proposals"] if p["number"] == number).update(change)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    found = Workspace(home)
    return propose(company, 2025, reference(SET, workspace=found), workspace=found)


def test_what_is_reducible_adds_up_to_the_adjusted_total(metal: Proposed) -> None:
    found = reductions_of(metal.account, metal.evaluation)
    power = next(r for r in found.carriers if r.name == "electricity")
    assert power.saved == metal.evaluation.adjusted.saved("electricity")
    assert power.share == power.saved / metal.account.line("electricity").quantity
    assert [r.name for r in found.carriers] == [line.carrier for line in metal.account.lines]
    assert {r.saved for r in found.carriers if r is not power} == {0}
    assert round_half_up(found.co2.share * 100, 1) == round_half_up(
        found.co2.saved * 100 / metal.account.co2_t, 1
    )


@pytest.mark.parametrize("largest", [1, 2, 4, 5, 12])
def test_the_stairs_lead_from_today_to_what_is_left(office: Proposed, largest: int) -> None:
    today = office.account.co2_t
    found = staircase(office.evaluation, today, largest)
    assert found.after_t == today - office.evaluation.adjusted.co2_reduction_t
    assert found.stairs[0].from_t == today
    assert all(a.to_t == b.from_t for a, b in zip(found.stairs, found.stairs[1:], strict=False))
    assert sorted(e.proposal.number for s in found.stairs for e in s.proposals) == sorted(
        office.evaluation.order
    )
    # the rest stands together only where it is more than one
    assert len(found.stairs) == (6 if largest >= 5 else largest + 1)
    assert all(len(s.proposals) == 1 for s in found.stairs[:-1])
    named = [e.proposal.number for s in found.stairs for e in s.proposals if len(s.proposals) == 1]
    assert named == [n for n in office.evaluation.order if n in named]


def test_a_step_that_adds_co2_leads_up(office: Proposed) -> None:
    found = staircase(office.evaluation, office.account.co2_t, 12)
    up = [s for s in found.stairs if s.co2_t < 0]
    assert [s.proposals[0].proposal.number for s in up] == ["5"]
    assert up[0].to_t > up[0].from_t


def test_sales_that_earn_as_much_at_the_company_s_margin_and_at_the_assumed_one(
    metal: Proposed, office: Proposed
) -> None:
    own = sales_of(Fraction(138_000), metal.company, metal.finance)
    assert (own.margin, own.assumed) == (Fraction("0.045"), False)
    assert round_half_up(own.sales_jpy) == round_half_up(Fraction(138_000) / Fraction("0.045"))
    assumed = sales_of(Fraction(138_000), office.company, office.finance)
    assert (assumed.margin, assumed.assumed, assumed.sales_jpy) == (Fraction("0.05"), True, 2_760_000)
    assert sales_of(None, office.company, office.finance) is None
    assert sales_of(Fraction(-1), office.company, office.finance) is None


def test_what_was_measured_is_held_against_the_days_since_the_work(metal: Proposed) -> None:
    (found,) = metal.followed
    assert (found.fiscal_year, found.carrier, found.measured) == (2025, "electricity", 3900)
    assert found.since_done == found.expected * Fraction(142, 365)  # 2025-11-10 to 2026-03-31
    assert found.share == found.measured / found.since_done


@pytest.mark.parametrize(("measured", "words"), [("3,900 L", "単位"), ("たくさん", "数値")])
def test_a_measured_amount_that_cannot_be_read_is_refused_by_its_line(
    tmp_path: Path, measured: str, words: str
) -> None:
    with pytest.raises(RecordError) as raised:
        changed(tmp_path, "1", {"measured": [{"fiscal_year": 2025, "saved": {"electricity": measured}}]})
    (wrong,) = raised.value.findings
    assert words in wrong.message.ja
    assert "measured.1.saved.electricity" in wrong.message.ja
    assert wrong.place.file.endswith("proposals.yaml")
    assert wrong.place.line


def test_a_done_proposal_of_which_nothing_was_measured_has_a_line(tmp_path: Path) -> None:
    found = changed(tmp_path, "1", {"measured": []})
    assert [(f.fiscal_year, f.measured, f.share) for f in found.followed] == [(2025, None, None)]


def test_the_bank_sees_the_loan_that_was_named_and_the_usual_one_where_none_was(office: Proposed) -> None:
    named, usual = office.plans["6"], office.plans["4"]
    assert not named.assumed
    assert (named.loan.amount.magnitude, named.loan.years) == (8_000_000, 7)
    assert float(named.cash.own_funds.magnitude) == 5_000_000
    assert usual.assumed
    assert usual.loan.amount.magnitude == float(usual.cost_jpy)
    assert abs(usual.repayment[-1].balance.magnitude) < 1e-6
    assert set(office.plans) == {"4", "5", "6"}  # what costs nothing needs no bank


def test_tax_is_added_to_lines_without_it_and_not_guessed(office: Proposed, tmp_path: Path) -> None:
    plan = office.plans["4"]
    assert (plan.cost_jpy, plan.with_tax_jpy) == (3_500_000, 3_850_000)
    (fan,) = office.plans["5"].lines
    assert (fan.with_tax_jpy, fan.without_tax_jpy) == (90_000, Fraction(90_000) / Fraction("1.1"))
    unclear = changed(
        tmp_path, "4", {"capital": [{"item": "x", "amount": "10 千円", "tax": "不明"}]}, "sample-office"
    )
    assert unclear.plans["4"].with_tax_jpy is None
    assert unclear.plans["4"].lines[0].without_tax_jpy is None


def test_a_loan_above_the_cost_is_a_finding_at_its_proposal(tmp_path: Path) -> None:
    loan = {"principal": "80,000 千円", "rate": "1.8 %", "years": 7}
    found = changed(tmp_path, "6", {"loan": loan}, "sample-office")
    assert found.plans["6"].cash is None
    assert [f.place.line for f in found.findings if f.id == "finance.loan_exceeds_cost"] == [
        found.evaluation.item("6").proposal.place.line
    ]


def test_of_several_statutory_lives_all_are_shown(office: Proposed) -> None:
    lives = [float(r.value.magnitude) for r in office.plans["6"].lives]
    assert sorted(lives) == [6, 13, 15]
