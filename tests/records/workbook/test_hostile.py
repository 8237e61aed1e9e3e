"""Hostile workbooks are refused or read within 512 MiB and 10 seconds, with a sentence; each is measured in a process."""

from __future__ import annotations

import json
import os
import random
import string
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.records.workbook.books import book, edit_zip, shop
from tests.warm import run_warm

MIB = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
_PROGRAM = """
import json, resource, sys
from pathlib import Path
from carbonlib.errors import CarbonlibError
from carbonlib.records.importing import import_files
from carbonlib.records.workspace import Workspace
try:
    done = import_files(Workspace(Path(sys.argv[1])), [Path(sys.argv[2])], company_id=sys.argv[3] or None)
    ids, text = sorted({f.id for f in done.findings}), f"{done.changes[0].added} rows"
except CarbonlibError as error:
    ids, text = sorted({f.id for f in error.findings}), error.text()
# ru_maxrss of the process itself begins with what its parent held at the fork, the kernel's own mark does not
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
# by the processor, the reading child included: other work on the machine is not the workbook's doing
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([ids, text[:2000], peak // 1024, sum(u.ru_utime + u.ru_stime for u in used)]))
"""


def measured(workspace: Path, file: Path, company_id: str) -> tuple[list[str], str, int, float]:
    """Import in a process of its own; return ids, text, MiB at the most, and seconds of the processor."""
    arguments = [str(workspace), str(file), company_id]
    done = run_warm(_PROGRAM, arguments, cwd=workspace, environment=os.environ)
    assert done.returncode == 0, done.stderr[-2000:]
    ids, text, peak, seconds = json.loads(done.stdout)
    return ids, text, peak, seconds


def plain(path: Path) -> Path:
    return book(path, {"電気": [["年月", "使用量(kWh)", "備考"], ["2025年4月", 1200, "x"]]})


def swap(old: bytes, made: Callable[[], bytes], part: str = SHEET) -> Callable[[Path], Path]:
    """Return a maker of a workbook with a part changed; what goes in is made when it is needed, since it is large."""

    def make(path: Path) -> Path:
        def change(name: str, data: bytes) -> bytes:
            if name != part:
                return data
            assert old in data, data[:3000]
            return data.replace(old, made(), 1)

        return edit_zip(plain(path), change)

    return make


def noise(size: int) -> bytes:
    return "".join(random.Random(1).choices(string.ascii_letters, k=size)).encode()


def rows_of(text: str, number: int) -> bytes:
    return "".join(text.format(n=n) for n in range(10, 10 + number)).encode()


def many_entries(path: Path) -> Path:
    return edit_zip(plain(path), lambda _, d: d, {f"xl/media/{n}.bin": b"" for n in range(3000)})


def stored_bomb(path: Path) -> Path:
    with (
        zipfile.ZipFile(plain(path), "a", zipfile.ZIP_DEFLATED) as parts,
        parts.open("xl/media/a.bin", "w") as out,
    ):
        for _ in range(300):
            out.write(bytes(MIB))
    return path


def lying(path: Path) -> Path:
    """Make the directory say that a part of 60 MB is small."""
    edit_zip(plain(path), lambda n, d: d + b" " * (60 * MIB) if n == SHEET else d)
    with zipfile.ZipFile(path) as parts:
        size = parts.getinfo(SHEET).file_size
    data = path.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 5000))
    path.write_bytes(data)
    return path


def repeated_text(path: Path) -> Path:
    """Name one long shared text from many cells."""
    cells = rows_of('<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>', 9000)
    long = b"<si><t>" + noise(32_000) + b"</t></si>"

    def change(name: str, data: bytes) -> bytes:
        if name == SHEET:
            return data.replace(b"</sheetData>", cells + b"</sheetData>")
        return data.replace(b"<si>", long + b"<si>", 1) if name == "xl/sharedStrings.xml" else data

    return edit_zip(plain(path), change)


def long_table(
    *row: object, head: tuple[str, ...] = ("年月", "電気使用量(kWh)"), number: int = 2_900
) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        return book(path, {"x": [head, *([v(n) if callable(v) else v for v in row] for n in range(number))]})

    return make


def month_of(n: int) -> str:
    return f"{2000 + n // 12 % 99}年{n % 12 + 1}月"


def nested(path: Path) -> Path:
    return swap(b"</worksheet>", lambda: b"<a>" * 5_000 + b"</a>" * 5_000 + b"</worksheet>")(path)


def written(data: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def wide_xls(path: Path) -> Path:
    """Write an .xls whose one far cell makes a sheet of 16 million cells."""
    from tests.records.workbook.xls import xls

    path = path.with_suffix(".xls")
    path.write_bytes(xls([(0, 0, "年月"), (0, 1, "使用量(kWh)"), (65535, 255, 1.0)]))
    return path


def elsewhere(path: Path) -> Path:
    """Keep the sheet in a part whose name does not say so, with a value in a column that Excel does not have."""
    make = swap(b'r="B2"', lambda: b'r="ZZZZZ2"')
    edit_zip(make(path), lambda n, d: d.replace(b"sheet1.xml", b"sheet1.bin") if n.endswith(".rels") else d)
    with zipfile.ZipFile(path) as parts:
        held = {n.replace("sheet1.xml", "sheet1.bin"): parts.read(n) for n in parts.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in held.items():
            parts.writestr(name, data)
    return path


def merged_over(reference: bytes) -> Callable[[Path], Path]:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="' + reference + b'"/></mergeCells>'
    return swap(b"</sheetData>", lambda: merged)


BILLION = (
    b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'.encode() for i in range(9))
    + b"]>"
)
ROOT_TAG = b"<worksheet "
CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "10 MB in one cell": (swap(b"<v>1200</v>", lambda: b"<v>" + noise(10 * MIB) + b"</v>"), "long_text"),
    "10 MB in one cell, all alike": (
        swap(b"<v>1200</v>", lambda: b"<v>" + b"a" * 10 * MIB + b"</v>"),
        "ratio",
    ),
    "10 MB in a shared text": (
        swap(b"<t>x</t>", lambda: b"<t>" + noise(10 * MIB) + b"</t>", "xl/sharedStrings.xml"),
        "long_text",
    ),
    "10 MB in an attribute": (swap(ROOT_TAG, lambda: b'<worksheet a="' + noise(10 * MIB) + b'" '), ""),
    "zip bomb": (swap(b"</worksheet>", lambda: b"</worksheet>" + b" " * 100 * MIB), "ratio"),
    "zip bomb of 300 MB": (stored_bomb, "unpacked"),
    "sizes in the directory are lies": (lying, "broken"),
    "3,000 parts": (many_entries, "entries"),
    "entity expansion": (swap(ROOT_TAG, lambda: BILLION + ROOT_TAG), "doctype"),
    "entity from outside": (
        swap(ROOT_TAG, lambda: b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + ROOT_TAG),
        "doctype",
    ),
    "DTD in the names of sheets": (
        swap(b"<workbook ", lambda: BILLION + b"<workbook ", "xl/workbook.xml"),
        "doctype",
    ),
    "DTD in a part nobody reads": (
        lambda p: edit_zip(plain(p), lambda _, d: d, {"xl/drawings/d.xml": BILLION + b"<a/>"}),
        "doctype",
    ),
    "a million empty rows": (
        swap(
            b"</sheetData>",
            lambda: rows_of('<row r="{n}" spans="1:3" ht="15"/>', 1_000_000) + b"</sheetData>",
        ),
        "",
    ),
    "ten million formatted cells": (
        swap(
            b"</sheetData>",
            lambda: rows_of('<row r="{n}">' + '<c s="1"/>' * 10 + "</row>", 350_000) + b"</sheetData>",
        ),
        "elements",
    ),
    "a value in the last cell": (
        swap(b"</sheetData>", lambda: b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "far_cell",
    ),
    "an empty text in the last cell": (
        swap(
            b"</sheetData>",
            lambda: b'<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row></sheetData>',
        ),
        "far_cell",
    ),
    "a cell in row 99,999,999,999": (swap(b'r="B2"', lambda: b'r="B99999999999"'), "reference"),
    "a cell in row 4,294,967,295": (swap(b'r="B2"', lambda: b'r="B4294967295"'), "reference"),
    "a cell in row 0": (swap(b'r="B2"', lambda: b'r="B0"'), "reference"),
    "a cell in column ZZZZZ": (swap(b'r="B2"', lambda: b'r="ZZZZZ2"'), "reference"),
    "a cell in column XFE": (swap(b'r="B2"', lambda: b'r="XFE2"'), "reference"),
    "a cell in a column of small letters": (swap(b'r="B2"', lambda: b'r="zzzzz2"'), "reference"),
    "a row of ten digits": (swap(b'<row r="2"', lambda: b'<row r="4294967295"'), "reference"),
    "a sheet said to be larger than Excel": (
        swap(b'<dimension ref="', lambda: b'<dimension ref="A1:ZZZZ9" x="'),
        "reference",
    ),
    "merged beyond Excel": (merged_over(b"A1:B99999999999"), "reference"),
    "merged in a column of small letters": (merged_over(b"a1:zzzzz9"), "reference"),
    "a shared formula beyond Excel": (
        swap(b"<v>1200</v>", lambda: b'<f t="shared" si="0" ref="A1:ZZZZZ9">1</f><v>1200</v>'),
        "reference",
    ),
    "a sheet in a part of another name": (elsewhere, "reference"),
    "two parts that differ by case": (
        lambda p: edit_zip(plain(p), lambda _, d: d, {"xl/worksheets/SHEET1.xml": b"<a/>"}),
        "names",
    ),
    "four billion texts claimed": (
        swap(b"uniqueCount=", lambda: b'uniqueCount="4294967295" x=', "xl/sharedStrings.xml"),
        "elements",
    ),
    "200,000 filled rows": (
        swap(
            b"</sheetData>",
            lambda: rows_of('<row r="{n}"><c r="A{n}"><v>1</v></c></row>', 200_000) + b"</sheetData>",
        ),
        "far_cell",
    ),
    "one text in 9,000 cells": (repeated_text, "cells"),
    "5,000 levels deep": (nested, "elements"),
    "merged over the whole sheet": (
        swap(
            b"</sheetData>",
            lambda: b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "",
    ),
    "2,900 rows that cannot be read": (long_table("いつか", "たくさん"), "month"),
    "2,900 rows with wrong months": (long_table("いつか", 5), "month"),
    "2,900 rows with wrong amounts": (long_table(month_of, "5 匹"), "not_a_number"),
    "2,900 rows of the same bills": (long_table(month_of, 5), "overlap"),
    "every row a header": (long_table("使用月", "電気使用量(kWh)"), "tables"),
    "every row a header and a row": (long_table("2025年4月", "電気使用量(kWh)", 5, head=("a", "b", "c")), ""),
    "a header in each other row": (
        long_table(
            lambda n: "使用月" if n % 2 else "2025年4月",
            lambda n: "電気使用量(kWh)" if n % 2 else n,
            head=("a", "b"),
        ),
        "tables",
    ),
    "15 columns of amounts in 2,900 rows": (
        long_table("いつか", *[5] * 15, head=("年月", *(f"{y}年度電気(kWh)" for y in range(2001, 2016)))),
        "month",
    ),
    "formula injection in 1,100 rows": (
        long_table(month_of, 5, "=cmd|'/c calc'!A1", head=("年月", "電気使用量(kWh)", "備考"), number=1_100),
        "formula_text",
    ),
    "path in a company id": (
        lambda p: book(p, {"事業所": [["事業者の記号（id）", "../evil"], ["事業者名", "x"]]}),
        "company_id",
    ),
    "not a zip": (written(b"PK\x03\x04 nothing"), "broken"),
    "empty": (written(b""), "broken"),
    "25 MB of noise": (lambda p: written(noise(25 * MIB))(p), "size"),
    "an old file that is none": (written(b"\xd0\xcf\x11\xe0" + b"x" * 5000), "unreadable"),
    "an old file with a far cell": (wide_xls, "unreadable"),
}


@pytest.mark.parametrize("name", CASES)
def test_hostile_workbooks_are_refused_or_read_in_bounds(tmp_path: Path, name: str) -> None:
    make, id_ = CASES[name]
    home = shop(tmp_path / "ws")
    file = make(tmp_path / "a.xlsx")
    # the id of the company is the file's own where that is what is hostile
    ids, text, peak, seconds = measured(home.root, file, "" if id_ == "company_id" else "shop")
    assert not list(tmp_path.rglob("evil*"))
    print(f"{name}: {peak} MiB, {seconds:.1f} s, {text[:90]}")
    assert peak < 512
    assert seconds < 9  # of 10, with a second for the imports, which this process was spared
    assert "Traceback" not in text
    if id_:
        assert ids == [f"workbook.{id_}"], text
        assert text.startswith(file.name)
        assert "。" in text
    else:
        assert text in {"1 rows", "0 rows"} or text.startswith(file.name)


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    from tests.records.workbook.books import bills, bring
    from tests.records.workbook.xls import xls

    home = shop(tmp_path / "ws")
    file = tmp_path / "a.xls"
    file.write_bytes(xls([(0, 0, "年月"), (0, 1, "電気使用量(kWh)"), (1, 0, "令和7年4月"), (1, 1, 1234.5)]))
    bring(home, file)
    assert [(str(b.start), str(b.quantity)) for b in bills(home)] == [("2025-04-01", "1234.5")]
