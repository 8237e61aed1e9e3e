"""Entering what was read into a measure's table: it begins with the inputs, in the order in which they are declared."""

from __future__ import annotations

from typing import Any

from carbonlib.errors import Message
from carbonlib.measures.amounts import enter_default, fuel_label
from carbonlib.measures.model import Declared, Fuel, Input, Rows
from carbonlib.measures.terms import Sheet
from carbonlib.records.defaults import Default

_NO_BASIS = Message("", "")


def enter(sheet: Sheet, declared: Declared, value: Any) -> Any:
    """Return an input as a term of the table, those of rows by name in each row.

    Parameters
    ----------
    sheet : Sheet
        The table.
    declared : Declared
        What the measure says of the input.
    value : Given, Default, or the rows, series or choice itself
        As the door let it in; None where it is left out.
    """
    if isinstance(declared, Rows):
        return [
            {"name": name, **{i.name: _one(sheet, i, cells[i.name], f"{name}: ") for i in declared.inputs}}
            for name, cells in value or ()
        ]
    return _one(sheet, declared, value, "")


def _one(sheet: Sheet, declared: Declared, value: Any, prefix: str) -> Any:
    if value is None or not isinstance(declared, Input | Fuel):
        return value
    label = Message(prefix + declared.label_ja, prefix + declared.label_en)
    if isinstance(declared, Fuel):
        unit = sheet.of_fuel(fuel_label(value.value), value.value)
    elif isinstance(value, Default):
        return enter_default(sheet, label, value, declared.unit)
    else:
        unit = declared.unit
    basis = Message(value.basis, value.basis) if value.basis else _NO_BASIS
    return sheet.entered(label, value.value, unit, basis=basis, how=value.how)
