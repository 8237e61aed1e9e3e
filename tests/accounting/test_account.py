"""Accounts: worked by hand, and how they behave when bills are doubled, split, late, blank or beyond the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.accounting import EnergyAccount, Identity, account, exact_sum
from carbonlib.accounting.calendar import bills_of_year, gaps, is_monthly, share_in_year, shares
from carbonlib.accounting.shares import is_level, peak_month, shares_of
from carbonlib.errors import CarbonlibError, Place, RecordError
from carbonlib.factors import KL_PER_GJ, NO_FACTOR_JA, programme
from carbonlib.fiscal_year import Month, first_day, fiscal_year_of, last_day, months_of, period_of
from carbonlib.records.model import Bill
from carbonlib.units import round_half_up

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


# --- the published shop, by hand

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


def test_missing_months_are_named_and_not_filled():
    made = make(month_bills(without=(6, 1)))
    line = made.line("electricity")
    assert line.quantity == 1000
    unknown = [m.month for m in line.months if m.quantity is None]
    assert unknown == [Month(2023, 6), Month(2024, 1)]
    (gap,) = [f for f in made.findings if f.id == "bill.gap"]
    assert "2023-06・2024-01" in gap.text("ja")
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


# --- properties

UNIT_OF = {"electricity": "kWh", "city_gas": "m3", "lpg": "m3", "kerosene": "L", "gasoline": "kL"}
days = st.dates(date(2023, 3, 1), date(2024, 3, 31))
amounts = st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False)


@st.composite
def monthly_bill(draw) -> Bill:
    carrier = draw(st.sampled_from(sorted(UNIT_OF)))
    start = draw(days)
    return bill(
        carrier,
        draw(amounts),
        UNIT_OF[carrier],
        draw(st.one_of(st.none(), amounts)),
        start=start,
        end=start + timedelta(days=draw(st.integers(0, 61))),
        site_id=draw(st.sampled_from(["s1", "s2"])),
        meter_id=draw(st.sampled_from(["M1", "M2"])),
    )


some_bills = st.lists(monthly_bill(), min_size=1, max_size=6)


@settings(max_examples=60)
@given(some_bills, st.integers(2, 9))
def test_doubling_use_doubles_every_result(bills, times):
    once = make(bills)
    more = make(
        replace(b, quantity=b.quantity * times, cost_jpy=None if b.cost_jpy is None else b.cost_jpy * times)
        for b in bills
    )
    assert [line.quantity for line in more.lines] == [line.quantity * times for line in once.lines]
    assert totals(more) == tuple(None if t is None else t * times for t in totals(once))
    assert [line.unit_price_jpy for line in more.lines] == [line.unit_price_jpy for line in once.lines]


@settings(max_examples=60)
@given(some_bills, st.randoms(use_true_random=False), st.integers(2, 5))
def test_splitting_bills_over_meters_and_sites_in_any_order_changes_no_total(bills, random, parts):
    def split(one: Bill) -> list[Bill]:
        cuts = [Decimal(random.randint(0, 1000)) / 1000 for _ in range(parts - 1)]
        pieces = [*cuts, 1 - sum(cuts)]
        return [
            replace(
                one,
                meter_id=f"{one.meter_id}.{n}",
                site_id=f"{one.site_id}.{n % 2}",
                quantity=one.quantity * piece,
                cost_jpy=None if one.cost_jpy is None else one.cost_jpy * piece,
            )
            for n, piece in enumerate(pieces)
        ]

    whole = make(bills)
    pieces = [piece for one in bills for piece in split(one)]
    random.shuffle(pieces)
    divided = make(pieces)
    assert totals(divided) == totals(whole)
    for one, other in zip(divided.lines, whole.lines, strict=True):
        assert (one.carrier, one.unit, one.quantity) == (other.carrier, other.unit, other.quantity)
        assert (one.energy_gj, one.co2_t, one.cost_jpy) == (other.energy_gj, other.co2_t, other.cost_jpy)
        assert [(m.quantity, m.cost_jpy) for m in one.months] == [
            (m.quantity, m.cost_jpy) for m in other.months
        ]


@settings(max_examples=60)
@given(some_bills)
def test_zero_use_gives_zero(bills):
    nothing = make(replace(b, quantity=Decimal(0)) for b in bills)
    assert totals(nothing)[:3] == (0, 0, 0)
    assert all(line.unit_price_jpy is None for line in nothing.lines)


@settings(max_examples=60)
@given(some_bills)
def test_the_fiscal_years_together_hold_the_whole_of_every_bill(bills):
    years = [make(bills, year=y) for y in (2022, 2023, 2024)]
    for carrier in UNIT_OF:
        laid = sum((line.quantity for y in years for line in y.lines if line.carrier == carrier), Fraction(0))
        times = 1000 if carrier == "gasoline" else 1
        assert laid == sum((Fraction(b.quantity) * times for b in bills if b.carrier == carrier), Fraction(0))


@settings(max_examples=60)
@given(some_bills)
def test_known_months_hold_the_whole_of_a_lines_quantity_or_less(bills):
    for line in make(bills).lines:
        laid = sum((m.quantity or 0 for m in line.months), Fraction(0))
        # a month that only some of the meters speak of is not known, and its part is in the annual figure only
        assert laid <= line.quantity
        if all(m.quantity is not None for m in line.months):
            assert laid == line.quantity
        assert exact_sum([line.energy_gj]) * KL_PER_GJ == line.crude_oil_kl


@given(st.dates(date(2022, 1, 1), date(2025, 12, 31)), st.integers(0, 400))
def test_the_shares_of_months_sum_to_the_share_of_the_year(start, length):
    one = bill(start=start, end=start + timedelta(days=length))
    for year in (2022, 2023, 2024):
        by_month = shares(one, year)
        assert sum(by_month.values(), Fraction(0)) == share_in_year(one, year)
        assert all(0 < share <= 1 for share in by_month.values())
        assert by_month.keys() <= set(months_of(year))
    assert sum(share_in_year(one, y) for y in range(2020, 2029)) == 1
    assert is_monthly(one) == (length < 62)
