"""Months as columns: years of months without one, lines of the bill, totals of rows and of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlib.errors import Finding
from tests.records.csvfiles.importing import COMPANIES, bills, bring, refused

HEAD = "company_id,site_id,meter_id,carrier,item,unit,"
METER = "a-shop,honten,E1,電気,"
TWELVE = [*range(1, 13)]


def errors(tmp_path: Path, **texts: str) -> list[Finding]:
    return [f for f in refused(tmp_path, **texts) if f.severity == "error"]


def _from(first: int) -> list[int]:
    return TWELVE[first - 1 :] + TWELVE[: first - 1]


def _months(*months: int) -> str:
    return HEAD + ",".join(f"{m}月" for m in months) + "\n"


def _year(first: int) -> str:
    return _months(*_from(first)) + METER + "使用量,kWh," + ",".join(map(str, TWELVE)) + "\n"


@pytest.mark.parametrize("form", ["wide", "long"])
def test_months_that_do_not_begin_in_april_run_on_into_the_next_year(tmp_path: Path, form: str) -> None:
    text = _year(10)
    if form == "long":
        rows = [f"a-shop,honten,E1,電気,{m}月,{n},kWh" for n, m in enumerate(_from(10), 1)]
        text = "\n".join(["company_id,site_id,meter_id,carrier,年月,使用量,unit", *rows, ""])
    done = bring(tmp_path, 2024, companies=COMPANIES, bills=text)
    said = [(b.start.isoformat()[:7], b.quantity) for b in bills(tmp_path, "a-shop")]
    years = [2024] * 3 + [2025] * 9
    assert said == [(f"{y}-{m:02}", n) for n, (y, m) in enumerate(zip(years, _from(10), strict=True), 1)]
    [doubt] = [f for f in done.findings if f.id == "csv.months_run_on"]
    assert (doubt.severity, doubt.place.line) == ("warning", 1 if form == "wide" else 2)
    assert "2024-10〜2025-09 の続いた月として読みました（4月からは 2025年）" in doubt.message.ja


def test_a_calendar_year_of_months_without_a_year_is_refused(tmp_path: Path) -> None:
    [found] = refused(tmp_path, 2024, companies=COMPANIES, wide=_year(1))
    assert (found.id, found.place.line) == ("csv.no_year", 1)
    assert "2024年の月か 2025年の月か分かりません" in found.message.ja


@pytest.mark.parametrize("months", [_from(4), [4, 6, 5], [10, 11, 12, 1, 2, 3], [1, 2, 3], [3, 2, 1]])
def test_months_within_the_fiscal_year_stay_there_in_any_order(tmp_path: Path, months: list[int]) -> None:
    text = _months(*months) + METER + "使用量,kWh," + ",".join("1" for _ in months) + "\n"
    done = bring(tmp_path, 2024, companies=COMPANIES, wide=text)
    found = {(b.start.year, b.start.month) for b in bills(tmp_path, "a-shop")}
    assert found == {(2024 + (m < 4), m) for m in months}
    assert [f for f in done.findings if f.id == "csv.months_run_on"] == []


def _rows(*rows: str) -> str:
    return _months(4, 5) + "".join(f"a-shop,{r}\n" for r in rows)


def _doubts(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    done = bring(tmp_path, 2025, companies=COMPANIES, wide=text)
    return [(f.id, f.place.line) for f in done.findings if f.id.startswith("csv.total")]


E1, E2, E3 = (f"honten,E{n},電気,使用量,kWh,{v},{v}" for n, v in ((1, 100), (2, 50), (3, 30)))
GAS = "honten,G1,都市ガス,使用量,m3,7,7"


@pytest.mark.parametrize(
    ("rows", "doubts"),
    [
        ([E1, E2, "小計,,電気,使用量,kWh,150,150", E3, "合計,,電気,使用量,kWh,180,180"], []),
        (
            [
                E1,
                "小計,,電気,使用量,kWh,100,100",
                E3,
                "小計,,電気,使用量,kWh,30,30",
                "合計,,電気,使用量,kWh,999,130",
            ],
            [("csv.total_differs", 6)],
        ),
        (
            [E1, E2, "小計,,電気,使用量,kWh,151,150", GAS, "小計,,都市ガス,使用量,m3,7,7"],
            [("csv.total_differs", 4)],
        ),
        ([E1, "小計,,,,,100,100", GAS, "小計,,,,,7,7", "総合計,,,,,9,9"], [("csv.total_unchecked", 6)]),
        ([E1, GAS, "総合計,,,,,7,7"], [("csv.total_unchecked", 4)]),
        ([E1, "合計,,都市ガス,使用量,m3,7,7"], [("csv.total_unchecked", 3)]),
        ([E1, "平均,,,,,100,100"], [("csv.total_unchecked", 3)]),
    ],
)
def test_a_row_of_totals_is_held_against_the_rows_that_it_may_add_up(
    tmp_path: Path, rows: list[str], doubts: list[tuple[str, int]]
) -> None:
    assert _doubts(tmp_path, _rows(*rows)) == doubts


def test_why_a_row_of_totals_was_not_checked_is_true(tmp_path: Path) -> None:
    text = _rows(E1, GAS, "総合計,,,,,7,7", "合計,,灯油,使用量,L,1,1", "平均,,,,,1,1")
    found = bring(tmp_path, 2025, companies=COMPANIES, wide=text).findings
    said = [f.message.ja.split("。")[1] for f in found if f.id == "csv.total_unchecked"]
    assert said == [
        "種類や単位の違う行の合計なので、和は確かめていません",
        "上に足す行が見つからないので、和は確かめていません",
        "合計ではなく平均や比較の行なので、和は確かめていません",
    ]


@pytest.mark.parametrize(
    ("half", "rest", "whole", "doubts"),
    [
        (6, 12, 18, []),
        (7, 12, 18, ["上期計"]),
        (6, 18, 18, []),
        (6, 13, 18, ["下期計"]),
        (6, 12, 19, ["年間計"]),
    ],
)
def test_columns_of_half_years_and_of_the_year(
    tmp_path: Path, half: int, rest: int, whole: int, doubts: list[str]
) -> None:
    months = [f"{m}月" for m in _from(4)]
    head = [*months[:6], "上期計", *months[6:], "下期計", "年間計", "平均"]
    values = [*[1] * 6, half, *[2] * 6, rest, whole, 1.5]
    text = HEAD + ",".join(head) + "\n" + METER + "使用量,kWh," + ",".join(map(str, values)) + "\n"
    found = bring(tmp_path, 2025, companies=COMPANIES, wide=text).findings
    assert [f.message.ja[1:4] for f in found if f.id == "csv.total_differs"] == doubts


def test_a_stray_nul_is_named_by_its_line_and_is_no_encoding(tmp_path: Path) -> None:
    text = _rows(E1, E2.replace("E2", "E\0"))
    [found] = refused(tmp_path, 2025, companies=COMPANIES, wide=text)
    assert (found.id, found.place.line) == ("csv.nul", 3)
    assert "1 個" in found.message.ja


def test_a_month_outside_of_this_century_is_named_at_its_heading(tmp_path: Path) -> None:
    text = HEAD + "1925-04,2025-05\n" + METER + "使用量,kWh,1,2\n"
    [found] = errors(tmp_path, companies=COMPANIES, wide=text)
    assert (found.id, found.place.line) == ("csv.year_far", 1)
    assert "期間 1925-04-01〜1925-04-30 の年を確かめてください。" in found.message.ja


BESIDE = "company_id,site_id,meter_id,carrier,item,unit,契約電力(kW),推定,2025-04,2025-05\n"


def test_a_row_of_months_may_have_contract_demand_and_estimate_beside_it(tmp_path: Path) -> None:
    rows = METER + "使用量,kWh,50kW,○,1,2\n" + METER + "料金,円,50,,10,20\n"
    other = "a-shop,honten,E2,電気,使用量,kWh,,,3,4\n"
    done = bring(tmp_path, companies=COMPANIES, wide=BESIDE + rows + other)
    found = [(b.meter_id, b.contract_demand_kw, b.estimated) for b in bills(tmp_path, "a-shop")]
    assert found == [("E1", 50, True)] * 2 + [("E2", None, None)] * 2
    assert [f for f in done.findings if f.severity == "warning"] == []


@pytest.mark.parametrize(
    ("rows", "id", "line"),
    [
        (["使用量,kWh,50L,,1,2"], "csv.power", 2),
        (["使用量,kWh,-50,,1,2"], "csv.power", 2),
        (["使用量,kWh,,たぶん,1,2"], "csv.estimated", 2),
        (["使用量,kWh,50,,1,2", "料金,円,60,,1,2"], "csv.contract_contradicts", 3),
        (["使用量,kWh,50,,1,2", "契約電力,kW,,,60,60"], "csv.contract_contradicts", 2),
    ],
)
def test_what_stands_beside_the_months_and_cannot_be(
    tmp_path: Path, rows: list[str], id: str, line: int
) -> None:
    text = BESIDE + "".join(f"{METER}{row}\n" for row in rows)
    assert [(f.id, f.place.line) for f in errors(tmp_path, companies=COMPANIES, wide=text)] == [(id, line)]


@pytest.mark.parametrize("column", ["料金(円)", "力率", "最大需要電力", "基本料金", "年月"])
def test_a_value_that_may_be_of_any_month_is_left_out_aloud(tmp_path: Path, column: str) -> None:
    head = f"company_id,carrier,unit,{column},事業者名,2025-04,2025-05\n"
    done = bring(tmp_path, companies=COMPANIES, wide=head + "a-shop,電気,kWh,97,A商店,1,2\n")
    [doubt] = [f for f in done.findings if f.id == "csv.column_left_out"]
    assert (doubt.severity, doubt.place.line) == ("warning", 1)
    assert doubt.message.ja.startswith(f"列「{column}」は、どの月の値か分からないので取り込みません。")
    blank = bring(tmp_path, wide=head + "a-shop,電気,kWh,,A商店,1,2\n")
    assert [f for f in blank.findings if f.id == "csv.column_left_out"] == []
