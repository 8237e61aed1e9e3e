"""Workbooks into parameters/: all problems of all files at once, and nothing written where there is one."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Place, RecordError, shown
from carbonlib.fiscal_year import fiscal_year_of, label
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.merging import MergedBills, merge_bills, merge_company, meter_of
from carbonlib.records.model import Bill
from carbonlib.records.registered import Registered, programme_for, registered
from carbonlib.records.textfile import read_text
from carbonlib.records.transaction import write_all
from carbonlib.records.workbook.model import Known, Problems
from carbonlib.records.workbook.reading import Opened, open_and_read_forms, read_energy
from carbonlib.records.workbook.series import known_meters
from carbonlib.records.workbook.table_bills import overlaps
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.records.writing import bills_text, company_text, report_text


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
    """What was or, on a dry run, would be written, with notes and doubts."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    written: bool


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
            problems.error(
                "company_unknown",
                "どの事業者のブックか分かりません。--company のあとに事業者の id を書いてください。",
                "It is not clear whose workbook this is; name the company with --company.",
                place,
            )
        return None
    return wanted or written


def _needed(opened: list[Opened], data: dict[str, Any], company_id: str, problems: Problems) -> bool:
    """Return whether a company has what company.yaml needs; what lacks is named."""
    lacking = [
        ja
        for name, ja in (("name", "事業者名"), ("industry", "業種"), ("sites", "事業所名"))
        if not data.get(name)
    ]
    if lacking:
        place = opened[0].form.places.get("", Place(opened[0].name))
        problems.error(
            "company_incomplete",
            f"新しい事業者 {company_id} の {'・'.join(lacking)} がありません。「事業所」シートに書いてください（ひな形は carbonlib template）。",
            f"The new company {company_id} lacks {', '.join(lacking)}; fill in the sheet 事業所 (carbonlib template makes one).",
            place,
        )
    return not lacking


class _Import:
    """One import under way: problems gather, texts to write gather."""

    def __init__(self, workspace: Workspace, fiscal_year: int | None) -> None:
        self.workspace, self.fiscal_year = workspace, fiscal_year
        self.problems = Problems()
        self.texts: dict[str, str] = {}
        self.changes: list[Change] = []

    def company(self, company_id: str, opened: list[Opened]) -> None:
        try:
            present = registered(self.workspace, company_id)
        except CarbonlibError as error:
            self.problems.add(error.findings)
            present = None
        data = present.data if present else {}
        left: list[str] = []
        for one in opened:
            data, left = merge_company(data, one.form.entries)
        data.setdefault("id", company_id)
        complete = present is not None and _needed(opened, data, company_id, self.problems)
        sites = {str(s["id"]): str(s["name"]) for s in data.get("sites", [])}
        meters = [meter_of(b) for b, _ in present.rows] if present else []
        rows: list[Bill] = []
        for one in opened:
            year = self._year(one)
            rows += read_energy(one, Known(sites, known_meters(meters), year))
            self.problems.add(one.problems.found)
        if len(opened) > 1:
            overlaps(rows, self.problems)
        if left:
            self.problems.note(
                "equipment_kept",
                f"ブックにない登録済みの設備（{'・'.join(shown(n, 20) for n in left[:5])}）は残しました。",
                f"Registered equipment that the workbook lacks ({', '.join(left[:5])}) was kept.",
                opened[0].form.places.get("equipment", Place(opened[0].name)),
            )
        if not rows:
            self.problems.note(
                "no_rows",
                "エネルギーの数量は入っていません。",
                "It holds no amounts of energy.",
                Place(opened[0].name),
            )
        if present is None or not complete:
            return
        merged = merge_bills(present.rows, rows, self.problems)
        if not self.problems.errors:
            self._texts(company_id, opened, present, data, merged, rows)

    def _year(self, opened: Opened) -> int | None:
        stated = opened.form.fiscal_year
        if stated and self.fiscal_year and stated != self.fiscal_year:
            self.problems.error(
                "year_differs",
                f"ブックの対象年度は{label(stated)}ですが、--year {self.fiscal_year} が指定されています。",
                f"The workbook is for FY{stated}, and --year is {self.fiscal_year}.",
                Place(opened.name),
            )
        return stated or self.fiscal_year

    def _texts(
        self,
        company_id: str,
        opened: list[Opened],
        present: Registered,
        data: dict[str, Any],
        merged: MergedBills,
        rows: list[Bill],
    ) -> None:
        folder = f"companies/{company_id}"
        texts = {
            f"{folder}/company.yaml": company_text(present.text, present.data, data),
            f"{folder}/bills.csv": bills_text(present.header, merged.rows),
        }
        if merged.added == merged.replaced == 0 and present.bills_text:
            texts[f"{folder}/bills.csv"] = present.bills_text
        self._validate(company_id, texts)
        for year in self._report_years(opened, rows):
            report = f"reports/{year}/companies/{company_id}.yaml"
            if (self.workspace.parameters / report).exists():
                continue
            programme = programme_for(self.workspace, company_id, year)
            texts[report] = report_text(company_id, year, programme)
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
                company_id,
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

    def _report_years(self, opened: list[Opened], rows: list[Bill]) -> list[int]:
        """Return the years of the reports: that of the command, else the workbooks' own, else the latest with amounts."""
        years = sorted({fiscal_year_of(r.start) for r in rows})
        if not rows:
            return []
        if self.fiscal_year and self.fiscal_year not in years:
            listed = "・".join(label(y) for y in years)
            self.problems.error(
                "year_without_rows",
                f"--year {self.fiscal_year} の数量がありません。ブックにあるのは {listed} です。",
                f"There are no amounts of --year {self.fiscal_year}; the workbook has {years}.",
                Place(opened[0].name),
            )
        if self.fiscal_year:
            return [self.fiscal_year]
        stated = {o.form.fiscal_year for o in opened}
        return [y for y in years if y in stated] or years[-1:]

    def _validate(self, company_id: str, texts: dict[str, str]) -> None:
        """Read the new files back as every later command will; what is wrong in them is named."""
        with tempfile.TemporaryDirectory() as folder:
            trial = Workspace(Path(folder))
            for name, text in texts.items():
                path = trial.parameters / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            try:
                read_bills(trial, read_company(trial, company_id))
            except CarbonlibError as error:
                self.problems.add(replace(f, severity="error") for f in error.findings)


def import_workbooks(
    workspace: Workspace,
    files: list[Path],
    *,
    company_id: str | None = None,
    fiscal_year: int | None = None,
    dry_run: bool = False,
) -> Imported:
    """Read workbooks into parameters/.

    Parameters
    ----------
    workspace : Workspace
        Whose parameters/ is written.
    files : list of Path
        Workbooks; several of one company are laid over each other.
    company_id : str, optional
        Whose they are, where the workbooks do not say it.
    fiscal_year : int, optional
        Year of months without a year, and of the report.
    dry_run : bool
        Whether to write nothing.

    Returns
    -------
    Imported

    Raises
    ------
    RecordError
        With every problem of every file by file, sheet and cell; nothing was written.
    """
    work = _Import(workspace, fiscal_year)
    if company_id is not None and not is_safe_id(company_id):
        raise RecordError.of(
            "company.id",
            ja=f"--company「{shown(company_id)}」は使えません。小文字の英数字・-・_ だけで 64 文字までにしてください。",
            en=f"--company {shown(company_id)!r} cannot be used: lower-case letters, digits, - and _ only, at most 64.",
        )
    groups: dict[str, list[Opened]] = {}
    for path in files:
        name = path.name if path.is_absolute() else path.as_posix()
        try:
            opened = open_and_read_forms(path, name)
        except CarbonlibError as error:
            work.problems.add(error.findings)
            continue
        owner = _company_of(opened, company_id, work.problems)
        if owner is None:
            work.problems.add(opened.problems.found)
        else:
            groups.setdefault(owner, []).append(opened)
    for owner, opened_ in groups.items():
        work.company(owner, opened_)
    findings = work.problems.found
    if errors := [f for f in findings if f.severity == "error"]:
        raise RecordError(errors)
    if not dry_run and work.texts:
        write_all(workspace.parameters, work.texts)
    return Imported(tuple(work.changes), tuple(findings), written=not dry_run)
