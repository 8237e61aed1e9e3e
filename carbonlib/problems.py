"""All that is wrong or doubtful in a workspace, in one pass: what `carbonlib check` prints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from inspect import signature
from typing import Any

from carbonlib.briefing import brief
from carbonlib.diagnosis import diagnose, terms_of
from carbonlib.errors import CarbonlibError, Finding, Message, Place, shown
from carbonlib.measures import MEASURES
from carbonlib.plausibility import acknowledged, doubts_of_company, doubts_of_workspace
from carbonlib.plausibility.load import future_half_hours, load_doubts
from carbonlib.plausibility.reported import reported_doubts
from carbonlib.plausibility.use import future_doubts
from carbonlib.plausibility.years import year_doubts
from carbonlib.records.acknowledged import ACROSS
from carbonlib.records.as_reported import read_all_reported
from carbonlib.records.bands import read_bands
from carbonlib.records.city import SAMPLE_CITY, read_city
from carbonlib.records.defaults import read_defaults
from carbonlib.records.finance import read_finance
from carbonlib.records.load import read_load
from carbonlib.records.model import Company
from carbonlib.records.store import Records, records_of, renew
from carbonlib.records.subsidies import read_rounds
from carbonlib.records.subsidy_round import EQUIPMENT
from carbonlib.records.supply import unknown_menus, unknown_suppliers
from carbonlib.records.tariffs import read_tariffs
from carbonlib.records.unprintable import of_company as unprintable_of
from carbonlib.records.unprintable import of_rounds as unprintable_rounds
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import read_yaml


def _of_company(
    workspace: Workspace, company_id: str, today: date | None, read: dict[str, Records]
) -> list[Finding]:
    try:
        records = records_of(workspace, company_id)
    except CarbonlibError as error:
        return list(error.findings)
    read[company_id] = records
    bills = records.bills
    found = [*records.findings, *(future_doubts(bills, today) if today else ()), *year_doubts(bills)]
    try:
        loads = read_load(workspace, records.company)
        found += [f for load in loads for f in load.findings]
        found += future_half_hours(loads, today) if today else ()
        found += load_doubts(loads, bills, read_bands(workspace))
    except CarbonlibError as error:
        found += error.findings
    return [*acknowledged(found, records.company), *unprintable_of(workspace, company_id)]


def _unknown_supply(workspace: Workspace, records: Mapping[str, Records]) -> list[Finding]:
    """Return a doubt for each supplier and menu of a company that nothing is known of: it would change nothing."""
    found: list[Finding] = []
    for read, known in (
        (unknown_suppliers, lambda: workspace.programmes.values()),
        (unknown_menus, lambda: read_tariffs(workspace)),
    ):
        with suppress(CarbonlibError):  # named already
            of: Any = known()
            for one in records.values():
                found += acknowledged(read(workspace, one.company, of), one.company)
    return found


def _city_of_the_sample(workspace: Workspace, companies: Sequence[Company]) -> list[Finding]:
    """Return a note where real companies stand under the city that the sample came with: it may have been forgotten."""
    path = workspace.parameters / "city.yaml"
    if all(company.sample or company.source for company in companies) or not path.is_file():
        return []
    try:
        city = read_city(workspace)
    except CarbonlibError:
        return []  # named by the briefing that needs it
    if (city.name, city.source) != SAMPLE_CITY:
        return []
    message = Message(
        f"市の名前と数値が、見本に入っていた{SAMPLE_CITY[0]}のもの（{SAMPLE_CITY[1]}）のままです。別の市の作業なら、"
        "自分の市のものに書き換えてください。",
        f"The city is still the one of the sample, {SAMPLE_CITY[0]} ({SAMPLE_CITY[1]}); for another city write its own name "
        "and figures.",
    )
    return [Finding("city.of_the_sample", "note", message, Place(workspace.name_of(path)))]


def _of_report(
    compose: Callable[..., Any], parameters: Mapping[str, Any], workspace: Workspace, file: str
) -> list[Finding]:
    """Return the doubts of one report; those that name no place of their own belong to its parameter file."""
    try:
        taken = signature(compose).parameters  # the rest is how the page looks
        found = compose(**{k: v for k, v in parameters.items() if k in taken}, workspace=workspace).findings
    except CarbonlibError as error:
        found = error.findings
    # bills of two companies are listed one by one already
    return [f if f.place.text() else replace(f, place=Place(file)) for f in found if f.id != ACROSS]


def _wrong_terms(parameters: Mapping[str, Any], workspace: Workspace, file: str) -> list[Finding]:
    """Return what a company's report file says that cannot be, whether or not the company itself can be read."""
    if not isinstance(parameters.get("fiscal_year"), int) or "programme" not in parameters:
        return []  # named already
    taken = signature(terms_of).parameters
    try:
        terms_of(**{k: v for k, v in parameters.items() if k in taken}, workspace=workspace)
    except CarbonlibError as error:
        return [replace(f, place=_line_of(workspace, file, f)) for f in error.findings]
    return []


def _line_of(workspace: Workspace, file: str, finding: Finding) -> Place:
    """Return where a report file says what a finding is about, as far as that is known."""
    if finding.id == "programme.unknown":
        with suppress(CarbonlibError):  # named already
            entries = read_yaml(workspace.root / file, file)
            for key in ("programme", "compare_programme"):
                if shown(entries.data.get(key)) in finding.message.en:
                    return entries.place((key,))
    return Place(file)


def _impossible(workspace: Workspace, records: Records) -> list[Finding]:
    """Return the errors in bills that no account was made of, as its report cannot be made."""
    try:
        doubts = doubts_of_company(records.company, records.bills, read_bands(workspace), account=None)
    except CarbonlibError as error:
        return list(error.findings)
    return [f for f in doubts if f.severity == "error"]


def _unknown_measures(workspace: Workspace) -> list[Finding]:
    """Return an error for each measure that a round excludes and that does not exist: it would exclude nothing."""
    try:
        rounds = read_rounds(workspace)
    except CarbonlibError:
        return []  # named already
    found = []
    for one in rounds.values():
        for excepted in (*one.excluded, *one.unclear):
            if excepted.term not in EQUIPMENT and excepted.term not in MEASURES:
                message = Message(
                    f"対策「{shown(excepted.term)}」はありません。carbonlib measures で確かめてください。",
                    f"There is no measure {shown(excepted.term)!r}; see carbonlib measures.",
                )
                found.append(Finding("round.measure", "error", message, Place(one.file)))
    return found


def problems(
    workspace: Workspace,
    reports: Mapping[str, Mapping[str, Any]] | None = None,
    briefings: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    unusable: Collection[str] = (),
    today: date | None = None,
) -> list[Finding]:
    """Return every problem of the factor sets, the companies and the reports that are planned.

    Parameters
    ----------
    workspace : Workspace
        Whose files are read.
    reports, briefings : mapping of str to mapping, optional
        The parameters of each planned company report and briefing by their file.
    unusable : collection of str, optional
        Those of these files that are wrong in a way named already; what else they say is looked at all the same.
    today : date, optional
        Bills that end after it are errors; reports know no clock, so this is asked here only.
    """
    found: list[Finding] = []
    try:
        _ = workspace.programmes
    except CarbonlibError as error:
        found += error.findings
        reports = briefings = None  # they cannot be counted; what was entered is looked through all the same
    renew(workspace)
    broken = set()
    records: dict[str, Records] = {}
    for company_id in workspace.company_ids():
        own = _of_company(workspace, company_id, today, records)
        if any(f.severity == "error" for f in own):
            broken.add(company_id)
        found += own
    found += _unknown_supply(workspace, records)
    found += doubts_of_workspace([(r.company, r.bills) for r in records.values()])
    tables, wrong = read_all_reported(workspace)
    found += [*wrong.found, *(f for table in tables for f in reported_doubts(table, read_bands(workspace)))]
    for read in (read_rounds, read_tariffs, read_finance, read_defaults):
        try:
            read(workspace)
        except CarbonlibError as error:
            found += error.findings
    found += [*_unknown_measures(workspace), *unprintable_rounds(workspace)]
    found += _city_of_the_sample(workspace, [one.company for one in records.values()])
    for file, parameters in (reports or {}).items():
        of = str(parameters.get("company_id", ""))
        own = _wrong_terms(parameters, workspace, file)
        found += own
        if not own and file not in unusable and of not in broken:
            found += _of_report(diagnose, parameters, workspace, file)
        elif of in records:
            found += _impossible(workspace, records[of])
    for file, parameters in (briefings or {}).items():
        found += _of_report(brief, parameters, workspace, file)
    order = ("error", "warning", "note")
    return sorted(dict.fromkeys(found), key=lambda f: order.index(f.severity))
