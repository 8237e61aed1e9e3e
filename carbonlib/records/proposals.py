"""proposals.yaml: what a diagnostician proposes to a company, read with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from carbonlib.errors import Finding, Message, Place, RecordError, shown
from carbonlib.records.model import Company
from carbonlib.records.proposal_entries import (
    CapitalEntry,
    LoanEntry,
    ProposalEntry,
    ProposalsFile,
    SubsidyEntry,
    share_of,
)
from carbonlib.records.proposal_model import (
    CapitalLine,
    Entry,
    Inputs,
    Loan,
    Measured,
    Proposal,
    Proposals,
    SavedHours,
    SubsidyFacts,
)
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import YamlFile, read_yaml, validated
from carbonlib.units import Reading, read

FILE = "proposals.yaml"


def has_proposals(workspace: Workspace, company_id: str) -> bool:
    """Return whether a company has a proposals.yaml."""
    return (workspace.company_folder(company_id) / FILE).is_file()


def read_proposals(workspace: Workspace, company: Company) -> Proposals:
    """Return the proposals of a company; none where it has no proposals.yaml.

    Raises
    ------
    RecordError
        With every entry that is missing, unknown or unfit, by line: numbers written twice, sites and
        alternatives that do not exist, and an order that names no proposal.
    """
    path = workspace.company_folder(company.id) / FILE
    if not path.is_file():
        return Proposals(())
    file = read_yaml(path, workspace.name_of(path))
    entered = validated(ProposalsFile, file)
    findings = list(_cross_checks(entered, company, file))
    items = []
    for index, one in enumerate(entered.proposals):
        inputs, wrong = _inputs(one.inputs, ("proposals", index, "inputs"), file)
        findings += wrong
        items.append(_proposal(one, inputs, ("proposals", index), file))
    if findings:
        raise RecordError(findings)
    return Proposals(tuple(items), tuple(entered.order), file.name)


def _cross_checks(entered: ProposalsFile, company: Company, file: YamlFile) -> Iterator[Finding]:
    numbers = [p.number for p in entered.proposals]
    sites = [s.id for s in company.sites]
    for index, one in enumerate(entered.proposals):
        at = ("proposals", index)
        if one.number in numbers[:index]:
            yield _finding(
                "twice",
                f"提案番号「{shown(one.number)}」が 2 回使われています。番号を変えてください。",
                f"The number {shown(one.number)!r} is used twice; change one.",
                file.place((*at, "number")),
            )
        if one.site and one.site not in sites:
            yield _finding(
                "site",
                f"事業所「{shown(one.site)}」が company.yaml にありません。{'・'.join(sites)} のどれかです。",
                f"There is no site {shown(one.site)!r} in company.yaml; there are {', '.join(sites)}.",
                file.place((*at, "site")),
            )
        for other in one.alternatives:
            if other not in numbers or other == one.number:
                yield _unknown_number(other, numbers, file.place((*at, "alternatives")))
    for other in entered.order:
        if other not in numbers:
            yield _unknown_number(other, numbers, file.place(("order",)))
    if len(set(entered.order)) < len(entered.order):
        yield _finding(
            "twice",
            "order に同じ提案番号が 2 回あります。1 つにしてください。",
            "The order names a proposal twice; keep one.",
            file.place(("order",)),
        )


def _unknown_number(number: str, numbers: list[str], place: Place) -> Finding:
    known = "・".join(shown(n) for n in numbers)
    return _finding(
        "number",
        f"提案番号「{shown(number)}」がありません。あるのは {known}。",
        f"There is no other proposal {shown(number)!r}; there are {known.replace('・', ', ')}.",
        place,
    )


def _finding(id: str, ja: str, en: str, place: Place) -> Finding:
    return Finding(f"proposal.{id}", "error", Message(ja, en), place)


def _inputs(
    raw: Mapping[str, Any], path: tuple[str | int, ...], file: YamlFile
) -> tuple[Inputs, list[Finding]]:
    """Return the inputs as entries: a text, a mapping with ``value``, or a list of rows of either."""
    found: dict[str, Entry | tuple[Mapping[str, Entry], ...]] = {}
    wrong: list[Finding] = []
    for name, value in raw.items():
        here = (*path, name)
        if isinstance(value, list):
            rows = []
            for index, row in enumerate(value):
                if not isinstance(row, Mapping) or any(isinstance(v, list) for v in row.values()):
                    wrong.append(_not_an_entry(name, file.place((*here, index))))
                    continue
                cells, problems = _inputs(row, (*here, index), file)
                wrong += problems
                rows.append({k: v for k, v in cells.items() if isinstance(v, Entry)})
            found[name] = tuple(rows)
        else:
            entry = _entry(value, file.place(here))
            if entry is None:
                wrong.append(_not_an_entry(name, file.place(here)))
            else:
                found[name] = entry
    return found, wrong


def _entry(value: Any, place: Place) -> Entry | None:
    if isinstance(value, Mapping):
        texts = {
            k: v for k, v in value.items() if isinstance(v, str | int | float) and not isinstance(v, bool)
        }
        if "value" not in texts or not texts.keys() == value.keys() <= {"value", "basis", "how"}:
            return None
        return Entry(str(texts["value"]), str(texts.get("basis", "")), str(texts.get("how", "入力値")), place)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return Entry(str(value), place=place)
    return None


def _not_an_entry(name: str, place: Place) -> Finding:
    return _finding(
        "input",
        f"項目「{shown(name)}」は「127,740 kWh/年」のような値か、value・basis・how の組で書いてください。"
        "{ } の中では、カンマを含む文を引用符で囲みます。",
        f"Write the input {shown(name)!r} as a value such as '127,740 kWh/年', or as value, basis and how; "
        "within { } quote a text that has a comma in it.",
        place,
    )


def _proposal(one: ProposalEntry, inputs: Inputs, at: tuple[str | int, ...], file: YamlFile) -> Proposal:
    return Proposal(
        number=one.number,
        title=one.title,
        measure=one.measure,
        inputs=inputs,
        classification=one.classification,
        kind=one.kind or "",
        site_id=one.site or "",
        end_use=one.load.use or "",
        part=one.load.part,
        capital=None if one.capital is None else tuple(_capital(one.capital, (*at, "capital"), file)),
        useful_life=_reading(one.useful_life),
        month=one.month or "",
        present=one.present,
        reason=one.reason,
        method=one.method,
        benefits=tuple(one.benefits),
        remarks=tuple(one.remarks),
        status=one.status,
        done_on=_date(one.done_on),
        declined_because=one.declined_because,
        measured=tuple(
            Measured(m.fiscal_year, dict(m.saved), m.note, file.place((*at, "measured", i)))
            for i, m in enumerate(one.measured)
        ),
        alternatives=tuple(one.alternatives),
        peak_cut=_reading(one.peak_cut),
        prices=dict(one.prices),
        hours=SavedHours(
            {band: share_of(share) for band, share in one.saved_hours.bands.items()},
            tuple(one.saved_hours.months),
        ),
        loan=None if one.loan is None else _loan(one.loan),
        subsidy=_subsidy(one.subsidy),
        place=file.place((*at, "number")),
        places={name: file.place((*at, name)) for name in ("measure", "inputs", "load", "prices", "capital")},
    )


def _capital(lines: list[CapitalEntry], at: tuple[str | int, ...], file: YamlFile) -> Iterator[CapitalLine]:
    for index, line in enumerate(lines):
        place = file.place((*at, index))
        yield CapitalLine(line.item, read(line.amount).value, line.tax, line.category, place)


def _loan(loan: LoanEntry) -> Loan:
    return Loan(read(loan.principal).value, share_of(loan.rate), loan.years, loan.equal)


def _subsidy(facts: SubsidyEntry) -> SubsidyFacts:
    return SubsidyFacts(
        equipment=None if facts.equipment is None else tuple(facts.equipment),
        installed_year=facts.installed_year,
        high_efficiency=None if facts.high_efficiency is None else tuple(facts.high_efficiency),
        with_battery=facts.with_battery,
        with_ems=facts.with_ems,
        ordered=facts.ordered,
        ordered_on=_date(facts.ordered_on),
    )


def _reading(text: str | None) -> Reading | None:
    return None if text is None else read(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
