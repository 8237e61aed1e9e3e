"""What bills say of a demand charge: of the two years alone, of the one meter that has peaks, by one rule for months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carbonlib.analysis.contract import site_demand
from carbonlib.analysis.demand import meter_demands
from carbonlib.fiscal_year import Month, months_of
from carbonlib.proposals.money import Demand
from carbonlib.records.finance import built_in_finance
from carbonlib.records.model import Bill, Company, Meter
from carbonlib.records.tariffs import built_in_tariffs
from carbonlib.units import Q_

YEAR = 2024


def bill(
    month: Month,
    peak: int,
    meter: str = "E1",
    *,
    contract: int = 300,
    charge: int = 600_000,
    factor: int = 85,
) -> Bill:
    return Bill(
        *("s", meter, "electricity", month.first_day, month.last_day, Decimal(48_000), "kWh"),
        tax="excluded",
        contract_demand_kw=Decimal(contract),
        peak_demand_kw=Decimal(peak),
        charges={"demand_charge_jpy": Decimal(charge), "power_factor_percent": Decimal(factor)},
    )


def bills(meter: str = "E1", years: tuple[int, ...] = (YEAR - 1, YEAR)) -> list[Bill]:
    return [bill(m, 200 + m.month, meter) for y in years for m in months_of(y)]


def of(own: list[Bill], *meters: Meter) -> Demand | None:
    known = meters or (Meter("E1", "s", contract_type="高圧"),)
    company = Company("c", "c", "39", (), meters=known)
    return site_demand(company, "s", own, built_in_tariffs(), built_in_finance(), YEAR)


def test_rate_basis_and_power_factor_are_those_of_the_two_years() -> None:
    found = of(bills())
    assert found is not None
    assert (found.rate, found.basis, found.power_factor) == (
        Q_(2000.0, "JPY/kW/month"),
        "実量制",
        Q_(85.0, "percent"),
    )
    # a bill of the year after: larger contract, a quarter of the rate, another power factor
    later = bill(Month(YEAR + 1, 10), 590, contract=600, charge=300_000, factor=100)
    assert of([*bills(), later]) == found
    # and one that begins in the last month belongs to it, whatever day it ends
    last = replace(bill(Month(YEAR + 1, 3), 100, charge=900_000), start=date(YEAR + 1, 3, 5))
    assert of([*bills()[:-1], replace(last, end=date(YEAR + 1, 4, 4))]).rate == Q_(3000.0, "JPY/kW/month")


def test_neither_a_sub_meter_nor_one_of_earlier_years_hides_the_meter_that_has_peaks() -> None:
    found = of(bills())
    meters = (Meter("E1", "s", contract_type="高圧"), Meter("E2", "s", parent="E1"))
    assert of([*bills(), *bills("E2")], *meters) == found
    assert of([*bills(), *bills("E3", years=(YEAR - 2,))]) == found
    assert (
        of([*bills(), *bills("E3")]) is None
    )  # two meters of the time: which of them a cut lowers is not known


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_bills_that_begin_in_a_month_the_higher_peak_counts(order: int) -> None:
    month = Month(YEAR, 8)
    half = replace(bill(month, 250), end=date(YEAR, 8, 15))
    rest = replace(bill(month, 180), start=date(YEAR, 8, 16))
    own = [b for b in bills() if b.start != month.first_day] + [half, rest][::order]
    found = of(own)
    assert found is not None
    assert found.peaks[month] == Q_(250.0, "kW")
    (shown,) = meter_demands(own, (), YEAR)
    assert {m.month: m.peak_kw for m in shown.months} == {m: p.magnitude for m, p in found.peaks.items() if p}
