"""The price of a unit: ×1,000 slips show here first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from carbonlib.errors import Finding, Message
from carbonlib.factors import carriers
from carbonlib.plausibility.amount import UNIT_PAIRS, amount_of, readable
from carbonlib.records.bands import Band, Bands
from carbonlib.records.model import Bill, Company
from carbonlib.records.tax import with_tax
from carbonlib.units import format_number

_IMPOSSIBLE = 30  # so many times beyond the band no tariff explains a price
_SMALL_GAS_M3 = 50  # a month; below it the fixed charge dominates the price of city gas
# what a slip multiplies the price by, and how to say it: the amount, then the cost
_SLIPS = (
    (Fraction(1000), "料金が円でなく千円の単位", "the cost is in 千円"),
    (Fraction(1, 1000), "料金が千円でなく円の単位", "the cost is in 円"),
    (Fraction(1000), "数量が本当は 1,000 分の 1", "the quantity is a thousandth"),
    (Fraction(1, 1000), "数量が本当は 1,000 倍", "the quantity is a thousandfold"),
    (Fraction(10), "料金が本当は 10 倍（桁の抜け）", "the cost is tenfold (a digit lost)"),
    (Fraction(10), "数量が本当は 10 分の 1（桁の余り）", "the quantity is a tenth (a digit too many)"),
    (Fraction(1, 10), "料金が本当は 10 分の 1（桁の余り）", "the cost is a tenth (a digit too many)"),
    (Fraction(1, 10), "数量が本当は 10 倍（桁の抜け）", "the quantity is tenfold (a digit lost)"),
)

# a cost with tax is taken without it, one of which nobody knows stays as entered
_TAX_SAID = {"included": ("税抜に直した値", "without its tax"), "excluded": ("税抜", "before tax")}
_TAX_UNKNOWN = ("税込か税抜か不明のまま", "as entered, with or without tax")


def _condition(bill: Bill, unit: str, company: Company) -> str:
    if bill.carrier == "lpg":
        return "kg" if unit == "kg" else "m3"
    if bill.carrier == "electricity":
        meter = company.meter(bill.site_id, bill.meter_id)
        return meter.contract_type if meter else ""
    return ""


def price_of(bill: Bill) -> tuple[Fraction, str] | None:
    """Return a bill's price, without tax where the bill says whether it has any, and the unit it is per, None where it has no cost or no use. [JPY/unit]"""
    if bill.cost_jpy is None or not bill.quantity:
        return None
    counted = amount_of(bill)
    if counted is None:
        return None
    amount, unit = counted
    cost = Fraction(bill.cost_jpy) / (with_tax() if bill.tax == "included" else 1)
    return cost / amount, unit


def _explained(price: Fraction, band: Band, bill: Bill) -> tuple[str, str]:
    """Return the slips that would bring a price into its band, as sentences."""
    said: dict[Fraction, tuple[list[str], list[str]]] = {}
    ja, en = [], []
    for factor, words_ja, words_en in _SLIPS:
        if not band.holds(price * factor):
            continue
        meant = UNIT_PAIRS.get((bill.unit.strip().casefold(), factor))
        if meant and factor not in said:
            printed = f"{format_number(price * factor, 2)} {band.unit}"
            ja.append(
                f"{printed} になるのは {meant} の場合です。{bill.unit} では {readable(price, 2)} {band.unit} です"
            )
            en.append(f"with {meant} instead of {bill.unit} it is {printed}")
        all_ja, all_en = said.setdefault(factor, ([], []))
        if not (meant and words_ja.startswith("数量")):  # the unit says it already
            all_ja.append(words_ja)
            all_en.append(words_en)
    for factor, (all_ja, all_en) in said.items():
        printed = f"{format_number(price * factor, 2)} {band.unit}"
        ja.append(f"{'、または'.join(all_ja)}{' ' if all_ja[-1][-1].isdigit() else ''}なら {printed} です")
        en.append(f"if {' or '.join(all_en)} it is {printed}")
    return "。".join(ja), "; ".join(en)


def _negative(bill: Bill) -> Finding:
    assert bill.cost_jpy is not None
    name, cost = carriers()[bill.carrier], format_number(bill.cost_jpy)
    return Finding(
        "bill.cost_negative",
        "warning",
        Message(
            f"{name.label_ja}の料金が {cost} 円で、負の値です。返金や精算でなければ、符号を確かめてください。",
            f"The cost of {name.label_en} is {cost.replace('▲', '-')} JPY, below zero; unless it is a refund or a settlement, "
            "check the sign.",
        ),
        bill.place,
        subject=bill.carrier,
    )


def price_doubts(bills: Iterable[Bill], company: Company, bands: Bands) -> Iterator[Finding]:
    """Return a doubt for each bill whose price lies outside its carrier's band, and for each cost below zero.

    Thirty times beyond the band it is an error: no tariff reaches there, only a slip does.
    """
    for bill in bills:
        if bill.cost_jpy is not None and bill.cost_jpy < 0:
            yield _negative(bill)
            continue
        priced = price_of(bill)
        if priced is None:
            continue
        price, unit = priced
        band = bands.of("unit_price", bill.carrier, _condition(bill, unit, company))
        small_gas = (
            bill.carrier == "city_gas" and bill.quantity < _SMALL_GAS_M3 and bill.unit.strip() != "千m3"
        )
        if band is None or band.holds(price) or (small_gas and price > band.high):
            continue
        # nothing paid is odd but may be so, as with energy that somebody else pays for
        beyond = 0 < price < Fraction(band.low) / _IMPOSSIBLE or price > Fraction(band.high) * _IMPOSSIBLE
        ja, en = _explained(price, band, bill)
        name = carriers()[bill.carrier]
        tax_ja, tax_en = _TAX_SAID.get(bill.tax, _TAX_UNKNOWN)
        low, high = (format_number(v) for v in (band.low, band.high))
        yield Finding(
            "bill.price_impossible" if beyond else "bill.price_band",
            "error" if beyond else "warning",
            Message(
                f"{name.label_ja}の平均単価が {readable(price, 2)} {band.unit}（{tax_ja}）で、ふつうの範囲 {low}〜{high} {band.unit} を"
                f"外れています。{ja + '。' if ja else ''}単位・桁・料金を確かめてください。",
                f"The price of {name.label_en} is {readable(price, 2).replace('▲', '-')} {band.unit} {tax_en}, outside the usual {low} to "
                f"{high}. {en[:1].upper() + en[1:] + '. ' if en else ''}Check unit, digits and cost.",
            ),
            bill.place,
            subject=bill.carrier,
        )
