"""weather.csv: monthly mean temperature of one station, with what it is of."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import read_number

COLUMNS = ("station", "period", "month", "mean_temperature_c", "sample", "source")


@dataclass(frozen=True)
class Weather:
    """Mean temperature of the twelve calendar months [°C] at a station over a period; `sample`: not of the year."""

    station: str
    period: str
    sample: bool
    source: str
    mean_temperature_c: dict[int, Decimal]


def read_weather(workspace: Workspace) -> Weather | None:
    """Return the workspace's monthly temperatures, or None where it has none.

    Raises
    ------
    RecordError
        A column or month missing, or a temperature that is no number.
    """
    path = workspace.parameters / "weather.csv"
    if not path.is_file():
        return None
    name = workspace.name_of(path)
    reader = csv.DictReader(io.StringIO(read_text(path, name)))
    if missing := [c for c in COLUMNS if c not in (reader.fieldnames or [])]:
        raise RecordError.of(
            "csv.columns",
            ja=f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
            en=f"The columns {', '.join(missing)} are missing; check the first line.",
            place=Place(name, 1),
        )
    rows = list(reader)
    found: dict[int, Decimal] = {}
    wrong: list[Finding] = []
    for line, row in enumerate(rows, start=2):
        try:
            found[int(row["month"])] = read_number(row["mean_temperature_c"])
        except (CarbonlibError, ValueError):
            message = Message("月か気温が数字ではありません。", "The month or the temperature is no number.")
            wrong.append(Finding("weather.number", "error", message, Place(name, line)))
    if not wrong and set(found) != set(range(1, 13)):
        message = Message("1〜12 月がそろっていません。", "The months 1 to 12 are not complete.")
        wrong.append(Finding("weather.months", "error", message, Place(name)))
    if wrong:
        raise RecordError(wrong)
    first = rows[0]
    return Weather(first["station"], first["period"], bool(first["sample"]), first["source"], found)
