"""The office's list of applications: what is read, and every problem of every row at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from carbonlib.records.award_requests import read_requests
from carbonlib.records.subsidies import read_rounds
from carbonlib.records.subsidy_round import Request
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT

SMART, EMERGENCY = "saitama-r7-smart-equipment", "saitama-r6-emergency"
HEAD = "id,applicant,received,grant,co2_reduction,priority\n"


def requests(folder: Path, text: str, round: str = SMART, encoding: str = "utf-8") -> list[Request]:
    path = folder / "list.csv"
    path.write_text(text, encoding=encoding)
    return read_requests(path, "list.csv", read_rounds(Workspace(ROOT))[round])


def problems(folder: Path, text: str, round: str = SMART) -> list[str]:
    with pytest.raises(RecordError) as caught:
        requests(folder, text, round)
    assert all(f.message.en for f in caught.value.findings)
    return caught.value.text().splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_row_is_read_in_exact_numbers(tmp_path: Path, encoding: str) -> None:
    row = 'A-1,見本商店,2025/10/29 09:05,"1,042 千円","3,400 kg-CO2/年",diagnosis・eco-up\n\n'
    (one,) = requests(tmp_path, HEAD + row, encoding=encoding)
    assert one == Request(
        *("A-1", "見本商店", Fraction(1_042_000), Fraction("3.4")),
        *("2025-10-29T09:05:00", ("diagnosis", "eco-up")),
    )
    assert one.place.text("en") == "list.csv line 2"


def test_a_day_alone_is_its_beginning(tmp_path: Path) -> None:
    one, other = requests(tmp_path, HEAD + "a,,2025-10-29,1 円,4 t-CO2,\nb,,,1 円,4 t-CO2,\n")
    assert (one.received, other.received) == ("2025-10-29T00:00:00", None)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,x,2025-10-29,120 万円,2.97 t-CO2,", "0.03 t-CO2 足りません"),
        ("A,x,きのう,120 万円,3.2 t-CO2,", "「きのう」は日時として読めません"),
        ("A,x,2025-10-29T09:00+09:00,120 万円,3.2 t-CO2,", "日時として読めません"),
        ("A,x,2025-02-30,120 万円,3.2 t-CO2,", "日時として読めません"),
        (
            "A,x,,120,3.2 t-CO2,",
            "列 grant: 「120」に単位がありません。「1,042 千円」のように書いてください。",
        ),
        (
            "A,x,,120 万円,10,",
            "列 co2_reduction: 「10」に単位がありません。「3.2 t-CO2」のように書いてください。",
        ),
        ("A,x,,,3.2 t-CO2,", "列 grant"),
        ("A,x,,600 万円,3.2 t-CO2,", "上限 5,000 千円"),
        ("A,x,,120 万円,3.2 t,", "3.2 t-CO2」のように"),
        ("A,x,,120 万円,3.2 t-CO2,vip", "「vip」はこの回にありません。あるのは: diagnosis・eco-up"),
        (",x,,120 万円,3.2 t-CO2,", "列 id が空です"),
        ("A,x,,▲1 万円,3.2 t-CO2,", "0 円以下です"),
        ("A,x,,1 万円,0 t-CO2,", "CO2削減量が 0 以下です"),
        ("A,x,,1 円,3.2 t-CO2,,余分", "列の数"),
        ("A,x,,1 円,4 t-CO2,\nA,x,,1 円,4 t-CO2,", "同じ id が 2 つ"),
    ],
)
def test_each_problem_is_named_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    (found,) = problems(tmp_path, HEAD + row + "\n")
    assert found.startswith(f"list.csv {2 + row.count(chr(10))} 行目: ")
    assert words in found


def test_all_problems_come_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = HEAD + "A,x,,0 円,3.2 t-CO2,\nB,x,きのう,120,3 t,vip\nC,x,,1 円,4 t-CO2,\n"
    lines = [line.split(" ")[1] for line in problems(tmp_path, text)]
    assert lines == ["2", "3", "3", "3", "3"]


def test_first_come_needs_a_time(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, HEAD + "A,x,,1 円,4 t-CO2,\n", EMERGENCY)
    assert "受付の日時がありません" in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "必須: id・grant・co2_reduction"),
        ("id,grant\n", "必須"),
        ("id,id,grant,co2_reduction\n", "必須"),
        ("id,grant,co2_reduction,価格\n", "知られていない列: 価格"),
        ('id,grant,co2_reduction\n"A,1 円,3 t-CO2\n', "引用符"),
        ("id,grant\0", "文字コード"),
    ],
)
def test_what_is_no_list_of_applications_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    (found,) = problems(tmp_path, text)
    assert words in found


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="ファイルがありません"):
        read_requests(tmp_path / "none.csv", "none.csv", read_rounds(Workspace(ROOT))[SMART])
