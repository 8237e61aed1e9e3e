"""The amount by itself: more than any small company can use needs neither cost nor area to be doubted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from carbonlib.errors import Finding, Message
from carbonlib.factors import carriers
from carbonlib.plausibility.amount import UNIT_PAIRS, amount_of, few_digits
from carbonlib.records.bands import Bands
from carbonlib.records.model import Bill, Company
from carbonlib.units import format_number

_IMPOSSIBLE = 30  # so many times beyond the band only a slip explains an amount
_YEAR, _SHORTEST = 365, 28  # days; what is delivered on a day lasts for weeks


def size_doubts(bills: Iterable[Bill], company: Company, bands: Bands) -> Iterator[Finding]:
    """Return a doubt for each bill that stands for more a year than a site of a small company uses.

    Parameters
    ----------
    bills : iterable of Bill
        Each is taken for a year: amount × 365 ÷ days, with at least 28 days.
    company : Company
        Its meters' contracts, which limit what a connection delivers.
    bands : Bands
        The rows ``size``.
    """
    for bill in bills:
        counted = amount_of(bill)
        if counted is None:
            continue
        amount, unit = counted
        meter = company.meter(bill.site_id, bill.meter_id)
        contract = meter.contract_type if meter and bill.carrier == "electricity" else ""
        band = bands.of("size", bill.carrier, contract or unit)
        if band is None or band.unit != f"{unit}/年":
            continue
        days = (bill.end - bill.start).days + 1
        times = amount * _YEAR / max(days, _SHORTEST) / Fraction(band.high)
        if times <= 1:
            continue
        beyond = times > _IMPOSSIBLE
        kind = carriers()[bill.carrier]
        meant = UNIT_PAIRS.get((bill.unit.strip().casefold(), Fraction(1000)), "")
        slip = f"{meant} なら {few_digits(amount / 1000)} {unit} です。" if meant else ""
        slip_en = f"In {meant} it is {few_digits(amount / 1000)} {unit}. " if meant else ""
        yield Finding(
            "bill.size_impossible" if beyond else "bill.size_band",
            "error" if beyond else "warning",
            Message(
                f"{kind.label_ja}の使用量 {few_digits(amount)} {unit}（{days} 日間）は、中小企業の 1 事業所が使う量の上限の目安 "
                f"{format_number(band.high)} {band.unit}の {format_number(times, 1)} 倍にあたります。{slip}"
                "単位と桁を確かめてください。",
                f"{few_digits(amount)} {unit} of {kind.label_en} in {days} days are {format_number(times, 1)} times the most "
                f"that a site of a small company uses ({format_number(band.high)} {unit} a year). {slip_en}"
                "Check unit and digits.",
            ),
            bill.place,
            subject=bill.carrier,
        )
