"""A table that somebody printed: its columns and its cells as they stand in a CSV or an xlsx. Never written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from carbonlib.errors import Place
from carbonlib.records.printed_cells import is_unit, read_cell
from carbonlib.records.printed_columns import Column, columns_of
from carbonlib.records.printed_files import (
    MOST_COLUMNS,
    MOST_ROWS,
    csv_lines,
    failure,
    file_bytes,
    sheets,
    too_many,
)

_HEADING_WITHIN = 30  # rows


@dataclass(frozen=True)
class TableRow:
    """A row below the heading: its number from 1, its line in the file, and its cells as text."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """One table: the file and sheet it stands in, its columns and its rows."""

    file: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]

    def place(self, row: TableRow, column: Column) -> Place:
        """Return where a cell stands: by sheet and cell in a workbook, by line in a CSV."""
        if self.sheet:
            return Place(self.file, sheet=self.sheet, cell=f"{_letters(column.index)}{row.line}")
        return Place(self.file, row.line)


def _letters(index: int) -> str:
    name = ""
    while index >= 0:
        name, index = chr(ord("A") + index % 26) + name, index // 26 - 1
    return name


def _with_unit_row(columns: tuple[Column, ...], cells: Sequence[str]) -> tuple[Column, ...] | None:
    """Return the columns with the units of a row that holds nothing but units, else None."""
    bare = [c.strip().strip("()（）[]［］").strip() for c in cells]
    if not any(bare) or not all(is_unit(c) for c in bare if c):
        return None
    return tuple(
        replace(c, unit=bare[c.index]) if c.role in {"quantity", "factor", "result"} and bare[c.index] else c
        for c in columns
    )


def _table(file: str, sheet: str, lines: Sequence[tuple[int, list[str]]]) -> PrintedTable | None:
    """Return the table in the lines of a file or sheet, None where no row is a heading."""
    if len(lines) > MOST_ROWS or any(len(cells) > MOST_COLUMNS for _, cells in lines):
        raise too_many(file, sheet)
    width = max((len(cells) for _, cells in lines), default=0)
    padded = [(n, tuple(cells) + ("",) * (width - len(cells))) for n, cells in lines]
    filled = [(n, cells) for n, cells in padded if any(c.strip() for c in cells)]
    for position, (_, heading) in enumerate(filled[:_HEADING_WITHIN]):
        columns = columns_of(heading)
        if columns is None:
            continue
        body = [(n, cells) for n, cells in filled[position + 1 :] if cells != heading]
        if body and (merged := _with_unit_row(columns, body[0][1])):
            columns, body = merged, body[1:]
        if not body:
            return None
        columns = tuple(
            replace(c, role="unit") if c.role == "other" and not c.header and _holds_units(c, body) else c
            for c in columns
        )
        rows = (TableRow(i, n, cells) for i, (n, cells) in enumerate(body, 1))
        return PrintedTable(file, sheet, columns, tuple(rows))
    return None


def _holds_units(column: Column, body: Sequence[tuple[int, tuple[str, ...]]]) -> bool:
    texts = [cells[column.index].strip() for _, cells in body]
    return any(texts) and all(is_unit(t) and read_cell(t).state == "text" for t in texts if t)


def read_printed_tables(path: Path, name: str) -> list[PrintedTable]:
    """Return the tables of a CSV or xlsx file, one for each visible sheet that has one.

    Parameters
    ----------
    path : Path
        A ``.csv`` in UTF-8 or Shift_JIS, or an ``.xlsx``, whose stored values are taken: no formula is run.
    name : str
        How messages call the file.

    Raises
    ------
    RecordError
        A file that is missing, too large, not readable, or without a table that can be checked.
    """
    suffix = path.suffix.casefold()
    if suffix not in {".csv", ".xlsx", ".xlsm"}:
        raise failure(
            "table.kind",
            name,
            "CSV か xlsx のファイルを渡してください。",
            "Pass a CSV or an xlsx file.",
        )
    data = file_bytes(path, name)
    if suffix == ".csv":
        found = [_table(name, "", list(csv_lines(data, name)))]
    else:
        found = [_table(name, sheet, lines) for sheet, lines in sheets(data, name)]
    tables = [t for t in found if t is not None]
    if not tables:
        raise failure(
            "table.no_heading",
            name,
            "確かめられる表が見つかりません。使用量・単価・金額などの見出しの下に、数値の行を書いてください。",
            "There is no table to check; write rows of numbers below headings such as quantity, price and cost.",
            1 if suffix == ".csv" else None,
        )
    return tables
