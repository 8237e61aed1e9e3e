"""Bill rows by columns: plain cells are read a column at a time, any other row goes to `billrow` alone.

A row is read here only where `read_bill` would find nothing to say of it and return the same bill, so that every
sentence about a row is written in one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import Any

from carbonlib.errors import CarbonlibError, Place
from carbonlib.factors import carriers
from carbonlib.records.billrow import COST_UNITS, ESTIMATED, NUMBERS, TAXES, may_be_negative, unit_fits
from carbonlib.records.model import CHARGES, Bill

# what a cell becomes that needs the careful reading
ODD: Any = type("Odd", (), {"__repr__": lambda _: "ODD"})()
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_LONGEST = 28  # characters; up to so many digits, the careful reading takes a number as it is


@lru_cache(maxsize=65536)
def _day(cell: str) -> Any:
    text = cell.strip()
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else ODD
    except ValueError:
        return ODD


def signed_number(cell: str) -> Any:
    """Return a number of plain digits, None for a blank; `ODD` for full-width digits, ▲ and all that is wrong.

    >>> signed_number("-2,298.5"), signed_number(" "), signed_number("1,2")
    (Decimal('-2298.5'), None, ODD)
    """
    text = cell.strip()
    if not text:
        return None
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return ODD
    return Decimal(text.replace(",", ""))


def plain_number(cell: str) -> Any:
    """Return the same, and `ODD` for what is below zero."""
    value = signed_number(cell)
    return ODD if value is not None and value is not ODD and value < 0 else value


def _word(words: Mapping[str, Any]) -> Callable[[str], Any]:
    return lambda cell: words.get(cell.strip(), ODD)


@lru_cache(maxsize=4096)
def _fits(carrier: str, unit: str) -> bool:
    try:
        return carrier in carriers() and bool(unit) and unit_fits(carrier, unit)
    except CarbonlibError:
        return False


_READERS: dict[str, Callable[[str], Any]] = {
    "start": _day,
    "end": _day,
    "tax": lru_cache(maxsize=64)(_word(TAXES)),
    "cost_unit": lru_cache(maxsize=64)(_word(COST_UNITS)),
    "estimated": lru_cache(maxsize=64)(_word(ESTIMATED)),
    **{c: signed_number if may_be_negative(c) else plain_number for c in NUMBERS},
}


def _column(read: Callable[[str], Any], cells: Sequence[str]) -> list[Any]:
    # a column that says the same in every row, as tax and unit do, is read once
    if cells.count(cells[0]) == len(cells):
        return [read(cells[0])] * len(cells)
    return list(map(read, cells))


def _charges(columns: Mapping[str, Sequence[Any]], odd: set[int], count: int) -> Iterator[dict[str, Decimal]]:
    """Return what each bill breaks down, and mark the rows whose power factor cannot be."""
    names = [c for c in CHARGES if c in columns and any(v is not None for v in columns[c])]
    for index, value in enumerate(columns.get("power_factor_percent", ())):
        if value is not None and value is not ODD and value > 100:
            odd.add(index)
    if not names:
        return ({} for _ in range(count))
    rows = zip(*(columns[c] for c in names), strict=True)
    return ({c: v for c, v in zip(names, row, strict=True) if v is not None} for row in rows)


def plain_bills(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    name: str,
    sites: Sequence[Collection[str]],
) -> list[Bill | None]:
    """Return the bill of each row, None for every row that needs the careful reading.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : sequence of sequence of str
        Cells, as many in each row as in the header.
    lines : sequence of int
        Where each row stands in the file `name`.
    sites : sequence of collection of str
        The sites of each row's company.
    """
    if not rows:
        return []
    read: dict[str, Sequence[Any]] = {
        column: _column(_READERS.get(column, str.strip), cells)
        for column, cells in zip(header, zip(*rows, strict=True), strict=True)
    }
    odd = {i for column in read.values() for i, value in enumerate(column) if value is ODD}
    start, end, quantity = read["start"], read["end"], read["quantity"]
    site, carrier, unit = read["site_id"], read["carrier"], read["unit"]
    charges = _charges(read, odd, len(rows))
    odd |= {
        i
        for i, (one, known, kind, of, amount) in enumerate(
            zip(site, sites, carrier, unit, quantity, strict=True)
        )
        if one not in known or amount is None or not _fits(kind, of)
    }
    odd |= {i for i, (a, b) in enumerate(zip(start, end, strict=True)) if i not in odd and b < a}
    scales = read.get("cost_unit") or repeat(1)
    costs = [
        None if c is None or c is ODD or s is ODD else c * s
        for c, s in zip(read.get("cost") or repeat(None, len(rows)), scales, strict=False)
    ]
    blank = repeat(None)
    made = map(
        Bill,
        *(site, read["meter_id"], carrier, start, end, quantity, unit, costs),
        read.get("tax") or repeat(TAXES[""]),
        read.get("contract_demand_kw") or blank,
        read.get("peak_demand_kw") or blank,
        read.get("estimated") or repeat(False),
        map(Place, repeat(name), lines),
        charges,
        read.get("note") or repeat(""),
    )
    return [None if i in odd else bill for i, bill in enumerate(made)]
