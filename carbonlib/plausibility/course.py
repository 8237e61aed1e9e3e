"""The amount against its own course: a year against the year before, a month against the same month or its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from operator import attrgetter

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.calendar import is_monthly
from carbonlib.accounting.whole import lacking
from carbonlib.errors import Finding, Message, Place
from carbonlib.factors import carriers
from carbonlib.plausibility.amount import amount_of, readable, slip_of
from carbonlib.records.bands import Band, Bands
from carbonlib.records.model import Bill

_SAME_MONTH = 15  # days that the middle of a bill may lie off a year before
_SMALL = 10  # what is less than a tenth of the meter's largest month moves freely
_MOST = 6  # months; where more jumped along with the year, the year's sentence says it


def change_doubts(now: EnergyAccount, before: EnergyAccount | None, bands: Bands) -> Iterator[Finding]:
    """Return a doubt for each carrier whose annual use jumped, where bills cover all of both years."""
    band = bands.of("change", "annual")
    if before is None or band is None:
        return
    for line in now.lines:
        then = before.line(line.carrier, line.unit)
        if then is None or not then.quantity or line.carrier in lacking(now) | lacking(before):
            continue
        change = line.quantity / then.quantity
        if band.holds(change):
            continue
        name = carriers()[line.carrier]
        ja, en = slip_of(change, band)
        yield Finding(
            "account.jump",
            "warning",
            Message(
                f"{name.label_ja}の年間使用量が{now.identity.period.word('前年度')}の {readable(change, 2)} 倍です。{_likely(ja)}"
                "桁・単位・メーターの増減を確かめてください。理由が分かっていれば、company.yaml の acknowledged に書けます。",
                f"The annual use of {name.label_en} is {readable(change, 2)} times last year's. "
                f"{_likely_en(en)}Check digits, unit and meters; a known reason goes under acknowledged in company.yaml.",
            ),
            line.rows[0] if line.rows else Place(),
            subject=line.carrier,
        )


def _likely(words: str) -> str:
    return f"考えられる誤り: {words}。" if words else ""


def _likely_en(words: str) -> str:
    return f"A likely slip: {words}. " if words else ""


def month_doubts(
    of_year: Iterable[Bill], known: Iterable[Bill], jumped: Sequence[str], bands: Bands
) -> Iterator[Finding]:
    """Return a doubt for each monthly bill far from the same month of the year before, or from its neighbours.

    Parameters
    ----------
    of_year : iterable of Bill
        The bills that are doubted.
    known : iterable of Bill
        All of the company; amounts are compared by the day and within a meter.
    jumped : sequence of str
        Carriers whose year jumped as a whole.
    bands : Bands
        The rows ``change,month`` and ``change,neighbours``.
    """
    asked = {id(b) for b in of_year}
    meters: dict[tuple[str, str, str, str], list[tuple[Bill, Fraction]]] = {}
    for bill in sorted(known, key=attrgetter("start")):
        counted = amount_of(bill)
        if counted is not None and counted[0] > 0 and is_monthly(bill):
            daily = counted[0] / ((bill.end - bill.start).days + 1)
            meters.setdefault((bill.site_id, bill.meter_id, bill.carrier, counted[1]), []).append(
                (bill, daily)
            )
    by_carrier: dict[str, list[Finding]] = {}
    for own in meters.values():
        for i, (bill, _) in enumerate(own):
            if id(bill) in asked and (doubt := _doubt(own, i, bands)):
                by_carrier.setdefault(bill.carrier, []).append(doubt)
    for carrier, doubts in by_carrier.items():
        if carrier not in jumped or len(doubts) <= _MOST:
            yield from doubts


def _doubt(own: Sequence[tuple[Bill, Fraction]], i: int, bands: Bands) -> Finding | None:
    bill, daily = own[i]
    largest = max(d for _, d in own)
    last_year = _a_year_before(own, bill)
    if last_year is not None:
        band, against = bands.of("change", "month"), [last_year]
        ja, en = "前年の同じ月", "the same month of the year before"
    else:
        band, against = bands.of("change", "neighbours"), _neighbours(own, i)
        ja, en = "前後の月", "the months beside it"
    if band is None or not against or max(daily, *against) * _SMALL < largest:
        return None
    ratios = [daily / a for a in against]
    if last_year is None and bill.carrier == "electricity" and _is_step([d for _, d in own], i, band):
        return _jump(bill, ratios[0], band, ("前の月", "the month before"))
    if not (all(r < band.low for r in ratios) or all(r > band.high for r in ratios)):
        return None
    return _jump(bill, len(ratios) * daily / sum(against), band, (ja, en))


def _is_step(daily: Sequence[Fraction], i: int, band: Band) -> bool:
    """Return whether use goes up or down by about a thousand at a bill and stays there: half a year in another unit."""
    if not 2 <= i <= len(daily) - 2:
        return False
    ratio = daily[i] / daily[i - 1]
    stays = band.holds(daily[i - 1] / daily[i - 2]) and band.holds(daily[i + 1] / daily[i])
    return stays and (band.holds(ratio / 1000) or band.holds(ratio * 1000))


def _a_year_before(own: Sequence[tuple[Bill, Fraction]], bill: Bill) -> Fraction | None:
    middle = _middle(bill) - 2 * 365
    near = [(abs(_middle(b) - middle), d) for b, d in own if abs(_middle(b) - middle) <= 2 * _SAME_MONTH]
    return min(near)[1] if near else None


def _middle(bill: Bill) -> int:
    """Return twice the day in the middle of a bill."""
    return bill.start.toordinal() + bill.end.toordinal()


def _neighbours(own: Sequence[tuple[Bill, Fraction]], i: int) -> list[Fraction]:
    """Return the daily use of the bills on both sides; of the next two at an end, where no season explains a step."""
    sides = [own[j] for j in (i - 1, i + 1) if 0 <= j < len(own)]
    if len(sides) < 2 and own[i][0].carrier == "electricity":
        sides = [own[j] for j in ((1, 2) if i == 0 else (i - 1, i - 2)) if 0 <= j < len(own)]
    if len(sides) < 2 or any(_apart(own[i][0], b) for b, _ in sides):
        return []
    return [d for _, d in sides]


def _apart(one: Bill, other: Bill) -> bool:
    return abs(one.start - other.start) > timedelta(days=130)


def _jump(bill: Bill, ratio: Fraction, band: Band, against: tuple[str, str]) -> Finding:
    name = carriers()[bill.carrier]
    ja, en = slip_of(ratio, band)
    shown_ = readable(ratio, 1)
    return Finding(
        "bill.month_jump",
        "warning",
        Message(
            f"{name.label_ja}の使用量が、1 日あたりで{against[0]}の {shown_} 倍です（ふつうは {band.low}〜{band.high} 倍）。"
            f"{_likely(ja)}桁と単位を確かめてください。",
            f"The use of {name.label_en} a day is {shown_} times that of {against[1]} (usually {band.low} to {band.high}). "
            f"{_likely_en(en)}Check digits and unit.",
        ),
        bill.place,
        subject=bill.carrier,
    )
