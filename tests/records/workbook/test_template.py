"""The template: the same bytes each time, filled in, read back, and back again to equal records."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from carbonlib.diagnosis import diagnose
from carbonlib.errors import Place
from carbonlib.factors import built_in_sets, suppliers
from carbonlib.publish.template import template
from carbonlib.records.assessment import axes, checklist
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.equipment import FAMILIES as FAMILY_IDS
from carbonlib.records.model import Bill, Company
from carbonlib.records.workbook import forms
from carbonlib.records.workbook.machines import FAMILIES
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT
from tests.records.workbook.books import (
    COMPANY,
    book,
    bring,
    edit_zip,
    refusal,
    shop,
    snapshot,
    template_file,
)

SAMPLES = Workspace(ROOT)
COMPANIES = (
    "sample-office",
    "sample-school",
    "sample-metal",
    "sample-transport",
    "sample-builder",
    "sample-restaurant",
)


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    for folder in ("notebooks", "parameters"):
        (tmp_path / "ws" / folder).mkdir(parents=True)
    return Workspace(tmp_path / "ws")


def plain(found: list[Bill]) -> list[Bill]:
    bare = [replace(b, place=Place(), charges={}) for b in found]
    return sorted(bare, key=lambda b: (b.site_id, b.meter_id, b.carrier, b.start))


def records(workspace: Workspace, company_id: str) -> tuple[Company, list[Bill]]:
    company = read_company(workspace, company_id)
    return company, plain(read_bills(workspace, company))


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    company = read_company(SAMPLES, "sample-school")
    found = read_bills(SAMPLES, company)
    assert template(2026) == template(2026)
    assert template(2025, company, found) == template(2025, company, found)
    assert template(2025) != template(2026)


def test_sheets_months_lists_notes_and_locks() -> None:
    made = template(2026)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        energy = parts.read("xl/worksheets/sheet2.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
        assert "xl/comments1.xml" in parts.namelist()
        comments = parts.read("xl/comments1.xml").decode()
        everything = b"".join(parts.read(n) for n in parts.namelist() if n.startswith("xl/worksheets/sheet"))
    for part in (
        "<sheetProtection",
        "<dataValidation ",
        "<pane ",
        "<pageSetup",
        'orientation="landscape"',
        "<cols>",
    ):
        assert part in energy
    assert "ご使用量" in comments
    assert "游ゴシック" in styles
    assert 'locked="0"' in styles
    assert everything.count(b"promptTitle") > 50
    book = python_calamine.load_workbook(io.BytesIO(made))
    assert book.sheet_names == ["事業所", "エネルギー", "設備", "メーター", "自己採点", "アンケート"]
    column = [row[0] for row in book.get_sheet_by_name("エネルギー").to_python(skip_empty_area=False)]
    first = column.index("2026年4月")
    assert column[first : first + 12] == [
        *(f"2026年{m}月" for m in range(4, 13)),
        *(f"2027年{m}月" for m in range(1, 4)),
    ]


def test_axes_are_the_six_named_and_every_question_has_one() -> None:
    assert [a.label_ja for a in axes().values()] == [
        *("管理体制", "計測・記録", "エネルギー使用量の管理", "設備・機器の保守管理", "原単位管理", "PDCA"),
    ]
    assert {q.axis for q in checklist().values()} == set(axes())
    assert all(a.evidence == "V" and a.source for a in axes().values())
    assert {q.evidence for q in checklist().values()} == {"仮定"}


def test_every_family_of_equipment_has_a_label() -> None:
    assert set(FAMILIES) == set(FAMILY_IDS)


def test_the_published_shop_comes_back_to_its_printed_totals(tmp_path: Path, home: Workspace) -> None:
    file = template_file(tmp_path / "shop.xlsx", 2023, SAMPLES, "saitama-shop")
    done = bring(home, file, company=None)
    assert done.changes[0].added == 2
    found = diagnose("saitama-shop", 2023, "saitama-diagnosis-2025", workspace=home)
    power = next(line for line in found.account.lines if line.carrier == "electricity")
    gas = next(line for line in found.account.lines if line.carrier == "city_gas")
    assert power.crude_oil_kl is not None
    assert power.co2_t is not None
    assert (round(float(power.crude_oil_kl), 3), round(float(power.co2_t), 3)) == (578.776, 1137.748)
    assert (power.quantity, power.cost_jpy, gas.quantity, gas.cost_jpy) == (2298480, 63017000, 295, 58000)


@pytest.mark.parametrize("company_id", COMPANIES)
def test_template_import_export_import_gives_equal_records(
    tmp_path: Path, home: Workspace, company_id: str
) -> None:
    old, old_bills = records(SAMPLES, company_id)
    for year in (2024, 2025):
        bring(home, template_file(tmp_path / f"{year}.xlsx", year, SAMPLES, company_id), company=None)
    new, new_bills = records(home, company_id)
    assert new_bills == old_bills
    # what the diagnostician found and decided is no matter of the company's own workbook
    kept: dict[str, Any] = {"source": "", "remarks": (), "acknowledged": (), "end_uses": (), "visits": ()}
    kept |= {"target": None, "activity_drivers": ()}
    assert new == replace(old, sample=False, auditor_assessment={}, prior_grants=None, **kept)
    before = snapshot(home)
    for year in (2024, 2025):
        again = bring(
            home, template_file(tmp_path / f"again{year}.xlsx", year, home, company_id), company=None
        )
        assert again.changes[0].files == ()
    assert snapshot(home) == before


def test_an_import_into_what_it_came_from_changes_nothing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "parameters", tmp_path / "ws/parameters")
    (tmp_path / "ws/notebooks").mkdir()
    home = Workspace(tmp_path / "ws")
    before = snapshot(home)
    also = ("sample-drugstore", "sample-hotel", "sample-laundry")
    files = [template_file(tmp_path / f"{c}.xlsx", 2025, home, c) for c in (*COMPANIES, *also)]
    assert sum(c.replaced + c.added for c in bring(home, *files, company=None).changes) == 0
    assert snapshot(home) == before


def test_a_blank_template_names_what_it_needs(tmp_path: Path, home: Workspace) -> None:
    blank = template_file(tmp_path / "blank.xlsx", 2026)
    [unknown] = refusal(home, blank, company=None)
    assert unknown.id == "workbook.company_unknown"
    assert "--company my-shop のように、小文字の英数字・-・_ で新しい id を決めて" in unknown.message.ja
    found = refusal(home, blank, company="new-shop")
    assert [f.id for f in found] == ["workbook.company_incomplete"]
    assert "事業者名・業種・事業所名" in found[0].message.ja


def test_answers_come_back_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "parameters", tmp_path / "ws/parameters")
    (tmp_path / "ws/notebooks").mkdir()
    home = Workspace(tmp_path / "ws")
    company, found = (
        read_company(home, "sample-office"),
        read_bills(home, read_company(home, "sample-office")),
    )
    answered = replace(
        company,
        self_assessment={"org-1": "実施", "mnt-2": "対象外"},
        questionnaire={"visit": "検討中", "plan": "空調"},
    )
    file = tmp_path / "answered.xlsx"
    file.write_bytes(template(2025, answered, found))
    bring(home, file, company=None)
    new = read_company(home, "sample-office")
    assert (new.self_assessment, new.questionnaire) == (answered.self_assessment, answered.questionnaire)
    text = (home.parameters / "companies/sample-office/company.yaml").read_text(encoding="utf-8")
    old = (ROOT / "parameters/companies/sample-office/company.yaml").read_text(encoding="utf-8")
    assert text.startswith(old), "comments and all other lines stay as they were"
    edit_zip(
        file,
        lambda n, d: (
            d.replace("対象外</t>".encode(), "たぶん</t>".encode()) if n.endswith("sharedStrings.xml") else d
        ),
    )
    assert [(f.id, f.place.sheet, f.place.cell) for f in refusal(home, file, company=None)] == [
        ("workbook.answer", "自己採点", "C15")
    ]


def unbilled(path: Path, home: Workspace) -> Path:
    path.write_bytes(template(2025, read_company(home, "shop"), []))
    return path


def test_suppliers_are_chosen_by_name_and_come_back_as_ids(tmp_path: Path) -> None:
    by_supplier = {f.supplier for one in built_in_sets().values() for f in one.factors if f.supplier}
    assert by_supplier == set(suppliers())
    text = COMPANY.replace(
        "sites:", "suppliers: {electricity: tepco-ep-residual, city_gas: bushu-gas}\nsites:"
    )
    home = shop(tmp_path / "ws", company=text)
    file = unbilled(tmp_path / "a.xlsx", home)
    with zipfile.ZipFile(file) as parts:
        sheet, shared = (parts.read(f"xl/{n}.xml").decode() for n in ("worksheets/sheet1", "sharedStrings"))
    assert "東京電力エナジーパートナー 残差 [tepco-ep-residual]" in sheet
    assert "武州瓦斯 [bushu-gas]" in shared
    (home.parameters / "companies/shop/company.yaml").write_text(COMPANY, encoding="utf-8")
    bring(home, file)
    assert read_company(home, "shop").suppliers == {
        "electricity": "tepco-ep-residual",
        "city_gas": "bushu-gas",
    }


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("武州瓦斯", "bushu-gas"),
        ("bushu-gas", "bushu-gas"),
        ("ＢＵＳＨＵ ＧＡＳ", "bushu-gas"),
        ("町のガス", "町のガス"),
    ],
)
def test_a_supplier_is_read_by_name_or_id(tmp_path: Path, written: str, stored: str) -> None:
    home = shop(tmp_path / "ws")
    file = unbilled(tmp_path / "a.xlsx", home)
    sheet, row = "事業所", forms.supplier_label("city_gas")
    opened = (
        python_calamine.load_workbook(str(file)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )
    rows = [[r[0], written] if r and r[0] == row else r for r in opened]
    bring(home, book(tmp_path / "b.xlsx", {sheet: rows}))
    assert read_company(home, "shop").suppliers == {"city_gas": stored}


def test_a_name_that_was_refused_is_not_called_missing_as_well(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    file = unbilled(tmp_path / "a.xlsx", home)
    opened = (
        python_calamine.load_workbook(str(file)).get_sheet_by_name("事業所").to_python(skip_empty_area=False)
    )
    changed = {forms.ID: "neu", forms.NAME: "=cmd|calc"}
    rows = [[r[0], changed[r[0]]] if r and r[0] in changed else r for r in opened]
    found = refusal(home, book(tmp_path / "b.xlsx", {"事業所": rows}), company=None)
    assert [(f.id, f.place.cell) for f in found] == [("workbook.formula_text", "B6")]


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (("2025/10/1", "", 900, "kWh", "", 20000), "C5", "終了日が空欄です。"),
        (("", "2025/10/31", 900, "kWh", "", 20000), "B5", "開始日が空欄です。"),
        (("2025/10/1", "月末", 900, "kWh", "", 20000), "C5", "「月末」は日付として読めません。2025/4/1 "),
        (("", "", 900, "kWh", "", "2,0000"), "G5", "「2,298,480」のように"),
    ],
)
def test_a_wrong_cell_of_a_block_is_named_alone_and_as_its_column_is(
    tmp_path: Path, row: tuple[Any, ...], cell: str, said: str
) -> None:
    headings = ("月", "開始日", "終了日", "使用量", "単位", "料金（税込）[円]", "料金（税抜）[円]")
    lines = [["2025年度"], ["エネルギー種別", "電気"], [], headings, ["2025年10月", *row]]
    [found] = refusal(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"エネルギー": lines}))
    assert (found.place.cell, said in found.message.ja) == (cell, True), found.message.ja
    assert "kWh" not in found.message.ja
