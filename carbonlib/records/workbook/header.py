"""The heading of a table: which row it is, where the months are, which rows above and below it belong to it."""

from __future__ import annotations

from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import fiscal_year_in, plain, read_month
from carbonlib.records.reading.totalwords import is_total
from carbonlib.records.reading.words import LONGEST_HEADING, carrier_in, heading, is_bare_unit
from carbonlib.records.workbook.headings import is_unit_line
from carbonlib.records.workbook.titles import heading_of, is_datum

HEADS_OF_LINES = {"unit", "carrier", "site", "meter", "cost_unit"}
LABELS = {
    *("事業所", "エネルギー種別", "メーター名", "使用量の単位", "料金の単位", "単位", "供給者"),
}


def is_period(cell: Cell, *, bare: bool) -> bool:
    """Return whether a cell holds a month or a period; with `bare`, a number alone is one."""
    return not cell.blank and read_month(cell.value, bare=bare) is not None


def period_column(grid: Grid, row: int) -> tuple[int | None, bool]:
    """Return the column of months under a header row, and whether its heading says so."""
    for column in range(min(grid.width, 40)):
        found = heading_of(grid.filled(row, column))
        if found and found.kind == "month":
            return column, True
    counts = {
        column: not _heads_amounts(grid, row, column)
        and sum(is_period(grid.filled(r, column), bare=False) for r in range(row + 1, row + 40))
        for column in range(min(grid.width, 12))
    }
    best = max(counts, key=lambda c: (counts[c], -c), default=0)
    return (best, False) if counts.get(best) else (None, False)


def _heads_amounts(grid: Grid, row: int, column: int) -> bool:
    """Return whether a heading of amounts stands in a column at a row or right below it: its dates are no months."""
    cells = [c for r in (row, row + 1) if not is_unit_line((c := grid.filled(r, column)).text)]
    return any((h := heading_of(c)) and h.kind in {"quantity", "cost"} for c in cells)


def is_header(grid: Grid, row: int, *, under_data: bool = False) -> bool:
    """Return whether a row heads a table: a heading of amounts over numbers or beside others, and months below.

    A row of a month or of a total, and under rows of data any row, with units and no other heading is one of data, whose
    amounts are slips (G, l) or units of their own.
    """
    said = {c: h for c in range(grid.width) if (h := heading_of(grid.filled(row, c))) and h.kind}
    kinds = [(c, h.kind) for c, h in said.items()]
    amounts = [c for c, kind in kinds if kind == "quantity"]
    if said and {k for c, k in kinds if not is_bare_unit(grid.filled(row, c).text)} <= {"ignored"}:
        cells = [grid.filled(row, c) for c in range(grid.width)]
        if under_data or any(is_period(c, bare=False) or is_total(c.text) for c in cells):
            return False
    if "month" in {kind for _, kind in kinds}:  # 年月, 事業所, 電気 over a line of units
        amounts += [
            c
            for c in range(grid.width)
            if carrier_in(grid.cell(row, c).text)
            and (h := heading_of(grid.cell(row + 1, c)))
            and h.unit
            and is_unit_line(grid.cell(row + 1, c).text)
        ]
    if not amounts or any(is_datum(grid.cell(row, c)) for c in range(grid.width)):
        return False
    if {"month", "start"} & {kind for _, kind in kinds}:
        return True
    month = period_column(grid, row)[0]
    if month is None or (under_data and is_period(grid.filled(row, month), bare=False)):
        return False
    # a title such as 電気使用量実績表 stands alone, over the months (beside days of reading) or merged across them
    over = [c for c in amounts if c != month and grid.filled(row, c) != grid.filled(row, month)]
    return any(is_datum(grid.cell(r, c)) for c in over for r in range(row + 1, row + 7)) or len(over) > 1


def says_month(grid: Grid, row: int) -> bool:
    """Return whether a row has a heading of months or of first days."""
    found = (heading_of(grid.filled(row, c)) for c in range(grid.width))
    return any(h is not None and h.kind in {"month", "start"} for h in found)


def _labels(cells: list[Cell]) -> list[str]:
    return [text for c in cells if (text := plain(c.text).rstrip(":")) in LABELS]


def is_group_row(grid: Grid, row: int, month: int | None) -> bool:
    """Return whether the row above a header names groups of columns: carriers or years, beyond the first column."""
    cells = [c for i in range(grid.width) if not (c := grid.cell(row, i)).blank]
    said = heading_of(grid.cell(row, month or 0))
    if said and said.kind == "site" and len(cells) > 2 and len(set(_labels(cells))) == 1:
        return True
    if not cells or _labels(cells):
        return False
    beyond = [i for i in range(grid.width) if i > (month or 0) and not grid.cell(row, i).blank]
    return bool(beyond) and all(
        isinstance((c := grid.cell(row, i)).value, str)
        and len(c.text) <= LONGEST_HEADING
        and (carrier_in(c.text) or fiscal_year_in(c.text) or heading(c.text).kind)
        for i in beyond
    )


def texts_of(grid: Grid, row: int, *, carry: bool) -> list[str]:
    """Return the heading texts of a row; with `carry`, a group's name reaches to the next one."""
    texts, last = [], ""
    for column in range(grid.width):
        cell = grid.filled(row, column)
        text = cell.text if isinstance(cell.value, str) and len(cell.text) <= LONGEST_HEADING else ""
        last = text or (last if carry else "")
        texts.append(last if carry else text)
    return texts


def goes_on(grid: Grid, row: int, month: int | None) -> bool:
    """Return whether a row is a further line of a header, such as one of units: headings alone, and no label."""
    of_units = False  # 単位 before them says that they are units, known or not
    if month is not None and not grid.covered(row, month):
        label = grid.cell(row, month)
        own = heading_of(label)
        of_units = own is not None and own.kind == "unit"
        if not label.blank and not (own and own.kind in {"month", *HEADS_OF_LINES}):
            return False
    others = [grid.cell(row, c) for c in range(grid.width) if c != month]
    return all(
        not is_datum(c)
        and (h := heading_of(c)) is not None
        and (h.kind or h.unit or h.money or is_unit_line(c.text) or (of_units and not is_nothing(c)))
        for c in others
        if not c.blank
    )


def first_row(grid: Grid, header: int, stop: int, month: int | None, bare: bool) -> int:
    """Return the first row of data under a header: the first with a period, or with anything that is no heading."""
    for row in range(header + 1, min(stop, header + 12)):
        period = month is not None and is_period(grid.filled(row, month), bare=bare)
        if period or not goes_on(grid, row, month):
            return row
    return header + 1
