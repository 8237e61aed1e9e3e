"""weather.csv: monthly mean temperatures of one station, of usual years and, where entered, of each month itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError
from carbonlib.fiscal_year import Month
from carbonlib.records.datarows import named_rows
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import read_number

COLUMNS = ("station", "period", "month", "mean_temperature_c", "sample", "source")


@dataclass(frozen=True)
class Weather:
    """Mean temperature of the twelve calendar months [°C] at a station over a period; `sample`: not of the year.

    `actual` holds the means of single months [°C], of rows whose period is one year (2024); `actual_source` says where
    they are from.
    """

    station: str
    period: str
    sample: bool
    source: str
    mean_temperature_c: dict[int, Decimal]
    actual: Mapping[Month, Decimal] = field(default_factory=dict)
    actual_source: str = ""


def read_weather(workspace: Workspace) -> Weather | None:
    """Return the workspace's monthly temperatures, or None where it has none.

    Raises
    ------
    RecordError
        A column or month missing, a row with more cells than the first line has, a temperature that is no number, or
        a month of a year that stands twice.
    """
    path = workspace.parameters / "weather.csv"
    if not path.is_file():
        return None
    name = workspace.name_of(path)
    rows, wrong = named_rows(read_text(path, name), name, COLUMNS)
    found: dict[int, Decimal] = {}
    actual: dict[Month, Decimal] = {}
    usual: list[dict[str, str]] = []
    sources: dict[str, None] = {}
    for place, row in rows:
        year = row["period"].strip()
        try:
            number, value = int(row["month"]), read_number(row["mean_temperature_c"])
            of = Month(int(year), number) if len(year) == 4 and year.isdecimal() else None
        except (CarbonlibError, ValueError):
            message = Message("月か気温が数字ではありません。", "The month or the temperature is no number.")
            wrong.append(Finding("weather.number", "error", message, place))
            continue
        if of is None:
            found[number] = value
            usual.append(row)
            continue
        if of in actual or not 1 <= number <= 12:
            message = Message(
                f"{year} 年 {number} 月は 1〜12 月にないか、2 回書かれています。1 行だけにしてください。",
                f"Month {number} of {year} stands twice or does not exist; write one row.",
            )
            wrong.append(Finding("weather.twice", "error", message, place))
        actual[of] = value
        sources.setdefault(f"{row['station']} {row['source']}".strip())
    if not wrong and set(found) != set(range(1, 13)):
        message = Message("1〜12 月がそろっていません。", "The months 1 to 12 are not complete.")
        wrong.append(Finding("weather.months", "error", message, Place(name)))
    if wrong:
        raise RecordError(sorted(wrong, key=lambda f: f.place.line or 0))
    first = usual[0]
    return Weather(
        first["station"],
        first["period"],
        bool(first["sample"]),
        first["source"],
        found,
        dict(sorted(actual.items())),
        "、".join(sources),
    )
