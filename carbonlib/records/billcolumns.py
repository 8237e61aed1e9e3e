"""Bill rows by columns: plain cells are read a column at a time, any other row goes to `billrow` alone.

A row is read here only where `read_bill` would find nothing to say of it and return the same bill, so that every
sentence about a row is written in one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from carbonlib.errors import CarbonlibError
from carbonlib.factors import carriers
from carbonlib.records.billrow import (
    COST_UNITS,
    EARLIEST,
    ESTIMATED,
    LATEST,
    NUMBERS,
    TAXES,
    is_power_factor,
    may_be_negative,
    unit_fits,
)
from carbonlib.records.manybills import FIELDS
from carbonlib.records.model import CHARGES

# what a cell becomes that needs the careful reading
ODD: Any = type("Odd", (), {"__repr__": lambda _: "ODD"})()
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_LONGEST = 28  # characters; up to so many digits, the careful reading takes a number as it is


@lru_cache(maxsize=16384)
def word(cell: str) -> str:
    """Return a cell without the spaces around it; the same word is the same object, for memory's sake."""
    return cell.strip()


@lru_cache(maxsize=16384)
def _day(cell: str) -> Any:
    text = cell.strip()
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return ODD
    return day if day and EARLIEST <= day < LATEST else ODD


def _number(cell: str, *, negative: bool) -> Any:
    """Return a number of plain digits, None for a blank; `ODD` for full-width digits, ▲ and all that is wrong.

    >>> _number("2,298.5", negative=False), _number(" ", negative=False), _number("-3", negative=False)
    (Decimal('2298.5'), None, ODD)
    """
    text = cell.strip()
    if not text:
        return None
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return ODD
    value = Decimal(text.replace(",", ""))
    return value if negative or value >= 0 else ODD


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
    "note": str.strip,
    "tax": _word(TAXES),
    "cost_unit": _word(COST_UNITS),
    "estimated": _word(ESTIMATED),
    **{c: partial(_number, negative=may_be_negative(c)) for c in NUMBERS},
}


def _column(name: str, cells: Sequence[str], odd: set[int]) -> list[Any]:
    """Return a column's values; the rows where it needs care go to `odd`."""
    read = _READERS.get(name)
    if cells.count(cells[0]) == len(cells):  # it says the same in every row, as tax and unit do
        same = (read or word)(cells[0])
        if same is ODD:
            odd.update(range(len(cells)))
        return [same] * len(cells)
    if read is None:
        return list(map(word, cells))
    if name in NUMBERS:
        digits = "".join(cells)
        if digits.isdecimal() and digits.isascii() and max(map(len, cells)) <= _LONGEST:
            return [Decimal(c) if c else None for c in cells]
    values = list(map(read, cells))
    odd.update(i for i, value in enumerate(values) if value is ODD)
    return values


def _charges(
    columns: Mapping[str, Sequence[Any]], odd: set[int], count: int
) -> list[dict[str, Decimal] | None]:
    """Return what each bill breaks down, None for nothing; the rows whose power factor cannot be go to `odd`."""
    names = [c for c in CHARGES if c in columns and any(v is not None for v in columns[c])]
    if not names:
        return [None] * count
    for index, value in enumerate(columns.get("power_factor_percent", ())):
        if value is not None and value is not ODD and not is_power_factor(value):
            odd.add(index)
    rows = zip(*(columns[c] for c in names), strict=True)
    return [{c: v for c, v in zip(names, row, strict=True) if v is not None} for row in rows]


def _add_unfit(odd: set[int], fits: Callable[..., bool], *columns: Sequence[Any]) -> None:
    """Add the rows whose values do not fit together; each combination is asked for once."""
    if wrong := {row for row in set(zip(*columns, strict=True)) if not fits(*row)}:
        odd.update(i for i, row in enumerate(zip(*columns, strict=True)) if row in wrong)


def plain_columns(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    companies: Sequence[str],
    sites: Mapping[str, Collection[str]],
) -> tuple[dict[str, Sequence[Any]], set[int]]:
    """Return the columns of `ManyBills` for some rows, and the rows that need the careful reading: theirs mean nothing.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : sequence of sequence of str
        Cells, as many in each row as in the header.
    lines : sequence of int
        Where each row stands in the file.
    companies : sequence of str
        The company of each row.
    sites : mapping of str to collection of str
        The sites of each company.
    """
    odd: set[int] = set()
    if not rows:
        return dict.fromkeys(FIELDS, ()), odd
    read = {c: _column(c, cells, odd) for c, cells in zip(header, zip(*rows, strict=True), strict=True)}
    start, end, quantity = read["start"], read["end"], read["quantity"]
    site, carrier, unit = read["site_id"], read["carrier"], read["unit"]
    _add_unfit(odd, lambda company, one: one in sites.get(company, ()), companies, site)
    _add_unfit(odd, _fits, carrier, unit)
    if "" in (meter := read["meter_id"]):
        odd.update(i for i, name in enumerate(meter) if not name)
    if None in quantity:
        odd.update(i for i, amount in enumerate(quantity) if amount is None)
    charges = _charges(read, odd, len(rows))
    _add_unfit(odd, lambda a, b: a is not ODD and b is not ODD and a <= b, start, end)
    cost, scale = read.get("cost"), read.get("cost_unit")
    # the usual scale is 1, which leaves a number and its digits as they are
    if cost and scale and scale.count(1) < len(scale):
        cost = [c if c is None or c is ODD or s is ODD else c * s for c, s in zip(cost, scale, strict=True)]

    def or_all(column: str, value: Any) -> Sequence[Any]:
        return read.get(column) or [value] * len(rows)

    return {
        "site_id": site,
        "meter_id": meter,
        "carrier": carrier,
        "start": start,
        "end": end,
        "quantity": quantity,
        "unit": unit,
        "cost_jpy": cost or [None] * len(rows),
        "tax": or_all("tax", TAXES[""]),
        "contract_demand_kw": or_all("contract_demand_kw", None),
        "peak_demand_kw": or_all("peak_demand_kw", None),
        "estimated": or_all("estimated", ESTIMATED[""]),
        "place": lines,
        "charges": charges,
        "note": or_all("note", ""),
    }, odd
