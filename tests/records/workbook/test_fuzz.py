"""Any table: never a traceback, and each row with an amount is stored or named."""

from __future__ import annotations

import contextlib
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbonlib.errors import CarbonlibError
from carbonlib.records.importing import import_files
from carbonlib.records.workbook.cells import is_nothing
from carbonlib.records.workbook.grid import Cell
from carbonlib.records.workbook.model import Known, KnownMeter
from carbonlib.records.workbook.reading import open_and_read_forms, read_energy
from carbonlib.records.workbook.words import is_total
from tests.records.workbook.books import book, shop

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
    for _ in range(draw(st.integers(0, 8))):
        first = draw(LABELS)
        rows.append([first, *(draw(AMOUNTS) for _ in head[1:])])
    return rows


SITES = st.sampled_from([{"honten": "本店"}, {"a": "本店", "b": "支店"}, {}])


def check(
    rows: list[list[Any]], name: str, sites: dict[str, str], year: int | None, merge: int, hide: int
) -> None:
    """Read a table and ask where each of its rows with an amount went."""

    def dress(made: Any, sheets: dict[str, Any]) -> None:
        sheet = sheets[name]
        if merge and len(rows) > 2:
            top = merge % (len(rows) - 1)
            sheet.merge_range(top, 1, top + 1, 1 + merge % 2, "電気", made.add_format())
        if hide:
            sheet.set_row(hide, None, None, {"hidden": True})

    with tempfile.TemporaryDirectory() as folder:
        file = book(Path(folder) / "a.xlsx", {name: rows}, dress)
        meters = (KnownMeter("honten", "E1", "electricity"), KnownMeter("a", "E1", "electricity"))
        try:
            opened = open_and_read_forms(file, "a.xlsx")
            found = read_energy(opened, Known(sites, meters, year))
        except CarbonlibError:
            return  # it always holds a finding
        _import(file, Path(folder), year)
    stored = {_row(b.place.cell) for b in found}
    problems = opened.problems
    named = {_row(f.place.cell) for f in problems.found if f.severity != "note"}
    # an error without a cell, or at a heading, speaks of a whole sheet, table or column
    head = next((i for i, r in enumerate(rows, 1) if r and isinstance(r[0], str) and len(r) > 1), 0)
    if any(f.severity != "note" and (not f.place.cell or _row(f.place.cell) <= head) for f in problems.found):
        return
    amounts = [i for i, h in enumerate(rows[head - 1]) if isinstance(h, str) and re.search("使用量|L", h)]
    for number, row in enumerate(rows[head:], head + 1):
        if isinstance(row[0], str) and is_total(row[0]):
            continue
        if all(isinstance(v, str) and not any(c.isdigit() for c in v) for v in row):
            continue  # words alone below a table are a note
        cells = [Cell(number - 1, i, row[i]) for i in amounts if i < len(row)]
        if any(not is_nothing(c) for c in cells) and not merge:
            assert number in stored | named, (number, row, found, problems.found)


def _row(cell: str) -> int:
    return int(re.sub(r"\D", "", cell) or 0)


def _import(file: Path, folder: Path, year: int | None) -> None:
    home = shop(folder / "ws")
    try:
        import_files(home, [file], company_id="shop", fiscal_year=year)
    except CarbonlibError as refused:
        error = refused
    else:
        return
    assert all(f.message.ja and f.message.en for f in error.findings)
    assert not (home.parameters / "companies/shop/bills.csv").exists()


ARGUMENTS = {
    "rows": tables(),
    "name": st.sampled_from(["電気", "Sheet1", "2025年度", "都市ガス", "エネルギー"]),
    "sites": SITES,
    "year": st.sampled_from([None, 2025]),
    "merge": st.integers(0, 6),
    "hide": st.integers(0, 5),
}
_FREE = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=300, derandomize=True, **_FREE)
@given(**ARGUMENTS)
def test_tables(
    rows: list[list[Any]], name: str, sites: dict[str, str], year: int | None, merge: int, hide: int
) -> None:
    check(rows, name, sites, year, merge, hide)


@pytest.mark.slow
@settings(max_examples=100_000, **_FREE)
@given(**ARGUMENTS)
def test_a_hundred_thousand_tables(
    rows: list[list[Any]], name: str, sites: dict[str, str], year: int | None, merge: int, hide: int
) -> None:
    check(rows, name, sites, year, merge, hide)


@settings(max_examples=100, derandomize=True, **_FREE)
@given(data=st.binary(max_size=2000), at=st.integers(0, 20_000), blob=st.binary(max_size=30))
def test_damaged_files(data: bytes, at: int, blob: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = book(Path(folder) / "a.xlsx", {"電気": [["年月", "使用量(kWh)"], [date(2025, 4, 1), 5]]})
        whole = file.read_bytes()
        for content in (
            data,
            whole[: at % len(whole)],
            whole[: at % len(whole)] + blob + whole[at % len(whole) + len(blob) :],
        ):
            file.write_bytes(content)
            with contextlib.suppress(CarbonlibError):
                open_and_read_forms(file, "a.xlsx")
