"""The cost of a row: with tax, without tax or unknown, in yen whatever the heading's unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carbonlib.errors import shown
from carbonlib.records.model import TAX_WORDS, Tax
from carbonlib.records.reading.abovetable import tax_said
from carbonlib.records.reading.cells import is_nothing, number
from carbonlib.records.reading.columns import taxes_contradict
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import tax_in
from carbonlib.records.workbook.below import is_numeric
from carbonlib.records.workbook.series import Series
from carbonlib.records.workbook.tables import Column, Table
from carbonlib.units.spellings import key
from carbonlib.units.spellings import table as spellings


@dataclass(frozen=True)
class Cost:
    """The cost that is stored, and a sentence on one that is not."""

    jpy: Decimal | None = None
    tax: Tax = "unknown"
    other: str = ""


def _yen(
    table: Table, series: Series, row: int, column: Column, problems: Problems
) -> tuple[Decimal, Cell] | None:
    """Return the cost in a column, in yen."""
    cell = table.grid.take(table.grid.filled(row, column.index))
    if table.grid.covered(row, column.index):
        first = table.grid.filled(row, column.index)
        if not table.grid.covered(row, series.amount.index) and first.value != "":
            problems.error(
                "merged_cost",
                "料金のセルが複数の行にわたって結合されています。結合を解いて月ごとに書いてください。",
                "The cost is one merged cell for several rows; divide it by month.",
                table.grid.place(table.grid.cell(row, column.index)),
            )
        return None
    found = number(table.grid, cell, problems)
    if found is None:
        return None
    beside = next((c for c in series.columns.get("cost_unit", [])), None)
    in_row = table.grid.filled(row, beside.index).text if beside else ""
    stated = [u for u in (found.unit, in_row, column.heading.money) if u]
    unit = next(iter(stated), series.money or "円")
    name = key(unit)
    if len({key(u) for u in stated}) > 1 or name not in spellings() or spellings()[name].unit != "JPY":
        problems.error(
            "cost_unit",
            f"料金の単位「{shown('・'.join(stated) or unit)}」が読めないか、食い違っています。円・千円・万円 のどれか 1 つにしてください。",
            f"The unit of the cost, {shown(', '.join(stated) or unit)!r}, is not readable or contradicts itself; write 円, 千円 or 万円.",
            table.grid.place(cell),
        )
        return None
    if not stated and not series.money:
        problems.warning(
            "cost_unit_assumed",
            f"「{shown(column.text)}」に単位がないので、円として読みました。",
            f"{shown(column.text)!r} has no unit and was read as yen.",
            table.grid.place(column.cell),
        )
    return found.value * spellings()[name].scale, cell


def _own_tax(table: Table, series: Series, row: int, problems: Problems) -> Tax:
    """Return what the column of tax says of a row; what is no tax is named, but a number, which is an amount of it."""
    for column in series.columns.get("tax", []):
        cell = table.grid.filled(row, column.index)
        if is_nothing(cell) or not isinstance(cell.value, str) or is_numeric(cell):
            continue
        table.grid.take(cell)
        words = {word: tax for tax, word in TAX_WORDS.items()}
        if (
            said := words.get(cell.text.strip()) or tax_in(cell.text)
        ) != "unknown" or cell.text.strip() in words:
            return said
        problems.error(
            "tax",
            f"「{shown(cell.text)}」は税区分として読めません。税込・税抜・不明のどれかにしてください。",
            f"{shown(cell.text)!r} is no tax; write 税込 (included), 税抜 (excluded) or 不明 (unknown).",
            table.grid.place(cell),
        )
    return "unknown"


def cost_of(table: Table, series: Series, row: int, problems: Problems) -> Cost:
    """Return the cost of a row: without tax where that is given, for prices are compared so.

    Parameters
    ----------
    table, series, row : Table, Series, int
        Where to look.
    problems : Problems
        Takes what cannot be read.
    """
    found: dict[Tax, tuple[Decimal, Cell]] = {}
    own = _own_tax(table, series, row, problems)
    for column in series.columns.get("cost", []):
        one = _yen(table, series, row, column, problems)
        if one is None:
            continue
        tax = column.heading.tax if column.heading.tax != "unknown" else own
        if own not in {"unknown", tax} and len(series.columns["cost"]) == 1:
            said = taxes_contradict(TAX_WORDS[tax], TAX_WORDS[own])
            problems.error("tax_contradicts", *said, table.grid.place(one[1]))
        if tax == "unknown":
            tax = tax_said(c.text for line in table.above for c in line)
        if tax in found:
            problems.error(
                "two_costs",
                f"料金が 2 つあります（「{shown(column.text)}」）。合計の列だけを残してください。",
                f"There are two costs (see {shown(column.text)!r}); keep the total alone.",
                table.grid.place(one[1]),
            )
            return Cost()
        found[tax] = one
    if not found:
        return Cost()
    if "included" in found and "excluded" in found:
        (with_tax, cell), (without, _) = found["included"], found["excluded"]
        if with_tax < without:
            problems.error(
                "tax_swapped",
                "税込の料金が税抜より少なくなっています。列を取り違えていないか確かめてください。",
                "The cost with tax is less than without; check whether the columns are swapped.",
                table.grid.place(cell),
            )
        return Cost(without, "excluded", f"税込 {with_tax:f} 円")
    tax, (jpy, cell) = next(iter(found.items()))
    if len(found) > 1:
        problems.error(
            "two_costs",
            "料金が 2 つの列に書かれています。税込か税抜か分かるほうだけを残してください。",
            "The cost stands in two columns; keep the one whose tax is known.",
            table.grid.place(cell),
        )
    return Cost(jpy, tax)
