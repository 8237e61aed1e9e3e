"""What stands below a table: values that belong to none of its rows, told from notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from carbonlib.records.workbook.cells import is_nothing
from carbonlib.records.workbook.grid import Cell, Grid
from carbonlib.records.workbook.months import plain

_LONGEST_VALUE = 12


def is_numeric(cell: Cell) -> bool:
    """Return whether a cell holds a number, or a text that begins with one."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return number or (isinstance(cell.value, str) and bool(re.match(r"[-−▲△+]?\d", plain(cell.text))))


def _is_note(cell: Cell, line: Sequence[Cell]) -> bool:
    """Return whether a cell below a table is words: no value, no value in words (約10), and no number in its line."""
    if not isinstance(cell.value, str) or is_numeric(cell) or not any(x.isalpha() for x in cell.text):
        return False
    in_words = len(cell.text) <= _LONGEST_VALUE and any(x.isdigit() for x in cell.text)
    return not in_words and not any(is_numeric(c) or isinstance(c.value, date) for c in line)


def values_below(grid: Grid, rows: Iterable[int], amounts: Sequence[int], costs: Sequence[int]) -> list[Cell]:
    """Return the values that belong to no row of a table: the amounts below it, else the costs."""
    found = []
    for row in rows:
        line = grid.row(row)
        for columns in (amounts, costs):
            cells = [grid.cell(row, c) for c in columns]
            values = [c for c in cells if not is_nothing(c) and not _is_note(c, line)]
            found += values
            if values:
                break
    return found
