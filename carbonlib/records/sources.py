"""The files of an import, each read as what it is: a workbook, a CSV of companies, of bills, or of any other layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.fiscal_year import Period
from carbonlib.records.csvfiles.clocks import heading_of
from carbonlib.records.csvfiles.companies import is_companies, read_companies
from carbonlib.records.csvfiles.halfhours import HalfHours, read_halfhours
from carbonlib.records.csvfiles.long import LongBills, is_long
from carbonlib.records.csvfiles.table import CsvFile, read_csv
from carbonlib.records.csvfiles.wide import WideBills
from carbonlib.records.csvfiles.wide_header import is_wide
from carbonlib.records.model import Bill
from carbonlib.records.one_company import OneCompanyBills
from carbonlib.records.reading.columns import head
from carbonlib.records.reading.known import Known
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.model import Form
from carbonlib.records.workbook.reading import Opened, open_and_read_forms, read_energy

CSV_SUFFIXES = (".csv", ".txt", ".tsv")
LOOKED_FOR_JA = (
    "探した見出し: companies.csv は 事業者ID（company_id）と 事業者名（name）、bills.csv は 使用量（quantity）と 開始日・終了日か年月、"
    "または 2025-04・4月 のような月の列、30分値は 0:00 からの 48 列か 日付と時刻。1 社の表なら --company も付けてください"
)
LOOKED_FOR_EN = (
    "Headings looked for: company_id and name in companies.csv; quantity with start and end or a month, or columns of "
    "months such as 2025-04, in bills.csv; 48 columns from 0:00 on, or date and time, of half-hours. For a table of one company give --company as well"
)


@dataclass
class Part:
    """What one file says of one company: entries of company.yaml, and a reader of its bills.

    `place` is where messages about the whole point to.
    """

    name: str
    place: Place
    problems: Problems
    entries: Mapping[str, Any] = field(default_factory=dict)
    equipment_place: Place | None = None
    fiscal_year: int | None = None
    period: Period | None = None
    read: Callable[[Known], list[Bill]] = lambda _: []
    has_bills: bool = True


@dataclass
class Sources:
    """All files of an import: parts by company, and tables of bills that may be of many companies."""

    parts: dict[str, list[Part]] = field(default_factory=dict)
    tables: list[LongBills | WideBills | OneCompanyBills] = field(default_factory=list)
    loads: dict[str, list[HalfHours]] = field(default_factory=dict)

    def owners(self) -> Iterable[str]:
        """Return every company that a file speaks of, in the order in which they are met."""
        of_tables = (owner for table in self.tables for owner in table.companies())
        return dict.fromkeys([*self.parts, *self.loads, *of_tables])

    def place_of(self, owner: str) -> Place:
        """Return where a company is first met."""
        if owner in self.parts:
            return self.parts[owner][0].place
        if owner in self.loads:
            return self.loads[owner][0].place
        return next(t.companies()[owner] for t in self.tables if owner in t.companies())


def read_sources(
    files: Iterable[Path], *, company_id: str | None, fiscal_year: int | None, problems: Problems
) -> Sources:
    """Return what files hold; every problem goes to `problems`.

    Parameters
    ----------
    files : iterable of Path
        Workbooks and CSV files.
    company_id : str, optional
        Whose they are, where they do not say it.
    fiscal_year : int, optional
        Year of months without a year.
    problems : Problems
        Of the import.
    """
    found = Sources()
    for path in files:
        name = path.name if path.is_absolute() else path.as_posix()
        try:
            if path.suffix.lower() in CSV_SUFFIXES:
                _csv(read_csv(path, name), found, company_id, fiscal_year, problems)
            else:
                _workbook(open_and_read_forms(path, name), found, company_id, problems)
        except CarbonlibError as error:
            problems.add(error.findings)
    return found


def _workbook(opened: Opened, found: Sources, company_id: str | None, problems: Problems) -> None:
    owner = _company_of(opened, company_id, problems)
    form = opened.form
    if owner is None:
        # what else is wrong is said in the same run
        sites = {str(s.get("id") or s["name"]): str(s["name"]) for s in form.entries.get("sites", ())}
        read_energy(opened, Known(sites or {"-": "-"}, (), form.fiscal_year))
        if not sites:
            opened.problems.drop("workbook.site")  # whose sites they are is not known
        problems.add(opened.problems.found)
        return
    part = Part(
        name=opened.name,
        place=form.places.get("", Place(opened.name)),
        problems=opened.problems,
        entries=form.entries,
        equipment_place=form.places.get("equipment"),
        fiscal_year=form.fiscal_year,
        period=form.period,
        read=lambda known: read_energy(opened, known),
    )
    found.parts.setdefault(owner, []).append(part)


def _company_of(opened: Opened, wanted: str | None, problems: Problems) -> str | None:
    """Return the id of a workbook's company, from the command or the workbook; two that differ are named."""
    written = opened.form.entries.get("id")
    place = opened.form.places.get("id", Place(opened.name))
    if wanted and written and wanted != written:
        problems.error(
            "company_differs",
            f"ブックの記号「{shown(written)}」が --company {wanted} と違います。どちらかに揃えてください。",
            f"The workbook's id {shown(written)!r} differs from --company {wanted}.",
            place,
        )
        return None
    if not (wanted or written):
        if not any(f.id == "workbook.company_id" for f in opened.problems.found):
            _unknown(opened.name, problems, place)
        return None
    return wanted or written


def _unknown(name: str, problems: Problems, place: Place) -> None:
    problems.error(
        "company_unknown",
        "どの事業者のファイルか分かりません。--company のあとに事業者の id を書いてください。新しい事業者なら、"
        "--company my-shop のように、小文字の英数字・-・_ で新しい id を決めてください。",
        "It is not clear whose file this is; name the company with --company. For a new company choose an id of "
        "lower-case letters, digits, - and _, as in --company my-shop.",
        place or Place(name),
    )


def _csv(
    file: CsvFile, found: Sources, company_id: str | None, fiscal_year: int | None, problems: Problems
) -> None:
    own = Problems(file.notes, prefix="csv")
    if (at := heading_of(file)) is not None:
        if company_id is None:
            _unknown(file.name, own, Place(file.name, file.lines[at]))
        found.loads.setdefault(company_id or "", []).append(read_halfhours(file, at, own))
    elif (at := file.heading(is_companies)) is not None:
        for owner, entry in read_companies(file.table(at, own), own).items():
            part = Part(file.name, entry.places[""], own, {"id": owner, **entry.entries}, has_bills=False)
            found.parts.setdefault(owner, []).append(part)
            if company_id not in {None, owner}:
                own.error(
                    "company_differs",
                    f"事業者「{shown(owner)}」の行があります。companies.csv は --company を付けずに取り込んでください。",
                    f"There is a row of {shown(owner)!r}; import companies.csv without --company.",
                    entry.places[""],
                )
    elif (kind := _bills_heading(file)) is not None:
        reader, at = kind
        if company_id is not None and not _names_companies(file.rows[at]):
            found.tables.append(
                OneCompanyBills(
                    file, reader, at, company_id=company_id, fiscal_year=fiscal_year, problems=own
                )
            )
            problems.add(own.found)
            return
        table = reader(file.table(at, own), own, company_id=company_id, fiscal_year=fiscal_year)
        found.tables.append(table)
        if company_id is None and "company_id" not in table.columns:
            _unknown(file.name, own, Place(file.name, table.table.header_line))
    elif company_id is not None:
        opened = Opened(file.name, [file.grid], Form(), own)
        part = Part(file.name, Place(file.name), own, read=lambda known: read_energy(opened, known))
        found.parts.setdefault(company_id, []).append(part)
    else:
        own.error(
            "layout",
            f"表の形が分かりません。{LOOKED_FOR_JA}。",
            f"The layout is not understood. {LOOKED_FOR_EN}.",
            Place(file.name, file.lines[0]),
        )
    problems.add(own.found)


def _names_companies(header: list[str]) -> bool:
    return any(head("bills", text.strip()).column == "company_id" for text in header)


def _bills_heading(file: CsvFile) -> tuple[type[LongBills] | type[WideBills], int] | None:
    if (at := file.heading(is_long)) is not None:
        return LongBills, at
    if (at := file.heading(is_wide)) is not None:
        return WideBills, at
    return None
