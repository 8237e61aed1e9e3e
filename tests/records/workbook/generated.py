"""Generated tables: plausible ones, ones that are all right but for a cell or two, and anything."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

LABELS = st.one_of(
    st.sampled_from(
        [
            *(
                "4月",
                "５月",
                "令和7年6月",
                "R7.7",
                "2025年8月",
                "2025/9",
                "10",
                "十一月",
                "12月分",
                "",
                "－",
                "合計",
            ),
            *(
                "年間",
                "上期",
                "備考",
                "3/20～4/18",
                "その他の期間1",
                "R7.3.20-R7.4.18",
                "2025年13月",
                "㋃",
                "=1+1",
                "平均",
            ),
        ]
    ),
    st.integers(-2, 202_600),
    st.dates(date(1999, 1, 1), date(2101, 1, 1)),
    st.text(max_size=8),
)
AMOUNTS = st.one_of(
    st.sampled_from(
        [
            *(
                "1,234",
                "１２３",
                "▲5",
                "－",
                "",
                "12 kWh",
                "１.２千kWh",
                "1e5",
                "約10",
                "10³",
                "=SUM(A1)",
                "1,23",
                "NaN",
                "①",
            ),
            *("なし", "同上", "〃", "不明", "百二十", "ゼロ"),
            *("5 m3", "3 ton", "0", "-0", "+7", "1.2.3", "12円", "3 千円", "々", "\u202e12", "inf", "1 2"),
        ]
    ),
    st.integers(-10, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1999, 1, 1), date(2101, 1, 1)),
    st.text(max_size=8),
)
HEADS = st.sampled_from(
    [
        *(
            "年月",
            "月",
            "使用月",
            "電気使用量(kWh)",
            "使用量",
            "使用量(千kWh)",
            "電気料金(円)",
            "料金（税込）",
            "金額(千円)",
        ),
        *(
            "都市ガス使用量(㎥)",
            "ガス使用量(m3)",
            "灯油(L)",
            "単位",
            "備考",
            "契約電力(kW)",
            "デマンド",
            "開始日",
            "終了日",
        ),
        *(
            "エネルギー種別",
            "事業所",
            "メーター名",
            "年度",
            "2024年度 電気(kWh)",
            "合計使用量(kWh)",
            "",
            "単価(円/kWh)",
            "推定",
        ),
    ]
)
TITLES = st.sampled_from(
    [
        "",
        "令和7年度 エネルギー使用量",
        "2025年度",
        "電気使用量実績",
        "単位：千kWh",
        "本店",
        "都市ガス",
        "作成者 総務",
    ]
)


# tables that are all right but for a cell or two: otherwise nearly every table falls to its first error
PLAIN_LABELS = st.integers(0, 11).map(lambda n: f"{2025 + n // 9}年{(n + 3) % 12 + 1}月")
PLAIN_AMOUNTS = st.one_of(
    st.integers(1, 10**6), st.sampled_from(["1,234", "１２３", "12 kWh", "5 m3", "－", ""])
)


ORDERS = st.one_of(st.just([*range(4, 13), 1, 2, 3]), st.permutations(range(1, 13)))


def mostly(plain: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda n: odd if n == 0 else plain)


@st.composite
def tables(draw: st.DrawFn) -> list[list[Any]]:
    """Make titles, a header and rows; often a plausible header, often anything."""
    head = draw(
        st.one_of(
            st.sampled_from(
                [
                    ["年月", "電気使用量(kWh)", "電気料金(円)"],
                    ["月", "使用量(m3)", "料金（税込・円）", "備考"],
                    ["開始日", "終了日", "灯油(L)", "金額(千円)"],
                    ["", "電気使用量(kWh)", "都市ガス使用量(m3)"],
                ]
            ),
            st.lists(HEADS, min_size=1, max_size=6),
        )
    )
    rows: list[list[Any]] = [[draw(TITLES)] for _ in range(draw(st.integers(0, 3)))]
    rows.append(head)
    labels = draw(st.sampled_from([LABELS, mostly(PLAIN_LABELS, LABELS)]))
    amounts = draw(st.sampled_from([AMOUNTS, mostly(PLAIN_AMOUNTS, AMOUNTS)]))
    if draw(st.integers(0, 4)) == 0:  # months without a year: newest first, swapped, in any order
        order = draw(ORDERS)[:: draw(st.sampled_from([1, -1]))]
        firsts: list[Any] = [f"{m}月" for m in order[: draw(st.integers(0, 12))]]
    else:
        firsts = [draw(labels) for _ in range(draw(st.integers(0, 8)))]
    rows += [[first, *(draw(amounts) for _ in head[1:])] for first in firsts]
    return rows


SITES = st.sampled_from([{"honten": "本店"}, {"honten": "本店"}, {"a": "本店", "b": "支店"}, {}])


ARGUMENTS = {
    "rows": tables(),
    "name": st.sampled_from(["電気", "電気", "Sheet1", "2025年度", "都市ガス", "エネルギー"]),
    "sites": SITES,
    "year": st.sampled_from([None, 2025]),
    "merge": st.one_of(st.just(0), st.integers(0, 6)),
    "hide": st.integers(0, 5),
}
