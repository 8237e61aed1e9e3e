"""What was read and what was named of a sheet, held against what is there: no value under a heading of amounts is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from carbonlib.errors import shown
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import read_month
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.totalwords import is_total
from carbonlib.records.workbook.below import is_note
from carbonlib.records.workbook.tables import Table
from carbonlib.records.workbook.titles import heading_of, is_datum


def name_what_is_left(tables: Sequence[Table], problems: Problems) -> None:
    """Name the values under headings of amounts that were neither taken nor named, in one sentence for each block.

    Parameters
    ----------
    tables : sequence of Table
        All tables of one sheet, once their bills were read.
    problems : Problems
        What was found so far; takes the values that are left.
    """
    grid = tables[0].grid
    named = {f.place.cell for f in problems.found if f.severity != "note" and f.place.sheet == grid.sheet}
    named |= {p.cell for p in problems.named if p.sheet == grid.sheet}
    if not all(named):  # of the whole sheet
        return
    heads: dict[int, Cell] = {}
    block: dict[Cell, Cell] = {}
    for row in range(grid.height):
        table = next((t for t in tables if t.header <= row <= t.last), None)
        heads = _heads(grid, row, table, heads)
        left = _left(grid, row, table, {c: h for c, h in heads.items() if h.name not in named}, named)
        if block and not left:
            _name(grid, block, problems)
            block = {}
        block |= left
    if block:
        _name(grid, block, problems)


def _heads(grid: Grid, row: int, table: Table | None, heads: dict[int, Cell]) -> dict[int, Cell]:
    """Return the headings of amounts that stand over the cells below a row, by column."""
    if table and row <= table.first - 1:
        return {c.index: c.cell for c in table.of("quantity") if c.index not in table.set_aside}
    if any(is_datum(c) or isinstance(c.value, date | bool) for c in grid.row(row)):
        return heads
    said = {c: h.kind for c in range(grid.width) if (h := heading_of(grid.filled(row, c))) and h.kind}
    if len(said) < 2 or "quantity" not in said.values():
        return heads
    others = {c.index for c in table.columns if c.heading.kind not in {None, "quantity"}} if table else set()
    kept = {c: h for c, h in heads.items() if c not in said}
    return kept | {c: grid.filled(row, c) for c, k in said.items() if k == "quantity" and c not in others}


def _left(
    grid: Grid, row: int, table: Table | None, heads: dict[int, Cell], named: set[str]
) -> dict[Cell, Cell]:
    """Return the values of a row that nothing accounts for, each with the heading that it stands under."""
    line = grid.row(row)
    total = table.is_total(row) if table and table.month is not None else any(map(_is_total, line))
    if total or {grid.cell(row, c).name for c in range(grid.width)} & named:
        return {}
    cells = ((grid.cell(row, c), head) for c, head in heads.items())
    return {
        c: h
        for c, h in cells
        if c.name != h.name and _is_value(c, line) and (c.row, c.column) not in grid.used
    }


def _is_total(cell: Cell) -> bool:
    return isinstance(cell.value, str) and is_total(cell.text)


def _is_value(cell: Cell, line: Sequence[Cell]) -> bool:
    if is_nothing(cell) or is_note(cell, line):
        return False
    if not isinstance(cell.value, str):
        return True
    said = heading_of(cell)
    heads = said is not None and bool(said.kind or said.fiscal_year)
    return not heads and read_month(cell.value) is None


def _name(grid: Grid, block: dict[Cell, Cell], problems: Problems) -> None:
    heads = list(dict.fromkeys(h.text for h in block.values()))
    places = [grid.place(c) for c in sorted(block, key=lambda c: (c.column, c.row))]
    listed = cells_listed(places)
    problems.warning(
        "row_left",
        f"見出し{''.join(f'「{shown(h)}」' for h in heads)}の下の値（{listed}）は、どの表の行とも読めず、取り込んでいません。"
        "使用量なら、見出しと月のそろった表の行に書いてください。",
        f"The values under {', '.join(repr(shown(h)) for h in heads)} ({listed}) could not be read as rows of a table and were "
        "not taken in; if they are amounts, write them in rows of a table with headings and months.",
        places[0],
    )
