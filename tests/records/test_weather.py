"""weather.csv: usual months, the months of a year themselves, and rows that cannot be."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from carbonlib.fiscal_year import Month
from carbonlib.records.weather import Weather, read_weather
from carbonlib.records.workspace import Workspace

USUAL = "station,period,month,mean_temperature_c,sample,source\n" + "".join(
    f"熊谷,1991-2020,{m},{m + 0.5},,平年値\n" for m in range(1, 13)
)


def weather(tmp_path: Path, *rows: str) -> Weather:
    home = Workspace(tmp_path)
    home.parameters.mkdir(exist_ok=True)
    (home.parameters / "weather.csv").write_text(USUAL + "".join(rows), encoding="utf-8")
    found = read_weather(home)
    assert found is not None
    return found


def test_months_of_a_year_stand_beside_the_usual_ones(tmp_path: Path) -> None:
    found = weather(tmp_path, "熊谷,2025,1,5.1,,観測所の月報\n", "熊谷,2024,12,6.2,,観測所の月報\n")
    assert (found.station, found.period, found.sample) == ("熊谷", "1991-2020", False)
    assert found.mean_temperature_c[12] == Decimal("12.5")
    assert dict(found.actual) == {Month(2024, 12): Decimal("6.2"), Month(2025, 1): Decimal("5.1")}
    assert found.actual_source == "熊谷 観測所の月報"


def test_usual_months_alone_hold_no_actual_ones(tmp_path: Path) -> None:
    assert weather(tmp_path).actual == {}


@pytest.mark.parametrize(
    ("row", "id", "line"),
    [
        ("熊谷,2024,13,5,,x\n", "weather.twice", 14),
        ("熊谷,2024,12,寒い,,x\n", "weather.number", 14),
        ("熊谷,2024,12,5,,x\n熊谷,2024,12,6,,x\n", "weather.twice", 15),
        ("熊谷\n", "weather.number", 14),
        ("熊谷,2024,12,6,2,,観測所の月報\n", "csv.cells", 14),
        ("熊谷,1991-2020,12,12.5,,平年値,1981年,から\n", "csv.cells", 14),
        ('\n熊谷,2024,12,6,,"観測所\nの月報"\n熊谷,2024,11,寒い,,x\n', "weather.number", 17),
        ('熊谷,2024,12,6,,"観測所の月報\n熊谷,2024,11,7,,x\n', "csv.syntax", 14),
    ],
)
def test_rows_that_cannot_be_are_named_by_line(tmp_path: Path, row: str, id: str, line: int) -> None:
    with pytest.raises(RecordError) as caught:
        weather(tmp_path, row)
    assert [(f.id, f.place.line) for f in caught.value.findings] == [(id, line)]


def test_every_row_with_a_problem_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        weather(tmp_path, "熊谷,2024,12,6,2,,x\n", "熊谷,2024,11,寒い,,x\n")
    assert [(f.id, f.place.line) for f in caught.value.findings] == [
        ("csv.cells", 14),
        ("weather.number", 15),
    ]
