"""Workbooks and CSV files into parameters/: all problems of all files at once, and nothing written where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from carbonlib.errors import CarbonlibError, Finding, Place, RecordError, shown
from carbonlib.fiscal_year import Period
from carbonlib.records.billchecks import SHARED_DAYS
from carbonlib.records.bills import read_bill_rows
from carbonlib.records.company import company_of
from carbonlib.records.importing_company import (
    CompanyParts,
    name_other_months,
    name_rows_outside,
    open_company,
    report_years,
)
from carbonlib.records.load import FILE as LOAD_FILE
from carbonlib.records.load import loads_of
from carbonlib.records.loading import merged_load
from carbonlib.records.merging import MergedBills, merge_bills, placed_as_brought
from carbonlib.records.model import Bill, Company
from carbonlib.records.reading.problems import Problems
from carbonlib.records.registered import Registered, own_programme, usual_programme
from carbonlib.records.sources import CSV_SUFFIXES, Sources, read_sources
from carbonlib.records.textfile import read_text
from carbonlib.records.transaction import write_all
from carbonlib.records.workbook.table_bills import overlaps
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.records.writing import bills_text, company_text, report_text
from carbonlib.records.yamlfile import yaml_of

LISTED_IN = "companies.csv か company.yaml"
# what a company's bills will be, those of them that the files bring with their places in the files, and doubts that were
# met in reading them back: to all doubts, those that the company acknowledged as notes
Review = Callable[
    [Company, Sequence[Bill], Sequence[Bill], "Period | None", Sequence[Finding]], Iterable[Finding]
]


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
        self.misread: set[tuple[object, ...] | None] = set()  # rows of the files in which something is wrong
        self.texts: dict[str, str] = {}
        self.changes: list[Change] = []
        self.bills: dict[str, tuple[Bill, ...]] = {}
        self.usual_programme = cache(lambda year: usual_programme(workspace, year))

    def run(self, sources: Sources) -> None:
        """Read the bills of all companies and make the texts of their files."""
        companies = {
            owner: open_company(
                self.workspace,
                owner,
                sources.parts.get(owner, []),
                sources.place_of(owner),
                fiscal_year=self.fiscal_year,
                problems=self.problems,
            )
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
        self.misread = {_row(place) for place in self.problems.named} - {None}
        while companies:
            self._finish(companies.pop(next(iter(companies))))

    def _finish(self, one: CompanyParts) -> None:
        overlaps(one.rows, self.problems)
        if not one.rows and any(p.has_bills for p in one.parts):
            self.problems.note(
                "no_rows",
                "エネルギーの数量は入っていません。",
                "It holds no amounts of energy.",
                Place(one.place.file),
            )
        name_rows_outside(one, self.fiscal_year, self.problems)
        if one.present is None or not one.data.get("sites"):
            return
        if self.problems.errors:  # a name that lacks was named; the bills are looked through all the same
            named = {n: one.data.get(n) or one.id for n in ("name", "industry")}
            sites = [{**site, "name": site.get("name") or site["id"]} for site in one.data["sites"]]
            one.data = {**one.data, **named, "sites": sites}
        self._texts(one, one.present, merge_bills(one.present.rows, one.rows, self.problems))

    def _texts(self, one: CompanyParts, present: Registered, merged: MergedBills) -> None:
        folder = f"companies/{one.id}"
        texts = {
            f"{folder}/company.yaml": company_text(present.text, present.data, one.data),
            f"{folder}/bills.csv": bills_text(present.header, merged.rows),
        }
        if merged.added == merged.replaced == 0 and present.bills_text:
            texts[f"{folder}/bills.csv"] = present.bills_text
        name = f"{folder}/{LOAD_FILE}"
        if one.loads:
            now = self._now(name)
            stored = None if now is None else (now, f"parameters/{name}")
            if load := merged_load(one.loads, one.known, self.meter_id, stored, self.problems):
                texts[name] = load
        self._validate(one, texts)
        if self.problems.errors:
            return  # nothing will be written, and rows that could not be read say nothing of years
        for year in report_years(one, self.fiscal_year, self.problems):
            report = f"reports/{year}/companies/{one.id}.yaml"
            if (path := self.workspace.parameters / report).exists():
                name_other_months(one, year, path, self.problems)
                continue
            programme = own_programme(self.workspace, one.id) or self.usual_programme(year)
            texts[report] = report_text(one.id, year, programme, one.period)
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
        return read_text(path, f"parameters/{name}") if path.is_file() else None

    def _validate(self, one: CompanyParts, texts: Mapping[str, str]) -> None:
        """Read the new files back as every later command will; what is wrong or doubtful in them is named.

        Where something is wrong already, the rest is looked through all the same: all of it is mended in one go.
        """
        amiss = bool(self.problems.errors)
        company_yaml, bills_csv, load = (
            f"companies/{one.id}/{n}" for n in ("company.yaml", "bills.csv", LOAD_FILE)
        )
        try:
            company = company_of(yaml_of(texts[company_yaml], f"parameters/{company_yaml}"), one.id)
            read, wrong = read_bill_rows(texts[bills_csv], f"parameters/{bills_csv}", company)
            # bills that share days are named at their places in the files already
            self.problems.add(f for f in wrong if not amiss or f.id not in SHARED_DAYS)
            self.bills[one.id] = bills = tuple(bill for _, bill in read)
            loads = loads_of(texts[load], f"parameters/{load}", company) if load in texts else ()
            found = [f for each in loads for f in each.findings]
            known, brought = placed_as_brought(bills, one.rows)
            review = self.review or (lambda *given: given[-1])
            # what is amiss in a row makes what else it says doubtful
            self.problems.add(
                f
                for f in review(company, known, brought, one.period, found)
                if _row(f.place) not in self.misread
            )
        except CarbonlibError as error:
            self.problems.add(replace(f, severity="error") for f in error.findings)


def _row(place: Place) -> tuple[object, ...] | None:
    """Return the row of a file that a place stands in, None for a place that is of no row."""
    row = place.line if not place.cell else place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (place.file, place.sheet, row) if row else None


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
