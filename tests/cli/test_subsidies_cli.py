"""carbonlib subsidies as the office meets it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_cli

SMART, EMERGENCY = "saitama-r7-smart-equipment", "saitama-r6-emergency"
APPLICATIONS = """\
id,applicant,received,grant,co2_reduction,priority
A-1,見本商店,2025-10-29 09:00,"1,042 千円",4.0 t-CO2,diagnosis
A-2,見本工業,2025-10-29 09:05,300 万円,71.3 t-CO2/年,
A-3,見本クリーニング,2025/10/30,120 万円,"3,400 kg-CO2",diagnosis;eco-up
A-4,"=cmd|x!A0
見本\u202e印刷",2025-10-29,132 万円,3.2 t-CO2,
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace that holds the rounds and a list of applications."""
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(ROOT / "parameters" / "subsidies", tmp_path / "parameters" / "subsidies")
    (tmp_path / "applications.csv").write_text(APPLICATIONS, encoding="utf-8-sig")
    return tmp_path


def award(office: Path, *more: str, round: str = SMART, budget: str = "5,500 千円") -> object:
    return run_cli("subsidies", "award", round, "applications.csv", "--budget", budget, *more, cwd=office)


def test_the_rounds_are_listed(office: Path) -> None:
    done = run_cli("subsidies", cwd=office)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (SMART, "2025-10-29〜2025-11-14", "費用対効果の順", "先着順", "3 t-CO2以上"):
        assert words in done.stdout


def test_a_round_is_shown_with_the_evidence_of_each_rule(office: Path) -> None:
    done = run_cli("subsidies", "show", EMERGENCY, cwd=office)
    assert done.returncode == 0
    for words in ("15 年以上", "対象外: 照明設備", "二次資料・要照合", "仮定", "資料から分からないこと"):
        assert words in done.stdout


def test_a_round_that_is_not_there_names_those_that_are(office: Path) -> None:
    done = award(office, round="nowhere")
    assert done.returncode == 1
    assert SMART in done.stderr


def test_the_award_table(office: Path) -> None:
    before = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in office.rglob("*") if p.is_file()}
    done = award(office)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split("\t") for line in done.stdout.splitlines() if line[:1].isdigit()]
    # priority first; then 3,000 / 71.3 = 42.1 goes before 1,320 / 3.2 = 412.5 thousand yen a tonne
    assert [r[1] for r in rows] == ["A-1", "A-3", "A-2", "A-4"]
    assert rows[2][3:] == ["3,000 千円", "71.30 t-CO2", "42.1", "交付", "3,000 千円", "5,242 千円"]
    assert rows[3][6] == "予算の外"
    assert rows[3][2] == "=cmd|x!A0 見本印刷"  # hostile names are data and stay on their line
    lines = done.stdout.splitlines()
    assert "予算の境目" in lines[lines.index("\t".join(rows[3])) - 1]
    assert "交付 3 件（申請 4 件）、5,242 千円、CO2削減量 78.70 t-CO2/年、残り 258 千円。" in done.stdout
    assert {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in before} == before


def test_first_come_goes_by_time(office: Path) -> None:
    text = APPLICATIONS.replace("diagnosis;eco-up", "").replace("diagnosis", "")
    (office / "applications.csv").write_text(text, encoding="utf-8")
    done = award(office, "--lang", "en", round=EMERGENCY, budget="300 万円")
    rows = [line.split("\t") for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert [r[1] for r in rows] == ["A-4", "A-1", "A-2", "A-3"]
    assert "Funded 2 of 4" in done.stdout


def test_problems_of_budget_and_list_come_at_once(office: Path) -> None:
    (office / "applications.csv").write_text(
        "id,grant,co2_reduction\nA-1,120 万円,2.97 t-CO2\nA-2,120,3.2 t-CO2\n", encoding="utf-8"
    )
    done = award(office, "--lang", "en", budget="30 kWh")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines[1:]] == [
        "applications.csv line 2",
        "applications.csv line 3",
    ]
    assert "amount of money" in lines[0]
    assert "0.03 t-CO2 short" in lines[1]


def test_a_budget_that_is_no_quantity_is_named_with_an_example_of_money(office: Path) -> None:
    done = award(office, budget="abc")
    assert done.returncode == 1
    assert done.stderr.startswith("--budget: 「abc」は数値で始まっていない")
    assert "「30,000 千円」のように書いてください。" in done.stderr
    assert "kWh" not in done.stderr


def test_a_broken_round_is_named(office: Path) -> None:
    path = office / "parameters" / "subsidies" / f"{SMART}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("subsidy_rate: 1/3", "subsidy_rate: 3"), encoding="utf-8"
    )
    done = run_cli("subsidies", "show", EMERGENCY, cwd=office)
    assert done.returncode == 1
    assert done.stderr.count(f"parameters/subsidies/{SMART}.yaml") == 3
