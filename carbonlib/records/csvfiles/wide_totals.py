"""The totals of bills in wide form: a column that adds up the months, a row that adds up the rows above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from carbonlib.records.csvfiles.cells import carrier_id
from carbonlib.records.csvfiles.wide_rows import WideRow, WideRows
from carbonlib.records.sums import Stated, compare, says_sum
from carbonlib.records.workbook.cells import number
from carbonlib.records.workbook.model import Problems


def compare_wide_totals(
    rows: WideRows, readable: Mapping[int, WideRow], sums: Mapping[int, str], is_total: Sequence[bool]
) -> None:
    """Compare the columns of totals with each row's months, and the rows of totals with the rows above them.

    Parameters
    ----------
    rows : WideRows
        The table.
    readable : mapping of int to WideRow
        The rows that could be read, totals among them, by their index.
    sums : mapping of int to str
        Headings of the columns of totals.
    is_total : sequence of bool
        For each row of the table.
    """
    for row, one in readable.items():
        if not is_total[row] and one.adds_up:
            for index, said in sums.items():
                _compare(rows, (row, index), said, list(one.values.values()), one.unit)
    totals = [r for r in readable if is_total[r]]
    for at, row in enumerate(totals):
        label = next((t for c in rows.columns if says_sum(t := rows.raw(row, c))), "")
        before = totals[at - 1] if at else -1
        given = {c: v for c in rows.columns if (v := rows.raw(row, c)) and v != label and c != "note"}
        above = [r for r in readable if r < row and not is_total[r]]
        parts = [
            r
            for r in above
            if r > before and all(carrier_id(rows.raw(r, c)) == carrier_id(v) for c, v in given.items())
        ]
        kinds = {(readable[r].kind, readable[r].unit) for r in parts}
        if not label or len(kinds) != 1 or not readable[parts[0]].adds_up:
            rows.problems.note(
                "total_unchecked",
                "合計などの行は取り込みません。種類や単位の違う行の合計なので、和は確かめていません。",
                "The row of totals is not stored, and not checked, since it is over rows of several kinds or units.",
                rows.table.place(row),
            )
            continue
        for index, month in rows.months.items():
            values = [readable[r].values[month] for r in parts if month in readable[r].values]
            title = f"{label} {rows.table.header[index]}"
            _compare(rows, (row, index), title, values, readable[parts[0]].unit)


def _compare(rows: WideRows, at: tuple[int, int], label: str, values: list[Decimal], unit: str) -> None:
    stated = number(rows.grid, rows.grid.cell(*at), Problems())
    if stated and values:
        compare(Stated(label, stated.value, rows.table.place(at[0])), values, unit, rows.problems)
