"""One company of an import as the files bring it: laid over what is registered, its years told, what it lacks named."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.fiscal_year import Period, fiscal_year_of, label, period_of
from carbonlib.records.csvfiles.halfhours import HalfHours
from carbonlib.records.merging import meter_of
from carbonlib.records.merging_company import merge_company
from carbonlib.records.model import Bill
from carbonlib.records.period import period_beginning
from carbonlib.records.reading.known import Known, known_meters
from carbonlib.records.reading.problems import Problems
from carbonlib.records.registered import Registered, registered
from carbonlib.records.sources import Part
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import read_yaml

_FEW = 2  # rows of another year that are doubted; more of them are that year's own


@dataclass
class CompanyParts:
    """What an import brings for one company, beside what is registered of it.

    `present` is None where what is registered cannot be read; `complete` says whether `data` has what company.yaml needs.
    """

    id: str
    place: Place
    parts: list[Part]
    present: Registered | None
    data: dict[str, Any]
    complete: bool
    known: Known
    rows: list[Bill] = field(default_factory=list)
    loads: list[HalfHours] = field(default_factory=list)

    @property
    def period(self) -> Period | None:
        """The twelve months that a workbook is of, where they are not April to March."""
        return next((p.period for p in self.parts if p.period), None)


def open_company(
    workspace: Workspace,
    company_id: str,
    parts: list[Part],
    place: Place,
    *,
    fiscal_year: int | None,
    problems: Problems,
) -> CompanyParts:
    """Return what the workbooks of a company bring, laid over what is registered.

    Parameters
    ----------
    workspace : Workspace
        Holds what is registered.
    company_id : str
        Whose.
    parts : list of Part
        Its workbooks and lines of companies.csv; the later is laid over the earlier.
    place : Place
        Where the files name the company.
    fiscal_year : int or None
        Year of months without a year.
    problems : Problems
        Gathers what is wrong.
    """
    try:
        present = registered(workspace, company_id)
    except CarbonlibError as error:
        problems.add(error.findings)
        present = None
    data = present.data if present else {}
    left: list[str] = []
    for part in parts:
        _sites_named(part, data, problems)
        data, left = merge_company(data, part.entries)
    data.setdefault("id", company_id)
    complete = present is not None and _complete(data, company_id, place, problems)
    sites = {str(s["id"]): str(s["name"]) for s in data.get("sites", [])}
    meters = known_meters([meter_of(b) for b, _ in present.rows] if present else [])
    rows: list[Bill] = []
    for part in parts:
        if part.has_bills:
            rows += part.read(Known(sites, meters, _year(part, fiscal_year, problems)))
        problems.add(part.problems.found)
    if left:
        problems.note(
            "equipment_kept",
            f"ブックにない登録済みの設備（{'・'.join(shown(n, 20) for n in left[:5])}）は残しました。",
            f"Registered equipment that the workbook lacks ({', '.join(left[:5])}) was kept.",
            next((p.equipment_place for p in parts if p.equipment_place), place),
        )
    return CompanyParts(company_id, place, parts, present, data, complete, Known(sites, meters), rows)


def _sites_named(part: Part, data: dict[str, Any], problems: Problems) -> None:
    """Name a new site without a name: nothing else tells it."""
    have = {s.get("id") for s in data.get("sites", [])}
    for site in part.entries.get("sites", ()):
        if not site.get("name") and site.get("id") not in have:
            problems.error(
                "site_name",
                f"新しい事業所「{shown(site.get('id', ''))}」の名前がありません。書いてください。",
                f"The new site {shown(site.get('id', ''))!r} has no name; write it.",
                site.get("place", part.place),
            )
            site["name"] = ""


def _complete(data: dict[str, Any], company_id: str, place: Place, problems: Problems) -> bool:
    """Return whether a company has what company.yaml needs; what lacks is named."""
    lacking = [
        ja
        for name, ja in (("name", "事業者名"), ("industry", "業種"), ("sites", "事業所名"))
        if not data.get(name)
    ]
    if lacking:
        problems.error(
            "company_incomplete",
            f"新しい事業者 {company_id} の {'・'.join(lacking)} がありません。「事業所」シート（ひな形は carbonlib template）か"
            " companies.csv に書いてください。",
            f"The new company {company_id} lacks {', '.join(lacking)}; fill in the sheet 事業所 (carbonlib template makes "
            "one) or companies.csv.",
            place,
        )
    return not lacking


def _year(part: Part, fiscal_year: int | None, problems: Problems) -> int | None:
    stated = part.fiscal_year
    if stated and fiscal_year and stated != fiscal_year:
        problems.error(
            "year_differs",
            f"ブックの対象年度は{label(stated)}ですが、--year {fiscal_year} が指定されています。",
            f"The workbook is for FY{stated}, and --year is {fiscal_year}.",
            Place(part.name),
        )
    # a month without a year is told by April to March only
    return None if part.period else stated or fiscal_year


def name_rows_outside(one: CompanyParts, fiscal_year: int | None, problems: Problems) -> None:
    """Name rows of another year than the one that is imported, where they are so few that a slip is likely.

    Parameters
    ----------
    one : CompanyParts
        With the rows of all its files.
    fiscal_year : int or None
        Year of the command; without one that of a workbook counts.
    problems : Problems
        Gathers the doubts.
    """
    stated = fiscal_year or next((p.fiscal_year for p in one.parts if p.fiscal_year), None)
    if not stated:
        return
    period = one.period or period_of(stated)
    inside = [r for r in one.rows if r.start <= period.last_day and r.end >= period.first_day]
    outside = [r for r in one.rows if r not in inside]
    if len(outside) <= _FEW < len(inside):
        for row in outside:
            problems.warning(
                "outside_year",
                f"期間 {row.start}〜{row.end} は{period.label()}の外です。年の書き間違いでないか確かめてください。",
                f"The period {row.start} to {row.end} is outside {period.short('en')}; check the year.",
                row.place,
            )


def report_years(one: CompanyParts, fiscal_year: int | None, problems: Problems) -> list[int]:
    """Return the years of the reports: that of the command, else the workbooks' own, else the latest with amounts.

    Parameters
    ----------
    one : CompanyParts
        With the rows of all its files.
    fiscal_year : int or None
        Year of the command; one that no row is of is named.
    problems : Problems
        Gathers what is wrong.
    """
    years = sorted({fiscal_year_of(r.start) for r in one.rows})
    if not one.rows:
        return []
    if fiscal_year and fiscal_year not in years:
        listed = "・".join(label(y) for y in years)
        problems.error(
            "year_without_rows",
            f"--year {fiscal_year} の数量がありません。ファイルにあるのは {listed} です。",
            f"There are no amounts of --year {fiscal_year}; the files have {years}.",
            Place(one.place.file),
        )
    if fiscal_year:
        return [fiscal_year]
    stated = {p.fiscal_year for p in one.parts}
    return [y for y in years if y in stated] or years[-1:]


def name_other_months(one: CompanyParts, fiscal_year: int, path: Path, problems: Problems) -> None:
    """Say where a report that is there already is of other twelve months than the workbook: the import leaves it alone.

    Parameters
    ----------
    one : CompanyParts
        With the workbooks.
    fiscal_year : int
        Of the report.
    path : Path
        Its file, in the folder of its year.
    problems : Problems
        Takes the doubt, at the line to change.
    """
    told = any(p.fiscal_year == fiscal_year and p.has_bills for p in one.parts)
    wanted = one.period or (period_of(fiscal_year) if told else None)
    if wanted is None or wanted.fiscal_year != fiscal_year:
        return
    try:
        file = read_yaml(path, f"parameters/reports/{fiscal_year}/companies/{path.name}")
        present = period_beginning(fiscal_year, file.data.get("period_from"))
    except CarbonlibError:
        return  # the report itself says what is wrong with its file
    if present == wanted:
        return
    line = "period_from" if "period_from" in file.data else "fiscal_year"
    if wanted.is_fiscal_year:
        mend, mend_en = "period_from の行を消してください", "delete the line period_from"
    elif line == "period_from":
        mend = f'この行を period_from: "{wanted.first}" に書きかえてください'
        mend_en = f'make this line period_from: "{wanted.first}"'
    else:
        mend = f'この行の下に period_from: "{wanted.first}" と書き足してください'
        mend_en = f'add period_from: "{wanted.first}" below this line'
    problems.warning(
        "report_of_other_months",
        f"ブックは{wanted.label()}のものですが、登録済みのこの報告書は{present.label()}のものです。報告書は変えていません。"
        f"ブックの期間で診断するときは、{mend}。",
        f"The workbook is of {wanted.short('en')}, and this report, which was there before, of {present.short('en')}; it was "
        f"left as it is. To diagnose the months of the workbook, {mend_en}.",
        file.place((line,)),
    )
