"""The year of a bill: one that stands alone, far from its meter's others, is a slip of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from carbonlib.errors import Finding, Message
from carbonlib.fiscal_year import fiscal_year_of, label
from carbonlib.records.model import Bill

_LONGEST_MONTHLY = 62  # days; a longer bill is a year's figure and has no gap to fill
_ALONE = 28  # days without a bill on both sides: a month is left out
_FEW, _MANY = 2, 3  # bills of a year that is doubted, and of a year beside which it is


def year_doubts(bills: Iterable[Bill]) -> Iterator[Finding]:
    """Return a doubt for each bill whose fiscal year its meter has hardly any other bill of.

    A bill that touches others in time is no slip: twelve months may begin in any month.
    """
    by_meter: dict[tuple[str, str, str], list[Bill]] = {}
    for bill in bills:
        if (bill.end - bill.start).days < _LONGEST_MONTHLY:
            by_meter.setdefault((bill.site_id, bill.meter_id, bill.carrier), []).append(bill)
    for own in by_meter.values():
        years: dict[int, list[Bill]] = {}
        for bill in own:
            years.setdefault(fiscal_year_of(bill.start), []).append(bill)
        whole = [y for y, of in years.items() if len(of) >= _MANY]
        for year, few in years.items():
            others = [b for b in own if b not in few]
            if whole and len(few) <= _FEW and _apart(few, others):
                yield from (_doubt(b, others, min(whole, key=lambda y: abs(y - year))) for b in few)


def _apart(few: Sequence[Bill], others: Sequence[Bill]) -> bool:
    return all(
        (b.start - o.end).days > _ALONE or (o.start - b.end).days > _ALONE for b in few for o in others
    )


def _shifted(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _doubt(bill: Bill, others: Sequence[Bill], year: int) -> Finding:
    by = year - fiscal_year_of(bill.start)
    start, end = _shifted(bill.start, by), _shifted(bill.end, by)
    free = all(o.end < start + timedelta(days=1) or end < o.start for o in others)
    ja = f"{start.year} 年なら、{label(year)}の空いている期間に入ります。" if free else ""
    en = f"In {start.year} it would fill a gap of FY{year}. " if free else ""
    return Finding(
        "bill.year_alone",
        "warning",
        Message(
            f"期間 {bill.start}〜{bill.end} だけが、このメーターのほかの請求（{min(o.start for o in others)}〜"
            f"{max(o.end for o in others)}）から離れています。{ja}年の書き間違いでないか確かめてください。",
            f"The period {bill.start} to {bill.end} stands alone, apart from this meter's other bills "
            f"({min(o.start for o in others)} to {max(o.end for o in others)}). {en}Check the year.",
        ),
        bill.place,
        subject=bill.carrier,
        fiscal_year=fiscal_year_of(bill.start),
    )
