"""company.yaml, end_uses: amounts and shares of what is named, and each mistake named on its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from carbonlib.records.end_uses import uses
from carbonlib.records.equipment import HOW, refrigerants
from carbonlib.units import Reading
from tests.conftest import SHARED
from tests.records.companies import HEAD_LINES, company, refused
from tests.records.workbook.books import COMPANY


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
