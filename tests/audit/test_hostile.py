"""Cells and files as they really arrive: read where they can be, named where they cannot, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.audit import audit, objects
from carbonlib.errors import RecordError
from carbonlib.factors import built_in_sets
from carbonlib.records import printed_files
from carbonlib.records.printed_cells import read_cell
from carbonlib.records.printed_table import read_printed_tables
from carbonlib.records.workbook import limits
from tests.audit.tables import breaks, told
from tests.records.workbook.books import edit_zip

HEADER = ("種別", "使用量", "単位", "単価（円/kWh）", "費用（千円）")


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (("電気", "２，２９８，４８０", "ｋＷｈ", "２７．４２", "６３，０１７"), 0),
        (("電気", '"2,298,480"', "kWh", "'27.42", "￥63,017"), 0),
        (("電気", "2,298,480 kWh", "", "27.42円/kWh", "6302万円"), 0),
        (("電気", "2,298,480※1", "kWh", "27.42*", "63,017 (注1)"), 0),
        (("電気", "2.29848E+06", "kWh", "27.42", "63017"), 0),
        (("電気", "－", "kWh", "27.42", "－"), 0),
        (("電気", "", "kWh", "27.42", ""), 0),
        (("電気", "約2,000,000", "kWh", "27.42", "63,017"), 0),
        (("返金", "▲1,000", "kWh", "27.00", "▲27"), 0),
        (("返金", "△1,000", "kWh", "27.00", "27"), 1),
        (("電気", "0", "kWh", "27.42", "0"), 0),
        (("電気", "0", "kWh", "27.42", "63,017"), 1),
        (("※ 費用は税込", "", "", "", ""), 0),
        (("平均", "100", "kWh", "27.42", "63,017"), 0),
        (("電気", "2,298,480", "謎単位", "27.42", "63,017"), 0),
    ],
)
def test_cells_as_they_arrive(cells: tuple[str, ...], count: int) -> None:
    ordinary = [("A", "1,000", "kWh", "27.00", "27"), ("B", "2,000", "kWh", "27.00", "54")]
    assert len({f["row"] for f in breaks(HEADER, cells, *ordinary)}) == count


@pytest.mark.parametrize(
    "text", ["abc", "1,23,4", "12①", "5㏠", "1 2 3", "=1+1", "(12)", "1.2.3", "++1", "９" * 80]
)
def test_what_is_no_number_is_named_and_the_rest_is_checked(text: str) -> None:
    found = breaks(HEADER, ("電気", text, "kWh", "27.00", "27"), ("B", "2,000", "kWh", "27.00", "540"))
    assert [f["reason"] for f in found if f["row"] == 1] == ["unreadable"]
    assert {f["row"] for f in found} == {1, 2}


@settings(max_examples=300)
@given(
    st.lists(
        st.lists(
            st.text(max_size=8) | st.from_regex(r"[▲-]?[0-9０-９,.]{1,9}(千|万)?(円|kWh|m3)?"),
            min_size=5,
            max_size=5,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_cell_whatever_makes_a_traceback(rows: list[list[str]]) -> None:
    breaks(HEADER, *rows)


@given(st.text(max_size=30))
def test_reading_a_cell_never_raises(text: str) -> None:
    assert read_cell(text).state in {"number", "blank", "about", "text"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_in_any_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "表.csv"
    text = end.join(
        [
            "年間のエネルギー使用量",
            "",
            "種別,使用量,単位,単価,単位,費用（千円）",
            "都市ガス,295,㎥,196.61,円/㎥,8",
            '"電気","2,298,480",ｋＷｈ,27.42,円/kWh,"63,017"',
        ]
    )
    text = text.replace("㎥", "m3") if encoding == "cp932" else text
    path.write_bytes(text.encode(encoding))
    (one,) = read_printed_tables(path, "表.csv")
    (found,) = objects(audit(one, built_in_sets().values()), "ja")
    assert (found["row"], found["implied"], found["line"]) == (1, 58, 4)


def book(path: Path, rows: list[list[object]], name: str = "診断") -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("表紙").write(0, 0, "題名")
        sheet = workbook.add_worksheet(name)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(y, x, value[0], None, value[1])
                elif value is not None:
                    sheet.write(y, x, value)
    return path


def test_a_workbook_gives_its_stored_values_and_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["省エネ診断"],
        [],
        ["種類", "使用量", "", "単位当たり発熱量", "熱量（GJ）", "CO2排出係数", "CO2排出量（t-CO2）"],
        ["電気", 2298.48, "千kWh", 9.76, ("=B4*D4", 2298.48 * 9.76), 0.495, ("=B4*F4", 2298.48 * 0.495)],
        ["都市ガス", 0.295, "千m3", 43.5, ("=B5*D5", 0.295 * 43.5), 2.1693, 6.40],
        ["合計", None, None, None, ("=SUM(E4:E5)", 2298.48 * 9.76 + 0.295 * 43.5), None, None],
    ]
    path = book(tmp_path / "t.xlsx", rows)
    before = path.read_bytes()
    (one,) = read_printed_tables(path, "t.xlsx")
    found = objects(audit(one, built_in_sets().values()), "ja")
    assert (2, "CO2排出量（t-CO2）", "6.4", 0.64, "point_moved") in told(found)
    assert {f["row"] for f in found} == {2}
    assert {(f["sheet"], f["cell"]) for f in found if f["column"].startswith("CO2排出量")} == {("診断", "G5")}
    assert path.read_bytes() == before


def test_a_unit_row_below_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("種別,使用量,単価,費用\n,(kWh),(円/kWh),(千円)\n電気,1000,27.00,270\n", encoding="utf-8")
    (one,) = read_printed_tables(path, "t.csv")
    assert (1, "費用", "270", 27, "point_moved") in told(objects(audit(one, built_in_sets().values()), "ja"))


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("t.csv", b"", "見つかりません"),
        ("t.csv", "使用量,単価,費用\n".encode(), "見つかりません"),
        ("t.csv", "名前,住所\nA,B\n".encode(), "見つかりません"),
        ("t.csv", '使用量,単価,費用\n"1,2,3\n'.encode(), "引用符"),
        ("t.csv", b"\xff\x00\x81\x00", "文字コード"),
        ("t.csv", bytes(range(256)), "文字コード"),
        ("t.xlsx", b"no workbook", "Excel"),
        ("t.xlsx", b"PK\x05\x06" + b"\0" * 18, "Excel"),
        ("t.pdf", b"%PDF", "CSV か xlsx"),
        ("t.csv", b"a," * 400 + b"\n", "大きすぎます"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RecordError, match=sentence) as caught:
        read_printed_tables(path, name)
    assert len(caught.value.findings) == 1
    assert name in caught.value.text()


def test_files_that_are_missing_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RecordError, match="ありません"):
        read_printed_tables(tmp_path / "no.csv", "no.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(RecordError, match="開けません"):
        read_printed_tables(tmp_path / "folder.csv", "folder.csv")
    path = book(tmp_path / "t.xlsx", [["使用量", "単価", "費用"], [1, 2, 2]])
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 100)
    with pytest.raises(RecordError, match="展開すると"):
        read_printed_tables(path, "t.xlsx")
    monkeypatch.setattr(printed_files, "LARGEST_FILE", 100)
    with pytest.raises(RecordError, match="ファイルが大きすぎます"):
        read_printed_tables(path, "t.xlsx")


@pytest.mark.parametrize("reference", ["B99999999999", "B4294967295", "ZZZZZ1", "XFE1"])
def test_a_cell_that_excel_does_not_have_is_refused(tmp_path: Path, reference: str) -> None:
    path = book(tmp_path / "t.xlsx", [["使用量", "単価", "費用"], [1, 2, 2]])
    edit_zip(path, lambda _, data: data.replace(b'r="B2"', f'r="{reference}"'.encode()))
    with pytest.raises(RecordError, match="Excel のシートにない位置") as caught:
        read_printed_tables(path, "t.xlsx")
    assert len(caught.value.findings) == 1
