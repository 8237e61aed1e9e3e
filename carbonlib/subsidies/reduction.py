"""CO2 and crude-oil equivalent under a round's own factors, never rounded before they are compared."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import Chain
from carbonlib.errors import Message
from carbonlib.factors import Carrier, Factor, Programme, carrier_named, carriers, programme
from carbonlib.factors.convert import to_carrier_unit
from carbonlib.fiscal_year import label
from carbonlib.records.subsidy_round import Round
from carbonlib.subsidies.application import annual
from carbonlib.units import GEOMETRIC, Quantity


@dataclass(frozen=True)
class Reduced:
    """An amount under the round's factors [t CO2 or kL], None where a factor is missing, and what was used."""

    value: Fraction | None
    used: tuple[str, str]
    missing: tuple[Message, ...] = ()


_Found = tuple[Fraction | None, tuple[str, str], tuple[Message, ...]]


def _printed(factor: Factor) -> str:
    value = f"{float(factor.value):.6g}" if isinstance(factor.value, Fraction) else f"{factor.value}"
    return f"{value} {factor.unit}"


def _both(kind: Carrier, written: str) -> tuple[str, str]:
    return f"{kind.label_ja} {written}", f"{kind.label_en} {written}"


class OwnFactors:
    """The factors of a round, each looked up once.

    Raises
    ------
    FactorError
        Where the round's programme is not among `programmes`.
    """

    def __init__(self, round: Round, programmes: Mapping[str, Programme]) -> None:
        self.factors = round.factors
        self.programme = programme(round.factors.programme, among=programmes)
        self._found: dict[tuple[str, str, str, str], _Found] = {}

    def _per_unit(self, carrier: str, unit: str, supplier: str, what: str) -> _Found:
        """Return what one `unit` of a carrier comes to, the factor as printed, and why there is none."""
        key = (carrier, unit, supplier, what)
        if key not in self._found:
            self._found[key] = self._look_up(carrier, unit, supplier, what)
        return self._found[key]

    def _look_up(self, carrier: str, unit: str, supplier: str, what: str) -> _Found:
        kind, year = carrier_named(carrier), self.factors.fiscal_year
        basis = self.programme.volume_basis(carrier, year) if kind.group == "gas" else GEOMETRIC
        amount = to_carrier_unit(carrier, Fraction(1), unit, basis, self.programme, text=f"1 {unit}")
        own = self.factors.electricity
        if what == "co2" and own is not None and kind.group == "electricity":
            return amount.value * own, _both(kind, self.factors.written), ()
        chain = Chain(carrier, amount.unit, self.programme, year, supplier)
        value, factor = chain.co2(amount.value) if what == "co2" else chain.energy(amount.value)
        if value is None or factor is None:
            return None, ("", ""), tuple(f.message for f in chain.findings if f.severity == "warning")
        value = value if what == "co2" else chain.crude_oil(value)
        return value, _both(kind, _printed(factor)), ()

    def _sum(self, amounts: Mapping[str, Quantity], suppliers: Mapping[str, str], what: str) -> Reduced:
        total: Fraction | None = Fraction(0)
        used: list[tuple[str, str]] = []
        wrong: list[Message] = []
        for carrier, quantity in amounts.items():
            number, unit = annual(quantity, carrier)
            each, printed, missing = self._per_unit(carrier, unit, suppliers.get(carrier, ""), what)
            wrong += missing
            used.append(printed)
            total = None if total is None or each is None else total + number * each
        return Reduced(total, self._named(used), tuple(wrong))

    def _named(self, used: list[tuple[str, str]]) -> tuple[str, str]:
        year, listed = self.factors.fiscal_year, [u for u in used if u[0]]
        ja, en = "、".join(u[0] for u in listed), ", ".join(u[1] for u in listed)
        return (
            f"係数: {self.programme.name_ja}・{label(year)}" + (f"（{ja}）。" if ja else "。"),
            f"Factors: {self.programme.name_en}, {label(year, 'en')}" + (f" ({en})." if en else "."),
        )

    def co2(self, saved: Mapping[str, Quantity], suppliers: Mapping[str, str]) -> Reduced:
        """Return the CO2 of what is saved in a year. [t]"""
        return self._sum(saved, suppliers, "co2")

    def crude_oil(self, used: Mapping[str, Quantity], suppliers: Mapping[str, str]) -> Reduced:
        """Return the crude-oil equivalent of a year's use. [kL]"""
        return self._sum(used, suppliers, "crude_oil")

    def electricity_for(self, amount: Fraction, what: str = "co2", supplier: str = "") -> Fraction | None:
        """Return the electricity that comes to `amount` t CO2 (or kL crude oil), None without a factor. [kWh]"""
        each = self._per_unit("electricity", "kWh", supplier, what)[0]
        return amount / each if each else None


def whole_kwh(kwh: Fraction) -> int:
    """Return the least whole number of kWh that is enough.

    >>> whole_kwh(3 / Fraction("0.000495")), whole_kwh(3 / Fraction("0.000452"))
    (6061, 6638)
    """
    return math.ceil(kwh)


def only_electricity(saved: Mapping[str, Quantity]) -> bool:
    """Return whether electricity is all that is saved."""
    return bool(saved) and all(carriers()[c].group == "electricity" for c in saved if c in carriers())
