"""Our own CSV files have a cell for every heading and no more, and a row that has more is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

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
