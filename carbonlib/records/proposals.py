"""proposals.yaml: what a diagnostician proposes to a company, read with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.factors import carriers
from carbonlib.records.model import Company
from carbonlib.records.prices import check_price
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
    wrong += _cross_checks(written, file, company)
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


def _texts(one: Mapping[str, Any], name: str) -> list[str]:
    """Return what an entry names, in a list or alone; what is no text is refused where the types are."""
    value = one.get(name)
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v]


def _cross_checks(
    written: Mapping[int, Mapping[str, Any]], file: YamlFile, company: Company
) -> Iterator[Finding]:
    """Yield what does not go together, whether or not the other entries are right."""
    numbers = [number for one in written.values() for number in _texts(one, "number")]
    sites = [s.id for s in company.sites]
    seen: set[str] = set()
    for index, one in written.items():
        at = ("proposals", index)
        for number in _texts(one, "number"):
            if number in seen:
                yield _finding(
                    "twice",
                    f"提案番号「{shown(number)}」が 2 回使われています。番号を変えてください。",
                    f"The number {shown(number)!r} is used twice; change one.",
                    file.place((*at, "number")),
                )
            seen.add(number)
        for site in _texts(one, "site"):
            if site not in sites:
                yield _finding(
                    "site",
                    f"事業所「{shown(site)}」が company.yaml にありません。{'・'.join(sites)} のどれかです。",
                    f"There is no site {shown(site)!r} in company.yaml; there are {', '.join(sites)}.",
                    file.place((*at, "site")),
                )
        for other in _texts(one, "alternatives"):
            if other not in numbers or other == one.get("number"):
                yield _unknown_number(other, numbers, file.place((*at, "alternatives")))
        yield from _status_complete(one, at, file)
        yield from _prices_fit(one, at, file)
    order = _texts(file.data, "order")
    for other in order:
        if other not in numbers:
            yield _unknown_number(other, numbers, file.place(("order",)))
    if len(set(order)) < len(order):
        yield _finding(
            "twice",
            "order に同じ提案番号が 2 回あります。1 つにしてください。",
            "The order names a proposal twice; keep one.",
            file.place(("order",)),
        )


def _status_complete(one: Mapping[str, Any], at: tuple[str | int, ...], file: YamlFile) -> Iterator[Finding]:
    status = one.get("status")
    if status == "実施済み" and one.get("done_on") is None:
        yield _finding(
            "done_on",
            "実施済みの提案には実施日 done_on を書いてください。",
            "A proposal that was done needs its day done_on.",
            file.place((*at, "status")),
        )
    if status == "見送り" and one.get("declined_because") in (None, ""):
        yield _finding(
            "declined_because",
            "見送りの提案には理由 declined_because を書いてください。",
            "A declined proposal needs declined_because.",
            file.place((*at, "status")),
        )


def _prices_fit(one: Mapping[str, Any], at: tuple[str | int, ...], file: YamlFile) -> Iterator[Finding]:
    prices = one.get("prices")
    for carrier, text in prices.items() if isinstance(prices, Mapping) else ():
        if carrier in carriers() and isinstance(text, str):
            try:
                check_price(text, carrier, file.place((*at, "prices", carrier)))
            except CarbonlibError as error:
                yield from error.findings


def _unknown_number(number: str, numbers: list[str], place: Place) -> Finding:
    known = "・".join(shown(n) for n in dict.fromkeys(numbers))
    return _finding(
        "number",
        f"提案番号「{shown(number)}」がありません。あるのは {known}。",
        f"There is no other proposal {shown(number)!r}; there are {known.replace('・', ', ')}.",
        place,
    )


def _finding(id: str, ja: str, en: str, place: Place) -> Finding:
    return Finding(f"proposal.{id}", "error", Message(ja, en), place)


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
    finding = _finding(
        "input",
        f"項目「{shown(name)}」は「127,740 kWh/年」のような値か、value・basis・how の組で書いてください。"
        "{ } の中では、カンマを含む文を引用符で囲みます。",
        f"Write the input {shown(name)!r} as a value such as '127,740 kWh/年', or as value, basis and how; "
        "within { } quote a text that has a comma in it.",
        place,
    )
    return Entry("", place=place, wrong=finding)


def _readable(one: Mapping[str, Any], at: tuple[str | int, ...], file: YamlFile) -> Proposal:
    """Return of a proposal its measure and its inputs as far as they can be read."""
    inputs = one.get("inputs")
    load, subsidy = one.get("load"), one.get("subsidy")
    ems = subsidy.get("ems_saved") if isinstance(subsidy, Mapping) else None
    amounts = ems.items() if isinstance(ems, Mapping) else ()
    names = ["measure", "load", "prices", "capital", *(["inputs"] if isinstance(inputs, Mapping) else ())]
    return Proposal(
        number="".join(_texts(one, "number")[:1]),
        title="",
        measure="".join(_texts(one, "measure")[:1]),
        inputs=_inputs(inputs, (*at, "inputs"), file) if isinstance(inputs, Mapping) else {},
        # what was written in a wrong way is named as such, and not as missing
        site_id=str(one.get("site") or ""),
        end_use=str((load.get("use") if isinstance(load, Mapping) else load) or ""),
        subsidy=SubsidyFacts(
            ems_saved={c: t for c, t in amounts if c in carriers() and isinstance(t, str)} or None
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
