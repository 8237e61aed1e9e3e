"""What the title of a table says: beside its headings where months stand side by side, and of which months it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from carbonlib.fiscal_year import Month
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import fiscal_year_in, plain, read_month, year_of
from carbonlib.records.reading.words import LONGEST_HEADING, Heading, heading
from carbonlib.records.workbook.below import LONGEST_VALUE, is_numeric, stands_for_value

_YEAR = r"(?:(?P<era{0}>令和|平成|r|h)\.?(?P<n{0}>元|\d{{1,2}})|(?P<y{0}>(?:19|20)\d\d))[年./-]"
_END = r"(?P<m{0}>0?[1-9]|1[0-2])(?:月(?:\d{{1,2}}日|末|分)?)?"
_SPAN = re.compile(
    rf"(?<!\d){_YEAR.format(0)}{_END.format(0)}(?:[~〜―–-]|から)(?:{_YEAR.format(1)})?{_END.format(1)}(?![\d年./月])"
)


def months_named(text: str) -> list[Month]:
    """Return the months from one to another that a text names, no more than twelve; none where it does not.

    >>> [str(m) for m in months_named("直近3か月（2024年11月～2025年1月）")], months_named("2024年11月")
    (['2024-11', '2024-12', '2025-01'], [])
    """
    found = list(_SPAN.finditer(plain(text)))
    if len(found) != 1:
        return []
    first_year, last_year = (year_of(found[0], str(side)) for side in (0, 1))
    first, last = int(found[0]["m0"]), int(found[0]["m1"])
    assert first_year is not None
    count = (
        ((first_year + (last < first) if last_year is None else last_year) - first_year) * 12
        + last
        - first
        + 1
    )
    if not 1 < count <= 12:
        return []
    return [Month(first_year + (first - 1 + n) // 12, (first - 1 + n) % 12 + 1) for n in range(count)]


def years_of_months(cells: Iterable[Cell]) -> dict[int, int]:
    """Return the year of each month that one of some texts, the nearest first, says a table is of."""
    return next(({m.month: m.year for m in found} for c in cells if (found := months_named(c.text))), {})


def heading_of(cell: Cell) -> Heading | None:
    """Return what a cell says as the heading of a column, None for a number, a sentence or nothing."""
    if not isinstance(cell.value, str) or cell.blank or len(cell.text) > LONGEST_HEADING or "。" in cell.text:
        return None
    return heading(cell.text)


def is_datum(cell: Cell) -> bool:
    """Return whether a cell is a number and no heading that begins with one, such as 2024年度 or 4月."""
    if not is_numeric(cell) or read_month(cell.value) is not None or months_named(cell.text):
        return False
    return not isinstance(cell.value, str) or (
        not heading(cell.text).kind and fiscal_year_in(cell.text) is None and len(cell.text) < LONGEST_HEADING
    )


def _is_title(cell: Cell) -> bool:
    """Return whether a cell is words, and no amount in words such as なし or 約10."""
    if not isinstance(cell.value, str) or is_datum(cell) or stands_for_value(cell):
        return False
    if any(x.isdigit() for x in cell.text) and len(cell.text) <= LONGEST_VALUE:
        return bool(fiscal_year_in(cell.text) or heading(cell.text).kind or months_named(cell.text))
    return any(x.isalpha() for x in cell.text)


def lines_beside(grid: Grid, columns: Sequence[int], left_of: int) -> list[list[Cell]]:
    """Return the lines of words to the left of a table that is read with rows and columns exchanged, nearest first.

    Such lines stand above it in the sheet: its title, and who it is of.

    Parameters
    ----------
    grid : Grid
        The view with rows and columns exchanged.
    columns : sequence of int
        Columns of the view that may hold such lines.
    left_of : int
        The first column of the table itself.
    """
    lines = []
    for column in sorted((c for c in columns if c < left_of), reverse=True):
        cells = [c for r in range(grid.height) if not (c := grid.cell(r, column)).blank]
        if cells and all(_is_title(c) for c in cells):
            lines.append(cells)
    return lines
