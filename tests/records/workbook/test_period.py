"""The workbook of twelve months other than April to March: sent, filled in, read back, with its report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from carbonlib.errors import Place
from carbonlib.fiscal_year import Month, Period
from carbonlib.importing import import_checked
from carbonlib.publish.template import template
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.model import Bill
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT, run_cli
from tests.records.workbook.books import bills, bring, refusal, shop

LATEST = Period(Month(2024, 10))
SAMPLES = Workspace(ROOT)


def filled(path: Path, values: dict[tuple[str, str], object]) -> Path:
    """Write a blank workbook with cells of its first block filled in, by row label and heading."""
    path.write_bytes(template(LATEST))
    book = load_workbook(path)
    sheet = book["エネルギー"]
    labels = [str(sheet.cell(r, 1).value) for r in range(1, 40)]
    headings = {str(sheet.cell(labels.index("月") + 1, c).value): c for c in range(1, 13)}
    for (row, heading), value in values.items():
        sheet.cell(labels.index(row) + 1, headings[heading]).value = value  # type: ignore[arg-type]
    book.save(path)
    return path


def plain(found: list[Bill]) -> list[Bill]:
    bare = [replace(b, place=Place(), charges={}) for b in found]
    return sorted(bare, key=lambda b: (b.site_id, b.meter_id, b.carrier, b.start))


def test_a_filled_in_workbook_comes_back_with_the_report_of_its_months(tmp_path: Path) -> None:
    company = read_company(SAMPLES, "sample-metal")
    own = read_bills(SAMPLES, company)
    path = tmp_path / "metal.xlsx"
    path.write_bytes(template(LATEST, company, own))
    for folder in ("notebooks", "parameters"):
        (tmp_path / "ws" / folder).mkdir(parents=True)
    home = Workspace(tmp_path / "ws")
    done = import_checked(home, [path])
    assert [f.id for f in done.findings if f.severity != "note"] == []
    inside = [b for b in own if b.start <= LATEST.last_day and b.end >= LATEST.first_day]
    assert len(inside) == 36
    assert plain(bills(home, "sample-metal")) == plain(inside)
    report = (home.parameters / "reports/2024/companies/sample-metal.yaml").read_text(encoding="utf-8")
    assert 'fiscal_year: 2024\nperiod_from: "2024-10"\n' in report


def test_the_sheet_has_the_months_of_the_period(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(template(LATEST))
    sheets = load_workbook(path)
    column = [c.value for c in sheets["エネルギー"]["A"]]
    first = column.index("2024年10月")
    assert column[first : first + 12] == [f"{m.year}年{m.month}月" for m in LATEST.months]
    everywhere = {str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row}
    assert any("2024年10月〜2025年9月（12か月）" in t for t in everywhere)
    assert "対象年度" not in everywhere


def test_months_and_the_years_sum_are_read_by_their_own_dates(tmp_path: Path) -> None:
    home = shop(tmp_path)
    bring(home, filled(tmp_path / "m.xlsx", {("2025年3月", "使用量"): 120, ("2025年4月", "使用量"): 130}))
    assert [(b.start, b.quantity) for b in bills(home)] == [
        (date(2025, 3, 1), Decimal(120)),
        (date(2025, 4, 1), Decimal(130)),
    ]
    other = shop(tmp_path / "other")
    yearly = ("年間（月別が分からないとき）", "使用量")
    bring(other, filled(tmp_path / "y.xlsx", {yearly: 12000}))
    (whole,) = bills(other)
    assert (whole.start, whole.end, whole.quantity) == (LATEST.first_day, LATEST.last_day, 12000)
    wrong = refusal(
        shop(tmp_path / "third"), filled(tmp_path / "both.xlsx", {yearly: 1, ("2025年3月", "使用量"): 120})
    )
    assert [f.id for f in wrong] == ["workbook.months_and_year"]


def test_a_period_that_cannot_be_read_is_named_by_its_cell(tmp_path: Path) -> None:
    path = filled(tmp_path / "p.xlsx", {("2025年3月", "使用量"): 120})
    book = load_workbook(path)
    sheet = book["事業所"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "対象期間")
    sheet.cell(cell.row, cell.column + 1).value = "直近12か月"
    book.save(path)
    (wrong,) = refusal(shop(tmp_path), path)
    assert wrong.place.sheet == "事業所"
    assert "対象期間「直近12か月」は読めません" in wrong.message.ja


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--from", "2024-13"), "--from「2024-13」は、12か月の最初の月を 2024-10 のように"),
        (
            ("--from", "2024-10", "--year", "2025"),
            "--from の 2024-10 は2024年度の月ですが、--year は 2025 です",
        ),
        ((), "--year か --from"),
    ],
)
def test_what_the_command_cannot_mean_is_one_sentence(
    tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    done = run_cli("template", "x.xlsx", *given, cwd=tmp_path)
    assert done.returncode != 0
    assert said in done.stderr + done.stdout
    assert "period_from" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("written", "line", "mend"),
    [
        ("", 2, 'この行の下に period_from: "2024-10" と書き足してください'),
        ('period_from: "2024-12"\n', 3, 'この行を period_from: "2024-10" に書きかえてください'),
        ('period_from: "2024-10"\n', 0, ""),
    ],
)
def test_a_report_of_other_months_than_the_workbook_is_left_and_named_by_its_line(
    tmp_path: Path, written: str, line: int, mend: str
) -> None:
    home = shop(tmp_path)
    report = home.parameters / "reports/2024/companies/shop.yaml"
    report.parent.mkdir(parents=True)
    text = f"company_id: shop\nfiscal_year: 2024\n{written}programme: shk\n"
    report.write_text(text, encoding="utf-8")
    done = bring(home, filled(tmp_path / "m.xlsx", {("2025年3月", "使用量"): 120}))
    assert report.read_text(encoding="utf-8") == text
    found = [f for f in done.findings if f.id == "workbook.report_of_other_months"]
    assert [(f.severity, f.place.line) for f in found] == ([("warning", line)] if line else [])
    assert all(mend in f.message.ja and f.place.file.endswith("2024/companies/shop.yaml") for f in found)


def test_a_report_of_other_months_than_the_workbooks_fiscal_year_is_named(tmp_path: Path) -> None:
    home = shop(tmp_path)
    report = home.parameters / "reports/2024/companies/shop.yaml"
    report.parent.mkdir(parents=True)
    report.write_text(
        'company_id: shop\nfiscal_year: 2024\nperiod_from: "2024-12"\nprogramme: shk\n', encoding="utf-8"
    )
    path = tmp_path / "y.xlsx"
    path.write_bytes(template(2024))
    book = load_workbook(path)
    sheet = book["エネルギー"]
    labels = [str(sheet.cell(r, 1).value) for r in range(1, 40)]
    column = [sheet.cell(labels.index("月") + 1, c).value for c in range(1, 13)].index("使用量") + 1
    sheet.cell(labels.index("月") + 2, column).value = 120
    book.save(path)
    [found] = [f for f in bring(home, path).findings if f.severity == "warning"]
    assert (found.id, found.place.line) == ("workbook.report_of_other_months", 3)
    assert "period_from の行を消してください" in found.message.ja


def test_the_next_year_begins_in_the_same_month(workspace: object) -> None:
    root = workspace("sample-metal", years=(2024,))  # type: ignore[operator]
    report = root / "parameters/reports/2024/companies/sample-metal.yaml"
    report.write_text(
        'company_id: sample-metal\nfiscal_year: 2024\nperiod_from: "2024-10"\nprogramme: saitama-diagnosis-2025\n',
        encoding="utf-8",
    )
    done = run_cli("new-year", "2025", cwd=root)
    made = (root / "parameters/reports/2025/companies/sample-metal.yaml").read_text(encoding="utf-8")
    assert 'period_from: "2025-10"' in made
    assert "2025年10月〜2026年9月（12か月）の請求（電気" in done.stdout
    sheet = load_workbook(root / "outputs/sheets/2025/sample-metal.xlsx")["エネルギー"]
    assert "2026年9月" in [c.value for c in sheet["A"]]
