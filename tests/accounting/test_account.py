"""Accounts worked by hand: the published shop, factors of fuels, costs, contracts and shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from carbonlib.accounting import Identity
from carbonlib.accounting.shares import is_level, peak_month, shares_of
from carbonlib.errors import Place
from carbonlib.factors import NO_FACTOR_JA
from carbonlib.fiscal_year import Month, first_day, last_day, period_of
from carbonlib.units import round_half_up
from tests.accounting.made import SHK, bill, ids, make, month_bills, totals

SHOP = [
    bill("electricity", "2298480", "kWh", "63017000", meter_id="E1"),
    bill("city_gas", "295", "m3", "58000", meter_id="G1"),
]


def test_the_published_shop_line_by_line():
    shop = make(SHOP)
    power, gas = shop.line("electricity"), shop.line("city_gas")
    assert power.energy_gj == Fraction("2298.480") * Fraction("9.76")
    assert round_half_up(power.energy_gj) == 22433
    assert round_half_up(power.crude_oil_kl, 3) == Decimal("578.776")
    assert round_half_up(power.co2_t, 3) == Decimal("1137.748")
    assert round_half_up(power.unit_price_jpy, 2) == Decimal("27.42")
    assert round_half_up(gas.crude_oil_kl, 3) == Decimal("0.331")
    assert round_half_up(gas.co2_t, 3) == Decimal("0.640")
    assert round_half_up(gas.unit_price_jpy, 2) == Decimal("196.61")


def test_the_published_shop_in_total():
    shop = make(SHOP)
    assert round_half_up(shop.energy_gj) == 22446
    assert round_half_up(shop.crude_oil_kl, 3) == Decimal("579.107")
    assert round_half_up(shop.co2_t, 3) == Decimal("1138.388")
    assert shop.cost_jpy == 63_075_000
    assert shop.identity == Identity("saitama-diagnosis-2025", period_of(2023), "programme")


def test_the_same_shop_under_the_act_is_another_figure():
    """578.8 kL and 1,138 t by the prefecture's factors; 512.4 kL and 1,039 t by the Act's."""
    bills = [replace(b, start=first_day(2025), end=last_day(2025)) for b in SHOP]
    acted = make(bills, SHK, 2025, {"electricity": "tepco-ep-residual", "city_gas": "tokyo-gas"})
    assert round_half_up(acted.line("electricity").crude_oil_kl, 1) == Decimal("512.4")
    assert round_half_up(acted.line("electricity").co2_t) == 1039
    assert acted.line("electricity").energy_gj == Fraction("2298.480") * Fraction("8.64")
    assert acted.line("city_gas").co2_t == Fraction("0.295") * Fraction("2.09")
    assert acted.line("city_gas").energy_gj == Fraction("0.295") * 40
    assert "unit.volume_basis_taken" in ids(acted)


def test_totals_are_quantities_of_their_own_dimensions():
    shop = make(SHOP)
    assert str(shop.primary_energy.units) == "gigajoule * primary"
    assert shop.crude_oil_equivalent.to("GJ*primary").magnitude == pytest.approx(float(shop.energy_gj))
    assert shop.co2.to("kg_CO2").magnitude == pytest.approx(1138387.5435)
    assert shop.cost.magnitude == 63_075_000


def test_the_frame_names_its_units_and_adds_up():
    frame = make(SHOP).frame()
    assert list(frame["carrier"]) == ["electricity", "city_gas"]
    assert frame["co2_t"].sum() == pytest.approx(1138.3875435)
    assert frame["primary_energy_gj"].sum() == pytest.approx(22445.9973)


def test_the_months_of_a_frame_add_up_to_the_year_and_what_is_not_known_is_no_number():
    months = [
        *month_bills("120", "3000"),
        *month_bills("7", None, carrier="kerosene", unit="L", without=(4,)),
    ]
    made = make(months)
    frame = made.monthly_frame()
    assert list(frame.columns[:4]) == ["carrier", "unit", "month", "quantity"]
    power, oil = (frame[frame["carrier"] == carrier] for carrier in ("electricity", "kerosene"))
    assert list(power["month"]) == [f"2023-{m:02}" for m in range(4, 13)] + [
        f"2024-{m:02}" for m in (1, 2, 3)
    ]
    assert (len(oil), power["cost_jpy"].sum(), oil["cost_jpy"].isna().all()) == (11, 36000, True)
    assert frame["co2_t"].sum() == pytest.approx(float(made.co2_t))
    assert frame["primary_energy_gj"].sum() == pytest.approx(float(made.energy_gj))
    assert list(power["unit_price_jpy"]) == [25] * 12


def test_each_line_says_which_factors_and_which_rows_it_was_made_from():
    bills = [replace(b, place=Place("bills.csv", n + 2)) for n, b in enumerate(SHOP)]
    power = make(bills).line("electricity")
    assert [f.value for f in power.factors] == [Decimal("9.76"), Decimal("0.495")]
    assert [p.line for p in power.rows] == [2]


def test_the_doubt_about_the_city_gas_factor_travels_with_the_account():
    assert "factor.exception" in ids(make(SHOP))
    assert "factor.exception" not in ids(make(SHOP[:1]))


# --- fuels by hand


@pytest.mark.parametrize(
    ("carrier", "quantity", "unit", "gj", "co2"),
    [
        ("gasoline", "1.5", "kL", "51.9", "3.48255"),
        ("kerosene", "400", "L", "14.68", "0.9958"),
        ("diesel", "2", "千L", "75.4", "5.17"),
        ("heavy_oil_a", "100", "L", "3.91", "0.27096"),
        ("lpg", "0.5", "t", "25.4", "1.49945"),
        ("lpg", "8648", "m3", "911.4992", "53.79056"),
        ("city_gas", "2", "千m3", "87", "4.3386"),
    ],
)
def test_fuels_by_the_prefectures_factors(carrier, quantity, unit, gj, co2):
    made = make([bill(carrier, quantity, unit)])
    assert made.energy_gj == Fraction(gj)
    assert made.crude_oil_kl == Fraction(gj) * Fraction("0.0258")
    assert made.co2_t == Fraction(co2)


def test_lpg_by_the_cubic_metre_goes_through_mass_where_the_programme_has_no_factor_by_volume():
    made = make([bill("lpg", "502", "m3", start=first_day(2025))], SHK, 2025)
    line = made.line("lpg")
    assert (line.unit, line.quantity) == ("m3_lpg", 502)
    assert line.energy_gj == Fraction("50.1")
    assert line.co2_t == Fraction("50.1") * Fraction("0.0163") * Fraction(44, 12)
    assert line.parts[0].mass_factor.kind == "gas_specific_volume"
    assert line.parts[0].mass_factor in line.factors
    assert "factor.evidence" in ids(made)


def test_lpg_by_mass_and_by_volume_stay_two_lines_of_one_carrier():
    made = make([bill("lpg", "100", "kg"), bill("lpg", "100", "m3", meter_id="M2")])
    assert [(x.carrier, x.unit) for x in made.lines] == [("lpg", "kg"), ("lpg", "m3_lpg")]
    assert made.energy_gj == Fraction("5.08") + Fraction("10.54")
    assert made.line("lpg", "m3_lpg").quantity == 100
    assert made.line("diesel") is None


# --- what is not known stays unknown


def test_a_year_without_a_factor_leaves_quantity_and_cost_and_says_so():
    made = make(month_bills(year=2024), SHK, 2024, {"electricity": "tepco-ep-residual"})
    line = made.line("electricity")
    assert (line.quantity, line.cost_jpy) == (1200, 24000)
    assert line.energy_gj == Fraction("1.2") * Fraction("8.64")
    assert line.co2_t is None
    assert made.co2_t is None
    (finding,) = [f for f in made.findings if f.id == "factor.no_year"]
    assert NO_FACTOR_JA == "該当年度の係数なし"
    assert NO_FACTOR_JA in finding.text("ja")
    assert finding.severity == "warning"


def test_a_missing_supplier_leaves_the_co2_unknown_and_names_the_suppliers():
    made = make(month_bills(year=2025), SHK, 2025)
    assert made.co2_t is None
    assert made.energy_gj is not None
    assert "factor.supplier_missing" in ids(made)


def test_lpg_by_volume_without_any_conversion_is_unknown():
    made = make([bill("lpg", "30", "m3", start=first_day(2022))], SHK, 2022)
    assert totals(made) == (None, None, None, None)
    assert made.line("lpg").quantity == 30
    assert "factor.no_year" in ids(made)


def test_a_blank_cost_is_not_zero():
    bills = month_bills()
    bills[5] = replace(bills[5], cost_jpy=None)
    made = make(bills)
    line = made.line("electricity")
    assert line.cost_jpy is None
    assert made.cost_jpy is None
    assert line.months[5].cost_jpy is None
    assert line.months[4].cost_jpy == 2000
    assert line.unit_price_jpy == 20  # of the eleven months whose cost is known
    assert "bill.cost_blank" in ids(made)
    assert make(month_bills()).cost_jpy == 24000


def test_a_cost_of_zero_is_a_cost():
    made = make(month_bills(cost="0"))
    assert made.cost_jpy == 0
    assert made.line("electricity").unit_price_jpy == 0
    assert "bill.cost_blank" not in ids(made)


def test_contracts_of_meters_add_and_their_peaks_do_not():
    two = [
        bill(
            start=date(2023, 4, 1),
            end=date(2023, 4, 30),
            meter_id=meter,
            contract_demand_kw=Decimal(contract),
            peak_demand_kw=Decimal(peak),
        )
        for meter, contract, peak in (("M1", 60, 50), ("M2", 40, 30))
    ]
    april = make(two).line("electricity").months[0]
    assert (april.contract_demand_kw, april.peak_demand_kw) == (100, None)
    april = make(two[:1]).line("electricity").months[0]
    assert (april.contract_demand_kw, april.peak_demand_kw) == (60, 50)


# --- shares of an account


def test_shares_of_carriers_add_up_to_one():
    found = shares_of(make(SHOP))
    assert found.carriers == ("electricity", "city_gas")
    assert sum(found.cost) == sum(found.energy) == sum(found.co2) == 1
    assert found.dominant() == ("cost", "electricity", Fraction(63017, 63075))


def test_the_month_of_highest_use_needs_all_twelve():
    bills = month_bills()
    bills[4] = replace(bills[4], quantity=Decimal(200))
    month, share = peak_month(make(bills).line("electricity"))
    assert (month.month, share) == (Month(2023, 8), Fraction(200, 1300))
    assert not is_level(make(bills).line("electricity"))
    assert is_level(make(month_bills()).line("electricity"))
    assert peak_month(make(bills[:11]).line("electricity")) is None
