"""The rows of a table as bills: each amount is stored or named with its cell."""

from __future__ import annotations

from decimal import Decimal

from carbonlib.errors import shown
from carbonlib.records.billrow import year_far
from carbonlib.records.model import Bill
from carbonlib.records.reading.cells import estimated, is_nothing, number
from carbonlib.records.reading.charges import power_unit
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.known import Known
from carbonlib.records.reading.months import calendar_year_titled
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import Kind
from carbonlib.records.workbook.charges import charges_of
from carbonlib.records.workbook.identity import Identity
from carbonlib.records.workbook.money import cost_of
from carbonlib.records.workbook.periods import Course, Period, Total, through
from carbonlib.records.workbook.series import Series
from carbonlib.records.workbook.tables import Table
from carbonlib.records.workbook.totals import Totals, say_left_out
from carbonlib.records.workbook.unread import already_named, name_lonely, name_unheaded, units_alone
from carbonlib.units.spellings import key


class RowReader:
    """Reads one series of a table row by row."""

    def __init__(self, table: Table, series: Series, known: Known, problems: Problems) -> None:
        self.table, self.series, self.known, self.problems = table, series, known, problems
        self.grid = table.grid
        titled = calendar_year_titled(series.amount.text) or table.calendar_year
        calendar_year = None if series.amount.heading.fiscal_year or table.fiscal_year else titled
        self.course = Course(table, series.fiscal_year, problems, calendar_year)
        self.rows: list[Bill] = []
        self.totals: list[Cell] = []
        self.sums = Totals(table, series, problems)
        self.identity = Identity(table, series, known, problems)

    def read(self) -> list[Bill]:
        """Return the bills of the series: those of its months, else those of whole years."""
        periods = {r: self.course.of(r) for r in range(self.table.first, self.table.last + 1)}
        annual: list[Bill] = []
        written = False  # an amount that is no total, stored or named
        for row in sorted(periods, key=self.course.says_year):
            period = periods[row]
            cell = self.grid.cell(row, self.series.amount.index)
            if row in self.table.facts:
                self.grid.take(cell)
                continue
            if isinstance(period, Total):
                self.totals.append(cell)
                self.sums.compare(row, self.table.total_name(row) or self.course.label(row).text)
                continue
            if is_nothing(cell):
                if not self.grid.covered(row, self.series.amount.index):
                    name_lonely(self.table, self.series, row, cell, self.problems)
                    name_unheaded(self.table, row, self.problems)
                if (cell.row, cell.column) not in self.grid.broken:
                    continue
            if self.rows and self.course.says_year(row) and self.sums.adds_up(row):
                say_left_out([self.grid.place(self.grid.take(cell))], self.problems)
                continue
            written = True
            if period is None:
                where = (self.grid, row, self.problems)
                if not already_named(*where) and not units_alone(*where):
                    self.course.missing(row)
                continue
            last = self.grid.last_row_of(row, self.series.amount.index)
            if last > row and isinstance(end := periods.get(min(last, self.table.last)), Period):
                period = through(period, end)
            found = self._bill(row, cell, period)
            self.sums.add(row, found)
            if found:
                (annual if period.annual else self.rows).append(found)
        self.sums.compare_early()
        self.identity.name_without_unit()
        for yearly in annual if self.rows else []:
            self.problems.error(
                "months_and_year",
                "月ごとの数量と年間の数量の両方があります。二重になるので、どちらかを消してください。",
                "Both monthly amounts and a yearly one are given, which would count twice; delete one of them.",
                yearly.place,
            )
        self._only_total(written)
        if written:
            self.problems.add(self.course.years.said.found)
        return self.rows or annual

    def _only_total(self, stored: bool) -> None:
        """Name a total that stands alone: its months would be lost."""
        for cell in self.totals if not stored else []:
            found = number(self.grid, cell, Problems())
            if found and found.value:
                self.problems.error(
                    "only_total",
                    "月ごとの数量がなく合計だけです。年間の値なら、行の見出しを「年間」にしてください。",
                    "There is a total and no monthly amounts; if it is the year's amount, label the row 年間.",
                    self.grid.place(cell),
                )

    def _power(self, row: int, kind: Kind) -> Decimal | None:
        for column in self.series.columns.get(kind, []):
            found = self._power_in(self.grid.filled(row, column.index), column.text)
            if found is not None:
                of_all = self._contract_of_all() if kind == "contract" else None
                if of_all not in {None, found}:
                    self.problems.error(
                        "contract_contradicts",
                        f"契約電力が 2 か所で違います（{found:f} kW と {of_all:f} kW）。どちらか 1 つにしてください。",
                        f"The contract demand differs between two places ({found:f} kW and {of_all:f} kW); keep one.",
                        self.grid.place(self.grid.filled(row, column.index)),
                    )
                return found
        return self._contract_of_all() if kind == "contract" else None

    def _contract_of_all(self) -> Decimal | None:
        """Return the contract demand that stands once for all months [kW], None where there is none."""
        stated = next((r for r, of in self.table.facts.items() if of == "contract"), None)
        if stated is None:
            return None
        return self._power_in(
            self.grid.filled(stated, self.series.amount.index), self.course.label(stated).text
        )

    def _power_in(self, cell: Cell, heading: str) -> Decimal | None:
        """Return the power in a cell [kW], None where there is none or it was named."""
        found = number(self.grid, self.grid.take(cell), self.problems)
        if found and (found.value < 0 or key(found.unit) not in {"", "kw"} or power_unit(heading)):
            self.problems.error(
                "power",
                f"「{shown(cell.text)}」は kW の正の数で書いてください。",
                f"{shown(cell.text)!r} must be a positive number of kW.",
                self.grid.place(cell),
            )
            return None
        return found.value if found else None

    def _money(self, row: int) -> str:
        """Return the unit of a row's cost, empty where none is stated."""
        stated = [c.heading.money for c in self.series.columns.get("cost", []) if c.heading.money]
        return next(iter(stated), self.identity.text(row, "cost_unit")[0] or self.series.money)

    def _bill(self, row: int, cell: Cell, period: Period) -> Bill | None:
        before = self.problems.errors
        amount = number(self.grid, self.grid.take(cell), self.problems)
        who = self.identity.who(row, cell)
        unit = self.identity.unit(row, cell, amount.unit, who[1]) if who and amount else None
        if amount and amount.value < 0:
            self.problems.error(
                "negative",
                f"使用量「{shown(cell.text)}」が負の値です。正しい値に直してください。",
                f"The amount {shown(cell.text)!r} is negative; mend it.",
                self.grid.place(cell),
            )
        if far := year_far(period.start, period.end):
            self.problems.error("year_far", far.ja, far.en, self.grid.place(cell))
        cost = cost_of(self.table, self.series, row, self.problems)
        contract, peak = self._power(row, "contract"), self._power(row, "peak")
        marks = [self.grid.filled(row, c.index) for c in self.series.columns.get("estimated", [])]
        reading = estimated(self.grid, marks, self.problems)
        charges = charges_of(self.table, row, unit or "", self._money(row), self.problems)
        note, _ = self.identity.text(row, "note")
        if self.problems.errors > before or not who or amount is None or not unit:
            if self.problems.errors == before and unit != "":
                self.problems.error(
                    "row",
                    "この行は読めません。",
                    "This row is not readable.",
                    self.grid.place(cell),
                )
            return None
        site, carrier, meter = who
        return Bill(
            site_id=site,
            meter_id=meter,
            carrier=carrier,
            start=period.start,
            end=period.end,
            quantity=amount.value,
            unit=unit,
            cost_jpy=cost.jpy,
            tax=cost.tax,
            contract_demand_kw=contract,
            peak_demand_kw=peak,
            estimated=reading,
            place=self.grid.place(cell),
            charges=charges,
            note="、".join(dict.fromkeys(p for p in (note, cost.other) if p)),
        )
