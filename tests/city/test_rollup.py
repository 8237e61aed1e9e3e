"""The city's total is the sum of its companies, exactly, however it was reached."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.accounting import EnergyAccount, ReportedLine, account, as_reported
from carbonlib.city.rollup import MEASURES, Member, RollUp, by_group, merge, roll_up
from carbonlib.errors import MixedAccountsError
from carbonlib.factors import programme
from carbonlib.fiscal_year import Month, Period, period_of
from carbonlib.records.model import Bill

SAITAMA = programme("saitama-diagnosis-2025")
amounts = st.decimals(min_value=0, max_value=10_000_000, places=2)
carriers = st.sampled_from([("electricity", "kWh"), ("kerosene", "L"), ("city_gas", "m3"), ("lpg", "kg")])


def bill(
    carrier: str, unit: str, quantity: Decimal, *, site: str = "s", cost: Decimal | None = Decimal(1000)
) -> Bill:
    return Bill(site, "m", carrier, date(2024, 4, 1), date(2025, 3, 31), quantity, unit, cost)


def account_of(owner: str, bills: list[Bill]) -> EnergyAccount:
    return account(bills, owner=owner, programme=SAITAMA, fiscal_year=2024)


companies = st.lists(st.lists(st.tuples(carriers, amounts), min_size=1, max_size=4), min_size=1, max_size=6)


def made(drawn: list[list[tuple[tuple[str, str], Decimal]]]) -> list[EnergyAccount]:
    return [
        account_of(f"c{i}", [bill(c, u, q, site=f"s{j}") for j, ((c, u), q) in enumerate(rows)])
        for i, rows in enumerate(drawn)
    ]


@given(companies, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_total_is_the_sum_in_any_order_and_grouping(drawn, random) -> None:
    accounts = made(drawn)
    total = roll_up(accounts)
    for measure in MEASURES:
        assert getattr(total, measure).value == sum((getattr(a, measure) for a in accounts), Fraction(0))
    shuffled = list(accounts)
    random.shuffle(shuffled)
    assert roll_up(shuffled) == total
    groups = by_group(Member(a, str(random.randrange(3))) for a in shuffled)
    assert merge(groups.values()) == total
    cut = random.randrange(1, len(shuffled) + 1)
    parts = [p for p in (shuffled[:cut], shuffled[cut:]) if p]
    assert merge([roll_up(p) for p in parts]) == total


@given(amounts, st.lists(st.integers(1, 100), min_size=1, max_size=5))
@settings(max_examples=60)
def test_splitting_a_site_changes_nothing(whole: Decimal, weights: list[int]) -> None:
    parts = [whole * w for w in weights]
    together = account_of("one", [bill("electricity", "kWh", sum(parts))])
    apart = account_of("one", [bill("electricity", "kWh", p, site=f"s{i}") for i, p in enumerate(parts)])
    for measure in ("energy_gj", "crude_oil_kl", "co2_t"):
        assert getattr(roll_up([apart]), measure) == getattr(roll_up([together]), measure)


def sum_of_seeds(seeds: list[int]) -> RollUp:
    return roll_up(account_of(f"c{s}", [bill("electricity", "kWh", Decimal(s) / 8)]) for s in seeds)


def test_the_number_of_processes_changes_nothing() -> None:
    seeds = list(range(1, 25))
    alone = sum_of_seeds(seeds)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(sum_of_seeds, [seeds[i::3] for i in range(3)]))
    assert merge(parts) == alone


def test_unlike_accounts_are_refused_and_two_suppliers_are_not() -> None:
    one = account_of("a", [bill("electricity", "kWh", Decimal(1000))])
    for change in (
        {"programme": "shk"},
        {"period": period_of(2025)},
        {"period": Period(Month(2024, 10))},
        {"basis": "as_listed"},
    ):
        other = replace(one, owner="b", identity=replace(one.identity, **change))
        with pytest.raises(MixedAccountsError) as error:
            roll_up([one, other])
        assert "a（saitama-diagnosis-2025・2024年度" in str(error.value)
        with pytest.raises(MixedAccountsError):
            merge([roll_up([one]), roll_up([other])])
    act = programme("shk")
    bills = [
        Bill("s", "m", "electricity", date(2025, 4, 1), date(2026, 3, 31), Decimal(1000), "kWh", Decimal(1))
    ]
    suppliers = ("tepco-ep-residual", "tokorozawa-mirai-residual")
    mixed = [
        account(bills, owner=s, programme=act, fiscal_year=2025, suppliers={"electricity": s})
        for s in suppliers
    ]
    assert roll_up(mixed).co2_t.value == Fraction(452 + 102, 1000)


def test_reported_and_computed_accounts_do_not_mix() -> None:
    computed = account_of("a", [bill("electricity", "kWh", Decimal(1000))])
    reported = as_reported("b", [ReportedLine("x", Fraction(1), Fraction(1))], source="r", fiscal_year=2024)
    with pytest.raises(MixedAccountsError):
        roll_up([computed, reported])


def test_an_unknown_value_is_counted_as_unknown_and_not_as_zero() -> None:
    known = account_of("a", [bill("electricity", "kWh", Decimal(1000), cost=Decimal(30000))])
    blank = account_of("b", [bill("electricity", "kWh", Decimal(1000), cost=None)])
    cost = roll_up([known, blank]).cost_jpy
    assert (cost.value, cost.counted, cost.of, cost.complete) == (30000, 1, 2, False)
