"""The bill's formula: the published shop, and the marginal price as the bill's own difference quotient."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import UnitError
from carbonlib.fiscal_year import Month
from carbonlib.records.tariffs import built_in_tariffs
from carbonlib.tariffs import demand_charge, monthly_bill, residual_price
from carbonlib.units import Q_

MENU = ("東京電力エナジーパートナー", "ベーシックプラン 高圧 関東")


def menu_rate(year: int) -> Any:
    menu = built_in_tariffs().menu(*MENU)
    assert menu is not None
    rates = menu.rates_in(Month(year, 4))
    assert rates is not None
    assert rates.demand_charge is not None
    return Q_(float(rates.demand_charge), "JPY/kW/month")


@pytest.mark.parametrize(
    ("year", "demand", "marginal", "over"), [(2024, 12.5, 22.0, 25), (2025, 20.1, 18.7, 47)]
)
def test_the_published_shop_under_a_published_menu(
    year: int, demand: float, marginal: float, over: int
) -> None:
    """Saitama deck 2025-10-28: 650 kW, 2,298,480 kWh, 63,017 千円, 27.42 円/kWh; prices of TEPCO EP by a third party
    (reivalue.co.jp/blog/3607/amp). At a power factor of 100 % the average overstates what a kWh is worth by 25 or
    47 %."""
    contract = {"contract_demand": Q_(650, "kW"), "power_factor": Q_(100, "percent")}
    monthly = demand_charge(rate=menu_rate(year), **contract)
    assert round(12 * monthly.magnitude / 1e6, 1) == demand
    price = residual_price(
        cost=Q_(63_017_000, "JPY/year"),
        energy=Q_(2_298_480, "kWh/year"),
        rate=menu_rate(year),
        **contract,
    )
    assert round(price.magnitude, 1) == marginal
    average = 63_017_000 / 2_298_480
    assert round(average, 2) == 27.42
    assert round(100 * (average / price.magnitude - 1)) == over


def test_a_month_by_hand() -> None:
    """300 kW at 1,890 円 and 95 %, 60,000 kWh by day and 20,000 by night."""
    got = monthly_bill(
        contract_demand=Q_(300, "kW"),
        rate=Q_(1890, "JPY/kW/month"),
        power_factor=Q_(95, "percent"),
        energy={"day": Q_(60_000, "kWh/month"), "night": Q_(20_000, "kWh/month")},
        terms={"day": Q_(22.5, "JPY/kWh"), "night": Q_(17, "JPY/kWh")},
        discount=Q_(80_000, "JPY/month"),
    )
    assert got.magnitude == 300 * 1890 * 0.9 + 60_000 * 22.5 + 20_000 * 17 - 80_000


money = st.integers(0, 5000).map(lambda v: v / 100)


@given(st.integers(0, 2000), st.integers(0, 100), st.integers(1, 10**6), money, money, st.integers(1, 1000))
def test_the_marginal_price_is_the_difference_quotient_of_the_bill(
    contract: int, factor: int, use: int, day: float, night: float, saved: int
) -> None:
    def bill(kwh: float) -> float:
        return float(
            monthly_bill(
                contract_demand=Q_(contract, "kW"),
                rate=Q_(1890, "JPY/kW/month"),
                power_factor=Q_(factor, "percent"),
                energy={"day": Q_(kwh, "kWh/month"), "night": Q_(use, "kWh/month")},
                terms={"day": Q_(day, "JPY/kWh"), "night": Q_(night, "JPY/kWh")},
            ).magnitude
        )

    assert (bill(use + saved) - bill(use)) / saved == pytest.approx(day, rel=1e-6, abs=1e-4)


@given(st.integers(1, 2000), st.integers(0, 100), st.integers(1, 10**7), money)
def test_what_is_left_of_a_bill_is_its_price_per_kwh(
    contract: int, factor: int, use: int, price: float
) -> None:
    given_ = {
        "contract_demand": Q_(contract, "kW"),
        "rate": Q_(2000, "JPY/kW/month"),
        "power_factor": Q_(factor, "percent"),
    }
    month = monthly_bill(energy={"": Q_(use, "kWh/month")}, terms={"": Q_(price, "JPY/kWh")}, **given_)
    rest = residual_price(
        cost=Q_(12 * month.magnitude, "JPY/year"), energy=Q_(12 * use, "kWh/year"), **given_
    )
    assert rest.magnitude == pytest.approx(price, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"power_factor": Q_(101, "percent")}, "力率は 0〜100"),
        ({"power_factor": Q_(95, "kW")}, "power_factor は percent"),
        ({"rate": Q_(1890, "JPY/kW")}, "rate は JPY/kW/month"),
        ({"energy": {"": Q_(1, "kWh")}}, "value は kWh/month"),
        ({"energy": {"night<b>": Q_(1, "kWh/month")}}, "時間帯「night<b>」の単価がありません"),
    ],
)
def test_wrong_arguments_are_named(change: dict[str, Any], said: str) -> None:
    fine: dict[str, Any] = {
        "contract_demand": Q_(300, "kW"),
        "rate": Q_(1890, "JPY/kW/month"),
        "power_factor": Q_(95, "percent"),
        "energy": {"": Q_(1, "kWh/month")},
        "terms": {"": Q_(1, "JPY/kWh")},
    }
    with pytest.raises(UnitError, match=said):
        monthly_bill(**{**fine, **change})


def test_no_use_has_no_price() -> None:
    with pytest.raises(UnitError, match="使用量が 0"):
        residual_price(
            cost=Q_(1, "JPY/year"),
            energy=Q_(0, "kWh/year"),
            contract_demand=Q_(1, "kW"),
            rate=Q_(1, "JPY/kW/month"),
            power_factor=Q_(100, "percent"),
        )
