"""Every declared input of a measure in turn, replaced by something of the wrong unit or kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from carbonlib.measures import MEASURES, MeasureError, Rows
from carbonlib.units import Q_

WRONG = Q_(3, "kg/person")  # fits no input of any measure


def paths(measures: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield measure, input and, inside a list, the entry of its rows ("" for an input of its own)."""
    for id in measures:
        for declared in MEASURES[id].inputs:
            yield id, declared.name, ""
            if isinstance(declared, Rows):
                yield from ((id, declared.name, inner.name) for inner in declared.inputs)


def subjects_when_wrong(id: str, name: str, inner: str, good: Mapping[str, Any]) -> list[str]:
    """Return what the error names when one input is wrong in inputs that are good otherwise."""
    given = dict(good)
    if inner:
        rows = list(given[name])
        rows[-1] = {**rows[-1], inner: WRONG}
        given[name] = rows
    else:
        given[name] = WRONG
    with pytest.raises(MeasureError) as raised:
        MEASURES[id].function(**given)
    assert all(f.message.ja and f.message.en for f in raised.value.findings)
    return [f.subject for f in raised.value.findings]


def expected(name: str, inner: str, good: Mapping[str, Any]) -> list[str]:
    """Return the path that the error has to name."""
    return [f"{name}.{len(good[name])}.{inner}" if inner else name]
