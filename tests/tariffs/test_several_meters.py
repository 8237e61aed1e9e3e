"""The price of several meters: joined by use where found the same way, as the account counts them, as sure as the weakest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from carbonlib.fiscal_year import months_of
from carbonlib.records.model import Meter
from carbonlib.records.tariff_model import EnergyCharge
from tests.tariffs.test_price import METER, PROOF, bill, line_of, menu, price, year


def test_meters_are_joined_by_use_where_found_the_same_way_and_else_not() -> None:
    second = [bill(m, meter_id="E2", quantity=Decimal(30_000)) for m in months_of(2024)]
    got = price([*year(), *second])
    assert got.kind == "bill_lines"
    assert got.amount == (Fraction(221, 10) * 1 + Fraction(221, 30) * 3) / 4
    assert "shop/E1・shop/E2" in got.basis.ja
    plain = [bill(m, {"demand_charge_jpy": "1"}, meter_id="E2") for m in months_of(2024)]
    assert "1 つにまとめません" in price([*year(), *plain]).basis.ja
    blank = [bill(m, {}, meter_id="E2") for m in months_of(2024)]
    said = price([*year(), *blank]).basis
    assert "shop/E2 の単価が求められないためです" in said.ja
    assert said.ja.count("限界単価") == 1  # said once, whatever the reasons
    assert said.en.count("not known") == 1


def test_a_sub_meter_is_billed_with_its_parent() -> None:
    below = [bill(m, {}, meter_id="E2", quantity=Decimal(100)) for m in months_of(2024)]
    got = price([*year(), *below], Meter("E2", "shop", parent="E1"))
    assert (got.kind, got.amount) == ("bill_lines", Fraction(221_000, 10_000))


def test_a_sub_meter_whose_parent_has_no_bills_is_priced_as_the_account_counts_it() -> None:
    meters = (Meter("E1", "shop", parent="E0"), Meter("E0", "shop"))
    assert line_of(year()).quantity == 120_000
    got = price(year(), *meters)
    assert (got.kind, got.amount) == ("bill_lines", Fraction(221_000, 10_000))


def test_joined_prices_keep_each_meter_s_way_and_terms() -> None:
    second = [bill(m, meter_id="E2", quantity=Decimal(30_000)) for m in months_of(2024)[:3]]
    got = price([*year(), *second])
    assert "shop/E1：請求書の内訳（2024年4月1日〜2025年3月31日、12 件）" in got.basis.ja
    assert "shop/E2：請求書の内訳（" in got.basis.ja
    assert "、3 件）" in got.basis.ja
    assert "shop/E2: The lines of 3 of 3 bills" in got.basis.en
    assert sum(value for _, value in got.terms) == got.amount
    assert dict(got.terms)["energy_charge_jpy"] == Fraction(195_100 * 15, 120_000 + 90_000)
    same = price([*year(), *(replace(b, meter_id="E2") for b in year())])
    assert same.basis.ja.count("請求書の内訳") == 1  # one way, said once


def test_a_joined_price_is_as_sure_as_its_weakest_meter() -> None:
    sure, unsure = (menu(EnergyCharge(Fraction(18)), name=name, renewable_levy=False) for name in ("A", "B"))
    guessed = replace(PROOF, evidence="assumption")
    rates = tuple(replace(r, evidence=guessed) for r in unsure.menus[0].rates)
    both = replace(sure, menus=(*sure.menus, replace(unsure.menus[0], rates=rates)))
    bills = [*year({}), *(replace(b, meter_id="E2") for b in year({}))]
    meters = (replace(METER, menu="A"), replace(METER, id="E2", menu="B"))
    got = price(bills, *meters, tariffs=both)
    assert (got.kind, got.amount, got.evidence) == ("menu", 18, "assumption")
    assert price(bills, meters[0], replace(METER, id="E2", menu="A"), tariffs=both).evidence == "published"
