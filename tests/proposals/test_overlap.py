"""Proposals as they are written: what overlaps is counted once, by hand-worked figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from carbonlib.errors import CarbonlibError
from carbonlib.proposing import propose, reference
from carbonlib.records.workspace import Workspace
from tests.conftest import copy_workspace

SET = "saitama-diagnosis-2025"
USE = 128_925  # kWh that the office is billed for
OFF = {"measure": "lighting_switch_off", "title": "消灯"}
LED = {"measure": "led_lighting", "title": "LED"}


@pytest.fixture
def total(tmp_path: Path):
    """Evaluate proposals of the sample office: kWh after overlap, and the evaluation."""

    made = []

    def run(*proposals: dict, end_uses: tuple[dict, ...] = (), more_sites: tuple[dict, ...] = ()):
        made.append(len(made))
        root = copy_workspace(tmp_path / f"ws{len(made)}", companies=("sample-office",), years=(2025,))
        folder = root / "parameters/companies/sample-office"
        items = [{"number": str(i), "capital": [], **p} for i, p in enumerate(proposals, start=1)]
        (folder / "proposals.yaml").write_text(yaml.dump({"proposals": items}, allow_unicode=True), "utf-8")
        company = yaml.safe_load((folder / "company.yaml").read_text("utf-8"))
        company["end_uses"] = list(end_uses)
        company["sites"] += more_sites
        (folder / "company.yaml").write_text(yaml.dump(company, allow_unicode=True), "utf-8")
        home = Workspace(root)
        found = propose("sample-office", 2025, reference(SET, workspace=home), workspace=home).evaluation
        return float(found.adjusted.saved("electricity")), found

    return run


def off(count: int, hours_off: float, part: str = "") -> dict:
    row = {"watts": "85 W", "count": f"{count} 台", "hours": "2,600 h/年", "hours_off": f"{hours_off} h/年"}
    return {**OFF, "inputs": {"rooms": [row]}, "load": {"part": part}}


def led(count: int, part: str = "", hours: str = "2,600 h/年") -> dict:
    row = {"watts_before": "85 W", "count_before": f"{count} 台", "watts_after": "34 W", "hours": hours}
    return {**LED, "inputs": {"rooms": [row]}, "load": {"part": part}}


def test_twenty_fittings_of_a_large_load_are_not_diluted_by_it(total):
    declared = {"use": "lighting", "carrier": "electricity", "amount": "39,780 kWh/年"}
    kwh, _ = total(off(20, 1300), led(20), end_uses=(declared,))
    assert kwh == pytest.approx(2210 + 2210 * 51 / 85)  # 3,536 of the 4,420 kWh that they use


def test_delamping_within_what_becomes_led_is_not_counted_as_well(total):
    taken_out = {
        "measure": "delamping",
        "title": "間引き",
        "load": {"part": "2F"},
        "inputs": {
            "rooms": [{"watts": "85 W", "count": "10 台", "count_off": "10 台", "hours": "2,500 h/年"}]
        },
    }
    kwh, found = total(led(100, hours="2,500 h/年"), taken_out)
    assert kwh == pytest.approx(100 * 51 * 2.5)
    assert found.item("2").replaced_by == "1"
    apart, _ = total(led(100, "1F", "2,500 h/年"), taken_out)
    assert apart == pytest.approx(100 * 51 * 2.5 + 10 * 85 * 2.5)


def test_cooling_lies_within_air_conditioning(total):
    setpoint = {
        "measure": "setpoint_relaxation",
        "title": "設定温度",
        "load": {"use": "air_conditioning"},
        "inputs": {"cooling_use": "40,000 kWh/年", "cooling_change": "5 ℃"},
    }
    renewal = {
        "measure": "air_conditioner_replacement",
        "title": "更新",
        "inputs": {"units": [{"cooling_use": "40,000 kWh/年", "apf_before": "2", "apf_after": "6"}]},
    }
    direct = {
        "measure": "before_after",
        "title": "前後",
        "load": {"use": "air_conditioning"},
        "inputs": {"before": "40,000 kWh/年", "after": "10,000 kWh/年"},
    }
    kwh, _ = total(setpoint, renewal, direct)
    left = (
        40_000 * 0.5 * (1 / 3) * 0.25
    )  # half by the set-point, a third of it by the renewal, a quarter of that
    assert kwh == pytest.approx(40_000 - left)


CLEANING = {
    "measure": "air_conditioner_cleaning",
    "title": "清掃",
    "inputs": {
        "cooling_use": "20,000 kWh/年",
        "dirty_share": "100 %",
        "filter_rate": "5 %",
        "fin_rate": "0 %",
    },
}


def renewal(use: str, **more: object) -> dict:
    unit = {"cooling_use": use, "apf_before": "3", "apf_after": "6"}
    return {"measure": "air_conditioner_replacement", "title": "更新", "inputs": {"units": [unit]}, **more}


def test_cleaning_counts_on_the_machines_that_are_not_renewed(total):
    """measures.md: the effect of cleaning is near 0 after a renewal; 1,000 kWh alone, half of 20,000 kWh renewed."""
    alone, _ = total(CLEANING)
    assert alone == pytest.approx(1000)
    all_, found = total(CLEANING, renewal("20,000 kWh/年"))
    assert all_ == pytest.approx(10_000)
    assert float(found.alone.saved("electricity")) == pytest.approx(11_000)
    assert [f.severity for f in found.findings if f.id == "proposal.renewed"] == ["note"]
    assert "proposal.nothing_left" not in [f.id for f in found.findings]  # the note says why
    half, _ = total(CLEANING, renewal("10,000 kWh/年"))
    # 500 of the cleaning are saved on the 10,000 that stay as they are: the renewal saves its 5,000 whole
    assert half == pytest.approx(500 + 5_000)
    # the other order is no other world, nor is a renewal written as use before and after
    assert total(renewal("20,000 kWh/年"), CLEANING)[0] == pytest.approx(10_000)
    direct = {
        "measure": "before_after",
        "title": "更新",
        "load": {"use": "cooling"},
        "inputs": {"before": "20,000 kWh/年", "after": "10,000 kWh/年"},
        "subsidy": {"equipment": ["air_conditioner"]},
    }
    assert total(CLEANING, direct)[0] == pytest.approx(10_000)


def test_cleaning_counts_whole_beside_a_renewal_that_is_not_counted_or_elsewhere(total):
    declined = renewal("20,000 kWh/年", status="見送り", declined_because="費用")
    assert total(CLEANING, declined)[0] == pytest.approx(1000)
    first, second = {**CLEANING, "load": {"part": "1F"}}, renewal("20,000 kWh/年", load={"part": "2F"})
    assert total(first, second)[0] == pytest.approx(11_000)


def test_cleaning_counts_as_little_beside_a_renewal_that_is_already_done(total):
    done = renewal("10,000 kWh/年", status="実施済み", done_on="2025-01-31")
    left, found = total(CLEANING, done)
    assert left == pytest.approx(500)  # of 1,000: half of its 20,000 kWh have been renewed
    assert found.order == ("1",)
    (note,) = [f for f in found.findings if f.id == "proposal.renewed"]
    assert "更新した機器" in note.message.ja
    assert "2 renewed" in note.message.en
    elsewhere = {**done, "load": {"part": "2F"}}
    assert total({**CLEANING, "load": {"part": "1F"}}, elsewhere)[0] == pytest.approx(1000)


def test_a_proposal_that_leaves_next_to_nothing_of_a_bill_is_doubted(total):
    def direct(after: int, **more: object) -> dict:
        inputs = {"before": f"{USE} kWh/年", "after": f"{after} kWh/年"}
        return {
            "measure": "before_after",
            "title": "x",
            "load": {"use": "production"},
            "inputs": inputs,
            **more,
        }

    _, found = total(direct(USE * 6 // 100))
    assert "proposal.nearly_all_saved" not in [f.id for f in found.findings]
    _, found = total(direct(USE * 4 // 100))
    (doubt,) = [f for f in found.findings if f.id == "proposal.nearly_all_saved"]
    assert f"電気 {USE:,} kWh の 96 % を減らします" in doubt.message.ja
    assert doubt.place.line
    _, found = total(direct(0, status="見送り", declined_because="費用"))
    assert "proposal.nearly_all_saved" not in [f.id for f in found.findings]


def test_a_direct_measure_says_what_it_acts_on(total):
    with pytest.raises(CarbonlibError, match="用途を書いてください"):
        total({"measure": "before_after", "title": "x", "inputs": {"before": "2 kWh", "after": "1 kWh"}})


def test_with_several_sites_a_proposal_names_its_own(total):
    more = ({"id": "branch", "name": "支店"},)
    with pytest.raises(CarbonlibError, match="site"):
        total(led(20), more_sites=more)
    kwh, _ = total({**led(20), "site": "office"}, {**off(20, 1300), "site": "office"}, more_sites=more)
    assert kwh == pytest.approx(3536)
    kwh, _ = total({**led(20), "site": "office"}, {**off(20, 1300), "site": "branch"}, more_sites=more)
    assert kwh == pytest.approx(2652 + 2210)


def test_why_the_total_is_less_says_what_holds(total):
    """One proposal overlaps with nothing: where it saves more than is billed, that alone is the reason."""
    beyond = {
        "measure": "before_after",
        "title": "更新",
        "load": {"use": "cooling"},
        "inputs": {"before": "90,000,000 kWh/年", "after": "1,000 kWh/年"},
    }
    _, lone = total(beyond)
    assert (lone.shared, lone.beyond_bills) == (False, True)
    _, two = total(off(20, 1300), led(20))
    assert (two.shared, two.beyond_bills) == (True, False)
