"""Section IV of the report: summary, figures, sheets, pages for bank and subsidy office, follow-up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib_fontja import get_font_path

from carbonlib import present
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.errors import Message
from carbonlib.measures.model import CalculationRow
from carbonlib.present.drawing import drawable
from carbonlib.present.labels import Placer
from carbonlib.present.proposal_sheets import basis_cell, quantity_cell
from carbonlib.present.shown import Shown, ShownList
from carbonlib.records.workspace import Workspace
from carbonlib.units import Q_
from tests.conftest import ROOT, copy_workspace

SET = "saitama-diagnosis-2025"
HOSTILE = '<script>alert(1)</script> </style> #image("x") $a$ *b* =HYPERLINK("x") \u202e😀 {{ x }}'
ALL: tuple[Callable[[Diagnosis], Shown | ShownList], ...] = (
    present.reductions_table,
    present.proposals_table,
    present.sales_equivalent,
    present.waterfall_figure,
    present.investment_figure,
    present.abatement_figure,
    present.proposal_sheets,
    present.bank_pages,
    present.office_pages,
    present.followup_table,
)
FIGURES = (present.waterfall_figure, present.investment_figure, present.abatement_figure)


def of(company: str, year: int, home: Path = ROOT, on: str | None = "2025-10-20") -> Diagnosis:
    return diagnose(company, year, SET, subsidies_on=on, workspace=Workspace(home))


@pytest.fixture(scope="module")
def metal() -> Diagnosis:
    return of("sample-metal", 2025)


@pytest.fixture(scope="module")
def office() -> Diagnosis:
    return of("sample-office", 2025)


@pytest.fixture(scope="module")
def shop() -> Diagnosis:
    return of("saitama-shop", 2023)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_workspace(tmp_path_factory.mktemp("odd"))


def with_proposals(home: Path, proposals: list[dict[str, Any]], company: str = "sample-office") -> Diagnosis:
    path = home / "parameters/companies" / company / "proposals.yaml"
    path.write_text(json.dumps({"proposals": proposals}, ensure_ascii=False), "utf-8")  # JSON is YAML
    return of(company, 2025, home)


def many(count: int, title: str = "提案", **more: Any) -> list[dict[str, Any]]:
    """Return proposals of every sort: savings and increases, with and without cost, tax and loan."""
    return [
        {
            "number": str(n),
            "title": title,
            "measure": "before_after",
            "kind": "capital" if n % 3 else "operational",
            "load": {"use": "production", "part": f"設備{n}"},
            "inputs": {"before": f"{n * 300} kWh/年", "after": f"{n * 300 - n * 70 * (-1) ** n} kWh/年"},
            **(
                {
                    "capital": [
                        {"item": title, "amount": f"{n * 90} 千円", "tax": ("税抜", "税込", "不明")[n % 3]}
                    ]
                }
                if n % 5
                else {}
            ),
            **more,
        }
        for n in range(1, count + 1)
    ]


def values(shown: Shown | ShownList) -> tuple[Shown, ...]:
    return shown.values if isinstance(shown, ShownList) else (shown,)


def everything(d: Diagnosis) -> list[Shown]:
    return list(chain.from_iterable(values(show(d)) for show in ALL))


class Words(HTMLParser):
    """The words of a page, and the tags that it opens."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = [[]]
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.rows[-1].append(data.strip())

    def row(self, first: str) -> list[str]:
        return next(r for r in self.rows if r and r[0] == first)


def check(d: Diagnosis, tmp_path: Path) -> list[Shown]:
    """Return all that is shown after what holds of every company: ids once, typst compiles, no foreign tag."""
    shown = everything(d)
    ids = [i for s in shown for i in re.findall(r'(?<=\sid=")[^"]+', s.html)]
    assert len(ids) == len(set(ids))
    assert not {"script", "b", "style"} & {t for s in shown for t in Words(s.html).tags}
    pieces = ['#set text(font: "IPAexGothic", lang: "ja")', *(s.typst for s in shown)]
    for s in shown:
        if s.svg:
            (tmp_path / re.findall(r'image\("([^"]+)"', s.typst)[0]).write_text(s.svg, "utf-8")
    source = tmp_path / "iv.typ"
    source.write_text("\n\n".join(pieces), "utf-8")
    assert typst.compile(source, font_paths=[get_font_path()]).startswith(b"%PDF")
    return shown


@pytest.mark.parametrize("company", ["metal", "office", "shop"])
def test_all_of_section_iv_for_the_samples(
    company: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    assert len(check(request.getfixturevalue(company), tmp_path)) >= 8


def test_the_published_proposal_prints_what_was_published(shop: Diagnosis) -> None:
    """Saitama deck 2025-10-28, proposal No. 6: 3,650 kWh, 18.1 and 1.8 t-CO2, 100 千円 at 27.42 円/kWh, 0 千円."""
    (sheet,) = present.proposal_sheets(shop).values
    words = Words(sheet.html)
    assert words.row("対策前CO2量")[1:3] == ["18.1", "t-CO2/年"]
    assert words.row("CO2削減量")[1:3] == ["1.8", "t-CO2/年"]
    assert words.row("削減エネルギー（電気）")[1:3] == ["3,650", "kWh/年"]
    assert words.row("削減額（平均単価）")[1:4] == ["100", "千円/年", "電気 27.42 円/kWh"]
    assert words.row("投資額")[1:3] == ["0", "千円"]
    assert words.row("削減電力量") == ["削減電力量", "⑤", "3,650", "kWh/年", "⑤=④×③÷100"]
    assert words.row("対象の時間")[1:4] == ["②", "1,825", "h/年"]
    assert words.row("削減率")[4] == "【仮定】原因特定後に見込む仮定"
    headings = [
        h
        for h in ("1 提案の概要", "2 削減効果等", "3 削減量計算", "4 提案の説明・特記事項")
        if h in sheet.plain
    ]
    assert len(headings) == 4


def test_the_summary_gives_each_alone_and_the_total_after_overlap(office: Diagnosis) -> None:
    words = Words(present.proposals_table(office).html)
    assert words.row("No.4 蛍光灯をLEDに更新")[1:] == [
        "9.8",
        "5.0",
        "605",
        "394",
        "3,500",
        "5.8",
        "投資・採用",
    ]
    assert words.row("単独効果の合計")[1] == "21.4"
    assert words.row("重複調整後")[1] == "17.9"
    assert words.row("差")[1] == "3.6"  # the difference of the exact values, not of the printed ones
    assert "提案どうしの効果は重なるため" in present.proposals_table(office).html


def test_done_and_declined_proposals_are_said_not_to_count(metal: Diagnosis) -> None:
    html = present.proposals_table(metal).html
    assert "No.1 は実施済み（2025年11月10日）のため、合計に数えていません。" in html
    assert "No.6 は見送りのため、合計に数えていません。理由: 屋根の防水工事の後に再検討（見本）" in html
    assert "提案 4 件で" in html


def test_of_two_that_exclude_one_another_one_is_said_to_stand_back(home: Path) -> None:
    items = many(3)
    items[0]["alternatives"] = ["2"]
    html = present.proposals_table(with_proposals(home, items)).html
    assert "と同時には行えないため、合計に数えていません。" in html
    assert "の代案（合計外）" in html


def test_the_waterfall_ends_at_what_is_left_and_shows_what_rises(office: Diagnosis) -> None:
    shown = present.waterfall_figure(office)
    assert "63.8 t から 46.0 t に、28.0% 減る見込みです" in shown.plain
    assert "No.5 サーキュレーターの設置 +0.2 t" in shown.plain
    assert Words(shown.html).row("No.5 サーキュレーターの設置")[1:3] == ["1.5", "▲0.2"]


def test_a_small_reduction_has_the_axis_to_itself(home: Path) -> None:
    shown = present.waterfall_figure(with_proposals(home, many(4)))
    assert "減る分だけを図にしました" in shown.html


def test_of_forty_proposals_the_largest_are_named_and_the_rest_stand_together(
    home: Path, tmp_path: Path
) -> None:
    d = with_proposals(home, many(40, "とても長い題名の提案です。" * 5))
    shown = check(d, tmp_path)
    waterfall = present.waterfall_figure(d)
    assert "ほか 30 件" in waterfall.plain
    assert len(Words(waterfall.html).rows) >= 42  # each of them in its table
    assert len(present.proposal_sheets(d).values) == 40
    assert max(len(s.svg) for s in shown) < 160_000


def test_hostile_words_are_words_on_every_page(home: Path, tmp_path: Path) -> None:
    more = dict.fromkeys(("present", "reason", "method", "declined_because"), HOSTILE)
    d = with_proposals(home, many(5, HOSTILE, **more, benefits=[HOSTILE], remarks=[HOSTILE]))
    check(d, tmp_path)


@pytest.mark.parametrize("status", ["実施済み", "見送り"])
def test_a_company_without_open_proposals(home: Path, tmp_path: Path, status: str) -> None:
    d = with_proposals(home, many(2, status=status, done_on="2025-06-01", declined_because="費用"))
    check(d, tmp_path)
    assert "合計に数えるものはありません" in present.proposals_table(d).html
    assert present.bank_pages(d).values == present.office_pages(d).values == ()


def test_a_company_without_proposals_is_told_so(tmp_path: Path) -> None:
    d = of("sample-inn", 2025)
    assert d.proposed is None or not d.proposed.evaluation.items
    assert "まだ提案がありません" in present.proposals_table(d).plain
    assert present.proposal_sheets(d).values == ()
    assert present.sales_sentence(d) == ""
    check(d, tmp_path)


@settings(max_examples=6)
@given(
    st.lists(
        st.tuples(st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 10**6)), min_size=1, max_size=4
    )
)
def test_any_amounts_give_pages(home: Path, amounts: list[tuple[int, int, int]]) -> None:
    items = many(len(amounts))
    for one, (before, after, cost) in zip(items, amounts, strict=True):
        one["inputs"] = {"before": f"{before} kWh/年", "after": f"{after} kWh/年"}
        one["capital"] = [{"item": "機器", "amount": f"{cost} 円", "tax": "税抜"}]
    d = with_proposals(home, items)
    for shown in chain.from_iterable(values(show(d)) for show in ALL if show not in FIGURES):
        assert "nan" not in shown.plain
        assert "None" not in shown.plain


# --- the sheet's cells


def row(number: float, unit: str, registry: str, **more: Any) -> CalculationRow:
    return CalculationRow(Message("項目", "item"), "①", Q_(number, registry), unit, **more)


@pytest.mark.parametrize(
    ("number", "unit", "registry", "more", "printed"),
    [
        (1994.0, "年", "year", {"how": "銘板"}, "1994"),
        (1825.0, "h/年", "hour", {"how": "入力値"}, "1,825"),
        (0.2857, "", "dimensionless", {"how": "標準値"}, "0.2857"),
        (8866.666666666666, "kWh/年", "kWh", {"formula": "②×⑥÷⑤"}, "8,867"),
        (0.1003, "MPa", "MPa", {"formula": "⑥-⑧"}, "0.1003"),
        (2.003117452448727, "%", "percent", {"formula": "a"}, "2.003"),
        (60809.50000000001, "kWh/年", "kWh", {"formula": "a"}, "60,810"),
        (4.000000000000001, "kW", "kW", {"formula": "a"}, "4"),
        (-384.0, "kWh/年", "kWh", {"formula": "a"}, "▲384"),
    ],
)
def test_quantities_of_the_calculation_table(
    number: float, unit: str, registry: str, more: dict[str, str], printed: str
) -> None:
    assert quantity_cell(row(number, unit, registry, **more)) == printed


def test_the_basis_says_formula_mark_and_doubt() -> None:
    basis = Message("標準値・仮定。器具の効率", "")
    assert basis_cell(row(1, "kW", "kW", formula="②×③", basis=Message("同じ時間", ""))) == "①=②×③。同じ時間"
    assert basis_cell(row(1, "kW", "kW", how="実測")) == "【実測】"
    assert basis_cell(row(1, "kW", "kW", how="標準値", evidence="assumption", basis=basis)) == basis.ja


def test_a_maker_s_year_has_no_separator_on_the_sheet(metal: Diagnosis) -> None:
    sheet = present.proposal_sheets(metal).values[4]
    assert Words(sheet.html).row("動力 300 kVA: 製造年")[2:4] == ["1994", "年"]


# --- bank, subsidy office, follow-up, sales


def test_the_bank_reads_funds_and_cash_year_by_year(office: Diagnosis) -> None:
    pages = present.bank_pages(office).values
    assert len(pages) == 3
    words = Words(pages[2].html)
    assert words.row("借入")[1:] == ["8,000", "年利 1.8%、7 年、元利均等"]
    assert words.row("自己資金")[1] == "5,000"
    assert words.row("合計")[1:] == ["13,000", "14,300"]
    assert words.row("0（初期）")[1:] == ["▲5,000", "▲5,000", "8,000"]
    assert words.row("7")[-1] == "0"
    assert len([r for r in words.rows if r and r[0].isdigit()]) == 13  # the useful life, longer than the loan
    assert "法定耐用年数 6 年" in pages[2].plain
    assert "返済期間がこれより長くなります" in pages[2].plain
    assert [words.row(case)[0] for case in ("低位", "基準", "高位")]
    assert "（仮定）" in pages[0].plain  # the terms of a loan that nobody named


def test_the_subsidy_office_reads_before_after_equipment_and_cost(metal: Diagnosis) -> None:
    first = present.office_pages(metal).values[0]
    words = Words(first.html)
    assert words.row("電気")[1:] == ["116,994", "84,582", "32,412", "kWh/年"]
    assert words.row("スクリュー圧縮機")[1:] == ["SC-37A（見本）", "2009", "2", "銘板"]
    assert words.row("対象経費（税抜）")[1] == "4,500,000"
    assert words.row("補助額")[1] == "2,250,000"
    assert "通常: 運転時間 1,900 h/年（⑦）" in first.plain
    assert "16.04 t-CO2" in first.plain


def test_a_sheet_says_what_a_round_refuses_and_what_is_missing(metal: Diagnosis) -> None:
    sheets = present.proposal_sheets(metal).values
    assert "【不明】エネルギー管理システム（EMS）を同時に導入するかどうかが分かりません" in sheets[2].html
    assert "2 件の補助金が対象になり得ます" in sheets[2].html
    assert "2,250,000" in sheets[2].html
    assert "【不適合】年間CO2削減量 2.48 t-CO2 は、最低の 3 t-CO2 に 0.52 t-CO2 足りません" in sheets[4].html
    assert "運用改善は設備の導入ではないため" in sheets[1].html
    assert "補助金" not in sheets[0].html  # done


def test_without_a_day_of_judgement_nothing_is_said_of_rounds() -> None:
    d = of("sample-laundry", 2025, on=None)
    assert "補助金は判定していません" in present.proposal_sheets(d).values[0].html


def test_follow_up_holds_the_measured_against_the_days_since(metal: Diagnosis) -> None:
    shown = present.followup_table(metal)
    cells = Words(shown.html).row("No.1 コンプレッサー設定圧力の見直し")
    assert cells[1:] == [
        "2025年度",
        "電気",
        "9,883",
        "3,845",
        "3,900",
        "kWh",
        "101",
        "11月から3月までの実績（見本）",
    ]
    assert "見込みの 101% です" in shown.html


def test_sales_are_said_at_the_company_s_margin_or_as_an_assumption(
    metal: Diagnosis, office: Diagnosis
) -> None:
    assert present.sales_sentence(metal).endswith("万円分の利益に相当します（利益率 4.5% の場合）。")
    assert present.sales_sentence(office).endswith("万円分の利益に相当します（利益率 5% の場合、仮定）。")


# --- words in figures


@given(st.text(max_size=80))
def test_any_words_can_be_drawn(words: str) -> None:
    label = drawable(words, 12)
    assert len(label) <= 12
    assert "$" not in label


def test_labels_never_lie_on_one_another() -> None:
    placer = Placer(4, 3, 100, 100)
    spots = [placer.place(50, 50, "No.1 名前", 9) for _ in range(30)]
    found = [s for s in spots if s is not None]
    assert len(set(found)) == len(found) < 30
