"""Terms and the calculation sheet: a formula is computed and written down by one and the same expression."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from carbonlib.errors import Message
from carbonlib.measures.model import CalculationRow
from carbonlib.records.defaults import Default
from carbonlib.units import Q_, Number, Quantity, format_number, read_unit, ureg

_NOTHING = Message("", "")


def symbol(index: int) -> str:
    """Return the symbol of a row: ① to ㊿, then (51) and so on.

    >>> symbol(1), symbol(21), symbol(50), symbol(51)
    ('①', '㉑', '㊿', '(51)')
    """
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= index <= last:
            return chr(start + index - first)
    return f"({index})"


@cache
def internal_unit(unit: str) -> str:
    """Return the registry's unit of a printed one; what is printed per year is computed for one year.

    >>> internal_unit("kWh/年"), internal_unit("%/℃"), internal_unit("")
    ('kWh', 'percent/degC', 'dimensionless')
    """
    plain = unit.removesuffix("/年").replace("℃", "degC")
    return read_unit(plain, volume_basis="geometric")[0] if plain else "dimensionless"


@cache
def _unit(name: str) -> Any:
    return ureg.Unit(name)


@cache
def _factor(unit: Any, to: Any) -> float:
    """Return how many `to` one `unit` is; pint refuses where the dimensions differ."""
    return float(ureg.Quantity(1.0, unit).to(to).magnitude)


# What pint makes of two units is worked out once for each pair; the same object each time is found by identity.
_product = cache(operator.mul)
_quotient = cache(operator.truediv)
_power = cache(operator.pow)
_same = cache(lambda unit: unit)


def quantity_of(magnitude: float, unit: str) -> Quantity:
    """Return a quantity of a unit of the registry; the unit is parsed only once."""
    return Q_(magnitude, _unit(unit))


class Term:
    """A quantity with the text that stands for it in a formula.

    Arithmetic makes new terms: ``a * b`` is the product of the quantities and the text ``①×②``. Dimensions are
    pint's business, so a kilowatt is never added to a kilowatt-hour.
    """

    __slots__ = ("number", "rank", "text", "unit")

    def __init__(self, quantity: Quantity, text: str, rank: int = 3) -> None:
        self.number, self.unit = float(quantity.magnitude), _same(quantity.units)
        self.text, self.rank = text, rank

    @classmethod
    def of(cls, number: float, unit: Any, text: str, rank: int = 3) -> Term:
        """Return the term of a number of pint's `unit`."""
        made = cls.__new__(cls)
        made.number, made.unit, made.text, made.rank = number, unit, text, rank
        return made

    @property
    def quantity(self) -> Quantity:
        """The quantity itself."""
        return Q_(self.number, self.unit)

    def _in(self, rank: int) -> str:
        return self.text if self.rank >= rank else f"({self.text})"

    def __add__(self, other: Term | Number) -> Term:
        two = term(other)
        number = self.number + two.number * _factor(two.unit, self.unit)
        return Term.of(number, self.unit, f"{self.text}+{two.text}", 1)

    def __radd__(self, other: Number) -> Term:
        return term(other) + self

    def __sub__(self, other: Term | Number) -> Term:
        two = term(other)
        number = self.number - two.number * _factor(two.unit, self.unit)
        return Term.of(number, self.unit, f"{self.text}-{two._in(2)}", 1)

    def __rsub__(self, other: Number) -> Term:
        return term(other) - self

    def __mul__(self, other: Term | Number) -> Term:
        two = term(other)
        unit = _product(self.unit, two.unit)
        return Term.of(self.number * two.number, unit, f"{self._in(2)}×{two._in(2)}", 2)

    def __rmul__(self, other: Number) -> Term:
        return term(other) * self

    def __truediv__(self, other: Term | Number) -> Term:
        two = term(other)
        unit = _quotient(self.unit, two.unit)
        return Term.of(self.number / two.number, unit, f"{self._in(2)}÷{two._in(3)}", 2)

    def __rtruediv__(self, other: Number) -> Term:
        return term(other) / self

    def __pow__(self, other: Term | Number) -> Term:
        two = term(other)
        exponent = two.magnitude("dimensionless")
        return Term.of(self.number**exponent, _power(self.unit, exponent), f"{self._in(3)}^{two._in(3)}", 3)

    def magnitude(self, unit: str) -> float:
        """Return the number in a unit of the registry."""
        return self.number * _factor(self.unit, _unit(unit))


@lru_cache(typed=True)
def _literal(value: Number) -> Term:
    digits = len(str(value).partition(".")[2])
    return Term.of(float(value), _unit("dimensionless"), format_number(value, digits))


def term(value: Term | Number) -> Term:
    """Return a term; a plain number stands for itself in the formula."""
    return value if isinstance(value, Term) else _literal(value)


def share(percentage: Term) -> Term:
    """Return a percentage as a share, for sums with plain numbers: ``1 - share(r)`` is written ``1-①÷100``."""
    number = percentage.magnitude("dimensionless")
    return Term.of(number, _unit("dimensionless"), f"{percentage._in(2)}÷100", 2)


def total(terms: Sequence[Term]) -> Term:
    """Return the sum of one or more terms, written ``①+②``."""
    return sum(terms[1:], terms[0])


def least(*terms: Term | Number) -> Term:
    """Return the smallest of some terms, written ``min(①, ②)``."""
    own = [term(t) for t in terms]
    unit = own[0].unit
    chosen = min(own, key=lambda t: t.number * _factor(t.unit, unit))
    return Term.of(chosen.number, chosen.unit, f"min({', '.join(t.text for t in own)})")


class Sheet:
    """The calculation table of one measure as it grows: entered rows first, then each formula.

    `defaults` are the rows that a measure may look up where an input decides which one applies.
    """

    def __init__(self, defaults: Mapping[str, Default] | None = None) -> None:
        self.rows: list[CalculationRow] = []
        self.defaults = defaults or {}
        self.fuel_unit = ""  # how the table prints the fuel that was entered, such as m3/年
        self.units: dict[str, str] = {}  # printed unit → the registry's, where a fuel fixes it

    def of_fuel(self, unit: str, amount: Quantity) -> str:
        """Return the printed unit of a fuel, which the rows that follow hold as this amount does."""
        self.fuel_unit = unit
        self.units[unit] = str(amount.units)
        return unit

    def entered(
        self,
        label: Message,
        quantity: Quantity,
        unit: str,
        *,
        basis: Message = _NOTHING,
        how: str = "",
        evidence: str = "",
        source: str = "",
    ) -> Term:
        """Write down a value that was entered or stands as a default, and return it as a term."""
        mark = symbol(len(self.rows) + 1)
        self.rows.append(CalculationRow(label, mark, quantity, unit, "", basis, how, evidence, source))
        return Term(quantity, mark)

    def row(self, ja: str, en: str, value: Term, unit: str, basis: Message = _NOTHING) -> Term:
        """Write down a computed value with its formula, and return it as the term of its own symbol.

        `unit` is what the table prints; where the units of the terms differ from it by a factor, the formula
        shows the factor (W × h is ÷1,000 in kWh).
        """
        own = self.units.get(unit) or internal_unit(unit)
        factor = _factor(value.unit, _unit(own))
        number = value.number * factor
        text = value.text + _scaling(factor, value)
        mark = symbol(len(self.rows) + 1)
        self.rows.append(CalculationRow(Message(ja, en), mark, quantity_of(number, own), unit, text, basis))
        return Term.of(number, _unit(own), mark)

    def summed(
        self, ja: str, en: str, unit: str, how: Message, compute: Callable[[], Quantity] | Quantity
    ) -> Term:
        """Write down a value that was summed over many hours, whose steps no table can hold; `how` says the rule."""
        quantity = (compute() if callable(compute) else compute).to(internal_unit(unit))
        mark = symbol(len(self.rows) + 1)
        self.rows.append(CalculationRow(Message(ja, en), mark, quantity, unit, "", how))
        return Term(quantity, mark)


def _scaling(factor: float, value: Term) -> str:
    """Return how a formula shows a change of unit: nothing, ``×`` or ``÷`` a number."""
    if factor == 1 or value.rank < 2:  # sums convert each part; the units beside the symbols show it
        return ""
    return _times(factor)


@cache
def _times(factor: float) -> str:
    sign, number = ("÷", round(1 / factor, 9)) if factor < 1 else ("×", factor)
    decimals = f"{number:.4f}".rstrip("0").partition(".")[2]
    return f"{sign}{format_number(number, len(decimals))}"
