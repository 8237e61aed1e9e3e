"""Nine months of bills are never called a year: every figure that stands for the account says what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carbonlib import present
from carbonlib.accounting import account
from carbonlib.accounting.shares import shares_of
from carbonlib.accounting.whole import is_whole, left_out, months_known, span
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import programmes
from carbonlib.fiscal_year import Month, Period, period_of
from carbonlib.overview import overview
from carbonlib.present.shown import Shown, ShownList
from carbonlib.records.model import ActivityDriver, Bill, Company, Site

DECK = programmes()["saitama-diagnosis-2025"]


def bills(
    months: set[int], carrier: str = "electricity", unit: str = "kWh", last: int | None = None
) -> list[Bill]:
    """Return a bill for each month of FY2025 by its number; the last of them ends on day `last`."""
    found = [
        Bill("s", carrier, carrier, m.first_day, m.last_day, Decimal(11_000), unit, Decimal(275_000))
        for m in period_of(2025).months
        if m.month in months
    ]
    if last is not None:
        b = found[-1]
        end = date(b.start.year, b.start.month, last)
        found[-1] = Bill(b.site_id, b.meter_id, carrier, b.start, end, b.quantity, unit, b.cost_jpy)
    return found


def made(*some: list[Bill]) -> Diagnosis:
    own = [b for group in some for b in group]
    one = account(own, owner="c", programme=DECK, fiscal_year=2025)
    company = Company(
        "c", "見本", "サービス業", (Site("s", "本社", floor_area_m2=Decimal(1000), employees=20),)
    )
    return Diagnosis(
        company, 2025, DECK, one, None, shares_of(one), (), (), accounts={2025: one}, bills=tuple(own)
    )


YEAR = set(range(1, 13))
NINE = YEAR - {7, 8, 9}


def flat(value: Shown | ShownList) -> str:
    values = value.values if isinstance(value, ShownList) else (value,)
    return "\n".join(v.plain + v.html for v in values)


@pytest.mark.parametrize(
    ("some", "whole", "months", "said"),
    [
        ([bills(YEAR)], True, 12, ""),
        ([bills(NINE)], False, 9, "請求のない期間を除く9か月分"),
        ([bills(NINE), bills(YEAR, "city_gas", "m3")], False, None, "請求のない期間を除く"),
        ([bills(YEAR, last=20)], False, None, "請求のない期間を除く"),
    ],
)
def test_an_account_says_what_it_covers(
    some: list[list[Bill]], whole: bool, months: int | None, said: str
) -> None:
    one = made(*some).account
    assert (is_whole(one), months_known(one), left_out(one).ja) == (whole, months, said)
    assert ("年" in span(one).ja) is whole


def test_nine_months_are_called_nine_months_wherever_they_stand_for_the_account() -> None:
    d = made(bills(NINE))
    cover = flat(present.cover(d))
    assert "年間" not in cover
    assert "kL/年は、" not in cover
    assert cover.count("請求のない期間を除く9か月分") >= 4
    assert "請求のある9か月間の使用量は 99,000 kWh" in "".join(m.ja for m in overview(d))
    assert "年間" not in flat(present.account_table(d))
    intensity = flat(present.intensity_table(d))
    assert "年間" not in intensity
    assert "請求のある9か月間 966 MJ/m2" in intensity
    assert "9か月分の参考値" in flat(present.roadmap_figure(d))
    numbers = present.answer_sheet(d)
    assert "9か月分" in flat(numbers).split("\n")[0], "the headline of the answer"


def test_a_whole_year_is_called_a_year() -> None:
    d = made(bills(YEAR))
    assert "年間の使用量は 132,000 kWh" in flat(present.cover(d))
    shown = (
        present.cover(d),
        present.intensity_table(d),
        present.roadmap_figure(d),
        present.answer_sheet(d),
    )
    assert not [s for s in shown if "請求のない期間" in flat(s)]


def test_twelve_other_months_say_that_sales_and_the_path_are_by_fiscal_year() -> None:
    d = made(bills(YEAR))
    one = account(d.bills, owner="c", programme=DECK, fiscal_year=Period(Month(2025, 10)))
    sales = (ActivityDriver("sales", 2025, Decimal(10_000_000), "円"),)
    other = replace(d, account=one, company=replace(d.company, activity_drivers=sales))
    assert "売上高・生産量は年度（4月〜翌3月）ごとの記録" in flat(present.intensity_table(other))
    assert "それより後の点と目標の線は年度" in flat(present.roadmap_figure(other))
    assert "ごとの記録" not in flat(present.intensity_table(replace(other, account=d.account)))


def test_months_in_another_unit_are_not_called_missing() -> None:
    pair = [replace(b, meter_id="G") for b in bills({4}, "lpg", "kg") + bills(YEAR - {4}, "lpg", "m3")]
    drawn = flat(present.monthly_figure(made(pair))) + flat(present.other_monthly_figures(made(pair)))
    assert "そろっていません" not in drawn
    assert "請求は単位が月によって違うため、kg の月だけを示しています（ほかの月は m3）" in drawn
    assert "請求は単位が月によって違うため、m3 の月だけを示しています（ほかの月は kg）" in drawn
    assert is_whole(made(pair).account)
    gap = bills({4}, "lpg", "kg") + bills(YEAR - {4, 5}, "lpg", "m3")
    assert "5月 の請求がそろっていません" in flat(present.monthly_figure(made(gap)))
    assert not is_whole(made(gap).account)
