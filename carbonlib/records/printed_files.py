"""Files with printed tables as lines of cells: their size, their encoding, and what a workbook stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from carbonlib.errors import Place, RecordError

LARGEST_FILE = 10_000_000  # bytes
MOST_ROWS, MOST_COLUMNS = 20_000, 200


def failure(id: str, name: str, ja: str, en: str, line: int | None = None, sheet: str = "") -> RecordError:
    """Return the error of a file that cannot be audited, with where it stands."""
    error = RecordError.of(id, ja=ja, en=en, place=Place(name, line, sheet))
    assert isinstance(error, RecordError)
    return error


def file_bytes(path: Path, name: str) -> bytes:
    """Return a file's bytes, or raise where it is missing, no file, or over `LARGEST_FILE`."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            mega = LARGEST_FILE // 1_000_000
            raise failure(
                "table.too_large",
                name,
                f"ファイルが大きすぎます（{mega} MB まで）。確かめる表だけを別のファイルにしてください。",
                f"The file is too large (at most {mega} MB); put the table alone into a file.",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        raise failure(
            "file.missing" if missing else "file.unreadable",
            name,
            "ファイルがありません。名前を確かめてください。"
            if missing
            else "ファイルを開けません。フォルダではないか、開く権限があるかを確かめてください。",
            "There is no such file; check its name."
            if missing
            else "The file cannot be opened; check that it is a file and may be read.",
        ) from None


def csv_lines(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a CSV with the line it begins on; UTF-8, Shift_JIS, or UTF-16 with its mark."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = None
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\0" in text:
        raise failure(
            "file.encoding",
            name,
            "文字コードが UTF-8 でも Shift_JIS でもありません。CSV として保存し直してください。",
            "The file is neither UTF-8 nor Shift_JIS; save it again as CSV.",
        )
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        strict=True,
        delimiter="\t" if "\t" in first and "," not in first else ",",
    )
    try:
        start = 1
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    except csv.Error:
        raise failure(
            "csv.syntax",
            name,
            '引用符（"）の閉じ忘れなどがあり、CSV として読めません。',
            "Not readable as CSV; check for a quote that is not closed.",
            reader.line_num or 1,
        ) from None


def _stored(value: object) -> str:
    """Return a workbook's stored value as text: a number to 12 digits, so that binary rounding does not show."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int | float):
        try:
            return f"{Decimal(f'{value:.12g}'):f}"
        except (ArithmeticError, ValueError):
            return str(value)
    return str(value)


def sheets(data: bytes, name: str) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Yield each visible sheet of an xlsx: its name, and its rows with their numbers, as stored values."""
    from carbonlib.records.workbook.archive import inspect
    from carbonlib.records.workbook.opening import sheets_in

    place = Place(name)
    inspect(data, place)
    for sheet in sheets_in(data, place):
        if sheet["hidden"]:
            continue
        values = sheet["values"]
        if len(values) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in values):
            raise too_many(name, sheet["name"])
        yield sheet["name"], [(i, [_stored(v) for v in row]) for i, row in enumerate(values, 1)]


def too_many(name: str, sheet: str = "") -> RecordError:
    """Return the error of a table with too many rows or columns."""
    return failure(
        "table.too_large",
        name,
        f"表が大きすぎます（{MOST_ROWS} 行・{MOST_COLUMNS} 列まで）。",
        f"The table is too large (at most {MOST_ROWS} rows and {MOST_COLUMNS} columns).",
        sheet=sheet,
    )
