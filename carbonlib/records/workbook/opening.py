"""Opening a workbook with python-calamine once it has been found fit: values only, nothing is executed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine as calamine

from carbonlib.errors import Finding, Message, Place, RecordError, shown
from carbonlib.records.reading.grid import Grid
from carbonlib.records.reading.positions import Position
from carbonlib.records.workbook import limits
from carbonlib.records.workbook.archive import inspect
from carbonlib.records.workbook.facts import Facts
from carbonlib.records.workbook.limits import password, refused

SUFFIXES = (".xlsx", ".xlsm", ".xls")
_OLE = b"\xd0\xcf\x11\xe0"
_SECONDS = 8
# how an encrypted .xlsx calls its one stream; in an .xls the begin of the globals, and the record of a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOF, _FILE_PASS, _FIRST_RECORDS = bytes.fromhex("0908100000060500"), 0x2F, 8


def _unreadable(place: Place) -> RecordError:
    return refused(
        "unreadable", "Excel ブックとして読めません。", "It is not readable as an Excel workbook.", place
    )


def _data(path: Path, place: Place) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        what = f"「{shown(path.suffix)}」のファイル" if path.suffix else "拡張子のないファイルかフォルダ"
        what_en = f"a {shown(path.suffix)!r} file" if path.suffix else "a file without an ending, or a folder"
        raise RecordError.of(
            "workbook.suffix",
            ja=f"{what}です。読めるのは {'・'.join(SUFFIXES)} と CSV です。表計算ソフトで開き、.xlsx として保存し直してください。",
            en=f"It is {what_en}; {', '.join(SUFFIXES)} and CSV can be read. Open it in a spreadsheet and save it as .xlsx.",
            place=place,
        )
    try:
        if path.stat().st_size > limits.FILE_BYTES:
            raise refused(
                "size",
                f"{limits.FILE_BYTES // limits.MIB} MB を超えています。",
                f"It is larger than {limits.FILE_BYTES // limits.MIB} MB.",
                place,
            )
        return path.read_bytes()
    except OSError:
        raise RecordError.of(
            "workbook.missing",
            ja="ファイルがないか、開けません。名前と場所を確かめてください。",
            en="There is no such file, or it cannot be opened; check its name and folder.",
            place=place,
        ) from None


def sheets_in(data: bytes, place: Place) -> list[dict[str, Any]]:
    """Return name, values, merged ranges and visibility of each sheet, as calamine reads them.

    Raises
    ------
    RecordError
        Where calamine cannot read the file.
    """
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            found = []
            for meta in book.sheets_metadata:
                if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                if sheet.total_height * sheet.total_width > 4 * limits.AREA:
                    raise _unreadable(place)
                found.append(
                    {
                        "name": meta.name,
                        "values": sheet.to_python(skip_empty_area=False),
                        "merged": sheet.merged_cell_ranges or [],
                        "hidden": meta.visible is not calamine.SheetVisibleEnum.Visible,
                    }
                )
            return found
    except calamine.PasswordError:
        raise password(place) from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError, KeyError):
        raise _unreadable(place) from None
    except BaseException as error:
        # a panic inside calamine arrives as a class of its own that cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(place) from None


def _is_locked(data: bytes) -> bool:
    """Return whether an OLE file is encrypted: an .xlsx inside it, or an .xls whose first records hold a FilePass."""
    if _ENCRYPTED in data:
        return True
    at = data.find(_BOF)
    for _ in range(_FIRST_RECORDS if at >= 0 else 0):
        number, length = (
            int.from_bytes(data[at : at + 2], "little"),
            int.from_bytes(data[at + 2 : at + 4], "little"),
        )
        if number == _FILE_PASS:
            return True
        at += 4 + length
    return False


def _old_format(path: Path, place: Place) -> list[dict[str, Any]]:
    """Return the sheets of an .xls, read by a process of its own that may not take much memory or time."""
    command = [sys.executable, "-m", "carbonlib.records.workbook.old_format", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        found: list[dict[str, Any]] = json.loads(done.stdout) if done.returncode == 0 else []
    except (subprocess.TimeoutExpired, ValueError):
        found = []
    if not found:
        raise _unreadable(place)
    for sheet in found:
        sheet["values"] = [[_value(v) for v in row] for row in sheet["values"]]
    return found


def _value(written: Any) -> Any:
    if isinstance(written, dict):
        return (
            datetime.fromisoformat(written["time"])
            if "time" in written
            else date.fromisoformat(written["date"])
        )
    return written


def _shrunk(values: list[list[Any]]) -> list[list[Any]]:
    """Return the rows without what is blank at their end and below them."""
    rows = []
    for row in values:
        last = len(row)
        while last and row[last - 1] == "":
            last -= 1
        rows.append(row[:last])
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _merged(ranges: list[Any]) -> dict[Position, tuple[Position, Position]]:
    """Return the merged range of each cell that is in one; ranges of whole sheets say nothing and are left out."""
    found: dict[Position, tuple[Position, Position]] = {}
    for (r0, c0), (r1, c1) in ranges:
        if (r1 - r0 + 1) * (c1 - c0 + 1) > 5_000 or len(found) > 50_000:
            continue
        for row in range(r0, r1 + 1):
            found |= {(row, column): ((r0, c0), (r1, c1)) for column in range(c0, c1 + 1)}
    return found


def open_workbook(path: Path, name: str) -> tuple[list[Grid], list[Finding]]:
    """Return the sheets of a workbook and notes on what in it was left alone.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What messages call it.

    Returns
    -------
    tuple of list of Grid and list of Finding

    Raises
    ------
    RecordError
        For a file that is missing, of another kind, too large, broken, encrypted or hostile.
    """
    place = Place(name)
    data = _data(path, place)
    facts = Facts()
    if data.startswith(_OLE) and _is_locked(data):
        raise password(place)
    if data.startswith(_OLE):
        sheets = _old_format(path, place)
    else:
        facts = inspect(data, place)
        sheets = sheets_in(data, place)
    grids = []
    for sheet in sheets:
        fact = facts.sheets.get(sheet["name"])
        grids.append(
            Grid(
                file=name,
                sheet=sheet["name"],
                values=_shrunk(sheet["values"]),
                merged=_merged(sheet["merged"]),
                hidden_rows=frozenset(fact.hidden_rows) if fact else frozenset(),
                hidden_columns=frozenset(fact.hidden_columns) if fact else frozenset(),
                formulas=frozenset(fact.formulas) if fact else frozenset(),
                broken=frozenset(fact.broken) if fact else frozenset(),
                hidden=sheet["hidden"],
            )
        )
    return grids, _left_alone(facts, place)


def _left_alone(facts: Facts, place: Place) -> list[Finding]:
    found = []
    if facts.macros:
        message = Message(
            "マクロが入っています。実行せず、セルの値だけを読みました。",
            "The file holds macros; they were not run, only cell values were read.",
        )
        found.append(Finding("workbook.macros", "note", message, place))
    if facts.external:
        message = Message(
            "ほかのファイルへのリンクがあります。たどらず、保存されている値を読みました。",
            "The file links to other files; they were not followed, stored values were read.",
        )
        found.append(Finding("workbook.external_links", "note", message, place))
    return found
