"""A company with several sites: what a subsidy asks of a site, and what a site buys, come from the site's own bills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from carbonlib.fiscal_year import Month, Period
from carbonlib.proposals.bill_doubts import BilledUse, use_beyond_bills
from carbonlib.proposals.effects import Amount
from carbonlib.proposing import Proposed, propose, reference
from carbonlib.records.proposal_model import Proposal
from carbonlib.records.workspace import Workspace
from carbonlib.subsidies import RuleOutcome
from tests.conftest import copy_workspace

SET = "saitama-diagnosis-2025"
RULE = "crude_oil_equivalent"  # 50 kL of the site, asked by the EMS round
HEAD = "site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax\n"
MONTHS = [(y, m) for y, months in ((2025, range(4, 13)), (2026, range(1, 4))) for m in months]
SUN: dict[str, Any] = {
    "title": "屋根",
    "measure": "photovoltaics",
    "inputs": {
        "capacity": "10 kW",
        "annual_load": "24,000 kWh/年",
        "self_use": "given",
        "self_consumed_per_kw": "1,100 kWh/kW/年",
    },
}


def rows(site: str, kwh: int, months: list[tuple[int, int]] = MONTHS) -> str:
    last = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
    return "".join(
        f"{site},E-{site},electricity,{y}-{m:02}-01,{y}-{m:02}-{last.get(m, 31)},{kwh},kWh,{kwh * 25},円,税抜\n"
        for y, m in months
    )


@pytest.fixture
def proposed(tmp_path: Path) -> Callable[..., Proposed]:
    """Give the metal works a second site and these bills, and propose one thing at one site."""
    root = copy_workspace(tmp_path / "ws", companies=("sample-metal",), years=(2025,))
    folder = root / "parameters/companies/sample-metal"
    company = yaml.safe_load((folder / "company.yaml").read_text("utf-8"))
    company["sites"].append({"id": "branch", "name": "支店", "operating_since": "2001-04"})
    for name in ("equipment", "meters", "end_uses", "acknowledged"):
        company.pop(name, None)
    (folder / "company.yaml").write_text(yaml.dump(company, allow_unicode=True), "utf-8")
    for extra in folder.glob("*30min*"):
        extra.unlink()

    def run(
        bills: str,
        site: str = "branch",
        beside: Sequence[Mapping[str, Any]] = (),
        head: str = HEAD,
        **proposal: Any,
    ) -> Proposed:
        one = {
            "number": "1",
            "title": "空調",
            "measure": "before_after",
            "load": {"use": "air_conditioning"},
            "inputs": {"before": "9,000 kWh/年", "after": "1,000 kWh/年"},
            "capital": [],
            "site": site,
            **proposal,
        }
        if proposal.get("measure", "before_after") != "before_after":
            one.pop("load")
        (folder / "proposals.yaml").write_text(
            yaml.dump({"proposals": [one, *beside]}, allow_unicode=True), "utf-8"
        )
        (folder / "bills.csv").write_text(head + bills, "utf-8")
        home = Workspace(root)
        by = reference(SET, on=date(2025, 10, 1), workspace=home)
        return propose("sample-metal", 2025, by, workspace=home)

    return run


def site_rule(found: Proposed) -> RuleOutcome:
    (offer,) = [o for o in found.offers["1"] if o.round_id == "saitama-r7-smart-ems"]
    outcome = offer.outcome(RULE)
    assert outcome is not None
    return outcome


def test_fifty_kl_are_asked_of_the_site_and_not_of_the_company(proposed: Callable[..., Proposed]) -> None:
    bills = rows("factory", 40_000) + rows("branch", 2_000)
    small, large = site_rule(proposed(bills, "branch")), site_rule(proposed(bills, "factory"))
    # 24 and 480 thousand kWh × 9.76 GJ × 0.0258
    assert (small.status, small.value) == ("failed", Fraction(24) * Fraction("9.76") * Fraction("0.0258"))
    assert (large.status, large.value) == ("held", Fraction(480) * Fraction("9.76") * Fraction("0.0258"))


def test_a_site_without_bills_cannot_be_told(proposed: Callable[..., Proposed]) -> None:
    outcome = site_rule(proposed(rows("factory", 40_000), "branch"))
    assert outcome.status == "missing"
    assert "事業所「branch」の診断期間の請求がありません" in outcome.message.ja


def test_bills_that_may_hold_another_site_say_so_only_where_it_matters(
    proposed: Callable[..., Proposed],
) -> None:
    unsure = site_rule(proposed(rows("factory", 40_000), "factory"))
    assert (unsure.status, unsure.value) == ("missing", Fraction(480) * Fraction("9.76") * Fraction("0.0258"))
    assert "事業所 branch の請求がないため" in unsure.message.ja
    # with or without the other site it is short of the minimum
    assert site_rule(proposed(rows("factory", 2_000), "factory")).status == "failed"


def test_a_year_with_a_gap_is_a_lower_bound(proposed: Callable[..., Proposed]) -> None:
    other = rows("branch", 100)
    short = site_rule(proposed(rows("factory", 17_000, MONTHS[:10]) + other, "factory"))
    assert short.status == "missing"
    assert "2026年2月" in short.message.ja
    assert "42.81 kL" in short.message.ja
    assert site_rule(proposed(rows("factory", 40_000, MONTHS[:10]) + other, "factory")).status == "held"


def test_a_use_beyond_the_bills_of_its_site_is_named(proposed: Callable[..., Proposed]) -> None:
    bills = rows("factory", 40_000) + rows("branch", 500)
    inputs = {"before": "9,000 kWh/年", "after": "8,900 kWh/年"}
    (doubt,) = [
        f for f in proposed(bills, "branch", inputs=inputs).findings if f.id == "proposal.use_beyond_bills"
    ]
    assert "9,000 kWh" in doubt.message.ja
    assert "6,000 kWh" in doubt.message.ja
    fine = proposed(bills, "factory", inputs=inputs)
    assert "proposal.use_beyond_bills" not in [f.id for f in fine.findings]


def test_bills_that_lack_months_say_so_and_doubt_no_digits(proposed: Callable[..., Proposed]) -> None:
    bills = rows("factory", 40_000) + rows("branch", 500, MONTHS[:3])
    inputs = {"before": "3,000 kWh/年", "after": "2,900 kWh/年"}
    found = proposed(bills, "branch", inputs=inputs).findings
    (doubt,) = [f for f in found if f.id == "proposal.bills_incomplete"]
    assert "対象（年 3,000 kWh）は、電気の2025年7月〜2026年3月の請求がないため" in doubt.message.ja
    assert "この年度の請求（1,500 kWh）とは比べられません" in doubt.message.ja
    ids = {"proposal.use_beyond_bills", "proposal.nearly_all_saved", "proposal.together_beyond_bills"}
    assert not ids & {f.id for f in found}
    # a thousand for one is a slip, however many months there are
    slip = {"before": "3,000,000 kWh/年", "after": "2,900,000 kWh/年"}
    assert "proposal.use_beyond_bills" in [f.id for f in proposed(bills, "branch", inputs=slip).findings]


def test_twelve_other_months_are_called_so() -> None:
    use = BilledUse(Fraction(100), Period(Month(2025, 7)))
    one = Proposal("1", "提案", "led", {})
    amount = Amount("electricity", "kWh", Fraction(1), Fraction(120))
    (doubt,) = use_beyond_bills(one, [amount], {("electricity", "kWh"): use})
    assert "この12か月の請求は 100 kWh です" in doubt.message.ja


def test_the_load_of_photovoltaics_is_that_of_its_site(proposed: Callable[..., Proposed]) -> None:
    bills = rows("factory", 40_000) + rows("branch", 2_000)
    fine = proposed(bills, "branch", **SUN)
    assert [f.id for f in fine.findings if f.id == "proposal.load_unlike_bills"] == []
    (doubt,) = [f for f in proposed(bills, "factory", **SUN).findings if f.id == "proposal.load_unlike_bills"]
    assert "480,000 kWh" in doubt.message.ja


def adjusted(found: Proposed, number: str) -> float:
    return float(found.evaluation.item(number).adjusted.saved("electricity"))


def direct(number: str, site: str, use: str, before: str, after: str) -> dict[str, Any]:
    return {
        "number": number,
        "title": "前後",
        "site": site,
        "measure": "before_after",
        "load": {"use": use},
        "inputs": {"before": before, "after": after},
        "capital": [],
    }


def test_the_proposals_of_a_site_save_no_more_than_the_site_buys(proposed: Callable[..., Proposed]) -> None:
    bills = rows("factory", 20_000) + rows("branch", 12_000)
    inputs = {"before": "150,000 kWh/年", "after": "5,000 kWh/年"}
    lights = direct("2", "factory", "lighting", inputs["before"], inputs["after"])
    found = proposed(bills, "factory", [lights], inputs=inputs)
    assert adjusted(found, "1") == pytest.approx(145_000)
    assert adjusted(found, "2") == pytest.approx(240_000 - 145_000)
    (doubt,) = [f for f in found.findings if f.id == "proposal.together_beyond_bills"]
    assert "提案No.2" in doubt.message.ja
    assert "240,000 kWh" in doubt.message.ja


def test_a_site_does_not_save_what_another_buys(proposed: Callable[..., Proposed]) -> None:
    bills = rows("factory", 20_000) + rows("branch", 12_000)
    inputs = {"before": "500,000 kWh/年", "after": "1,000 kWh/年"}
    lights = direct("2", "branch", "lighting", "60,000 kWh/年", "10,000 kWh/年")
    found = proposed(bills, "factory", [lights], inputs=inputs)
    assert adjusted(found, "1") == pytest.approx(240_000)
    assert adjusted(found, "2") == pytest.approx(50_000)
    ids = [f.id for f in found.findings]
    assert "proposal.use_beyond_bills" in ids
    assert "proposal.nothing_left" not in ids


def test_a_site_without_bills_may_save_of_the_companys(proposed: Callable[..., Proposed]) -> None:
    inputs = {"before": "60,000 kWh/年", "after": "10,000 kWh/年"}
    found = proposed(rows("factory", 20_000), "branch", inputs=inputs)
    assert adjusted(found, "1") == pytest.approx(50_000)


def sun(load: str) -> dict[str, Any]:
    months = [{"daily": "4 kWh/m2/日"} for _ in range(12)]  # no YAML alias
    inputs = {"capacity": "100 kW", "annual_load": load, "self_use": "constant", "irradiation": months}
    return {"title": "太陽光", "measure": "photovoltaics", "inputs": inputs}


def test_photovoltaics_of_one_site_does_not_shrink_when_another_saves(
    proposed: Callable[..., Proposed],
) -> None:
    bills = rows("branch", 10_000) + rows("factory", 40_000)
    alone = proposed(bills, "branch", **sun("120,000 kWh/年"))
    elsewhere = direct("2", "factory", "production", "400,000 kWh/年", "100,000 kWh/年")
    beside = proposed(bills, "branch", [elsewhere], **sun("120,000 kWh/年"))
    assert adjusted(beside, "1") == adjusted(alone, "1") > 0
    here = direct("2", "branch", "production", "60,000 kWh/年", "20,000 kWh/年")
    assert (
        0 < adjusted(proposed(bills, "branch", [here], **sun("120,000 kWh/年")), "1") < adjusted(alone, "1")
    )


def test_photovoltaics_serves_no_more_than_its_site_buys(proposed: Callable[..., Proposed]) -> None:
    bills = rows("branch", 10_000) + rows("factory", 40_000)
    right, wrong = (proposed(bills, "branch", **sun(load)) for load in ("120,000 kWh/年", "600,000 kWh/年"))
    assert adjusted(wrong, "1") == pytest.approx(adjusted(right, "1"))
    assert wrong.evaluation.item("1").alone.saved("electricity") > right.evaluation.item("1").alone.saved(
        "electricity"
    )
    (doubt,) = [f for f in wrong.findings if f.id == "proposal.load_unlike_bills"]
    assert "合計には請求の範囲だけを数えています" in doubt.message.ja


def test_a_lower_peak_counts_only_where_the_peaks_are(proposed: Callable[..., Proposed]) -> None:
    head = HEAD.strip() + ",contract_demand_kw,peak_demand_kw,demand_charge_jpy,power_factor_percent\n"
    peaks = rows("factory", 10_000).replace("税抜\n", "税抜,90,90,137700,100\n")
    bills = peaks + rows("branch", 10_000).replace("税抜\n", "税抜,,,,\n")
    found = {}
    for site in ("factory", "branch"):
        one = proposed(bills, site=site, peak_cut="5 kW", head=head)
        found[site] = one
    known = found["factory"].money["1"].demand
    assert "契約電力の決め方" in known.sentence.ja  # all but that is known there
    unknown = found["branch"]
    assert unknown.money["1"].demand.steady_year is None
    assert not unknown.money["1"].demand_within
    (note,) = [f for f in unknown.findings if f.id == "proposal.peak_cut_not_known"]
    assert "最大需要電力が請求にある計器が 1 つに決まらない" in note.message.ja
    assert note.place.line
