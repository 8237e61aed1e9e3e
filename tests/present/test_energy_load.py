"""Demand, weather and night load as a report shows them: sample companies, odd ones, hostile names, three forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib_fontja import get_font_path

from carbonlib import present
from carbonlib.accounting import account
from carbonlib.analysis.changepoint import Slope
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.fiscal_year import months_of
from carbonlib.present.energy_weather import _side
from carbonlib.present.shown import Shown, ShownList
from carbonlib.records.model import Bill, Meter
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT

SECTION: Sequence[Callable[[Diagnosis], ShownList]] = (
    present.demand_figures,
    present.demand_cut_tables,
    present.weather_figures,
    present.weather_tables,
    present.night_figures,
    present.night_tables,
)
HOSTILE = '<script>alert(1)</script></style>"\' #image("x") $a$ *b* =HYPERLINK(1) \u202e' + "長" * 60 + "🏭"


@cache
def company(id: str, year: int = 2025) -> Diagnosis:
    return diagnose(id, year, "saitama-diagnosis-2025", workspace=Workspace(ROOT))


def shown(d: Diagnosis) -> list[Shown]:
    return [value for show in SECTION for value in show(d).values]


def words(d: Diagnosis) -> str:
    return "\n".join(v.plain for v in shown(d))


def compiles(values: Sequence[Shown], folder: Path) -> bool:
    pieces = ['#set document(title: "x")', '#set text(font: "IPAexGothic", lang: "ja")']
    for value in values:
        pieces.append(value.typst)
        if value.svg:
            (folder / value.typst.split('"')[1]).write_text(value.svg, encoding="utf-8")
    source = folder / "section.typ"
    source.write_text("\n\n".join(pieces), encoding="utf-8")
    return typst.compile(source, font_paths=[get_font_path()]).startswith(b"%PDF")


def is_sound(values: Sequence[Shown]) -> None:
    """Well-formed enough to stand on a page: ids once, no script, each figure with words and numbers."""
    page = "".join(v.html for v in values)
    HTMLParser().feed(page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "<script" not in page
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    for value in values:
        if value.svg:
            assert "<details>" in value.html
            assert len(re.findall(r'aria-label="([^"]*)"', value.html)[1]) > 30


def test_the_factory_with_half_hours_shows_everything(tmp_path: Path) -> None:
    d = company("sample-metal")
    text = words(d)
    assert "電力のピークは8月の 252 kW で、契約電力と同じです" in text
    assert "ピークを 13 kW 下げると、2 年目から基本料金が年 251 千円減ると考えられます" in text
    months = "「初年度の効果」は、2025年4月から下げていた場合の、2025年4月〜2026年3月の基本料金の減少額です。"
    assert months in "".join(v.html for v in present.demand_cut_tables(d).values)
    assert "灯油は、18.0℃ より寒いと 1℃ につき 1 日 11.9 L 増えます（参考値）" in text
    assert "深夜（1〜6時）も平均 16.3 kW" in text
    assert "営業 250 日、休業 115 日" in "".join(v.html for v in present.night_figures(d).values)
    night_table = "".join(v.html for v in present.night_tables(d).values)
    assert not re.search(r"<td[^>]*>\s*(?:</td>|<td|<tr|</tr)", night_table), "an empty cell says nothing"
    values = shown(d)
    is_sound(values)
    assert compiles(values, tmp_path)


def test_what_lacks_is_said() -> None:
    text = words(company("saitama-shop", 2023))
    assert "契約電力は 650 kW です" in text
    assert "月別の使用量がないため" in text
    assert "30分値がないため" in text
    assert not any(v.svg for v in shown(company("saitama-shop", 2023)))


def test_a_slope_that_is_there_is_not_printed_as_none() -> None:
    slope = Slope(base_c=20.0, per_degree=0.031, t_value=3.0, load=20.0, low_c=18.0, high_c=21.0)
    assert _side(slope, "m3", "寒い") == "20.0℃ より寒いと 1℃ につき 1 日 0.031 m3"


def test_the_year_before_the_half_hours_says_so() -> None:
    assert "2024年度の 30分値が 4 週間分に満たないため" in words(company("sample-metal", 2024))


def test_a_use_that_the_weather_does_not_explain_is_not_divided() -> None:
    text = words(company("sample-school"))
    assert "電気の使用量は、気温だけでは説明できません（参考値）" in text


def test_normal_temperatures_never_suffice_and_those_of_the_year_do() -> None:
    d = company("sample-metal")
    weather = d.weather
    assert weather
    assert "足りています" not in words(d)
    actual = {m: weather.mean_temperature_c[m.month] for m in months_of(2025)}
    measured = replace(d, weather=replace(weather, actual=actual, actual_source="熊谷 月報"))
    text = words(measured)
    assert "灯油は、18.0℃ より寒いと 1℃ につき 1 日 11.9 L 増えます\n" in text
    assert "一部のエネルギー種別では、内訳を確定するデータが足りません" in text  # LP gas has R² 0.70
    assert "その年度の気温ではない" not in "".join(v.html for v in shown(measured))
    eleven = dict(list(actual.items())[:11])
    partly = replace(d, weather=replace(weather, actual=eleven))
    assert "足りています" not in words(partly)


def test_without_weather_it_is_said() -> None:
    assert "気温の記録がないため" in words(replace(company("sample-office"), weather=None))


def test_a_negotiated_contract_says_that_it_takes_talks() -> None:
    d = company("sample-metal")
    meters = (Meter("E1", "factory", contract_type="高圧", contract_basis="協議制"),)
    text = words(replace(d, company=replace(d.company, meters=meters)))
    assert "協議制のため、ピークが下がっても自動では下がりません" in text
    assert "契約電力 252 kW に対し、2025年度の最大は 252 kW でした" in text


def test_hostile_names_are_text(tmp_path: Path) -> None:
    d = company("sample-metal")
    sites = tuple(replace(s, name=HOSTILE) for s in d.company.sites)
    second = [replace(b, meter_id=HOSTILE) for b in d.bills if b.carrier == "electricity"]
    loads = (*d.loads, *(replace(x, meter_id=HOSTILE) for x in d.loads))
    weather = d.weather
    assert weather
    odd = replace(
        d,
        company=replace(d.company, sites=(*sites, replace(sites[0], id="two"))),
        bills=(*d.bills, *second),
        loads=loads,
        weather=replace(weather, station=HOSTILE, source=HOSTILE),
    )
    values = shown(odd)
    is_sound(values)
    assert sum(bool(v.svg) for v in values) == 2 + 3 + 2
    assert compiles(values, tmp_path)


def odd_bills(kwh: list[int | None], peaks: list[int | None], contracts: list[int | None]) -> list[Bill]:
    found = []
    months = [m for y in (2024, 2025) for m in months_of(y)]
    for m, use, peak, contract in zip(months, kwh, peaks, contracts, strict=True):
        if use is not None:
            found.append(
                Bill(
                    *("office", "E1", "electricity", m.first_day, m.last_day, Decimal(use), "kWh"),
                    peak_demand_kw=None if peak is None else Decimal(peak),
                    contract_demand_kw=None if contract is None else Decimal(contract),
                )
            )
    return found


def maybe(most: int) -> st.SearchStrategy[list[int | None]]:
    return st.lists(st.one_of(st.none(), st.integers(0, most)), min_size=24, max_size=24)


@settings(max_examples=12)
@given(maybe(10**7), maybe(3000), maybe(3000))
def test_odd_companies_are_shown(
    kwh: list[int | None], peaks: list[int | None], contracts: list[int | None]
) -> None:
    d = company("sample-office")
    bills = odd_bills(kwh, peaks, contracts)
    made = account(bills, owner="x", programme=d.programme, fiscal_year=2025)
    is_sound(shown(replace(d, account=made, bills=tuple(bills))))


def test_a_company_without_electricity_says_so() -> None:
    d = company("sample-builder")
    made = replace(d.account, lines=tuple(x for x in d.account.lines if x.carrier in {"diesel", "gasoline"}))
    bare = replace(d, account=made, bills=(), loads=())
    text = words(bare)
    assert "30分値" not in text
    assert text.count("電気の請求がないため") == 2  # of demand, and of nights


@pytest.mark.parametrize("show", SECTION)
def test_the_same_twice(show: Callable[[Diagnosis], ShownList]) -> None:
    d = company("sample-metal")
    assert show(d) == show(d)
