"""The next fiscal year: files carried over once, nothing overwritten, and all that is left to do is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import run_cli


def test_the_new_year_is_prepared_and_its_gaps_are_named(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-office", "sample-drugstore", "briefing", years=(2024, 2025))
    path = root / "parameters/reports/2025/companies/sample-office.yaml"
    path.write_text("# 注記\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    done = run_cli("new-year", "2026", cwd=root)
    assert done.returncode == 0, done.stderr
    made = root / "parameters/reports/2026/companies/sample-office.yaml"
    assert made.read_text(encoding="utf-8") == (
        "# 注記\ncompany_id: sample-office\nfiscal_year: 2026\nprogramme: saitama-diagnosis-2025\n"
    )
    for words in (
        "2026年度（令和8年度）の請求（電気）",
        "該当年度の係数なし",
        "事業報告を activities に",
        "予定を schedule に",
    ):
        assert words in done.stdout, words
    made.write_text("mine\n", encoding="utf-8")
    again = run_cli("new-year", "2026", "--lang", "en", cwd=root)
    assert made.read_text(encoding="utf-8") == "mine\n"
    assert "Enter the bills of FY2026 (Electricity)." in again.stdout


def test_without_an_earlier_year_there_is_nothing_to_carry_over(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-office", years=(2025,))
    done = run_cli("new-year", "2024", cwd=root)
    assert done.returncode == 1
    assert "引き継ぐものがありません" in done.stderr
