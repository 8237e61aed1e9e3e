"""A menu's price by time band and season, also where the bands are not the same all year, as with a peak in summer alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.fiscal_year import months_of
from carbonlib.records.model import Bill
from carbonlib.records.tariff_model import EnergyCharge, Tariffs
from carbonlib.tariffs import Hours, Price
from tests.tariffs.test_price import LINES, METER, bill, menu, price, year

SUMMER = (7, 8, 9)
DAY, NIGHT, PEAK = Fraction(20), Fraction(12), Fraction(30)


def seasonal(**change: Any) -> Tariffs:
    """Return a menu of day and night all year, and of a peak in summer."""
    return menu(
        EnergyCharge(DAY, "day"),
        EnergyCharge(NIGHT, "night"),
        EnergyCharge(PEAK, "peak", SUMMER),
        **{"renewable_levy": False, **change},
    )


def bills(peak: int = 1500) -> list[Bill]:
    """Return bills of 10,000 kWh, a quarter of it at night, which have a peak in summer."""
    of = {True: {"day_kwh": str(7500 - peak), "peak_kwh": str(peak)}, False: {"day_kwh": "7500"}}
    return [bill(m, {**of[m.month in SUMMER], "night_kwh": "2500"}) for m in months_of(2024)]


def of(own: list[Bill], hours: Hours | None = None, tariffs: Tariffs | None = None) -> Price:
    return price(own, METER, tariffs=tariffs or seasonal(), hours=hours or Hours())


@given(st.integers(0, 7500))
def test_each_month_has_the_shares_of_its_own_bills(peak: int) -> None:
    winter = Fraction(3, 4) * DAY + Fraction(1, 4) * NIGHT
    summer = winter + Fraction(peak, 10_000) * (PEAK - DAY)
    got = of(bills(peak))
    assert got.amount == (3 * summer + 9 * winter) / 12
    assert "2024年4月〜2025年3月の 12 か月の平均）" in got.basis.ja  # no month was left out


def test_shares_that_are_named_are_of_the_whole_saving() -> None:
    plain = [bill(m, {}) for m in months_of(2024)]
    assert of(plain, Hours({"peak": 1})).amount == PEAK
    assert of(plain, Hours({"peak": 0.2, "day": 0.8})).amount == Fraction(1, 5) * PEAK + Fraction(4, 5) * DAY
    assert "時間帯「peak」の単価" in of(plain, Hours({"peak": 0.2, "day": 0.8}, months=(1,))).basis.ja


def test_a_peak_read_into_the_first_days_of_autumn_is_of_the_summer() -> None:
    october = next(m for m in months_of(2024) if m.month == 10)
    own = [
        bill(m, {"day_kwh": "6500", "peak_kwh": "1000", "night_kwh": "2500"}) if m == october else b
        for m, b in zip(months_of(2024), bills(), strict=True)
    ]
    got = of(own, Hours(months=(10,)))
    assert got.amount == (6500 * DAY + 2500 * NIGHT) / 9000


def test_a_month_without_use_by_band_has_the_shares_of_the_year() -> None:
    may, *_ = (m for m in months_of(2024) if m.month == 5)
    own = [bill(m, {}) if m == may else b for m, b in zip(months_of(2024), bills(0), strict=True)]
    assert of(own).amount == of(bills(0)).amount == 18


@pytest.mark.parametrize("hours", [Hours(), Hours({"peak": 0.5, "day": 0.5})])
def test_a_band_that_the_menu_does_not_have_leaves_no_price(hours: Hours) -> None:
    two = menu(EnergyCharge(DAY, "day"), EnergyCharge(NIGHT, "night"), renewable_levy=False)
    got = of(bills(), hours, two)
    assert got.kind == "not_known"
    assert "時間帯「peak」の単価" in got.basis.ja


def test_the_hours_saved_decide_between_time_bands() -> None:
    two = menu(EnergyCharge(Fraction(20), "day"), EnergyCharge(Fraction(12), "night"))
    levy = Fraction(349, 100)
    july = {"months": (7,)}
    night = price(year({}), METER, tariffs=two, hours=Hours({"night": 1}, **july))
    assert night.amount == 12 + levy
    mixed = price(year({}), METER, tariffs=two, hours=Hours({"night": 0.25, "day": 0.75}, **july))
    assert mixed.amount == 18 + levy
    unknown = price(year({}), METER, tariffs=two)
    assert "時間帯別の使用量が分かりません" in unknown.basis.ja
    used = {"day_kwh": "7500", "night_kwh": "2500"}
    assert price(year(used), METER, tariffs=two, hours=Hours(**july)).amount == 18 + levy
    assert "時間帯「peak」の単価" in price(year({}), METER, tariffs=two, hours=Hours({"peak": 1})).basis.ja


def test_seasons_are_those_of_the_months_saved() -> None:
    seasons = menu(
        EnergyCharge(Fraction(20), "", (7, 8, 9)),
        EnergyCharge(Fraction(17), "", (1, 2, 3, 4, 5, 6, 10, 11, 12)),
    )
    got = price(year({}), METER, tariffs=seasons, hours=Hours(months=(8, 10)))
    assert got.terms[0] == ("energy_charge_jpy", Fraction(37, 2))
    summer = [
        bill(m, {**LINES, "energy_charge_jpy": "250000" if m.month == 8 else "195100"})
        for m in months_of(2024)
    ]
    assert price(summer, hours=Hours(months=(8,))).terms[0][1] == 25
