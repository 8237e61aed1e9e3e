"""A workbook from file to bills and company entries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from carbonlib.errors import Place, shown
from carbonlib.records.model import Bill
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.known import Known
from carbonlib.records.reading.months import read_month
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.totalwords import is_total
from carbonlib.records.workbook.forms import read_forms
from carbonlib.records.workbook.ledger import name_what_is_left
from carbonlib.records.workbook.model import Form
from carbonlib.records.workbook.opening import open_workbook
from carbonlib.records.workbook.table_bills import overlaps, read_table
from carbonlib.records.workbook.tables import (
    LOOKED_FOR_EN,
    LOOKED_FOR_JA,
    Table,
    find_tables,
)
from carbonlib.records.workbook.titles import heading_of, is_datum

SUPPORT_SHEETS = ("使い方", "リスト")


@dataclass
class Opened:
    """A workbook that is open: its sheets, what they say of the company, what was wrong so far."""

    name: str
    grids: list[Grid]
    form: Form
    problems: Problems


def open_and_read_forms(path: Path, name: str) -> Opened:
    """Return a workbook with its forms read.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What messages call it.

    Raises
    ------
    RecordError
        For a file that is not opened.
    """
    grids, notes = open_workbook(path, name)
    problems = Problems(notes)
    return Opened(name, grids, read_forms(grids, problems), problems)


def _tables(opened: Opened, known: Known) -> list[Table]:
    found = []
    sites = {*known.sites, *known.sites.values()}
    for grid in opened.grids:
        if grid.sheet in opened.form.sheets or grid.sheet in SUPPORT_SHEETS or not grid.height:
            continue
        tables = find_tables(grid, sites) or find_tables(grid.turned(), sites)
        found += tables
        if not tables and (_has_numbers(grid) or _has_months_and_amounts(grid)):
            opened.problems.warning(
                "sheet_left_out",
                f"エネルギーの表が見つからないため、読みませんでした。{LOOKED_FOR_JA}。",
                f"No energy table was found, so it was not read. {LOOKED_FOR_EN}.",
                Place(opened.name, sheet=grid.sheet),
            )
    return found


def _has_numbers(grid: Grid) -> bool:
    return any(isinstance(v, int | float) and not isinstance(v, bool) for row in grid.values for v in row)


def _has_months_and_amounts(grid: Grid) -> bool:
    """Return whether a sheet has the headings of a table, whatever stands in it: twelve times なし, for one."""
    cells = [c for row in range(grid.height) for c in grid.row(row)]
    amounts = any(h and h.kind == "quantity" and h.unit for h in map(heading_of, cells))
    return amounts and any(read_month(c.value) is not None for c in cells)


def _has_values(grid: Grid) -> bool:
    """Return whether a sheet holds a value that somebody wrote: no zero, no sum that was calculated.

    A sheet read with rows and columns exchanged may be one whose months are not readable: there every word counts that
    is neither a heading nor a month.
    """
    cells = (c for row in range(grid.height) for c in grid.row(row) if (c.row, c.column) not in grid.formulas)
    return any(
        isinstance(c.value, bool) or (is_datum(c) and c.value != 0) or (grid.flipped and _is_lost(c))
        for c in cells
    )


def _is_lost(cell: Cell) -> bool:
    said = heading_of(cell)
    known = said is not None and bool(said.kind or said.carrier or said.unit or said.fiscal_year)
    return not (known or is_nothing(cell) or read_month(cell.value) is not None or is_total(cell.text))


def read_energy(opened: Opened, known: Known) -> list[Bill]:
    """Return the bills of a workbook that is open; problems go to `opened`.

    Parameters
    ----------
    opened : Opened
        From `open_and_read_forms`.
    known : Known
        Sites and meters of the company.
    """
    problems = opened.problems
    tables = _tables(opened, known)
    if not tables and not opened.form.sheets:
        problems.drop(f"{problems.prefix}.sheet_left_out")
        named = "・".join(shown(g.sheet) for g in opened.grids[:5] if g.sheet)
        ja, en = (f"（シート: {named}）", f" (sheets: {named})") if named else ("", "")
        problems.error(
            "layout",
            f"表の形が分かりません{ja}。{LOOKED_FOR_JA}。",
            f"The layout is not understood{en}. {LOOKED_FOR_EN}.",
            Place(opened.name),
        )
    rows = [row for table in tables for row in read_table(table, known, problems)]
    overlaps(rows, problems)
    spoken = {b.place.sheet for b in rows} | {
        # what is wrong in a sheet that was read turned, and gave nothing, may come of the turning
        f.place.sheet
        for f in problems.found
        if f.severity != "note" and f.place.sheet not in {t.grid.sheet for t in tables if t.grid.flipped}
    }
    for sheet in dict.fromkeys(t.grid.sheet for t in tables):
        if sheet not in spoken and any(_has_values(t.grid) for t in tables if t.grid.sheet == sheet):
            problems.warning(
                "nothing_taken",
                f"表の見出しはありますが、どの数値も取り込めませんでした。{LOOKED_FOR_JA}。",
                f"There are headings of a table, and none of its values could be taken in. {LOOKED_FOR_EN}.",
                Place(opened.name, sheet=sheet),
            )
    for sheet in dict.fromkeys(t.grid.sheet for t in tables):
        name_what_is_left([t for t in tables if t.grid.sheet == sheet], problems)
    for grid in opened.grids:
        _notes(grid, problems)
    return rows


def _notes(grid: Grid, problems: Problems) -> None:
    """Say where stored values of formulas and hidden rows, columns and sheets were read."""
    place = Place(grid.file, sheet=grid.sheet)
    used = {p for p in grid.used if 0 <= p[0] < len(grid.values) and p[1] < len(grid.values[p[0]])}
    used = {p for p in used if grid.values[p[0]][p[1]] not in ("", None)}
    if formulas := sorted(used & grid.formulas):
        problems.note(
            "formulas",
            f"{len(formulas)} か所の数式は、計算し直さず、保存されている値を使いました。",
            f"{len(formulas)} formulas were not calculated; their stored values were used.",
            grid.place(Cell(*formulas[0])),
        )
    if grid.hidden and used:
        problems.note("hidden_sheet", "隠れたシートも読みました。", "The hidden sheet was read.", place)
    if rows := sorted({p[0] for p in used} & grid.hidden_rows):
        listed = "・".join(str(r + 1) for r in rows[:10]) + (" など" if len(rows) > 10 else "")
        problems.note(
            "hidden_rows",
            f"隠れた行（{listed} 行目）も読みました。",
            f"Hidden rows were read as well ({listed}).",
            place,
        )
    if columns := sorted({p[1] for p in used} & grid.hidden_columns):
        problems.note(
            "hidden_columns",
            f"隠れた列（{len(columns)} 列）も読みました。",
            f"Hidden columns were read as well ({len(columns)}).",
            place,
        )
