"""Each check of inputs with a file of its own, as `carbonlib check --json` and `carbonlib import` say it."""

from __future__ import annotations

import json
import shutil
from calendar import monthrange
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from carbonlib.cli import cli
from carbonlib.diagnosis import diagnose
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT

COMPANY = """\
id: shop
name: 見本商店
industry: 卸売業・小売業
sites:
  - id: honten
    name: 本店
    floor_area: 1,000 m2
    use: office
"""
HEADER = (
    "site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax,contract_demand_kw,peak_demand_kw"
)
MONTHS = [(2023 + (m > 12) + y, (m - 1) % 12 + 1) for y in (0, 1) for m in range(4, 16)]
ELECTRICITY = [
    f"honten,E1,electricity,{y}-{m:02d}-01,{y}-{m:02d}-{monthrange(y, m)[1]},{10_000 + i},kWh,250000,円,税抜,60,50"
    for i, (y, m) in enumerate(MONTHS)
]
GAS = [
    f"honten,G1,city_gas,{y}-{m:02d}-01,{y}-{m:02d}-{monthrange(y, m)[1]},{100 + i},m3,15000,円,税抜,,"
    for i, (y, m) in enumerate(MONTHS[12:])
]
FIRST = 14  # line of April 2024: a heading and twelve months of the year before come first
GAS_LINE = 26
BILLS = "parameters/companies/shop/bills.csv"
Rows = list[str]


def workspace(root: Path, rows: Rows, company: str = COMPANY) -> Path:
    """Make a workspace with one company and its report of FY2024."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    texts = {
        "companies/shop/company.yaml": company,
        "companies/shop/bills.csv": "\n".join([HEADER, *rows]) + "\n",
        "reports/2024/companies/shop.yaml": "company_id: shop\nfiscal_year: 2024\nprogramme: saitama-diagnosis-2025\n",
    }
    for name, text in texts.items():
        path = root / "parameters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "outputs").mkdir()
    return root


def checked(root: Path) -> list[dict[str, Any]]:
    done = CliRunner().invoke(cli, ["check", "--json", str(root)])
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert done.exit_code == any(f["severity"] == "error" for f in found)
    return found


def at(line: int, old: str, new: str) -> Callable[[Rows], Rows]:
    """Return a change of one line of bills.csv."""

    def change(rows: Rows) -> Rows:
        assert old in rows[line - 2], rows[line - 2]
        return [*rows[: line - 2], rows[line - 2].replace(old, new), *rows[line - 1 :]]

    return change


def more(*added: str) -> Callable[[Rows], Rows]:
    """Return an addition at the end of bills.csv."""
    return lambda rows: [*rows, *added]


def all_rows(old: str, new: str) -> Callable[[Rows], Rows]:
    """Return a change of all lines."""
    return lambda rows: [r.replace(old, new) for r in rows]


def year_before(rows: Rows) -> Rows:
    """Cut the use of the year before to a third."""
    return [r.replace(",10_0", ",").replace(",100", ",33", 1) if i < 12 else r for i, r in enumerate(rows)]


APRIL = ELECTRICITY[12]
# what is checked, how the file is wrong, and the id, severity, beginning or part of the sentence, and line
CASES: dict[str, tuple[Callable[[Rows], Rows], str, str, str, int | None]] = {
    "unknown carrier": (at(FIRST, "electricity", "steam"), "carrier.unknown", "error", "エネルギー種別「steam」はありません", FIRST),
    "unknown unit": (at(FIRST, "kWh", "kWx"), "unit.unknown", "error", "kWx", FIRST),
    "impossible unit": (at(FIRST, "kWh", "L"), "unit.not_of_carrier", "error", "「L」は単位が合いません", FIRST),
    "ambiguous unit": (at(GAS_LINE, "m3", "kcal"), "unit.ambiguous", "error", "kcal", GAS_LINE),
    "gas without its kind": (at(GAS_LINE, "city_gas", "ガス"), "carrier.gas_without_kind", "error", "「ガス」だけでは種類が決められません", GAS_LINE),
    "gap": (lambda rows: rows[:14] + rows[15:], "bill.gap", "warning", "2024年6月の請求がありません", None),
    "total row": (more("合計,,electricity,,,10012,kWh,,,,,"), "bill.total_row", "error", "合計の行です。請求ごとの行だけを残し、この行を消してください。この行の 10,012 kWh は、24 行の和", GAS_LINE + 12),
    "overlap": (at(FIRST, "2024-04-30", "2024-05-10"), "bill.overlap", "error", "期間が重なっています", FIRST + 1),
    "duplicate by meter": (more(APRIL), "bill.duplicate", "error", f"{FIRST} 行目と同じ請求です", GAS_LINE + 12),
    "duplicate under another meter": (more(APRIL.replace("E1", "E2")), "bill.twice", "warning", "メーター E1 の請求", GAS_LINE + 12),
    "wrong fiscal year": (at(FIRST + 3, "2024-07-01,2024-07-31", "2015-07-01,2015-07-31"), "bill.year_alone", "warning", "年の書き間違い", FIRST + 3),
    "bill period is not the month": (at(FIRST + 11, "2025-03-31", "2025-04-10"), "bill.calendarised", "note", "日数で月に割り振りました", None),
    "future date": (more(APRIL.replace("2024-", "2099-")), "bill.future", "error", "今日より後です", GAS_LINE + 12),
    "negative": (at(FIRST, "10012", "-10012"), "bill.negative", "error", "列 quantity が負の値です", FIRST),
    "negative cost": (at(FIRST, "250000", "▲250000"), "bill.cost_negative", "warning", "▲250,000 円で、負の値です。返金や精算でなければ、符号", FIRST),
    "blank against zero, amount": (at(FIRST, "10012", ""), "bill.quantity_blank", "error", "空欄は 0 とみなしません", FIRST),
    "blank against zero, cost": (at(FIRST, "250000", ""), "bill.cost_blank", "warning", "空欄を 0 円とはみなさない", None),
    "tax unclear": (all_rows("税抜", "不明"), "bill.tax_unknown", "note", "税込か税抜かは、資料に書かれていません", None),
    "tax mixed": (at(FIRST, "税抜", "税込"), "bill.tax_mixed", "warning", "料金に税込・税抜が混ざっています", None),
    "unit price outside the band": (at(FIRST, "250000", "1000000"), "bill.price_band", "warning", "ふつうの範囲", FIRST),
    "unit price that only a slip explains": (at(FIRST, "kWh,250000,円,税抜,60,50", "千kWh,250000,円,税抜,,"), "bill.price_impossible", "error", "24.97 円/kWh になるのは kWh の場合です。千kWh では", FIRST),
    "use over peak demand and hours": (at(FIRST, "10012", "40000"), "bill.over_demand", "error", "最大需要電力 50 kW で 720 時間使い続けた 36,000 kWh を超えています", FIRST),
    "same bill in two companies": (lambda rows: rows, "bill.in_two_companies", "warning", "期間・使用量・料金がすべて同じです", 2),
    "floor-area intensity": (lambda rows: rows, "site.intensity_band", "warning", "延床面積あたり", FIRST),
    "jump against last year": (year_before, "account.jump", "warning", "前年度の", FIRST),
    "company id that is no safe file name": (lambda rows: rows, "company.folder_name", "error", "フォルダ名「Bad Name」は id として使えません", None),
}  # fmt: skip


def test_a_sound_workspace_has_neither_errors_nor_warnings(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", ELECTRICITY + GAS)
    assert [f for f in checked(root) if f["severity"] != "note"] == []


@pytest.mark.parametrize("check", CASES)
def test_each_check_names_what_where_and_how(check: str, tmp_path: Path) -> None:
    change, id, severity, sentence, line = CASES[check]
    area = "100,000 m2" if id == "site.intensity_band" else "1,000 m2"
    root = workspace(tmp_path / "ws", change(ELECTRICITY + GAS), COMPANY.replace("1,000 m2", area))
    companies = root / "parameters/companies"
    if id == "bill.in_two_companies":
        shutil.copytree(companies / "shop", companies / "shop2")
        yaml = companies / "shop2/company.yaml"
        yaml.write_text(COMPANY.replace("id: shop", "id: shop2"), encoding="utf-8")
    if id == "company.folder_name":
        (companies / "Bad Name").mkdir()
    found = [f for f in checked(root) if f["id"] == id]
    assert found, f"{check} was not named"
    first = found[0]
    assert first["severity"] == severity
    assert any(sentence in f["message"] for f in found), first["message"]
    assert first["message"].endswith(("。", "）"))
    assert (first["sheet"], first["cell"]) == ("", "")
    if line is not None:
        assert first["line"] == line
        assert first["file"] == BILLS.replace("shop/", "shop2/" if id == "bill.in_two_companies" else "shop/")
    english = CliRunner().invoke(cli, ["check", str(root)], catch_exceptions=False)
    assert "Traceback" not in english.output


IN_REPORT = (
    "programme: nope\nperiod_from: '2024-13'\nsubsidies_on: '2025-02-30'\ncompare_programme: neither\n"
)


@pytest.mark.parametrize(
    ("change", "in_bills"),
    [
        (at(FIRST, "10012", "-10012"), "bill.negative"),
        (at(FIRST, "10012", "40000"), "bill.over_demand"),
        (lambda rows: rows, ""),
    ],
)
@pytest.mark.parametrize("more_of_report", ["", "colour: green\n"])
def test_a_report_file_and_the_bills_are_named_in_one_run(
    change: Callable[[Rows], Rows], in_bills: str, more_of_report: str, tmp_path: Path
) -> None:
    root = workspace(tmp_path / "ws", change(ELECTRICITY + GAS))
    file = "parameters/reports/2024/companies/shop.yaml"
    text = f"company_id: shop\nfiscal_year: 2024\n{IN_REPORT}{more_of_report}"
    (root / file).write_text(text, encoding="utf-8")
    found = {(f["id"], f["file"]) for f in checked(root) if f["severity"] == "error"}
    in_report = {"programme.unknown", "report.period_from", "report.subsidies_on"}
    in_report |= {"report.unknown_parameter"} if more_of_report else set()
    assert found == {(id, file) for id in in_report} | ({(in_bills, BILLS)} if in_bills else set())


@pytest.mark.parametrize(
    ("entry", "id"),
    [
        ("programme: [a]", "programme.unknown"),
        ("subsidies_on: 2025-10-30", "report.subsidies_on"),
        ("subsidies_on: 5", "report.subsidies_on"),
        ("provisional_factor_year: next", "report.provisional_factor_year"),
        ("compare_programme: {a: 1}", "programme.unknown"),
    ],
)
def test_entries_of_another_type_are_named(entry: str, id: str, tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", ELECTRICITY)
    text = "" if entry.startswith("programme") else "programme: saitama-diagnosis-2025\n"
    path = root / "parameters/reports/2024/companies/shop.yaml"
    path.write_text(f"company_id: shop\nfiscal_year: 2024\n{text}{entry}\n", encoding="utf-8")
    assert [f["id"] for f in checked(root) if f["severity"] == "error"] == [id]


@pytest.mark.parametrize("by", ["shop", "shop2"])
@pytest.mark.parametrize(
    ("year", "left"), [("", 0), ("    fiscal_year: 2024\n", 12), ("    fiscal_year: 2030\n", 36)]
)
def test_either_company_may_say_why_both_have_a_bill(tmp_path: Path, by: str, year: str, left: int) -> None:
    root = workspace(tmp_path / "ws", ELECTRICITY + GAS)
    companies = root / "parameters/companies"
    shutil.copytree(companies / "shop", companies / "shop2")
    for one in ("shop", "shop2"):
        other = {"shop": "shop2", "shop2": "shop"}[one]
        why = f"acknowledged:\n  - check: bill.in_two_companies\n    reason: 親会社と一括の契約\n    with: {other}\n{year}"
        text = COMPANY.replace("id: shop", f"id: {one}") + (why if one == by else "")
        (companies / one / "company.yaml").write_text(text, encoding="utf-8")
    found = [f for f in checked(root) if f["id"] == "bill.in_two_companies"]
    assert [f["severity"] for f in found].count("warning") == left
    assert len(found) == 36
    said = [f for f in found if f["severity"] == "note"]
    assert all(f["message"].endswith("（確認済み: 親会社と一括の契約）") for f in said)


def test_what_two_companies_share_is_no_reason_for_a_third(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", ELECTRICITY)
    companies = root / "parameters/companies"
    why = "acknowledged:\n  - {check: bill.in_two_companies, reason: 連名の契約, with: shop2}\n"
    for one in ("shop2", "shop3"):
        shutil.copytree(companies / "shop", companies / one)
        text = COMPANY.replace("id: shop", f"id: {one}")
        (companies / one / "company.yaml").write_text(text, encoding="utf-8")
    (companies / "shop/company.yaml").write_text(COMPANY + why, encoding="utf-8")
    found = [f for f in checked(root) if f["id"] == "bill.in_two_companies"]
    assert {(f["file"].split("/")[2], f["severity"]) for f in found} == {
        ("shop2", "note"),
        ("shop3", "warning"),
    }
    assert len(found) == 48
    assert "with: shop を書きます。" in found[0]["message"]


def test_a_report_prints_the_reason_and_the_build_names_the_pair(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", ELECTRICITY)
    companies = root / "parameters/companies"
    shutil.copytree(companies / "shop", companies / "shop2")
    (companies / "shop2/company.yaml").write_text(COMPANY.replace("id: shop", "id: shop2"), encoding="utf-8")
    report = root / "parameters/reports/2024/companies/shop.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text + "colour: green\n", encoding="utf-8")  # no page is needed
    done = CliRunner().invoke(cli, ["build", str(root)])
    [said] = [line for line in done.stderr.splitlines() if line.startswith("[要確認]")]
    assert "shop2 と shop に、期間・使用量・料金の同じ請求が 24 件あります" in said

    why = "acknowledged:\n  - {check: bill.in_two_companies, reason: 連名の契約, with: shop2}\n"
    (companies / "shop/company.yaml").write_text(COMPANY + why, encoding="utf-8")
    assert "[要確認]" not in CliRunner().invoke(cli, ["build", str(root)]).stderr
    made = diagnose("shop", 2024, "saitama-diagnosis-2025", workspace=Workspace(root))
    [note] = [f for f in made.findings if f.id == "bill.in_two_companies"]
    assert (note.severity, "理由: 連名の契約" in note.message.ja) == ("note", True)
    assert "shop2" not in note.message.ja


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("{check: bill.in_two_companies, reason: 連名}", "相手の事業者の id を with に書いてください"),
        ("{check: bill.gap, reason: 休業, with: shop2}", "with を書けるのは bill.in_two_companies だけです"),
    ],
)
def test_only_a_pair_of_companies_has_another_company(tmp_path: Path, entry: str, sentence: str) -> None:
    root = workspace(tmp_path / "ws", ELECTRICITY, COMPANY + f"acknowledged:\n  - {entry}\n")
    [found] = [f for f in checked(root) if f["severity"] == "error"]
    assert (found["id"], sentence in found["message"]) == ("acknowledged.with", True)


IMPORTED = "company_id,name,industry,site_id,site_name\nshop,見本商店,小売業,honten,本店\n"
LONG = "company_id,site_id,carrier,start,end,quantity,unit,cost,tax\n"
ROW = "shop,honten,electricity,2024-04-01,2024-04-30,10000,kWh,250000,税抜\n"
WIDE = "company_id,carrier,unit,2024-04,2024-05\n"
AT_IMPORT: dict[str, tuple[str, str, str, int]] = {
    "total row that does not add up": (LONG + ROW + "合計,,電気,,,11000,kWh,,\n", "[要確認]", "11,000 kWh が、1 個の値の和 10,000 kWh と合いません（差 1,000）", 3),
    "company id that is no safe file name": (LONG + ROW + ROW.replace("shop,", "../x,").replace("-04-", "-05-"), "", "「../x」は使えません", 3),
    "gas without its kind": (LONG + ROW.replace("electricity", "ガス").replace("kWh", "m3"), "", "「ガス」だけでは種類が決められません", 2),
    "gas without its kind, months as columns": (WIDE + "shop,ガス,m3,1,2\n", "", "「ガス」だけでは種類が決められません", 2),
    "blank amount": (LONG + ROW.replace("10000", ""), "", "空欄は 0 とみなしません", 2),
    "tax that is no word of ours": (LONG + ROW.replace("税抜", "たぶん"), "", "列 tax は税込・税抜・不明のどれかです", 2),
    "one month outside of the year": (LONG + "".join(ROW.replace("-04-", f"-{m:02d}-") for m in range(4, 9)) + ROW.replace("2024-04", "2023-11"), "[要確認]", "年の書き間違い", 7),
}  # fmt: skip


@pytest.mark.parametrize("check", AT_IMPORT)
def test_each_check_of_an_import(check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, word, sentence, line = AT_IMPORT[check]
    for name in ("parameters", "notebooks"):
        (tmp_path / name).mkdir()
    (tmp_path / "companies.csv").write_text(IMPORTED, encoding="utf-8")
    (tmp_path / "bills.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["import", "companies.csv", "bills.csv", "--fiscal-year", "2024"])
    if word:
        assert done.exit_code == 0, done.output
        said = done.output
    else:
        assert type(done.exception).__name__ == "RecordError"
        said = str(done.exception)
        assert list((tmp_path / "parameters").iterdir()) == []
    [sentence_line] = [s for s in said.splitlines() if sentence in s and s.startswith(word)][:1]
    assert f"bills.csv {line} 行目: " in sentence_line
