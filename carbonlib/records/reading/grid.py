"""A sheet as cells that know where they stand, seen upright or with rows and columns exchanged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from carbonlib.errors import Place
from carbonlib.records.reading.positions import Position, cell_name


@dataclass(frozen=True)
class Cell:
    """A value and where it stands in the file; `merged` is the last cell of a merged range that begins here."""

    row: int
    column: int
    value: Any = ""

    @property
    def name(self) -> str:
        """The cell's name, as in B3."""
        return cell_name(self.row, self.column)

    @property
    def blank(self) -> bool:
        """Whether nothing but spaces is written."""
        return isinstance(self.value, str) and not self.value.strip()

    @property
    def text(self) -> str:
        """The value as text, numbers without a needless fraction."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, float):
            return format(self.value, ".15g")
        if isinstance(self.value, datetime):
            return self.value.date().isoformat()
        if isinstance(self.value, date):
            return self.value.isoformat()
        return str(self.value).strip()


@dataclass
class Grid:
    """A sheet. Rows and columns count from 0 in the view; a cell keeps its own place in the file."""

    file: str
    sheet: str
    values: list[list[Any]]
    merged: dict[Position, tuple[Position, Position]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[Position] = frozenset()
    broken: frozenset[Position] = frozenset()
    hidden: bool = False
    flipped: bool = False
    used: set[Position] = field(default_factory=set)

    @property
    def height(self) -> int:
        """Rows of the view."""
        return self._columns if self.flipped else len(self.values)

    @property
    def width(self) -> int:
        """Columns of the view."""
        return len(self.values) if self.flipped else self._columns

    @cached_property
    def _columns(self) -> int:
        return max((len(r) for r in self.values), default=0)

    def turned(self) -> Grid:
        """Return the same sheet with rows and columns exchanged."""
        return replace(self, flipped=not self.flipped)

    def _own(self, row: int, column: int) -> Position:
        return (column, row) if self.flipped else (row, column)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; outside of the sheet it is blank."""
        r, c = self._own(row, column)
        inside = 0 <= r < len(self.values) and 0 <= c < len(self.values[r])
        return Cell(r, c, self.values[r][c] if inside else "")

    def filled(self, row: int, column: int) -> Cell:
        """Return a cell, or where it is covered by a merged range the first cell of that."""
        own = self._own(row, column)
        if own in self.merged:
            return self.cell(*self._own(*self.merged[own][0]))
        return self.cell(row, column)

    def covered(self, row: int, column: int) -> bool:
        """Return whether a merged range covers the cell without beginning there."""
        own = self._own(row, column)
        return own in self.merged and self.merged[own][0] != own

    def last_row_of(self, row: int, column: int) -> int:
        """Return the last row, in the view, of the merged range that begins at a cell; else the row itself."""
        own = self._own(row, column)
        return self._own(*self.merged[own][1])[0] if own in self.merged else row

    def row(self, row: int) -> list[Cell]:
        """Return the cells of a row that are not blank."""
        return [c for i in range(self.width) if not (c := self.cell(row, i)).blank]

    def place(self, cell: Cell) -> Place:
        """Return where a cell stands."""
        return Place(self.file, sheet=self.sheet, cell=cell.name)

    def take(self, cell: Cell) -> Cell:
        """Return a cell whose value is stored, and remember it for the notes on formulas and hidden rows."""
        self.used.add((cell.row, cell.column))
        return cell
