"""The names of cells, as in B3, and where they stand."""

from __future__ import annotations

import re

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel itself: XFD1048576
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Position = tuple[int, int]


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell counted from 0.

    >>> cell_name(2, 1)
    'B3'
    """
    return f"{column_name(column)}{row + 1}"


def position_of(reference: str) -> Position | None:
    """Return row and column, counted from 0, of a cell that Excel can have; None for any other text.

    >>> position_of("B3"), position_of("XFD1048576")
    ((2, 1), (1048575, 16383))
    >>> position_of("XFE1"), position_of("A1048577"), position_of("B99999999999"), position_of("ZZZZZ3")
    (None, None, None, None)
    """
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = -1
    for letter in match[1]:
        column = (column + 1) * 26 + ord(letter) - 65
    row = int(match[2]) - 1
    return (row, column) if row < LAST_ROW and column < LAST_COLUMN else None
