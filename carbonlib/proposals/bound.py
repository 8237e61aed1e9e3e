"""A proposal's texts become the quantities of its measure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, shown, what_is_wrong
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
    Series,
    write_as,
)
from carbonlib.records.defaults import Default
from carbonlib.records.proposal_model import Entry, Inputs
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


def bound(measure: Measure, inputs: Inputs, around: Surroundings) -> tuple[dict[str, Any], list[Finding]]:
    """Return the inputs as the measure takes them, and what could not be read."""
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
