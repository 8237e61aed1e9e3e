"""The briefing from the same accounts, and what its pages say."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from carbonlib.briefing import brief
from carbonlib.diagnosis import diagnose
from carbonlib.errors import CarbonlibError
from carbonlib.records.workspace import find_workspace
from tests.conftest import ROOT, run_cli

SAITAMA = "saitama-diagnosis-2025"
YEARS = {"activity_fiscal_year": 2023, "schedule_fiscal_year": 2024}


def test_the_total_is_the_sum_of_the_company_accounts() -> None:
    home = find_workspace(ROOT)
    briefing = brief(2025, SAITAMA, **YEARS, workspace=home)
    assert briefing.total is not None
    accounts = [diagnose(a.owner, 2025, SAITAMA, workspace=home).account for a in briefing.accounts]
    assert len(accounts) == 15
    assert briefing.total.co2_t.value == sum((a.co2_t or 0 for a in accounts), Fraction(0))


def test_page_says_what_is_for_reference(city: Path) -> None:
    page = (city / "outputs/2025/briefing/briefing.html").read_text(encoding="utf-8")
    for words in (
        "約113万t-CO2（2022年度）",
        "温室効果ガスを2013年度から51%（約76万t）",
        "参考値",
        "約149万t",
        "約73万t",
        "24.2",
    ):
        assert words in page, words
    assert "実績は CO2、目標は温室効果ガス" in page
    assert "見本データ" in page
    index = (city / "outputs/2025/index.html").read_text(encoding="utf-8")
    assert 'href="briefing/briefing.html"' in index
    assert "companies/sample-metal/report.html" in index


def test_years_that_the_city_does_not_have_are_named() -> None:
    with pytest.raises(CarbonlibError) as error:
        brief(
            2025,
            SAITAMA,
            activity_fiscal_year=2030,
            schedule_fiscal_year=2031,
            workspace=find_workspace(ROOT),
        )
    assert len(error.value.findings) == 2
    assert "2023" in str(error.value)


def test_a_company_with_wrong_input_is_left_out_and_said_so(workspace: Callable[..., Path]) -> None:
    right = ("sample-office", "sample-books", "sample-clinic")
    root = workspace("briefing", "sample-food", *right, years=(2025,))
    (root / "parameters/companies/sample-food/bills.csv").write_text("nonsense\n", encoding="utf-8")
    done = run_cli("build", "--quiet", "--jobs", "2", cwd=root)
    assert done.returncode == 1
    notebook = json.loads((root / "outputs/2025/briefing/executed.ipynb").read_text(encoding="utf-8"))
    text = json.dumps(notebook, ensure_ascii=False)
    assert "1 社は入力に誤りがあるため" in text
    assert f"{len(right)} 社の合計" in text
    assert "サンプル食品" not in text


def test_sums_over_too_few_companies_are_not_shown(workspace: Callable[..., Path]) -> None:
    root = workspace("briefing", "sample-office", "sample-books", years=(2025,))
    briefing = brief(2025, SAITAMA, **YEARS, workspace=find_workspace(root))
    assert briefing.total is None
    assert briefing.accounts == ()
    assert "briefing.too_few" in [f.id for f in briefing.findings]
    done = run_cli("build", "--quiet", "--year", "2025", cwd=root)
    assert done.returncode == 0, done.stderr
    page = (root / "outputs/2025/briefing/briefing.html").read_text(encoding="utf-8")
    assert "2 社で、3 社に満たない" in page
    assert 'class="cards"' not in page


def test_only_companies_with_a_report_of_the_year_count(workspace: Callable[..., Path]) -> None:
    root = workspace("briefing", "sample-office", "sample-books", "sample-metal", years=(2025,))
    briefing = brief(2025, SAITAMA, **YEARS, workspace=find_workspace(root))
    assert sorted(a.owner for a in briefing.accounts) == ["sample-books", "sample-metal", "sample-office"]


def test_the_banner_counts_the_made_up_companies(workspace: Callable[..., Path]) -> None:
    from carbonlib import present

    root = workspace("briefing", "sample-office", "sample-books", "sample-metal", years=(2025,))
    path = root / "parameters/companies/sample-metal/company.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("sample: true\n", ""), encoding="utf-8")
    shown = present.briefing_cover(brief(2025, SAITAMA, **YEARS, workspace=find_workspace(root)))
    assert "3 社のうち 2 社の数値は架空" in shown.html
