"""A number of the first page: its value, its formula in words, and where its parts are from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.accounting import AccountLine
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message, Place
from carbonlib.factors import Factor

# how the first page prints a value
Kind = Literal[
    "amount",
    "change",
    "count",
    "factor",
    "kl",
    "man_yen",
    "margin",
    "price",
    "saved_t",
    "saved_yen",
    "share",
    "t",
    "thousand_kwh",
    "thousand_yen",
    "years",
    "yen_small",
]


@dataclass(frozen=True)
class KeyFigure:
    """A number of the first page.

    `value` is exact, in `unit`; ``1`` marks a share. `kind` says how the page prints it, `digits` to how many
    decimals where the kind leaves that open. `rows` name rows of parameter data (``finance.csv operating_margin``).
    """

    id: str
    label: Message
    value: Fraction
    unit: str
    kind: Kind
    formula: Message
    places: tuple[Place, ...] = ()
    factors: tuple[Factor, ...] = ()
    rows: tuple[str, ...] = ()
    digits: int = 0


@dataclass(frozen=True)
class Lines:
    """Lines of one input file, or cells of one of its sheets, as runs: (2, 13) for the lines 2 to 13."""

    file: str
    sheet: str
    runs: tuple[tuple[int, int], ...]


def lines_of(places: Iterable[Place]) -> tuple[Lines, ...]:
    """Return places by file, their lines as runs.

    >>> lines_of([Place("b.csv", n) for n in (2, 3, 4, 9)])
    (Lines(file='b.csv', sheet='', runs=((2, 4), (9, 9))),)
    """
    found: dict[tuple[str, str], set[int]] = {}
    for place in places:
        if place.file:
            found.setdefault((place.file, place.sheet), set()).update({place.line} if place.line else ())
    return tuple(Lines(*key, _runs(numbers)) for key, numbers in found.items())


def _runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return tuple(runs)


def bills_of(lines: Iterable[AccountLine]) -> tuple[Place, ...]:
    """Return the input rows that lines of an account were made from."""
    return tuple(place for line in lines for place in line.rows)


def energy_factors(lines: Iterable[AccountLine]) -> tuple[Factor, ...]:
    """Return the factors that the primary energy of lines was made by."""
    pairs = ((p.mass_factor, p.energy_factor) for line in lines for p in line.parts)
    return tuple(dict.fromkeys(f for pair in pairs for f in pair if f is not None))


def co2_factors(lines: Iterable[AccountLine]) -> tuple[Factor, ...]:
    """Return the factors that the CO2 of lines was made by."""
    return tuple(dict.fromkeys(f for line in lines for f in line.co2_factors))


def input_named(d: Diagnosis, name: str) -> tuple[Place, ...]:
    """Return an input file of the company as a place, none where there is no such file."""
    return tuple(Place(i.name) for i in d.inputs if i.name.rpartition("/")[2] == name)
