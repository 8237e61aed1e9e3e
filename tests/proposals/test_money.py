"""A proposal in money: the demand charge of a peak that falls or rises, its first year, before and after subsidy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from carbonlib.errors import CarbonlibError, Message
from carbonlib.present.proposal_lines import proposal_lines
from carbonlib.present.proposal_objects import proposal_object
from carbonlib.proposals.applications import application_of
from carbonlib.proposals.bank import bank_plan
from carbonlib.proposals.money import DEMAND_WITHIN, _by_year, money_of
from carbonlib.proposing import reference
from carbonlib.records.model import Site
from carbonlib.records.proposal_model import Loan
from carbonlib.tariffs import DemandSaving
from carbonlib.units import Q_, format_number
from tests.proposals.test_views import HOME, SET, changed, of

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


def test_the_first_year_of_a_peak_cut_stands_in_year_one_and_the_steady_one_after(tmp_path: Path) -> None:
    found = changed(tmp_path, "4", {"peak_cut": "10 kW"})
    money, one = found.money["4"], found.evaluation.item("4")
    first, steady = (float(q.magnitude) for q in (money.demand.first_year, money.demand.steady_year))
    assert steady == pytest.approx(10 * 12 * 1890 * 0.85)
    assert first < steady  # peaks of the year before still count
    energy = float(one.alone.cost_marginal_jpy)
    assert float(money.marginal_jpy) == float(money.marginal.saving_jpy) == pytest.approx(energy + steady)
    flows = money.marginal.cases.base.flows_jpy
    assert flows[1] == pytest.approx(energy + first)
    assert flows[2:] == pytest.approx((energy + steady,) * (len(flows) - 2))
    low = money.marginal.cases.low  # 20 % less of either year
    assert low.flows_jpy[1] / low.flows_jpy[2] == pytest.approx(flows[1] / flows[2])
    # text, table and JSON show one and the same saving at the marginal price
    listed = proposal_object(found, "ja")["proposals"][3]
    assert listed["saving_at_marginal_price_jpy"] == pytest.approx(energy + steady)
    assert listed["first_year_saving_at_marginal_price_jpy"] == pytest.approx(energy + first)
    assert listed["demand_charge"]["first_year_jpy"] == first
    cost = float(one.capital_jpy)
    assert listed["payback_at_marginal_price_years"] == pytest.approx(cost / (energy + steady))
    line = next(x for x in proposal_lines(found, "ja") if x.startswith("4 "))
    assert format_number((energy + steady) / 1000) in line.split()
    assert DEMAND_WITHIN.ja in list(proposal_lines(found, "ja"))


def test_a_first_year_that_is_not_known_is_taken_at_its_worst() -> None:
    sentence = Message("", "")
    for steady, worst in ((1000.0, 0), (-1000.0, -1000)):
        charge = DemandSaving("measured_steady_only", None, Q_(steady, "JPY/year"), sentence)
        assert _by_year(charge) == (worst, steady)


def test_cases_are_labelled_before_and_after_subsidy() -> None:
    office = of("sample-office", 2025)
    one = office.evaluation.item("4")
    money = money_of(one, office.finance, subsidy_jpy=one.capital_jpy / 3)
    found = proposal_object(replace(office, money={**office.money, "4": money}), "ja")["proposals"]
    base = next(p for p in found if p["number"] == "4")["cases_at_average_price"]["base"]
    before, after = base["before_subsidy"], base["after_subsidy"]
    assert after["npv_jpy"] - before["npv_jpy"] == pytest.approx(float(one.capital_jpy / 3))
    assert after["payback_years"] == pytest.approx(before["payback_years"] * 2 / 3)
    assert after["irr_percent"] > before["irr_percent"]


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


def test_what_a_round_asks_about_ems_and_site_reaches_the_application(tmp_path: Path) -> None:
    facts = {
        "with_ems": True,
        "ems_saved": {"electricity": "8,000 kWh/年"},
        "certifications": ["eco-up"],
        "improvement": "12 %",
    }
    found = changed(tmp_path, "4", {"subsidy": facts})
    one = found.evaluation.item("4")
    rules = reference(SET, workspace=HOME).programme
    application = application_of(one, found.company, found.account, 2025, rules)
    assert application.ems_energy_saved == {"electricity": Q_(8000, "kWh")}
    assert application.certifications == ("eco-up",)
    assert application.improvement == Q_(12, "percent")
    assert application.site_since == date(1991, 10, 1)  # operating_since of the only site
    two = replace(found.company, sites=(*found.company.sites, Site("other", "x", operating_since="2020-04")))
    elsewhere = replace(one, proposal=replace(one.proposal, site_id="other"))
    assert application_of(elsewhere, two, found.account, 2025).site_since == date(2020, 4, 1)
    assert application_of(one, two, found.account, 2025).site_since is None


def test_an_amount_of_the_ems_that_cannot_be_read_is_refused_at_its_proposal(tmp_path: Path) -> None:
    with pytest.raises(CarbonlibError) as raised:
        changed(tmp_path, "4", {"subsidy": {"ems_saved": {"electricity": "8,000 m2"}}})
    (found,) = raised.value.findings
    assert "「8,000 m2」" in found.message.ja
    assert found.place.line is not None


@pytest.mark.parametrize(("written", "fine"), [("2 K", True), ("2 ℃", True), ("2 m", False)])
def test_a_difference_of_temperatures_may_be_in_kelvin(tmp_path: Path, written: str, fine: bool) -> None:
    inputs = {"cooling_use": "20,000 kWh/年", "cooling_change": written}
    change = {"measure": "setpoint_relaxation", "inputs": inputs, "load": {}}
    if fine:
        change_of_two = changed(tmp_path, "4", change).evaluation.item("4")
        assert float(change_of_two.saving.table[1].quantity.magnitude) == 2
        return
    with pytest.raises(CarbonlibError) as raised:
        changed(tmp_path, "4", change)
    assert ["「2 ℃」のように" in f.message.ja for f in raised.value.findings] == [True]
