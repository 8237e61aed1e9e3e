"""Bills and accounts as the tests of accounting make them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from carbonlib.accounting import EnergyAccount, account
from carbonlib.factors import programme
from carbonlib.fiscal_year import first_day, fiscal_year_of, last_day, months_of
from carbonlib.records.model import Bill

SAITAMA, SHK = programme("saitama-diagnosis-2025"), programme("shk")
YEAR = 2023


def bill(
    carrier="electricity", quantity="100", unit="kWh", cost=None, *, start=None, end=None, **more
) -> Bill:
    start = start or first_day(YEAR)
    return Bill(
        site_id=more.pop("site_id", "s1"),
        meter_id=more.pop("meter_id", "M1"),
        carrier=carrier,
        start=start,
        end=end or last_day(fiscal_year_of(start)),
        quantity=Decimal(quantity),
        unit=unit,
        cost_jpy=None if cost is None else Decimal(cost),
        **more,
    )


def month_bills(quantity="100", cost="2000", *, year=YEAR, without=(), **more) -> list[Bill]:
    return [
        bill(quantity=quantity, cost=cost, start=m.first_day, end=m.last_day, **more)
        for m in months_of(year)
        if m.month not in without
    ]


def make(bills, p=SAITAMA, year=YEAR, suppliers=None) -> EnergyAccount:
    return account(bills, owner="c", programme=p, fiscal_year=year, suppliers=suppliers)


def ids(a: EnergyAccount) -> list[str]:
    return [f.id for f in a.findings]


def totals(a: EnergyAccount) -> tuple[Fraction | None, ...]:
    return a.energy_gj, a.crude_oil_kl, a.co2_t, a.cost_jpy
