"""Terms and the calculation sheet: a formula is computed and written down by one and the same expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
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
def _factor(unit: Any, to: str) -> float:
    return float(ureg.Quantity(1.0, unit).to(to).magnitude)


@cache
def _unit(name: str) -> Any:
    return ureg.Unit(name)


def quantity_of(magnitude: float, unit: str) -> Quantity:
    """Return a quantity of a unit of the registry; the unit is parsed only once."""
    return Q_(magnitude, _unit(unit))


class Term:
    """A quantity with the text that stands for it in a formula.

    Arithmetic makes new terms: ``a * b`` is the product of the quantities and the text ``①×②``. Dimensions are
    pint's business, so a kilowatt is never added to a kilowatt-hour.
    """

    __slots__ = ("quantity", "rank", "text")

    def __init__(self, quantity: Quantity, text: str, rank: int = 3) -> None:
        self.quantity, self.text, self.rank = quantity, text, rank

    def _in(self, rank: int) -> str:
        return self.text if self.rank >= rank else f"({self.text})"

    def __add__(self, other: Term | Number) -> Term:
        two = term(other)
        return Term(self.quantity + two.quantity, f"{self.text}+{two.text}", 1)

    def __radd__(self, other: Number) -> Term:
        return term(other) + self

    def __sub__(self, other: Term | Number) -> Term:
        two = term(other)
        return Term(self.quantity - two.quantity, f"{self.text}-{two._in(2)}", 1)

    def __rsub__(self, other: Number) -> Term:
        return term(other) - self

    def __mul__(self, other: Term | Number) -> Term:
        two = term(other)
        return Term(self.quantity * two.quantity, f"{self._in(2)}×{two._in(2)}", 2)

    def __rmul__(self, other: Number) -> Term:
        return term(other) * self

    def __truediv__(self, other: Term | Number) -> Term:
        two = term(other)
        return Term(self.quantity / two.quantity, f"{self._in(2)}÷{two._in(3)}", 2)

    def __rtruediv__(self, other: Number) -> Term:
        return term(other) / self

    def __pow__(self, other: Term | Number) -> Term:
        two = term(other)
        exponent = two.quantity.to("dimensionless").magnitude
        return Term(self.quantity**exponent, f"{self._in(3)}^{two._in(3)}", 3)

    def magnitude(self, unit: str) -> float:
        """Return the number in a unit of the registry."""
        return float(self.quantity.magnitude) * _factor(self.quantity.units, unit)


def term(value: Term | Number) -> Term:
    """Return a term; a plain number stands for itself in the formula."""
    if isinstance(value, Term):
        return value
    digits = len(str(value).partition(".")[2])
    return Term(Q_(float(value), "dimensionless"), format_number(value, digits))


def share(percentage: Term) -> Term:
    """Return a percentage as a share, for sums with plain numbers: ``1 - share(r)`` is written ``1-①÷100``."""
    return Term(percentage.quantity.to("dimensionless"), f"{percentage._in(2)}÷100", 2)


def total(terms: Sequence[Term]) -> Term:
    """Return the sum of one or more terms, written ``①+②``."""
    return sum(terms[1:], terms[0])


def least(*terms: Term) -> Term:
    """Return the smallest of some terms, written ``min(①, ②)``."""
    return Term(min(t.quantity for t in terms), f"min({', '.join(t.text for t in terms)})")


def greatest(*terms: Term | Number) -> Term:
    """Return the largest of some terms, written ``max(①, ②)``."""
    made = [term(t) for t in terms]
    return Term(max(t.quantity for t in made), f"max({', '.join(t.text for t in made)})")


class Sheet:
    """The calculation table of one measure as it grows: entered rows first, then each formula.

    `defaults` are the rows that a measure may look up where an input decides which one applies.
    """

    def __init__(self, defaults: Mapping[str, Default] | None = None) -> None:
        self.rows: list[CalculationRow] = []
        self.defaults = defaults or {}
        self.fuel_unit = ""  # how the table prints the fuel that was entered, such as m3/年
        self.units: dict[str, str] = {}  # printed unit → the registry's, where a fuel fixes it

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
        factor = _factor(value.quantity.units, own)
        quantity = quantity_of(float(value.quantity.magnitude) * factor, own)
        text = value.text + _scaling(factor, value)
        mark = symbol(len(self.rows) + 1)
        self.rows.append(CalculationRow(Message(ja, en), mark, quantity, unit, text, basis))
        return Term(quantity, mark)

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
    if factor < 1:
        inverse = round(1 / factor, 9)
        return f"÷{format_number(inverse, 0 if inverse == int(inverse) else 4)}"
    return f"×{format_number(factor, 0 if factor == int(factor) else 4)}"
