"""Bands of plausibility: parameter rows with their evidence, which a workspace may replace."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from carbonlib.errors import CarbonlibError, Finding, Message, RecordError, shown
from carbonlib.factors.model import EVIDENCE
from carbonlib.records.datarows import data_rows
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import read_number

COLUMNS = ("check", "subject", "condition", "low", "high", "unit", "evidence", "source", "note")


@dataclass(frozen=True)
class Band:
    """What is usual: a check, what it is of, under which condition, from `low` to `high` in `unit`."""

    check: str
    subject: str
    condition: str
    low: Decimal
    high: Decimal
    unit: str
    evidence: str
    source: str
    note: str

    def holds(self, value: object) -> bool:
        """Return whether a value lies within the band, its edges included."""
        return bool(self.low <= value <= self.high)  # type: ignore[operator]


@dataclass(frozen=True)
class Bands:
    """All bands; the most specific one that fits is taken."""

    rows: tuple[Band, ...]

    def of(self, check: str, subject: str, condition: str = "") -> Band | None:
        """Return the band for a condition, else the one without any, else None."""
        fitting = [b for b in self.rows if (b.check, b.subject) == (check, subject)]
        exact = [b for b in fitting if b.condition == condition]
        return next(iter(exact or [b for b in fitting if not b.condition]), None)


def _bands(text: str, name: str) -> tuple[Band, ...]:
    found: list[Band] = []
    wrong: list[Finding] = []
    for place, row in data_rows(text, name, COLUMNS):
        try:
            low, high = read_number(row["low"]), read_number(row["high"])
        except CarbonlibError as error:
            wrong += error.at(place).findings
            continue
        if low >= high or row["evidence"] not in EVIDENCE:
            message = Message(
                f"下限 {low} は上限 {high} より小さく、根拠「{shown(row['evidence'])}」は "
                f"{'・'.join(EVIDENCE)} のどれかにしてください。",
                f"low {low} must be below high {high}, and the evidence one of {', '.join(EVIDENCE)}.",
            )
            wrong.append(Finding("band.row", "error", message, place))
            continue
        texts = {c: row[c] for c in COLUMNS if c not in {"low", "high"}}
        found.append(Band(low=low, high=high, **texts))
    if wrong:
        raise RecordError(wrong)
    return tuple(found)


@cache
def built_in_bands() -> Bands:
    """Return the bands that the package carries."""
    text = files(__package__).joinpath("data", "bands.csv").read_text(encoding="utf-8")
    return Bands(_bands(text, "carbonlib/records/data/bands.csv"))


def read_bands(workspace: Workspace) -> Bands:
    """Return the bands of a workspace: its parameters/bands.csv before the package's own.

    Raises
    ------
    RecordError
        A missing column, a number that cannot be read, or a band upside down.
    """
    path = workspace.parameters / "bands.csv"
    if not path.is_file():
        return built_in_bands()
    name = workspace.name_of(path)
    return Bands((*_bands(read_text(path, name), name), *built_in_bands().rows))
