"""The command line as a person meets it: sentences, exit codes, both languages, quick to start."""

from __future__ import annotations

import json
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
