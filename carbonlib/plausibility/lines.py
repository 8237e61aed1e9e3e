"""The lines of a bill: they add up to its cost, and its time bands to its use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from carbonlib.accounting.lines import ROUNDING_JPY, lines_total, lines_without_tax
from carbonlib.accounting.power import kwh_of
from carbonlib.errors import Finding, Message
from carbonlib.records.model import TIME_BANDS, Bill
from carbonlib.units import format_number


def line_doubts(bills: Iterable[Bill]) -> Iterator[Finding]:
    """Return a doubt for each bill whose lines do not add up to its cost, or its time bands to its use."""
    for bill in bills:
        yield from _cost(bill)
        yield from _bands(bill)


def _cost(bill: Bill) -> Iterator[Finding]:
    total = lines_total(bill)
    if bill.cost_jpy is None or total is None:
        return
    if lines_without_tax(bill):
        total += bill.charges["tax_jpy"]
    if abs(total - bill.cost_jpy) <= ROUNDING_JPY:
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
    named = [bill.charges[b] for b in TIME_BANDS if b in bill.charges]
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
