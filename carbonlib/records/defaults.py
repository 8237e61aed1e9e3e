"""Default values of the measures: parameter rows with their evidence, which a workspace may replace."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files

from carbonlib.errors import CarbonlibError, Finding, Message, RecordError, shown
from carbonlib.factors.model import EVIDENCE
from carbonlib.fiscal_year import Year, hours_of, period_of
from carbonlib.records.datarows import data_rows
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import Q_, Quantity, Reading, read, read_temperature, same_dimension

HOURS = "hours_of_year"
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
    written: str = ""

    @cached_property
    def quantity(self) -> Quantity:
        """The value as a quantity."""
        return self.reading.quantity


def _reading(text: str) -> Reading:
    text = text.replace("/℃", "/degC")
    if text.endswith("℃"):
        return read_temperature(text)
    # a plain number is a ratio of like units
    return read(text) if not _is_number(text) else Reading(Decimal(text), Decimal(1), "dimensionless")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def _defaults(text: str, name: str, own: Mapping[str, Default] | None = None) -> dict[str, Default]:
    """Return the rows of a file; a workspace's replace rows of `own`, in units of the same kind."""
    found: dict[str, Default] = {}
    wrong: list[Finding] = []
    for place, row in data_rows(text, name, COLUMNS):
        cells = {c: cell.strip() for c, cell in row.items()}
        try:
            written = cells.pop("value")
            reading = _reading(written)
        except CarbonlibError as error:
            wrong += error.at(place).findings
            continue
        if problem := _problem(cells, reading, found, own):
            wrong.append(Finding("default.row", "error", problem, place))
            continue
        found[cells["id"]] = Default(reading=reading, written=written, **cells)
    if wrong:
        raise RecordError(wrong)
    return found


def _problem(
    cells: Mapping[str, str],
    reading: Reading,
    found: Mapping[str, Default],
    own: Mapping[str, Default] | None,
) -> Message | None:
    id, evidence = cells["id"], cells["evidence"]
    if id in found or evidence not in EVIDENCE:
        return Message(
            f"id「{shown(id)}」は一度だけ書き、根拠「{shown(evidence)}」は {'・'.join(EVIDENCE)} のどれかにしてください。",
            f"Write the id {shown(id)!r} once, and one of {', '.join(EVIDENCE)} as evidence.",
        )
    if own is None:
        return None
    if id not in own:
        near = difflib.get_close_matches(id, own, n=3, cutoff=0.5)
        return Message(
            f"標準値「{shown(id)}」はありません。近いもの: {'・'.join(near) or 'なし'}。",
            f"There is no default {shown(id)!r}; close to it: {', '.join(near) or 'none'}.",
        )
    if not same_dimension(Q_(1, reading.unit), own[id].reading.unit):
        example = own[id].written
        return Message(
            f"標準値「{id}」（{own[id].label_ja}）の単位が違います。「{example}」のように書いてください。",
            f"The default {id!r} ({own[id].label_en}) is in another unit; write it as in {example!r}.",
        )
    return None


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
    return {**built_in_defaults(), **_defaults(read_text(path, name), name, built_in_defaults())}


def for_year(defaults: Mapping[str, Default], year: Year) -> Mapping[str, Default]:
    """Return the defaults with the hours that a year really has; a workspace's own row stays.

    >>> for_year(built_in_defaults(), 2023)[HOURS].reading.number
    Decimal('8784')
    """
    own = built_in_defaults()[HOURS]
    if defaults[HOURS] is not own:
        return defaults
    hours = Decimal(hours_of(year))
    row = replace(own, reading=Reading(hours, Decimal(1), own.reading.unit), note=period_of(year).label())
    return {**defaults, HOURS: row}
