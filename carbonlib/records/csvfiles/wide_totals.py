"""The totals of bills in wide form: a column that adds up the months, a row that adds up the rows above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from carbonlib.fiscal_year import Month
from carbonlib.records.csvfiles.cells import carrier_id
from carbonlib.records.csvfiles.wide_rows import WideRow, WideRows
from carbonlib.records.reading.cells import Number, number
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.sums import Stated, compare_nearest, in_unit
from carbonlib.records.reading.totalwords import says_sum
from carbonlib.records.reading.words import is_annual, spelled

_GRAND = {"総合計", "総計", "grandtotal"}


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
                if says_sum(said, months=True) or is_annual(said):
                    _compare(rows, (row, index), said, _months_before(rows, one, index, sums), one.unit)
    before: list[int] = []
    for row in (r for r in readable if is_total[r]):
        _total_row(rows, readable, row, before, is_total)
        before.append(row)


def _months_before(rows: WideRows, one: WideRow, column: int, sums: Mapping[int, str]) -> list[list[Decimal]]:
    """Return what a column of totals may add up: the months since one of the totals before it, or all of them."""
    at = {i: one.values[m] for i, m in rows.months.items() if m in one.values}
    begins = sorted({0, *(i for i in sums if i < column)}, reverse=True)
    return [*([v for i, v in at.items() if begin <= i < column] for begin in begins), list(at.values())]


def _total_row(
    rows: WideRows, readable: Mapping[int, WideRow], row: int, before: Sequence[int], is_total: Sequence[bool]
) -> None:
    """Compare a row of totals with the rows since one of the totals before it; a grand total is over all of them."""
    label = next((t for c in rows.columns if says_sum(t := rows.raw(row, c))), "")
    own = {"note", "unit"}
    given = {c: v for c in rows.columns if c not in own and (v := rows.raw(row, c)) and not says_sum(v)}
    total = readable[row]
    total.unit = spelled(total.unit)
    above = [
        r
        for r in readable
        if r < row
        and not is_total[r]
        and all(carrier_id(rows.raw(r, c)) == carrier_id(v) for c, v in given.items())
        and (not total.unit or in_unit(Number(Decimal(1), readable[r].unit), total.unit) is not None)
    ]
    grand = plain(label) in _GRAND
    begins = [-1] if grand else [*reversed(before), -1]
    groups = [group for begin in begins if (group := [r for r in above if r > begin])]
    alike = [g for g in groups if len({(readable[r].kind, total.unit or readable[r].unit) for r in g}) == 1]
    why, why_en = "", ""
    if not label:
        why, why_en = "合計ではなく平均や比較の行なので", "since it is an average or a comparison"
    elif not groups:
        why, why_en = "上に足す行が見つからないので", "since no row above it is of its kind"
    elif not alike:
        why, why_en = "種類や単位の違う行の合計なので", "since it is over rows of several kinds or units"
    elif not readable[alike[0][0]].adds_up:
        why, why_en = (
            "電力や力率は足し合わせる量ではないので",
            "since a power or a power factor does not add up",
        )
    if why:
        rows.problems.note(
            "total_unchecked",
            f"合計などの行は取り込みません。{why}、和は確かめていません。",
            f"The row of totals is not stored, and not checked, {why_en}.",
            rows.table.place(row),
        )
        return
    unit = total.unit or readable[alike[0][0]].unit
    for index, month in rows.months.items():
        parts = [[n for r in g if (n := _value(readable[r], month, unit)) is not None] for g in alike]
        _compare(rows, (row, index), f"{label} {rows.table.header[index]}", parts, unit)


def _value(one: WideRow, month: Month, unit: str) -> Decimal | None:
    """Return what a row holds of a month in a unit, None for nothing."""
    found = one.values.get(month)
    if found is None or one.unit == unit:
        return found
    return in_unit(Number(found, one.unit), unit)


def _compare(
    rows: WideRows, at: tuple[int, int], label: str, groups: Sequence[list[Decimal]], unit: str
) -> None:
    """Name a total that none of the groups of values adds up to, beside the one that comes nearest."""
    found = number(rows.grid, rows.grid.cell(*at), Problems())
    if found:
        compare_nearest(Stated(label, found.value, rows.table.place(at[0])), groups, unit, rows.problems)
