"""What the command says of proposals is true of them: why a total is less, what nearly fits, what has no place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from carbonlib.present.curve_lines import curve_lines
from carbonlib.present.proposal_lines import proposal_lines
from carbonlib.present.proposal_objects import proposal_object
from carbonlib.present.proposal_words import carrier_of
from carbonlib.proposing import Proposed, propose, reference
from carbonlib.records.workspace import Workspace
from tests.conftest import copy_workspace

SET = "saitama-diagnosis-2025"


def saving(number: str, before: str, after: str, **more: object) -> dict[str, object]:
    return {
        "number": number,
        "title": f"対策 {number}",
        "measure": "before_after",
        "load": {"use": "air_conditioning"},
        "inputs": {"before": before, "after": after},
        "capital": [{"item": "空調機", "amount": "900 千円", "tax": "税抜"}],
        "useful_life": "13 年",
        **more,
    }


def of(tmp_path: Path, *proposals: dict[str, object], order: tuple[str, ...] = ()) -> Proposed:
    home = Workspace(copy_workspace(tmp_path))
    data = {"order": list(order), "proposals": list(proposals)}
    path = home.company_folder("sample-metal") / "proposals.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    by = reference(SET, on=date(2025, 10, 30), workspace=home)
    return propose("sample-metal", 2025, by, workspace=home)


def text(found: Proposed) -> str:
    return "\n".join(proposal_lines(found, "ja"))


def test_a_price_that_is_not_known_says_of_which_energy(tmp_path: Path) -> None:
    home = Workspace(copy_workspace(tmp_path))
    by = reference(SET, on=date(2025, 10, 30), workspace=home)
    found = propose("sample-laundry", 2025, by, workspace=home)
    assert "※ 電気の限界単価は分かりません。" in text(found)
    assert "※ 限界単価は" not in text(found)
    assert "※ Electricity: The marginal price is not known." in "\n".join(proposal_lines(found, "en"))


def test_tax_is_said_once_of_all_carriers_and_the_marginal_column_is_explained(tmp_path: Path) -> None:
    home = Workspace(copy_workspace(tmp_path, companies=("sample-laundry",)))
    path = home.company_folder("sample-laundry") / "bills.csv"
    path.write_text(path.read_text("utf-8").replace("税抜", "税込"), "utf-8")
    found = propose("sample-laundry", 2025, reference(SET, workspace=home), workspace=home)
    said = text(found)
    assert len([f for f in found.findings if f.id == "proposal.price_tax_taken_off"]) > 1
    (line,) = [one for one in said.splitlines() if "税込のため" in one]
    assert line.startswith("※ ")
    assert "・" in line.split("の請求は")[0]
    assert "限界は限界単価" in said
    assert "marginal at what" in "\n".join(proposal_lines(found, "en"))


@pytest.mark.parametrize(
    ("part", "order", "words"),
    [
        ("A", (), None),  # at another place: nothing overlaps
        ("", (), "運用改善から順に"),
        ("", ("2", "1"), "指定された順に"),
    ],
)
def test_why_a_total_is_less_is_said_only_where_it_is(
    tmp_path: Path, part: str, order: tuple[str, ...], words: str | None
) -> None:
    one = saving("1", "9,000 kWh/年", "6,000 kWh/年", load={"use": "air_conditioning", "part": part})
    two = saving("2", "9,000 kWh/年", "7,000 kWh/年", load={"use": "air_conditioning", "part": part and "B"})
    said = text(of(tmp_path, one, two, order=order))
    assert ("計算し直しています" in said) == (words is not None)
    assert words is None or words in said


def test_a_carrier_without_bills_is_said_once(tmp_path: Path) -> None:
    one = saving("1", "900 L/年", "600 L/年")
    one["inputs"] = {"carrier": "diesel", "before": "900 L/年", "after": "600 L/年"}
    found = of(tmp_path, one)
    assert [f.id for f in found.findings if f.id in {"proposal.no_bills", "proposal.nothing_left"}] == [
        "proposal.no_bills"
    ]
    said = "\n".join(curve_lines([found], found.curve, "ja"))
    assert "合計に数える削減量が 0 以下のため載せていない提案" in said
    assert "分からない" not in said


def test_a_round_that_two_rules_refuse_is_shown_with_them(tmp_path: Path) -> None:
    found = of(
        tmp_path, saving("1", "9,000 kWh/年", "3,000 kWh/年", subsidy={"equipment": ["air_conditioner"]})
    )
    nearly = [o for o in found.offers["1"] if 1 <= len(o.failed) <= 2]
    far = [o for o in found.offers["1"] if len(o.failed) > 2]
    assert nearly
    said = text(found)
    for offer in nearly:
        assert f"{offer.round_name}: 対象外" in said
        for outcome in offer.failed:
            assert outcome.message.ja in said
    assert not any(f"{o.round_name}: 対象外" in said for o in far)
    assert any("最低の" in o.message.ja and "足りません" in o.message.ja for f in nearly for o in f.failed)


def test_the_object_holds_what_was_written_measured_compared_and_left_out(tmp_path: Path) -> None:
    texts = {"present": "30 年前の空調機", "reason": "効率が低い", "method": "更新する"}
    metal = proposal_object(of(tmp_path / "a", saving("1", "9,000 kWh/年", "6,000 kWh/年", **texts)), "ja")
    one = metal["proposals"][0]
    assert {name: one[name] for name in texts} == texts
    assert one["co2_before_t"] == pytest.approx(one["alone"]["co2_reduction_t"] * 3)
    compared = [r for o in one["offers"] for r in o["failed"] if r["rule"] == "co2_reduction"]
    assert compared
    for rule in compared:
        assert rule["margin"] == pytest.approx(rule["value"] - rule["threshold"])
        assert rule["unit"] == "t-CO2"
        assert "足りません" in rule["text"]
    assert any(o["documents"] for o in one["offers"])
    done = saving(
        "2",
        "9,000 kWh/年",
        "6,000 kWh/年",
        status="実施済み",
        done_on="2025-04-01",
        measured=[{"fiscal_year": 2025, "saved": {"electricity": "2,500 kWh"}}],
    )
    unknown = {k: v for k, v in saving("3", "8,000 kWh/年", "7,000 kWh/年").items() if k != "capital"}
    found = proposal_object(of(tmp_path / "b", done, unknown), "ja")
    assert [(m["number"], m["measured"], m["unit"]) for m in found["measured"]] == [("2", 2500.0, "kWh")]
    assert found["curve_left_out"] == [{"company": "sample-metal", "number": "3", "why": "not_known"}]


def test_refrigerant_and_maintenance_have_their_own_lines(tmp_path: Path) -> None:
    lamps = {
        "number": "1",
        "title": "LED",
        "measure": "led_lighting",
        "inputs": {
            "rooms": [
                {
                    "watts_before": "85 W",
                    "count_before": "10 台",
                    "watts_after": "34 W",
                    "hours": "2,500 h/年",
                }
            ],
            "lamp_life": "10,000 h",
            "replacement_cost": "2,000 円/台",
        },
    }
    one = proposal_object(of(tmp_path, lamps), "ja")["proposals"][0]
    assert one["maintenance"]["value"] == pytest.approx(10 * 2500 / 10000 * 2000)
    assert one["refrigerant"] is None


def test_lpg_by_the_cubic_metre_is_never_called_kilograms(tmp_path: Path) -> None:
    one = saving("1", "5,200 m3/年", "2,600 m3/年")
    one["inputs"] = {"carrier": "lpg", "before": "5,200 m3/年", "after": "2,600 m3/年"}
    found = of(tmp_path, one)  # the company has no bill of it, so the unit goes by pint's own name
    (line,) = [x for x in text(found).splitlines() if x.startswith("LPガス")]
    assert line.split()[:3] == ["LPガス", "m3", "2,600"]
    (amount,) = found.evaluation.alone.amounts
    assert carrier_of(amount.carrier, amount.unit) == "LPガス（気体）"
