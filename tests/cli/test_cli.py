"""The command line as a person meets it: sentences, exit codes, both languages, quick to start."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_cli

Maker = Callable[..., Path]
SAITAMA = "saitama-diagnosis-2025"


def test_convert_prints_one_object_of_unrounded_numbers(tmp_path: Path) -> None:
    done = run_cli(
        "convert", "2,298,480 kWh", "--carrier", "electricity", "--factors", SAITAMA, "--json", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["primary_energy_gj"] == 22433.1648
    assert result["crude_oil_equivalent_kl"] == pytest.approx(578.77565184, rel=1e-15)
    assert result["co2_t"] == 1137.7476
    assert [f["value"] for f in result["factors"]] == [9.76, 0.495]
    assert all(f["source"] for f in result["factors"])


def test_convert_in_words(tmp_path: Path) -> None:
    done = run_cli("convert", "２９５ ㎥", "--carrier", "city_gas", "--factors", SAITAMA, cwd=tmp_path)
    assert done.returncode == 0
    assert "0.331 kL" in done.stdout
    assert "0.640 t-CO2" in done.stdout
    assert "低圧メーター" in done.stdout
    assert "2.1692" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "japanese", "english"),
    [
        (
            ("12 kL", "--carrier", "electricity", "--factors", SAITAMA),
            "千kWh・kWh で書いてください",
            "is given in 千kWh",
        ),
        (("12", "--carrier", "electricity", "--factors", SAITAMA), "単位がありません", "has no unit"),
        (("12 ton", "--carrier", "lpg", "--factors", SAITAMA), "代わりの書き方: t", "write instead: t"),
        (
            ("12 m3", "--carrier", "gas", "--factors", SAITAMA),
            "都市ガスなら city_gas",
            "write city_gas or lpg",
        ),
        (
            ("12 kWh", "--carrier", "electricity", "--factors", "x"),
            "制度「x」はありません",
            "no programme 'x'",
        ),
        (("12 kWh", "--carrier", "electricity", "--factors", "shk"), "--year 2025", "--year 2025"),
        (
            ("1 kWh", "--carrier", "electricity", "--factors", "shk", "--year", "2024"),
            "該当年度の係数なし",
            "FY2024",
        ),
        (
            ("1 kWh", "--carrier", "electricity", "--factors", "shk", "--year", "2025"),
            "供給者が書かれて",
            "No supplier",
        ),
        (
            ("1 kWh", "--carrier", "electricity", "--factors", "shk", "--year", "2025", "--supplier", "x"),
            "tepco-ep-residual",
            "tepco-ep-residual",
        ),
    ],
)
def test_a_wrong_amount_says_what_to_write(
    tmp_path: Path, arguments: tuple[str, ...], japanese: str, english: str
) -> None:
    for language, words in (("ja", japanese), ("en", english)):
        done = run_cli("convert", *arguments, "--lang", language, cwd=tmp_path)
        assert done.returncode == 1, done.stdout
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""


def test_factors_are_listed_shown_and_compared(tmp_path: Path) -> None:
    listed = run_cli("factors", "list", cwd=tmp_path).stdout
    assert SAITAMA in listed
    assert "shk-elec-2024-measured\t2025" in listed
    shown = run_cli("factors", "show", SAITAMA, cwd=tmp_path).stdout
    assert "2.1693" in shown
    assert "2.1692" in shown
    compared = run_cli("factors", "compare", SAITAMA, "shk", "--year", "2025", "--lang", "en", cwd=tmp_path)
    assert "9.76 GJ/千kWh\t8.64 GJ/千kWh\t1.130" in compared.stdout
    assert run_cli("factors", "show", "nowhere", cwd=tmp_path).returncode == 1


def test_a_programme_that_is_not_there_is_named_with_its_line_and_what_is_near(workspace: Maker) -> None:
    root = workspace("sample-office")
    path = root / "parameters/reports/2025/companies/sample-office.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"programme: {SAITAMA}", "programme: saitama"), encoding="utf-8")
    line = 1 + [one.startswith("programme:") for one in text.splitlines()].index(True)
    done = run_cli("check", "--company", "sample-office", "--year", "2025", cwd=root)
    assert f"sample-office.yaml {line} 行目" in done.stdout, done.stdout
    assert "もしかして saitama-diagnosis-2025 ですか。" in done.stdout
    shown = run_cli("factors", "show", "saitama", cwd=root)
    assert "もしかして saitama-diagnosis-2025 ですか。" in shown.stderr


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
    assert "ほか" not in words.stdout
    assert "Traceback" not in words.stderr


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


def test_outside_of_a_workspace(tmp_path: Path) -> None:
    done = run_cli("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "carbonlib init" in done.stderr
    named = run_cli("check", cwd=tmp_path, CARBONLIB_WORKSPACE=str(ROOT))
    assert named.returncode == 0


def test_open_says_where(city: Path, workspace: Maker) -> None:
    done = run_cli("open", "--print", cwd=city / "parameters")
    assert Path(done.stdout.strip()) == city / "outputs" / "index.html"
    assert run_cli("open", cwd=workspace("sample-office")).returncode == 1


def test_wrong_usage_is_a_sentence(tmp_path: Path) -> None:
    done = run_cli("convert", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("使い方が違います")


def test_hostile_names_are_data(workspace: Maker) -> None:
    root = workspace("sample-office", years=(2025,))
    company = root / "parameters/companies/sample-office/company.yaml"
    hostile = '<script>alert("1")</script></style>"\\u202E=HYPERLINK(1)#image{{ 7*7 }}'
    text = company.read_text(encoding="utf-8").replace("サンプル設計事務所", f"'{hostile}'")
    company.write_text(text, encoding="utf-8")
    done = run_cli("build", "--quiet", cwd=root)
    assert done.returncode == 0, done.stderr
    for page in (root / "outputs").rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert "<script" not in html
        assert html.count("</style>") == 1
    report = (root / "outputs/2025/companies/sample-office/report.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in report
    assert "{{ 7*7 }}" in report


def test_help_needs_none_of_the_heavy_libraries() -> None:
    program = (
        "import sys; sys.argv=['carbonlib','--help']\n"
        "from carbonlib.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy={'papermill','nbconvert','matplotlib','pandas','numpy','pint','pydantic','jinja2','yaml'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "請求書" in done.stdout
