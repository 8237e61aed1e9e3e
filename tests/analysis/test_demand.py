"""Contract and peak demand: months, load factors, several meters, and what a cut does under each kind of contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from carbonlib.analysis.demand import MeterDemand, cut_effects, meter_demands
from carbonlib.fiscal_year import Month, months_of
from carbonlib.records.bands import built_in_bands
from carbonlib.records.model import Bill, Meter
from carbonlib.tariffs import demand_charge_saving
from carbonlib.units import Q_, Quantity

BANDS = built_in_bands()
PEAKS = (203, 215, 232, 242, 260, 253, 223, 215, 208, 250, 240, 232)


def bills(meter: str = "E1", *, years: tuple[int, ...] = (2024, 2025)) -> list[Bill]:
    return [
        Bill(
            *("s", meter, "electricity", m.first_day, m.last_day, Decimal(48), "千kWh"),
            contract_demand_kw=Decimal(260),
            peak_demand_kw=Decimal(p),
        )
        for y in years
        for m, p in zip(months_of(y), PEAKS, strict=True)
    ]


def only(own: list[Bill], meters: tuple[Meter, ...] = ()) -> MeterDemand:
    (found,) = meter_demands(own, meters, 2025)
    return found


def test_peak_and_load_factor_of_a_year() -> None:
    found = only(bills())
    peak = found.peak(2025)
    assert peak
    assert (peak.month, peak.peak_kw, found.margin_kw(2025)) == (Month(2025, 8), 260, 0)
    # 576,000 kWh ÷ (260 kW × 8,760 h)
    assert found.load_factor(2025) == Fraction(576_000, 260 * 8760)
    april = found.of_year(2025)[0]
    assert april.load_factor == Fraction(48_000, 203 * 720)


def test_a_month_that_lacks_leaves_no_annual_load_factor() -> None:
    own = bills()
    del own[15]
    found = only(own)
    assert found.of_year(2025)[3].peak_kw is None
    assert found.load_factor(2025) is None
    assert found.load_factor(2024) is not None


def test_an_annual_bill_says_its_contract_and_nothing_of_a_month() -> None:
    one = Bill(
        *("s", "E1", "electricity", date(2025, 4, 1), date(2026, 3, 31), Decimal(2_298_480), "kWh"),
        contract_demand_kw=Decimal(650),
    )
    found = only([one])
    assert found.stated_kw == 650
    assert all(m.contract_kw is None and m.kwh is None for m in found.months)


def test_each_meter_by_itself_without_sub_meters() -> None:
    own = [*bills("E1"), *bills("E2"), *bills("E3")]
    meters = (Meter("E3", "s", parent="E1"),)
    assert [m.meter_id for m in meter_demands(own, meters, 2025)] == ["E1", "E2"]


def test_bills_without_demands_and_other_carriers_are_no_meter() -> None:
    bare = [replace(b, contract_demand_kw=None, peak_demand_kw=None) for b in bills()]
    gas = [replace(b, carrier="city_gas", unit="m3") for b in bills()]
    assert meter_demands([*bare, *gas], (), 2025) == []


def peaks() -> dict[Month, Quantity | None]:
    return {m: Q_(p, "kW") for y in (2024, 2025) for m, p in zip(months_of(y), PEAKS, strict=True)}


def test_a_cut_under_the_measured_contract_is_that_of_the_tariff() -> None:
    rate, factor = Q_(1890, "JPY/kW/month"), Q_(100, "percent")
    small, large = cut_effects(peaks(), basis="実量制", rate=rate, power_factor=factor, bands=BANDS)
    assert (small.cut_kw, small.target_kw, large.cut_kw, large.target_kw) == (13, 247, 26, 234)
    assert (small.months_over, large.months_over) == (3, 5)
    same = demand_charge_saving(
        peaks=peaks(), cut=Q_(13, "kW"), basis="実量制", rate=rate, power_factor=factor
    )
    assert small.saving == same
    assert small.saving.steady_year
    assert small.saving.steady_year.magnitude == pytest.approx(12 * 13 * 1890 * 0.85)
    assert small.saving.first_year
    assert small.saving.first_year < small.saving.steady_year  # last year's peak still counts until July


def test_a_negotiated_contract_falls_only_by_agreement() -> None:
    found = cut_effects(peaks(), basis="協議制", rate=None, power_factor=None, bands=BANDS)
    assert {f.saving.kind for f in found} == {"negotiated"}
    assert "協議" in found[0].saving.sentence.ja


def test_no_peak_no_cut_and_a_tiny_peak_is_not_cut_to_nothing() -> None:
    assert cut_effects({}, basis="実量制", rate=None, power_factor=None, bands=BANDS) == []
    one: dict[Month, Quantity | None] = {m: Q_(1, "kW") for m in months_of(2025)}
    assert cut_effects(one, basis="実量制", rate=None, power_factor=None, bands=BANDS) == []
