"""Months as they are written: eras, full-width digits, days, periods, and the year of a month that names none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from carbonlib.records.company import read_company
from tests.records.workbook.books import (
    MONTHS,
    TWO,
    bills,
    book,
    bring,
    months_of,
    refusal,
    shop,
)

HALF = MONTHS[:6]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("令和7年4月", "2025-04"),
        ("令和７年　４月", "2025-04"),
        ("R7.4", "2025-04"),
        ("Ｒ７．４", "2025-04"),
        ("R07/04", "2025-04"),
        ("令和元年5月", "2019-05"),
        ("H31.4", "2019-04"),
        ("2025年4月", "2025-04"),
        ("2025年4月分", "2025-04"),
        ("2025/4", "2025-04"),
        ("2025-04", "2025-04"),
        ("202504", "2025-04"),
        (202504, "2025-04"),
        (date(2025, 4, 1), "2025-04"),
        (date(2025, 4, 30), "2025-04"),
    ],
)
def test_months_are_read_however_they_are_written(tmp_path: Path, written: Any, month: str) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"電気": [["使用月", "使用量(kWh)"], [written, 1200]]})
    bring(home, file)
    assert months_of(bills(home)) == [month]


@pytest.mark.parametrize("written", ["25年4月", "13月", "四月", "春", 45748, 2025.4, date(2025, 4, 15), True])
def test_a_month_that_cannot_be_told_is_named_with_its_cell(tmp_path: Path, written: Any) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"電気": [["使用月", "使用量(kWh)"], ["2025年3月", 1], [written, 1200]]})
    found = refusal(home, file, year=2025)
    assert [(f.place.file, f.place.sheet, f.place.cell) for f in found] == [("a.xlsx", "電気", "A3")]


def test_a_month_finds_its_year_by_the_rows_before(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["月", "電気使用量(kWh)"], ["令和7年11月", 1], ["12月", 2], ["1月", 3], ["2月", 4]]
    bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    assert months_of(bills(home)) == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_a_month_without_any_year_is_refused_and_taken_with_one(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"x": [["月", "電気使用量(kWh)"], [4, 1], [1, 2]]})
    assert {f.id for f in refusal(home, file)} == {"workbook.no_year"}
    bring(home, file, year=2024)
    assert months_of(bills(home)) == ["2024-04", "2025-01"]


def test_periods_in_one_cell_or_two(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [
        ["使用期間", "電気使用量(kWh)"],
        ["2025/3/20～2025/4/18", 1],
        ["R7.4.19-R7.5.19", 2],
        ["5/20～6/18", 3],
    ]
    bring(home, book(tmp_path / "a.xlsx", {"x": rows}))
    periods = [("2025-03-20", "2025-04-18"), ("2025-04-19", "2025-05-19"), ("2025-05-20", "2025-06-18")]
    assert [(str(b.start), str(b.end)) for b in bills(home)] == periods
    rows_ = [["開始日", "終了日", "都市ガス使用量(m3)"], [date(2025, 3, 20), date(2025, 4, 18), 7]]
    bring(home, book(tmp_path / "b.xlsx", {"x": rows_}))
    assert str(bills(home)[-1].start) == "2025-03-20"


def test_one_merged_amount_for_two_months_is_one_bill_of_two_months(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [
        ["年月", "上水", "都市ガス使用量(m3)"],
        ["2025年4月", "", 30],
        ["2025年5月", "", ""],
        ["2025年6月", "", 9],
    ]

    def dress(made: Any, sheets: dict[str, Any]) -> None:
        sheets["x"].merge_range("C2:C3", 30, made.add_format())

    bring(home, book(tmp_path / "a.xlsx", {"x": rows}, dress))
    found = [(str(b.start), str(b.end), b.quantity) for b in bills(home)]
    assert found == [("2025-04-01", "2025-05-31", 30), ("2025-06-01", "2025-06-30", 9)]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "title",
    ["直近12か月（2024年10月～2025年9月）", "2024/10〜2025/9", "令和6年10月1日～令和7年9月30日 の実績"],
)
def test_the_months_that_a_title_names_give_the_year(tmp_path: Path, title: str, turned: bool) -> None:
    months = [*MONTHS[6:], *HALF]
    table = [["月", *months], ["使用量(kWh)", *range(1, 13)]]
    rows = [[f"支店 電気 {title}"], *(table if turned else [list(r) for r in zip(*table, strict=True)])]
    home = shop(tmp_path / "ws", company=TWO)
    bring(home, book(tmp_path / "a.xlsx", {"実績": rows}))
    found = [(b.start.year, b.start.month, int(b.quantity)) for b in bills(home)]
    assert found == [(2024 + (n > 3), int(m[:-1]), n) for n, m in enumerate(months, 1)]


@pytest.mark.parametrize(
    ("written", "year"),
    [("平成10年", 1998), ("Ｓ55", 1980), ("昭和64年築", 1989), ("1998年", 1998), (1998, 1998)],
)
def test_a_year_of_an_era_is_read(tmp_path: Path, written: Any, year: int) -> None:
    home = shop(tmp_path / "ws")
    rows = [["事業者の記号（id）", "shop"], ["事業者名", "見本"], ["業種", "製造業"], []]
    rows += [
        ["事業所の記号", "事業所名", "建築年（西暦）", "営業開始年月"],
        ["honten", "本店", written, "昭和55年4月"],
    ]
    bring(home, book(tmp_path / "a.xlsx", {"事業所": rows}))
    site = read_company(home, "shop").sites[0]
    assert (site.built_year, site.operating_since) == (year, "1980-04")
