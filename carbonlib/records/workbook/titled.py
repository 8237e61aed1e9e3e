"""Columns under one title: 電気使用量(kWh) above 月, and below it a column for each site or each year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import fiscal_year_in, plain, read_month
from carbonlib.records.reading.totalwords import is_total
from carbonlib.records.reading.words import LONGEST_HEADING, Heading
from carbonlib.records.workbook.titles import heading_of, is_datum

_NEAR = 3  # rows between a title and the headings that it is of


def _title(lines: Iterable[list[Cell]]) -> Heading | None:
    """Return what the nearest line with words says, where it is one title of amounts."""
    line = next((cells for cells in lines if cells), None)
    if line is None:
        return None
    said = [heading_of(c) for c in line]
    titles = [h for h in said if h and h.kind]
    # beside it at most the year or the unit: other words may be amounts (なし) of a line of months side by side
    alone = all(h and (h.kind or h.unit or h.fiscal_year) for h in said)
    return titles[0] if alone and len(titles) == 1 and titles[0].kind == "quantity" else None


def _label(grid: Grid, row: int, said: Mapping[int, Heading | None]) -> int | None:
    """Return the column of months side by side in a sheet seen turned, where it is headed by 事業所 or by nothing."""
    for column, own in said.items():
        headed = own is not None and own.kind == "site"
        below = (grid.cell(r, column) for r in range(row + 1, min(row + 14, grid.height)))
        if (headed or grid.cell(row, column).blank) and any(read_month(c.value) is not None for c in below):
            return column
    return None


def _title_of(grid: Grid, row: int, said: Mapping[int, Heading | None]) -> tuple[Heading | None, int]:
    """Return the title of the headings of a row, and the column that the headings begin behind."""
    if not grid.flipped:
        kinds = {h.kind for h in said.values() if h}
        above = (grid.row(r) for r in range(row - 1, max(row - 1 - _NEAR, -1), -1))
        return (_title(above) if "month" in kinds and "quantity" not in kinds else None), -1
    label = _label(grid, row, said)
    if label is None or any(h and h.kind == "quantity" and c > label for c, h in said.items()):
        return None, -1
    before = range(label - 1, max(label - 1 - _NEAR, -1), -1)
    lines = ([c for r in range(grid.height) if not (c := grid.cell(r, b)).blank] for b in before)
    return _title(lines), label


def titled_columns(grid: Grid, row: int, sites: Collection[str]) -> dict[int, Heading | None]:
    """Return the columns of a row of headings that say nothing but whose or when, by index; none where it is another row.

    Parameters
    ----------
    grid : Grid
        A sheet.
    row : int
        The row that may be one of headings.
    sites : collection of str
        Names and ids of the company's sites.

    Returns
    -------
    dict of int to Heading or None
        What the title says of the column; None for one that is neither a site's nor a year's nor a total.
    """
    said = {c: heading_of(grid.filled(row, c)) for c in range(grid.width)}
    title, label = _title_of(grid, row, said)
    if title is None:
        return {}
    names = {plain(s) for s in sites}
    found: dict[int, Heading | None] = {}
    for column, own in said.items():
        if column <= label:
            continue
        cell = grid.cell(row, column)
        if not cell.blank and read_month(cell.value) is not None:
            return {}  # months side by side
        known = (
            plain(cell.text) in names
        )  # a site may be called 支店, which heads a column of sites elsewhere
        if own and own.kind == "site" and not known:
            return {}
        if own is None or (own.kind and not known) or is_total(cell.text) or not _has_data(grid, row, column):
            continue
        year = fiscal_year_in(cell.text)
        told = replace(title, total=False, fiscal_year=year or title.fiscal_year)
        found[column] = told if known or year else None
    # without a unit in the title, columns of which none is known may be of anything
    return found if title.unit or any(found.values()) else {}


def with_own_unit(title: Heading, own: Heading) -> Heading:
    """Return what a title says, with the unit of the column's own lines; two that differ are refused as a unit."""
    return replace(title, unit="・".join(dict.fromkeys(u for u in (title.unit, own.unit) if u)))


def _has_data(grid: Grid, row: int, column: int) -> bool:
    below: list[Cell] = [grid.cell(r, column) for r in range(row + 1, min(row + 14, grid.height))]
    return len(grid.cell(row, column).text) <= LONGEST_HEADING and any(is_datum(c) for c in below)
