"""Accounts by the calendar: months that are missing, bills that are late, long or beyond the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from carbonlib.accounting.calendar import bills_of_year, gaps, shares
from carbonlib.errors import CarbonlibError, Place, RecordError
from carbonlib.fiscal_year import Month, first_day, last_day
from tests.accounting.made import YEAR, bill, ids, make, month_bills, totals


def test_missing_months_are_named_and_not_filled():
    made = make(month_bills(without=(6, 1)))
    line = made.line("electricity")
    assert line.quantity == 1000
    unknown = [m.month for m in line.months if m.quantity is None]
    assert unknown == [Month(2023, 6), Month(2024, 1)]
    (gap,) = [f for f in made.findings if f.id == "bill.gap"]
    assert "2023年6月・2024年1月" in gap.text("ja")
    assert "bill.gap" not in ids(make(month_bills()))


def test_each_meter_is_asked_for_its_own_months():
    made = make([*month_bills(), *month_bills(without=(4,), meter_id="M2")])
    (gap,) = [f for f in made.findings if f.id == "bill.gap"]
    assert "M2" in gap.text("ja")


def test_estimated_readings_and_mixed_taxes_are_findings():
    bills = month_bills(tax="included")
    assert {"bill.estimated", "bill.tax_mixed", "bill.tax_unknown"}.isdisjoint(ids(make(bills)))
    bills[0] = replace(bills[0], estimated=True, tax="excluded")
    assert {"bill.estimated", "bill.tax_mixed"} <= set(ids(make(bills)))
    assert "bill.tax_unknown" in ids(make(month_bills()))


def test_no_bills_give_an_empty_account():
    made = make([])
    assert made.lines == ()
    assert totals(made) == (0, 0, 0, 0)


def test_all_bills_that_do_not_fit_are_named_with_their_place():
    bills = [
        bill("gasoline", "5", "kWh", place=Place("bills.csv", 2)),
        bill("electricity", "5", "kWh", place=Place("bills.csv", 3)),
        bill("electricity", "5", "ton", place=Place("bills.csv", 4)),
    ]
    with pytest.raises(CarbonlibError) as caught:
        make(bills)
    assert [f.place.line for f in caught.value.findings] == [2, 4]


# --- bills and the calendar


def test_a_bill_that_straddles_the_year_is_divided_by_its_days():
    """20 March to 18 April is 30 days: 12 in the old fiscal year, 18 in the new."""
    one = bill(quantity="300", cost="9000", start=date(2024, 3, 20), end=date(2024, 4, 18))
    old, new = make([one], year=2023), make([one], year=2024)
    assert (old.line("electricity").quantity, old.cost_jpy) == (120, 3600)
    assert (new.line("electricity").quantity, new.cost_jpy) == (180, 5400)
    assert old.co2_t + new.co2_t == Fraction("0.3") * Fraction("0.495")
    assert "bill.calendarised" in ids(old)


def test_a_bill_over_two_months_is_laid_on_both_by_days():
    """11 May to 10 June is 31 days: 21 in May, 10 in June."""
    one = bill(quantity="310", cost="6200", start=date(2023, 5, 11), end=date(2023, 6, 10))
    before = bill(quantity="30", cost="600", start=date(2023, 4, 11), end=date(2023, 5, 10))
    months = make([before, one]).line("electricity").months
    assert [(m.quantity, m.cost_jpy) for m in months[:4]] == [
        (None, None),  # only 20 of its days are covered: a part of a month would read as a low month
        (10 + 210, 200 + 4200),
        (None, None),
        (None, None),
    ]


def test_a_leap_february_counts_29_days():
    one = bill(quantity="60", start=date(2024, 2, 1), end=date(2024, 3, 31))
    assert shares(one, 2023) == {Month(2024, 2): Fraction(29, 60), Month(2024, 3): Fraction(31, 60)}


def test_an_annual_bill_counts_whole_and_says_nothing_about_months():
    made = make([bill(quantity="1200", cost="24000")])
    line = made.line("electricity")
    assert line.quantity == 1200
    assert not line.monthly
    assert "bill.gap" not in ids(made)


def test_a_long_bill_across_the_years_edge_is_refused():
    long = bill(start=date(2023, 1, 1), end=date(2023, 12, 31), place=Place("bills.csv", 7))
    with pytest.raises(RecordError, match="7 行目"):
        make([long])


@pytest.mark.parametrize(
    ("year", "exactly"), [(2023, "2023-04-01〜2024-03-31"), (2024, "2024-04-01〜2025-03-31")]
)
def test_twelve_months_to_the_latest_bill_are_refused_with_what_to_enter(year, exactly):
    latest = bill(start=date(2023, 10, 1), end=date(2024, 9, 30), place=Place("bills.csv", 7))
    with pytest.raises(RecordError) as caught:
        make([latest], year=year)
    (finding,) = caught.value.findings
    assert "2023-10 から 2024-09 までを月ごとの行に分けて入れてください" in finding.message.ja
    assert f"年度ちょうど（{exactly}）の合計を 1 行" in finding.message.ja
    assert "直近12か月" in finding.message.ja
    assert "one row for each month" in finding.message.en


def test_bills_of_other_years_are_left_out():
    bills = [*month_bills(year=2022), *month_bills(), *month_bills(year=2024)]
    assert totals(make(bills)) == totals(make(month_bills()))
    assert len(bills_of_year(bills, YEAR)) == 12


def test_gaps_are_found_to_the_day():
    whole = [bill(start=first_day(YEAR), end=last_day(YEAR))]
    assert gaps(whole, YEAR) == []
    short = [bill(start=date(2023, 4, 2), end=last_day(YEAR))]
    assert gaps(short, YEAR) == [(date(2023, 4, 1), date(2023, 4, 1))]
    gap = [
        bill(start=first_day(YEAR), end=date(2023, 9, 29)),
        bill(start=date(2023, 10, 1), end=last_day(YEAR)),
    ]
    assert gaps(gap, YEAR) == [(date(2023, 9, 30), date(2023, 9, 30))]
    assert gaps([], YEAR) == [(first_day(YEAR), last_day(YEAR))]


def test_a_month_billed_in_another_unit_is_not_missing_and_the_unit_is_noted():
    gas = {"carrier": "lpg", "meter_id": "G1"}
    cubic = month_bills("180", unit="m3", without=(4,), **gas)
    april = bill(quantity="373", unit="kg", start=date(2023, 4, 1), end=date(2023, 4, 30), **gas)
    made = make([april, *[replace(b, place=Place("bills.csv", n)) for n, b in enumerate(cubic, 3)]])
    assert [(line.unit, line.missing) for line in made.lines] == [("kg", ()), ("m3_lpg", ())]
    assert "bill.gap" not in ids(made)
    (note,) = [f for f in made.findings if f.id == "bill.units_differ"]
    assert note.message.ja == (
        "LPガス（s1 G1）の請求は、単位が月によって違います（kg と m3）。単位ごとに集計しています。"
    )
    assert (note.severity, note.place.line) == ("note", 3)
    # two meters in a unit each, or one unit written in two sizes, differ from no month to another
    other = month_bills("9", unit="kg", carrier="lpg", meter_id="G2")
    sizes = [replace(b, unit="千kWh") if b.start.month == 4 else b for b in month_bills()]
    assert "bill.units_differ" not in ids(make([*other, *month_bills("180", unit="m3", **gas), *sizes]))
    (gap,) = [f for f in make([april, *cubic[1:]]).findings if f.id == "bill.gap"]
    assert "2023年5月の請求" in gap.message.ja
