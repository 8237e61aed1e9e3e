"""A smallest .xls (BIFF8 in an OLE file), since nothing here writes one."""

from __future__ import annotations

import struct

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _cell(row: int, column: int, value: str | float) -> bytes:
    head = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, head + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, head + struct.pack("<d", value))


def _stream(cells: list[tuple[int, int, str | float]], locked: bool, title: str) -> bytes:
    begin = _record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 1997, 0, 6))
    if locked:
        begin += _record(0x002F, b"\1\0\1\0\1\0" + b"\x5a" * 48)
    name = title.encode("utf-16-le")
    page = _record(0x0042, struct.pack("<H", 1200))
    length = len(begin) + len(page) + 4 + 8 + len(name) + 4
    sheet = _record(0x0085, struct.pack("<LBBBB", length, 0, 0, len(title), 1) + name)
    body = _record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0010, 0, 1997, 0, 6))
    body += b"".join(_cell(*c) for c in cells) + _record(0x000A, b"")
    whole = begin + page + sheet + _record(0x000A, b"") + body
    return whole.ljust(max(4096, -(-len(whole) // 512) * 512), b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBLLL", len(wide), kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<LLL", start, size, 0)
    )


def xls(
    cells: list[tuple[int, int, str | float]],
    *,
    sheet: str = "電気",
    stream_name: str = "Workbook",
    locked: bool = False,
) -> bytes:
    """Return a workbook of one sheet with the cells given by row, column and value.

    With `locked` it has the record of a password; an encrypted .xlsx is an OLE file whose stream is EncryptedPackage.
    """
    stream = _stream(cells, locked, sheet)
    sectors = len(stream) // 512
    fat = [_FAT, _END, *range(3, 2 + sectors), _END]
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(512, b"\xff")
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(stream_name, 2, _FREE, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xLLLLLLLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109L", 0, *[_FREE] * 108)
    return head + table + directory.ljust(512, b"\0") + stream
