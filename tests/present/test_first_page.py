"""The first page and the sections around it: words from real companies and odd ones, compiled as typst too."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from carbonlib.accounting import EnergyAccount, account
from carbonlib.accounting.shares import shares_of
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.factors import programmes
from carbonlib.first_page import reference_day
from carbonlib.fiscal_year import fiscal_year_of, period_of
from carbonlib.key_figures import key_figures
from carbonlib.present.shown import Shown, ShownList
from carbonlib.records.equipment_model import Equipment, Observed
from carbonlib.records.model import Bill, Company, Diagnostician, Site, Visit
from carbonlib.records.targets import Target
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT
from tests.present.test_forms import HOSTILE

SAITAMA = "saitama-diagnosis-2025"
DECK = programmes()[SAITAMA]


@cache
def diagnosis(company: str, year: int, programme: str = SAITAMA, on: str | None = "2025-10-30") -> Diagnosis:
    return diagnose(company, year, programme, subsidies_on=on, workspace=Workspace(ROOT))


def flat(value: Shown | ShownList) -> Iterator[Shown]:
    yield from value.values if isinstance(value, ShownList) else (value,)


def shown(d: Diagnosis) -> list[Shown]:
    """Return all that this file's functions show of a diagnosis, in the order of the report."""
    found = (
        present.cover(d),
        present.menu_table(d),
        present.programme_comparison(d, "shk"),
        present.check_sheets(d),
        present.legal_dates_table(d),
        present.roadmap_figure(d),
        present.roadmap_steps(d),
        present.answer_sheet(d),
        present.figure_provenance(d),
    )
    return [one for value in found for one in flat(value)]


def compiled(values: list[Shown], folder: Path) -> bytes:
    for value in values:
        if value.svg:
            name = re.search(r'"([\w-]+\.svg)"', value.typst)
            assert name
            (folder / name[1]).write_text(value.svg, encoding="utf-8")
    source = folder / "r.typ"
    head = '#set document(title: "r")\n#set text(font: "IPAexGothic", lang: "ja")\n'
    source.write_text(head + "\n\n".join(v.typst for v in values), encoding="utf-8")
    return typst.compile(source, font_paths=[get_font_path()])


def odd() -> dict[str, Diagnosis]:
    """Companies that a report rarely sees: hostile names, no proposals, no factor, one fuel, a target that is past."""
    office, metal = diagnosis("sample-office", 2025), diagnosis("sample-metal", 2024)
    name = (HOSTILE * 3)[:300]
    visit = Visit(
        2025, office.account.lines[0].months[0].month.first_day, (Diagnostician(name, name),), (name,)
    )
    machines = (
        Equipment("lighting", name),
        Equipment("transformer", name, year=1980, insulation=Observed("油入")),
        Equipment("refrigerator", "長い名前の冷蔵設備" * 7),
    )
    sites = tuple(replace(s, name=name) for s in office.company.sites)
    hostile = replace(
        office.company, name=name, sites=sites, visits=(visit,), equipment=machines, remarks=(name,)
    )
    transport = diagnosis("sample-transport", 2025)
    diesel = replace(
        transport,
        bills=tuple(b for b in transport.bills if b.carrier == "diesel"),
        account=replace(transport.account, lines=(transport.account.lines[-1],)),
        previous=None,
        accounts={},
        proposed=None,
    )
    past = Target("", 2020, None, Decimal("0.5"), 2024)
    return {
        "hostile": replace(office, company=hostile),
        "no proposals": diagnosis("sample-clinic", 2025),
        "no factor": diagnosis("sample-metal", 2024, "shk"),
        "one fuel": diesel,
        "past target": replace(metal, company=replace(metal.company, target=past)),
        "unknown base": replace(metal, company=replace(metal.company, target=Target("tokorozawa-2030"))),
    }


@pytest.mark.parametrize("company", [("sample-office", 2025), ("sample-metal", 2024), ("saitama-shop", 2023)])
def test_all_of_it_compiles_with_ids_of_its_own(company: tuple[str, int], tmp_path: Path) -> None:
    values = shown(diagnosis(*company))
    assert compiled(values, tmp_path).startswith(b"%PDF")
    ids = re.findall(r'\sid="([^"]+)"', "".join(v.html for v in values))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", list(odd()))
def test_odd_companies_get_words_and_compile(name: str, tmp_path: Path) -> None:
    values = shown(odd()[name])
    page = "".join(v.html for v in values)
    assert "<script>" not in page
    assert "None" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert all(v.plain.strip() for v in values)
    assert compiled(values, tmp_path).startswith(b"%PDF")


def test_the_cover_of_the_published_shop_has_the_published_figures() -> None:
    cover = present.cover(diagnosis("saitama-shop", 2023))
    assert cover.plain.splitlines()[0] == "小売店舗（埼玉県公表の診断サンプル）"
    for words in (
        "63,075",
        "579",
        "1,138",
        "27.42",
        "▲1.8",
        "専門診断",
        "279 kL 上回ります",
        "9.76 GJ/千kWh",
    ):
        assert words in cover.html
    assert "保証するものではありません" in cover.html
    assert "見積りを取得" in cover.html
    assert cover.html.count("<h1") == 1


def test_the_cover_names_visit_diagnostician_and_who_attended() -> None:
    html = present.cover(diagnosis("sample-metal", 2024)).html
    for words in ("2025年7月8日", "見本 一郎（エネルギー管理士）", "製造部 見本 花子", "利益率 4.5% の場合"):
        assert words in html
    assert "記録がありません" in present.cover(diagnosis("sample-clinic", 2025)).html


def test_a_visit_for_another_year_stands_on_every_page_that_uses_its_records() -> None:
    d = diagnosis("sample-metal", 2025)
    html = present.cover(d).html
    for words in (
        "2025年7月8日（2024年度の診断として訪問）",
        "見本 一郎（エネルギー管理士）",
        "製造部 見本 花子",
    ):
        assert words in html
    assert "記録がありません" not in html
    own = d.company.visits[0]
    later = replace(own, fiscal_year=2026, date=date(2026, 9, 1), note="後の訪問")
    noted = replace(own, note="屋上は未確認")
    both = replace(d, company=replace(d.company, visits=(later, noted)))
    assert both.recorded_visit == noted
    assert "訪問時（2025年7月8日）の記録：屋上は未確認" in present.sites_table(both).html
    assert replace(d, company=replace(d.company, visits=(later,))).recorded_visit == later
    # dates are judged as before: by the visit of the report's own year alone
    assert reference_day(d) == d.period.last_day


def test_subsidies_are_only_spoken_of_where_they_were_judged() -> None:
    judged = present.cover(diagnosis("sample-metal", 2024)).plain
    assert "活用を検討できる補助金（要件は要確認。" in judged
    unjudged = present.cover(diagnosis("sample-office", 2025, SAITAMA, None)).plain
    assert "判定する日がない" in unjudged


def test_the_difference_of_two_programmes_is_explained_line_by_line() -> None:
    values = list(flat(present.programme_comparison(diagnosis("saitama-shop", 2023), "shk")))
    assert "579.1 → 512.7 kL" in values[0].plain
    assert "係数が 9.76 に対し 8.64 と小さいためです（差 ▲66.4 kL）" in values[1].plain
    assert "該当年度の係数なし" in values[1].plain
    assert list(flat(present.programme_comparison(diagnosis("saitama-shop", 2023), None))) == []
    same = list(flat(present.programme_comparison(diagnosis("saitama-shop", 2023), SAITAMA)))
    assert "同じ" in same[0].plain


def test_check_sheets_come_on_request() -> None:
    d = diagnosis("saitama-shop", 2023)
    assert present.check_sheets(d, wanted=False).values == ()
    tonne, kl = present.check_sheets(d).values
    assert "2.020 千kWh" in tonne.plain
    assert "132.314" in tonne.plain
    assert "3.971 千kWh" in kl.plain


def test_legal_dates_say_which_have_passed() -> None:
    metal = present.legal_dates_table(diagnosis("sample-metal", 2024)).plain
    assert "2021年1月1日" in metal
    assert "過ぎています" in metal
    office = present.legal_dates_table(diagnosis("sample-office", 2025)).plain
    assert "2028年1月1日" in office
    assert "これから" in office
    assert "設備の記録がない" in present.legal_dates_table(diagnosis("saitama-shop", 2023)).plain


def test_the_path_names_its_gap_and_what_is_assumed() -> None:
    office = present.roadmap_figure(diagnosis("sample-office", 2025))
    assert "2030年度の目標を 4.5 t-CO2 下回る見込みです" in office.plain
    assert "仮定" in office.html
    assert "あと" in present.roadmap_figure(diagnosis("saitama-shop", 2023)).plain
    unknown = present.roadmap_figure(odd()["unknown base"])
    assert "base_co2" in unknown.html


def test_every_figure_of_the_first_page_says_where_it_is_from() -> None:
    d = diagnosis("sample-metal", 2024)
    table = present.figure_provenance(d)
    for words in (
        "bills.csv",
        "proposals.yaml",
        "saitama-diagnosis-2025/electricity/emission_factor",
        "0.0258",
    ):
        assert words in table.html
        assert words in table.typst
    used = set(re.findall(r"\bF\d+\b", table.plain))
    assert used == set(re.findall(r"\b(F\d+)：係数 saitama-diagnosis-2025/", table.html))
    assert used
    data = set(re.findall(r"\bD\d+\b", table.plain))
    assert data == set(re.findall(r"\b(D\d+)：(?:標準値の表|補助金の公募の回と区分) ", table.html))
    assert "標準値の表 diagnosis_schemes.csv saitama-navi" in table.html
    assert "公募の回と区分 saitama-r7-smart-ems" in table.html
    for card in re.findall(r'class="value">([^ ]+) ', present.cover(d).html):
        assert card in table.plain


@settings(max_examples=8)
@given(
    st.text(max_size=300).filter(lambda t: t.strip()),
    st.sampled_from([None, 2013, 2020, 2025]),
    st.decimals(1, 100, places=1),
    st.integers(2026, 2060),
)
def test_any_target_and_name_give_a_path_in_words(
    name: str, base: int | None, percent: Decimal, year: int
) -> None:
    office = diagnosis("sample-office", 2025)
    target = Target("", base or 2024, Decimal(50), percent / 100, year)
    company = replace(office.company, name=name, target=target)
    d = replace(office, company=company)
    figure = present.roadmap_figure(d)
    assert figure.svg
    assert f"{year}年度" in figure.plain
    assert "<script" not in present.cover(d).html


def test_a_passed_date_of_lamps_that_nobody_recorded_is_counted_as_unsure() -> None:
    office = diagnosis("sample-office", 2025)
    unknown = replace(office, company=replace(office.company, equipment=(Equipment("lighting", "照明"),)))
    table = present.legal_dates_table(unknown).plain
    assert "4 件は関係するか要確認です" in table.split("\n")[0]
    assert "件は過ぎています" not in table
    assert "過ぎています（要確認）" in table


def of_bills(*bills: Bill) -> Diagnosis:
    """Return the diagnosis of bills alone, as of fiscal year 2025."""
    accounts = accounts_of(bills)
    company = Company("c", "見本", "サービス業", (Site("s", "本社"),))
    now = accounts[2025]
    return Diagnosis(
        company, 2025, DECK, now, accounts.get(2024), shares_of(now), (), (), accounts=accounts, bills=bills
    )


def accounts_of(bills: tuple[Bill, ...]) -> dict[int, EnergyAccount]:
    return {
        year: account(bills, owner="c", programme=DECK, fiscal_year=year)
        for year in (2024, 2025)
        if any(fiscal_year_of(b.start) <= year <= fiscal_year_of(b.end) for b in bills)
    }


def monthly(year: int, quantity: int, cost: int | None) -> list[Bill]:
    return [
        Bill(
            *("s", "m", "electricity", m.first_day, m.last_day, Decimal(quantity), "kWh"),
            None if cost is None else Decimal(cost),
        )
        for m in period_of(year).months
    ]


def test_bills_of_zero_are_no_use_and_no_failure() -> None:
    for cost in (0, None):
        d = of_bills(*monthly(2025, 0, cost))
        words = present.cover(d).plain
        assert "年間の請求の使用量はすべて 0 で、エネルギーは使われていません。" in words
        assert "集計できません" not in words
        assert "請求の使用量がすべて 0 のため" in present.shares_figure(d).plain
    charged = present.cover(of_bills(*monthly(2025, 0, 1_500))).plain
    assert "年間の使用量は 0 kWh" in charged, "a basic charge is a cost"


def test_a_bill_that_reaches_over_is_no_year_before() -> None:
    first, *rest = monthly(2025, 1_000, 27_000)
    over = replace(first, start=date(2025, 3, 21))
    d = of_bills(over, *rest)
    assert d.previous is not None
    words = present.cover(d).plain
    assert "前年度の請求がないため比べません" in words
    assert "請求のない期間" not in words
    gap = of_bills(*monthly(2024, 1_000, 27_000)[1:], *monthly(2025, 1_000, 27_000))
    assert "前年度に請求のない期間があるため比べません" in present.cover(gap).plain
    alone = of_bills(*monthly(2025, 1_000, 27_000))
    assert "前年度の記録はありません" in present.cover(alone).plain
    half = of_bills(*monthly(2025, 1_000, 27_000)[:9], *monthly(2025, 1_000, 27_000)[10:])
    assert "請求のない期間を除く11か月分の値です" in present.cover(half).plain


def test_a_year_with_gaps_is_said_in_whole_words() -> None:
    words = present.cover(diagnosis("sample-transport", 2024)).plain
    assert "（請求のない期間を除いた値です）" in words


def test_section_one_shows_the_hours_and_the_note_of_the_visit() -> None:
    metal = diagnosis("sample-metal", 2024)
    table = present.sites_table(metal).plain
    for words in ("営業時間", "8:00〜20:00", "営業日数", "250", "年間営業時間", "3,600"):
        assert words in table
    assert metal.visit is not None
    visit = replace(metal.visit, note="圧縮機室は換気が弱く、夏は 40 ℃ を超える。")
    noted = present.sites_table(replace(metal, company=replace(metal.company, visits=(visit,))))
    assert "訪問時の記録：圧縮機室は換気が弱く" in noted.html
    assert "訪問時の記録" not in table
    plain = present.sites_table(of_bills(*monthly(2025, 1_000, 27_000))).plain
    assert "営業" not in plain, "hours that nobody stated are no columns of dashes"


def test_other_twelve_months_say_that_sales_are_not_used() -> None:
    d = diagnose("sample-metal", 2024, SAITAMA, period_from="2024-10", workspace=Workspace(ROOT))
    earlier = replace(d.account, identity=replace(d.account.identity, period=d.period.previous))
    words = "".join(
        v.html for v in flat(present.trend_figure(replace(d, accounts={2023: earlier, 2024: d.account})))
    )
    assert "売上高・生産量は年度（4月〜翌3月）ごとの記録なので" in words
    assert "記入がないため" not in words
    year = "".join(v.html for v in flat(present.trend_figure(diagnosis("sample-metal", 2025))))
    assert "ごとの記録なので" not in year


def test_short_facts_are_not_broken_between_lines(tmp_path: Path) -> None:
    d = diagnosis("sample-metal", 2025)
    cover = present.cover(replace(d, company=replace(d.company, visits=())))
    for words in ("訪問：記録がありません", "提案 4 件"):
        assert f'box("{words}")' in cover.typst
    assert '<span class="whole">提案 4 件</span>' in cover.html
    long = replace(d, company=replace(d.company, industry="長" * 300))
    assert f'box("業種：{"長" * 300}")' not in present.cover(long).typst
    assert compiled([present.cover(long)], tmp_path).startswith(b"%PDF")


def test_a_subsidy_on_the_first_page_says_until_when_and_on_which_day_it_was_judged() -> None:
    d = diagnosis("sample-metal", 2025, on="2025-11-05")
    page = present.cover(d).plain
    assert "受付は2025年11月14日まで" in page
    assert "2025年11月5日時点の判定" in page
    early = [f for f in d.findings if f.id == "subsidies.judged_early"]
    assert len(early) == 1
    assert "2026年3月31日" in early[0].message.ja
    before = present.cover(diagnosis("sample-metal", 2025, on="2025-10-25")).plain
    assert "受付は2025年10月29日から" in before


def test_a_day_after_the_period_is_not_noted_and_closed_rounds_say_the_day() -> None:
    d = diagnosis("sample-metal", 2024, on="2025-11-05")
    assert "subsidies.judged_early" not in {f.id for f in d.findings}
    late = present.cover(diagnosis("sample-metal", 2025, on="2026-04-10"))
    assert "対象になるものがありません（2026年4月10日時点の判定）。" in late.plain


@pytest.mark.parametrize("margin", ["-0.02", "0"])
def test_a_company_in_the_red_is_told_that_savings_are_not_put_as_sales(margin: str) -> None:
    d = diagnosis("sample-metal", 2024)
    red = replace(d, company=replace(d.company, operating_margin=Decimal(margin)))
    for words in (present.cover(red).plain, present.sales_equivalent(red).plain):
        assert "売上高営業利益率がゼロ以下のため、削減額は売上に換算しません。" in words
        assert "万円分の利益" not in words
    assert not {f.id for f in key_figures(red)} & {"sales", "operating_margin"}
