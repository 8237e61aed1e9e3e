"""The figure of yen per tonne: no proposal that loses money is announced as saving it, and rates keep their digits."""

from __future__ import annotations

from pathlib import Path

import yaml

from carbonlib import present
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.finance import npv, yearly_flows
from carbonlib.proposals.money import abatement_of, life_of
from carbonlib.records.workspace import Workspace
from carbonlib.units import Q_
from tests.conftest import copy_workspace

SET = "saitama-diagnosis-2025"


def solar(tmp_path: Path, capital: str, **inputs: str) -> Diagnosis:
    """Return sample-metal with its photovoltaics still open at another investment, and a discount rate of 3.5 %."""
    home = copy_workspace(tmp_path)
    path = home / "parameters/companies/sample-metal/proposals.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    one = next(p for p in data["proposals"] if p["number"] == "6")
    one["capital"] = [{"item": "太陽光発電", "amount": capital, "tax": "税抜"}]
    one["inputs"] |= inputs
    del one["status"], one["declined_because"]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    row = (
        "kind,subject,value,unit,evidence,source,locator,note\ndiscount_rate,,3.5,%/年,published,社内基準,,\n"
    )
    (home / "parameters/finance.csv").write_text(row, "utf-8")
    return diagnose("sample-metal", 2025, SET, workspace=Workspace(home))


def test_a_proposal_costs_less_than_nothing_a_tonne_only_where_its_present_value_is_above_zero(
    tmp_path: Path,
) -> None:
    # without the renewal 17 years of saving would make up for it; with it and the fade they do not
    d = solar(tmp_path, "17,000 千円", renewal_cost="2,500 千円", renewal_year="12 年", fade="0.5 %/年")
    of = d.proposed
    simple = {}
    for one in of.evaluation.counted:
        cost = abatement_of(one, of.finance).annualised
        life, _ = life_of(one, of.finance)
        if cost is None:
            continue
        terms = {
            "cost": Q_(float(one.capital_jpy), "JPY"),
            "saving": Q_(float(one.adjusted.cost_average_jpy), "JPY/year"),
            "life": life,
        }
        rate = of.finance.of("discount_rate").value
        flows = yearly_flows(**terms, fade=one.saving.fade, renewals=one.saving.renewals)
        assert (cost.magnitude < 0) == (npv(flows, rate=rate).magnitude > 0)
        simple[one.proposal.number] = npv(yearly_flows(**terms), rate=rate).magnitude
    block = next(b for b in of.curve.blocks if b.number == "6")
    assert simple["6"] > 0  # what the reading without renewal and fade would have announced
    assert block.jpy_per_t > 0
    assert of.curve.paying_t < of.curve.co2_t
    page = present.abatement_figure(d).html
    assert "のすべてが、減らすほど費用も減る対策です" not in page
    assert "No.6 は、耐用年数の間の部品の更新費・効果の低下・売電の収入も含めた額です。" in page


def test_a_rate_is_printed_with_its_digits(tmp_path: Path) -> None:
    d = solar(tmp_path, "11,000 千円")
    assert "割引率は 3.5%/年、削減額は" in present.abatement_figure(d).html
    assert "割引率 3.5%/年、耐用年数" in "".join(s.html for s in present.bank_pages(d).values)
