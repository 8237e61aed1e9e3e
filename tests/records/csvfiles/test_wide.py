"""Months as columns: years of months without one, lines of the bill, totals of rows and of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records.csvfiles.test_many import COMPANIES, bills, bring, refused

HEAD = "company_id,site_id,meter_id,carrier,item,unit,"
METER = "a-shop,honten,E1,電気,"
TWELVE = [*range(1, 13)]


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
