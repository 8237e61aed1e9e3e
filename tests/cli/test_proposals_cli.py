"""The abatement curve of all companies as a user reaches it, and an award with a tie and a last grant in part."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from carbonlib.diagnosis import diagnose
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT, copy_workspace, run_cli

SMART = "saitama-r7-smart-equipment"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two companies with proposals, one of them with a hostile title."""
    root = copy_workspace(
        tmp_path_factory.mktemp("curve") / "ws", companies=("sample-office", "sample-metal"), years=(2025,)
    )
    path = root / "parameters/companies/sample-office/proposals.yaml"
    written = yaml.safe_load(path.read_text("utf-8"))
    written["proposals"][1]["title"] = "=cmd|x!A0"
    path.write_text(yaml.dump(written, allow_unicode=True), "utf-8")
    return root


def test_the_curve_of_all_companies_adds_up_to_their_adjusted_totals(city: Path) -> None:
    done = run_cli("proposals", "--year", "2025", "--json", cwd=city)
    assert (done.returncode, done.stderr) == (0, "")
    curve = json.loads(done.stdout)
    assert {b["company"] for b in curve["blocks"]} == {"sample-office", "sample-metal"}
    costs = [b["jpy_per_t"] for b in curve["blocks"]]
    assert costs == sorted(costs)
    on_it = {(b["company"], b["number"]): b["co2_t"] for b in curve["blocks"]}
    for company in ("sample-office", "sample-metal"):
        one = json.loads(run_cli("proposals", company, "--year", "2025", "--json", cwd=city).stdout)
        for proposal in one["proposals"]:
            if (company, proposal["number"]) in on_it:
                assert on_it[company, proposal["number"]] == proposal["adjusted"]["co2_reduction_t"]
    assert curve["co2_t"] == pytest.approx(sum(on_it.values()))


def test_the_curve_as_csv_holds_the_same_numbers_and_no_formula(city: Path) -> None:
    done = run_cli("proposals", "--year", "2025", "--csv", cwd=city)
    assert done.returncode == 0
    assert "載せていない提案: " in done.stderr  # beside the table, which holds data only
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    blocks = json.loads(run_cli("proposals", "--year", "2025", "--json", cwd=city).stdout)["blocks"]
    assert [float(r["co2_t"]) for r in rows] == [b["co2_t"] for b in blocks]
    assert [float(r["jpy_per_t"]) for r in rows] == [b["jpy_per_t"] for b in blocks]
    assert "'=cmd|x!A0" in [r["title"] for r in rows]
    refused = run_cli("proposals", "sample-metal", "--csv", cwd=city)
    assert refused.returncode == 2
    assert "--csv" in refused.stderr


def test_an_award_with_a_tie_and_a_last_grant_in_part(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    target = tmp_path / "parameters" / "subsidies"
    shutil.copytree(ROOT / "parameters" / "subsidies", target)
    path = target / f"{SMART}.yaml"
    path.write_text(path.read_text("utf-8").replace("at_the_line: stop", "at_the_line: partial"), "utf-8")
    # 100 thousand yen a tonne each: the earlier goes first, of one moment the smaller grant, then the id
    (tmp_path / "a.csv").write_text(
        "id,received,grant,co2_reduction\n"
        "late,2025-10-30 09:00,400 千円,4 t-CO2\n"
        "large,2025-10-29 09:00,900 千円,9 t-CO2\n"
        "b,2025-10-29 09:00,500 千円,5 t-CO2\n"
        "a,2025-10-29 09:00,500 千円,5 t-CO2\n",
        "utf-8",
    )
    done = run_cli("subsidies", "award", SMART, "a.csv", "--budget", "1,500 千円", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split("\t") for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert [(r[1], r[6], r[7]) for r in rows] == [
        ("a", "交付", "500 千円"),
        ("b", "交付", "500 千円"),
        ("large", "一部交付", "500 千円"),
        ("late", "予算の外", "0 千円"),
    ]
    assert "交付 2 件（申請 4 件）、1,500 千円、CO2削減量 10.00 t-CO2/年、残り 0 千円。" in done.stdout
    assert "一部交付の申請の削減量 9.00 t-CO2/年" in done.stdout


def test_one_bad_file_does_not_empty_the_curve_and_an_older_report_is_named(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-office", "sample-metal"), years=(2025,))
    (root / "parameters/companies/sample-office/proposals.yaml").write_text("proposals: [{}]\n", "utf-8")
    done = run_cli("proposals", "--json", cwd=root)
    assert done.returncode == 1
    assert {b["company"] for b in json.loads(done.stdout)["blocks"]} == {"sample-metal"}
    assert "sample-office/proposals.yaml" in done.stderr
    reports = root / "parameters/reports"
    (reports / "2024/companies").mkdir(parents=True, exist_ok=True)
    report = reports / "2025/companies/sample-office.yaml"
    (reports / "2024/companies/sample-office.yaml").write_text(
        report.read_text("utf-8").replace("fiscal_year: 2025", "fiscal_year: 2024"), "utf-8"
    )
    report.unlink()
    done = run_cli("proposals", "--csv", cwd=root)
    assert done.returncode == 0
    assert "2025 年度の報告書がないため載せていない事業者: sample-office" in done.stderr


def test_subsidies_are_judged_on_the_day_of_the_report(city: Path) -> None:
    """As in the report: `subsidies_on`, else the visit of the year; and the day is printed."""
    metal = run_cli("proposals", "sample-metal", "--year", "2025", cwd=city).stdout
    assert "補助金は2025年11月5日時点で判定しました。" in metal
    both = ("--year", "2025", "--factors", "saitama-diagnosis-2025")
    assert run_cli("proposals", "sample-metal", *both, cwd=city).stdout == metal
    report = city / "parameters/reports/2025/companies/sample-office.yaml"
    report.write_text(re.sub("subsidies_on.*", "", report.read_text("utf-8")), "utf-8")
    company = city / "parameters/companies/sample-office/company.yaml"
    visit = 'visits:\n  - {fiscal_year: 2025, date: "2025-10-09", diagnosticians: [{name: 見本 一郎, qualification: エネルギー管理士}]}\n'
    company.write_text(company.read_text("utf-8") + visit, "utf-8")
    made = diagnose("sample-office", 2025, both[-1], workspace=Workspace(city))
    assert made.judged_by
    assert str(made.judged_by.on) == "2025-10-09"
    office = run_cli("proposals", "sample-office", "--year", "2025", cwd=city).stdout
    assert "補助金は2025年10月9日時点で判定しました。" in office
    asked = run_cli("proposals", "sample-office", "--on", "2025-10-30", "--lang", "en", cwd=city).stdout
    assert "Subsidies are judged as on 2025-10-30." in asked
