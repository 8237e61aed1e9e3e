"""A CSV file as rows of cells that know their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from carbonlib.errors import Finding, Message, Place, RecordError
from carbonlib.records.model import TAX_WORDS
from carbonlib.records.reading.abovetable import money_said, tax_said
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import fiscal_year_in
from carbonlib.records.reading.problems import Problems
from carbonlib.records.textfile import decoded, encoding_notes

MIB = 1024 * 1024
MOST_BYTES = 256 * MIB
MOST_COLUMNS = 1_000
_FEW_NULS = 0.1  # more of them among the characters come of an encoding with two or four bytes each
_LOOKED_AT = 64 * 1024
_TITLE_LINES = 30  # how far down a heading is looked for
# what parts the cells, where it is not the comma
_PARTED = {
    ";": (
        "csv.semicolons",
        "セミコロン（;）区切りとして読みました。",
        "It was read as separated by semicolons.",
    ),
    "\t": ("csv.tabs", "タブ区切りとして読みました。", "It was read as separated by tabs."),
}


@dataclass
class CsvGrid(Grid):
    """The rows of a CSV file seen as a sheet; a cell's place is its line."""

    lines: Sequence[int] = ()

    def place(self, cell: Cell) -> Place:
        """Return where a cell stands."""
        return Place(self.file, self.lines[cell.row] if cell.row < len(self.lines) else None)


@dataclass
class CsvTable:
    """A heading, the rows below it with their lines, and the lines above it."""

    name: str
    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: list[int]
    above: list[str] = field(default_factory=list)

    def place(self, row: int) -> Place:
        """Return where a row stands."""
        return Place(self.name, self.lines[row])

    @property
    def fiscal_year(self) -> int | None:
        """The one fiscal year that the lines above the heading name."""
        years = {y for text in self.above if (y := fiscal_year_in(text))}
        return years.pop() if len(years) == 1 else None

    @cached_property
    def money_above(self) -> str:
        """The unit of costs that the lines above the heading state, empty where they do not."""
        return money_said(self.above[::-1])

    @cached_property
    def tax_above(self) -> str:
        """What the lines above the heading say of tax as bills.csv writes it, empty for nothing."""
        said = tax_said(self.above[::-1])
        return "" if said == "unknown" else TAX_WORDS[said]

    @cached_property
    def grid(self) -> CsvGrid:
        """The rows below the heading as a sheet."""
        return CsvGrid(self.name, "", list(self.rows), lines=self.lines)


@dataclass
class CsvFile:
    """All rows of a file that hold anything, with their lines."""

    name: str
    rows: list[list[str]]
    lines: list[int]
    notes: list[Finding]

    @property
    def grid(self) -> CsvGrid:
        """The whole file as a sheet."""
        return CsvGrid(self.name, "", list(self.rows), lines=self.lines)

    def heading(self, fits: Callable[[list[str]], bool]) -> int | None:
        """Return the first of the upper rows that is a heading by `fits`."""
        return next((i for i, row in enumerate(self.rows[:_TITLE_LINES]) if fits(row)), None)

    def table(self, at: int, problems: Problems) -> CsvTable:
        """Return the table under the heading at a row; a row with more cells than the heading is named."""
        header = [h.strip() for h in self.rows[at]]
        while header and not header[-1]:
            header.pop()
        width = len(header)
        rows, lines = [], []
        for cells, line in zip(self.rows[at + 1 :], self.lines[at + 1 :], strict=True):
            if len(cells) != width:
                if any(c.strip() for c in cells[width:]):
                    message = Message(
                        "見出しより列が多い行です。桁区切りのカンマを引用符で囲むか、消してください。",
                        "The row has more cells than the header; quote thousands separators or drop them.",
                    )
                    problems.add([Finding("csv.too_many_cells", "error", message, Place(self.name, line))])
                    continue
                cells = (cells + [""] * width)[:width]
            rows.append(cells)
            lines.append(line)
        above = [c for row in self.rows[:at] for c in row if c.strip()]
        return CsvTable(self.name, header, self.lines[at], rows, lines, above)


def read_csv(path: Path, name: str) -> CsvFile:
    """Return the rows of a CSV file that hold anything.

    Parameters
    ----------
    path : Path
        UTF-8 with or without BOM, or UTF-16, CP932 or parted by tabs or semicolons, which notes say.
    name : str
        What messages call it.

    Raises
    ------
    RecordError
        A file that is missing, too large, in another encoding, or not CSV.
    """
    text = _text(path, name)
    parted_by = _parted_by(text)
    rows, lines = _rows(text, parted_by, name)
    if (widest := max((len(r) for r in rows), default=0)) > MOST_COLUMNS:
        raise _wrong(
            "csv.too_wide",
            f"列が {widest:,} あります（{MOST_COLUMNS:,} まで）。表の形を確かめてください。",
            f"There are {widest:,} columns (at most {MOST_COLUMNS:,}); look at the layout.",
            name,
        )
    if not rows:
        raise _wrong("csv.empty", "何も書かれていません。", "Nothing is written in it.", name)
    notes = encoding_notes(path, name)
    if said := _PARTED.get(parted_by):
        notes.append(Finding(said[0], "note", Message(*said[1:]), Place(name)))
    return CsvFile(name, rows, lines, notes)


def _text(path: Path, name: str) -> str:
    """Return the text of a file that may be a table."""
    if path.is_dir():
        raise _wrong(
            "file.folder",
            "フォルダです。ファイルを指定してください。",
            "This is a folder; name a file.",
            name,
        )
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise _wrong(
            "csv.too_large",
            f"{MOST_BYTES // MIB} MiB より大きいので読みません。年度や地区で分けてください。",
            f"It is larger than {MOST_BYTES // MIB} MiB and is not read; divide it by year or district.",
            name,
        )
    text, _ = decoded(path, name)
    if 0 < (count := text.count("\0")) <= len(text) * _FEW_NULS:
        raise _wrong(
            "csv.nul",
            f"文字でない値（NUL、文字コード 0）が {count:,} 個混じっています。ファイルが壊れていないか確かめ、作り直すか、この行から順に"
            "書き直してください。",
            f"The file holds {count:,} NUL characters (code 0), which are no text; it may be damaged. Make it anew, or write "
            "the lines anew from this one on.",
            name,
            text[: text.index("\0")].count("\n") + 1,
        )
    if "\0" in text:
        raise _wrong(
            "file.encoding",
            "文字コードが UTF-8 でも CP932（シフト JIS）でもありません。UTF-8 で保存し直してください（Excel では「CSV UTF-8」）。",
            "The file is neither UTF-8 nor CP932; save it as UTF-8 (in Excel: 'CSV UTF-8').",
            name,
        )
    return text


def _rows(text: str, parted_by: str, name: str) -> tuple[list[list[str]], list[int]]:
    """Return the rows that hold anything, and the lines on which they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True)
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                rows.append(cells)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise _wrong(
                "csv.cell_too_long",
                f"{csv.field_size_limit():,} 文字より長い欄があります。中身を確かめてください。",
                f"A cell is longer than {csv.field_size_limit():,} characters; look at what it holds.",
                name,
                line,
            ) from None
        raise _wrong(
            "csv.syntax",
            'CSV として読めません。引用符（"）の閉じ忘れがないか確かめてください。',
            "Not readable as CSV; check for a quote that is not closed.",
            name,
            line,
        ) from None
    return rows, lines


def _parted_by(text: str) -> str:
    """Return what parts the cells: tabs or semicolons where the upper lines hold more of them than commas."""
    upper = [line for line in text[:_LOOKED_AT].splitlines()[:_TITLE_LINES] if line.strip()]
    counts = {mark: sum(line.count(mark) for line in upper) for mark in (",", "\t", ";")}
    # notes may hold semicolons, headings do not
    if counts[";"] > counts[","] and any(line.count(";") > line.count(",") for line in upper[:1]):
        return ";" if counts[";"] > counts["\t"] else "\t"
    return "\t" if counts["\t"] > counts[","] else ","


def _wrong(id: str, ja: str, en: str, name: str, line: int | None = None) -> RecordError:
    return RecordError.of(id, ja=ja, en=en, place=Place(name, line))
