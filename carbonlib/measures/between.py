"""Checks between inputs while some cannot be read: what is wrong whatever those turn out to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from carbonlib.errors import Finding
from carbonlib.factors import carriers
from carbonlib.measures.model import UNREAD, Choice, Declared, Fuel, Given, Input, MeasureError, Rows, Series
from carbonlib.measures.terms import internal_unit, quantity_of
from carbonlib.measures.wording import usual_number
from carbonlib.units import Q_

_SCALES = (1.0, 0.01, 100.0)  # an unreadable number stands for a usual one, a small one and a large one


def between(
    declared: tuple[Declared, ...],
    given: Mapping[str, Any],
    wrong: set[str],
    run: Callable[[Mapping[str, Any]], object],
) -> list[Finding]:
    """Return what does not go together among the inputs that can be read.

    Each input that is missing or wrong is stood in for by a usual, a small and a large value of its kind; what a
    measure refuses every time does not hang on it.

    Parameters
    ----------
    declared : tuple of Declared
        What the measure takes.
    given : mapping of str to Any
        What was written; `UNREAD` where it could not be read.
    wrong : set of str
        Paths of the inputs that were named as wrong, such as ``rooms.2.hours``.
    run : callable
        The measure; it raises `MeasureError` for what does not go together.
    """
    common: list[Finding] | None = None
    for index, scale in enumerate(_SCALES):
        stand = _StandIns(given, wrong, scale, index)
        try:
            run({d.name: v for d in declared if (v := stand.of(d, given, d.name)) is not None})
        except MeasureError as error:
            found = [f for f in error.findings if not _within(f.subject, wrong)]
            common = found if common is None else [f for f in common if f in found]
        else:
            return []
    return common or []


def _within(subject: str, wrong: set[str]) -> bool:
    """Return whether a path, or what holds it, was named as wrong."""
    steps = subject.split(".")
    return any(".".join(steps[:n]) in wrong for n in range(1, len(steps) + 1))


class _StandIns:
    def __init__(self, given: Mapping[str, Any], wrong: set[str], scale: float, index: int) -> None:
        self.given, self.wrong, self.scale, self.index = given, wrong, scale, index

    def of(self, declared: Declared, given: Mapping[str, Any], path: str) -> Any:
        """Return the value itself where it can be read, else one that stands in for it; None where it is left out."""
        value = given.get(declared.name)
        if isinstance(declared, Rows) and path not in self.wrong and isinstance(value, list | tuple):
            return [self._row(declared, row, f"{path}.{i}") for i, row in enumerate(value, start=1)]
        if value is not UNREAD and path not in self.wrong:
            return value
        if isinstance(declared, Input) and declared.unless and self.given.get(declared.unless) is not None:
            return None  # one of two that take each other's place was too much
        return self._new(declared, given, path)

    def _row(self, declared: Rows, row: Any, path: str) -> dict[str, Any]:
        cells = row if isinstance(row, Mapping) else {}
        wrong = self.wrong | (
            set() if isinstance(row, Mapping) else {f"{path}.{i.name}" for i in declared.inputs}
        )
        inner = _StandIns(self.given, wrong, self.scale, self.index)
        found = {i.name: inner.of(i, cells, f"{path}.{i.name}") for i in declared.inputs}
        name = {"name": cells["name"]} if "name" in cells else {}
        return name | {k: v for k, v in found.items() if v is not None}

    def _new(self, declared: Declared, given: Mapping[str, Any], path: str) -> Any:
        if isinstance(declared, Choice):
            words = list(declared.options)
            return words[self.index % len(words)]
        if isinstance(declared, Series):
            return [self.scale] * declared.lengths[0]
        if isinstance(declared, Rows):
            return [self._row(declared, None, f"{path}.{i + 1}") for i in range(declared.length or 1)]
        if isinstance(declared, Fuel):
            return self._fuel(declared, given)
        unit = declared.units.get(_word(self.given.get(declared.by)), declared.unit)
        number = usual_number(declared) * self.scale
        number = max(number, declared.low) if declared.low is not None else number
        number = min(number, declared.high) if declared.high is not None else number
        return quantity_of(number, internal_unit(unit))

    def _fuel(self, declared: Fuel, given: Mapping[str, Any]) -> Any:
        kind = carriers().get(_word(given.get("carrier")), carriers()["electricity"])
        beside = (v.value if isinstance(v, Given) else v for k, v in given.items() if k != declared.name)
        units = [v.units for v in beside if hasattr(v, "units")]
        usual = "m3_metered" if kind.units[0] == "m3" else kind.units[0]
        return Q_(1000.0 * self.scale, units[0] if units else usual)


def _word(value: Any) -> str:
    return str(value.value if isinstance(value, Given) else value)
