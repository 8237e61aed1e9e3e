"""Which blocks the sheet エネルギー has, and which bill stands on which of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from carbonlib.factors import carriers
from carbonlib.fiscal_year import Month, Period
from carbonlib.records.model import Bill, Company

_USUAL = {"electricity": "kWh", "city_gas": "m3", "natural_gas": "m3", "lng": "kg"}
_EMPTY_BLOCKS = (
    ("electricity", "E1"),
    ("electricity", "E2"),
    ("city_gas", "G1"),
    ("lpg", "L1"),
    ("kerosene", "K1"),
    ("heavy_oil_a", "H1"),
    ("gasoline", "S1"),
    ("diesel", "D1"),
    ("", ""),
    ("", ""),
)


@dataclass
class Block:
    """One meter's block: who, and the bills laid on its rows."""

    site: str = ""
    carrier: str = ""
    meter: str = ""
    months: dict[Month, Bill] = field(default_factory=dict)
    spare: list[Bill] = field(default_factory=list)
    annual: Bill | None = None

    @property
    def unit(self) -> str:
        """The unit that blank rows begin with; LP gas has two, so none."""
        written = [b.unit for b in (*self.months.values(), *self.spare, self.annual) if b]
        group = carriers()[self.carrier].group if self.carrier else ""
        usual = _USUAL.get(self.carrier, "L" if group == "fuel" else "")
        return written[-1] if written else usual


def blocks_of(company: Company | None, bills: Sequence[Bill], period: Period) -> list[Block]:
    """Return the blocks: those of the company's meters, bills of the year filled in, and blank ones.

    Parameters
    ----------
    company : Company, optional
        None for a template that anybody can fill in.
    bills : sequence of Bill
        The company's, any years.
    period : Period
        Months of the template.
    """
    if company is None:
        return [Block(carrier=c, meter=m) for c, m in _EMPTY_BLOCKS]
    names = {s.id: s.name for s in company.sites}
    blocks: dict[tuple[str, str, str], Block] = {}
    for bill in bills:
        key = (bill.site_id, bill.meter_id, bill.carrier)
        block = blocks.setdefault(key, Block(names[bill.site_id], bill.carrier, bill.meter_id))
        if bill.start <= period.last_day and bill.end >= period.first_day:
            _lay(block, bill, period)
    for block in blocks.values():
        if block.annual and (block.months or block.spare):
            block.spare.append(block.annual)
            block.annual = None
    return [*blocks.values(), *(Block(carrier=c) for c in ("electricity", "", ""))]


def _lay(block: Block, bill: Bill, period: Period) -> None:
    month = Month(bill.end.year, bill.end.month)
    if (bill.start, bill.end) == (period.first_day, period.last_day):
        block.annual = bill
    elif month in period.months and month not in block.months and (bill.end - bill.start).days < 62:
        block.months[month] = bill
    else:
        block.spare.append(bill)
