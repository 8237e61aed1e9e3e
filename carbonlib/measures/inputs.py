"""Reading what a measure is given: dimensions and bounds at the door, every problem named with its input."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from carbonlib.errors import Finding, Message, alike, shown
from carbonlib.factors import carriers
from carbonlib.measures.amounts import fits, fuel_label, in_unit, own_unit
from carbonlib.measures.entering import enter
from carbonlib.measures.model import (
    HOW,
    UNREAD,
    Choice,
    Declared,
    Fuel,
    Given,
    Input,
    MeasureError,
    Rows,
    Series,
)
from carbonlib.measures.terms import Sheet
from carbonlib.measures.wording import as_written, example, in_words, span, write_as
from carbonlib.records.defaults import Default
from carbonlib.units import Q_, Quantity, same_dimension, ureg


class Door:
    """Reads the inputs of one measure into a sheet; problems gather and are raised together."""

    def __init__(self, measure: str, sheet: Sheet, defaults: Mapping[str, Default]) -> None:
        self.measure, self.sheet, self.defaults = measure, sheet, defaults
        self.findings: list[Finding] = []
        self._given: Mapping[str, Any] = {}

    def read(self, declared: tuple[Declared, ...], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the terms by name, or raise with everything that is wrong."""
        declared, values = self._checked(declared, given)
        if self.findings:
            raise MeasureError(self.findings)
        return {d.name: enter(self.sheet, d, values[d.name]) for d in declared}

    def problems_of(self, declared: tuple[Declared, ...], given: Mapping[str, Any]) -> list[Finding]:
        """Return everything that is wrong, passing over what could not be read."""
        self._checked(declared, given)
        return self.findings

    def _checked(
        self, declared: tuple[Declared, ...], given: Mapping[str, Any]
    ) -> tuple[tuple[Declared, ...], dict[str, Any]]:
        names = [d.name for d in declared]
        for name in given:
            if name not in names:
                known, near = "・".join(names), alike(name, names)
                self.problem(
                    "unknown",
                    name,
                    f"項目「{shown(name)}」は {self.measure} にありません。{near.ja}あるのは: {known}。",
                    f"{self.measure} has no input {shown(name)!r}. {near.en}There are {known.replace('・', ', ')}.",
                )
        usual = {d.name: d.default for d in declared if isinstance(d, Choice) and d.default}
        given = usual | dict(given)
        self._given = given
        chosen = {d.name: (d, _word(given.get(d.name))) for d in declared if isinstance(d, Choice)}
        words = {name: word for name, (d, word) in chosen.items() if word in d.options}
        declared = tuple(self._chosen(d, words) for d in declared)
        values = {d.name: self._check(d, given, d.name) for d in declared}
        self._one_unit([(d, values[d.name]) for d in declared if isinstance(d, Fuel) and values[d.name]])
        return declared, values

    def problem(self, id: str, subject: str, ja: str, en: str) -> None:
        """Note what is wrong with an input; `subject` is its path, such as ``rooms.2.hours``."""
        self.findings.append(Finding(f"measure.{id}", "error", Message(ja, en), subject=subject))

    def _chosen(self, declared: Declared, words: Mapping[str, str]) -> Declared:
        """Return an input with the unit and the default that a choice gives it; `words` are the valid choices."""
        if not isinstance(declared, Input) or not declared.by:
            return declared
        if declared.by not in words:
            return replace(declared, optional=True)  # the choice is named as wrong or missing itself
        word = words[declared.by]
        default = declared.default and f"{declared.default}_{word}"
        return replace(declared, unit=declared.units.get(word, declared.unit), default=default, by="")

    # --- checking: a value comes out as it will be entered, None where it is left out

    def _check(self, declared: Declared, given: Mapping[str, Any], path: str) -> Any:
        value = given.get(declared.name)
        other = declared.unless if isinstance(declared, Input) else ""
        if other and self._given.get(other) is not None:
            if value is not None:
                self.problem(
                    "either",
                    path,
                    f"「{path}」と「{other}」は、どちらか一方だけを書いてください。",
                    f"Write either {path!r} or {other!r}, not both.",
                )
            return None
        if value is UNREAD:
            return None
        if value is None:
            return self._absent(declared, path)
        if isinstance(declared, Rows):
            return self._rows(declared, value, path)
        if isinstance(declared, Choice):
            return self._choice(declared, value, path)
        if isinstance(declared, Series):
            return self._series(declared, value, path)
        one = value if isinstance(value, Given) else Given(value)
        if one.how not in HOW:
            self.problem(
                "how",
                path,
                f"「{path}」の値の種類「{shown(one.how)}」は {'・'.join(HOW)} のどれかです。",
                f"How {path!r} was learnt, {shown(one.how)!r}, is one of {', '.join(HOW)}.",
            )
        if isinstance(declared, Fuel):
            return self._fuel(declared, one, given, path)
        quantity = self._quantity(declared, one, path)
        return None if quantity is None else Given(quantity, one.basis, one.how)

    def _absent(self, declared: Declared, path: str) -> Any:
        if isinstance(declared, Input) and declared.default and not (declared.by or declared.optional):
            return self._default(declared)
        if isinstance(declared, Choice) or not declared.optional:
            shape = example(declared, _word(self._given.get("carrier")))
            ja, en = (f"「{shape}」のように", f" as in {shape!r}") if shape else ("", "")
            self.problem(
                "missing",
                path,
                f"「{path}」（{declared.label_ja}）がありません。{ja}書いてください。",
                f"The input {path!r} ({declared.label_en}) is missing; write it{en}.",
            )
        return None

    def _default(self, declared: Input) -> Default:
        row = self.defaults[declared.default]
        assert fits(row.quantity, declared.unit), f"the default {row.id} is not in {declared.unit}"
        return row

    def _quantity(self, declared: Input, one: Given, path: str) -> Quantity | None:
        value = one.value
        if not isinstance(value, ureg.Quantity) or not fits(value, declared.unit):
            way = write_as(declared, path)
            self.problem(
                "unit",
                path,
                f"「{as_written(one)}」は単位が合いません。{way.ja}",
                f"{as_written(one)!r} is of another unit. {way.en}",
            )
            return None
        inside = in_unit(value, declared.unit)
        number = float(inside.magnitude)
        low, high = declared.low, declared.high
        if (
            not math.isfinite(number)
            or (low is not None and number < low)
            or (high is not None and number > high)
        ):
            bounds, got = span(low, high, declared.unit), in_words(one, inside, declared.unit)
            self.problem(
                "range",
                path,
                f"「{path}」（{declared.label_ja}）は {bounds.ja}で書いてください。値: {got}。",
                f"{path!r} ({declared.label_en}) must be {bounds.en}; got {got}.",
            )
            return None
        return inside

    def _rows(self, declared: Rows, value: Any, path: str) -> Any:
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            self.problem(
                "rows",
                path,
                f"「{path}」（{declared.label_ja}）は 1 行以上の並びで書いてください。",
                f"{path!r} ({declared.label_en}) must be a list of at least one row.",
            )
            return None
        if declared.length and len(value) != declared.length:
            self.problem(
                "rows",
                path,
                f"「{path}」（{declared.label_ja}）は {declared.length} 行で書いてください。いまは {len(value)} 行です。",
                f"{path!r} ({declared.label_en}) must have {declared.length} rows; it has {len(value)}.",
            )
            return None
        found = []
        for index, row in enumerate(value, start=1):
            here = f"{path}.{index}"
            if not isinstance(row, Mapping):
                self.problem(
                    "rows",
                    here,
                    f"「{here}」は「項目: 値」の形で書いてください。",
                    f"{here!r} must hold 'entry: value'.",
                )
                continue
            names = {i.name for i in declared.inputs} | {"name"}
            for name in row:
                if name not in names:
                    self.problem(
                        "unknown",
                        f"{here}.{name}",
                        f"項目「{shown(name)}」は「{here}」にありません。",
                        f"{here!r} has no entry {shown(name)!r}.",
                    )
            cells = {i.name: self._check(i, row, f"{here}.{i.name}") for i in declared.inputs}
            fuels = [(i, cells[i.name]) for i in declared.inputs if isinstance(i, Fuel) and cells[i.name]]
            self._one_unit(fuels, f"{here}.")
            carrier = carriers().get(str(cells.get("carrier")))
            usual = carrier.label_ja if carrier else f"{declared.label_ja}{index}"
            found.append((str(row.get("name") or usual), cells))
        return found

    def _choice(self, declared: Choice, value: Any, path: str) -> Any:
        word = value.value if isinstance(value, Given) else value
        if word not in declared.options:
            known = "・".join(declared.options)
            self.problem(
                "choice",
                path,
                f"「{path}」（{declared.label_ja}）は {known} のどれかです。値: {shown(word)}。",
                f"{path!r} ({declared.label_en}) is one of {known.replace('・', ', ')}; got {shown(word)}.",
            )
        return word

    def _series(self, declared: Series, value: Any, path: str) -> Any:
        numbers = value.value if isinstance(value, Given) else value
        sized = (
            isinstance(numbers, Sequence)
            and not isinstance(numbers, str)
            and len(numbers) in declared.lengths
        )
        if not sized or not _all_amounts(numbers):
            lengths = "・".join(f"{n:,}" for n in declared.lengths)
            self.problem(
                "series",
                path,
                f"「{path}」（{declared.label_ja}）は 0 以上の値 {lengths} 個の並びです（{declared.unit}）。",
                f"{path!r} ({declared.label_en}) is a series of {lengths} values of 0 or more in {declared.unit}.",
            )
            return None
        return numbers

    def _fuel(self, declared: Fuel, one: Given, given: Mapping[str, Any], path: str) -> Given | None:
        carrier = given.get("carrier")
        carrier = carrier.value if isinstance(carrier, Given) else carrier
        kind = carriers().get(str(carrier))
        if kind is None:
            return None  # the choice `carrier` says so
        value = one.value
        if isinstance(value, ureg.Quantity) and same_dimension(value, "1/year"):
            value = value * Q_(1, "year")
        per_year = value * Q_(1, "year") if isinstance(value, ureg.Quantity) else value
        for fitting in (value, per_year):
            if isinstance(fitting, ureg.Quantity):
                for unit in kind.units:
                    own = own_unit(fitting, unit)
                    if own and math.isfinite(fitting.magnitude) and fitting.magnitude >= 0:
                        return Given(Q_(float(fitting.to(own).magnitude), own), one.basis, one.how)
        wanted = "・".join(kind.display_units)
        self.problem(
            "unit",
            path,
            f"「{path}」（{declared.label_ja}）は {kind.label_ja}の量（{wanted}）を 0 以上で書いてください。"
            f"値: {as_written(one)}。",
            f"{path!r} ({declared.label_en}) needs an amount of {kind.label_en} ({wanted}); got {as_written(one)}.",
        )
        return None

    def _one_unit(self, fuels: list[tuple[Fuel, Given]], under: str = "") -> None:
        """Note where amounts of one carrier are in units that do not convert: gas at two states, mass and volume."""
        for declared, one in fuels[1:]:
            if one.value.units != fuels[0][1].value.units:
                first, own = fuel_label(fuels[0][1].value), fuel_label(one.value)
                self.problem(
                    "unit",
                    under + declared.name,
                    f"「{under}{declared.name}」（{declared.label_ja}）は「{fuels[0][0].name}」と同じ単位・同じ体積の状態で"
                    f"書いてください（{first} と {own}）。",
                    f"Write {under + declared.name!r} ({declared.label_en}) in the unit and state of {fuels[0][0].name!r} "
                    f"({first} and {own}).",
                )


def _word(value: Any) -> str:
    return str(value.value if isinstance(value, Given) else value)


def _all_amounts(numbers: Sequence[Any]) -> bool:
    """Return whether all are finite numbers of 0 or more; a year's half-hours are looked at in C."""
    return set(map(type, numbers)) <= {int, float} and all(map(math.isfinite, numbers)) and min(numbers) >= 0
