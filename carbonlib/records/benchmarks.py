"""What intensities are compared with: quartiles frozen from the city's own companies, and public lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError
from carbonlib.records.datarows import data_rows
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import read_number

COLUMNS = ("industry", "driver", "measure", "unit", "programme", "count", "q1", "median", "q3")
DRIVERS = ("floor_area", "employees")
# measure → unit for each unit of the driver
MEASURE_UNITS = {"primary_energy": "MJ", "co2": "kg-CO2"}
DRIVER_UNITS = {"floor_area": "m2", "employees": "人"}


@dataclass(frozen=True)
class Benchmark:
    """The spread of one intensity in an industry: quartiles under a programme, None where they are suppressed."""

    industry: str
    driver: str
    measure: str
    programme: str
    count: int | None = None
    q1: Decimal | None = None
    median: Decimal | None = None
    q3: Decimal | None = None

    @property
    def suppressed(self) -> bool:
        """Whether the group was too small to publish."""
        return self.median is None


@dataclass(frozen=True)
class Benchmarks:
    """The benchmarks of a fiscal year, as frozen."""

    fiscal_year: int
    rows: tuple[Benchmark, ...]

    def of(self, industry: str, driver: str, measure: str, programme: str) -> Benchmark | None:
        """Return the row of a group, if it has one."""
        wanted = (industry, driver, measure, programme)
        return next((b for b in self.rows if (b.industry, b.driver, b.measure, b.programme) == wanted), None)


@dataclass(frozen=True)
class PublicBenchmark:
    """A line that somebody published for a use, with the electricity factor that it was made with."""

    use: str
    driver: str
    measure: str
    value: Decimal
    unit: str
    statistic_ja: str
    statistic_en: str
    scope_ja: str
    electricity_factor: Decimal
    factor_unit: str
    factor_evidence: str
    evidence: str
    source: str
    note: str


def file_name(fiscal_year: int) -> str:
    """Return the name of a year's file under parameters/."""
    return f"benchmarks_{fiscal_year}.csv"


def benchmarks_text(rows: Iterable[Benchmark]) -> str:
    """Return the file of some benchmarks; a group too small to publish has empty cells."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for b in rows:
        unit = f"{MEASURE_UNITS[b.measure]}/{DRIVER_UNITS[b.driver]}"
        values = ["" if v is None else f"{v:f}" for v in (b.q1, b.median, b.q3)]
        count = "" if b.count is None else b.count
        writer.writerow([b.industry, b.driver, b.measure, unit, b.programme, count, *values])
    return stream.getvalue()


def read_benchmarks(workspace: Workspace, fiscal_year: int) -> Benchmarks | None:
    """Return the frozen benchmarks of a year, None where the workspace has none.

    Raises
    ------
    RecordError
        A missing column, an unknown driver or measure, a number that cannot be read, or quartiles out of order.
    """
    path = workspace.parameters / file_name(fiscal_year)
    if not path.is_file():
        return None
    name = workspace.name_of(path)
    rows: list[Benchmark] = []
    wrong: list[Finding] = []
    for place, row in data_rows(read_text(path, name), name, COLUMNS):
        try:
            rows.append(_benchmark(row, place))
        except CarbonlibError as error:
            wrong += error.at(place).findings
    if wrong:
        raise RecordError(wrong)
    return Benchmarks(fiscal_year, tuple(rows))


def _benchmark(row: dict[str, str], place: Place) -> Benchmark:
    def refused(ja: str, en: str) -> RecordError:
        return RecordError([Finding("benchmark.row", "error", Message(ja, en), place)])

    if row["driver"] not in DRIVERS or row["measure"] not in MEASURE_UNITS:
        raise refused(
            f"driver は {'・'.join(DRIVERS)}、measure は {'・'.join(MEASURE_UNITS)} のどれかです。"
            "carbonlib benchmarks で作り直してください。",
            f"driver is one of {', '.join(DRIVERS)}, measure one of {', '.join(MEASURE_UNITS)}; make the file anew.",
        )
    unit = f"{MEASURE_UNITS[row['measure']]}/{DRIVER_UNITS[row['driver']]}"
    if row["unit"] != unit:
        raise refused(f"この行の単位は {unit} です。", f"The unit of this row is {unit}.")
    q1, median, q3 = (read_number(row[c]) if row[c] else None for c in ("q1", "median", "q3"))
    count = read_number(row["count"]) if row["count"] else None
    given = [v for v in (q1, median, q3) if v is not None]
    if len(given) not in {0, 3} or given != sorted(given) or (count is not None and count != int(count)):
        raise refused(
            "q1・median・q3 は 3 つとも小さい順に書くか、3 つとも空欄（秘匿）にしてください。",
            "Give q1, median and q3 in ascending order, or leave all three empty (suppressed).",
        )
    return Benchmark(
        *(row["industry"], row["driver"], row["measure"], row["programme"]),
        None if count is None else int(count),
        *(q1, median, q3),
    )


@cache
def public_benchmarks() -> tuple[PublicBenchmark, ...]:
    """Return the public lines that the package carries."""
    text = files(__package__).joinpath("data", "public_benchmarks.csv").read_text(encoding="utf-8")
    return tuple(_public(row) for row in csv.DictReader(text.splitlines()))


def _public(row: dict[str, str]) -> PublicBenchmark:
    numbers = ("value", "electricity_factor")
    texts = {k: v for k, v in row.items() if k not in numbers}
    return PublicBenchmark(
        value=Decimal(row["value"]), electricity_factor=Decimal(row["electricity_factor"]), **texts
    )
