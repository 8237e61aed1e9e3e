"""Amounts as measures hold and print them: units of entered values, of fuels, and default values in a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from carbonlib.errors import Message
from carbonlib.measures.model import CalculationRow, Effect, Input
from carbonlib.measures.terms import Sheet, Term, internal_unit, quantity_of
from carbonlib.records.defaults import Default
from carbonlib.units import Q_, Quantity, same_dimension


@lru_cache(maxsize=4096)
def _scale(units: Any, unit: str) -> float | None:
    """Return how many of a printed unit one of `units` is; None where it is something else."""
    own = internal_unit(unit)
    counted = str(units).partition(" ")[0] == "piece"
    if (own == "piece") != counted and own in {"piece", "percent", "dimensionless"}:
        return None
    one = Q_(1.0, units)
    if not same_dimension(one, own):
        one = one * Q_(1.0, "year")
        if not (unit.endswith("/年") and same_dimension(one, own)):
            return None
    return float(one.to(own).magnitude)


def fits(value: Quantity, unit: str) -> bool:
    """Return whether a quantity is one of a printed unit; a count is no share, and a year may be left out."""
    return _scale(value.units, unit) is not None


def in_unit(value: Quantity, unit: str) -> Quantity:
    """Return a fitting quantity in the registry's unit of a printed one, what is per year as the amount of a year.

    >>> in_unit(Q_(36.5, "MWh/year"), "kWh/年")
    <Quantity(36500.0, 'kilowatt_hour')>
    """
    scale = _scale(value.units, unit)
    assert scale is not None, f"{value} is not in {unit}"
    return quantity_of(float(value.magnitude) * scale, internal_unit(unit))


def own_unit(value: Quantity, unit: str) -> str | None:
    """Return the unit in which an amount of fuel is held; a cubic metre keeps its own gas state."""
    if unit != "m3":
        return unit if same_dimension(value, unit) else None
    name = str(value.units)
    return name if name.endswith("cubic_meter") else None


def fuel_label(value: Quantity) -> str:
    """Return the printed unit of an annual amount of fuel.

    >>> fuel_label(Q_(1, "Nm3")), fuel_label(Q_(1, "m3_lpg"))
    ('Nm3/年', 'm3/年')
    """
    name = str(value.units)
    if name.endswith("normal_cubic_meter"):
        return "Nm3/年"
    plain = {"liter": "L", "kilogram": "kg", "kilowatt_hour": "kWh"}
    return f"{plain.get(name, 'm3')}/年"


def enter_default(sheet: Sheet, label: Message, row: Default, unit: str) -> Term:
    """Write down a default with its evidence, and return it as a term."""
    return sheet.entered(
        label,
        in_unit(row.quantity, unit),
        unit,
        basis=_default_basis(row),
        how="標準値",
        evidence=row.evidence,
        source=row.source,
    )


def enter_total(sheet: Sheet, effects: Sequence[Effect]) -> Term | None:
    """Write down the sum of several effects on one carrier as the last row, by the rows that they stand in.

    Nothing is written for one effect, nor for several carriers, whose amounts do not add.
    """
    if len(effects) < 2 or len({e.carrier for e in effects}) > 1:
        return None
    rows = list(sheet.rows)
    # from the end: of two effects of one size each finds its own row
    signed = [_taken_out(rows, e) for e in reversed(effects)][::-1]
    signed.sort(key=lambda one: -one[0])  # what is taken away stands behind
    first, *others = [(sign, Term(row.quantity, row.symbol)) for sign, row in signed]
    found = first[1] if first[0] > 0 else -1 * first[1]
    for sign, one in others:
        found = found + one if sign > 0 else found - one
    if effects[0].carrier == "electricity":
        return sheet.row("合計の削減電力量", "electricity saved in all", found, "kWh/年")
    return sheet.row("合計の削減量", "saved in all", found, sheet.fuel_unit)


def _taken_out(rows: list[CalculationRow], effect: Effect) -> tuple[int, CalculationRow]:
    """Return the last row that holds an effect, with -1 where the effect is what the row uses more, and take it out."""
    for sign in (1, -1):
        for row in reversed(rows):
            amount = sign * effect.saved
            if row.quantity.units == amount.units and row.quantity.magnitude == amount.magnitude:
                rows.remove(row)
                return sign, row
    raise AssertionError(f"no row of the table holds the effect {effect}")


def usual(sheet: Sheet, declared: Input, given: Term | None) -> Term:
    """Return what was given of an optional input, or write down its default now that it is needed."""
    if given is not None:
        return given
    label = Message(declared.label_ja, declared.label_en)
    return enter_default(sheet, label, sheet.defaults[declared.default], declared.unit)


def _default_basis(row: Default) -> Message:
    doubt_ja = "標準値・仮定" if row.evidence == "assumption" else "標準値"
    doubt_en = "standard value, assumption" if row.evidence == "assumption" else "standard value"
    usual = f"通常 {row.low}〜{row.high}".replace(" %", "%") if row.low and row.high else ""
    parts = [p for p in (doubt_ja, row.label_ja, usual, row.note) if p]
    return Message("。".join(parts), f"{doubt_en}: {row.label_en}")
