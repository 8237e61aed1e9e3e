"""Cells of the template by the words beside or above them, wherever they stand on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from carbonlib.errors import shown
from carbonlib.fiscal_year import Month
from carbonlib.records.fields import Range, RefusalError, amount_in
from carbonlib.records.reading.cells import is_nothing, number, whole, words
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import plain, read_month, western, year_in
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.below import is_numeric
from carbonlib.units import Reading, format_number


def listed(words: Iterable[str]) -> str:
    """Return the words of a list, each in its own brackets, for some have a ・ within.

    >>> listed(["空調", "ボイラー・給湯"])
    '「空調」「ボイラー・給湯」'
    """
    return "".join(f"「{w}」" for w in words)


def _meant(text: str, words: Iterable[str]) -> list[str]:
    """Return the words of a list that a text shares a part with (給湯器), else the one that is spelt nearly so."""
    said, by_plain = plain(text), {plain(w): w for w in words}
    parts = {w: [p for p in re.split(r"[・()/]", w) if len(p) > 1] for w in by_plain}
    found = [w for w, of in parts.items() if len(said) > 1 and any(p in said or said in p for p in of)]
    near = [w for w in found if said in w] or found or get_close_matches(said, by_plain, n=1)
    return [by_plain[w] for w in near[:3]]


def find(grid: Grid, label: str) -> tuple[int, int] | None:
    """Return row and column of a label, None where it is not on the sheet."""
    wanted = plain(label)
    for row in range(min(grid.height, 300)):
        for column in range(min(grid.width, 30)):
            cell = grid.cell(row, column)
            if isinstance(cell.value, str) and plain(cell.text) == wanted:
                return row, column
    return None


def beside(grid: Grid, label: str) -> Cell | None:
    """Return the cell to the right of a label."""
    at = find(grid, label)
    return grid.take(grid.cell(at[0], at[1] + 1)) if at else None


def table(
    grid: Grid, headings: tuple[str, ...], former: Mapping[str, str] | None = None
) -> Iterator[dict[str, Cell]]:
    """Yield the rows under a row of headings, by heading, until the sheet ends; blank rows are passed over.

    Parameters
    ----------
    grid : Grid
        A sheet.
    headings : tuple of str
        Of the columns; the second one finds the row.
    former : mapping of str to str, optional
        Heading of an earlier template → the present one.
    """
    words = {plain(h): h for h in headings} | {plain(old): new for old, new in (former or {}).items()}
    seconds = [headings[1], *(old for old, new in (former or {}).items() if new == headings[1])]
    at = next((found for h in seconds if (found := find(grid, h))), None)
    if at is None:
        return
    columns: dict[str, int] = {}
    for column in range(grid.width):
        heading = words.get(plain(grid.cell(at[0], column).text))
        if heading:
            columns.setdefault(heading, column)
    if len(columns) < 2:
        return
    for row in range(at[0] + 1, grid.height):
        cells = {h: grid.take(grid.cell(row, c)) for h, c in columns.items()}
        if not all(is_nothing(c) for c in cells.values()):
            yield cells


class Row:
    """One row under its headings; what cannot be used is named with its cell."""

    def __init__(self, grid: Grid, cells: Mapping[str, Cell], problems: Problems) -> None:
        self.grid, self.cells, self.problems = grid, cells, problems

    def given(self, heading: str) -> bool:
        """Return whether something is written under a heading."""
        return heading in self.cells and not is_nothing(self.cells[heading])

    def text(self, heading: str) -> str:
        """Return a text, empty where nothing is written or a problem was named."""
        return words(self.grid, self.cells[heading], self.problems) if heading in self.cells else ""

    def error(self, heading: str, id: str, ja: str, en: str) -> None:
        """Name a problem of a cell."""
        cell = self.cells.get(heading) or next(iter(self.cells.values()))  # the column may be gone
        self.problems.error(id, ja, en, self.grid.place(cell))

    def count(self, heading: str, low: int, high: int) -> int | None:
        """Return a whole number."""
        if heading not in self.cells:
            return None
        return whole(self.grid, self.cells[heading], low, high, self.problems)

    def year(self, heading: str, low: int, high: int) -> int | None:
        """Return a year, western or of an era."""
        cell = self.cells.get(heading)
        if cell is None or not isinstance(cell.value, str) or not self.given(heading):
            return self.count(heading, low, high)
        told = year_in(cell.text)
        if told is not None and low <= told <= high:
            return told
        if is_numeric(cell):
            return self.count(heading, low, high)
        self.error(
            heading,
            "year_written",
            f"「{shown(cell.text)}」は年として読めません。1998 か 平成10年 のように、{low}〜{high} の年を書いてください。",
            f"{shown(cell.text)!r} is not readable as a year; write one from {low} to {high}, as in 1998 or 平成10年.",
        )
        return None

    def chosen(self, heading: str, known: Mapping[str, str], id: str = "choice") -> str | None:
        """Return the value of a list's word; `known` holds the words by value, `id` is of the error."""
        text = self.text(heading)
        if not text:
            return None
        by_word = {plain(v): v for v in known} | {plain(word): value for value, word in known.items()}
        if plain(text) not in by_word:
            self._not_a_choice(heading, id, text, known)
        return by_word.get(plain(text))

    def _not_a_choice(self, heading: str, id: str, text: str, known: Mapping[str, str]) -> None:
        """Name a word that is not in a list, and which of the list may be meant."""
        meant = _meant(text, known.values())
        near = f"もしかして{'か'.join(f'「{w}」' for w in meant)}ですか。" if meant else ""
        near_en = f"Did you mean {' or '.join(map(repr, meant))}? " if meant else ""
        self.error(
            heading,
            id,
            f"「{shown(text)}」は選べません。{near}{listed(known.values())}のどれかにしてください。",
            f"{shown(text)!r} is not in the list. {near_en}It is one of {', '.join(known)}.",
        )

    def month(self, heading: str) -> str | None:
        """Return a month as ``1998-04``, however it is written."""
        if not self.given(heading):
            return None
        cell = self.cells[heading]
        if isinstance(cell.value, date | datetime):
            return f"{cell.value.year:04d}-{cell.value.month:02d}"
        found = read_month(western(cell.value) if isinstance(cell.value, str) else cell.value)
        if isinstance(found, Month):
            return f"{found.year:04d}-{found.month:02d}"
        year = year_in(cell.text)
        ja = f"{year} 年の何月か分かりません。{year}年4月" if year else "年月として読めません。1998年4月"
        en = f"does not say which month of {year}" if year else "is not readable as a month"
        self.error(
            heading,
            "year_month",
            f"「{shown(cell.text)}」は{ja} のように書いてください。",
            f"{shown(cell.text)!r} {en}; write it as in {year or 1998}年4月.",
        )
        return None

    def amount(self, heading: str, limits: Range) -> Decimal | None:
        """Return an amount in the unit of `limits`; a cell may name another unit of the same kind."""
        if not self.given(heading):
            return None
        cell = self.cells[heading]
        reading = self._with_its_unit(cell, limits)
        if reading is None:
            found = number(self.grid, cell, self.problems)
            if found is None:
                return None
            try:
                reading = limits.read(f"{found.value:f} {found.unit or limits.unit}".rstrip())
            except RefusalError as error:
                said = error.message
                self.error(heading, "amount", f"{heading}: {said.ja}", f"{heading}: {said.en}")
                return None
        exact = amount_in(reading, limits.unit)
        if limits.unit == "%" and 0 < exact < 1:
            as_share = format_number(exact * 100)
            self.problems.warning(
                "percent",
                f"{heading} が {reading.number:f} % です。{as_share} % のことなら {as_share} と書いてください。",
                f"This is {reading.number:f} %; if {as_share} % is meant, write {as_share}.",
                self.grid.place(cell),
            )
        return Decimal(exact.numerator) / Decimal(exact.denominator)

    @staticmethod
    def _with_its_unit(cell: Cell, limits: Range) -> Reading | None:
        """Return the reading of a text that names a unit that fits."""
        if not isinstance(cell.value, str) or not limits.unit:
            return None
        try:
            return limits.read(cell.value)
        except RefusalError:
            return None
