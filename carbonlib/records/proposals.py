"""proposals.yaml: what a diagnostician proposes to a company, read with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from carbonlib.errors import Finding, Place, RecordError, shown
from carbonlib.factors import carriers
from carbonlib.records.model import Company
from carbonlib.records.proposal_checks import amount_problem, cross_checks, finding, number_of, texts
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
from carbonlib.records.validation import validated
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import YamlFile, read_yaml
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
    found = proposals_as_written(workspace, company)
    if found.wrong:
        raise RecordError(found.wrong)
    return found


def proposals_as_written(workspace: Workspace, company: Company) -> Proposals:
    """Return the proposals of a company with what is wrong in their entries, for whoever looks at the inputs too.

    Raises
    ------
    RecordError
        Where the file is no YAML.
    """
    path = workspace.company_folder(company.id) / FILE
    if not path.is_file():
        return Proposals(())
    file = read_yaml(path, workspace.name_of(path))
    wrong: list[Finding] = []
    entered = None
    try:
        entered = validated(ProposalsFile, file)
    except RecordError as error:
        wrong += error.findings
    entries = file.data.get("proposals")
    written = {i: one for i, one in enumerate(entries if isinstance(entries, list) else ()) if _mapping(one)}
    wrong += cross_checks(written, file, company)
    readable = [_readable(one, ("proposals", index), file) for index, one in written.items()]
    wrong += [f for one in readable for f in _wrong_in(one.inputs)]
    if entered is None or wrong:
        found = sorted(dict.fromkeys(wrong), key=lambda f: f.place.line or 0)
        return Proposals((), (), file.name, tuple(found), tuple(readable))
    items = (
        _proposal(p, r, ("proposals", i), file)
        for i, (p, r) in enumerate(zip(entered.proposals, readable, strict=True))
    )
    return Proposals(tuple(items), tuple(entered.order), file.name)


def _mapping(one: object) -> bool:
    return isinstance(one, Mapping)


def _inputs(raw: Mapping[str, Any], path: tuple[str | int, ...], file: YamlFile) -> Inputs:
    """Return the inputs as entries: a text, a mapping with ``value``, or a list of rows of either."""
    found: dict[str, Entry | tuple[Mapping[str, Entry], ...]] = {}
    for name, value in ((str(k), v) for k, v in raw.items()):
        here = (*path, name)
        if isinstance(value, list):
            odd = [i for i, row in enumerate(value) if not isinstance(row, Mapping)]
            found[name] = (
                _not_an_entry(f"{name}.{odd[0] + 1}", file.place((*here, odd[0])))
                if odd
                else tuple(_cells(name, row, (*here, i), file) for i, row in enumerate(value))
            )
        else:
            found[name] = _entry(name, value, file.place(here))
    return found


def _cells(
    name: str, row: Mapping[str, Any], path: tuple[str | int, ...], file: YamlFile
) -> dict[str, Entry]:
    number = int(path[-1]) + 1
    return {str(k): _entry(f"{name}.{number}.{k}", v, file.place((*path, str(k)))) for k, v in row.items()}


def _wrong_in(inputs: Inputs) -> Iterator[Finding]:
    """Yield what is wrong with the inputs that are no values."""
    for entry in inputs.values():
        for one in [entry] if isinstance(entry, Entry) else [c for row in entry for c in row.values()]:
            if one.wrong is not None:
                yield one.wrong


def _entry(name: str, value: Any, place: Place) -> Entry:
    if isinstance(value, Mapping):
        texts = {
            k: v for k, v in value.items() if isinstance(v, str | int | float) and not isinstance(v, bool)
        }
        if "value" not in texts or not texts.keys() == value.keys() <= {"value", "basis", "how"}:
            return _not_an_entry(name, place)
        return Entry(str(texts["value"]), str(texts.get("basis", "")), str(texts.get("how", "入力値")), place)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return Entry(str(value), place=place)
    return _not_an_entry(name, place)


def _not_an_entry(name: str, place: Place) -> Entry:
    wrong = finding(
        "input",
        f"項目「{shown(name)}」は「127,740 kWh/年」のような値か、value・basis・how の組で書いてください。"
        "{ } の中では、カンマを含む文を引用符で囲みます。",
        f"Write the input {shown(name)!r} as a value such as '127,740 kWh/年', or as value, basis and how; "
        "within { } quote a text that has a comma in it.",
        place,
    )
    return Entry("", place=place, wrong=wrong)


def _readable(one: Mapping[str, Any], at: tuple[str | int, ...], file: YamlFile) -> Proposal:
    """Return of a proposal its measure and its inputs as far as they can be read."""
    inputs = one.get("inputs")
    load, subsidy = one.get("load"), one.get("subsidy")
    ems = subsidy.get("ems_saved") if isinstance(subsidy, Mapping) else None
    amounts = ems.items() if isinstance(ems, Mapping) else ()
    names = ["measure", "load", "prices", "capital", *(["inputs"] if isinstance(inputs, Mapping) else ())]
    return Proposal(
        number=number_of(one),
        title="",
        measure="".join(texts(one, "measure")[:1]),
        inputs=_inputs(inputs, (*at, "inputs"), file) if isinstance(inputs, Mapping) else {},
        # what was written in a wrong way is named as such, and not as missing
        site_id=str(one.get("site") or ""),
        end_use=str((load.get("use") if isinstance(load, Mapping) else load) or ""),
        subsidy=SubsidyFacts(
            ems_saved={
                c: t
                for c, t in amounts
                if c in carriers() and isinstance(t, str) and not amount_problem(t, c)
            }
            or None
        ),
        place=file.place((*at, "number")),
        places={name: file.place((*at, name)) for name in names},
    )


def _proposal(one: ProposalEntry, read_of: Proposal, at: tuple[str | int, ...], file: YamlFile) -> Proposal:
    return replace(
        read_of,
        title=one.title,
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
        ems_saved=facts.ems_saved,
        certifications=None if facts.certifications is None else tuple(facts.certifications),
        improvement=None if facts.improvement is None else read(facts.improvement).value,
        ordered=facts.ordered,
        ordered_on=_date(facts.ordered_on),
    )


def _reading(text: str | None) -> Reading | None:
    return None if text is None else read(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
