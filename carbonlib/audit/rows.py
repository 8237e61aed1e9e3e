"""A printed table as the calculation sees it: rows of values, each with its interval and the size of its unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from carbonlib.audit.intervals import Interval, cut_off, printed
from carbonlib.audit.known import carrier_of
from carbonlib.audit.sizes import Size, size_of
from carbonlib.records.printed_cells import Cell, read_cell
from carbonlib.records.printed_columns import Column
from carbonlib.records.printed_table import PrintedTable, TableRow

VALUED = ("quantity", "factor", "result")
_TOTAL = re.compile(
    r"(総|大)?(合計|小計|総計|累計|計|総額)([(:].*)?|.*(合計|小計|総計)([(:].*)?"
    r"|(燃料|電気|電力|ガス|熱|その他|全体|年間|年度|上期|下期|全社|全市)計"
    r"|(grand|sub|over)?-?(total|sum)s?\b.*|.*\b(sub)?total"
)
_SUBTOTAL = re.compile(r".*小計.*|sub-?total.*|.*subtotal|.+[^合総小]計|計")
_MEAN = re.compile(r"平均|(average|mean)\b")
_OF_WHICH = re.compile(r"[(]?(うち|内数|内、|of which|including)")


@dataclass(frozen=True)
class Value:
    """A number in a row: its cell, what it stands for, and its unit with where the unit is written."""

    column: Column
    cell: Cell
    number: Decimal
    interval: Interval
    size: Size | None = None
    unit_at: str = ""  # cell, column, header, or empty
    unit_column: Column | None = None


@dataclass(frozen=True)
class Row:
    """One row: its values by column, the carrier that it names, and whether it is a total."""

    source: TableRow
    values: Mapping[int, Value]
    label: str
    carrier: str
    carrier_column: Column | None
    total: bool
    subtotal: bool
    of_which: bool
    mean: bool
    unreadable: tuple[tuple[Column, Cell], ...] = ()

    @property
    def number(self) -> int:
        """The row's number below the heading, from 1."""
        return self.source.number


def _plain(text: str) -> str:
    return re.sub(r"[\s　]", "", unicodedata.normalize("NFKC", text)).casefold()


def unit_columns(columns: tuple[Column, ...]) -> dict[int, Column]:
    """Return, by the index of a value's column, the column with its units: beside it, on its right if possible."""
    found: dict[int, Column] = {}
    valued = [c for c in columns if c.role in VALUED]
    for unit in (c for c in columns if c.role == "unit"):
        left = [c for c in valued if c.index < unit.index and c.index not in found]
        right = [c for c in valued if c.index > unit.index and c.index not in found]
        if left or right:
            found[(left[-1] if left else right[0]).index] = unit
    return found


def _unit_column_of_row(
    column: Column, units: Mapping[int, Column], cells: tuple[str, ...], columns: tuple[Column, ...]
) -> Column | None:
    """Return the column with this row's unit: a ratio belongs to a factor, anything else to no factor."""
    unit = units.get(column.index)
    if unit is not None:
        size = size_of(cells[unit.index].strip())
        if size is None or bool(size.below) == (column.role == "factor"):
            return unit
        return None
    for owner, other in units.items():
        size = size_of(cells[other.index].strip())
        held = columns[owner]
        if size is None or bool(size.below) == (held.role == "factor"):
            continue
        # the unit does not fit the column it stands beside: kWh beside a price is the amount's
        if column.role == ("factor" if size.below else "quantity"):
            return other
    return None


def _value(
    column: Column, row: TableRow, units: Mapping[int, Column], columns: tuple[Column, ...]
) -> Value | Cell:
    cell = read_cell(row.cells[column.index])
    if cell.state != "number" or cell.number is None:
        return cell
    where = printed(cell.number)
    if cell.unit:
        return Value(column, cell, cell.number, where, size_of(cell.unit), "cell")
    beside = _unit_column_of_row(column, units, row.cells, columns)
    if beside is not None and (size := size_of(row.cells[beside.index].strip())) is not None:
        return Value(column, cell, cell.number, where, size, "column", beside)
    return Value(column, cell, cell.number, where, size_of(column.unit), "header" if column.unit else "")


def rows_of(table: PrintedTable) -> list[Row]:
    """Return the rows of a table, each cell read; a row of notes without any number is left out.

    Parameters
    ----------
    table : PrintedTable
        As read from a file.

    Returns
    -------
    list of Row
        Intervals are in the unit printed with each cell.
    """
    units = unit_columns(table.columns)
    valued = [c for c in table.columns if c.role in VALUED]
    made = []
    for source in table.rows:
        values: dict[int, Value] = {}
        bad = []
        for column in valued:
            value = _value(column, source, units, table.columns)
            if isinstance(value, Value):
                values[column.index] = value
            elif value.state == "text":
                bad.append((column, value))
        texts = [(c, source.cells[c.index].strip()) for c in table.columns if c.role in {"carrier", "other"}]
        words = [_plain(t) for _, t in texts if t and read_cell(t).state == "text"]
        # a label in a column that ought to hold numbers: 合計 below 使用量 in a table without labels
        words += [_plain(cell.text) for column, cell in bad if _TOTAL.fullmatch(_plain(cell.text))]
        if not values:
            continue
        named = [(c, carrier_of(t)) for c, t in texts if c.role == "carrier"]
        carrier_column, carrier = next(((c, k) for c, k in named if k), (None, ""))
        total = any(_TOTAL.fullmatch(w) for w in words)
        mean = any(_MEAN.match(w) for w in words)
        made.append(
            Row(
                source,
                values,
                next((t for _, t in texts if t and read_cell(t).state == "text"), ""),
                carrier,
                carrier_column,
                total,
                total and any(_TOTAL.fullmatch(w) and _SUBTOTAL.fullmatch(w) for w in words),
                any(_OF_WHICH.match(w) for w in words),
                mean,
                () if total or mean else tuple(bad),
            )
        )
    return made


def rounded_down(row: Row, columns: frozenset[int]) -> Row:
    """Return the row with the values of some columns standing for numbers that were rounded down (切り捨て)."""
    values = {i: replace(v, interval=cut_off(v.number)) if i in columns else v for i, v in row.values.items()}
    return replace(row, values=values)
