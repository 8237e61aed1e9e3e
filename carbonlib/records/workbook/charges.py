"""What the bill of a row breaks down, from the columns beside a table's one amount: 基本料金, 力率, 夜間使用量."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from carbonlib.errors import shown
from carbonlib.records.billrow import is_power_factor, may_be_negative, no_power_factor
from carbonlib.records.model import CHARGES
from carbonlib.records.reading.cells import number
from carbonlib.records.reading.charges import is_price, say_assumed, scale_of, unit_unknown
from carbonlib.records.reading.columns import Head, head
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.tables import Column, Table


def charge_columns(table: Table) -> dict[str, tuple[Column, Head]]:
    """Return the columns of lines of a bill; none where the table has several amounts that they may belong to."""
    if len(table.of("quantity")) != 1:
        return {}
    found: dict[str, tuple[Column, Head]] = {}
    twice = set()
    for column in table.columns:
        one = head("bills", column.text)
        if column.heading.kind not in {None, "ignored"} or one.column not in CHARGES or is_price(column.text):
            continue
        if one.column in found:
            twice.add(one.column)
        found[one.column] = (column, one)
    return {name: where for name, where in found.items() if name not in twice}


def charges_of(table: Table, row: int, unit: str, money: str, problems: Problems) -> dict[str, Decimal]:
    """Return what the bill of a row breaks down, by the names of ``CHARGES``.

    Parameters
    ----------
    table, row : Table, int
        Where to look.
    unit, money : str
        Of the row's amount and of its cost, empty where the table states none.
    problems : Problems
        Takes a line that cannot be read or whose unit nobody can tell.
    """
    found: dict[str, Decimal] = {}
    for name, (column, one) in charge_columns(table).items():
        cell = table.grid.cell(row, column.index)
        value = number(table.grid, cell, problems)
        if value is None:
            continue
        if value.unit and name != "power_factor_percent":
            stated = one.unit or one.money
            same = not stated or stated == value.unit
            money_cell = name.endswith("_jpy")
            one = replace(one, money=value.unit) if money_cell else replace(one, unit=value.unit)
            scale = scale_of(name, one, "") if same else None
        else:
            scale = scale_of(name, one, unit if name.endswith("_kwh") else money)
        if scale is None:
            problems.error("charge_unit", *unit_unknown(name, one), table.grid.place(cell))
        elif name == "power_factor_percent" and not is_power_factor(value.value):
            problems.error("charge", *no_power_factor(cell.text, value.value), table.grid.place(cell))
        elif value.value < 0 and not may_be_negative(name):
            problems.error(
                "charge",
                f"「{shown(column.text)}」の「{shown(cell.text)}」はありえない値です。正しい値に直してください。",
                f"{shown(cell.text)!r} cannot be the value of {shown(column.text)!r}; mend it.",
                table.grid.place(cell),
            )
        else:
            found[name] = value.value * scale
            say_assumed(name, one, problems, table.grid.place(column.cell))
    return found
