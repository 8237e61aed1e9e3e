"""company.yaml, equipment: values are read with how they were learnt, and each mistake is named on its line."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.records.equipment import FAMILIES, attributes
from carbonlib.records.equipment_model import Equipment, Observed
from carbonlib.records.fields import RefusalError
from carbonlib.units import Reading, ratio, read_unit
from tests.records.companies import HEAD_LINES, machine, refused


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
