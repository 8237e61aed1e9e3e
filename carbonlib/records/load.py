"""load_30min.csv: electricity by half-hours (30分値), one row a day, as the meter counted it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from math import fsum

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.fiscal_year import Year, first_day, fiscal_year_of, last_day
from carbonlib.records.datarows import csv_rows
from carbonlib.records.model import Company
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import read_number

FILE = "load_30min.csv"
HALF_HOURS = 48  # of a day; Japan has no daylight saving time, so each day has as many
SLOTS = tuple(f"{h:02d}:{m:02d}" for h in range(24) for m in (0, 30))
COLUMNS = ("site_id", "meter_id", "date", *SLOTS)
_MOST_GAPS = 5  # periods that a message lists

Days = Mapping[date, Sequence[Decimal | None]]
Lines = dict[date, tuple[int, list[Decimal | None]]]  # days with the line that each stands on


@dataclass(frozen=True)
class MeterLoad:
    """The half-hours of a meter from the first to the last day that the file has; None where nothing was counted.

    `values` are kWh in each half-hour, so twice the mean power in kW. The first is that from 0:00 of `start`.
    """

    site_id: str
    meter_id: str
    start: date
    values: tuple[float | None, ...]
    findings: tuple[Finding, ...] = ()
    place: Place = field(default_factory=Place)

    @property
    def end(self) -> date:
        """The last day."""
        return self.start + timedelta(days=len(self.values) // HALF_HOURS - 1)

    @property
    def missing(self) -> int:
        """How many half-hours were not counted."""
        return sum(v is None for v in self.values)

    def between(self, first: date, last: date) -> tuple[float | None, ...]:
        """Return the half-hours of some days, both included; None outside of what is known. [kWh]

        >>> MeterLoad("s", "E1", date(2025, 4, 1), (1.0,) * 48).between(date(2025, 4, 1), date(2025, 4, 2))[47:49]
        (1.0, None)
        """
        at = (first - self.start).days * HALF_HOURS
        count = ((last - first).days + 1) * HALF_HOURS
        held = self.values[max(at, 0) : max(at + count, 0)]
        before = min(max(-at, 0), count)
        return (None,) * before + held + (None,) * (count - before - len(held))

    def of_year(self, year: Year) -> tuple[float | None, ...]:
        """Return the half-hours of a year: 17,520, or 17,568 where it holds a 29 February. [kWh]"""
        return self.between(first_day(year), last_day(year))

    def kwh(self, first: date, last: date) -> float | None:
        """Return the sum of some days, both included; None where a half-hour is not known. [kWh]"""
        values = self.between(first, last)
        known = [v for v in values if v is not None]
        return fsum(known) if len(known) == len(values) else None


def gaps(load: MeterLoad) -> list[tuple[str, str]]:
    """Return from when to when nothing was counted, as in ``("2025-04-01 00:30", "2025-04-01 01:30")``."""
    found: list[tuple[str, str]] = []
    opened: int | None = None
    for index, value in enumerate((*load.values, 0.0)):
        if value is None and opened is None:
            opened = index
        elif value is not None and opened is not None:
            found.append((_moment(load, opened), _moment(load, index)))
            opened = None
    return found


def _moment(load: MeterLoad, index: int) -> str:
    day, slot = divmod(index, HALF_HOURS)
    return f"{load.start + timedelta(days=day)} {SLOTS[slot]}"


def gap_findings(load: MeterLoad) -> list[Finding]:
    """Return a warning for each fiscal year in which half-hours lack: they are not zero."""
    years = range(fiscal_year_of(load.start), fiscal_year_of(load.end) + 1)
    parts = {year: _within(load, year) for year in years}
    return [_gap_finding(part, year) for year, part in parts.items() if part.missing]


def _within(load: MeterLoad, fiscal_year: int) -> MeterLoad:
    start, end = max(load.start, first_day(fiscal_year)), min(load.end, last_day(fiscal_year))
    return replace(load, start=start, values=load.between(start, end))


def _gap_finding(load: MeterLoad, fiscal_year: int) -> Finding:
    listed = gaps(load)
    more = " など" if len(listed) > _MOST_GAPS else ""
    ja = "・".join(f"{a}〜{b}" for a, b in listed[:_MOST_GAPS])
    en = ", ".join(f"{a} to {b}" for a, b in listed[:_MOST_GAPS])
    message = Message(
        f"30分値（{load.site_id} {load.meter_id}）が {load.missing} 個ありません（{ja}{more}）。0 とはみなしません。",
        f"{load.missing} half-hours of {load.site_id} {load.meter_id} lack ({en}{' and more' if more else ''}); they are "
        "not zero.",
    )
    return Finding("load.gap", "warning", message, load.place, subject="electricity", fiscal_year=fiscal_year)


def read_load(workspace: Workspace, company: Company) -> tuple[MeterLoad, ...]:
    """Return the half-hours of each meter of a company, none where there is no such file.

    Parameters
    ----------
    workspace : Workspace
        Where the file lies.
    company : Company
        Whose sites the rows may name.

    Returns
    -------
    tuple of MeterLoad
        By meter in the order of the file, days without a row filled with None; `findings` say so.

    Raises
    ------
    RecordError
        With every cell that cannot be read, every day that stands twice, and an unknown site, by line.
    """
    path = workspace.company_folder(company.id) / FILE
    if not path.is_file():
        return ()
    name = workspace.name_of(path)
    return loads_of(read_text(path, name), name, company)


def loads_of(text: str, name: str, company: Company) -> tuple[MeterLoad, ...]:
    """Return the half-hours of a load_30min.csv by its text; the rest is as in `read_load`."""
    found = load_days(text, name, {s.id for s in company.sites})
    return tuple(_meter_load(site, meter, days, name) for (site, meter), days in found.items())


def load_days(text: str, name: str, sites: Collection[str]) -> dict[tuple[str, str], Lines]:
    """Return the days of a load_30min.csv by site and meter, each with its line and 48 values, digits as written.

    Parameters
    ----------
    text : str
        The file.
    name : str
        What messages call it.
    sites : collection of str
        Those that the rows may name.

    Raises
    ------
    RecordError
        As in `read_load`.
    """
    rows = _Rows(name, sites)
    try:
        rows.read(text)
    except RecordError as error:  # the rows before it are named too
        rows.findings += error.findings
    if rows.findings:
        raise RecordError(rows.findings)
    return rows.days


class _Rows:
    def __init__(self, name: str, sites: Collection[str]) -> None:
        self.name, self.sites = name, sites
        self.days: dict[tuple[str, str], Lines] = {}
        self.findings: list[Finding] = []

    def _error(self, id: str, ja: str, en: str, line: int) -> None:
        self.findings.append(Finding(f"load.{id}", "error", Message(ja, en), Place(self.name, line)))

    def read(self, text: str) -> None:
        rows = csv_rows(text, self.name)
        header = tuple(h.strip() for h in next(rows, (1, []))[1])
        if header != COLUMNS:
            self._error(
                "columns",
                f"見出しは site_id,meter_id,date,00:00,00:30,…,23:30 の {len(COLUMNS)} 列です。carbonlib import で作り直してください。",
                f"The heading is site_id, meter_id, date and {HALF_HOURS} half-hours; make the file by carbonlib import.",
                1,
            )
            return
        for line, cells in rows:
            if any(c.strip() for c in cells):
                self._row(cells, line)

    def _row(self, cells: Sequence[str], line: int) -> None:
        if len(cells) != len(COLUMNS):
            have = max(len(cells) - 3, 0)
            self._error(
                "half_hours",
                f"1 日は {HALF_HOURS} 個です（夏時間はありません）。この行は {have} 個です。",
                f"A day has {HALF_HOURS} half-hours (there is no daylight saving time), this row has {have}.",
                line,
            )
            return
        site, meter, written = (c.strip() for c in cells[:3])
        if site not in self.sites:
            self._error(
                "site",
                f"事業所「{shown(site)}」が company.yaml にありません。",
                f"There is no site {shown(site)!r}.",
                line,
            )
        try:
            day = date.fromisoformat(written)
        except ValueError:
            self._error(
                "date",
                f"「{shown(written)}」は日付ではありません。2025-04-01 のように書いてください。",
                f"{shown(written)!r} is no date; write it as in 2025-04-01.",
                line,
            )
            return
        values = [self._value(c, slot, line) for slot, c in zip(SLOTS, cells[3:], strict=True)]
        days = self.days.setdefault((site, meter), {})
        if day in days:
            self._error(
                "twice",
                f"{day} が {days[day][0]} 行目にもあります。どちらかを消してください。",
                f"{day} stands on line {days[day][0]} too; delete one.",
                line,
            )
        days.setdefault(day, (line, values))

    def _value(self, cell: str, slot: str, line: int) -> Decimal | None:
        text = cell.strip()
        if not text:
            return None
        try:
            value = read_number(text)
        except CarbonlibError as error:
            first = error.findings[0].message
            self._error("number", f"{slot}: {first.ja}", f"{slot}: {first.en}", line)
            return None
        if value < 0:
            self._error("negative", f"{slot} の値が負です。", f"The value at {slot} is negative.", line)
        return value


def _meter_load(site: str, meter: str, days: Lines, name: str) -> MeterLoad:
    first, last = min(days), max(days)
    none: list[float | None] = [None] * HALF_HOURS
    values: list[float | None] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        values += [None if v is None else float(v) for v in days[day][1]] if day in days else none
    made = MeterLoad(site, meter, first, tuple(values), place=Place(name, days[first][0]))
    return MeterLoad(site, meter, first, made.values, tuple(gap_findings(made)), made.place)


def load_text(loads: Mapping[tuple[str, str], Days]) -> str:
    """Return load_30min.csv of days by site and meter, each of 48 values."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for (site, meter), days in loads.items():
        for day in sorted(days):
            writer.writerow([site, meter, day, *("" if v is None else f"{v:f}" for v in days[day])])
    return stream.getvalue()
