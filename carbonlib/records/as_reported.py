"""Tables that institutions publish of themselves: GJ, t CO2 and floor area by owner, kept as they are printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from carbonlib.errors import CarbonlibError, Place, RecordError, shown
from carbonlib.records.csvfiles.table import CsvTable, read_csv
from carbonlib.records.csvfiles.totals import is_dash
from carbonlib.records.reading.cells import words
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.sums import Stated, compare_nearest
from carbonlib.records.reading.totalwords import says_sum, says_total
from carbonlib.records.transaction import write_all
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.units import Q_, ratio, read_number, read_unit, same_dimension

FOLDER = "as_reported"
OWN = ("source", "fiscal_year", "owner")
Measure = Literal["energy", "co2", "floor_area"]
_UNITS: dict[Measure, str] = {"energy": "GJ", "co2": "t_CO2", "floor_area": "m2"}
_HEADING = re.compile(r"(.+?)\s*[(（\[［]([^()（）\[\]［］]+)[)）\]］]")


@dataclass(frozen=True)
class ReportedColumn:
    """A column of figures: what it is of, what it measures, and by what its numbers are multiplied to be in GJ, t or m2."""

    label: str
    measure: Measure
    unit: str
    scale: Fraction
    place: Place = field(default_factory=Place, compare=False)


@dataclass
class ReportedTable:
    """Published figures: the numbers as printed by owner and column, None where a cell is blank."""

    source: str
    fiscal_year: int
    columns: list[ReportedColumn] = field(default_factory=list)
    figures: dict[str, dict[ReportedColumn, Decimal | None]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def of(self, measure: Measure) -> list[ReportedColumn]:
        """Return the columns of a measure."""
        return [c for c in self.columns if c.measure == measure]


def _column(text: str) -> ReportedColumn | None:
    """Return what a heading such as ``電気起算校舎(GJ)`` says, None where it is of something else."""
    match = _HEADING.fullmatch(text.strip())
    if not match:
        return None
    try:
        unit, scale = read_unit(match[2])
    except CarbonlibError:
        return None
    for measure, base in _UNITS.items():
        if same_dimension(Q_(1, unit), base):
            return ReportedColumn(
                match[1].strip(), measure, match[2].strip(), Fraction(scale) * ratio(unit, base)
            )
    return None


def read_reported(
    files: Iterable[tuple[Path, str]], source: str, fiscal_year: int, problems: Problems
) -> ReportedTable:
    """Return the figures of several tables of the same owners.

    Parameters
    ----------
    files : iterable of Path and str
        Tables and what messages call them: an owner in the first column, then headings with a unit in brackets.
    source, fiscal_year : str, int
        The publication, and the year that its figures are of.
    problems : Problems
        Takes every cell that is no number, owners that stand twice or only in one table, totals that are not the sum.
    """
    table = ReportedTable(source, fiscal_year)
    owners: dict[str, set[str]] = {}
    for path, name in files:
        try:
            file = read_csv(path, name)
        except CarbonlibError as error:
            problems.add(error.findings)
            continue
        problems.add(file.notes)
        at = file.heading(lambda row: any(_column(c) for c in row))
        if at is None:
            problems.error(
                "layout",
                "「電気(GJ)」「電気(t-CO2)」「校舎(㎡)」のように、単位を括弧に書いた見出しの列がありません。",
                "There is no column headed with a unit in brackets, such as 電気(GJ), 電気(t-CO2) or 校舎(㎡).",
                Place(name, file.lines[0]),
            )
            continue
        owners[name] = _read(file.table(at, problems), table, problems)
    _same_owners(owners, table, problems)
    return table


def _read(raw: CsvTable, table: ReportedTable, problems: Problems) -> set[str]:
    columns: dict[int, ReportedColumn] = {}
    heading = Place(raw.name, raw.header_line)
    first = raw.header.index("owner") if "owner" in raw.header else 0
    for index, text in enumerate(raw.header):
        column = _column(text)
        if column is None:
            if index != first and text not in OWN and any(r[index].strip() for r in raw.rows):
                problems.warning(
                    "column_left_out",
                    f"列「{shown(text)}」は取り込みません。見出しに（GJ）（t-CO2）（㎡）のように単位を書いてください。",
                    f"The column {shown(text)!r} is not taken in; write its unit in the heading, as in (GJ), (t-CO2), (m2).",
                    heading,
                )
        elif any((c.label, c.measure) == (column.label, column.measure) for c in table.columns):
            problems.error(
                "column_twice",
                f"「{shown(text)}」の列が 2 つあります。どちらかを消してください。",
                f"The column {shown(text)!r} is there twice; delete one.",
                heading,
            )
        else:
            columns[index] = replace(column, place=heading)
            table.columns.append(columns[index])
    seen: dict[str, int] = {}
    sums: list[int] = []
    for row, cells in enumerate(raw.rows):
        owner = words(raw.grid, raw.grid.cell(row, first), problems)
        if says_total(owner):
            if says_sum(owner):
                # a subtotal is of the owners since one of the totals above it, a total of all of them
                parts = [[o for o, r in seen.items() if r > begin] for begin in (*reversed(sums), -1)]
                _compare(raw, row, columns, owner, [[table.figures[o] for o in p] for p in parts], problems)
                sums.append(row)
            continue
        if not owner or owner in seen:
            ja, en = (
                (
                    f"「{shown(owner)}」が {raw.lines[seen[owner]]} 行目にもあります。",
                    f"{shown(owner)!r} is there twice.",
                )
                if owner
                else ("名称が空欄です。", "The name is blank.")
            )
            problems.error("owner", f"{ja}直してください。", en, raw.place(row))
            continue
        seen[owner] = row
        table.places.setdefault(owner, raw.place(row))
        figures = table.figures.setdefault(owner, {})
        for index, column in columns.items():
            figures[column] = _figure(cells[index], column, raw.place(row), problems)
    return set(seen)


def _figure(text: str, column: ReportedColumn, place: Place, problems: Problems) -> Decimal | None:
    head = f"{column.label}({column.unit})"
    if not text.strip() or is_dash(text.strip()):
        problems.warning(
            "blank",
            f"「{shown(head)}」が空欄です。空欄は 0 とみなさないため、この合計は出しません。",
            f"{shown(head)!r} is blank; a blank is not zero, so no total of it is stated.",
            place,
        )
        return None
    try:
        value = read_number(text.strip())
    except CarbonlibError as error:
        first = error.findings[0].message
        problems.error(
            "not_a_number", f"「{shown(head)}」: {first.ja}", f"{shown(head)!r}: {first.en}", place
        )
        return None
    if value < 0:
        problems.error(
            "negative", f"「{shown(head)}」が負の値です。", f"{shown(head)!r} is negative; mend it.", place
        )
    return value


def _compare(
    raw: CsvTable,
    row: int,
    columns: dict[int, ReportedColumn],
    label: str,
    parts: list[list[dict[ReportedColumn, Decimal | None]]],
    problems: Problems,
) -> None:
    """Compare the totals of a row with the figures of each group of owners that it may add up."""
    for index, column in columns.items():
        text = raw.rows[row][index].strip()
        groups = [[v for figures in p if (v := figures.get(column)) is not None] for p in parts]
        if text and any(groups):
            try:
                stated = Stated(f"{label} {column.label}", read_number(text), raw.place(row))
            except CarbonlibError as error:
                problems.add(error.at(raw.place(row)).findings)
                continue
            compare_nearest(stated, groups, column.unit, problems)


def _same_owners(owners: dict[str, set[str]], table: ReportedTable, problems: Problems) -> None:
    for name, own in owners.items():
        if missing := [o for o in table.figures if o not in own]:
            problems.error(
                "owner_missing",
                f"{'・'.join(shown(m, 20) for m in missing[:5])} がこの表にありません（ほかの表にはあります）。名称の書き方を揃えてください。",
                f"{', '.join(shown(m, 20) for m in missing[:5])} lack here and stand in another table; write the names alike.",
                Place(name),
            )


def reported_text(table: ReportedTable) -> str:
    """Return the file of a table: one row an owner, the figures with the digits that were printed."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*OWN, *(f"{c.label}({c.unit})" for c in table.columns)])
    for owner, figures in table.figures.items():
        values = ("" if (v := figures.get(c)) is None else f"{v:f}" for c in table.columns)
        writer.writerow([table.source, table.fiscal_year, owner, *values])
    return stream.getvalue()


def import_reported(
    workspace: Workspace, files: list[Path], name: str, fiscal_year: int, *, dry_run: bool = False
) -> tuple[ReportedTable, Problems]:
    """Read tables of published figures into parameters/as_reported/.

    Parameters
    ----------
    workspace : Workspace
        Whose parameters/ is written.
    files : list of Path
        Tables of the same owners.
    name : str
        What the publication is called: the name of the file, and of the source of its accounts.
    fiscal_year : int
        The year that the figures are of.
    dry_run : bool
        Whether to write nothing.

    Raises
    ------
    RecordError
        With every problem of every file; nothing was written.
    """
    if not is_safe_id(name):
        raise RecordError.of(
            "reported.name",
            ja=f"--as-reported「{shown(name)}」は使えません。小文字の英数字・-・_ だけで 64 文字までにしてください。",
            en=f"--as-reported {shown(name)!r} cannot be used: lower-case letters, digits, - and _ only, at most 64.",
        )
    problems = Problems(prefix="reported")
    named = [(p, p.name if p.is_absolute() else p.as_posix()) for p in files]
    table = read_reported(named, name, fiscal_year, problems)
    if problems.errors:
        raise RecordError(f for f in problems.found if f.severity == "error")
    if not dry_run:
        write_all(workspace.parameters, {f"{FOLDER}/{name}.csv": reported_text(table)})
    return table, problems


def read_all_reported(workspace: Workspace) -> tuple[list[ReportedTable], Problems]:
    """Return the tables under parameters/as_reported/ by name, and what is wrong or doubtful in them."""
    problems = Problems(prefix="reported")
    tables = []
    for path in sorted((workspace.parameters / FOLDER).glob("*.csv")):
        name = workspace.name_of(path)
        year = _year_of(path, name, problems)
        if year is not None:
            tables.append(read_reported([(path, name)], path.stem, year, problems))
    return tables, problems


def _year_of(path: Path, name: str, problems: Problems) -> int | None:
    try:
        file = read_csv(path, name)
        years = {row[file.rows[0].index("fiscal_year")] for row in file.rows[1:]}
        return int(years.pop()) if len(years) == 1 else int("")
    except CarbonlibError as error:
        problems.add(error.findings)
    except (ValueError, IndexError):
        problems.error(
            "fiscal_year",
            "列 fiscal_year がないか、行によって違います。carbonlib import --as-reported で作り直してください。",
            "The column fiscal_year is missing or not the same in all rows; make it by carbonlib import --as-reported.",
            Place(name, 1),
        )
    return None
