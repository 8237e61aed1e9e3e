"""How accounts behave when bills are doubled, split over meters, shuffled or zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.accounting import exact_sum
from carbonlib.accounting.calendar import is_monthly, share_in_year, shares
from carbonlib.factors import KL_PER_GJ
from carbonlib.fiscal_year import months_of
from carbonlib.records.model import Bill
from tests.accounting.made import bill, make, totals

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
