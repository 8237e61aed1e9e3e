"""Formats of the template: one Japanese face, input cells coloured and unlocked, everything else locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

FONT = "游ゴシック"
ACCENT, INPUT, GREY = "#00694E", "#E8F4FB", "#F2F2F2"
_INPUT = {"bg_color": INPUT, "border": 1, "border_color": "#BFBFBF", "locked": False}
_KINDS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
    "guide": {"font_size": 10, "font_color": "#595959"},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "label": {"bold": True, "valign": "vcenter"},
    "heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": ACCENT,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "border_color": "#BFBFBF",
    },
    "fixed": {"bg_color": GREY, "border": 1, "border_color": "#BFBFBF", "valign": "vcenter"},
    "wrapped": {
        "bg_color": GREY,
        "border": 1,
        "border_color": "#BFBFBF",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "sum": {
        "bg_color": GREY,
        "border": 1,
        "border_color": "#BFBFBF",
        "bold": True,
        "num_format": "#,##0.###",
    },
    "text": {**_INPUT, "num_format": "@", "text_wrap": True, "valign": "vcenter"},
    "number": {**_INPUT, "num_format": "#,##0.###"},
    "year": {**_INPUT, "num_format": "0"},
    "date": {**_INPUT, "num_format": "yyyy/m/d"},
}


@dataclass
class Book:
    """A workbook under writing with its formats."""

    book: Any
    formats: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, properties in _KINDS.items():
            self.formats[name] = self.book.add_format({"font_name": FONT, "font_size": 11, **properties})

    def sheet(self, name: str, title: str, guides: tuple[str, ...], *, landscape: bool = False) -> Any:
        """Return a new sheet with its title and guiding sentences, set up for A4 and protected.

        Parameters
        ----------
        name, title : str
            Of the tab and of the first row.
        guides : tuple of str
            Sentences below the title.
        landscape : bool
            Whether the page lies on its side.
        """
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.formats["title"])
        for row, guide in enumerate(guides, start=1):
            sheet.write_string(row, 0, guide, self.formats["guide"])
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.set_comments_author("carbonlib")
        sheet.protect("", {"format_columns": True, "format_rows": True})
        return sheet


def choice(values: Any, title: str, message: str, *, strict: bool = True) -> dict[str, Any]:
    """Return a drop-down list with its input message.

    Parameters
    ----------
    values : list of str or str
        The choices, or a range that holds them.
    title, message : str
        Shown when the cell is chosen.
    strict : bool
        Whether anything else is refused.
    """
    return {
        "validate": "list",
        "source": values,
        "input_title": title,
        "input_message": message,
        "error_title": "一覧から選んでください",
        "error_message": "右の▼を押し、一覧から選んでください。",
        "error_type": "stop" if strict else "warning",
    }


def at_least(minimum: float, title: str, message: str, *, kind: str = "decimal") -> dict[str, Any]:
    """Return a check of numbers with its input message.

    Parameters
    ----------
    minimum : float
        The smallest number.
    title, message : str
        Shown when the cell is chosen.
    kind : str
        ``decimal`` or ``integer``.
    """
    return {
        "validate": kind,
        "criteria": ">=",
        "value": minimum,
        "input_title": title,
        "input_message": message,
        "error_title": "数字で入れてください",
        "error_message": "単位を付けず、半角の数字だけで入れてください。分からないときは空欄にします。",
        "error_type": "warning",
    }


def new_book(stream: Any) -> Any:
    """Return an XlsxWriter workbook in which no text becomes a formula or a link."""
    return xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 11},
        },
    )
