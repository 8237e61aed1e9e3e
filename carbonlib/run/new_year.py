"""The next fiscal year: report files carried over, sheets to fill in, and a list of what is left to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.fiscal_year import label
from carbonlib.publish.template import template
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.model import Bill, Company
from carbonlib.records.period import period_beginning
from carbonlib.records.workspace import Workspace
from carbonlib.run.manifest import write_whole
from carbonlib.run.new_year_todo import of_city, of_company, todo
from carbonlib.run.plan import Task, plan


@dataclass(frozen=True)
class Prepared:
    """What was written for the new year: report files, the sheets to fill in; and what is left to do.

    An error in `todo` is what kept a company or the city from being carried over; the rest is work as planned.
    """

    written: tuple[str, ...]
    sheets: tuple[str, ...]
    todo: tuple[Finding, ...]


def prepare_year(workspace: Workspace, year: int, *, sheets: Path | None = None) -> Prepared:
    """Write the report files of a new fiscal year after the last ones before it, and say what is left to do.

    Every company that had a report is carried over or named with the reason why not; a company whose last report
    is older than the others' is carried over too, and named.

    Parameters
    ----------
    workspace : Workspace
        Its parameters/reports/<year>/ is made; a file that is there already is left as it is.
    year : int
        The new fiscal year.
    sheets : Path, optional
        Folder for the workbooks that the companies fill in, one each; outputs/sheets/<year>/ unless given, beside
        the folders that are published and not in them. One that is there already is left as it is.

    Raises
    ------
    RecordError
        Where no earlier year has reports, or the folder of the sheets cannot be written.
    """
    last = _last_before(workspace, year)
    folder = sheets or workspace.outputs / "sheets" / str(year)
    _made(folder)
    written: list[str] = []
    left: list[Finding] = []
    newest = max(t.fiscal_year for t in last)
    for task in last:
        target = _target(workspace, task, year)
        if not target.exists():
            if task.problems:
                left += _not_carried(task, year)
                continue
            left += _carry(workspace, task, target, year)
            written.append(workspace.name_of(target))
        if task.fiscal_year < newest:
            left.append(_older(task, workspace.name_of(target)))
    now = plan(workspace, years=(year,)) if any(_reports(workspace, year).rglob("*.yaml")) else []
    made: list[str] = []
    for task in now:
        left += task.problems
        if task.kind != "company":
            left += of_city(workspace, task)
            continue
        try:
            company, bills = _records(workspace, task.id)
            period = period_beginning(year, task.parameters.get("period_from"))
        except CarbonlibError as error:
            left += error.findings
            continue
        left += of_company(workspace, task, company, bills)
        path = folder / f"{company.id}.xlsx"
        name = workspace.name_of(path) if path.is_relative_to(workspace.root) else path.name
        if _write_sheet(path, name, template(period, company, bills), left):
            made.append(name)
    left += _never_reported(workspace, {t.id for t in (*last, *now)}, year)
    return Prepared(tuple(written), tuple(made), tuple(left))


def _last_before(workspace: Workspace, year: int) -> list[Task]:
    """Return the last report before `year` of every company and of the city, those with problems too."""
    last = {(t.kind, t.id): t for t in plan(workspace) if t.fiscal_year < year}  # the plan goes by year
    if not last:
        raise RecordError.of(
            "new_year.nothing_before",
            ja=f"{label(year)}より前の報告書が parameters/reports/ にないため、引き継ぐものがありません。",
            en=f"There are no reports before FY{year} under parameters/reports/ to carry over.",
        )
    return list(last.values())


def _reports(workspace: Workspace, year: int) -> Path:
    return workspace.parameters / "reports" / str(year)


def _target(workspace: Workspace, task: Task, year: int) -> Path:
    source = workspace.root / task.file
    return _reports(workspace, year) / source.relative_to(_reports(workspace, task.fiscal_year))


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise RecordError.of(
            "new_year.sheets_folder",
            ja=f"記入シートのフォルダ「{shown(folder.name)}」を作れません。場所と権限を確かめてください。",
            en=f"The folder of the sheets, {shown(folder.name)!r}, cannot be made; check its place and permissions.",
        ) from None


def _carry(workspace: Workspace, task: Task, target: Path, year: int) -> list[Finding]:
    """Write a report file of the new year after an earlier one, and say what was left out of it."""
    text = (workspace.root / task.file).read_text(encoding="utf-8")
    # a day of the year before judges nothing now
    text, days = re.subn(r"(?m)^subsidies_on:.*\n?", "", text)
    target.parent.mkdir(parents=True, exist_ok=True)
    text = re.sub(r"(?m)^(fiscal_year:\s*)\d{4}", rf"\g<1>{year}", text)
    later = year - task.fiscal_year
    text = re.sub(
        r"(?m)^(period_from:\s*[\"']?)(\d{4})(?=-\d{2})", lambda m: f"{m[1]}{int(m[2]) + later}", text
    )
    write_whole(target, text)
    if not days:
        return []
    return [
        todo(
            "new_year.subsidies_on",
            workspace.name_of(target),
            f"subsidies_on（前は {shown(task.parameters.get('subsidies_on'))}）は引き継いでいません。"
            "補助金を判定する日が決まったら書いてください。",
            f"subsidies_on (it was {shown(task.parameters.get('subsidies_on'))}) was left out; write the day on which "
            "subsidies are to be judged.",
        )
    ]


def _not_carried(task: Task, year: int) -> list[Finding]:
    message = Message(
        f"このファイルに誤りがあるため、{label(year)}に引き継いでいません。次の誤りを直し、new-year をもう一度実行してください。",
        f"Not carried over to FY{year}, for the file has the mistakes below; mend them and run new-year again.",
    )
    return [Finding("new_year.not_carried", "error", message, Place(task.file)), *task.problems]


def _older(task: Task, target: str) -> Finding:
    return todo(
        "new_year.older",
        target,
        f"前の報告書は{label(task.fiscal_year)}のもので、ほかより古いです。今回も診断するか確かめ、しなければこのファイルを消してください。",
        f"The report before is that of FY{task.fiscal_year}, older than the others; confirm that there is to be one, "
        "or delete this file.",
    )


def _write_sheet(path: Path, name: str, content: bytes, left: list[Finding]) -> bool:
    """Write a sheet unless it is there; return whether it was written. What hinders it goes to `left`."""
    try:
        if not path.exists():
            write_whole(path, content)
            return True
        if path.read_bytes() == content:
            return False
    except OSError:
        message = Message(
            "この記入シートを書けません。フォルダの権限を確かめ、同じ名前のフォルダがあれば移してください。",
            "This sheet cannot be written; check the folder's permissions, and move away a folder of that name.",
        )
        left.append(Finding("new_year.sheet_unwritable", "error", message, Place(name)))
        return False
    left.append(
        todo(
            "new_year.sheet_kept",
            name,
            "この記入シートはすでにあり、記入済みかもしれないため、書き換えていません。作り直すときは、別の場所に移してから実行してください。",
            "This sheet is there already and may be filled in, so it was left as it is; to make it anew, move it away "
            "first.",
        )
    )
    return False


def _records(workspace: Workspace, company_id: str) -> tuple[Company, Sequence[Bill]]:
    company = read_company(workspace, company_id)
    has_bills = (workspace.company_folder(company_id) / "bills.csv").is_file()
    return company, read_bills(workspace, company) if has_bills else ()


def _never_reported(workspace: Workspace, reported: set[str], year: int) -> list[Finding]:
    others = [i for i in workspace.company_ids() if i not in reported]
    if not others:
        return []
    names = "・".join(shown(i) for i in others)
    return [
        todo(
            "new_year.no_report",
            "parameters/companies",
            f"{label(year)}までの報告書がないため引き継いでいない事業者: {names}。診断するなら "
            f"parameters/reports/{year}/companies/ に YAML を置いてください。",
            f"Companies without a report up to FY{year}, not carried over: {names}; for a report put a YAML under "
            f"parameters/reports/{year}/companies/.",
        )
    ]
