"""Tables of one company as they come: the year on their own sheet, and what only one form could read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records.test_forms_alike import read_as

# a table, the fiscal year of the command, and its bills or what is wrong in it; rows by line, cells by "|"
APRIL, MAY = "E1 2024-04-01〜2024-04-30 90 kWh", "E1 2024-05-01〜2024-05-31 91 kWh"
JANUARY = "E1 2025-01-01〜2025-01-31 92 kWh"
OWN_YEAR = {
    "in a title": "2024年度 エネルギー使用量\n種別|単位|4月|5月|1月\n電気|kWh|90|91|92",
    "in a title above rows": "2024年度 使用量\n種別|年月|使用量(kWh)\n電気|4月|90\n電気|5月|91\n電気|1月|92",
    "in a column": "年度|種別|単位|4月|5月|1月\n2024年度|電気|kWh|90|91|92",
    "in a column beside rows": "年度|種別|年月|使用量(kWh)\n"
    + "\n".join(f"2024年度|電気|{m}月|{n}" for m, n in ((4, 90), (5, 91), (1, 92))),
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", OWN_YEAR)
@pytest.mark.parametrize(
    ("year", "wanted"), [(None, [APRIL, MAY, JANUARY]), (2025, ["wrong year_without_rows"])]
)
def test_the_year_of_its_own_sheet_goes_before_that_of_the_command(
    tmp_path: Path, name: str, form: str, year: int | None, wanted: list[str]
) -> None:
    assert read_as(tmp_path, OWN_YEAR[name], year, form) == wanted


MIXED = {
    "rows": "種別|年月|使用量|単位\n電気|2024-04|10|千kWh\n電気|2024-05|5000|kWh\n電気|合計|{total}|千kWh",
    "rows under a total of all": (
        "種別|年月|使用量|単位\n電気|2024-04|10|千kWh\n電気|2024-05|5000|kWh\n灯油|2024-05|9|L\n合計||{total}|千kWh"
    ),
    "months as columns": (
        "メーター|種別|単位|2024-04|2024-05\nE1|電気|千kWh|10|1\nE2|電気|kWh|5000|2000\n合計|電気|千kWh|{total}|3"
    ),
}


@pytest.mark.parametrize("name", MIXED)
def test_a_total_over_amounts_in_several_units_is_compared_in_its_own(tmp_path: Path, name: str) -> None:
    for at, (total, doubts) in enumerate({"15": 0, "18": 1}.items()):
        (tmp_path / str(at)).mkdir()
        said = read_as(tmp_path / str(at), MIXED[name].format(total=total), None, "csv")
        assert said.count("doubt total_differs") == doubts, said
        assert not [s for s in said if s.startswith("wrong")]


A, M = "E1 2025-04-01〜2025-04-30 100 kWh", "E1 2025-05-01〜2025-05-31 110 kWh"
# tables without the columns of bills.csv
OF_ONE: dict[str, tuple[str, int | None, list[str]]] = {
    "the energy in the items": (
        "項目|単位|4月|5月\n電気使用量|kWh|100|110\n電気料金(税込)|円|10|20",
        2025,
        [A + " 10 included", M + " 20 included"],
    ),
    "the energy in the heading": ("年月|電気使用量(kWh)\n2025-04|100\n2025-05|110", None, [A, M]),
    "the energy once for its rows": (
        "種別|項目|単位|4月|5月\n電気|使用量|kWh|100|110\n|料金(税込)|円|10|20",
        2025,
        [A + " 10 included", M + " 20 included"],
    ),
    "the same as above": (
        "種別|項目|単位|4月|5月\n電気|使用量|kWh|100|110\n〃|料金(税込)|円|10|20",
        2025,
        [A + " 10 included", M + " 20 included"],
    ),
    "a calendar year in the title": (
        "2025年 使用量\n種別|年月|使用量(kWh)\n電気|4月|100\n電気|5月|110",
        None,
        [A, M],
    ),
    "the year at the first month": ("種別|単位|2025年4月|5月\n電気|kWh|100|110", None, [A, M]),
    "a remark below": ("種別|単位|4月|5月\n電気|kWh|100|110\n※5月は概算", 2025, [A, M]),
    "days as headings": (
        "種別|単位|3/20～4/18|4/19～5/18\n電気|kWh|100|110",
        2025,
        ["E1 2025-03-20〜2025-04-18 100 kWh", "E1 2025-04-19〜2025-05-18 110 kWh"],
    ),
    "years beside each other": (
        "年度|種別|単位|4月|5月\n2024年度|電気|kWh|90|91\n2025年度|電気|kWh|100|110",
        None,
        [APRIL, MAY, A, M],
    ),
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", OF_ONE)
def test_a_table_of_one_company_is_read_as_its_workbook(tmp_path: Path, name: str, form: str) -> None:
    table, year, wanted = OF_ONE[name]
    assert sorted(read_as(tmp_path, table, year, form)) == sorted(wanted)


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("種別|年月|使用量(kWh)|料金(税抜・円)|税\n電気|2025-04|100|9|税込", "tax_contradicts"),
        ("種別|単位|4月|5月\n電気|kWh|100|-1", "negative"),
        ("種別|年月|使用量(kWh)\n灯油油|2025-04|1", "carrier"),
    ],
)
def test_what_contradicts_itself_is_not_read_otherwise(tmp_path: Path, table: str, wrong: str) -> None:
    assert f"wrong {wrong}" in read_as(tmp_path, table, 2025, "csv")
