"""Any twelve months: the account of a period is its months, each counted by the factors of its own fiscal year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.accounting import EnergyAccount, account
from carbonlib.accounting.sheet import of_month
from carbonlib.errors import Place, RecordError
from carbonlib.factors import Factor, FactorSet, Programme, programme
from carbonlib.fiscal_year import Month, Period, Year, fiscal_year_of, period_of
from carbonlib.records.model import Bill
from carbonlib.units import ratio

SAITAMA = programme("saitama-diagnosis-2025")
LATEST = Period(Month(2024, 10))
FIRSTS = st.builds(Month, st.integers(2019, 2026), st.integers(1, 12))


def by_year(values: dict[int, str], kind: str = "emission_factor") -> Programme:
    """Return the check sheet's programme with a factor of electricity that holds in one fiscal year each."""

    def dated(one: Factor) -> list[Factor]:
        if (one.carrier, one.kind) != ("electricity", kind):
            return [one]
        return [replace(one, value=Decimal(v), applies_from=y, applies_to=y) for y, v in values.items()]

    sets = {
        role: tuple(FactorSet(s.id, tuple(d for f in s.factors for d in dated(f))) for s in of)
        for role, of in SAITAMA.parts.items()
    }
    return replace(SAITAMA, id="dated", parts=sets)


DATED = by_year({y: f"0.{400 + 7 * (y - 2018)}" for y in range(2018, 2029)})


def month_bill(month: Month, quantity: int) -> Bill:
    return Bill(
        *("s", "E1", "electricity", month.first_day, month.last_day, Decimal(quantity), "kWh"),
        cost_jpy=Decimal(quantity * 20),
    )


def make(bills: list[Bill], rules: Programme, year: Year) -> EnergyAccount:
    return account(bills, owner="c", programme=rules, fiscal_year=year)


@given(FIRSTS)
def test_a_period_is_twelve_months_in_a_row(first: Month) -> None:
    period = Period(first)
    assert len(period.months) == len(set(period.months)) == 12
    days = [(m.first_day, m.last_day) for m in period.months]
    assert all((b[0] - a[1]).days == 1 for a, b in pairwise(days))
    assert (period.first_day, period.last_day) == (days[0][0], days[-1][1])
    assert (period.first_day - period.previous.last_day).days == 1
    assert period.fiscal_years == tuple(sorted({fiscal_year_of(m.first_day) for m in period.months}))
    assert len(period.fiscal_years) == (1 if period.is_fiscal_year else 2)
    assert period.is_fiscal_year == (first.month == 4)
    assert period == period_of(period.fiscal_year) or not period.is_fiscal_year


@settings(max_examples=60)
@given(FIRSTS, st.lists(st.integers(0, 100_000), min_size=36, max_size=36))
def test_each_month_is_counted_by_its_own_fiscal_year(first: Month, quantities: list[int]) -> None:
    period = Period(first)
    months = (*period.previous.months, *period.months, *Period(Month(first.year + 1, first.month)).months)
    bills = [month_bill(m, q) for m, q in zip(months, quantities, strict=True)]
    line = make(bills, DATED, period).line("electricity")
    assert line is not None

    def factor(month: Month) -> Fraction:
        year = fiscal_year_of(month.first_day)
        found = DATED.factor("electricity", "emission_factor", unit="kWh", fiscal_year=year)
        return found.exact * ratio("kWh", found.per_unit)

    own = dict(zip(period.months, quantities[12:24], strict=True))
    assert line.co2_t == sum((q * factor(m) for m, q in own.items()), Fraction(0))
    assert line.quantity == sum(own.values())
    assert line.cost_jpy == 20 * line.quantity
    monthly = [of_month(line, m, lambda p: p.co2_t) for m in line.months]
    assert monthly == [own[m.month] * factor(m.month) for m in line.months]


@settings(max_examples=40)
@given(st.integers(2019, 2026), st.lists(st.integers(0, 100_000), min_size=12, max_size=12))
def test_april_to_march_is_the_fiscal_year(year: int, quantities: list[int]) -> None:
    bills = [month_bill(m, q) for m, q in zip(period_of(year).months, quantities, strict=True)]
    for rules in (SAITAMA, DATED):
        assert make(bills, rules, Period(Month(year, 4))) == make(bills, rules, year)
        (line,) = make(bills, rules, year).lines
        assert len(line.parts) == 1


def test_a_bill_over_the_end_of_march_is_divided_by_days_between_both_years_factors() -> None:
    # 10 of 20 days lie in March 2025
    found = make(
        [Bill("s", "E1", "electricity", date(2025, 3, 22), date(2025, 4, 10), Decimal(2000), "kWh")],
        by_year({2024: "0.400", 2025: "0.500"}),
        LATEST,
    )
    (line,) = found.lines
    assert [(p.fiscal_years, p.quantity, p.co2_t) for p in line.by_factors] == [
        ((2024,), 1000, Fraction("0.4")),
        ((2025,), 1000, Fraction("0.5")),
    ]
    assert line.co2_t == Fraction("0.9")
    assert len(line.co2_factors) == 2


def test_a_year_without_a_factor_is_named_and_the_other_does_not_stand_in() -> None:
    bills = [month_bill(m, 1000) for m in LATEST.months]
    found = make(bills, by_year({2025: "0.500"}), LATEST)
    (line,) = found.lines
    assert line.co2_t is None
    assert [p.co2_t for p in line.by_factors] == [None, Fraction("3")]
    (missing,) = [f for f in found.findings if f.id == "factor.no_year"]
    assert "2024年度（令和6年度）の値がありません" in missing.message.ja


YEARLY = Bill(
    *("s", "E1", "electricity", LATEST.first_day, LATEST.last_day, Decimal(12000), "kWh"),
    place=Place("bills.csv", 7),
)


def test_a_sum_of_the_twelve_months_counts_where_both_years_have_the_same_value() -> None:
    for rules in (SAITAMA, by_year({2024: "0.495", 2025: "0.4950"})):
        found = make([YEARLY], rules, LATEST)
        assert found.co2_t == 12 * Fraction("0.495")
        assert not [f for f in found.findings if f.severity == "error"]


def test_a_sum_of_the_twelve_months_is_not_divided_where_the_factors_differ() -> None:
    found = make([YEARLY], by_year({2024: "0.400", 2025: "0.500"}), LATEST)
    assert found.co2_t is None
    assert found.energy_gj is not None
    (wrong,) = [f for f in found.findings if f.severity == "error"]
    assert (wrong.id, wrong.place.line) == ("bill.two_factor_years", 7)
    assert "2024年度と2025年度にまたがり" in wrong.message.ja
    assert "2024-10 から 2025-09 までを月ごとの行" in wrong.message.ja


def test_a_year_of_april_to_march_does_not_divide_into_other_months() -> None:
    year = period_of(2024)
    with pytest.raises(RecordError, match="2024年10月〜2025年9月（12か月）の外にまたがり"):
        make([replace(YEARLY, start=year.first_day, end=year.last_day)], SAITAMA, LATEST)


def test_gaps_are_those_of_the_period() -> None:
    def gaps(months: tuple[Month, ...]) -> list[str]:
        found = make([month_bill(m, 5) for m in months], SAITAMA, LATEST).findings
        return [f.message.ja for f in found if f.id == "bill.gap"]

    assert not gaps(LATEST.months)
    (gap,) = gaps(LATEST.months[:-1])
    assert "2025年9月の請求がありません" in gap
