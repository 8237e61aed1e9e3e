"""A proposal's measure is worked out on its inputs; each problem keeps the line that it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.factors import Programme, read_carrier
from carbonlib.measures import Given, Measure, MeasureError, Saving, measure_named
from carbonlib.proposals.bound import Surroundings, bound
from carbonlib.records.model import Company
from carbonlib.records.proposal_model import Entry, Proposal, Proposals
from carbonlib.units import Quantity, of_a_year


def measure_of(proposal: Proposal) -> Measure:
    """Return the measure that a proposal names, or raise at the line where it does."""
    try:
        return measure_named(proposal.measure)
    except MeasureError as error:
        raise error.at(proposal.places.get("measure", proposal.place)) from None


def saving_of(proposal: Proposal, around: Surroundings, **instead: Quantity) -> Saving:
    """Return the stand-alone saving of a proposal; `instead` replaces inputs, for a second look at a smaller load.

    Raises
    ------
    CarbonlibError
        With every input that is missing, unknown, of the wrong unit or out of range, by line.
    """
    measure = measure_of(proposal)
    given, findings = bound(measure, proposal.inputs, around)
    if findings:
        findings += _located(proposal, measure.problems(given, around.defaults))
        raise MeasureError(sorted(findings, key=_line))
    given |= {name: replace(_as_given(given.get(name)), value=value) for name, value in instead.items()}
    try:
        return measure.function(defaults=around.defaults, **given)
    except MeasureError as error:
        raise MeasureError(sorted(_located(proposal, error.findings), key=_line)) from None


def beside_inputs(
    proposal: Proposal, measure: Measure, company: Company, around: Surroundings
) -> list[Finding]:
    """Return what is wrong beside the inputs: a load that nobody can tell, amounts of an EMS that cannot be read."""
    return [*_load_problems(proposal, measure), *_wrong_in_ems(proposal, around)]


def _load_problems(proposal: Proposal, measure: Measure) -> list[Finding]:
    """Return why it cannot be told which load a proposal acts on: what overlaps could not be taken out."""
    place, number = proposal.places.get("measure", proposal.place), shown(proposal.number)
    found = []
    if measure.end_use == "other" and not proposal.end_use:
        message = Message(
            f"提案No.{number} の対策 {measure.id} は、何を減らすかが決まりません。load: {{use: cooling}} のように用途を"
            "書いてください。",
            f"Proposal {number}: the measure {measure.id} does not say what it acts on; write it, as in "
            "load: {use: cooling}.",
        )
        found.append(Finding("proposal.no_load", "error", message, place))
    return found


def _wrong_in_ems(proposal: Proposal, around: Surroundings) -> list[Finding]:
    try:
        ems_saved(proposal, around.programme, around.fiscal_year)
    except CarbonlibError as error:
        return list(error.findings)
    return []


def ems_saved(proposal: Proposal, programme: Programme, fiscal_year: int) -> dict[str, Quantity] | None:
    """Return what the energy management system alone saves in a year by carrier, None where nothing is written.

    Raises
    ------
    CarbonlibError
        With every amount that cannot be read, at the proposal.
    """
    if proposal.subsidy.ems_saved is None:
        return None
    found: dict[str, Quantity] = {}
    wrong: list[Finding] = []
    for carrier, written in proposal.subsidy.ems_saved.items():
        text = of_a_year(written)
        try:
            found[carrier] = read_carrier(text, carrier, programme, fiscal_year).quantity
        except CarbonlibError as error:
            wrong += error.at(proposal.place).findings
    if wrong:
        raise CarbonlibError(wrong)
    return found


def refuse_wrong(proposals: Proposals, company: Company, around: Surroundings) -> None:
    """Raise with what is wrong with the entries of proposals.yaml and with the inputs beside them, by line.

    Raises
    ------
    RecordError
        Where an entry is wrong; nothing is raised where only inputs are, for evaluating them says so.
    """
    if not proposals.wrong:
        return
    found = list(proposals.wrong)
    for proposal in (p for p in proposals.readable if p.measure):
        try:
            found += beside_inputs(proposal, measure_of(proposal), company, around)
            if "inputs" in proposal.places:
                saving_of(proposal, around)
        except CarbonlibError as error:
            found += error.at(proposal.place).findings
    raise RecordError(sorted(dict.fromkeys(found), key=_line))


def _line(finding: Finding) -> int:
    return finding.place.line or 0


def _located(proposal: Proposal, findings: Iterable[Finding]) -> list[Finding]:
    return [replace(f, place=_place(proposal, f.subject)) for f in findings]


def _as_given(value: Any) -> Given:
    return value if isinstance(value, Given) else Given(value)


def _place(proposal: Proposal, path: str) -> Place:
    """Return where an input stands by its path in the measure (``rooms.2.hours``), or where the inputs begin."""
    at: Any = proposal.inputs
    for step in path.split("."):
        if isinstance(at, Mapping):
            at = at.get(step)
        elif isinstance(at, tuple) and step.isdigit() and int(step) <= len(at):
            at = at[int(step) - 1]
        if at is None:
            break
    return at.place if isinstance(at, Entry) else proposal.places.get("inputs", proposal.place)
