"""Default values of the measures: parameter rows with their evidence, which a workspace may replace."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.factors.model import EVIDENCE
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import Quantity, Reading, read, read_temperature

COLUMNS = ("id", "value", "low", "high", "label_ja", "label_en", "evidence", "source", "note")


@dataclass(frozen=True)
class Default:
    """A value that stands where a visit gave none: `reading`, with the usual range `low` to `high` as printed."""

    id: str
    reading: Reading
    low: str
    high: str
    label_ja: str
    label_en: str
    evidence: str
    source: str
    note: str

    @cached_property
    def quantity(self) -> Quantity:
        """The value as a quantity."""
        return self.reading.quantity


def _reading(text: str) -> Reading:
    if text.endswith("℃"):
        return read_temperature(text)
    # a plain number is a ratio of like units
    return read(text) if not _is_number(text) else Reading(Decimal(text), Decimal(1), "dimensionless")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def _defaults(text: str, name: str) -> dict[str, Default]:
    reader = csv.DictReader(io.StringIO(text))
    if missing := [c for c in COLUMNS if c not in (reader.fieldnames or [])]:
        raise RecordError.of(
            "csv.columns",
            ja=f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
            en=f"The columns {', '.join(missing)} are missing; check the first line.",
            place=Place(name, 1),
        )
    found: dict[str, Default] = {}
    wrong: list[Finding] = []
    for line, row in enumerate(reader, start=2):
        cells = {c: (row[c] or "").strip() for c in COLUMNS}
        try:
            reading = _reading(cells.pop("value"))
        except CarbonlibError as error:
            wrong += error.at(Place(name, line)).findings
            continue
        if cells["id"] in found or cells["evidence"] not in EVIDENCE:
            message = Message(
                f"id「{shown(cells['id'])}」は一度だけ書き、根拠「{shown(cells['evidence'])}」は "
                f"{'・'.join(EVIDENCE)} のどれかにしてください。",
                f"Write the id {shown(cells['id'])!r} once, and one of {', '.join(EVIDENCE)} as evidence.",
            )
            wrong.append(Finding("default.row", "error", message, Place(name, line)))
            continue
        found[cells["id"]] = Default(reading=reading, **cells)
    if wrong:
        raise RecordError(wrong)
    return found


@cache
def built_in_defaults() -> Mapping[str, Default]:
    """Return the defaults that the package carries, by id.

    >>> built_in_defaults()["adiabatic_exponent_one_stage"].reading.number
    Decimal('0.2857')
    """
    text = files(__package__).joinpath("data", "measure_defaults.csv").read_text(encoding="utf-8")
    return _defaults(text, "carbonlib/records/data/measure_defaults.csv")


def read_defaults(workspace: Workspace) -> Mapping[str, Default]:
    """Return the defaults of a workspace: its parameters/measure_defaults.csv before the package's own.

    Raises
    ------
    RecordError
        A missing column, a value that cannot be read, an id written twice or without evidence.
    """
    path = workspace.parameters / "measure_defaults.csv"
    if not path.is_file():
        return built_in_defaults()
    name = workspace.name_of(path)
    return {**built_in_defaults(), **_defaults(read_text(path, name), name)}
