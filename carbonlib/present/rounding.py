"""Tables whose printed parts do not add up to their printed total, though the numbers behind them do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from carbonlib.present.table import Row

NOTE = "表示のときだけ四捨五入しているため、内訳の和と合計の末尾の桁が合わないところがあります。"
_NUMBER = re.compile(r"(▲?)([\d,]+)(?:\.(\d+))?(?![\d.])")


def rounding_notes(parts: Sequence[Row], total: Row) -> list[str]:
    """Return a note where a column of the parts, as they are printed, misses the printed total by rounding.

    A column that is no sum, such as one of unit prices, misses it by more and says nothing.

    >>> rounding_notes([Row(("電気", "32.3")), Row(("LPガス", "17.3"))], Row(("合計", "49.5"))) == [NOTE]
    True
    >>> rounding_notes([Row(("電気", "32.3")), Row(("LPガス", "17.3"))], Row(("合計", "49.6")))
    []
    """
    columns = zip(*(row.cells for row in (*parts, total)), strict=True)
    return [NOTE] if any(_apart(cells[:-1], cells[-1]) for cells in columns) else []


def _apart(cells: Sequence[str], total: str) -> bool:
    found = [_read(cell) for cell in cells]
    whole = _read(total)
    known = [n for n in found if n is not None]
    if whole is None or len(known) < 2:
        return False
    # each printed number is within half a unit of its last digit
    margin = sum((one[1] for one in (*known, whole)), Fraction(0)) / 2
    return 0 < abs(sum((n for n, _ in known), Fraction(0)) - whole[0]) <= margin


def _read(cell: str) -> tuple[Fraction, Fraction] | None:
    """Return the number that a cell begins with and the unit of its last digit."""
    match = _NUMBER.match(cell)
    if match is None:
        return None
    sign, digits, decimals = match[1], match[2].replace(",", ""), match[3] or ""
    unit = Fraction(1, 10 ** len(decimals))
    value = Fraction(int(digits + decimals)) * unit
    return (-value if sign else value), unit
