"""The next fiscal year: report files carried over, and a list of what has to be entered or confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.factors import carriers
from carbonlib.factors import programme as programme_named
from carbonlib.fiscal_year import fiscal_year_of, label
from carbonlib.records.bills import read_bills
from carbonlib.records.city import read_city
from carbonlib.records.company import read_company
from carbonlib.records.model import Bill, Company
from carbonlib.records.proposals import read_proposals
from carbonlib.records.workspace import Workspace
from carbonlib.run.manifest import write_whole
from carbonlib.run.plan import Task, plan


@dataclass(frozen=True)
class Prepared:
    """What was written for the new year, and what is left to do."""

    written: tuple[str, ...]
    todo: tuple[Finding, ...]


def _todo(id: str, file: str, ja: str, en: str) -> Finding:
    return Finding(id, "note", Message(ja, en), Place(file))


def _tasks_before(workspace: Workspace, year: int) -> tuple[int, list[Task]]:
    """Return the latest year before `year` that has reports, with its tasks."""
    tasks = [t for t in plan(workspace) if t.fiscal_year < year and not t.problems]
    if not tasks:
        raise RecordError.of(
            "new_year.nothing_before",
            ja=f"{label(year)}より前の報告書が parameters/reports/ にないため、引き継ぐものがありません。",
            en=f"There are no reports before FY{year} under parameters/reports/ to carry over.",
        )
    latest = max(t.fiscal_year for t in tasks)
    return latest, [t for t in tasks if t.fiscal_year == latest]


def prepare_year(workspace: Workspace, year: int) -> Prepared:
    """Write the report files of a new fiscal year after those of the year before, and say what is left to do.

    Parameters
    ----------
    workspace : Workspace
        Its parameters/reports/<year>/ is made; a file that is there already is left as it is.
    year : int
        The new fiscal year.

    Raises
    ------
    RecordError
        Where no earlier year has reports.
    """
    before, tasks = _tasks_before(workspace, year)
    written = []
    todo: list[Finding] = []
    for task in tasks:
        source = workspace.root / task.file
        target = (
            workspace.parameters / "reports" / str(year) / source.relative_to(_year_folder(workspace, before))
        )
        if not target.exists():
            text = source.read_text(encoding="utf-8")
            target.parent.mkdir(parents=True, exist_ok=True)
            text = re.sub(r"(?m)^subsidies_on:.*\n?", "", text)  # a day of the year before judges nothing now
            write_whole(target, re.sub(r"(?m)^(fiscal_year:\s*)\d{4}", rf"\g<1>{year}", text))
            written.append(workspace.name_of(target))
        name = workspace.name_of(target)
        todo += (
            _of_company(workspace, task, year, name)
            if task.kind == "company"
            else _of_city(workspace, year, name)
        )
    return Prepared(tuple(written), tuple(todo))


def _year_folder(workspace: Workspace, year: int) -> Path:
    return workspace.parameters / "reports" / str(year)


def _of_company(workspace: Workspace, task: Task, year: int, file: str) -> list[Finding]:
    try:
        company = read_company(workspace, task.id)
        bills = read_bills(workspace, company)
    except CarbonlibError as error:
        return list(error.findings)
    found = []
    if not any(year in (fiscal_year_of(b.start), fiscal_year_of(b.end)) for b in bills):
        used = [b for b in bills if fiscal_year_of(b.start) == task.fiscal_year]
        names = "・".join(carriers()[c].label_ja for c in dict.fromkeys(b.carrier for b in used))
        english = ", ".join(carriers()[c].label_en for c in dict.fromkeys(b.carrier for b in used))
        found.append(
            _todo(
                "new_year.bills",
                f"parameters/companies/{company.id}/bills.csv",
                f"{label(year)}の請求（{names}）を入れてください。",
                f"Enter the bills of FY{year} ({english}).",
            )
        )
    return [
        *found,
        *_proposals(workspace, company, year),
        *_factors(workspace, task, company, bills, year, file),
    ]


def _proposals(workspace: Workspace, company: Company, year: int) -> list[Finding]:
    """Return what to write down of the proposals: they stay where they are, with their status."""
    try:
        proposals = read_proposals(workspace, company)
    except CarbonlibError as error:
        return list(error.findings)
    found = []
    for one in proposals.items:
        number, before = shown(one.number), label(year - 1)
        if one.status == "採用":
            ja = f"提案No.{number}（採用）を行ったら、status を 実施済み にして done_on を書いてください。"
            en = f"Once proposal {number} (adopted) is done, write status 実施済み and done_on."
        elif one.status == "実施済み" and all(m.fiscal_year != year - 1 for m in one.measured):
            ja = f"提案No.{number}（実施済み）の{before}の実績を measured に書いてください。"
            en = f"Write what proposal {number} (done) saved in FY{year - 1} under measured."
        elif one.status == "提案":
            ja = f"提案No.{number} はまだ決まっていません。採用・見送り（理由）・このままのどれかを確かめてください。"
            en = f"Proposal {number} is still open: adopted, declined (with the reason), or left as it is?"
        else:
            continue
        found.append(Finding("new_year.proposal", "note", Message(ja, en), one.place))
    return found


def _factors(
    workspace: Workspace, task: Task, company: Company, bills: Iterable[Bill], year: int, file: str
) -> list[Finding]:
    """Return the factors that the year does not have yet, for the carriers that the company used last."""
    try:
        rules = programme_named(str(task.parameters["programme"]), among=workspace.programmes)
    except CarbonlibError as error:
        return list(error.findings)
    found: list[Finding] = []
    for carrier in dict.fromkeys(b.carrier for b in bills):
        electric = carriers()[carrier].group == "electricity"
        unit = "kWh" if electric else _unit_of(carrier, rules.volume_basis(carrier, year))
        for kind in ("primary_energy_factor" if electric else "gross_calorific_value", "emission_factor"):
            try:
                rules.factor(
                    carrier, kind, unit=unit, fiscal_year=year, supplier=company.suppliers.get(carrier, "")
                )
            except CarbonlibError as error:
                found += [Finding(f.id, "note", f.message, Place(file)) for f in error.findings]
    return found


def _unit_of(carrier: str, basis: str | None) -> str:
    from carbonlib.units import volume_bases

    own = carriers()[carrier].units[0]
    return volume_bases()[basis].unit if own == "m3" and basis in volume_bases() else own


def _of_city(workspace: Workspace, year: int, file: str) -> list[Finding]:
    try:
        city = read_city(workspace)
    except CarbonlibError as error:
        return list(error.findings)
    found = [
        _todo(
            f"new_year.{what}",
            "parameters/city.yaml",
            f"{label(of)}の{name}を {what} に書き、{file} の年度を直してください。",
            f"Write the {what} of FY{of}, and mend the years in {file}.",
        )
        for what, name, of, there in (
            ("activities", "事業報告", year - 1, city.activities),
            ("schedule", "予定", year, city.schedule),
        )
        if of not in there
    ]
    newer = city.actual.fiscal_year + 1
    found.append(
        _todo(
            "new_year.actual",
            "parameters/city.yaml",
            f"市の排出量の実績は{label(city.actual.fiscal_year)}の値です。{label(newer)}以降が公表されていれば書き換えてください。",
            f"The city's actual is that of FY{city.actual.fiscal_year}; replace it where a later one is published.",
        )
    )
    return found
