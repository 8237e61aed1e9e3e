"""The series of years: what breaks it is said, what does not adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from carbonlib.accounting import EnergyAccount, account
from carbonlib.analysis.trend import trend_of
from carbonlib.factors import programmes
from carbonlib.records.model import ActivityDriver, Bill

DECK, ACTS = programmes()["saitama-diagnosis-2025"], programmes()["shk"]


def bill(year: int, kwh: int, carrier: str = "electricity", unit: str = "kWh") -> Bill:
    return Bill(
        *("s", "m", carrier, date(year, 4, 1), date(year + 1, 3, 31), Decimal(kwh), unit), Decimal(1000)
    )


def accounts(*bills: Bill, programme: str = "saitama-diagnosis-2025") -> dict[int, EnergyAccount]:
    years = sorted({b.start.year for b in bills})
    rules = programmes()[programme]
    return {
        y: account(
            bills, owner="c", programme=rules, fiscal_year=y, suppliers={"electricity": "tepco-ep-residual"}
        )
        for y in years
    }


def test_a_fixed_factor_changes_nothing_and_the_use_everything() -> None:
    found = trend_of(accounts(bill(2022, 100_000), bill(2023, 120_000), bill(2024, 90_000)))
    assert [p.fiscal_year for p in found.points] == [2022, 2023, 2024]
    for step, change in zip(found.steps, (Fraction(99, 10), Fraction(-1485, 100)), strict=True):
        assert step.effects is not None
        assert (step.effects.total, step.effects.intensity, step.effects.factor) == (change, change, 0)
    assert found.activity == ""


def test_output_tells_more_work_from_worse_use() -> None:
    drivers = [
        ActivityDriver("output", 2023, Decimal(100), "t"),
        ActivityDriver("output", 2024, Decimal(120), "t"),
        ActivityDriver("sales", 2023, Decimal(5), "円"),
        ActivityDriver("sales", 2024, Decimal(5), "円"),
    ]
    held = accounts(bill(2023, 100_000), bill(2024, 120_000))
    found = trend_of(held, drivers)
    assert found.activity == "生産量"
    effects = found.steps[0].effects
    assert effects is not None
    assert effects.activity is not None
    assert abs(effects.activity - Fraction(99, 10)) < Fraction(1, 10**30), "as much for each tonne as before"
    assert abs(effects.intensity) < Fraction(1, 10**30)
    assert trend_of(held, drivers[1:]).activity == "売上高", "output of one year only"
    named = [ActivityDriver("output", y, Decimal(1), "t", n) for y in (2023, 2024) for n in ("a", "b")]
    assert trend_of(held, named).activity == "", "two products cannot be added up"


def test_a_year_without_a_factor_breaks_the_series_and_says_so() -> None:
    found = trend_of(accounts(bill(2024, 100_000), bill(2025, 90_000), programme="shk"))
    first, second = found.points
    assert first.co2_t is None
    assert first.why is not None
    assert "CO2排出係数がない" in first.why.ja
    assert second.co2_t == Fraction(90_000 * 452, 10**6)
    (step,) = found.steps
    assert step.effects is None
    assert step.why is not None


def test_a_year_that_is_not_held_and_one_with_a_gap_break_it() -> None:
    held = accounts(bill(2021, 1), bill(2023, 2), bill(2024, 3))
    assert [p.co2_t is None for p in trend_of(held).points] == [False, True, False, False]
    half = Bill("s", "m", "electricity", date(2025, 4, 1), date(2025, 9, 30), Decimal(50), "kWh")
    found = trend_of(accounts(bill(2023, 2), bill(2024, 3), half))
    assert [s.effects is None for s in found.steps] == [False, True]
    assert not found.points[-1].whole


def test_what_an_electricity_factor_means_changed_with_those_measured_in_2023() -> None:
    from dataclasses import replace

    held = accounts(bill(2023, 100), bill(2024, 100))

    def measured(one: EnergyAccount, year: int) -> EnergyAccount:
        lines = tuple(
            replace(
                x,
                parts=tuple(replace(p, co2_factor=replace(p.co2_factor, measured_fy=year)) for p in x.parts),
            )  # type: ignore[type-var]
            for x in one.lines
        )
        return replace(one, lines=lines)

    broken = trend_of({2023: measured(held[2023], 2022), 2024: measured(held[2024], 2023)})
    assert broken.steps[0].effects is None
    assert broken.steps[0].why is not None
    assert "定義が変わった" in broken.steps[0].why.ja
    alike = trend_of({2023: measured(held[2023], 2023), 2024: measured(held[2024], 2024)})
    assert alike.steps[0].effects is not None


def test_a_factor_that_stands_in_is_named() -> None:
    rules = ACTS.provisional(2025)
    held = {
        y: account(
            [bill(y, 100)],
            owner="c",
            programme=rules,
            fiscal_year=y,
            suppliers={"electricity": "tepco-ep-residual"},
        )
        for y in (2024, 2025)
    }
    found = trend_of(held)
    assert [p.provisional_year for p in found.points] == [2025, None]
    assert found.steps[0].note is not None
    assert "暫定" in found.steps[0].note.ja


def test_no_years_no_trend() -> None:
    assert trend_of({}).points == ()
    assert trend_of(accounts(bill(2024, 5))).steps == ()
