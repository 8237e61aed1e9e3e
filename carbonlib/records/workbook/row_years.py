"""The years of a table's rows whose months are written without one."""

from __future__ import annotations

from dataclasses import dataclass, field

from carbonlib.errors import Place
from carbonlib.fiscal_year import Month
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import Span, YearlessMonth, calendar_year, fiscal_year_in
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.years import in_calendar_year, is_one_run, years_after, years_of
from carbonlib.records.workbook.tables import Table


@dataclass
class _Run:
    """Months without a year that follow each other, by row, and the month before them whose year is stated."""

    stated: Month | None = None
    months: dict[int, int] = field(default_factory=dict)


def _end(span: Span) -> Month | int:
    """Return the last month of a span, its number alone where no year is written."""
    (first, *start), (last, month, day) = span.start, span.end
    if last is None and first is not None:
        last = first + ([month, day] < start)
    return month if last is None else Month(last, month)


def _is_year(text: str) -> bool:
    return "年" in text and calendar_year(text.strip().removesuffix("度")) is not None


class RowYears:
    """Finds the month of each row of a table once for one series; what is doubtful of them is kept in `said`."""

    def __init__(
        self,
        table: Table,
        fiscal_year: int | None,
        calendar_year: int | None,
        months: dict[int, tuple[Cell, Month | Span | YearlessMonth]],
    ) -> None:
        self.table, self.fiscal_year, self.calendar_year = table, fiscal_year, calendar_year
        self.cells = {row: cell for row, (cell, _) in months.items()}
        self.said = Problems()
        self.of: dict[int, Month] = {}
        self.refused: set[int] = set()
        self._find({row: when for row, (_, when) in months.items()})

    def _find(self, months: dict[int, Month | Span | YearlessMonth]) -> None:
        runs: dict[tuple[str, ...], list[_Run]] = {}
        by_column = self._year_column()
        last: Month | None = None
        for row, when in months.items():
            month = _end(when) if isinstance(when, Span) else when
            number = month if isinstance(month, int) else month.month
            # the same month of another meter, which has said its year
            begins = _Run(last if last and last.month == number else None)
            own = runs.setdefault(self.table.names_of(row), [begins])
            if isinstance(month, Month):
                last = month
                own.append(_Run(month))
                continue
            if row in by_column:
                kind, year = by_column[row]
                self.of[row] = Month(year + (kind == "年度" and number < 4), number)
            elif number in self.table.years and len(own) == 1:
                self.of[row] = Month(self.table.years[number], number)
            else:
                own[-1].months[row] = number
        for run in (r for own in runs.values() for r in own if r.months):
            self._follow(run)

    def _year_column(self) -> dict[int, tuple[str, int]]:
        """Return what a column of years says of each row, blank cells taking it from above."""
        column = self.table.one("year")
        index = self._unheaded_years() if column is None else column.index
        found: dict[int, tuple[str, int]] = {}
        said: tuple[str, int] | None = None
        for row in range(self.table.first, self.table.last + 1) if index is not None else ():
            text = self.table.grid.filled(row, index or 0).text
            if year := fiscal_year_in(text):
                said = ("年度", year)
            elif year := calendar_year(text):
                said = ("年度" if column and "度" in column.text else "年", year)
            if said:
                found[row] = said
        return found

    def _unheaded_years(self) -> int | None:
        """Return the column before the months that holds years alone (2024年, then 2025年) under no heading; one is a title."""
        grid, rows = self.table.grid, range(self.table.first, self.table.last + 1)
        headed = {c.index for c in self.table.columns}
        for index in range((self.table.month or 0) - 1, -1, -1):
            texts = [c.text for r in rows if not (c := grid.cell(r, index)).blank]
            begins = not grid.filled(self.table.first, index).blank
            if begins and index not in headed and len(set(texts)) > 1 and all(map(_is_year, texts)):
                return index
        return None

    def _follow(self, run: _Run) -> None:
        places = [self.table.grid.place(self.cells[row]) for row in run.months]
        listed, before = cells_listed(places), self.said.errors
        if run.stated:
            found = years_after(run.stated, run.months, self.fiscal_year, self.said, places[0], listed)
        elif self.calendar_year is not None:
            found = self._of_title(self.calendar_year, run, places[0], listed)
        elif self.fiscal_year is not None:
            found = years_of(run.months, self.fiscal_year, self.said, places[0], listed)
        else:
            return  # each row is named where it has an amount
        self.of |= found
        if self.said.errors > before:
            self.refused |= run.months.keys()

    def _of_title(self, year: int, run: _Run, place: Place, listed: str) -> dict[int, Month]:
        """Return the months under a title of a calendar year; those that run over its end may be of the fiscal year."""
        numbers = list(run.months.values())
        if found := in_calendar_year(numbers, year):
            return dict(zip(run.months, found, strict=True))
        if self.fiscal_year == year and is_one_run(numbers):
            return years_of(run.months, year, self.said, place, listed)
        self.said.error(
            "no_year",
            f"表の題は{year}年ですが、月（{listed}）が1月から12月への順に並んでいないので、何年か分かりません。{year}-{numbers[0]:02} "
            f"のように年も書くか、年度の表なら題を「{year}年度」にしてください。",
            f"The table is titled {year}, and its months ({listed}) do not run from January to December, so that their years "
            f"are not known; write the year too, as in {year}-{numbers[0]:02}, or head a fiscal year's table {year}年度.",
            place,
        )
        return {}
