"""The EMS round from proposals.yaml to verdict, offer and documents, through the real files and the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from carbonlib.present.proposal_objects import proposal_object
from carbonlib.proposing import propose, reference
from carbonlib.records.workspace import Workspace
from tests.conftest import copy_workspace, run_cli

ROUND = "saitama-r7-smart-ems"
Offer = dict[str, Any]
# 20,000 kWh × 0.495 = 9.9 t by the air conditioners, 8,000 kWh × 0.495 = 3.96 t by the EMS alone
PROPOSAL: dict[str, Any] = {
    "number": "1",
    "title": "EMS と空調の同時導入",
    "measure": "before_after",
    "load": {"use": "air_conditioning"},
    "inputs": {"before": "60,000 kWh/年", "after": "40,000 kWh/年"},
    "capital": [
        {"item": "空調機", "amount": "11,000 千円", "tax": "税込"},
        {"item": "EMS 一式", "amount": "3,300 千円", "tax": "税込"},
    ],
    "subsidy": {
        "equipment": ["air_conditioner", "ems"],
        "ems_saved": {"electricity": "8,000 kWh/年"},
        "high_efficiency": ["top-runner"],
        "ordered": False,
        "certifications": ["eco-up"],
    },
}


@pytest.fixture
def offer(tmp_path: Path) -> Callable[..., Offer]:
    """Write one proposal of the sample metal works and return what the command line says of the EMS round."""
    root = copy_workspace(tmp_path / "ws", companies=("sample-metal",), years=(2025,))
    folder = root / "parameters/companies/sample-metal"
    company = yaml.safe_load((folder / "company.yaml").read_text("utf-8"))

    def run(*, subsidy: dict[str, Any] | None = None, company_since: str = "1991-10", **more: Any) -> Offer:
        one = {**PROPOSAL, **more, "subsidy": {**PROPOSAL["subsidy"], **(subsidy or {})}}
        one["subsidy"] = {k: v for k, v in one["subsidy"].items() if v is not None}
        text = yaml.dump({"proposals": [one]}, allow_unicode=True)
        (folder / "proposals.yaml").write_text(text, "utf-8")
        facts = {**company, "prior_grants": [], "operating_since": company_since}
        (folder / "company.yaml").write_text(yaml.dump(facts, allow_unicode=True), "utf-8")
        home = Workspace(root)
        by = reference("saitama-diagnosis-2025", on=date(2025, 11, 1), workspace=home)
        whole = proposal_object(propose("sample-metal", 2025, by, workspace=home), "ja")
        found: Offer = next(o for o in whole["proposals"][0]["offers"] if o["round"] == ROUND)
        return {**found, "root": root}

    return run


def test_both_together_may_be_eligible_with_offer_and_documents(offer: Callable[..., Offer]) -> None:
    found = offer()
    assert (found["verdict"], found["failed"], found["missing"]) == ("eligible", [], [])
    assert found["offer_jpy"] == 6_500_000  # (1,100 + 330 万円) / 1.1 / 2
    assert 0 < found["payback_after_years"] < 50
    assert found["co2_t"] == pytest.approx(13.86)
    assert len(found["documents"]) == 3
    assert found["priority"] == ["埼玉県エコアップ認証"]
    done = run_cli("proposals", "sample-metal", "--year", "2025", "--on", "2025-11-01", cwd=found["root"])
    assert (done.returncode, done.stderr) == (0, "")
    # 1,300 万円 less 650 万円, at 20,000 kWh a year of the works' average price
    assert "（EMS）: 対象の可能性あり 6,500 千円  補助後の回収年 " in done.stdout
    assert "書類: CO2削減量の計算書（EMS と設備を分けたもの）・" in done.stdout
    listed = run_cli("subsidies", "show", ROUND, cwd=found["root"]).stdout
    for words in ("EMS だけの年間CO2削減量 3 t-CO2 以上", "事業所の原油換算 50 kL 以上", "中小企業等"):
        assert words in listed


def test_the_cap_is_ten_million_yen(offer: Callable[..., Offer]) -> None:
    dear = [{"item": "一式", "amount": "33,000 千円", "tax": "税込"}]
    assert offer(capital=dear)["offer_jpy"] == 10_000_000


def test_each_minimum_is_of_its_own_part(offer: Callable[..., Offer]) -> None:
    found = offer(
        subsidy={"ems_saved": {"electricity": "6,000 kWh/年"}},
        inputs={"before": "60,000 kWh/年", "after": "54,000 kWh/年"},
    )
    assert (found["verdict"], found["offer_jpy"]) == ("not_eligible", None)
    assert [(f["rule"], f["value"], f["threshold"], f["margin"]) for f in found["failed"]] == [
        ("ems_co2_reduction", pytest.approx(2.97), 3, pytest.approx(-0.03)),
        ("co2_reduction", pytest.approx(2.97), 3, pytest.approx(-0.03)),
    ]


def test_without_equipment_or_without_ems_it_is_not_eligible(offer: Callable[..., Offer]) -> None:
    alone = offer(subsidy={"equipment": ["ems"]})
    assert [(f["rule"], "補助対象の設備" in f["text"]) for f in alone["failed"]] == [("bundle", True)]
    without = offer(subsidy={"equipment": ["air_conditioner"], "with_ems": False})
    assert "bundle" in [f["rule"] for f in without["failed"]]
    unsaid = offer(subsidy={"equipment": ["air_conditioner"]})
    assert unsaid["verdict"] == "unclear"
    assert "bundle" in [m["rule"] for m in unsaid["missing"]]


def test_what_is_missing_is_named(offer: Callable[..., Offer]) -> None:
    found = offer(subsidy={"ems_saved": None, "ordered": None, "high_efficiency": None}, capital=None)
    assert found["verdict"] == "unclear"
    assert [m["rule"] for m in found["missing"]] == [
        *("ems_co2_reduction", "high_efficiency", "no_order_before_award", "eligible_cost")
    ]


def test_a_change_of_fuel_needs_no_evidence_of_efficiency(offer: Callable[..., Offer]) -> None:
    """③ is 「CO2排出量の少ない燃料等を使用した設備への更新」; only ① says 高効率設備への更新."""
    for equipment in (["fuel_switch", "ems"], ["production", "ems"]):
        found = offer(subsidy={"equipment": equipment, "high_efficiency": None})
        assert (found["verdict"], found["missing"]) == ("eligible", []), equipment
        assert found["offer_jpy"] == 6_500_000


def test_photovoltaics_come_with_a_battery_and_an_open_site(offer: Callable[..., Offer]) -> None:
    sun = {"equipment": ["photovoltaics", "ems"], "high_efficiency": None}
    assert [f["rule"] for f in offer(subsidy={**sun, "with_battery": False})["failed"]] == ["bundle"]
    assert offer(subsidy={**sun, "with_battery": True})["verdict"] == "eligible"


def test_a_young_company_is_short_of_a_year(offer: Callable[..., Offer]) -> None:
    found = offer(company_since="2025-02")
    failed = {f["rule"]: f for f in found["failed"]}
    assert failed["company_operation"]["margin"] == -92  # from 2025-11-01 to 2026-02-01
    assert failed["company_operation"]["threshold"] == "2026-02-01"
