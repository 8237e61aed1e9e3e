"""One basis for payback and the rest: prices of bills with tax are taken without it, as the investments are."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from carbonlib import present
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.first_page import first_page
from carbonlib.proposals.reductions import account_without_tax
from carbonlib.records.tax import with_tax
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT, copy_workspace

SET = "saitama-diagnosis-2025"


@cache
def billed(tax: str) -> Diagnosis:
    """Return sample-metal after its bills say so of tax; every amount of them stays as it is."""
    if tax == "税抜":
        return diagnose("sample-metal", 2025, SET, workspace=Workspace(ROOT))
    with TemporaryDirectory() as folder:
        home = copy_workspace(Path(folder))
        path = home / "parameters/companies/sample-metal/bills.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = [{**row, "tax": tax} for row in reader]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, reader.fieldnames)
            writer.writeheader()
            writer.writerows(rows)
        return diagnose("sample-metal", 2025, SET, workspace=Workspace(home))


def test_bills_with_tax_are_valued_without_it_at_either_price() -> None:
    plain, taxed = billed("税抜"), billed("税込")
    for one, other in zip(plain.proposed.evaluation.items, taxed.proposed.evaluation.items, strict=True):
        own = one.proposal.prices
        for of in ("cost_average_jpy", "cost_marginal_jpy"):
            if not own:
                assert getattr(other.alone, of) * with_tax() == getattr(one.alone, of), one.proposal.number
    assert taxed.account.cost_jpy == plain.account.cost_jpy  # the account stays as billed
    assert account_without_tax(taxed.account) * Fraction(11, 10) == taxed.account.cost_jpy
    found = {f.id: f.message.ja for f in taxed.proposed.findings}
    assert "10% の消費税を除いた単価で計算しました" in found["proposal.price_tax_taken_off"]


def test_payback_present_value_and_demand_charge_follow_the_price_without_tax() -> None:
    plain, taxed = billed("税抜").proposed, billed("税込").proposed
    checked = 0
    for number, money in plain.money.items():
        other, years = taxed.money[number], money.average.payback.before.exact_years
        if years and not plain.evaluation.item(number).saving.income:
            assert float(other.average.payback.before.exact_years) == pytest.approx(float(years * with_tax()))
            checked += 1
        if money.demand is not None and money.demand.steady_year is not None:
            assert other.demand.steady_year.magnitude == pytest.approx(
                money.demand.steady_year.magnitude / 1.1
            )
        if money.average.cases is not None:
            assert other.average.cases.base.npv_jpy < money.average.cases.base.npv_jpy
    assert checked > 2


def test_the_report_says_on_which_basis_yen_are() -> None:
    for tax, bank, first in (("税抜", True, True), ("税込", True, True), ("不明", False, False)):
        d = billed(tax)
        assert (
            "回収年数などは税抜の額で計算しています" in "".join(s.html for s in present.bank_pages(d).values)
        ) is bank, tax
        assert ("削減額は税抜です" in present.cover(d).html) is first, tax
    said = present.proposals_table(billed("税込")).html
    assert "税込のため、削減額は 10% の消費税を除いた単価で" in said
    assert "円/kWh（税抜）" in "".join(s.html for s in present.proposal_sheets(billed("税込")).values)
    assert "書かれた額のままの単価で計算しました" in present.proposals_table(billed("不明")).html


def test_shares_of_the_cost_set_a_saving_against_a_cost_of_the_same_basis() -> None:
    assert first_page(billed("税込")).reducible.cost_share == first_page(billed("税抜")).reducible.cost_share
