"""The door of every measure: inputs checked all at once, defaults filled in and marked, the table begun."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from carbonlib.errors import Finding, Message, alike, shown
from carbonlib.measures.amounts import enter_total
from carbonlib.measures.between import between
from carbonlib.measures.inputs import Door
from carbonlib.measures.model import UNREAD, Declared, Kind, MeasureError, Saving
from carbonlib.measures.terms import Sheet
from carbonlib.records.defaults import Default, built_in_defaults


@dataclass(frozen=True)
class Measure:
    """A measure as declared: what it takes, which load it acts on, and how it meets others.

    `end_use` is the load that it acts on unless a proposal names another. `excludes` are measures that cannot
    be counted on the same load as well. `renewed_by` are measures and classes of equipment after which next to
    nothing of it is left on the same machines, `renewed_share` the default that says how much. `rescales` names the input that shrinks with what is left of the site's
    imported electricity, for a measure that comes after all savings.
    """

    id: str
    kind: Kind
    label: Message
    end_use: str
    inputs: tuple[Declared, ...]
    source: str
    function: Callable[..., Saving]
    body: Callable[..., Saving] = field(repr=False)
    excludes: tuple[str, ...] = ()
    rescales: str = ""
    renewed_by: tuple[str, ...] = ()
    renewed_share: str = ""

    def problems(self, given: Mapping[str, Any], defaults: Mapping[str, Default]) -> list[Finding]:
        """Return what is wrong with each input and between them; entries that are `UNREAD` were named already."""
        found = Door(self.id, Sheet(defaults), defaults).problems_of(self.inputs, given)
        wrong = {f.subject for f in found} | set(_unread(given))

        def run(values: Mapping[str, Any]) -> None:
            sheet = Sheet(defaults)
            self.body(sheet, **Door(self.id, sheet, defaults).read(self.inputs, values))

        return [*found, *between(self.inputs, given, wrong, run)] if wrong else found


def _unread(given: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of what was written and could not be read."""
    if given is UNREAD:
        yield path
    rows = enumerate(given, start=1) if isinstance(given, list | tuple) else ()
    for name, one in given.items() if isinstance(given, Mapping) else rows:
        yield from _unread(one, f"{path}.{name}" if path else str(name))


MEASURES: dict[str, Measure] = {}


def measure_named(id: str) -> Measure:
    """Return a measure, or raise naming those there are.

    Raises
    ------
    MeasureError
        For an id that no measure has.
    """
    if id in MEASURES:
        return MEASURES[id]
    known = "・".join(sorted(MEASURES))
    near = alike(id, MEASURES)
    raise MeasureError.of(
        "measure.unknown",
        ja=f"対策「{shown(id)}」はありません。{near.ja}あるのは {known}。",
        en=f"There is no measure {shown(id)!r}. {near.en}There are {known.replace('・', ', ')}.",
    )


def measure(
    id: str,
    *,
    kind: Kind,
    ja: str,
    en: str,
    end_use: str,
    inputs: tuple[Declared, ...],
    source: str,
    excludes: tuple[str, ...] = (),
    rescales: str = "",
    renewed_by: tuple[str, ...] = (),
    renewed_share: str = "",
) -> Callable[[Callable[..., Saving]], Callable[..., Saving]]:
    """Declare a measure: the function below gets a `Sheet` and its inputs as terms, and returns a `Saving`.

    The public function takes quantities by keyword, each plain or as `Given`, and optionally ``defaults``: rows
    of a workspace in place of the package's. It raises `MeasureError` with everything that is wrong.
    """

    def decorate(body: Callable[..., Saving]) -> Callable[..., Saving]:
        own = list(inspect.signature(body).parameters.values())[1:]
        if own[-1].kind is inspect.Parameter.VAR_KEYWORD:  # the last inputs, which several measures share
            own[-1:] = [
                inspect.Parameter(i.name, inspect.Parameter.KEYWORD_ONLY) for i in inputs[len(own) - 1 :]
            ]
        assert [p.name for p in own] == [i.name for i in inputs], (
            f"{id}: declared inputs are not the function's"
        )

        @functools.wraps(body)
        def checked(*, defaults: Mapping[str, Default] | None = None, **given: Any) -> Saving:
            rows = built_in_defaults() if defaults is None else defaults
            sheet = Sheet(rows)
            try:
                terms = Door(id, sheet, rows).read(inputs, given)
            except MeasureError:
                raise MeasureError(MEASURES[id].problems(given, rows)) from None
            saving = body(sheet, **terms)
            enter_total(sheet, saving.effects)
            return replace(saving, measure=id, table=tuple(sheet.rows))

        checked.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
        # a module that is loaded again, as test runners do, declares its own measures again
        known = MEASURES.get(id)
        assert known is None or known.function.__module__ == body.__module__, f"{id} is declared twice"
        MEASURES[id] = Measure(
            id,
            kind,
            Message(ja, en),
            end_use,
            inputs,
            source,
            checked,
            body,
            excludes,
            rescales,
            renewed_by,
            renewed_share,
        )
        return checked

    return decorate
