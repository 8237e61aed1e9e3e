"""company.yaml: what a visit gives is read with how it was learnt, and each mistake is named on its line."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import Finding, RecordError
from carbonlib.records.company import read_company
from carbonlib.records.company_entries import CompanyEntry
from carbonlib.records.end_uses import uses
from carbonlib.records.equipment import FAMILIES, HOW, attributes, refrigerants
from carbonlib.records.equipment_model import Equipment, Observed
from carbonlib.records.fields import RefusalError
from carbonlib.records.model import Company, Contact, Diagnostician, PriorGrant
from carbonlib.records.workspace import Workspace
from carbonlib.units import Reading, ratio, read_unit
from tests.conftest import ROOT, SHARED
from tests.records.workbook.books import COMPANY, shop
from tests.test_documentation import blocks

HEAD_LINES = len(COMPANY.splitlines())


def company(root: Path, text: str, head: str = COMPANY) -> Company:
    return read_company(shop(root, company=head + text), "shop")


def refused(root: Path, text: str, head: str = COMPANY) -> list[Finding]:
    with pytest.raises(RecordError) as error:
        company(root, text, head)
    return list(error.value.findings)


def machine(root: Path, text: str) -> Equipment:
    return company(root, f"equipment:\n  - {{name: 機械, {text}}}\n").equipment[0]


def test_attributes_are_fields_of_equipment_and_examples_fit() -> None:
    names = {f.name for f in fields(Equipment)}
    assert set(attributes()) < names
    for one in attributes().values():
        assert set(one.families) <= set(FAMILIES)
        assert one.read(one.example)
        assert one.label_en.isascii()


def test_a_value_is_given_plainly_or_with_how_it_was_learnt(tmp_path: Path) -> None:
    one = machine(
        tmp_path,
        'family: compressor, how: 聞き取り, photo: IMG_0001, hours: "2,400 h/年", control: インバータ, '
        'rated_input: {value: "７．５ ｋＷ", how: 銘板, photo: IMG_0012}, discharge_pressure: {value: "0.7 MPa", how: 実測}',
    )
    assert one.rated_input == Observed(Reading(Decimal("7.5"), Decimal(1), "kW"), "銘板", "IMG_0012")
    assert one.hours == Observed(Reading(Decimal(2400), Decimal(1), "h/year"), "聞き取り", "IMG_0001")
    assert one.control == Observed("インバータ", "聞き取り", "IMG_0001")
    assert one.discharge_pressure is not None
    assert (one.discharge_pressure.how, one.discharge_pressure.photo) == ("実測", "")
    assert one.site_id == "honten", "the only site"
    assert (one.place.file, one.place.line) == ("parameters/companies/shop/company.yaml", HEAD_LINES + 2)


def test_units_keep_apart_what_is_confused(tmp_path: Path) -> None:
    tower = machine(
        tmp_path,
        'family: transformer, rated_capacity: "300 kVA", no_load_loss: "0.72 kW", load_loss: "3,800 W", '
        "phase_use: 動, insulation: 油入",
    )
    assert tower.rated_capacity is not None
    assert tower.rated_capacity.reading.unit == "kVA"
    assert tower.no_load_loss is not None
    assert tower.no_load_loss.reading.value == Decimal("0.72")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('family: transformer, rated_capacity: "300 kW"', "単位が合いません"),
        ('family: compressor, discharge_pressure: "7 kg"', "単位が合いません"),
        ('family: boiler, flue_temperature: "240"', "240 ℃"),
        ('family: boiler, flue_temperature: "240 kWh"', "温度は"),
        ('family: boiler, exhaust_oxygen: "21 %"', "21 % 未満"),
        ('family: lighting, load_factor: "120 %"', "100 % 以下"),
        ('family: lighting, load_factor: "0 %"', "より大きい"),
        ('family: lighting, hours: "2,500 h"', "単位が合いません"),
        ('family: lighting, hours: "8,785 h/年"', "8,784 h/年 以下"),
        ('family: lighting, rated_input: "-5 kW"', "範囲の外"),
        ("family: lighting, rated_input: 5", "5.5 kW"),
        ("family: lighting, lamp: 電球", "LED"),
        ("family: air_conditioner, refrigerant: R999", "R410A"),
        ("family: compressor, control: 3", "吸込絞り"),
        ("family: compressor, control: [インバータ]", "吸込絞り"),
        ('family: lighting, control: インバータ, rated_input: "5 kW"', "family が compressor"),
        ('family: boiler, no_load_loss: "5 W"', "family が transformer"),
        ("family: lighting, rated_input: {how: 銘板}", "value がありません"),
        ('family: lighting, rated_input: {value: "5 kW", how: うわさ}', "実測・銘板・聞き取り"),
        ('family: lighting, rated_input: {value: "5 kW", how: 銘板, photo: 12}', "写真の番号"),
        ('family: lighting, rated_input: {value: "5 kW", who: 私}', "知られていません"),
        ("family: lighting, rated_input: ", "5.5 kW"),
        ("family: lighting, how: うわさ", "実測"),
    ],
)
def test_a_wrong_value_is_named_on_its_line(tmp_path: Path, text: str, words: str) -> None:
    lines = "".join(f"    {part}\n" for part in _lines(text))
    found = refused(tmp_path, f"equipment:\n  - name: 機械\n{lines}")
    assert len(found) == 1
    assert words in found[0].message.ja
    assert found[0].message.en.endswith(".")
    wanted = next(i for i, part in enumerate(_lines(text)) if i == len(_lines(text)) - 1 or "control" in part)
    assert found[0].place.line == HEAD_LINES + 3 + wanted


def _lines(text: str) -> list[str]:
    """Return the entries of a flow mapping, one a line."""
    parts, depth = [""], 0
    for char in text:
        depth += {"{": 1, "[": 1, "}": -1, "]": -1, '"': 0}.get(char, 0)
        if char == "," and not depth and parts[-1].count('"') % 2 == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [p.strip() for p in parts]


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        "equipment:\n"
        '  - {family: lighting, name: a, hours: "5 kWh", load_factor: "200 %"}\n'
        '  - {family: oven, name: b, rated_input: "5 h"}\n',
    )
    assert [(f.id, f.place.line) for f in found] == [
        ("yaml.value_error", HEAD_LINES + 2),
        ("yaml.value_error", HEAD_LINES + 2),
        ("yaml.literal_error", HEAD_LINES + 3),
        ("yaml.value_error", HEAD_LINES + 3),
    ]


@given(st.sampled_from(sorted(attributes())), st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(name: str, text: str) -> None:
    attribute = attributes()[name]
    try:
        value = attribute.read(text)
    except RefusalError as error:
        said = error.message
        assert said.ja.endswith("。")
        assert said.en.endswith(".")
        return
    if isinstance(value, Reading) and attribute.unit not in {"", "℃"}:
        assert ratio(value.unit, read_unit(attribute.unit)[0]) > 0
    else:
        assert value in attribute.choices or isinstance(value, Reading)


def test_lists_say_how_they_are_founded() -> None:
    assert refrigerants()["R22"].kind == "HCFC"
    assert {r.evidence for r in refrigerants().values()} == {"assumption"}
    assert HOW == ("実測", "銘板", "聞き取り")
    assert [u.id for u in uses().values() if not u.entered] == ["imported_electricity", "other"]
    assert all(u.label_ja and u.label_en for u in uses().values())


USES = """\
end_uses:
  - {use: lighting, carrier: electricity, amount: "42,000 kWh/年", how: 聞き取り}
  - {use: compressed_air, carrier: electricity, share: "20 %", share_of: carrier}
  - {use: drying, part: 乾燥機A, carrier: kerosene, share: "14.6 %", share_of: primary_energy}
  - {use: boiler, carrier: city_gas, amount: "1.2 千m3/年"}
"""


def test_end_uses_are_amounts_or_shares_of_something_named(tmp_path: Path) -> None:
    light, air, dryer, boiler = company(tmp_path, USES).end_uses
    assert light.amount == Reading(Decimal(42000), Decimal(1), "kWh/year")
    assert (light.site_id, light.written, light.how) == ("honten", "42,000 kWh", "聞き取り")
    assert (air.share, air.share_of, air.amount) == (Decimal("0.2"), "carrier", None)
    assert (dryer.part, dryer.share, dryer.share_of) == ("乾燥機A", Decimal("0.146"), "primary_energy")
    assert boiler.amount == Reading(Decimal("1.2"), Decimal(1000), "m3/year")
    assert boiler.place.line == HEAD_LINES + 5


def test_the_published_shares_of_a_factory_are_entered_as_printed(tmp_path: Path) -> None:
    # Saitama deck 2025-10-28, sample of a diagnosis report: end uses of a factory, shares of annual energy in %
    path = SHARED / "facts" / "diagnosis_sample.yaml"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    printed = yaml.safe_load(path.read_text(encoding="utf-8"))["end_use_example"]
    names = {"air_conditioning", "compressor", "boiler", "dryer_a", "furnace_b"}
    words = {"compressor": "compressed_air", "dryer_a": "drying", "furnace_b": "furnace"}
    words |= {"lighting_and_outlets": "lighting_outlets", "production_a": "production"}
    words |= {"other_production": "production"} | {n: n for n in names - words.keys()}
    lines = [
        f'  - {{use: {words[name]}, part: {name}, carrier: {carrier}, share: "{value} %", share_of: primary_energy}}\n'
        for carrier, parts in printed.items()
        if carrier != "total"
        for name, value in parts.items()
        if name != "subtotal"
    ]
    found = company(tmp_path, "end_uses:\n" + "".join(lines)).end_uses
    assert len(found) == 10
    for carrier in ("electricity", "kerosene", "lpg"):
        total = sum(u.share for u in found if u.carrier == carrier and u.share) * 100
        assert abs(total - Decimal(str(printed[carrier]["subtotal"]))) <= Decimal("0.1"), "rounded in print"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('use: other, carrier: electricity, share: "5 %", share_of: carrier', "残りとして計算"),
        ('use: sauna, carrier: electricity, share: "5 %", share_of: carrier', "用途は"),
        ('use: lighting, carrier: electricity, amount: "5 kWh"', "年間の量"),
        ('use: lighting, carrier: electricity, amount: "5 m3/年"', "kWh"),
        ('use: lighting, carrier: electricity, amount: "-5 kWh/年"', "0 以上"),
        ('use: lighting, carrier: electricity, amount: "5/年"', "単位"),
        ('use: lighting, carrier: electricity, share: "5 %"', "share_of"),
        ('use: lighting, carrier: electricity, amount: "5 kWh/年", share_of: carrier', "share_of"),
        (
            'use: lighting, carrier: electricity, amount: "5 kWh/年", share: "5 %", share_of: carrier',
            "どちらか",
        ),
        ("use: lighting, carrier: electricity", "どちらか"),
        ('use: lighting, share: "5 %", share_of: carrier', "carrier"),
        ('use: lighting, carrier: electricity, share: "105 %", share_of: carrier', "100 %"),
        ('use: lighting, carrier: electricity, share: "0.05", share_of: carrier', "8.9 %"),
        ('use: lighting, site: nowhere, carrier: electricity, amount: "5 kWh/年"', "sites にありません"),
    ],
)
def test_a_wrong_end_use_is_named(tmp_path: Path, text: str, words: str) -> None:
    found = refused(tmp_path, f"end_uses:\n  - {{{text}}}\n")
    assert len(found) == 1
    assert words in found[0].message.ja
    assert found[0].place.line == HEAD_LINES + 2


def test_end_uses_twice_beyond_the_whole_or_of_no_site(tmp_path: Path) -> None:
    share = '{use: %s, carrier: electricity, share: "60 %%", share_of: carrier}'
    found = refused(
        tmp_path / "a",
        f"end_uses:\n  - {share % 'cooling'}\n  - {share % 'heating'}\n  - {share % 'heating'}\n",
    )
    assert [(f.id, f.place.line) for f in found] == [
        ("company.end_use_share", HEAD_LINES + 3),
        ("company.end_use_twice", HEAD_LINES + 4),
    ]
    assert "120 %" in found[0].message.ja
    second = COMPANY.replace("remarks:", "  - {id: souko, name: 倉庫}\nremarks:")
    found = refused(tmp_path / "b", f"end_uses:\n  - {share % 'cooling'}\n", second)
    assert "site を書いて" in found[0].message.ja


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
