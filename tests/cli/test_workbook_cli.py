"""`carbonlib template` and `carbonlib import` as a person meets them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conftest import run_cli
from tests.records.workbook.books import book

Maker = Callable[..., Path]


def test_a_workbook_goes_out_and_comes_back(workspace: Maker, tmp_path: Path) -> None:
    root = workspace("sample-office", years=(2025,))
    file = tmp_path / "office.xlsx"
    made = run_cli("template", str(file), "--year", "2025", "--company", "sample-office", cwd=root)
    assert made.returncode == 0, made.stderr
    first = file.read_bytes()
    assert (
        run_cli("template", str(file), "--year", "2025", "--company", "sample-office", cwd=root).returncode
        == 0
    )
    assert file.read_bytes() == first
    tried = run_cli("import", str(file), "--dry-run", cwd=root)
    assert tried.returncode == 0, tried.stderr
    assert "同じ 12 行" in tried.stdout
    assert "何も書いていません" in tried.stdout
    english = run_cli("import", str(file), "--lang", "en", cwd=root)
    assert "12 alike" in english.stdout
    assert run_cli("check", cwd=root).returncode == 0


def test_a_template_does_not_overwrite_what_may_be_filled_in(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"filled in")
    refused = run_cli("template", "a.xlsx", "--year", "2026", cwd=tmp_path)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert (tmp_path / "a.xlsx").read_bytes() == b"filled in"
    assert run_cli("template", "a.xlsx", "--year", "2026", "--force", cwd=tmp_path).returncode == 0
    assert run_cli("template", "a.csv", "--year", "2026", cwd=tmp_path).returncode == 2


def test_every_problem_is_named_and_nothing_is_written(workspace: Maker, tmp_path: Path) -> None:
    root = workspace("sample-office", years=(2025,))
    bills = root / "parameters/companies/sample-office/bills.csv"
    before = bills.read_bytes()
    one = book(tmp_path / "one.xlsx", {"電気": [["年月", "使用量(kWh)"], ["R8.4", "たくさん"], ["来月", 5]]})
    two = book(tmp_path / "two.xlsx", {"ガス": [["年月", "使用量(m3)"], ["R8.4", 5]]})
    done = run_cli("import", str(one), str(two), "--company", "sample-office", cwd=root)
    assert done.returncode == 1
    for place in (
        "one.xlsx シート「電気」 セル B2",
        "one.xlsx シート「電気」 セル A3",
        "two.xlsx シート「ガス」 セル B1",
    ):
        assert place in done.stderr
    assert "Traceback" not in done.stderr
    assert str(tmp_path) not in done.stderr
    assert bills.read_bytes() == before
    wrong = run_cli("import", str(one), "--company", "../x", "--lang", "en", cwd=root)
    assert wrong.returncode == 1
    assert "cannot be used" in wrong.stderr


def test_a_new_company_from_a_workbook_builds_a_report_plan(workspace: Maker, tmp_path: Path) -> None:
    root = workspace("sample-office", years=(2025,))
    source = tmp_path / "office.xlsx"
    run_cli("template", str(source), "--year", "2025", "--company", "sample-office", cwd=root)
    shutil.rmtree(root / "parameters/companies/sample-office")
    (root / "parameters/reports/2025/companies/sample-office.yaml").unlink()
    done = run_cli("import", str(source), cwd=root)
    assert done.returncode == 0, done.stderr
    assert "sample-office（新規）: 追加 12 行" in done.stdout
    assert (root / "parameters/reports/2025/companies/sample-office.yaml").is_file()
    checked = run_cli("check", cwd=root)
    assert "誤り 0 件" in checked.stdout, checked.stdout
