"""What stands in a row whose amount is blank or whose month is not readable: it is named, never passed over."""

from __future__ import annotations

from carbonlib.errors import shown
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import Kind
from carbonlib.records.workbook.headings import is_unit_line
from carbonlib.records.workbook.series import Series
from carbonlib.records.workbook.tables import Table
from carbonlib.records.workbook.titles import is_datum


def already_named(grid: Grid, row: int, problems: Problems) -> bool:
    """Return whether an error was named in a row."""
    return any(grid.place(c) in problems.named for c in grid.row(row))


def units_alone(grid: Grid, row: int, problems: Problems) -> bool:
    """Return whether a row between others holds units and nothing else, as where a sheet changes them; it is named."""
    cells = grid.row(row)
    if not all(isinstance(c.value, str) and is_unit_line(c.text) for c in cells):
        return False
    units = [shown(c.text) for c in cells]
    problems.error(
        "units_between",
        f"表の途中に単位だけの行（{'・'.join(units)}）があります。途中で単位を変えず 1 つにそろえるか、見出しから書いて別の表にしてください。",
        f"A row of units alone ({', '.join(units)}) stands between the rows; keep to one unit, or begin another table with "
        "its own heading.",
        grid.place(cells[0]),
    )
    return True


def name_lonely(table: Table, series: Series, row: int, amount: Cell, problems: Problems) -> None:
    """Name a row that has a cost, a peak or a part of the amount and no amount."""
    grid = table.grid
    kinds: tuple[Kind, ...] = ("cost", "peak", "quantity")
    for kind in kinds:
        for column in series.columns.get(kind, []):
            cell = grid.cell(row, column.index)
            # the 0 of a formula is no cost of a month to come; a part of 0 says something of its month
            if is_nothing(cell) or grid.covered(row, column.index):
                continue
            if kind == "quantity" or cell.value != 0:
                problems.error(
                    "no_amount",
                    f"使用量が空欄で「{shown(column.text)}」だけがあります。使用量を書くか、使用がなければ 0 を書いてください。",
                    f"The amount is blank beside {shown(column.text)!r}; write the amount, or 0 for no use.",
                    grid.place(amount),
                )
                return


def name_unheaded(table: Table, row: int, problems: Problems) -> None:
    """Name a row whose amount is blank and which has one in a column that no heading explains."""
    grid = table.grid
    headed = {column.index for column in table.columns}
    beside = (grid.cell(row, i) for i in range(grid.width) if i not in headed)
    for cell in beside:
        if not is_datum(cell) or not cell.value or already_named(grid, row, problems):
            continue
        problems.warning(
            "no_heading",
            f"使用量が空欄で、見出しの読めない列に値（{shown(cell.text)}）があります。取り込んでいません。使用量なら見出しを書いてください。",
            f"The amount is blank and a column whose heading is not read holds {shown(cell.text)!r}, which was not taken; "
            "if it is an amount, write its heading.",
            grid.place(cell),
        )
