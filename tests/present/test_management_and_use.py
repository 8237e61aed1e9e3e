"""Sections II and III as shown values: real sample companies, odd ones, hostile texts, in HTML and typst."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib_fontja import get_font_path

from carbonlib import present
from carbonlib.accounting import account
from carbonlib.accounting.shares import shares_of
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.factors import programmes
from carbonlib.present.shown import Shown, ShownList
from carbonlib.records.assessment import ANSWERS, checklist
from carbonlib.records.benchmarks import Benchmark, Benchmarks
from carbonlib.records.equipment_model import EndUse
from carbonlib.records.model import ActivityDriver, Bill, Company, Diagnostician, Narrative, Site, Visit
from carbonlib.records.workspace import workspace_at
from tests.conftest import ROOT

DECK = programmes()["saitama-diagnosis-2025"]
HOSTILE = (
    '<script>alert(1)</script></style> #image("x") $a$ *b* "q" \\ =HYPERLINK(1) {{ x }} \u202e 😀 '
    + "長" * 60
)
CELLS = (
    present.management_radar,
    present.good_practices_list,
    present.summary_text,
    present.overview_text,
    present.end_use_figure,
    present.intensity_table,
    present.trend_figure,
)


@cache
def sample(name: str, year: int = 2025, programme: str = "saitama-diagnosis-2025") -> Diagnosis:
    return diagnose(name, year, programme, workspace=workspace_at(ROOT))


def values(d: Diagnosis) -> list[Shown]:
    found: list[Shown] = []
    for cell in CELLS:
        shown = cell(d)
        found += shown.values if isinstance(shown, ShownList) else [shown]
    return found


def compiled(shown: list[Shown], folder: Path) -> None:
    for one in shown:
        if one.svg:
            name = re.search(r'image\("([^"]+\.svg)"', one.typst)
            assert name
            (folder / name[1]).write_text(one.svg, encoding="utf-8")
    source = folder / "report.typ"
    head = '#set text(font: "IPAexGothic", lang: "ja")\n\n'
    source.write_text(head + "\n\n".join(s.typst for s in shown), encoding="utf-8")
    assert typst.compile(source, font_paths=[get_font_path()]).startswith(b"%PDF")


def made(company: Company, use: dict[int, dict[tuple[str, str], int]], **fields: object) -> Diagnosis:
    """Return a diagnosis of the latest year of yearly bills."""
    bills = [
        Bill("s", f"m{unit}", carrier, date(y, 4, 1), date(y + 1, 3, 31), Decimal(q), unit, Decimal(9_999))
        for y, own in use.items()
        for (carrier, unit), q in own.items()
    ]
    accounts = {y: account(bills, owner="c", programme=DECK, fiscal_year=y) for y in use}
    year = max(use)
    return Diagnosis(
        company, year, DECK, accounts[year], accounts.get(year - 1), shares_of(accounts[year]), (), (),
        accounts=accounts, bills=tuple(bills), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def company(**fields: object) -> Company:
    return replace(Company("c", HOSTILE, "サービス業", (Site("s", HOSTILE, Decimal(100), 10),)), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "year", "programme"),
    [
        ("sample-metal", 2025, "saitama-diagnosis-2025"),
        ("sample-hotel", 2025, "shk"),
        ("saitama-shop", 2023, "saitama-diagnosis-2025"),
        ("sample-transport", 2025, "saitama-diagnosis-2025"),
    ],
)
def test_every_cell_shows_itself_in_each_form(name: str, year: int, programme: str, tmp_path: Path) -> None:
    shown = values(sample(name, year, programme))
    html = "\n".join(s.html for s in shown)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "None" not in html
    for one in shown:
        assert one.plain.strip()
        if one.svg:
            label = re.search(r'aria-label="([^"]{20,})"', one.html)
            assert label
            assert "<details>" in one.html
    compiled(shown, tmp_path)


def test_the_radar_leaves_what_was_not_scored_empty() -> None:
    html = present.management_radar(sample("sample-metal")).html
    assert "「設備・機器の保守管理」は自己採点が診断員の採点より高く、差は 2 点です" in html
    assert "診断員の採点 評価なし" in html
    assert "評価の軸: 省エネルギーセンターの研修資料による6軸" in html
    row = re.search(r'<th scope="row">PDCA</th>\s*((?:<td[^>]*>[^<]*</td>\s*)+)', html)
    assert row
    assert re.findall(r">([^<]*)</td>", row[1]) == ["1", "–", "–", "0.5 / 2", "回答なし"]
    own_only = present.management_radar(sample("sample-drugstore")).html
    assert "診断員の採点はありません。点は空欄です。" in own_only
    none = present.management_radar(sample("sample-office"))
    assert not none.svg
    assert "図は省略しました" in none.html


@settings(max_examples=12)
@given(
    st.dictionaries(st.sampled_from(sorted(checklist())), st.sampled_from(ANSWERS)),
    st.dictionaries(st.sampled_from(sorted(checklist())), st.sampled_from(ANSWERS)),
)
def test_any_answers_make_a_radar_or_a_sentence(own: dict[str, str], auditor: dict[str, str]) -> None:
    d = made(company(self_assessment=own, auditor_assessment=auditor), {2024: {("electricity", "kWh"): 10}})
    shown = present.management_radar(d)
    scored = {*own.values(), *auditor.values()} - {"対象外"}
    assert bool(shown.svg) == bool(scored)
    assert present.good_practices_list(d).html


def test_the_diagnosticians_words_take_the_place_of_the_rules() -> None:
    words = Narrative(("総括の文。", HOSTILE), ("概況の文。",), ("良い取組の文。",))
    visit = Visit(2024, date(2024, 6, 1), (Diagnostician("見本"),), narrative=words)
    d = made(company(visits=(visit,)), {2024: {("electricity", "kWh"): 10}})
    summary = present.summary_text(d).html
    assert "総括の文。" in summary
    assert "千円に達し" not in summary
    assert "診断員が書いた文です" in summary
    assert "<script" not in summary
    assert "概況の文。" in present.overview_text(d).html
    assert "良い取組の文。" in present.good_practices_list(d).html


def test_hostile_texts_forty_uses_and_many_years_stay_whole(tmp_path: Path) -> None:
    uses = tuple(
        EndUse(
            "s", carrier, "production", f"{i}{HOSTILE}", share=Decimal("0.02"), share_of="carrier", how="実測"
        )
        for i in range(40)
        for carrier in ("electricity", "lpg")
    )
    drivers = tuple(
        ActivityDriver("output", y, Decimal(y - 2000), HOSTILE[:20], HOSTILE) for y in range(2020, 2025)
    )
    rows = Benchmarks(
        2024,
        tuple(
            Benchmark("サービス業", driver, measure, DECK.id, 7, Decimal(1), Decimal(2), Decimal(3))
            for driver in ("floor_area", "employees")
            for measure in ("primary_energy", "co2")
        ),
    )
    use = {y: {("electricity", "kWh"): 1000 * (y - 2015), ("lpg", "kg"): 50} for y in range(2020, 2025)}
    d = made(company(end_uses=uses, activity_drivers=drivers), use, benchmarks=rows)
    shown = values(d)
    html = "\n".join(s.html for s in shown)
    assert "<script" not in html
    assert "</style" not in html
    assert "市内のサービス業 7 社の中央値" in html
    assert "多いほうの4分の1" in html
    compiled(shown, tmp_path)


def test_a_middle_half_that_prints_as_one_value_is_said_as_one() -> None:
    middle = Decimal(1400)
    rows = (Benchmark("サービス業", "employees", "co2", DECK.id, 7, middle, middle, middle),)
    d = made(company(), {2024: {("electricity", "kWh"): 9000}}, benchmarks=Benchmarks(2024, rows))
    html = "".join(s.html for s in values(d))
    assert "市内のサービス業 7 社の中央値（半数は約 1,400）" in html
    assert "1,400〜1,400" not in html


def test_one_carrier_and_one_year_are_told_in_sentences() -> None:
    d = made(company(sites=(Site("s", "本社"),)), {2024: {("kerosene", "L"): 10}})
    end_use, intensity, trend = (cell(d) for cell in CELLS[4:])
    for one, words in (
        (end_use, "用途別の内訳"),
        (intensity, "原単位は計算していません"),
        (trend, "経年の推移は示していません"),
    ):
        assert isinstance(one, Shown)
        assert not one.svg
        assert words in one.html


def test_a_trend_says_what_breaks_it() -> None:
    shown = present.trend_figure(sample("sample-hotel", 2025, "shk"))
    assert isinstance(shown, Shown)
    assert "CO2排出係数がない" in shown.html
    gap = made(company(), {2021: {("lpg", "kg"): 5}, 2023: {("lpg", "kg"): 6}, 2024: {("lpg", "kg"): 7}})
    figures = present.trend_figure(gap)
    assert isinstance(figures, ShownList)
    assert "2022年度の請求の記録がありません" in figures.values[0].html
    assert "途中に比べられない年度があります" in figures.values[0].html


def test_the_parts_of_a_change_are_printed_with_their_sum() -> None:
    drivers = tuple(ActivityDriver("output", y, Decimal(a), "t") for y, a in ((2023, 100), (2024, 200)))
    d = made(company(activity_drivers=drivers), {y: {("electricity", "kWh"): 100_000} for y in (2023, 2024)})
    figures = present.trend_figure(d)
    assert isinstance(figures, ShownList)
    html = figures.values[1].html
    # twice the output from the same energy: 49.5 · ln 2 = 34.3 t each way
    assert re.findall(r"<td>([^<]*)</td>", html) == ["+34.3", "▲34.3", "0.0", "0.0"]
    assert "前年度とほぼ同じです" in html


def test_a_factory_is_told_why_its_area_is_not_judged() -> None:
    shown = present.intensity_table(sample("sample-metal"))
    assert isinstance(shown, ShownList)
    assert "面積あたりの値での判定はしません" in shown.values[1].html
    hotel = present.intensity_table(sample("sample-hotel"))
    assert isinstance(hotel, ShownList)
    assert "2,600" in hotel.values[1].html
    assert "9.76 GJ/千kWh（仮定）" in hotel.values[1].html
