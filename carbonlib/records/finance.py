"""What money is reckoned with where a proposal says nothing: parameter rows with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from carbonlib.errors import CarbonlibError, Finding, Message, RecordError, shown
from carbonlib.factors import EVIDENCE
from carbonlib.records.datarows import data_rows
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import Q_, Quantity, Reading, read, same_dimension

COLUMNS = ("kind", "subject", "value", "unit", "evidence", "source", "locator", "note")
# what a row may be of, and the unit its value must convert to
UNITS = {
    "discount_rate": "percent/year",
    "saving_spread": "percent",
    "cost_spread": "percent",
    "loan_rate": "percent/year",
    "loan_term": "year",
    "power_factor": "percent",
    "payback_edge": "year",
    "useful_life": "year",
    "statutory_life": "year",
    "operating_margin": "percent",
}
_BUILT_IN = "carbonlib/records/data/finance.csv"


@dataclass(frozen=True)
class FinanceDefault:
    """A value (標準値) with its evidence; `subject` is an equipment family, or "" where it is of all."""

    kind: str
    subject: str
    reading: Reading
    evidence: str
    source: str
    locator: str
    note: str

    @property
    def value(self) -> Quantity:
        """The value."""
        return self.reading.quantity


@dataclass(frozen=True)
class FinanceDefaults:
    """All values; those of a workspace stand before the package's own."""

    rows: tuple[FinanceDefault, ...]

    def of(self, kind: str, subject: str = "") -> FinanceDefault | None:
        """Return the value of a kind for a subject; None where there is none, never that of another subject.

        >>> built_in_finance().of("discount_rate").value
        <Quantity(4.0, 'percent / year')>
        >>> built_in_finance().of("statutory_life", "compressor") is None
        True
        """
        return next((r for r in self.rows if (r.kind, r.subject) == (kind, subject)), None)

    @property
    def payback_edges(self) -> tuple[Quantity, ...]:
        """The edges of the payback classes, ascending. [year]"""
        edges: dict[str, Quantity] = {}
        for row in self.rows:
            if row.kind == "payback_edge":
                edges.setdefault(row.subject, row.value)
        return tuple(sorted(edges.values()))


def _rows(text: str, name: str) -> tuple[FinanceDefault, ...]:
    found: list[FinanceDefault] = []
    wrong: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for place, row in data_rows(text, name, COLUMNS):
        kind, unit = row["kind"], UNITS.get(row["kind"])
        if unit is None or row["evidence"] not in EVIDENCE or (kind, row["subject"]) in seen:
            message = Message(
                f"kind「{shown(kind)}」は {'・'.join(UNITS)} のどれかで subject ごとに 1 回、根拠は "
                f"{'・'.join(EVIDENCE)} のどれかで書いてください。",
                f"The kind {shown(kind)!r} must be one of {', '.join(UNITS)}, once for each subject, and the evidence "
                f"one of {', '.join(EVIDENCE)}.",
            )
            wrong.append(Finding("finance.row", "error", message, place))
            continue
        seen.add((kind, row["subject"]))
        try:
            reading = read(f"{row['value']} {row['unit']}")
        except CarbonlibError as error:
            wrong += error.at(place).findings
            continue
        if not same_dimension(Q_(1, reading.unit), unit) or reading.value < 0:
            message = Message(
                f"「{shown(row['value'])} {shown(row['unit'])}」は {kind} の値として使えません（0 以上、単位は %・%/年・年）。",
                f"{shown(row['value'])} {shown(row['unit'])} is no value of {kind}.",
            )
            wrong.append(Finding("finance.value", "error", message, place))
            continue
        texts = {c: row[c] for c in COLUMNS if c not in {"value", "unit"}}
        found.append(FinanceDefault(reading=reading, **texts))
    if wrong:
        raise RecordError(wrong)
    return tuple(found)


@cache
def built_in_finance() -> FinanceDefaults:
    """Return the values that the package carries."""
    text = files(__package__).joinpath("data", "finance.csv").read_text(encoding="utf-8")
    return FinanceDefaults(_rows(text, _BUILT_IN))


def read_finance(workspace: Workspace) -> FinanceDefaults:
    """Return the values of a workspace: its parameters/finance.csv before the package's own.

    Raises
    ------
    RecordError
        With every row that cannot be read, by line.
    """
    path = workspace.parameters / "finance.csv"
    if not path.is_file():
        return built_in_finance()
    name = workspace.name_of(path)
    return FinanceDefaults((*_rows(read_text(path, name), name), *built_in_finance().rows))
