"""Half-hours against the bills of the same days: the sum tells whether both are of the same meter and unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from carbonlib.accounting.power import kwh_of
from carbonlib.errors import Finding, Message
from carbonlib.fiscal_year import fiscal_year_of
from carbonlib.plausibility.amount import readable
from carbonlib.records.bands import Bands
from carbonlib.records.load import MeterLoad
from carbonlib.records.model import Bill
from carbonlib.units import format_number

_LEAST = "0.01"  # %


def future_half_hours(loads: Iterable[MeterLoad], today: date) -> Iterator[Finding]:
    """Return an error for each meter whose half-hours end after `today`."""
    for load in loads:
        if load.end > today:
            yield Finding(
                "load.future",
                "error",
                Message(
                    f"30分値が今日より後の {load.end} まであります。年か月を確かめてください。",
                    f"The half-hours run to {load.end}, which is still to come; check year and month.",
                ),
                load.place,
                subject="electricity",
            )


def load_doubts(loads: Iterable[MeterLoad], bills: Iterable[Bill], bands: Bands) -> Iterator[Finding]:
    """Return a doubt for each bill that its meter's half-hours do not add up to, and a note where they do.

    Bills of days whose half-hours are not all known are left out.
    """
    band = bands.of("load_to_bill", "electricity")
    of_meter = {(load.site_id, load.meter_id): load for load in loads}
    agreeing: dict[tuple[str, str], list[Fraction]] = {}
    for bill in bills:
        load = of_meter.get((bill.site_id, bill.meter_id))
        billed = kwh_of(bill)
        if band is None or load is None or not billed:
            continue
        counted = load.kwh(bill.start, bill.end)
        if counted is None:
            continue
        share = Fraction(counted) / billed
        if band.holds(share):
            agreeing.setdefault((bill.site_id, bill.meter_id), []).append(share)
            continue
        slip, slip_en = "", ""
        if not Fraction(1, 300) < share < 300:
            slip, slip_en = (
                "1,000 倍の違いなので、kWh と千kWh の取り違えが考えられます。",
                " kWh and 千kWh may be mixed up;",
            )
        yield Finding(
            "load.bill_differs",
            "warning",
            Message(
                f"{bill.start}〜{bill.end} の 30分値の和 {format_number(counted)} kWh が、請求の {format_number(billed)} kWh の "
                f"{_times(share)} 倍です（ふつうは {band.low}〜{band.high} 倍）。{slip}期間・メーター・単位を確かめてください。",
                f"The half-hours of {bill.start} to {bill.end} add up to {format_number(counted)} kWh, "
                f"{_times(share)} times the bill's {format_number(billed)} kWh (usually {band.low} to {band.high});{slip_en} "
                "check period, meter and unit.",
            ),
            bill.place,
            subject="electricity",
            fiscal_year=fiscal_year_of(bill.start),
        )
    for meter, shares in agreeing.items():
        most = max(abs(s - 1) for s in shares) * 100
        # what is left by rounding is no difference worth its digits
        ja, en = f" {_LEAST} % 未満", f"less than {_LEAST} %"
        if most >= Fraction(_LEAST):
            ja, en = f"最大 {format_number(most, 2)} %", f"at most {format_number(most, 2)} %"
        yield Finding(
            "load.bills_agree",
            "note",
            Message(
                f"30分値（{meter[0]} {meter[1]}）の和は、請求 {len(shares)} 件と合っています（差は{ja}）。",
                f"The half-hours of {meter[0]} {meter[1]} agree with {len(shares)} bills ({en} apart).",
            ),
            of_meter[meter].place,
            subject="electricity",
        )


def _times(share: Fraction) -> str:
    return readable(share, 3) if share < 10 else format_number(share, 0)
