"""The sheets 事業所, 設備 and メーター: cells are read as clerks write them, and each wrong one is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carbonlib.records.company import read_company
from carbonlib.records.equipment import attributes
from carbonlib.records.equipment_model import Observed
from carbonlib.records.model import Meter
from carbonlib.records.workbook.machines import (
    METER_HEADINGS,
    equipment_headings,
    heading,
)
from carbonlib.records.workbook.sites import SITE_HEADINGS
from carbonlib.units import Reading
from tests.records.workbook.books import COMPANY, book, bring, refusal, shop


def sheet(root: Path, *rows: dict[str, Any], name: str = "設備", headings: tuple[str, ...] = ()) -> Path:
    columns = headings or equipment_headings()
    return book(
        root / "a.xlsx", {name: [["主な設備"], [], columns, *([r.get(h, "") for h in columns] for r in rows)]}
    )


COMPRESSOR = {"設備の種類": "コンプレッサー（圧縮空気）", "設備名": "圧縮機"}


def test_cells_are_read_as_clerks_write_them(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    file = sheet(
        tmp_path,
        {
            **COMPRESSOR,
            "定格消費電力 [kW]": "37,000 W",
            "年間運転時間 [h/年]": "２，４００",
            "吐出圧力（ゲージ） [MPa]": "700kPa",
            "負荷率 [%]": "65%",
            "容量制御": "吸込絞り",
            "分かった方法": "銘板",
            "写真番号": "IMG_0012",
        },
        {
            "設備の種類": "boiler",
            "設備名": "ボイラー",
            "排ガス温度 [℃]": "２４０℃",
            "使うエネルギー": "都市ガス",
        },
        {
            "設備の種類": "空調",
            "設備名": "空調",
            "使うエネルギー": "電気",
            "年間運転時間 [h/年]": "2,000 h/年",
        },
    )
    bring(home, file)
    compressor, boiler, cooler = read_company(home, "shop").equipment
    assert compressor.rated_input == Observed(Reading(Decimal(37), Decimal(1), "kW"), "銘板", "IMG_0012")
    assert compressor.hours is not None
    assert compressor.hours.reading.value == 2400
    assert compressor.discharge_pressure is not None
    assert compressor.discharge_pressure.reading == Reading(Decimal("0.7"), Decimal(1), "MPa")
    assert compressor.load_factor is not None
    assert compressor.load_factor.reading.value == 65
    assert boiler.flue_temperature == Observed(Reading(Decimal(240), Decimal(1), "degC"))
    assert boiler.carrier == Observed("city_gas")
    assert cooler.hours is not None
    assert cooler.hours.reading.value == 2000


def test_the_sheet_of_an_earlier_template_is_still_read(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    old = ("設備の種類", "設備名・型式", "設置年（西暦）", "台数", "定格消費電力 [kW/台]")
    bring(
        home, sheet(tmp_path, dict(zip(old, ("照明", "FLR40形", 2004, 96, 0.085), strict=True)), headings=old)
    )
    one = read_company(home, "shop").equipment[0]
    assert (one.family, one.name, one.year, one.number) == ("lighting", "FLR40形", 2004, 96)
    assert one.rated_input == Observed(Reading(Decimal("0.085"), Decimal(1), "kW"))


@pytest.mark.parametrize(
    ("column", "value", "id_"),
    [
        ("変圧器容量 [kVA]", 300, "workbook.attribute"),
        ("容量制御", "たぶん", "workbook.choice"),
        ("定格消費電力 [kW]", "37 kWh", "workbook.amount"),
        ("定格消費電力 [kW]", -1, "workbook.amount"),
        ("負荷率 [%]", 120, "workbook.amount"),
        ("年間運転時間 [h/年]", 9000, "workbook.amount"),
        ("吐出圧力（ゲージ） [MPa]", "高い", "workbook.not_a_number"),
        ("写真番号", "=cmd()", "workbook.formula_text"),
        ("分かった方法", "勘", "workbook.choice"),
        ("台数", 0, "workbook.not_whole"),
        ("設備名", "", "workbook.equipment"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, column: str, value: Any, id_: str) -> None:
    home = shop(tmp_path / "ws")
    found = refusal(home, sheet(tmp_path, {**COMPRESSOR, column: value}))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    at = equipment_headings().index(column)
    name = (letters[at] if at < 26 else "A" + letters[at - 26]) + "4"
    assert [(f.id, f.place.sheet, f.place.cell) for f in found] == [(id_, "設備", name)]


@pytest.mark.parametrize(
    ("family", "said"),
    [
        (
            "ボイラー",
            "「ボイラー」は選べません。もしかして「ボイラー・給湯」ですか。「空調」「照明」「冷凍・冷蔵」「ボイラー・給湯」",
        ),
        ("給湯器", "もしかして「ボイラー・給湯」ですか。"),
        ("コンプレッサ", "もしかして「コンプレッサー（圧縮空気）」ですか。"),
        ("設備", "もしかして「生産設備」ですか。"),
        ("ロケット", "「ロケット」は選べません。「空調」「照明」"),
        ("", "設備の種類が空欄です。「空調」「照明」"),
    ],
)
def test_a_kind_of_equipment_that_is_not_listed_is_told_what_may_be_meant(
    tmp_path: Path, family: str, said: str
) -> None:
    file = sheet(tmp_path, {"設備の種類": family, "設備名": "1号機"})
    [found] = refusal(shop(tmp_path / "ws"), file)
    assert (found.id, found.place.cell) == ("workbook.equipment", "A4")
    assert found.message.ja.startswith(said) or said in found.message.ja
    assert "設備名" not in found.message.ja, "it is written"


def test_a_sheet_of_equipment_whose_column_of_kinds_is_gone_is_named(tmp_path: Path) -> None:
    rows = [["設備の種類"], [], ["設備名", "台数"], ["1号機", 2]]
    [found] = refusal(shop(tmp_path / "ws"), book(tmp_path / "a.xlsx", {"設備": rows}))
    assert (found.id, found.place.cell) == ("workbook.equipment", "A4")


def test_a_percentage_that_may_be_a_share_is_doubted(tmp_path: Path) -> None:
    done = bring(shop(tmp_path / "ws"), sheet(tmp_path, {**COMPRESSOR, "負荷率 [%]": 0.65}))
    said = [f for f in done.findings if f.severity == "warning"]
    assert [f.id for f in said] == ["workbook.percent"]
    assert "65 % のことなら 65" in said[0].message.ja


def test_a_photo_and_a_comment_of_the_file_survive_an_import_that_says_the_same(tmp_path: Path) -> None:
    text = COMPANY + (
        "equipment:\n"
        "  - family: compressor  # 屋外\n"
        "    name: 圧縮機\n"
        '    rated_input: {value: "37,000 W", how: 銘板, photo: IMG_0012}\n'
        "    control: {value: 吸込絞り, how: 実測}\n"
    )
    home = shop(tmp_path / "ws", company=text)
    path = home.parameters / "companies/shop/company.yaml"
    bring(home, sheet(tmp_path, {**COMPRESSOR, "定格消費電力 [kW]": 37, "容量制御": "吸込絞り"}))
    assert path.read_text(encoding="utf-8") == text
    bring(home, sheet(tmp_path, {**COMPRESSOR, "定格消費電力 [kW]": 45}))
    one = read_company(home, "shop").equipment[0]
    assert one.rated_input == Observed(Reading(Decimal(45), Decimal(1), "kW"))
    assert one.control == Observed("吸込絞り", "実測")


def test_contracts_come_in_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [
        ["", "E1", "", "高圧", "実量制", "見本電力", "標準", 30, ""],
        ["本店", "E2", "電気", "", "", "", "", "", "E1"],
        ["", "E3", "", "", "", "", "", "", ""],
    ]
    file = book(tmp_path / "m.xlsx", {"メーター": [["x"], METER_HEADINGS, *rows]})
    bring(home, file)
    assert read_company(home, "shop").meters == (
        Meter("E1", "honten", "electricity", "高圧", "実量制", "見本電力", "標準", Decimal("0.3")),
        Meter("E2", "honten", parent="E1"),
    )
    for column, value, id_ in ((7, 130, "amount"), (3, "超高圧", "choice"), (1, "", "meter")):
        bad = [list(rows[0])]
        bad[0][column] = value
        found = refusal(home, book(tmp_path / "b.xlsx", {"メーター": [["x"], METER_HEADINGS, *bad]}))
        assert [(f.id, f.place.cell) for f in found] == [(f"workbook.{id_}", f"{'ABCDEFGH'[column]}3")]


def test_sites_take_months_and_words_as_they_are_written(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    row = dict.fromkeys(SITE_HEADINGS, "") | {
        "事業所名": "本店",
        "用途": "物販店",
        "営業開始年月": "平成10年4月",
        "営業時間": "10:00〜22:00",
        "年間営業日数 [日]": 363,
    }
    rows = [["事業者の記号（id）", "shop"], ["事業者名", ""], ["事業を始めた年月", "1998/4"], SITE_HEADINGS]
    bring(home, book(tmp_path / "s.xlsx", {"事業所": [*rows, [row[h] for h in SITE_HEADINGS]]}))
    found = read_company(home, "shop")
    site = found.sites[0]
    assert found.operating_since == "1998-04"
    assert (site.use, site.operating_since, site.operating_days) == ("retail", "1998-04", 363)
    assert (site.floor_area_m2, site.opening_hours) == (Decimal(1200), "10:00〜22:00")


def test_every_attribute_has_a_column_and_headings_differ() -> None:
    headings = equipment_headings()
    assert len(set(headings)) == len(headings)
    assert {heading(a) for a in attributes().values()} < set(headings)


def test_machines_of_two_sites_with_one_name_are_kept_apart(tmp_path: Path) -> None:
    text = COMPANY.replace("remarks:", "  - {id: souko, name: 倉庫}\nremarks:") + (
        "equipment:\n"
        "  - {family: lighting, name: LED, site: honten, number: 5}\n"
        "  - {family: lighting, name: LED, site: souko, number: 5}\n"
    )
    home = shop(tmp_path / "ws", company=text)
    light = {"設備の種類": "照明", "設備名": "LED", "台数": 7}
    bring(home, sheet(tmp_path, {**light, "事業所": "倉庫"}))
    assert [(e.site_id, e.number) for e in read_company(home, "shop").equipment] == [
        ("honten", 5),
        ("souko", 7),
    ]
    again = replace(read_company(home, "shop"), equipment=())
    assert again.sites[1].name == "倉庫"
