"""Totals of a table's rows, compared with the amounts and the costs that they add up; never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from carbonlib.errors import Place, shown
from carbonlib.records.model import Bill
from carbonlib.records.reading.cells import Number, is_nothing, number
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import plain, read_month
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.sums import Stated, compare_nearest, in_unit
from carbonlib.records.reading.totalwords import says_sum
from carbonlib.records.reading.words import Kind
from carbonlib.records.workbook.series import Series
from carbonlib.records.workbook.tables import Column, Table
from carbonlib.units.spellings import key

_AMOUNTS: tuple[Kind, ...] = ("quantity", "cost")


@dataclass(frozen=True)
class _Part:
    """An amount or cost that is stored: its row, and whether it is a text, which SUM passes over."""

    row: int
    number: Number
    is_text: bool


class Totals:
    """What one series and its costs hold from the top of a table down to the present row."""

    def __init__(self, table: Table, series: Series, problems: Problems) -> None:
        self.table, self.series, self.problems = table, series, problems
        self.columns = [series.amount, *series.columns.get("cost", [])]
        self.parts: dict[int, list[_Part]] = {c.index: [] for c in self.columns}
        self.begins = [table.first]  # rows from which on a total may count
        self.early: list[tuple[int, str]] = []  # totals above all that they add up
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
        is_text = isinstance(self.table.grid.cell(row, column.index).value, str)
        self.parts[column.index].append(_Part(row, found, is_text))

    def compare(self, row: int, label: str) -> None:
        """Name each total of a row that is the sum of what stands above it since no other total, nor since the top."""
        if says_sum(label, months=True) or self.table.total_of(row):
            if any(self.parts.values()):
                self._compare(row, label)
            else:
                self.early.append((row, label))
        self.begins.append(row)

    def compare_early(self) -> None:
        """Compare the totals that stand above the rows, once all rows are read."""
        self.begins = [self.table.first]
        for row, label in self.early:
            # the 0 of a sum whose formula the file does not tell (.xls) is none of the amounts
            if self.table.grid.cell(row, self.series.amount.index).value != 0:
                self._compare(row, label)

    def adds_up(self, row: int) -> bool:
        """Return whether the amount of a row is the sum of all amounts, two or more, that share what it names."""
        if sum(self._shares(row, p.row) for p in self.parts[self.series.amount.index]) < 2:
            return False
        trial = Totals(self.table, self.series, Problems())
        trial.parts = self.parts
        return self.complete and trial._compare(row, "") > 0 and not trial.problems.found

    def _compare(self, row: int, label: str) -> int:
        """Compare the totals of a row, and return how many could be."""
        compared = 0
        for column in self.columns if self.complete else ():
            of_amount = column is self.series.amount
            stated = self._amount(row) if of_amount else self._cost(row, column)
            parts = [p for p in self.parts[column.index] if self._shares(row, p.row)]
            units = {key(p.number.unit): p.number.unit for p in parts}
            unit = stated.unit if stated else ""
            if len(units) == 1 and (not unit or key(unit) in units):
                unit = next(iter(units.values()))
            values = [v for p in parts if unit and (v := in_unit(p.number, unit)) is not None]
            if stated and parts and len(values) == len(parts):
                self._sum(
                    row, column, label, Number(stated.value, unit), list(zip(parts, values, strict=True))
                )
                compared += of_amount
        return compared

    def _shares(self, total: int, row: int) -> bool:
        """Return whether a row is of the month, site, meter and energy that the row of a total names."""
        grid, month = self.table.grid, self.table.month
        when = read_month(grid.filled(total, month).value, bare=True) if month is not None else None
        if when and month is not None and when != read_month(grid.filled(row, month).value, bare=True):
            return False
        named = self.table.names_of_total(total)
        return all(plain(grid.filled(row, i).text) == plain(text) for i, text in named.items())

    def _amount(self, row: int) -> Number | None:
        found = number(self.table.grid, self.table.grid.cell(row, self.series.amount.index), Problems())
        beside = next(iter(self.series.columns.get("unit", [])), None)
        in_row = self.table.grid.filled(row, beside.index).text if beside else ""
        return Number(found.value, found.unit or in_row) if found else None

    def _cost(self, row: int, column: Column) -> Number | None:
        found = number(self.table.grid, self.table.grid.cell(row, column.index), Problems())
        if found is None:
            return None
        beside = next(iter(self.series.columns.get("cost_unit", [])), None)
        in_row = self.table.grid.filled(row, beside.index).text if beside else ""
        unit = found.unit or in_row or column.heading.money or self.series.money or "円"
        return Number(found.value, unit)

    def _sum(
        self, row: int, column: Column, label: str, total: Number, parts: Sequence[tuple[_Part, Decimal]]
    ) -> None:
        grid = self.table.grid
        cell = grid.cell(row, column.index)
        is_formula = (cell.row, cell.column) in grid.formulas
        if total.value == 0 and is_formula:
            return  # a sum that no spreadsheet has calculated yet
        groups = [[one for one in parts if one[0].row >= b] for b in sorted(set(self.begins), reverse=True)]
        stated = Stated(label, total.value, grid.place(cell))
        if is_formula and any(_passes_over_texts(total.value, group) for group in groups):
            self.problems.note(
                "total_without_texts",
                f"「{shown(label)}」の数式は、文字として入っている数字を足していません。数字は 1 つずつ読んだので、取り込みは正しいです。",
                f"The formula of {shown(label)!r} passes over numbers that were entered as text; each was read all the same.",
                stated.place,
            )
            return
        compare_nearest(stated, ([v for _, v in group] for group in groups), total.unit, self.problems)


def _passes_over_texts(value: Decimal, parts: Sequence[tuple[_Part, Decimal]]) -> bool:
    """Return whether a total is the sum of the parts that are numbers to a spreadsheet, there being others."""
    summed = sum((v for part, v in parts if not part.is_text), Decimal(0))
    return any(part.is_text for part, _ in parts) and value == summed


def name_left_out(table: Table, problems: Problems) -> None:
    """Say which rows were left out that a name makes a total, or that average or compare others."""
    grid, left = table.grid, []
    for row in range(table.first, table.last + 1):
        label = grid.filled(row, table.month).text if table.month is not None else ""
        by_month = table.is_total(row) and says_sum(label, months=True) and not table.total_name(row)
        cells = (grid.cell(row, c.index) for kind in _AMOUNTS for c in table.of(kind))
        if (
            table.is_total(row)
            and not by_month
            and (cell := next((c for c in cells if not is_nothing(c)), None))
        ):
            left.append(grid.place(cell))
    if left:
        say_left_out(left, problems)


def say_left_out(places: Sequence[Place], problems: Problems) -> None:
    """Say that rows of totals are not stored."""
    listed = cells_listed(places)
    problems.note(
        "totals_left_out",
        f"合計などの行（{listed}）は取り込みません。",
        f"Rows of totals and the like ({listed}) are not stored.",
        places[0],
    )
