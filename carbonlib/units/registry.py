"""The one unit registry: its definitions are `definitions.txt`, and it is pint's application registry."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

import pint

Quantity: TypeAlias = Any  # pint's own classes are made per registry; mypy cannot follow them

_DEFINITIONS = str(files(__package__).joinpath("definitions.txt"))
ureg: pint.UnitRegistry = pint.UnitRegistry(_DEFINITIONS, autoconvert_offset_to_baseunit=False)
_exact: pint.UnitRegistry = pint.UnitRegistry(_DEFINITIONS, non_int_type=Fraction)  # for `ratio` alone
pint.set_application_registry(ureg)

Q_ = ureg.Quantity


def same_dimension(one: Quantity, unit: str) -> bool:
    """Return whether a quantity can be expressed in `unit`.

    >>> same_dimension(Q_(1, "kWh"), "MJ"), same_dimension(Q_(1, "kWh"), "GJ*primary")
    (True, False)
    """
    return bool(one.units.dimensionality == unit_of(unit).dimensionality)


@lru_cache(maxsize=4096)
def ratio(unit: str, to: str) -> Fraction:
    """Return how many `to` one `unit` is, exact.

    >>> ratio("kL", "L"), ratio("kWh", "MJ")
    (Fraction(1000, 1), Fraction(18, 5))
    >>> ratio("Wh", "TJ")
    Fraction(9, 2500000000)
    """
    return Fraction(_exact.Quantity(Fraction(1), unit).to(to).magnitude)


@lru_cache(maxsize=1024)
def unit_of(name: str) -> Any:
    """Return pint's unit of a name, parsed once."""
    return ureg.Unit(name)


@lru_cache(maxsize=1024)
def name_of(unit: Any) -> str:
    """Return the name of pint's unit, written once.

    >>> name_of(Q_(1, "kWh/year").units)
    'kilowatt_hour / year'
    """
    return str(unit)
