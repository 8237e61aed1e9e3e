"""Rows and columns that add up others: compared with their sum, never stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.records.bills import COMPANY
from carbonlib.records.csvfiles.cells import carrier_id
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.workbook.cells import is_nothing
from carbonlib.records.workbook.grid import Cell
from carbonlib.records.workbook.model import Problems
from carbonlib.records.workbook.months import plain
from carbonlib.records.workbook.words import is_total
from carbonlib.units import format_number, read_number

_KEYS = ("site_id", "meter_id", "carrier", "start", "end", "month")
_SUM = re.compile(
    r"(合計|総?計|小計|年計|年間計|年間合計|年間|通年|総合計|日計|日合計|月計|total|subtotal|sum)(\(.*\))?"
)


@cache
def says_total(text: str) -> bool:
    """Return whether a cell says that its row or column adds up or compares others.

    >>> says_total("合 計"), says_total("Total"), says_total("前年比"), says_total("本店")
    (True, True, True, False)
    """
    return is_total(text) or bool(_SUM.fullmatch(plain(text)))


@cache
def says_sum(text: str) -> bool:
    """Return whether it says that others are added up, and no average or comparison."""
    return bool(_SUM.fullmatch(plain(text)))


@dataclass(frozen=True)
class Stated:
    """A total as it is written: its label, its value, and where it stands."""

    label: str
    value: Decimal
    place: Place


def compare(stated: Stated, parts: Sequence[Decimal], unit: str, problems: Problems) -> bool:
    """Return whether a stated total is the sum of its parts; name it where it is not.

    What rounding of the printed digits explains is a note, else it is a warning: the total or one of its parts is wrong.
    """
    total = sum(parts, Decimal(0))
    if total == stated.value:
        return True
    off = stated.value - total
    slack = sum((_step(v) for v in (stated.value, *parts)), Decimal(0)) / 2
    mixed = len({_step(v) for v in (stated.value, *parts)}) > 1
    by_rounding = mixed and abs(off) <= slack
    written, summed, difference = (format_number(v) for v in (stated.value, total, off))
    unit = f"{shown(unit)} " if unit else ""
    sentence = (
        f"「{shown(stated.label)}」の {written} {unit}が、{len(parts)} 個の値の和 {summed} {unit}と合いません（差 {difference}）。",
        f"{shown(stated.label)!r} is {written} {unit}and the sum of its {len(parts)} values {summed} {unit}(off by {difference}). ",
    )
    if by_rounding:
        problems.note(
            "total_rounded",
            sentence[0] + "丸めで説明できる差です。",
            sentence[1] + "Rounding explains it.",
            stated.place,
        )
    else:
        problems.warning(
            "total_differs",
            sentence[0] + "抜けた値・桁・単位を確かめてください。合計は取り込みません。",
            sentence[1] + "Look for a value left out, digits and units; the total itself is not stored.",
            stated.place,
        )
    return False


def _step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0))


def is_dash(text: str) -> bool:
    """Return whether a cell holds a dash alone, which is a blank."""
    return bool(text) and is_nothing(Cell(0, 0, text))


def plain_number(text: str) -> Decimal | None:
    """Return the number of a cell, None where there is none; what is no number is named elsewhere."""
    try:
        return read_number(text.strip()) if text.strip() and not is_dash(text.strip()) else None
    except CarbonlibError:
        return None


def is_total_row(table: CsvTable, columns: Mapping[str, int], row: int) -> bool:
    """Return whether a row of bills adds up or compares others; an id such as ``total`` is a company's."""
    cells = table.rows[row]
    company = cells[columns[COMPANY]].strip() if COMPANY in columns else ""
    if company and not company.isascii() and says_total(company):
        return True
    return any(c and says_total(c) for k in _KEYS if k in columns and (c := cells[columns[k]].strip()))


def compare_totals(
    table: CsvTable, columns: Mapping[str, int], is_total: Sequence[bool], problems: Problems
) -> None:
    """Compare every row of a total with the rows since the one before it, else with all above it.

    Parameters
    ----------
    table : CsvTable
        Bills in long form.
    columns : mapping of str to int
        Where each column stands.
    is_total : sequence of bool
        For each row of the table.
    problems : Problems
        Takes each total that is not the sum, and which rows were left out.
    """
    totals = [r for r, total in enumerate(is_total) if total]
    bills = [r for r, total in enumerate(is_total) if not total]
    right, before = 0, -1
    for row in totals:
        cells = table.rows[row]
        keys = {k: cells[columns[k]].strip() for k in (COMPANY, *_KEYS, "unit") if k in columns}
        label = next((v for v in keys.values() if v and says_sum(v)), "")
        if label:
            given = {columns[k]: v for k, v in keys.items() if v and not says_total(v)}
            above = [r for r in bills if r < row and _shares(table.rows[r], given)]
            near = [r for r in above if r > before]
            if any(_adds_up(table, columns, row, label, parts, Problems()) for parts in (near, above)):
                right += 1
            else:
                _adds_up(table, columns, row, label, near or above, problems)
        before = row
    if totals:
        lines = "・".join(str(table.lines[r]) for r in totals[:10]) + ("…" if len(totals) > 10 else "")
        problems.note(
            "totals_left_out",
            f"合計などの行（{lines} 行目）は取り込みません。和が合うと確かめた行: {right}。",
            f"Rows of totals (lines {lines}) are not stored; {right} of them were found to add up.",
            table.place(totals[0]),
        )


def _shares(cells: Sequence[str], given: Mapping[int, str]) -> bool:
    return all(carrier_id(cells[at].strip()) == carrier_id(value) for at, value in given.items())


def _adds_up(
    table: CsvTable,
    columns: Mapping[str, int],
    row: int,
    label: str,
    parts: Sequence[int],
    problems: Problems,
) -> bool:
    """Return whether amount and cost of a total row are the sums of some rows, as far as they can be compared."""
    found = []
    for column in ("quantity", "cost"):
        at = columns.get(column)
        stated = plain_number(table.rows[row][at]) if at is not None else None
        if at is None or stated is None:
            continue
        values = [v for r in parts if (v := plain_number(table.rows[r][at])) is not None]
        beside = columns.get("unit" if column == "quantity" else "cost_unit")
        units = {table.rows[r][beside].strip() for r in parts} if beside is not None else {""}
        if values and len(units) == 1:
            found.append(compare(Stated(label, stated, table.place(row)), values, units.pop(), problems))
    return bool(found) and all(found)
