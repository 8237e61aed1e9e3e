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
