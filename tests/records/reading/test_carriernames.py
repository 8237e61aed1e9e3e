"""A cell of the kind of energy: usual names are read, a misspelt one asks, what is sold is not used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.factors import carriers
from carbonlib.records.reading.carriernames import carrier_meant, carrier_named


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("業務用電力", "electricity"),
        ("高圧電力", "electricity"),
        ("電気使用量（ｋＷｈ）", "electricity"),
        ("都市ガス13A", "city_gas"),
        ("ＬＰガス料金", "lpg"),
        ("LSA重油", "heavy_oil_a"),
        ("A重油（ボイラー用）", "heavy_oil_a"),
        ("ガソリン（社用車）", "gasoline"),
        ("ガス", "?"),
    ],
)
def test_usual_names_are_read(text: str, carrier: str) -> None:
    assert carrier_named(text) == carrier


@pytest.mark.parametrize(
    ("text", "meant"),
    [("A重油油", "A重油"), ("A重油。", "A重油"), ("灯油油", "灯油"), ("軽油引取税", "軽油"), ("電機", "")],
)
def test_a_misspelt_name_is_asked_about_and_not_taken(text: str, meant: str) -> None:
    assert carrier_named(text) is None
    assert carrier_meant(text).ja == (f"もしかして「{meant}」ですか。" if meant else "")


@pytest.mark.parametrize("text", ["余剰電力", "売電電力", "電気（売電）", "太陽光発電電力"])
def test_what_is_sold_or_made_is_no_use(text: str) -> None:
    assert carrier_named(text) is None
    assert carrier_meant(text).ja == ""


@given(st.sampled_from(sorted(carriers())))
def test_every_carrier_is_known_by_its_id_and_its_label(carrier: str) -> None:
    assert carrier_named(carrier) == carrier
    assert carrier_named(carriers()[carrier].label_ja) == carrier
