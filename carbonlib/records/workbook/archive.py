"""The zip directory of an .xlsx and every XML part, looked at before anything opens the file."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from carbonlib.errors import Place, RecordError
from carbonlib.records.workbook import limits
from carbonlib.records.workbook.facts import Facts, Names, SheetFacts, Strings, XmlPart
from carbonlib.records.workbook.limits import password, refused

_DOCTYPE = re.compile(
    rb"<\x00?!\x00?(D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I
)
_BROKEN = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, OSError, struct.error, RuntimeError)
_STRINGS = "xl/sharedstrings.xml"
_READ_FIRST = {_STRINGS, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
_CHUNK = 64 * 1024


def _broken(place: Place) -> RecordError:
    return refused(
        "broken",
        "Excel ブックとして壊れているか、別の形式のファイルです。",
        "The file is broken, or no Excel workbook.",
        place,
    )


def _doctype(place: Place) -> RecordError:
    return refused(
        "doctype",
        "ブックの中の XML に DTD（実体の定義）があります。Excel は書かないもので、攻撃に使われます。",
        "The XML inside holds a DTD, which Excel never writes and which is used in attacks.",
        place,
    )


def _low(entry: zipfile.ZipInfo) -> str:
    """Return the name under which a reader of workbooks may find a part: it minds neither case nor slash."""
    return entry.filename.lower().replace("\\", "/")


def _directory(archive: zipfile.ZipFile, place: Place) -> list[zipfile.ZipInfo]:
    """Return the entries of the directory, or raise where their number, sizes or names are out of bounds."""
    entries = archive.infolist()
    names = [e.filename for e in entries]
    if len(entries) > limits.ENTRIES:
        raise refused(
            "entries",
            f"中に {len(entries):,} 個の部品があります（{limits.ENTRIES:,} 個まで）。",
            f"It holds {len(entries):,} parts, more than {limits.ENTRIES:,}.",
            place,
        )
    if any(e.flag_bits & 1 for e in entries):
        raise password(place)
    total = sum(e.file_size for e in entries)
    if total > limits.UNPACKED_BYTES:
        raise refused(
            "unpacked",
            f"展開すると {total / limits.MIB:,.0f} MB になります（{limits.UNPACKED_BYTES // limits.MIB} MB まで）。",
            f"It unpacks to {total / limits.MIB:,.0f} MB, more than {limits.UNPACKED_BYTES // limits.MIB}.",
            place,
        )
    for entry in entries:
        if entry.file_size > limits.RATIO_FROM and entry.file_size > limits.RATIO * max(
            entry.compress_size, 1
        ):
            ratio = entry.file_size / max(entry.compress_size, 1)
            raise refused(
                "ratio",
                f"展開すると {ratio:,.0f} 倍にふくらむ部品があります（圧縮爆弾の疑い）。",
                f"A part unpacks to {ratio:,.0f} times its size (perhaps a zip bomb).",
                place,
            )
    if len({_low(e) for e in entries}) < len(names) or any(
        n.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", n) for n in names
    ):
        raise refused(
            "names",
            "部品の名前が重なっているか、外のフォルダを指しています。",
            "Names of parts stand twice or point outside.",
            place,
        )
    return entries


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while block := stream.read(_CHUNK):
            yield block


def _parse(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, part: XmlPart, place: Place) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def doctype(*_: object) -> None:
        raise _doctype(place)

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.StartElementHandler = part.opened
    parser.EndElementHandler = part.closed
    parser.CharacterDataHandler = part.text
    try:
        for block in _chunks(archive, entry):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise _broken(place) from None


def _search(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Place) -> None:
    """Raise where a part that is not parsed holds a DTD all the same."""
    before = b""
    for block in _chunks(archive, entry):
        if _DOCTYPE.search(before + block):
            raise _doctype(place)
        before = block[-24:]


def inspect(data: bytes, place: Place) -> Facts:
    """Return what the XML of an .xlsx says beyond cell values, or raise where the file is not fit to be opened.

    Parameters
    ----------
    data : bytes
        The whole file.
    place : Place
        The file, for messages.

    Returns
    -------
    Facts
        Hidden rows, formulas and broken cells by sheet.

    Raises
    ------
    RecordError
        For a file that is broken, too large, a zip bomb, encrypted, or that holds a DTD.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _directory(archive, place)
            xml = [e for e in entries if _low(e).endswith((".xml", ".rels"))]
            if sum(e.file_size for e in xml) > limits.XML_BYTES:
                raise refused(
                    "xml",
                    f"表と文字の部分が {limits.XML_BYTES // limits.MIB} MB を超えています。",
                    f"Its cells and texts exceed {limits.XML_BYTES // limits.MIB} MB.",
                    place,
                )
            return _facts(archive, entries, place)
    except _BROKEN:
        raise _broken(place) from None


def _facts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], place: Place) -> Facts:
    budget = limits.ELEMENTS
    names, strings = Names(place, budget), Strings(place, budget)
    for entry in entries:
        low = _low(entry)
        if low in _READ_FIRST:
            _parse(archive, entry, strings if low == _STRINGS else names, place)
    sheets = {}
    counted = [0, 0, 0]  # elements, cells and characters of all sheets together
    sheet_of = names.sheet_of()
    for entry in entries:
        low = _low(entry)
        if low in sheet_of or (low.startswith("xl/worksheets/") and low.endswith(".xml")):
            sheet = SheetFacts(Place(place.file, sheet=sheet_of.get(low, "")), budget, strings, counted)
            _parse(archive, entry, sheet, place)
            if low in sheet_of:
                sheets[sheet_of[low]] = sheet
        elif low.endswith((".xml", ".rels")) and not low.startswith(("xl/drawings/", "docprops/")):
            if low not in _READ_FIRST:
                _parse(archive, entry, XmlPart(place, budget), place)
        elif low.endswith((".xml", ".rels", ".vml")):
            _search(archive, entry, place)
    parts = [_low(e) for e in entries]
    return Facts(
        sheets,
        macros=any(n.endswith("vbaproject.bin") for n in parts),
        external=any(n.startswith("xl/externallinks/") for n in parts),
    )
