"""The two prices: by bill lines, by what is left of a bill, by a menu, or not known; never mixed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.accounting import AccountLine, account
from carbonlib.errors import Place
from carbonlib.factors import programmes
from carbonlib.fiscal_year import Month, months_of
from carbonlib.records.model import Bill, Meter
from carbonlib.records.tariff_model import Adjustment, EnergyCharge, Evidence, Menu, Rates, Tariffs
from carbonlib.records.tariffs import built_in_tariffs
from carbonlib.tariffs import Hours, Price, TariffError, average_price, marginal_price

PROGRAMME = programmes()["saitama-diagnosis-2025"]
LINES = {
    "demand_charge_jpy": "160650",
    "energy_charge_jpy": "195100",
    "fuel_adjustment_jpy": "-12000",
    "market_adjustment_jpy": "3000",
    "renewable_levy_jpy": "34900",
}
PROOF = Evidence("published", "約款", "https://example.jp/menu")


def bill(month: Month, charges: dict[str, str] | None = None, **change: Any) -> Bill:
    values: dict[str, Any] = {
        "site_id": "shop",
        "meter_id": "E1",
        "carrier": "electricity",
        "start": month.first_day,
        "end": month.last_day,
        "quantity": Decimal(10_000),
        "unit": "kWh",
        "cost_jpy": Decimal(381_650),
        "tax": "excluded",
        "place": Place("bills.csv", month.month),
        "charges": {k: Decimal(v) for k, v in (charges if charges is not None else LINES).items()},
    }
    return Bill(**{**values, **change})


def year(charges: dict[str, str] | None = None, **change: Any) -> list[Bill]:
    return [bill(m, charges, **change) for m in months_of(2024)]


def line_of(bills: list[Bill]) -> AccountLine:
    made = account(bills, programme=PROGRAMME, fiscal_year=2024, owner="shop")
    found = made.line(bills[0].carrier)
    assert found is not None
    return found


def price(bills: list[Bill], *meters: Meter, tariffs: Tariffs | None = None, **change: Any) -> Price:
    return marginal_price(
        line_of(bills),
        bills=bills,
        meters=meters,
        tariffs=tariffs or Tariffs(levies=built_in_tariffs().levies),
        programme=PROGRAMME,
        fiscal_year=2024,
        **change,
    )


def menu(*charges: EnergyCharge, **change: Any) -> Tariffs:
    rates = Rates(date(2024, 4, 1), None, Fraction(1890), charges or (EnergyCharge(Fraction(18)),), PROOF)
    values: dict[str, Any] = {
        "supplier": "A電力",
        "name": "高圧",
        "carrier": "electricity",
        "contract_type": "高圧",
        "unit": "kWh",
        "tax": "included",
        "power_factor_rule": True,
        "renewable_levy": True,
        "adjusted_by": (),
        "rates": (rates,),
    }
    return Tariffs((Menu(**{**values, **change}),), built_in_tariffs().levies)


METER = Meter("E1", "shop", contract_type="高圧", supplier="A電力", menu="高圧")


def test_every_per_kwh_line_counts_and_the_demand_charge_and_discount_do_not() -> None:
    bills = year({**LINES, "discount_jpy": "-10000"})
    got = price(bills)
    assert (got.kind, got.evidence, got.tax) == ("bill_lines", "bill", "excluded")
    assert got.amount == Fraction(195_100 - 12_000 + 3_000 + 34_900, 10_000)
    assert sum(v for _, v in got.terms) == got.amount
    assert got.value is not None
    assert str(got.value.units) == "yen / kilowatt_hour"
    assert "2024年4月1日〜2025年3月31日" in got.basis.ja
    assert len(got.sources) == 12
    average = average_price(line_of(bills))
    assert average is not None
    assert average.amount == Fraction(381_650, 10_000)


def test_only_months_with_every_line_count_and_they_are_named() -> None:
    without = {k: v for k, v in LINES.items() if k != "renewable_levy_jpy"}
    april, *rest = months_of(2024)
    bills = [bill(april), *(bill(m, without) for m in rest)]
    got = price(bills)
    assert got.kind == "bill_lines"
    assert "2024年4月、1 件。内訳のない 11 件を除く" in got.basis.ja
    assert got.sources == ("bills.csv 4 行目",)


def test_a_market_adjustment_that_no_bill_states_is_said_and_one_that_some_state_is_needed() -> None:
    none = {k: v for k, v in LINES.items() if k != "market_adjustment_jpy"}
    assert "市場価格調整は請求書にない" in price(year(none)).basis.ja
    april, *rest = months_of(2024)
    some = price([bill(april), *(bill(m, none) for m in rest)])
    assert "1 件" in some.basis.ja


def test_the_rest_of_the_bill_stands_in_where_lines_lack() -> None:
    got = price(year({"demand_charge_jpy": "160650"}))
    assert got.kind == "bill_residual"
    assert got.amount == Fraction(381_650 - 160_650, 10_000)
    assert "国の値引きがあれば含まれています" in got.basis.ja
    with_discount = price(year({"demand_charge_jpy": "160650", "discount_jpy": "10000"}))
    assert with_discount.amount == Fraction(381_650 - 160_650 + 10_000, 10_000)


def test_a_demand_charge_above_the_cost_leaves_no_price_and_says_so() -> None:
    got = price(year({"demand_charge_jpy": "994500"}))
    assert got.amount is None
    assert "基本料金が料金より大きい" in got.basis.ja


def test_lines_before_a_tax_that_the_bill_adds_are_without_tax() -> None:
    charges = {**LINES, "tax_jpy": "38165"}
    got = price(year(charges, tax="included", cost_jpy=Decimal(381_650 + 38_165)))
    assert (got.tax, got.amount) == ("excluded", Fraction(221_000, 10_000))
    rest = {k: charges[k] for k in ("demand_charge_jpy", "tax_jpy")}
    left = price(year(rest, tax="included", cost_jpy=Decimal(381_650 + 38_165)))
    assert (left.kind, left.tax, left.amount) == ("bill_residual", "excluded", Fraction(221_000, 10_000))


def test_lines_that_hold_the_tax_that_is_named_are_with_tax() -> None:
    charges = {**LINES, "tax_jpy": "34695"}  # うち消費税等相当額: the lines add up to the cost without it
    got = price(year(charges, tax="included"))
    assert (got.tax, got.amount) == ("included", Fraction(221_000, 10_000))


def test_prices_with_and_without_tax_are_not_mixed() -> None:
    april, *rest = months_of(2024)
    got = price([bill(april, tax="included"), *(bill(m) for m in rest)])
    assert got.kind == "not_known"
    assert "税込と税抜が混ざっています" in got.basis.ja


def test_without_lines_and_menu_it_is_not_known_and_the_average_never_stands_in() -> None:
    got = price(year({}))
    assert (got.kind, got.amount, got.value, got.known) == ("not_known", None, None, False)
    assert "内訳" in got.basis.ja
    assert "料金メニュー" in got.basis.ja
    other = price(year({}), Meter("E1", "shop", supplier="B<script>", menu="x"))
    assert "メニュー「B<script> x」が parameters/tariffs/ にありません" in other.basis.ja


def test_a_menu_adds_charge_adjustments_and_the_levy_of_each_month() -> None:
    adjustments = tuple(Adjustment("fuel", m, Fraction(-2), "", PROOF) for m in months_of(2024))
    got = price(year({}), METER, tariffs=menu(adjusted_by=("fuel",), adjustments=adjustments))
    assert (got.kind, got.tax, got.evidence) == ("menu", "included", "secondary")
    # April still pays the levy of FY2023, 1.40 円; the other eleven months 3.49
    assert got.amount == 18 - 2 + (Fraction(140, 100) + 11 * Fraction(349, 100)) / 12
    assert got.terms[0] == ("energy_charge_jpy", 18)
    assert "約款（https://example.jp/menu）" in got.sources


def test_bills_come_before_the_menu() -> None:
    assert price(year(), METER, tariffs=menu()).kind == "bill_lines"


def test_a_menu_without_the_adjustment_of_a_month_leaves_it_out_and_of_all_months_is_not_known() -> None:
    april = (Adjustment("fuel", Month(2024, 4), Fraction(-2), "", PROOF),)
    one = price(year({}), METER, tariffs=menu(adjusted_by=("fuel",), adjustments=april))
    assert one.amount == 18 - 2 + Fraction(140, 100)
    assert "2024年4月〜2024年4月の 1 か月の平均。単価がそろわない 11 か月を除く" in one.basis.ja
    none = price(year({}), METER, tariffs=menu(adjusted_by=("fuel", "market")))
    assert none.kind == "not_known"
    assert "燃料費等調整が分かりません" in none.basis.ja


def test_the_built_in_menu_has_no_adjustments_yet_and_says_so() -> None:
    meter = Meter("E1", "shop", supplier="東京電力エナジーパートナー", menu="ベーシックプラン 高圧 関東")
    got = price(year({}), meter, tariffs=built_in_tariffs())
    assert got.kind == "not_known"
    assert "燃料費等調整が分かりません" in got.basis.ja


def test_a_menu_without_tax_takes_the_levy_without_tax() -> None:
    got = price(year({}), METER, tariffs=menu(tax="excluded"), hours=Hours(months=(5,)))
    assert got.amount == 18 + Fraction(349, 110)


def test_bills_of_all_bands_together_do_not_price_one_band() -> None:
    bills = year({**LINES, "day_kwh": "7500", "night_kwh": "2500"})
    got = price(bills, hours=Hours({"night": 1}))
    assert got.kind == "not_known"
    assert "時間帯を合わせた額" in got.basis.ja
    assert price(year(), hours=Hours({"night": 1})).kind == "bill_lines"  # a contract without time bands


@pytest.mark.parametrize("wrong", [{"day": 0.5}, {"day": 1.5, "night": -0.5}, {"day": 0.5, "night": 0.6}])
def test_shares_that_do_not_add_up_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(TariffError, match="ちょうど 1"):
        Hours(wrong)
    with pytest.raises(TariffError, match="1〜12"):
        Hours(months=(13,))


def test_a_fuel_without_a_base_charge_has_one_price() -> None:
    bills = [
        bill(
            m,
            {},
            carrier="kerosene",
            unit="kL",
            quantity=Decimal(2),
            cost_jpy=Decimal(220_000),
            tax="unknown",
        )
        for m in months_of(2024)
    ]
    got = price(bills)
    assert (got.kind, got.amount, got.unit) == ("no_base_charge", 110, "L")
    assert "平均単価がそのまま" in got.basis.ja
    unpriced = [bill(m, {}, carrier="kerosene", unit="L", cost_jpy=None) for m in months_of(2024)]
    assert price(unpriced).kind == "not_known"
    assert average_price(line_of(unpriced)) is None


def test_gas_has_a_base_charge_and_its_own_lines() -> None:
    charges = {"demand_charge_jpy": "5000", "energy_charge_jpy": "90000", "fuel_adjustment_jpy": "-3000"}
    gas: dict[str, Any] = {
        "carrier": "city_gas",
        "unit": "m3",
        "quantity": Decimal(1000),
        "cost_jpy": Decimal(92_000),
    }
    got = price(year(charges, **gas))
    assert (got.kind, got.amount) == ("bill_lines", 87)
    assert got.unit == line_of(year(charges, **gas)).unit
    assert "従量料金" in price(year({}, **gas)).basis.ja
    wrong = Meter("E1", "shop", carrier="city_gas", supplier="A電力", menu="高圧")
    assert "と合いません" in price(year({}, **gas), wrong, tariffs=menu()).basis.ja


def test_a_bill_across_two_fiscal_years_counts_by_days() -> None:
    half = bill(Month(2024, 4), start=date(2024, 3, 17), end=date(2024, 4, 15))
    rest = [
        bill(m, {**LINES, "energy_charge_jpy": "395100"}, start=date(2024, 4, 16), end=m.last_day)
        if m.month == 4
        else bill(m)
        for m in months_of(2024)
    ]
    got = price([half, *rest])
    weights = Fraction(1, 2) + 12
    assert got.amount == (Fraction(221_000) * weights + 200_000) / (10_000 * weights)


lines_of = st.tuples(*(st.integers(-50_000, 300_000) for _ in range(4)))


@given(st.lists(lines_of, min_size=12, max_size=12), st.integers(1, 3))
def test_doubled_bills_have_the_same_price(lines: list[tuple[int, ...]], times: int) -> None:
    names = list(LINES)[1:]

    def bills(factor: int) -> list[Bill]:
        return [
            bill(
                m,
                {n: str(v * factor) for n, v in zip(names, values, strict=True)},
                quantity=Decimal(10_000 * factor),
            )
            for m, values in zip(months_of(2024), lines, strict=True)
        ]

    one, more = price(bills(1)), price(bills(times))
    assert one.amount == more.amount
    assert one.amount == Fraction(sum(map(sum, lines)), 120_000)
