"""The lines of a bill: they add up to its cost, and its time bands to its use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from carbonlib.accounting.power import kwh_of
from carbonlib.errors import Finding, Message
from carbonlib.records.model import Bill
from carbonlib.units import format_number

_NEEDED = ("demand_charge_jpy", "energy_charge_jpy")
_ADDED = ("fuel_adjustment_jpy", "market_adjustment_jpy", "renewable_levy_jpy")
_BANDS = ("day_kwh", "night_kwh", "peak_kwh")
_ROUNDING_JPY = 5  # every line of a bill is rounded to the yen by itself


def line_doubts(bills: Iterable[Bill]) -> Iterator[Finding]:
    """Return a doubt for each bill whose lines do not add up to its cost, or its time bands to its use."""
    for bill in bills:
        yield from _cost(bill)
        yield from _bands(bill)


def _cost(bill: Bill) -> Iterator[Finding]:
    charges = bill.charges
    if bill.cost_jpy is None or any(name not in charges for name in _NEEDED):
        return
    total = sum((charges.get(name, Decimal(0)) for name in (*_NEEDED, *_ADDED)), Decimal(0))
    # a discount is printed as a minus or as an amount to take off
    total -= abs(charges.get("discount_jpy", Decimal(0)))
    if bill.tax == "included":
        total += charges.get("tax_jpy", Decimal(0))
    if abs(total - bill.cost_jpy) <= _ROUNDING_JPY:
        return
    yield Finding(
        "bill.lines_do_not_add_up",
        "warning",
        Message(
            f"内訳の合計 {format_number(total)} 円が料金 {format_number(bill.cost_jpy)} 円と合いません。内訳の抜け・桁・"
            "消費税の有無を確かめてください。",
            f"The lines add up to {format_number(total)} JPY, the cost is {format_number(bill.cost_jpy)} JPY; check for "
            "a line left out, digits and tax.",
        ),
        bill.place,
        subject=bill.carrier,
    )


def _bands(bill: Bill) -> Iterator[Finding]:
    named = [bill.charges[b] for b in _BANDS if b in bill.charges]
    used = kwh_of(bill)
    if not named or used is None:
        return
    total = sum((Fraction(v) for v in named), Fraction(0))
    if total <= used + _rounding_kwh(bill, used):
        return
    yield Finding(
        "bill.bands_exceed_use",
        "warning",
        Message(
            f"時間帯別の合計 {_kwh(total)} kWh が使用量 {_kwh(used)} kWh を超えています。時間帯別の量と使用量の桁・単位を確かめてください。",
            f"The time bands add up to {_kwh(total)} kWh, above the use of {_kwh(used)} kWh; check digits and unit of both.",
        ),
        bill.place,
        subject=bill.carrier,
    )


def _rounding_kwh(bill: Bill, used: Fraction) -> Fraction:
    """Return by how much the printed use can lie below the metered one: half of its last digit. [kWh]"""
    if not bill.quantity:
        return Fraction(0)
    half = Fraction(Decimal(1).scaleb(min(int(bill.quantity.as_tuple().exponent), 0))) / 2
    return half * used / Fraction(bill.quantity)


def _kwh(amount: Fraction) -> str:
    return format_number(amount, 0 if amount.denominator == 1 else 2)
