"""The next fiscal year: files carried over once, nothing overwritten, and all that is left to do is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl

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
        "2026年度（令和8年度）の請求（電気、office E1）を入れてください。まだない期間: 2026年4月〜2027年3月。",
        "該当年度の係数なし",
        "事業報告を activities に",
        "予定を schedule に",
    ):
        assert words in done.stdout, words
    made.write_text("mine\n", encoding="utf-8")
    again = run_cli("new-year", "2026", "--lang", "en", cwd=root)
    assert made.read_text(encoding="utf-8") == "mine\n"
    assert (
        "Enter the bills of FY2026 (Electricity, office E1); still missing: 2026-04 to 2027-03."
        in again.stdout
    )


def test_without_an_earlier_year_there_is_nothing_to_carry_over(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-office", years=(2025,))
    done = run_cli("new-year", "2024", cwd=root)
    assert done.returncode == 1
    assert "引き継ぐものがありません" in done.stderr


def reports(root: Path, year: int) -> Path:
    return root / "parameters/reports" / str(year) / "companies"


def test_no_company_is_lost_without_a_word(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-office", "sample-drugstore", "sample-clinic", years=(2024, 2025))
    (reports(root, 2025) / "sample-clinic.yaml").write_text("company_id: sample-clinic\n", encoding="utf-8")
    (reports(root, 2025) / "sample-drugstore.yaml").unlink()
    older = reports(root, 2024) / "sample-drugstore.yaml"
    assert older.is_file()
    done = run_cli("new-year", "2026", cwd=root)
    assert done.returncode == 1, "a company that was not carried over is no success"
    assert sorted(p.stem for p in reports(root, 2026).iterdir()) == ["sample-drugstore", "sample-office"]
    broken = "parameters/reports/2025/companies/sample-clinic.yaml"
    assert (
        f"{broken}: このファイルに誤りがあるため、2026年度（令和8年度）に引き継いでいません。" in done.stdout
    )
    assert "「fiscal_year」は置き場所に合わせて 2025 と書いてください" in done.stdout
    assert (
        "sample-drugstore.yaml: 前の報告書は2024年度（令和6年度）のもので、ほかより古いです。" in done.stdout
    )
    assert "報告書がないため引き継いでいない事業者: saitama-shop・sample-books" in done.stdout
    assert "次の 3 件を直し" in done.stderr
    assert broken in done.stderr
    (reports(root, 2025) / "sample-clinic.yaml").write_text(
        "company_id: sample-clinic\nfiscal_year: 2025\nprogramme: saitama-diagnosis-2025\n", encoding="utf-8"
    )
    mended = run_cli("new-year", "2026", cwd=root)
    assert (mended.returncode, mended.stderr) == (0, "")
    assert (reports(root, 2026) / "sample-clinic.yaml").is_file()


def test_where_every_file_has_a_mistake_nothing_is_written_and_all_are_named(
    workspace: Callable[..., Path],
) -> None:
    root = workspace("sample-office", years=(2025,))
    (reports(root, 2025) / "sample-office.yaml").write_text("[", encoding="utf-8")
    done = run_cli("new-year", "2026", cwd=root)
    assert done.returncode == 1
    assert not (root / "parameters/reports/2026").exists()
    assert "sample-office.yaml: このファイルに誤りがあるため" in done.stdout


def test_what_is_carried_or_left_out_of_a_file_is_said(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-office", years=(2025,))
    path = reports(root, 2025) / "sample-office.yaml"
    assert 'subsidies_on: "2025-11-05"\n' in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + "provisional_factor_year: 2024\n", encoding="utf-8")
    done = run_cli("new-year", "2026", cwd=root)
    made = (reports(root, 2026) / "sample-office.yaml").read_text(encoding="utf-8")
    assert "provisional_factor_year: 2024" in made
    assert "subsidies_on" not in made
    assert "provisional_factor_year: 2024 により、その年度の係数を暫定で使います。" in done.stdout
    assert "subsidies_on（前は 2025-11-05）は引き継いでいません。" in done.stdout


def test_the_missing_months_are_named_meter_by_meter(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-clinic", years=(2025,))
    bills = root / "parameters/companies/sample-clinic/bills.csv"
    rows = [r for r in bills.read_text(encoding="utf-8").splitlines() if ",G1," not in r or ",2024-0" in r]
    rows.append("clinic,E1,electricity,2026-04-01,2026-04-15,7000,kWh,,,,,,,")
    bills.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run_cli("new-year", "2026", cwd=root)
    assert "（電気、clinic E1）を入れてください。まだない期間: 2026年4月16日〜2027年3月31日。" in done.stdout
    assert "（clinic G1）の請求は 2024-09-30 で終わっています。" in done.stdout


def test_each_company_gets_a_sheet_to_fill_in_and_a_filled_one_is_kept(
    workspace: Callable[..., Path], tmp_path: Path
) -> None:
    root = workspace("sample-office", "sample-clinic", years=(2025,))
    done = run_cli("new-year", "2026", cwd=root)
    folder = root / "outputs/sheets/2026"
    assert sorted(p.name for p in folder.iterdir()) == ["sample-clinic.xlsx", "sample-office.xlsx"]
    assert "記入シート: outputs/sheets/2026/sample-office.xlsx" in done.stdout
    sheet = openpyxl.load_workbook(folder / "sample-clinic.xlsx")["エネルギー"]
    cells = [c for row in sheet.iter_rows(values_only=True) for c in row if c is not None]
    assert {"E1", "G1"} <= set(cells)
    assert not {15837, 14521} & set(cells)  # amounts of the years before
    (folder / "sample-clinic.xlsx").write_bytes(b"filled in")
    (folder / "sample-office.xlsx").unlink()
    (folder / "sample-office.xlsx").mkdir()
    again = run_cli("new-year", "2026", cwd=root)
    assert again.returncode == 1, "one sheet could not be written"
    assert (folder / "sample-clinic.xlsx").read_bytes() == b"filled in"
    assert "sample-clinic.xlsx: この記入シートはすでにあり" in again.stdout
    assert "sample-office.xlsx: この記入シートを書けません。" in again.stdout
    elsewhere = tmp_path / "to-send"
    assert run_cli("new-year", "2026", "--sheets", str(elsewhere), cwd=root).returncode == 0
    assert len(list(elsewhere.iterdir())) == 2
    (tmp_path / "file").write_text("", encoding="utf-8")
    hindered = run_cli("new-year", "2026", "--sheets", str(tmp_path / "file/x"), cwd=root)
    assert hindered.returncode == 1
    assert "記入シートのフォルダ「x」を作れません。" in hindered.stderr


def test_a_sheet_comes_back_through_import(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-office", years=(2025,))
    run_cli("new-year", "2026", cwd=root)
    path = root / "outputs/sheets/2026/sample-office.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["エネルギー"]
    assert [sheet[c].value for c in ("I5", "D6", "A7")] == ["E1", "使用量", "2026年4月"]
    sheet["D7"] = 4321
    book.save(path)
    done = run_cli("import", str(path), cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2026-04-01,2026-04-30,4321,kWh" in (
        root / "parameters/companies/sample-office/bills.csv"
    ).read_text(encoding="utf-8")
