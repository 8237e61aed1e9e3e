"""Workbooks and CSV files into parameters/: all problems of all files at once, and nothing written where there is one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Place, RecordError, shown
from carbonlib.fiscal_year import Period, fiscal_year_of, label, period_of
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.csvfiles.halfhours import HalfHours
from carbonlib.records.load import FILE as LOAD_FILE
from carbonlib.records.load import read_load
from carbonlib.records.loading import merged_load
from carbonlib.records.merging import MergedBills, merge_bills, meter_of, placed_as_brought
from carbonlib.records.merging_company import merge_company
from carbonlib.records.model import Bill, Company
from carbonlib.records.registered import Registered, own_programme, registered, usual_programme
from carbonlib.records.sources import CSV_SUFFIXES, Part, Sources, read_sources
from carbonlib.records.textfile import read_text
from carbonlib.records.transaction import write_all
from carbonlib.records.workbook.model import Known, Problems
from carbonlib.records.workbook.series import known_meters
from carbonlib.records.workbook.table_bills import overlaps
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.records.writing import bills_text, company_text, report_text

LISTED_IN = "companies.csv か company.yaml"
# what a company's bills will be, and those of them that the files bring with their places in the files: to doubts
Review = Callable[[Company, Sequence[Bill], Sequence[Bill], "Period | None"], Iterable[Finding]]
_FEW = 2  # rows of another year that are doubted; more of them are that year's own


@dataclass(frozen=True)
class Change:
    """What an import does for one company: rows of bills.csv by kind, and the files that change."""

    company_id: str
    added: int
    replaced: int
    unchanged: int
    kept: int
    files: tuple[str, ...]
    new: bool = False


@dataclass(frozen=True)
class Imported:
    """What was or, on a dry run, would be written, with notes and doubts; `bills` are all of each company afterwards."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    written: bool
    bills: Mapping[str, tuple[Bill, ...]] = field(default_factory=dict)


@dataclass
class _Company:
    """One company of an import: what is registered, what it becomes, and the bills that the files bring."""

    id: str
    place: Place
    parts: list[Part]
    present: Registered | None
    data: dict[str, Any]
    complete: bool
    known: Known
    rows: list[Bill] = field(default_factory=list)
    loads: list[HalfHours] = field(default_factory=list)


class _Import:
    """One import under way: problems gather, texts to write gather."""

    def __init__(
        self,
        workspace: Workspace,
        fiscal_year: int | None,
        meter_id: str | None,
        problems: Problems,
        review: Review | None,
    ) -> None:
        self.workspace, self.fiscal_year, self.problems = workspace, fiscal_year, problems
        self.meter_id, self.review = meter_id, review
        self.texts: dict[str, str] = {}
        self.changes: list[Change] = []
        self.bills: dict[str, tuple[Bill, ...]] = {}
        self.usual_programme = cache(lambda year: usual_programme(workspace, year))

    def run(self, sources: Sources) -> None:
        """Read the bills of all companies and make the texts of their files."""
        companies = {
            owner: self._open(owner, sources.parts.get(owner, []), sources.place_of(owner))
            for owner in sources.owners()
        }
        known = {c.id: c.known for c in companies.values() if c.data.get("sites")}
        while sources.tables:  # let go of each: a table may be large
            table = sources.tables.pop(0)
            for owner, bills in table.read(known, LISTED_IN).items():
                companies[owner].rows += bills
            self.problems.add(table.problems.found)
        for owner, loads in sources.loads.items():
            companies[owner].loads = loads
        with tempfile.TemporaryDirectory() as folder:
            trial = Workspace(Path(folder))
            while companies:
                self._finish(companies.pop(next(iter(companies))), trial)

    def _open(self, company_id: str, parts: list[Part], place: Place) -> _Company:
        try:
            present = registered(self.workspace, company_id)
        except CarbonlibError as error:
            self.problems.add(error.findings)
            present = None
        data = present.data if present else {}
        left: list[str] = []
        for part in parts:
            self._sites_named(part, data)
            data, left = merge_company(data, part.entries)
        data.setdefault("id", company_id)
        complete = present is not None and self._complete(data, company_id, place)
        sites = {str(s["id"]): str(s["name"]) for s in data.get("sites", [])}
        meters = known_meters([meter_of(b) for b, _ in present.rows] if present else [])
        rows: list[Bill] = []
        for part in parts:
            if part.has_bills:
                rows += part.read(Known(sites, meters, self._year(part)))
            self.problems.add(part.problems.found)
        if left:
            self.problems.note(
                "equipment_kept",
                f"ブックにない登録済みの設備（{'・'.join(shown(n, 20) for n in left[:5])}）は残しました。",
                f"Registered equipment that the workbook lacks ({', '.join(left[:5])}) was kept.",
                next((p.equipment_place for p in parts if p.equipment_place), place),
            )
        return _Company(company_id, place, parts, present, data, complete, Known(sites, meters), rows)

    def _sites_named(self, part: Part, data: dict[str, Any]) -> None:
        """Name a new site without a name: nothing else tells it."""
        have = {s.get("id") for s in data.get("sites", [])}
        for site in part.entries.get("sites", ()):
            if not site.get("name") and site.get("id") not in have:
                self.problems.error(
                    "site_name",
                    f"新しい事業所「{shown(site.get('id', ''))}」の名前がありません。書いてください。",
                    f"The new site {shown(site.get('id', ''))!r} has no name; write it.",
                    site.get("place", part.place),
                )
                site["name"] = ""

    def _complete(self, data: dict[str, Any], company_id: str, place: Place) -> bool:
        """Return whether a company has what company.yaml needs; what lacks is named."""
        lacking = [
            ja
            for name, ja in (("name", "事業者名"), ("industry", "業種"), ("sites", "事業所名"))
            if not data.get(name)
        ]
        if lacking:
            self.problems.error(
                "company_incomplete",
                f"新しい事業者 {company_id} の {'・'.join(lacking)} がありません。「事業所」シート（ひな形は carbonlib template）か"
                " companies.csv に書いてください。",
                f"The new company {company_id} lacks {', '.join(lacking)}; fill in the sheet 事業所 (carbonlib template makes "
                "one) or companies.csv.",
                place,
            )
        return not lacking

    def _year(self, part: Part) -> int | None:
        stated = part.fiscal_year
        if stated and self.fiscal_year and stated != self.fiscal_year:
            self.problems.error(
                "year_differs",
                f"ブックの対象年度は{label(stated)}ですが、--year {self.fiscal_year} が指定されています。",
                f"The workbook is for FY{stated}, and --year is {self.fiscal_year}.",
                Place(part.name),
            )
        # a month without a year is told by April to March only
        return None if part.period else stated or self.fiscal_year

    def _finish(self, one: _Company, trial: Workspace) -> None:
        overlaps(one.rows, self.problems)
        if not one.rows and any(p.has_bills for p in one.parts):
            self.problems.note(
                "no_rows",
                "エネルギーの数量は入っていません。",
                "It holds no amounts of energy.",
                Place(one.place.file),
            )
        self._outside(one)
        if one.present is None or not one.complete:
            return
        merged = merge_bills(one.present.rows, one.rows, self.problems)
        if not self.problems.errors:
            self._texts(one, one.present, merged, trial)

    def _outside(self, one: _Company) -> None:
        """Name rows of another year than the one that is imported, where they are so few that a slip is likely."""
        stated = self.fiscal_year or next((p.fiscal_year for p in one.parts if p.fiscal_year), None)
        if not stated:
            return
        period = _period(one) or period_of(stated)
        inside = [r for r in one.rows if period.first_day <= r.start <= period.last_day]
        outside = [r for r in one.rows if r not in inside]
        if len(outside) <= _FEW < len(inside):
            for row in outside:
                self.problems.warning(
                    "outside_year",
                    f"期間 {row.start}〜{row.end} は{period.label()}の外です。年の書き間違いでないか確かめてください。",
                    f"The period {row.start} to {row.end} is outside {period.short('en')}; check the year.",
                    row.place,
                )

    def _texts(self, one: _Company, present: Registered, merged: MergedBills, trial: Workspace) -> None:
        folder = f"companies/{one.id}"
        texts = {
            f"{folder}/company.yaml": company_text(present.text, present.data, one.data),
            f"{folder}/bills.csv": bills_text(present.header, merged.rows),
        }
        if merged.added == merged.replaced == 0 and present.bills_text:
            texts[f"{folder}/bills.csv"] = present.bills_text
        name = f"{folder}/{LOAD_FILE}"
        if one.loads and (
            load := merged_load(one.loads, one.known, self.meter_id, self._now(name) or "", self.problems)
        ):
            texts[name] = load
        self._validate(one, texts, trial)
        for year in self._report_years(one):
            report = f"reports/{year}/companies/{one.id}.yaml"
            if (self.workspace.parameters / report).exists():
                continue
            programme = own_programme(self.workspace, one.id) or self.usual_programme(year)
            texts[report] = report_text(one.id, year, programme, _period(one))
            self.problems.note(
                "programme",
                f"係数の制度を {programme} としました。違うときは書きかえてください。",
                f"The programme is taken to be {programme}; change it where it is another.",
                Place(f"parameters/{report}"),
            )
        changed = {n: t for n, t in texts.items() if t != self._now(n)}
        self.texts |= changed
        self.changes.append(
            Change(
                one.id,
                merged.added,
                merged.replaced,
                merged.unchanged,
                merged.kept,
                tuple(f"parameters/{n}" for n in changed),
                new=not present.text,
            )
        )

    def _now(self, name: str) -> str | None:
        path = self.workspace.parameters / name
        return read_text(path, name) if path.is_file() else None

    def _report_years(self, one: _Company) -> list[int]:
        """Return the years of the reports: that of the command, else the workbooks' own, else the latest with amounts."""
        years = sorted({fiscal_year_of(r.start) for r in one.rows})
        if not one.rows:
            return []
        if self.fiscal_year and self.fiscal_year not in years:
            listed = "・".join(label(y) for y in years)
            self.problems.error(
                "year_without_rows",
                f"--year {self.fiscal_year} の数量がありません。ファイルにあるのは {listed} です。",
                f"There are no amounts of --year {self.fiscal_year}; the files have {years}.",
                Place(one.place.file),
            )
        if self.fiscal_year:
            return [self.fiscal_year]
        stated = {p.fiscal_year for p in one.parts}
        return [y for y in years if y in stated] or years[-1:]

    def _validate(self, one: _Company, texts: dict[str, str], trial: Workspace) -> None:
        """Read the new files back as every later command will; what is wrong or doubtful in them is named."""
        company_id = one.id
        for before in (trial.parameters / "companies").glob("*"):  # one folder for all: making many is slow
            before.rename(before.with_name(company_id))
            (before.with_name(company_id) / LOAD_FILE).unlink(missing_ok=True)
        for name, text in texts.items():
            path = trial.parameters / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        try:
            company = read_company(trial, company_id)
            self.bills[company_id] = bills = tuple(read_bills(trial, company))
            if self.review and one.rows:
                self.problems.add(self.review(company, *placed_as_brought(bills, one.rows), _period(one)))
            self.problems.add(f for load in read_load(trial, company) for f in load.findings)
        except CarbonlibError as error:
            self.problems.add(replace(f, severity="error") for f in error.findings)


def _period(one: _Company) -> Period | None:
    """Return the twelve months that a company's workbook is of, where they are not April to March."""
    return next((p.period for p in one.parts if p.period), None)


def import_files(
    workspace: Workspace,
    files: list[Path],
    *,
    company_id: str | None = None,
    fiscal_year: int | None = None,
    meter_id: str | None = None,
    dry_run: bool = False,
    review: Review | None = None,
) -> Imported:
    """Read workbooks and CSV files into parameters/.

    Parameters
    ----------
    workspace : Workspace
        Whose parameters/ is written.
    files : list of Path
        Several of one company are laid over each other; a CSV file may be of many companies.
    company_id : str, optional
        Whose they are, where the files do not say it.
    fiscal_year : int, optional
        Year of months without a year, and of the report.
    meter_id : str, optional
        Meter of half-hours.
    dry_run : bool
        Whether to write nothing.
    review : callable, optional
        Says what is doubtful in a company's bills before they are written; an error stops the import.

    Returns
    -------
    Imported

    Raises
    ------
    RecordError
        With every problem of every file by file, sheet and cell or line; nothing was written.
    """
    if company_id is not None and not is_safe_id(company_id):
        raise RecordError.of(
            "company.id",
            ja=f"--company「{shown(company_id)}」は使えません。小文字の英数字・-・_ だけで 64 文字までにしてください。",
            en=f"--company {shown(company_id)!r} cannot be used: lower-case letters, digits, - and _ only, at most 64.",
        )
    problems = Problems(prefix="csv" if all(f.suffix.lower() in CSV_SUFFIXES for f in files) else "workbook")
    work = _Import(workspace, fiscal_year, meter_id, problems, review)
    work.run(read_sources(files, company_id=company_id, fiscal_year=fiscal_year, problems=problems))
    if errors := [f for f in problems.found if f.severity == "error"]:
        raise RecordError(errors)
    if not dry_run and work.texts:
        write_all(workspace.parameters, work.texts)
    return Imported(tuple(work.changes), tuple(problems.found), not dry_run, work.bills)
