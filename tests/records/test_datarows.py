"""Our own CSV files have a cell for every heading and no more, and a row that has more is refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import carbonlib
from carbonlib.errors import CarbonlibError, RecordError
from carbonlib.factors import sources
from carbonlib.factors.loader import COLUMNS, read_factor_sets
from carbonlib.records.datarows import data_rows
from carbonlib.records.equipment import attributes

PACKAGE = Path(carbonlib.__file__).parent
FILES = sorted(p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_our_own_files_has_as_many_cells_as_headings(name: str) -> None:
    with (PACKAGE / name).open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream, strict=True)
    assert rows
    assert [(i, len(r)) for i, r in enumerate(rows, 2) if len(r) != len(header)] == []


def test_the_message_of_an_attribute_is_whole() -> None:
    assert attributes()["rated_input"].hint_ja.endswith("1,000 で割ります（85 W は 0.085）。")


def test_rows_with_more_cells_than_headings_are_refused_all_at_once() -> None:
    with pytest.raises(RecordError) as caught:
        list(data_rows("a,b\n1,2,3\n1,2\n1,2,3,4\n", "x.csv", ("a", "b")))
    assert [(f.id, f.place.line) for f in caught.value.findings] == [("csv.cells", 2), ("csv.cells", 4)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_named_by_the_line_on_which_they_begin(end: str) -> None:
    text = end.join(["a,b", "1,2", "", f'3,"4{end}5"', "6,7", ""])
    rows = [(place.line, row["a"]) for place, row in data_rows(text, "x.csv", ("a", "b"))]
    assert rows == [(2, "1"), (4, "3"), (6, "6")]


@pytest.mark.parametrize("head", ["a,b", "a,c"])
def test_a_quote_that_is_not_closed_is_refused_where_its_row_begins(head: str) -> None:
    with pytest.raises(RecordError) as caught:
        list(data_rows(f'{head}\n1,2\n3,"4\n5,6\n7,8\n', "x.csv", ("a", "b")))
    assert [(f.id, f.place.line) for f in caught.value.findings] == [("csv.syntax", 3)]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0"))


@given(rows=st.lists(st.tuples(CELL, CELL), max_size=5), end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_csv_writes_is_read_back_with_its_line(rows: list[tuple[str, str]], end: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b"])
    lines = []
    for row in rows:
        lines.append(len(re.findall("\r\n|\r|\n", stream.getvalue())) + 1)
        writer.writerow(row)
    read = [(p.line, (r["a"], r["b"])) for p, r in data_rows(stream.getvalue(), "x.csv", ("a", "b"))]
    assert read == list(zip(lines, rows, strict=True))


def test_a_factor_file_with_more_cells_than_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(",".join(COLUMNS) + "\n" + "x," * len(COLUMNS) + "1,234\n", encoding="utf-8")
    with pytest.raises(CarbonlibError) as caught:
        read_factor_sets(path, {}, "f.csv")
    assert [(f.id, f.place.line) for f in caught.value.findings] == [("factors.cells", 2)]


def test_every_source_has_a_name_that_a_reader_can_judge() -> None:
    """An address alone says nothing of who wrote it; where only a copy was read, the name says so."""
    named: set[str] = set()
    for name in FILES:
        with (PACKAGE / name).open(encoding="utf-8", newline="") as stream:
            named |= {row.get("source") or "" for row in csv.DictReader(stream)}
    cited = {source.label() for source in sources().values()}
    assert [n for n in sorted(named | cited) if "://" in n or n.startswith("carbonlib")] == []
    assert sum("原典" in n and "未確認" in n for n in named | cited) == 3
