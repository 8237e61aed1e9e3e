"""What is left of a bill without its demand charge: the prefecture's published shop under a published menu, and by design."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import UnitError
from carbonlib.fiscal_year import Month, months_of
from carbonlib.records.tariffs import built_in_tariffs
from carbonlib.tariffs import average_price, power_factor_multiplier
from carbonlib.units import Q_
from tests.tariffs.test_price import bill, line_of, price

MENU = ("東京電力エナジーパートナー", "ベーシックプラン 高圧 関東")


def demand_charge(contract_kw: int, power_factor: int, rate: Fraction) -> Fraction:
    """Return the demand charge of a month. [JPY]"""
    return contract_kw * rate * power_factor_multiplier(Q_(power_factor, "percent"))


def menu_rate(year: int) -> Fraction:
    menu = built_in_tariffs().menu(*MENU)
    assert menu is not None
    rates = menu.rates_in(Month(year, 4))
    assert rates is not None
    assert rates.demand_charge is not None
    return Fraction(rates.demand_charge)


@pytest.mark.parametrize(
    ("year", "demand", "marginal", "over"), [(2024, 12.5, 22.0, 25), (2025, 20.1, 18.7, 47)]
)
def test_the_published_shop_under_a_published_menu(
    year: int, demand: float, marginal: float, over: int
) -> None:
    """Saitama deck 2025-10-28: 650 kW, 2,298,480 kWh, 63,017 千円, 27.42 円/kWh; prices of TEPCO EP by a third party
    (reivalue.co.jp/blog/3607/amp). At a power factor of 100 % the average overstates what a kWh is worth by 25 or
    47 %."""
    yearly = 12 * demand_charge(650, 100, menu_rate(year))
    assert round(float(yearly) / 1e6, 1) == demand
    shop = bill(
        Month(2024, 4),
        {"demand_charge_jpy": str(float(yearly))},
        end=date(2025, 3, 31),
        quantity=Decimal(2_298_480),
        cost_jpy=Decimal(63_017_000),
    )
    got, average = price([shop]), average_price(line_of([shop]))
    assert got.amount is not None
    assert average is not None
    assert average.amount is not None
    assert (got.kind, round(float(got.amount), 1)) == ("bill_residual", marginal)
    assert round(float(average.amount), 2) == 27.42
    assert round(100 * (average.amount / got.amount - 1)) == over


@given(
    st.integers(1, 2000),
    st.integers(0, 100),
    st.integers(1, 10**6),
    st.integers(0, 5000).map(lambda v: Fraction(v, 100)),
)
def test_what_is_left_of_a_bill_is_its_price_per_kwh(
    contract: int, factor: int, use: int, per_kwh: Fraction
) -> None:
    charge = demand_charge(contract, factor, Fraction(2000))
    cost = charge + use * per_kwh
    bills = [
        bill(
            m,
            {"demand_charge_jpy": str(float(charge))},
            quantity=Decimal(use),
            cost_jpy=Decimal(cost.numerator) / cost.denominator,
        )
        for m in months_of(2024)
    ]
    assert price(bills).amount == per_kwh


def test_a_power_factor_is_from_0_to_100_percent() -> None:
    with pytest.raises(UnitError, match="力率は 0〜100"):
        power_factor_multiplier(Q_(101, "percent"))
    with pytest.raises(UnitError, match="power_factor は percent"):
        power_factor_multiplier(Q_(95, "kW"))
