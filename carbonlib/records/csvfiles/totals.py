"""Rows and columns that add up others: compared with their sum, never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from carbonlib.errors import CarbonlibError
from carbonlib.records.bills import COMPANY
from carbonlib.records.csvfiles.cells import carrier_id
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.reading.cells import Number, is_nothing, number
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.sums import Stated, compare, in_unit
from carbonlib.records.reading.totalwords import says_sum, says_total
from carbonlib.records.reading.words import spelled
from carbonlib.units import read_number

_KEYS = ("site_id", "meter_id", "carrier", "start", "end", "month")


def is_dash(text: str) -> bool:
    """Return whether a cell holds a dash alone, which is a blank."""
    return bool(text) and not text[0].isdigit() and is_nothing(Cell(0, 0, text))


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
    # a day or a number is no total, and there are many
    written = (cells[columns[k]].strip() for k in _KEYS if k in columns)
    return any(c and not c[0].isdigit() and says_total(c) for c in written)


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
        keys = {k: cells[columns[k]].strip() for k in (COMPANY, *_KEYS) if k in columns}
        label = next((v for v in keys.values() if v and says_sum(v)), "")
        if label:
            given = {columns[k]: v for k, v in keys.items() if v and not says_total(v)}
            above = [r for r in bills if r < row and _shares(table.rows[r], given)]
            above = _alike(table, columns, row, above)
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


def _read(table: CsvTable, row: int, column: int) -> Number | None:
    return number(table.grid, table.grid.cell(row, column), Problems())


def _alike(table: CsvTable, columns: Mapping[str, int], row: int, above: Sequence[int]) -> list[int]:
    """Return the rows whose unit is one of what the unit of a total measures; all of them where it has none."""
    at = columns.get("unit")
    unit = table.rows[row][at].strip() if at is not None else ""
    if at is None or not unit:
        return list(above)
    own = {r: spelled(table.rows[r][at].strip()) for r in above}
    return [r for r in above if own[r] and in_unit(Number(Decimal(1), own[r]), spelled(unit)) is not None]


def _with_unit(table: CsvTable, columns: Mapping[str, int], row: int, column: str) -> Number | None:
    """Return the number of a cell with its unit: its own, else that beside it."""
    found = _read(table, row, columns[column])
    if found is None or found.unit:
        return found
    at = columns.get("unit" if column == "quantity" else "cost_unit")
    return Number(
        found.value, spelled(text) if at is not None and (text := table.rows[row][at].strip()) else ""
    )


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
        stated = _read(table, row, at) if at is not None else None
        if at is None or stated is None:
            continue
        values = [v for r in parts if (v := _with_unit(table, columns, r, column)) is not None]
        beside = _with_unit(table, columns, row, column)
        units = dict.fromkeys(v.unit for v in values)
        unit = beside.unit if beside and beside.unit else next(iter(units)) if len(units) == 1 else ""
        numbers = [in_unit(v, unit) if v.unit != unit else v.value for v in values]
        known = [n for n in numbers if n is not None]
        # without its own unit, a total of several is compared with none
        if known and len(known) == len(numbers) and (unit or len(units) == 1):
            found.append(compare(Stated(label, stated.value, table.place(row)), known, unit, problems))
    return bool(found) and all(found)
