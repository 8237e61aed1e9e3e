"""Whole files: hidden rows, macros, passwords, other programs and other kinds, and all problems at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from carbonlib.records.company import read_company
from carbonlib.records.workbook.forms import COUNTED
from tests.records.workbook.books import (
    bills,
    book,
    bring,
    edit_zip,
    refusal,
    shop,
)
from tests.records.workbook.xls import xls


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    rows = [["年月", "電気使用量(kWh)"], ["2025年4月", 1], ["2025年5月", 2], ["2025年6月", 3]]
    done = bring(
        home,
        book(tmp_path / "a.xlsx", {"x": rows}, lambda _, s: s["x"].set_row(2, None, None, {"hidden": True})),
    )
    assert len(bills(home)) == 3
    assert any("隠れた行（3 行目）" in f.message.ja for f in done.findings)


def test_macros_and_links_are_left_alone_and_said(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsm", {"x": [["年月", "電気使用量(kWh)"], ["2025年4月", 1]]})
    edit_zip(file, lambda _, d: d, {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<a/>"})
    assert {"workbook.macros", "workbook.external_links"} <= {f.id for f in bring(home, file).findings}


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws")
    one = book(
        tmp_path / "a.xlsx", {"電気": [["年月", "使用量(kWh)", "料金(円)"], ["R7.4", "x", "y"], ["?", 5, 6]]}
    )
    two = book(tmp_path / "b.xlsx", {"x": [["年月", "灯油(kWh)"], ["R7.4", 1]]})
    three = tmp_path / "c.xlsx"
    three.write_bytes(b"no workbook")
    found = refusal(home, one, two, three, tmp_path / "none.xlsx")
    assert {(f.place.file, f.place.cell) for f in found} == {
        ("a.xlsx", "B2"),
        ("a.xlsx", "C2"),
        ("a.xlsx", "A3"),
        ("b.xlsx", "B1"),
        ("c.xlsx", ""),
        ("none.xlsx", ""),
    }


def test_other_programs_write_the_same_sheet_in_other_words(tmp_path: Path) -> None:
    """Texts inside the cells, no references, a formatted last row: as LibreOffice and others save."""
    home = shop(tmp_path / "ws")
    file = book(tmp_path / "a.xlsx", {"電気": [["x"]]})
    rows = """<row><c t="inlineStr"><is><t>年月</t></is></c><c t="inlineStr"><is><t>使用量</t><r><t>(kWh)</t></r></is></c></row>
<row hidden="true"><c t="str"><f>A1</f><v>R7.4</v></c><c><f>1+1</f><v>2</v></c></row>
<row r="1048576" hidden="1" customFormat="1"><c r="A1048576"/></row>"""

    def change(name: str, data: bytes) -> bytes:
        begin, end = data.find(b"<sheetData>") + 11, data.find(b"</sheetData>")
        return data if name != "xl/worksheets/sheet1.xml" else data[:begin] + rows.encode() + data[end:]

    done = bring(home, edit_zip(file, change))
    assert [(b.quantity, b.unit) for b in bills(home)] == [(2, "kWh")]
    assert {"workbook.hidden_rows", "workbook.formulas"} <= {f.id for f in done.findings}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.xls", {"locked": True}), ("a.xlsx", {"stream_name": "EncryptedPackage"})],
)
def test_a_password_is_named_and_how_to_take_it_off(tmp_path: Path, name: str, kind: dict[str, Any]) -> None:
    file = tmp_path / name
    file.write_bytes(xls([(0, 0, "年月"), (0, 1, "電気使用量(kWh)"), (1, 0, "4月"), (1, 1, 5.0)], **kind))
    [found] = refusal(shop(tmp_path / "ws"), file)
    assert found.id == "workbook.password"
    assert "パスワードを外して保存し直してください" in found.message.ja


@pytest.mark.parametrize("name", ["a.ods", "a.pdf", "a", "a.numbers"])
def test_a_file_of_another_kind_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    [found] = refusal(shop(tmp_path / "ws"), tmp_path / name)
    assert found.id == "workbook.suffix"
    assert "「」" not in found.message.ja
    assert ".xlsx として保存し直してください" in found.message.ja


def test_a_template_saved_as_an_old_workbook_keeps_its_count_of_answers(tmp_path: Path) -> None:
    # LibreOffice saves the template as .xls; what is a formula in it is not known there
    rows: list[list[Any]] = [["番号", "質問", "回答"], ["org-1", "", "実施"], ["", COUNTED, 1]]
    cells = [(r + 3, c, v) for r, row in enumerate(rows) for c, v in enumerate(row) if v != ""]
    file = tmp_path / "a.xls"
    file.write_bytes(xls([(0, 0, "省エネの取り組み　自己採点"), *cells], sheet="自己採点"))
    home = shop(tmp_path / "ws")
    bring(home, file)
    assert read_company(home, "shop").self_assessment == {"org-1": "実施"}
