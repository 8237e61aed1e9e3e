"""Printed headings are broken between their words, and every column that can has room for them."""

from __future__ import annotations

import re

import typst
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.present.phrases import phrases
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.widths import PAGE, Wish, room_for_phrases, shares

LETTERS = st.text(alphabet="削減額平均単価補助後なしあり年数（）「」・、エネルギーCO2t/ 13②×_", max_size=20)


@given(LETTERS)
def test_the_phrases_of_a_heading_are_the_heading(text: str) -> None:
    found = phrases(text)
    assert "".join(found) == text
    assert all(found)
    # no phrase begins with what may not begin a line
    assert not [p for p in found[1:] if p[0] in "、・）」"]


SUMMARY = Table(
    "summary",
    "提案のまとめ",
    (
        Column("提案"),
        Column("CO2削減量", "t-CO2/年", True),
        Column("原油換算", "kL/年", True),
        Column("削減額（平均単価）", "千円/年", True),
        Column("削減額（限界単価）", "千円/年", True),
        Column("投資額（税抜）", "千円", True),
        Column("回収年数（補助なし）", "年", True),
        Column("回収年数（補助後）", "年", True),
        Column("区分・状態"),
    ),
    (
        Row(("No.1 コンプレッサー設定圧力の見直し", "4.9", "2.5", "273", "192", "0", "すぐ", "すぐ", "運用・実施済み（合計外）")),
        Row(("No.6 屋根に太陽光発電", "27.2", "13.8", "1,519", "1,067", "11,000", "7.2", "7.2", "投資・見送り（合計外）")),
    ),
)  # fmt: skip


def test_a_heading_is_not_broken_within_a_word() -> None:
    said = SUMMARY.typst()
    for words in (
        'box("（平均") + box("単価）")',
        'box("CO2") + box("削減量")',
        'box("（補助") + box("なし）")',
    ):
        assert words in said
    assert typst.compile(said.encode(), format="svg")


def test_a_table_that_is_too_narrow_for_words_breaks_them_rather_than_runs_out() -> None:
    many = tuple(Column(f"（{'減' * 3}後の）", "千円", True) for _ in range(14))
    table = Table("many", "多い列", (Column("名前"), *many), (Row(("行", *["1"] * 14)),))
    assert re.search(r'box\("（減', table.typst()) is None


WISHES = st.builds(
    Wish,
    st.tuples(LETTERS, LETTERS),
    st.lists(LETTERS | st.sampled_from(["長い文" * 30]), max_size=3),
    st.booleans(),
)


@given(st.lists(WISHES, min_size=1, max_size=12))
def test_a_header_is_kept_in_phrases_only_where_they_fit(wishes: list[Wish]) -> None:
    divided = shares(wishes)
    if divided is None:
        return
    assert sum(divided) > 0
    for wish, part, kept in zip(wishes, divided, room_for_phrases(wishes, divided), strict=True):
        assert not kept or wish.heading <= part * PAGE / sum(divided)
