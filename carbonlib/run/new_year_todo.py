"""What has to be entered or confirmed before the reports of a new fiscal year, company by company and of the city."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carbonlib.accounting.calendar import gaps, period_label
from carbonlib.errors import CarbonlibError, Finding, Message, Place, shown
from carbonlib.factors import carriers
from carbonlib.factors import programme as programme_named
from carbonlib.fiscal_year import Period, fiscal_year_of, label
from carbonlib.records.city import read_city
from carbonlib.records.model import Bill, Company
from carbonlib.records.period import period_beginning
from carbonlib.records.proposals import read_proposals
from carbonlib.records.workspace import Workspace
from carbonlib.run.plan import Task


def todo(id: str, file: str, ja: str, en: str) -> Finding:
    """Return one thing to do, with the file in which to do it."""
    return Finding(id, "note", Message(ja, en), Place(file))


def of_company(workspace: Workspace, task: Task, company: Company, bills: Sequence[Bill]) -> list[Finding]:
    """Return what to enter or confirm of a company before its report of a new year.

    Parameters
    ----------
    workspace : Workspace
        Its programmes and the company's proposals are read.
    task : Task
        The company's report of the new year.
    company : Company
        Whose report it is.
    bills : sequence of Bill
        Of the company, any years.
    """
    return [
        *_missing_bills(
            company, bills, period_beginning(task.fiscal_year, task.parameters.get("period_from"))
        ),
        *_provisional(task),
        *_proposals(workspace, company, task.fiscal_year),
        *(_factors(workspace, task, company, bills) if "programme" in task.parameters else ()),
    ]


def _missing_bills(company: Company, bills: Sequence[Bill], period: Period) -> list[Finding]:
    """Return, by meter, the periods of the year that have no bill yet."""
    year = period.fiscal_year
    file = f"parameters/companies/{company.id}/bills.csv"
    if not bills:
        return [
            todo(
                "new_year.bills",
                file,
                f"請求が 1 件もありません。{period.label()}の請求を入れてください。",
                f"There is no bill at all; enter those of {period.short('en')}.",
            )
        ]
    by_meter: dict[tuple[str, str, str], list[Bill]] = {}
    for bill in bills:
        by_meter.setdefault((bill.site_id, bill.meter_id, bill.carrier), []).append(bill)
    before = [fiscal_year_of(b.end) for b in bills if b.start < period.first_day]
    in_use_since = max((y for y in before if y <= year), default=year)
    found = []
    for (site, meter, carrier), own in by_meter.items():
        name, name_en = carriers()[carrier].label_ja, carriers()[carrier].label_en
        which = f"{shown(site)} {shown(meter)}".strip()
        last = max(b.end for b in own)
        if fiscal_year_of(last) < min(in_use_since, year - 1):
            found.append(
                todo(
                    "new_year.meter_ended",
                    file,
                    f"{name}（{which}）の請求は {last} で終わっています。いまも使っていれば、その後の請求を入れてください。",
                    f"The bills of {name_en} ({which}) end on {last}; if it is still in use, enter the later ones.",
                )
            )
        elif missing := gaps(own, period):
            ja = "・".join(period_label(*gap) for gap in missing)
            en = ", ".join(period_label(*gap, "en") for gap in missing)
            found.append(
                todo(
                    "new_year.bills",
                    file,
                    f"{period.label()}の請求（{name}、{which}）を入れてください。まだない期間: {ja}。",
                    f"Enter the bills of {period.short('en')} ({name_en}, {which}); still missing: {en}.",
                )
            )
    return found


def _provisional(task: Task) -> list[Finding]:
    stand_in = task.parameters.get("provisional_factor_year")
    if stand_in is None:
        return []
    return [
        todo(
            "new_year.provisional",
            task.file,
            f"provisional_factor_year: {shown(stand_in)} により、その年度の係数を暫定で使います。"
            f"{label(task.fiscal_year)}の係数が公表されていれば、この行を消してください。まだなら、使う年度がこれでよいか確かめてください。",
            f"provisional_factor_year: {shown(stand_in)} makes that year's factors stand in; delete the line once those "
            f"of FY{task.fiscal_year} are published, and until then confirm the year.",
        )
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


def _factors(workspace: Workspace, task: Task, company: Company, bills: Iterable[Bill]) -> list[Finding]:
    """Return the factors that the year does not have yet, for the carriers that the company used last."""
    try:
        rules = programme_named(str(task.parameters.get("programme")), among=workspace.programmes)
    except CarbonlibError as error:
        return list(error.findings)
    year = task.fiscal_year
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
                found += [Finding(f.id, "note", f.message, Place(task.file)) for f in error.findings]
    return found


def _unit_of(carrier: str, basis: str | None) -> str:
    from carbonlib.units import volume_bases

    own = carriers()[carrier].units[0]
    return volume_bases()[basis].unit if own == "m3" and basis in volume_bases() else own


def of_city(workspace: Workspace, task: Task) -> list[Finding]:
    """Return what to enter or confirm of the city before the briefing of a new year.

    Parameters
    ----------
    workspace : Workspace
        Its parameters/city.yaml is read.
    task : Task
        The briefing of the new year.
    """
    year, file = task.fiscal_year, task.file
    try:
        city = read_city(workspace)
    except CarbonlibError as error:
        return list(error.findings)
    found = [
        todo(
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
        todo(
            "new_year.actual",
            "parameters/city.yaml",
            f"市の排出量の実績は{label(city.actual.fiscal_year)}の値です。{label(newer)}以降が公表されていれば書き換えてください。",
            f"The city's actual is that of FY{city.actual.fiscal_year}; replace it where a later one is published.",
        )
    )
    return found
