"""company.yaml: visits, what grants ask for and all other entries; each mistake is named on its line, in its own words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from carbonlib.records.company import read_company
from carbonlib.records.company_entries import CompanyEntry
from carbonlib.records.model import Company, Contact, Diagnostician, PriorGrant
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT
from tests.records.companies import HEAD_LINES, company, refused
from tests.records.workbook.books import COMPANY
from tests.test_documentation import blocks

VISIT = """\
visits:
  - fiscal_year: 2025
    date: "2025-10-28"
    diagnosticians:
      - {name: 見本 太郎, qualification: エネルギー管理士}
    attended: [総務課 見本 花子]
address: 埼玉県所沢市見本町 1-1
contact: {person: 見本 花子, phone: 04-0000-0000}
operating_since: "1998-04"
operating_margin: 5 %
prior_grants:
  - {round: saitama-r6-emergency, year: 2024}
"""


def test_a_visit_and_what_grants_ask_for(tmp_path: Path) -> None:
    found = company(tmp_path, VISIT)
    visit = found.visit(2025)
    assert visit is not None
    assert (visit.date, visit.attended) == (date(2025, 10, 28), ("総務課 見本 花子",))
    assert visit.diagnosticians == (Diagnostician("見本 太郎", "エネルギー管理士"),)
    assert found.visit(2024) is None
    assert found.contact == Contact(person="見本 花子", phone="04-0000-0000")
    assert (found.operating_since, found.operating_margin) == ("1998-04", Decimal("0.05"))
    assert found.prior_grants == (PriorGrant("saitama-r6-emergency", 2024),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("operating_since: 1998-04\n", ""),
        ('operating_since: "1998-13"\n', "年月は"),
        ("operating_margin: five\n", "8.9 %"),
        ("prior_grants:\n  - {round: x, year: 令和6}\n", "整数"),
        ("tenants: maybe\n", "included"),
        ("axis_set: ours\n", "eccj-six"),
        ("visits:\n  - {fiscal_year: 2025, date: 2025年, diagnosticians: [{name: a}]}\n", "日付は"),
        ('visits:\n  - {fiscal_year: 2025, date: "2025-10-28", diagnosticians: []}\n', "1 つ以上"),
        ("auditor_assessment:\n  org-9: 実施\n", "org-9"),
        ("self_assessment:\n  org-1: たぶん\n", "実施"),
        ("meters:\n  - {id: E1, site: nowhere}\n", "nowhere"),
        ("meters:\n  - {id: E2, site: honten, parent: E1}\n", "parent「E1」"),
        ("meters:\n  - {id: E1, site: honten, parent: E1}\n", "自分に戻ります"),
        ("meters:\n  - {id: E1, site: honten, tenant_share: '0.12345678901'}\n", "0.3"),
        ("equipment:\n  - {family: other, name: a, site: nowhere}\n", "nowhere"),
    ],
)
def test_other_entries_that_do_not_fit(tmp_path: Path, text: str, words: str) -> None:
    if not words:
        assert company(tmp_path, text).operating_since == "1998-04", "YAML reads 1998-04 as text"
        return
    found = refused(tmp_path, text)
    assert len(found) == 1
    assert words in found[0].message.ja
    assert (found[0].place.line or 0) > HEAD_LINES


@pytest.mark.parametrize(("written", "part"), [("-2 %", "-0.02"), ("0 %", "0")])
def test_a_company_in_the_red_may_say_so(tmp_path: Path, written: str, part: str) -> None:
    assert company(tmp_path, f"operating_margin: {written}\n").operating_margin == Decimal(part)


def test_two_visits_for_one_report_are_named(tmp_path: Path) -> None:
    one = '  - {fiscal_year: 2025, date: "2025-10-28", diagnosticians: [{name: a}]}\n'
    found = refused(tmp_path, "visits:\n" + one + one)
    assert [(f.id, f.place.line) for f in found] == [("company.visit_twice", HEAD_LINES + 3)]


def test_the_examples_of_the_documents_are_read(tmp_path: Path) -> None:
    shown = [b for b in blocks("docs/parameters.md", "text") if b.startswith(("equipment:", "end_uses:"))]
    assert len(shown) == 2
    found = company(tmp_path, "".join(shown))
    assert (len(found.equipment), len(found.end_uses)) == (1, 3)


def test_every_entry_reaches_the_company() -> None:
    kept = {f.name for f in fields(Company)} - {
        "operating_margin_place"
    }  # where an entry stands is none itself
    assert set(CompanyEntry.model_fields) == kept
    assert set(get_args(CompanyEntry.model_fields["tenants"].annotation)) == {"included", "excluded"}


def test_the_samples_are_marked_and_read() -> None:
    samples = Workspace(ROOT)
    for company_id in samples.company_ids():
        assert read_company(samples, company_id).sample == company_id.startswith("sample-")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("suplier: {electricity: tepco-ep-residual}\n", "suppliers"),
        ("visits: [{fiscal_year: 2025, dte: '2025-10-01'}]\n", "date"),
        ("meters: [{id: E1, site: shop, contract_tipe: 高圧}]\n", "contract_type"),
        ("acknowledged: [{check: bill.gap, reason: x, whith: a}]\n", "with"),
    ],
)
def test_a_misspelt_entry_asks_for_the_one_that_was_meant(tmp_path: Path, text: str, meant: str) -> None:
    [one] = [f for f in refused(tmp_path, text) if f.id == "yaml.extra_forbidden"]
    assert f"知られていません。もしかして {meant} ですか。" in one.message.ja
    assert f"Did you mean {meant}? " in one.message.en


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        ("sites:", "operating_margin: 5\nsites:", "「5」に単位がありません。「8.9 %」のように書いてください"),
        (
            "sites:\n",
            "sites:\n  - {id: x, name: x, floor_area: 98}\n",
            "「98」に単位がありません。「1,200 m2」のように",
        ),
        (
            "sites:\n",
            "sites:\n  - {id: x, name: x, operating_hours: 3000}\n",
            "「3000」に単位がありません。「4,380 h/年」",
        ),
    ],
)
def test_a_bare_number_is_told_unit_and_form_at_once(tmp_path: Path, old: str, new: str, asked: str) -> None:
    [one] = refused(tmp_path, "", COMPANY.replace(old, new))
    assert asked in one.message.ja
    assert one.place.line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: 本店\n", "name: 本店\n    employees: ２８\n", "「1 番目の事業所の employees」は半角の整数で"),
        ("1,200 m2\n", "1,200\n", "「1 番目の事業所の floor_area」"),
        ("name: 本店\n", "name: 本店\n    use: 工場\n", "もしかして factory ですか。office（事務所）・"),
        ("name: 本店\n", "name: 本店\n    use: 病院\n", "もしかして hospital ですか。"),
        ("name: 本店\n", "name: 本店\n    use: ofice\n", "もしかして office ですか。"),
        ("name: 本店\n", "name: 本店\n    use: [office]\n", "「1 番目の事業所の use」"),
    ],
)
def test_what_is_wrong_of_a_site_is_said_in_its_own_words(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in COMPANY
    (one,) = refused(tmp_path, "", COMPANY.replace(old, new, 1))
    assert said in one.message.ja


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("end_uses: [{use: lighting, carrier: electricity, amount: 800}]\n", "「127,740 kWh/年」"),
        ("activity_drivers: [{kind: sales, fiscal_year: 2025, amount: 800}]\n", "「120,000 千円/年」"),
        (
            "visits: [{fiscal_year: 2025, date: 2026年5月20日, diagnosticians: []}]\n",
            "の形（半角の数字と「-」）で",
        ),
        (
            "operating_since: 1998年4月\n",
            '年月は "1998-04" の形（半角の数字と「-」）で書いてください。値: 1998年4月',
        ),
        ("tenants: includd\n", "もしかして included ですか。"),
    ],
)
def test_one_round_says_all_that_is_wrong_of_a_value(tmp_path: Path, text: str, said: str) -> None:
    found = [f.message.ja for f in refused(tmp_path, text)]
    assert any(said in ja for ja in found), found
    assert not any("引用符" in ja for ja in found)
