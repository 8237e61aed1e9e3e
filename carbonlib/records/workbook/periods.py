"""The period of each row of a table: its own dates, its month, or the whole year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from carbonlib.errors import shown
from carbonlib.fiscal_year import Month, first_day, last_day
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.months import (
    Span,
    Unsure,
    YearlessMonth,
    fiscal_year_in,
    read_day,
    read_month,
)
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.totalwords import is_total
from carbonlib.records.reading.words import is_annual
from carbonlib.records.workbook.row_years import RowYears
from carbonlib.records.workbook.tables import SPARE_ROW, Table

LONGEST_PERIOD = 366


@dataclass(frozen=True)
class Period:
    """First and last day of a row; `annual` where the row stands for a year without months."""

    start: date
    end: date
    annual: bool = False


@dataclass(frozen=True)
class Total:
    """A row that adds up others and is not stored."""


class Course:
    """Reads the periods of the rows of one column of amounts."""

    def __init__(
        self, table: Table, fiscal_year: int | None, problems: Problems, calendar_year: int | None = None
    ) -> None:
        self.table, self.fiscal_year, self.problems = table, fiscal_year, problems
        self.refused: set[int] = set()  # rows whose own dates are named already
        rows = range(table.first, table.last + 1)
        self.years = RowYears(
            table,
            fiscal_year,
            calendar_year,
            {r: when for r in rows if not table.total_name(r) and (when := self._when(r))},
        )

    def _when(self, row: int) -> tuple[Cell, Month | Span | YearlessMonth] | None:
        """Return the month or period that a row writes, with its cell."""
        start, end = self.table.one("start"), self.table.one("end")
        if start and end:
            cells = [self.table.grid.filled(row, c.index) for c in (start, end)]
            first, last = (read_day(c.value) for c in cells)
            if first and last:
                return cells[0], Span(first, last)
        cell = self.label(row)
        when = read_month(cell.value, bare=True) if self.table.month is not None else None
        return (cell, when) if isinstance(when, Month | Span | YearlessMonth) else None

    def label(self, row: int) -> Cell:
        """Return the cell that says which period a row is."""
        column = self.table.month
        if column is None:
            start = self.table.one("start")
            column = start.index if start else 0
        return self.table.grid.filled(row, column)

    def _wrong(self, id: str, ja: str, en: str, cell: Cell) -> None:
        self.problems.error(id, ja, en, self.table.grid.place(cell))

    def of(self, row: int) -> Period | Total | None:
        """Return the period of a row, None where it has none or it could not be told, which is named only
        by `missing`."""
        if self.table.total_name(row):
            return Total()
        own = self._own_dates(row)
        if own is False:
            self.refused.add(row)
        if own is not None:
            return replace(own, annual=self.says_year(row)) if isinstance(own, Period) else None
        cell = self.label(row)
        if isinstance(cell.value, str) and is_total(cell.text):
            return Total()
        if self.says_year(row):
            year = fiscal_year_in(cell.text) or self.fiscal_year
            return Period(first_day(year), last_day(year), annual=True) if year else None
        return self._month(row, cell)

    def says_year(self, row: int) -> bool:
        """Return whether a row is labelled as one of a whole year."""
        cell = self.label(row)
        return isinstance(cell.value, str) and is_annual(cell.text)

    def missing(self, row: int) -> None:
        """Name a row that has an amount and no readable period."""
        cell = self.label(row)
        if row in self.years.refused:
            self.problems.named.add(self.table.grid.place(cell))
        if row in self.refused | self.years.refused:
            return
        start = self.table.one("start")
        when = read_month(cell.value, bare=True) if self.table.month is not None else None
        if isinstance(when, Unsure):
            self._wrong(
                "unsure_day",
                f"「{shown(cell.text)}」が使用した月か検針日か分かりません。2025年4月 のように月を書くか、期間（2025/3/20～2025/4/18）を書いてください。",
                f"{shown(cell.text)!r} may be the month of use or the day of a reading; write a month such as 2025年4月, or a period.",
                cell,
            )
        elif isinstance(when, YearlessMonth | Span) or (isinstance(cell.value, str) and is_annual(cell.text)):
            self._wrong(
                "no_year",
                f"「{shown(cell.text)}」が何年か分かりません。表の上に「2025年度」と書くか、--year 2025 のように指定してください。",
                f"The year of {shown(cell.text)!r} is not known; write 2025年度 above the table, or give --year 2025.",
                cell,
            )
        elif cell.text.startswith(SPARE_ROW) and start:
            self._wrong(
                "no_dates",
                "開始日と終了日を両方書いてください（例 2025/4/1）。",
                "Write both the first and the last day, as in 2025/4/1.",
                self.table.grid.cell(row, start.index),
            )
        else:
            self._wrong(
                "month",
                f"「{shown(cell.text)}」は月として読めません。4月・2025年4月・令和7年4月・R7.4・2025/4 のように書いてください。",
                f"{shown(cell.text)!r} is not readable as a month; write 4月, 2025年4月, 令和7年4月, R7.4 or 2025/4.",
                cell,
            )

    def _own_dates(self, row: int) -> Period | bool | None:
        """Return the period of the columns of first and last day, None where they are blank, False where wrong."""
        start, end = self.table.one("start"), self.table.one("end")
        if start is None or end is None:
            return None
        grid = self.table.grid
        cells = [grid.filled(row, c.index) for c in (start, end)]
        if all(is_nothing(c) for c in cells):
            return None
        for column, cell in zip((start, end), cells, strict=True):
            if is_nothing(cell):
                self._wrong(
                    "half_dates",
                    f"{shown(column.text)}が空欄です。{shown(start.text)}と{shown(end.text)}は、2025/4/1 のように両方書くか、両方とも空欄にしてください。",
                    f"{shown(column.text)} is blank; fill in both {shown(start.text)} and {shown(end.text)} as in 2025/4/1, or "
                    "leave both blank.",
                    cell,
                )
                return False
            day = read_day(cell.value)
            if day is None or (day[0] or self.fiscal_year) is None:
                self._wrong(
                    "date",
                    f"「{shown(cell.text)}」は日付として読めません。2025/4/1 のように書いてください。",
                    f"{shown(cell.text)!r} is no date; write it as in 2025/4/1.",
                    cell,
                )
                return False
            grid.take(cell)
        first, last = (read_day(c.value) for c in cells)
        assert first
        assert last
        return self._period(row, Span(first, last), cells[0]) or False

    def _month(self, row: int, cell: Cell) -> Period | None:
        if self.table.month is None:
            return None
        when = read_month(cell.value, bare=True)
        if isinstance(when, Span):
            self.table.grid.take(cell)
            return self._period(row, when, cell)
        month = self.years.of.get(row) if isinstance(when, YearlessMonth) else when
        if isinstance(month, Month):
            self.table.grid.take(cell)
            return Period(month.first_day, month.last_day)
        return None

    def _period(self, row: int, span: Span, cell: Cell) -> Period | None:
        (y0, m0, d0), (y1, m1, d1) = span.start, span.end
        if y1 is None:
            if y0 is not None:
                y1 = y0 + ((m1, d1) < (m0, d0))
            else:
                found = self.years.of.get(row)
                y1 = found.year if found else None
        if y1 is None:
            return None
        if y0 is None:
            y0 = y1 - ((m0, d0) > (m1, d1))
        try:
            start, end = date(y0, m0, d0), date(y1, m1, d1)
        except ValueError:
            start, end = date(y1, m1, 1), date(y1, m1, 1) - timedelta(days=1)
        if not 0 <= (end - start).days < LONGEST_PERIOD:
            self._wrong(
                "period",
                f"期間 {start}〜{end} が逆か、1 年より長いです。",
                f"The period {start} to {end} is reversed or longer than a year.",
                cell,
            )
            return None
        return Period(start, end)


def through(period: Period, last: Period) -> Period:
    """Return the period from the first day of one to the last day of another."""
    return Period(period.start, max(period.end, last.end))
