"""Formats and cells of energy_account.xlsx: what is entered is blue, a formula keeps its value, text stays text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from carbonlib.factors import NO_FACTOR_JA
from carbonlib.present.columns import width
from carbonlib.publish.template_style import ACCENT, FONT, GREY, INPUT

_EDGE = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
    "plain": {},
    "mark": {"bold": True, "font_color": "#8A5300"},
    "note": {"font_size": 10, "font_color": "#595959"},
    "heading": {
        **_EDGE,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": ACCENT,
        "text_wrap": True,
        "align": "center",
    },
    # a word that follows a number must not touch it
    "text": {**_EDGE, "text_wrap": True, "align": "left", "indent": 1},
    "missing": {**_EDGE, "align": "right", "font_color": "#595959"},
    "input": {**_EDGE, "bg_color": INPUT, "num_format": "#,##0.000;▲#,##0.000"},
    "input_yen": {**_EDGE, "bg_color": INPUT, "num_format": "#,##0;▲#,##0"},
    "input_factor": {**_EDGE, "bg_color": INPUT, "num_format": "0.0#########"},
    "factor": {**_EDGE, "num_format": "0.0####"},
    "whole": {**_EDGE, "num_format": "#,##0;▲#,##0"},
    "exact": {**_EDGE, "num_format": "#,##0.000;▲#,##0.000"},
    "price": {**_EDGE, "num_format": "#,##0.00;▲#,##0.00"},
    "demand": {**_EDGE, "num_format": "#,##0.0"},
    "date": {**_EDGE, "num_format": "yyyy-mm-dd", "align": "center"},
}
_LINE = 18  # height of a line of text, in points
_INDENT = 3  # what the indent and the edges of a cell take of its width, in digits
_TOTAL = {"bold": True, "bg_color": GREY, "top": 2}


@dataclass
class AccountBook:
    """A workbook under writing with its formats."""

    book: Any
    formats: dict[str, Any] = field(default_factory=dict)
    widths: dict[str, Sequence[float]] = field(default_factory=dict)
    heights: dict[tuple[str, int], int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return a format; ``total exact`` is that of a sum."""
        if name not in self.formats:
            total, _, kind = name.rpartition(" ")
            properties = {"font_name": FONT, "font_size": 11, **_FORMATS[kind], **(_TOTAL if total else {})}
            self.formats[name] = self.book.add_format(properties)
        return self.formats[name]

    def sheet(self, name: str, widths: Sequence[float]) -> Any:
        """Return a new sheet set up for A4 on its side."""
        sheet = self.book.add_worksheet(name)
        self.widths[name] = widths
        for column, one in enumerate(widths):
            sheet.set_column(column, column, one)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def make_room(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Make a row high enough for a text that is wrapped: not every program does it when the file is opened."""
        room = max(self.widths[sheet.name][column] - _INDENT, 1)
        lines = sum(max(1, ceil(width(line) / room)) for line in text.split("\n"))
        if lines > self.heights.get((sheet.name, row), 0):
            self.heights[sheet.name, row] = lines
            sheet.set_row(row, _LINE * lines + 4)


def headings(book: AccountBook, sheet: Any, row: int, names: Sequence[str]) -> None:
    """Write the headings of a table."""
    for column, name in enumerate(names):
        book.make_room(sheet, row, column, name)
        sheet.write_string(row, column, name, book["heading"])


def formula(
    book: AccountBook,
    sheet: Any,
    row: int,
    column: int,
    text: str,
    value: float | None,
    kind: str,
    missing: str = NO_FACTOR_JA,
) -> None:
    """Write a formula with its value, or the words for one that is not known."""
    if value is None or not text:
        sheet.write_string(row, column, missing, book[kind.replace(kind.split()[-1], "missing")])
    else:
        sheet.write_formula(row, column, text, book[kind], value)


def write(
    book: AccountBook, sheet: Any, row: int, column: int, value: Any, kind: str, missing: str = ""
) -> None:
    """Write a value as what it is: text never becomes a formula, a link or a number."""
    if value is None:
        sheet.write_string(row, column, missing, book["missing"])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, book["date"])
    elif isinstance(value, str):
        book.make_room(sheet, row, column, value)
        sheet.write_string(row, column, value, book["text"])
    else:
        sheet.write_number(row, column, value, book[kind])
