"""A proposal in money: the demand charge of a peak that falls or rises, its first year, before and after subsidy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from carbonlib.proposals.bank import bank_plan
from carbonlib.records.proposal_model import Loan
from tests.proposals.test_views import changed, of

GAS_TO_POWER = {
    "measure": "gas_air_conditioner_replacement",
    "load": {},
    "inputs": {
        "carrier": "lpg",
        "gas_use": "1,000 m3/年",
        "calorific_value": "100 MJ/m3",
        "cooling_share": "50 %",
        "gas_cop_cooling": "1.2",
        "gas_cop_heating": "1.2",
        "own_electricity": "2,000 kWh/年",
        "apf_after": "5",
        "added_power": "30 kW",
    },
}


def test_a_measure_that_adds_power_makes_the_demand_charge_dearer(tmp_path: Path) -> None:
    found = changed(tmp_path, "4", GAS_TO_POWER)
    money = found.money["4"]
    # 417,690 JPY a month for 260 kW at a power factor of 100 %, so 1,890 JPY/kW: 30 kW × 12 × 1,890 × 0.85
    assert money.demand.steady_year.magnitude == pytest.approx(-30 * 12 * 1890 * 0.85)
    assert "基本料金は増えます" in money.demand.sentence.ja


def test_a_cut_beyond_the_highest_peak_is_a_finding_at_its_proposal(tmp_path: Path) -> None:
    found = changed(tmp_path, "4", {"peak_cut": "300 kW"})
    (doubt,) = [f for f in found.findings if f.id == "proposal.peak_cut_beyond"]
    assert doubt.place.line == found.evaluation.item("4").proposal.place.line
    assert "提案No.4" in doubt.message.ja


def test_the_usual_loan_never_exceeds_what_tax_and_subsidy_leave() -> None:
    """Every amount from 1,000 to 9,990 thousand yen with tax in it, with and without a third as a grant."""
    office = of("sample-office", 2025)
    one, money = office.evaluation.item("4"), office.money["4"]
    for thousands in range(1000, 10_000, 10):
        cost = Fraction(thousands * 1000) / Fraction("1.1")
        for subsidy in (None, cost / 3):
            plan = bank_plan(replace(one, capital_jpy=cost), money, office.finance, subsidy)
            assert plan is not None
            assert plan.findings == (), (thousands, plan.findings)
            assert 0 <= cost - plan.subsidy_jpy - plan.loan.amount.magnitude < 1


def test_a_named_loan_rounded_up_to_the_yen_is_no_mistake() -> None:
    office = of("sample-office", 2025)
    one, money = office.evaluation.item("4"), office.money["4"]
    cost = Fraction(3_440_000) / Fraction("1.1")  # 3,127,272.7…
    for principal, fine in ((3_127_273, True), (3_127_274, False)):
        named = replace(one.proposal, loan=Loan(Decimal(principal), Decimal("0.02"), 5))
        plan = bank_plan(replace(one, proposal=named, capital_jpy=cost), money, office.finance)
        assert (plan.findings == ()) is fine
