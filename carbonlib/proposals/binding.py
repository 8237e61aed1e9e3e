"""A proposal's texts become the quantities of its measure; each problem keeps the line that it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown, what_is_wrong
from carbonlib.factors import Programme, carriers, read_carrier
from carbonlib.measures import (
    UNREAD,
    Choice,
    Declared,
    Fuel,
    Given,
    Input,
    Measure,
    MeasureError,
    Rows,
    Saving,
    Series,
    measure_named,
    write_as,
)
from carbonlib.records.defaults import Default
from carbonlib.records.model import Company
from carbonlib.records.proposal_model import Entry, Inputs, Proposal, Proposals
from carbonlib.units import GEOMETRIC, Q_, Quantity, of_a_year, read, read_number, read_temperature


@dataclass(frozen=True)
class Surroundings:
    """What a measure's inputs are read under: the programme that fixes an ``m3``, the year, and long series.

    `series` holds what a text may name instead of a value, such as ``30分値``.
    """

    programme: Programme
    fiscal_year: int
    defaults: Mapping[str, Default]
    series: Mapping[str, Sequence[float]] = field(default_factory=dict)


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
    given, findings = _bound(measure, proposal.inputs, around)
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


def _bound(measure: Measure, inputs: Inputs, around: Surroundings) -> tuple[dict[str, Any], list[Finding]]:
    declared = {d.name: d for d in measure.inputs}
    carrier = _carrier(measure, inputs)
    found: dict[str, Any] = {}
    wrong: list[Finding] = []
    for name, entry in inputs.items():
        kind = declared.get(name)
        if isinstance(entry, tuple):
            rows = enumerate(entry, start=1)
            found[name] = [_row(kind, f"{name}.{index}", row, around, wrong) for index, row in rows]
        else:
            found[name] = _one(kind, name, entry, carrier, around, wrong)
    return found, wrong


def _row(
    kind: Declared | None, path: str, row: Mapping[str, Entry], around: Surroundings, wrong: list[Finding]
) -> dict[str, Any]:
    columns: dict[str, Declared] = {i.name: i for i in kind.inputs} if isinstance(kind, Rows) else {}
    # a row without a carrier is named as such: its amounts are not read as those of another
    carrier = row["carrier"].text if "carrier" in row else "none"
    return {
        name: entry.text
        if name == "name"
        else _one(columns.get(name), f"{path}.{name}", entry, carrier, around, wrong)
        for name, entry in row.items()
    }


def _one(
    kind: Declared | None,
    path: str,
    entry: Entry,
    carrier: str,
    around: Surroundings,
    wrong: list[Finding],
) -> Any:
    """Return one value; what the measure does not declare goes on as text, for the measure to name."""
    if entry.wrong is not None:
        wrong.append(entry.wrong)
        return UNREAD
    try:
        if isinstance(kind, Input):
            return Given(
                _quantity(_difference(kind, entry.text), kind.unit), entry.basis, entry.how, entry.text
            )
        if isinstance(kind, Fuel):
            if carrier and carrier not in carriers():
                return UNREAD  # the choice `carrier` says so
            text = of_a_year(entry.text)
            amount = read_carrier(text, carrier or "electricity", around.programme, around.fiscal_year)
            return Given(amount.quantity, entry.basis, entry.how, entry.text)
        if isinstance(kind, Series):
            return Given(_series(entry, kind.unit, around), entry.basis, entry.how)
    except CarbonlibError as error:
        assert kind is not None, "only what is declared is read"
        wrong.append(_unreadable(kind, path, entry, carrier, error.findings[0]))
        return UNREAD
    return entry.text


def _unreadable(kind: Declared, path: str, entry: Entry, carrier: str, first: Finding) -> Finding:
    """Return why an input cannot be read, with its name, its label and how to write it."""
    unit = _unit_of(kind, carrier)
    if first.id == "unit.missing" and unit:  # the number is there: the example has its own
        text = shown(entry.text)
        message = Message(
            f"「{text}」に単位がありません。「{path}」（{kind.label_ja}）は「{text} {unit}」のように書いてください。",
            f"{text!r} has no unit. Write {path!r} ({kind.label_en}) as in '{text} {unit}'.",
        )
    elif isinstance(kind, Input):
        way = write_as(kind, path)
        why = what_is_wrong(first.message)
        if first.id == "unit.temperature":  # its first sentence says how to write one
            text = shown(entry.text)
            why = Message(f"「{text}」は温度（℃）として読めません。", f"{text!r} is no temperature in ℃.")
        message = Message(why.ja + way.ja, f"{why.en} {way.en}")
    else:  # a fuel or a series knows best how it is written
        message = Message(
            f"「{path}」（{kind.label_ja}）: {first.message.ja}",
            f"{path!r} ({kind.label_en}): {first.message.en}",
        )
    return Finding(first.id, first.severity, message, entry.place, path)


def _unit_of(kind: Declared, carrier: str) -> str:
    """Return the unit that an input is usually written in."""
    if isinstance(kind, Fuel):
        return f"{carriers()[carrier].display_units[0]}/年" if carrier in carriers() else ""
    return kind.unit if isinstance(kind, Input) else ""


def _difference(kind: Input, text: str) -> str:
    """Return a difference of temperatures in ℃ where it is written in K; a temperature is never given in kelvin."""
    if kind.unit == "℃" and kind.name.endswith(("_change", "_difference")):
        return re.sub(r"(?<=[\d\s])[KＫ]\s*$", "℃", text)
    return text


def _quantity(text: str, unit: str) -> Quantity:
    if unit in {"℃", "degC"}:
        return read_temperature(text).quantity
    if not unit:
        return Q_(float(read_number(text)), "dimensionless")
    if "℃" in unit:  # a rate per degree, such as %/℃
        text = text.replace("℃", "degC")
    return read(text, volume_basis=GEOMETRIC).quantity


def _series(entry: Entry, unit: str, around: Surroundings) -> Sequence[float]:
    """Return a named series of half-hours in kWh, or in kW where the measure takes power."""
    if entry.text not in around.series:
        known = "・".join(sorted(around.series)) or "なし"
        raise MeasureError(
            [
                Finding(
                    "measure.series",
                    "error",
                    Message(
                        f"「{shown(entry.text)}」という時間ごとの値はありません。あるのは: {known}。"
                        "診断期間の 30分値を、欠けのないように carbonlib import で取り込んでください。",
                        f"There is no series {shown(entry.text)!r}; there are: {known}. Import the half-hourly values of "
                        "the whole year.",
                    ),
                    entry.place,
                )
            ]
        )
    values = around.series[entry.text]
    return [2 * v for v in values] if unit == "kW" else values


def _carrier(measure: Measure, inputs: Inputs) -> str:
    """Return the carrier that the fuel inputs are in: what is written, else the measure's own default."""
    entry = inputs.get("carrier")
    if isinstance(entry, Entry):
        return entry.text
    choice = next((d for d in measure.inputs if isinstance(d, Choice) and d.name == "carrier"), None)
    return choice.default if choice else ""
