"""Section IV of the report: all of it for every company, its summary and its figures."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib import present
from carbonlib.diagnosis import Diagnosis
from tests.conftest import copy_workspace
from tests.present.section_iv import ALL, FIGURES, HOSTILE, Words, check, many, of, values, with_proposals


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
