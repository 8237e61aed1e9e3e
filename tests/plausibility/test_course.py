"""A month against its own course, a year against a whole year, and an amount that no small company uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from carbonlib.accounting import account
from carbonlib.errors import Finding
from carbonlib.factors import programmes
from carbonlib.plausibility.course import change_doubts, month_doubts
from carbonlib.plausibility.size import size_doubts
from carbonlib.plausibility.use import area_doubts
from carbonlib.records.bands import built_in_bands
from carbonlib.records.model import Bill, Company, Meter, Site

BANDS = built_in_bands()


def months(
    amounts: Sequence[str], first: date = date(2024, 4, 1), carrier: str = "electricity"
) -> list[Bill]:
    """Return bills from month to month, each beginning on the day of `first`."""
    unit = {"electricity": "kWh", "city_gas": "m3"}.get(carrier, "L")
    bills = []
    for i, amount in enumerate(amounts):
        start, after = (_later(first, n) for n in (i, i + 1))
        bills.append(Bill("s", "m", carrier, start, after - timedelta(days=1), Decimal(amount), unit))
    return bills


def _later(day: date, by: int) -> date:
    years, month = divmod(day.month - 1 + by, 12)
    return date(day.year + years, month + 1, day.day)


def doubted(bills: list[Bill], since: date = date(2000, 1, 1)) -> list[Finding]:
    return list(month_doubts([b for b in bills if b.start >= since], bills, (), BANDS))


TWO_YEARS = [
    "10000",
    "9000",
    "9500",
    "12000",
    "13000",
    "11000",
    "9000",
    "9200",
    "11500",
    "12500",
    "12000",
    "10500",
] * 2


@pytest.mark.parametrize(
    ("amount", "slip"),
    [
        ("67000", "数量の桁が 1 つ多い"),
        ("950", "数量の桁が 1 つ少ない"),
        ("9500000", "1,000 倍"),
        ("9.5", "1,000 分の 1"),
    ],
)
def test_a_month_is_compared_with_the_same_month_of_last_year(amount: str, slip: str) -> None:
    bills = months([*TWO_YEARS[:14], amount, *TWO_YEARS[15:]])
    [found] = doubted(bills, date(2025, 4, 1))
    assert (found.id, found.severity) == ("bill.month_jump", "warning")
    assert "前年の同じ月の" in found.message.ja
    assert slip in found.message.ja


@pytest.mark.parametrize("at", [0, 5, 11])
def test_without_a_year_before_the_neighbours_serve(at: int) -> None:
    amounts = TWO_YEARS[:12]
    assert doubted(months(amounts)) == []
    amounts[at] += "0"
    [found] = [f for f in doubted(months(amounts)) if "多い" in f.message.ja]
    assert "前後の月の" in found.message.ja


def test_seasons_are_no_jumps() -> None:
    heating = ["200", "20", "1", "0", "0", "0", "10", "200", "600", "900", "800", "500"]
    assert doubted(months(heating, carrier="kerosene")) == []
    assert doubted(months(heating * 2, carrier="kerosene")) == []
    assert doubted(months(TWO_YEARS, date(2024, 4, 16))) == []


def _jumps(bills: list[Bill]) -> list[Finding]:
    now, before = (
        account(
            bills, owner="c", programme=programmes()["saitama-diagnosis-2025"], fiscal_year=y, suppliers={}
        )
        for y in (2025, 2024)
    )
    return list(change_doubts(now, before, BANDS))


def test_a_year_is_compared_only_where_both_are_whole() -> None:
    # thirteen bills read in the middle of the month: half a month of FY2024 is no year
    assert _jumps(months(TWO_YEARS[:13], date(2025, 3, 16))) == []
    [found] = _jumps(months([*TWO_YEARS[:12], *(f"{a}0" for a in TWO_YEARS[12:])]))
    assert found.id == "account.jump"
    assert "10.00 倍" in found.message.ja
    assert "数量の桁が 1 つ多い" in found.message.ja
    assert "acknowledged" in found.message.ja
    assert "備考" not in found.message.ja


@pytest.mark.parametrize(
    ("quantity", "unit", "contract", "id"),
    [
        ("2298480", "kWh", "", None),
        ("2298480", "千kWh", "", "bill.size_impossible"),
        ("20000000", "kWh", "", "bill.size_band"),
        ("300000", "kWh", "低圧", None),
        ("30000", "千kWh", "低圧", "bill.size_impossible"),
    ],
)
def test_an_amount_without_a_cost_has_a_size(quantity: str, unit: str, contract: str, id: str | None) -> None:
    company = Company("c", "C", "x", (Site("s", "S"),), meters=(Meter("m", "s", contract_type=contract),))
    bill = Bill("s", "m", "electricity", date(2023, 4, 1), date(2024, 3, 31), Decimal(quantity), unit)
    found = list(size_doubts([bill], company, BANDS))
    assert [f.id for f in found] == ([id] if id else [])
    if unit == "千kWh" and not contract:
        assert found[0].severity == "error"
        assert "130.8 倍" in found[0].message.ja
        assert "kWh なら 2,298,480 kWh です" in found[0].message.ja


def test_each_of_several_sites_has_an_intensity() -> None:
    def site(id: str, area: str) -> Site:
        return Site(id, id.upper(), floor_area_m2=Decimal(area), use="office")

    company = Company("c", "C", "x", (site("s", "1000"), site("t", "10")))
    bills = months(TWO_YEARS[:12])
    bills += [replace(b, site_id="t") for b in bills]
    made = account(
        bills, owner="c", programme=programmes()["saitama-diagnosis-2025"], fiscal_year=2024, suppliers={}
    )
    [found] = area_doubts(made, company, BANDS, bills)
    assert found.id == "site.intensity_band"
    assert found.message.ja.startswith("事業所 t の電気の使用量が延床面積あたり 12,920")


def test_a_tank_filled_on_one_day_lasts_for_weeks() -> None:
    bill = Bill("s", "m", "kerosene", date(2024, 4, 1), date(2024, 4, 1), Decimal(20), "kL")
    assert list(size_doubts([bill], Company("c", "C", "x", (Site("s", "S"),)), BANDS)) == []
