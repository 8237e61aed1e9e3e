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
from carbonlib.fiscal_year import Month, Period
from carbonlib.plausibility.course import change_doubts, month_doubts
from carbonlib.plausibility.scale import scale_doubts
from carbonlib.plausibility.size import size_doubts
from carbonlib.plausibility.use import area_doubts
from carbonlib.records.bands import built_in_bands
from carbonlib.records.model import ActivityDriver, Bill, Company, Meter, Site

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


@pytest.mark.parametrize(("head", "tail"), [(6, 1000), (2, 1000), (10, 1000), (6, Decimal("0.001"))])
def test_half_a_year_in_another_unit_is_a_step(head: int, tail: Decimal) -> None:
    amounts = TWO_YEARS[:head] + [f"{Decimal(a) * tail:f}" for a in TWO_YEARS[head:12]]
    [found] = doubted(months(amounts))
    assert (found.id, found.severity) == ("bill.month_jump", "warning")
    assert "前の月の" in found.message.ja
    assert "1,000" in found.message.ja


def test_neither_a_season_nor_one_wrong_month_is_a_step() -> None:
    heating = ["3", "2", "3", "2500", "2600", "2400", "2500", "3", "2", "3"]
    assert [f for f in doubted(months(heating, carrier="kerosene")) if "前の月の" in f.message.ja] == []
    one = [*TWO_YEARS[:5], "11000000", *TWO_YEARS[6:12]]
    [found] = doubted(months(one))
    assert "前後の月" in found.message.ja


def _scale(amount: str, company: Company, carrier: str = "electricity", unit: str = "kWh") -> list[Finding]:
    bills = [replace(b, unit=unit) for b in months([amount] * 12, carrier=carrier)]
    return list(scale_doubts(bills, company, 2024, BANDS))


def _sold(yen: int, year: int = 2024) -> Company:
    driver = ActivityDriver("sales", year, Decimal(yen), "円")
    return Company("c", "C", "x", (Site("s", "S"),), activity_drivers=(driver,))


def test_people_bound_the_use_of_a_company_of_which_nothing_else_is_known() -> None:
    people = Company("c", "C", "x", (Site("s", "S", employees=4),))
    assert _scale("1000", people) == []
    [found] = _scale("1000", people, unit="千kWh")
    assert (found.id, found.severity) == ("site.employee_band", "warning")
    assert "1 人あたり 3,000,000 kWh" in found.message.ja
    assert "kWh を千kWh と書くと 1,000 倍になります。1,000 分の 1 なら 3,000 kWh/人です" in found.message.ja
    assert _scale("1000", replace(people, sites=(Site("s", "S"),)), unit="千kWh") == []


def test_too_little_for_the_people_and_too_much_gas_name_the_likely_slip() -> None:
    people = Company("c", "C", "x", (Site("s", "S", employees=12),))
    [small] = _scale("10", people)
    assert (small.id, small.subject) == ("site.employee_band", "electricity")
    assert "1 人あたり 10 kWh で、目安の下限 50 kWh/人を下回っています" in small.message.ja
    assert "千kWh を kWh と書くと 1,000 分の 1 になります。千kWh なら 10,000 kWh/人です。" in small.message.ja
    assert (
        "less than 50. 千kWh written as kWh are a thousandth; in 千kWh it would be 10,000 kWh/employee."
        in small.message.en
    )
    assert _scale("1000", people) == []
    # months that are missing make a year small
    bills = months(["10"] * 12)
    assert list(scale_doubts(bills, people, 2024, BANDS, partial=True)) == []
    [gas] = _scale("50", people, "city_gas", "千m3")
    assert (gas.severity, gas.subject) == ("warning", "city_gas")
    assert "1 人あたり 50,000 m3 で、目安の上限 40,000 m3/人を超えています" in gas.message.ja
    assert "1,000 分の 1 なら 50 m3/人です" in gas.message.ja
    for carrier, unit in (("kerosene", "kL"), ("lpg", "t"), ("heavy_oil_a", "kL"), ("diesel", "kL")):
        [found] = _scale("50", people, carrier, unit)
        assert found.subject == carrier
        assert _scale("5", people, carrier, unit) == []


def test_a_floor_area_finds_a_thousandth_as_well() -> None:
    company = Company("c", "C", "x", (Site("s", "S", floor_area_m2=Decimal(1000)),))
    bills = months(["10"] * 12)
    made = account(
        bills, owner="c", programme=programmes()["saitama-diagnosis-2025"], fiscal_year=2024, suppliers={}
    )
    [found] = area_doubts(made, company, BANDS, bills)
    assert "0.12 kWh/m2 で、用途を問わない場合のふつうの範囲 0.2〜5,000 kWh/m2 を" in found.message.ja
    assert "千kWh なら 120 kWh/m2 です" in found.message.ja


def test_sales_bound_the_use_by_the_lowest_usual_price() -> None:
    assert _scale("1000", _sold(30_000_000)) == []
    [found] = _scale("1000", _sold(30_000_000), unit="千kWh")
    assert found.id == "company.sales_band"
    # 12,000,000 kWh x 13 yen (the lowest price of bands.csv) over sales of 30 million yen
    assert "13 円/kWh でも 156,000,000 円で、売上高 30,000,000 円の 520 %" in found.message.ja
    [gas] = _scale("100", _sold(30_000_000), "city_gas", "千m3")
    assert "84,000,000 円" in gas.message.ja
    assert _scale("1000", _sold(30_000_000, 2023), unit="千kWh") == []  # no year stands for another
    # sales of a fiscal year say nothing of other twelve months
    bills = [replace(b, unit="千kWh") for b in months(["1000"] * 12)]
    assert list(scale_doubts(bills, _sold(30_000_000), Period(Month(2024, 5)), BANDS)) == []


def test_a_floor_area_bounds_the_use_where_nobody_said_what_it_is_for() -> None:
    company = Company("c", "C", "x", (Site("s", "S", floor_area_m2=Decimal(100)),))
    for unit, ids in (("kWh", []), ("千kWh", ["site.intensity_band"])):
        bills = [replace(b, unit=unit) for b in months(["1000"] * 12)]
        programme = programmes()["saitama-diagnosis-2025"]
        made = account(bills, owner="c", programme=programme, fiscal_year=2024, suppliers={})
        assert [f.id for f in area_doubts(made, company, BANDS, bills)] == ids


def test_a_use_below_one_kwh_a_square_metre_is_not_printed_as_nothing() -> None:
    company = Company("c", "C", "x", (Site("s", "S", floor_area_m2=Decimal(1000), use="office"),))
    bills = months(["13.3"] * 12)
    programme = programmes()["saitama-diagnosis-2025"]
    made = account(bills, owner="c", programme=programme, fiscal_year=2024, suppliers={})
    [found] = area_doubts(made, company, BANDS, bills)
    assert "0.16 kWh/m2" in found.message.ja


def test_a_year_with_months_missing_is_not_too_small_for_its_area() -> None:
    company = Company("c", "C", "x", (Site("s", "S", floor_area_m2=Decimal(2000), use="office"),))
    programme = programmes()["saitama-diagnosis-2025"]
    for bills, ids in (
        (months(["1000"]), []),
        (months(["1000"] * 12), ["site.intensity_band"]),
        (months(["900000"]), ["site.intensity_band"]),
    ):
        made = account(bills, owner="c", programme=programme, fiscal_year=2024, suppliers={})
        assert [f.id for f in area_doubts(made, company, BANDS, bills)] == ids
