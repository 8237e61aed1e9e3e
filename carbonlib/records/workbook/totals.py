"""Totals of a table's rows, compared with the amounts and the costs above them; never stored."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from carbonlib.errors import shown
from carbonlib.records.model import Bill
from carbonlib.records.reading.cells import Number, number
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.sums import Stated, compare_nearest
from carbonlib.records.reading.totalwords import says_sum
from carbonlib.records.workbook.series import Series
from carbonlib.records.workbook.tables import Column, Table
from carbonlib.units.spellings import key


class Totals:
    """What one series and its costs hold from the top of a table down to the present row."""

    def __init__(self, table: Table, series: Series, problems: Problems) -> None:
        self.table, self.series, self.problems = table, series, problems
        self.columns = [series.amount, *series.columns.get("cost", [])]
        self.parts: dict[int, list[Number]] = {c.index: [] for c in self.columns}
        self.texts: set[tuple[int, int]] = (
            set()
        )  # column and number of a part that is a text, which SUM passes over
        self.begins: list[dict[int, int]] = [{c.index: 0 for c in self.columns}]
        self.complete = True

    def add(self, row: int, bill: Bill | None) -> None:
        """Take a row that is stored, or None for one that was named and leaves every total open."""
        if bill is None:
            self.complete = False
            return
        self._part(row, self.series.amount, Number(bill.quantity, bill.unit))
        for column in self.columns[1:]:
            if found := self._cost(row, column):
                self._part(row, column, found)

    def _part(self, row: int, column: Column, found: Number) -> None:
        if isinstance(self.table.grid.cell(row, column.index).value, str):
            self.texts.add((column.index, len(self.parts[column.index])))
        self.parts[column.index].append(found)

    def compare(self, row: int, label: str) -> None:
        """Name each total of a row that is the sum of what stands above it since no other total, nor since the top."""
        if says_sum(label, months=True) and self.complete:
            self._amount(row, label)
            for column in self.columns[1:]:
                stated = self._cost(row, column)
                if stated and len({key(n.unit) for n in (stated, *self.parts[column.index])}) == 1:
                    self._sum(row, column, label, stated.value, stated.unit)
        self.begins.append({index: len(parts) for index, parts in self.parts.items()})

    def _amount(self, row: int, label: str) -> None:
        column = self.series.amount
        stated = number(self.table.grid, self.table.grid.cell(row, column.index), Problems())
        units = {n.unit for n in self.parts[column.index]}
        if stated and len(units) == 1:
            self._sum(row, column, label, stated.value, units.pop())

    def _cost(self, row: int, column: Column) -> Number | None:
        found = number(self.table.grid, self.table.grid.cell(row, column.index), Problems())
        if found is None:
            return None
        beside = next(iter(self.series.columns.get("cost_unit", [])), None)
        in_row = self.table.grid.filled(row, beside.index).text if beside else ""
        unit = found.unit or in_row or column.heading.money or self.series.money or "円"
        return Number(found.value, unit)

    def _sum(self, row: int, column: Column, label: str, value: Decimal, unit: str) -> None:
        grid = self.table.grid
        cell = grid.cell(row, column.index)
        if value == 0 and (cell.row, cell.column) in grid.formulas:
            return  # a sum that no spreadsheet has calculated yet
        values = [n.value for n in self.parts[column.index]]
        begins = sorted({b[column.index] for b in self.begins}, reverse=True)
        stated = Stated(label, value, grid.place(cell))
        if (cell.row, cell.column) in grid.formulas and self._passes_over_texts(column, value, begins):
            self.problems.note(
                "total_without_texts",
                f"「{shown(label)}」の数式は、文字として入っている数字を足していません。数字は 1 つずつ読んだので、取り込みは正しいです。",
                f"The formula of {shown(label)!r} passes over numbers that were entered as text; each was read all the same.",
                stated.place,
            )
            return
        compare_nearest(stated, (values[b:] for b in begins), unit, self.problems)

    def _passes_over_texts(self, column: Column, value: Decimal, begins: Sequence[int]) -> bool:
        """Return whether a total is the sum of the parts that are numbers to a spreadsheet, there being others."""
        parts = self.parts[column.index]
        texts = {i for at, i in self.texts if at == column.index}
        return any(
            texts & set(range(b, len(parts)))
            and value == sum((n.value for i, n in enumerate(parts) if i >= b and i not in texts), Decimal(0))
            for b in begins
        )
