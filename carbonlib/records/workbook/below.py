"""What stands below a table: values that belong to none of its rows, told from notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import plain

LONGEST_VALUE = 12
# what people write in place of an amount; a reader cannot tell which amount is meant
_STANDS_FOR_VALUE = re.compile(
    r"(?:使用)?(?:なし|無し?|ナシ|ゼロ|零|不明|未定|未記入|未請求|欠測|同上|同じ|同左|同額|々|〃|n/?a|none|nil|zero|ditto)"
    r"|約?[〇一二三四五六七八九十百千万億]+"
)


def is_numeric(cell: Cell) -> bool:
    """Return whether a cell holds a number, or a text that begins with one."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return number or (isinstance(cell.value, str) and bool(re.match(r"[-−▲△+]?\d", plain(cell.text))))


def stands_for_value(cell: Cell) -> bool:
    """Return whether a cell holds nothing but a word in the place of an amount: なし, 同上, 百二十."""
    return isinstance(cell.value, str) and bool(_STANDS_FOR_VALUE.fullmatch(plain(cell.text).strip("()。")))


def is_note(cell: Cell, line: Sequence[Cell]) -> bool:
    """Return whether a cell below a table is words: no value, no value in words (約10, 同上), and no number in its line."""
    if not isinstance(cell.value, str) or is_numeric(cell) or stands_for_value(cell):
        return False
    if not any(x.isalpha() for x in cell.text):
        return False
    in_words = len(cell.text) <= LONGEST_VALUE and any(x.isdigit() for x in cell.text)
    return not in_words and not any(is_numeric(c) or isinstance(c.value, date) for c in line)


def values_below(grid: Grid, rows: Iterable[int], amounts: Sequence[int], costs: Sequence[int]) -> list[Cell]:
    """Return the values that belong to no row of a table: the amounts below it, else the costs."""
    found = []
    for row in rows:
        line = grid.row(row)
        for columns in (amounts, costs):
            cells = [grid.cell(row, c) for c in columns]
            values = [c for c in cells if not is_nothing(c) and not is_note(c, line)]
            found += values
            if values:
                break
    return found
