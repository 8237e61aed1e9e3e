"""Files as Excel in Japan saves them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from carbonlib.problems import problems
from carbonlib.records.textfile import encoding_notes, read_text
from carbonlib.records.workspace import Workspace


def test_cp932_is_read_and_reported(workspace: Callable[..., Path]) -> None:
    home = Workspace(workspace("sample-inn", years=(2025,)))
    path = home.root / "parameters/companies/sample-inn/bills.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode("cp932"))
    found = problems(home)
    assert [(f.id, f.severity) for f in found if f.place.file.endswith("sample-inn/bills.csv")] == [
        ("file.cp932", "note")
    ]
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert [f for f in problems(home) if f.id == "file.cp932"] == []


def test_neither_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\x81\xff\xff\x00\x81")
    with pytest.raises(RecordError, match="UTF-8 でも CP932"):
        read_text(path, "x.csv")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_the_unicode_text_of_excel_is_read_by_its_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("\ufeff年月\t使用量\r\n".encode(encoding))
    assert read_text(path, "x.txt") == "年月\t使用量\r\n"
    assert [f.id for f in encoding_notes(path, "x.txt")] == ["file.utf16"]
    path.write_bytes("\ufeff年".encode(encoding) + b"\0")
    with pytest.raises(RecordError, match="UTF-8 でも CP932"):
        read_text(path, "x.txt")
