"""Columns that add up the columns of the sites: compared with their sum row by row, never stored."""

from __future__ import annotations

from collections.abc import Sequence

from carbonlib.errors import shown
from carbonlib.records.reading.cells import Number, is_nothing, number
from carbonlib.records.reading.known import Known, site_in
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.sums import Stated, compare, in_unit
from carbonlib.records.reading.totalwords import says_sum, says_total
from carbonlib.records.workbook.tables import Column, Table

_KINDS = ("quantity", "cost")


def site_totals(table: Table, known: Known) -> dict[int, list[Column]]:
    """Return the columns of totals over sites, by index, each with the columns that it adds up.

    Parameters
    ----------
    table : Table
        Whose headings name the sites.
    known : Known
        The sites.
    """
    parts = [
        c
        for c in table.columns
        if c.heading.kind in _KINDS and not c.heading.total and site_in(c.text, known)
    ]
    found = {}
    for column in table.columns:
        said = column.heading
        bare = said.kind is None and says_sum(column.text)
        if site_in(column.text, known) or not (bare or (said.kind in _KINDS and said.total)):
            continue
        own = [
            p
            for p in parts
            if (bare or p.heading.kind == said.kind)
            and said.carrier in {None, p.heading.carrier}
            and said.fiscal_year in {None, p.heading.fiscal_year}
        ]
        # 合計 alone, over amounts and costs or over two kinds of energy, does not say what it adds up
        of = {(p.heading.kind, p.heading.carrier, p.heading.fiscal_year) for p in own}
        if len(own) > 1 and len(of) == 1:
            found[column.index] = own
    return found


def compare_site_totals(table: Table, known: Known, problems: Problems) -> None:
    """Name each value of a column of totals that is not the sum of its sites' values.

    Parameters
    ----------
    table : Table
        A table as it was found.
    known : Known
        The sites.
    problems : Problems
        Takes the totals that do not add up, and which columns were left out.
    """
    for column in table.columns:
        parts = site_totals(table, known).get(column.index)
        if parts is None:
            continue
        rows = range(table.first, table.last + 1)
        right = sum(_adds_up(table, column, parts, row, problems) for row in rows)
        problems.note(
            "total_column",
            f"列「{shown(column.text)}」は事業所の合計なので取り込みません。和が合うと確かめた行: {right}。",
            f"The column {shown(column.text)!r} adds up the sites and is not stored; {right} rows were found to add up.",
            table.grid.place(column.cell),
        )


def _adds_up(table: Table, column: Column, parts: Sequence[Column], row: int, problems: Problems) -> bool:
    grid = table.grid
    cell = grid.cell(row, column.index)
    stated = _value(table, row, column)
    if stated is None or (stated.value == 0 and (cell.row, cell.column) in grid.formulas):
        return False  # blank, or a sum that no spreadsheet has calculated yet
    values = [v for p in parts if (v := _value(table, row, p)) is not None]
    when = grid.filled(row, table.month).text if table.month is not None else ""
    label = f"{column.text} {when}".strip()
    at = grid.place(cell)
    if all(is_nothing(grid.cell(row, p.index)) for p in parts) and stated.value and not says_total(when):
        problems.error(
            "total_without_parts",
            f"「{shown(label)}」に値がありますが、事業所ごとの値がどれも空欄です。事業所ごとの値を書いてください（合計だけでは取り込めません）。",
            f"{shown(label)!r} has a value and none of the sites has; write the values of the sites, for a total alone is not "
            "stored.",
            at,
        )
    if not values:
        return False
    unit = stated.unit or values[0].unit
    scaled = [found for v in values if (found := in_unit(v, unit)) is not None]
    return len(scaled) == len(values) and compare(Stated(label, stated.value, at), scaled, unit, problems)


def _value(table: Table, row: int, column: Column) -> Number | None:
    """Return a value with its unit as far as cell or heading name it; what is no number is named elsewhere."""
    found = number(table.grid, table.grid.cell(row, column.index), Problems())
    if found is None:
        return None
    own = column.heading.money if column.heading.kind == "cost" else column.heading.unit
    return Number(found.value, found.unit or own)
