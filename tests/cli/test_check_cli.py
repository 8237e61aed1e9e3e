"""`carbonlib check`: every problem at once, of the companies and years that are asked for."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from carbonlib.records.load import load_text
from tests.conftest import ROOT, run_cli

Maker = Callable[..., Path]
SAITAMA = "saitama-diagnosis-2025"


def test_check_names_every_problem_at_once(workspace: Maker) -> None:
    root = workspace("sample-office", "sample-metal", years=(2025,))
    (root / "parameters/companies/sample-office/company.yaml").write_text(
        "id: sample-office\nname: 12\nindustry: サービス業\nsites:\n  - id: ../x\n    name: 本社\ncolour: green\n",
        encoding="utf-8",
    )
    bills = root / "parameters/companies/sample-metal/bills.csv"
    lines = bills.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("2024-04-01", "4月")
    lines[2] = lines[2].replace("kWh", "K")
    lines[3] = lines[3].replace(",電気", "").replace("factory", "nowhere")
    bills.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run_cli("check", "--json", cwd=root)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    errors = {(f["file"].rsplit("/", 2)[-2], f["line"], f["id"]) for f in found if f["severity"] == "error"}
    assert errors >= {
        ("sample-office", 2, "yaml.value_error"),
        ("sample-office", 5, "yaml.value_error"),
        ("sample-office", 7, "yaml.extra_forbidden"),
        ("sample-metal", 2, "bill.date"),
        ("sample-metal", 3, "unit.ambiguous"),
        ("sample-metal", 4, "bill.site"),
    }
    assert set(found[0]) == {"id", "severity", "message", "file", "sheet", "cell", "line"}
    words = run_cli("check", "--notes", cwd=root)
    severities = [line.split("]")[0] for line in words.stdout.splitlines()[:-1]]
    assert severities == sorted(severities, key=["[誤り", "[要確認", "[参考"].index)
    [line] = [s for s in words.stdout.splitlines() if "sample-metal/bills.csv 2 行目" in s]
    assert line.split()[:3] == ["[誤り]", "bill.date", "parameters/companies/sample-metal/bills.csv"]
    # every place of every problem has its own line
    assert len(severities) == len(found)


def test_a_wrong_company_hides_neither_its_bills_nor_a_wrong_factor_set_the_companies(
    workspace: Maker,
) -> None:
    root = workspace("sample-office", years=(2025,))
    folder = root / "parameters/companies/sample-office"
    company, bills = folder / "company.yaml", folder / "bills.csv"
    company.write_text(company.read_text(encoding="utf-8") + "colour: green\n", encoding="utf-8")
    lines = bills.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("2024-04-01", "4月")
    bills.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (root / "parameters/factors").mkdir(exist_ok=True)
    (root / "parameters/factors/broken.csv").write_text("x\n", encoding="utf-8")
    found = json.loads(run_cli("check", "--json", cwd=root).stdout)
    errors = [(f["file"].rsplit("/", 1)[-1], f["id"]) for f in found if f["severity"] == "error"]
    assert set(errors) >= {("company.yaml", "yaml.extra_forbidden"), ("bills.csv", "bill.date")}
    assert any(file == "broken.csv" for file, _ in errors)
    assert len(errors) == len(set(errors))


def test_sites_that_cannot_be_read_are_not_missed_in_the_bills(workspace: Maker) -> None:
    root = workspace("sample-office", years=(2025,))
    company = root / "parameters/companies/sample-office/company.yaml"
    text = company.read_text(encoding="utf-8")
    for wrong in (text.replace("- id: ", "- id: ../"), text.replace("sites:", "places:"), "sites: ["):
        company.write_text(wrong, encoding="utf-8")
        found = json.loads(run_cli("check", "--json", cwd=root).stdout)
        assert {f["severity"] for f in found} >= {"error"}
        assert not [f for f in found if f["id"] == "bill.site"]


def test_check_of_one_company_or_year_says_no_word_of_others(workspace: Maker) -> None:
    root = workspace("sample-office", "sample-builder")
    for company_id, wrong in (("sample-office", "employees: x"), ("sample-builder", "floor_area: x")):
        path = root / f"parameters/companies/{company_id}/company.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text + f"target:\n  {wrong}\n", encoding="utf-8")
    done = run_cli("check", "--company", "sample-office", cwd=root)
    assert done.returncode == 1
    assert "employees" in done.stdout
    assert "sample-builder" not in done.stdout
    assert "sample-builder" in run_cli("check", cwd=root).stdout
    shutil.rmtree(root / "parameters/reports/2024", ignore_errors=True)
    report = root / "parameters/reports/2025/companies/sample-office.yaml"
    other = root / "parameters/reports/2026/companies/sample-office.yaml"
    other.parent.mkdir(parents=True)
    shutil.copy(report, other)
    (root / "parameters/companies/sample-office/company.yaml").write_text(
        (ROOT / "parameters/companies/sample-office/company.yaml").read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    only = ("check", "--company", "sample-office", "--year")
    assert run_cli(*only, "2025", cwd=root).returncode == 0
    assert run_cli(*only, "2026", cwd=root).returncode == 1  # its fiscal_year still says 2025
    unknown = run_cli("check", "--company", "sample-ofice", cwd=root)
    assert unknown.returncode == 1
    assert "もしかして sample-office" in unknown.stderr
    assert "報告書のある年度" in run_cli("check", "--year", "1999", cwd=root).stdout


def test_check_of_a_year_leaves_out_what_a_company_has_in_others(workspace: Maker) -> None:
    root = workspace("sample-office")
    days = {date(year, 6, 1): [Decimal(1)] * 48 for year in (2024, 2025)}
    file = root / "parameters/companies/sample-office/load_30min.csv"
    file.write_text(load_text({("office", "E1"): days}), encoding="utf-8")

    def said(*options: str) -> list[str]:
        listed = json.loads(run_cli("check", *options, "--json", cwd=root).stdout)
        return [f["message"].partition("（2")[2][:4] for f in listed if f["id"] == "load.gap"]

    assert said() == ["024-", "025-"]
    assert said("--year", "2025") == ["025-"]


def test_check_of_one_company_names_the_bills_that_another_has_too(workspace: Maker) -> None:
    root = workspace("sample-office")
    folder = root / "parameters/companies/sample-office"
    other = shutil.copytree(folder, folder.with_name("twin"))
    text = (other / "company.yaml").read_text(encoding="utf-8").replace("id: sample-office", "id: twin")
    (other / "company.yaml").write_text(text, encoding="utf-8")
    for company_id in ("sample-office", "twin"):
        assert "bill.in_two_companies" in run_cli("check", "--company", company_id, cwd=root).stdout


def test_companies_that_wait_for_their_bills_are_one_line(workspace: Maker) -> None:
    root = workspace("sample-office", "sample-builder")
    reports = root / "parameters/reports/2027/companies"
    reports.mkdir(parents=True)
    for company_id in ("sample-office", "sample-builder"):
        text = f"company_id: {company_id}\nfiscal_year: 2027\nprogramme: {SAITAMA}\n"
        (reports / f"{company_id}.yaml").write_text(text, encoding="utf-8")
    expected = "2027年度の請求がまだない事業者が 2 社あります: sample-builder・sample-office。"
    checked = run_cli("check", "--year", "2027", cwd=root)
    assert checked.returncode == 1
    assert [line.count(expected) for line in checked.stdout.splitlines() if "[誤り]" in line] == [1]
    built = run_cli("build", "--year", "2027", "--quiet", cwd=root)
    assert built.returncode == 1
    assert [line for line in built.stderr.splitlines() if "請求が" in line] == [
        f"作成できませんでした: {expected}bills.csv に行を足すか、carbonlib import で取り込んでください。"
    ]
    alone = run_cli("check", "--year", "2027", "--company", "sample-office", cwd=root)
    assert "2027/companies/sample-office.yaml: sample-office の2027年度" in alone.stdout


def test_the_sample_city_has_no_errors() -> None:
    done = run_cli("check", "--json", cwd=ROOT)
    assert done.returncode == 0, done.stdout
    assert {f["severity"] for f in json.loads(done.stdout)} <= {"warning", "note"}


def test_notes_are_counted_apart_from_doubts(workspace: Maker) -> None:
    root = workspace("saitama-shop", years=(2023,))
    bills = root / "parameters/companies/saitama-shop/bills.csv"
    bills.write_text(bills.read_text(encoding="utf-8").replace(",58,千円", ",▲58,千円"), encoding="utf-8")
    by = Counter(f["severity"] for f in json.loads(run_cli("check", "--json", cwd=root).stdout))
    assert by["warning"]
    assert by["note"]
    said = run_cli("check", cwd=root).stdout.splitlines()[-1]
    assert said == f"誤り 0 件、確認事項 {by['warning']} 件、参考 {by['note']} 件。"
