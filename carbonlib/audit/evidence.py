"""Totals as evidence: a total that closes only with another value of a cell names the cell and the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carbonlib.audit.intervals import Interval
from carbonlib.audit.mends import Mend, joint, plain_mend, unit_mends, value_mends, values_of
from carbonlib.audit.products import Check
from carbonlib.audit.rows import Row, Value
from carbonlib.audit.totals import Total

_BOTH = ("row", "total")


def _left_by(totals: Sequence[Total], row: Row, column: int) -> Interval | None:
    """Return what some totals together leave for a row's cell, None where they contradict each other."""
    left: Interval | None = None
    for total in totals:
        if total.value.column.index == column and total.covers(row):
            own = total.implied(row)
            left = own if left is None else left.meet(own)
            if left is None:
                return None
    return left


def confirmed(row: Row, checks: Sequence[Check], totals: Sequence[Total]) -> list[Mend]:
    """Return the mends of a broken row that would also close its broken totals; none where no cell does both.

    Parameters
    ----------
    row : Row
        A row with a product that does not close.
    checks : sequence of Check
        All products of the row.
    totals : sequence of Total
        Of the table.
    """
    broken = [t for t in totals if not t.closes]
    strong: list[Mend] = []
    for value in values_of([c for c in checks if not c.closes]):
        left = _left_by(broken, row, value.column.index)
        both = joint(checks, value.column, left) if left is not None else None
        if both is not None:
            slips = unit_mends(row, value, both, False) + value_mends(row, value, both, _BOTH)
            strong += slips or [plain_mend(row, value, both, _BOTH)]
    return strong


def settled(totals: Sequence[Total], found: Sequence[Mend]) -> list[Total]:
    """Return the totals with a part mended where the total itself confirms that mend, and no other row's.

    Parameters
    ----------
    totals : sequence of Total
        Of the table.
    found : sequence of Mend
        What `confirmed` says of all rows.
    """
    made = []
    for total in totals:
        column = total.value.column.index
        own = [m for m in found if m.where is not None and m.column.index == column and total.covers(m.row)]
        alone = not total.closes and len({m.row.number for m in own}) == 1
        mended = total.with_part(own[0].row, own[0].where) if alone and own[0].where else total
        made.append(mended)
    return made


def left_by_closing(row: Row, checks: Sequence[Check], totals: Sequence[Total]) -> dict[int, Interval]:
    """Return, by column, what the totals that close as printed leave for the cells of a row."""
    closing = [t for t in totals if t.closes]
    bounds = ((v.column.index, _left_by(closing, row, v.column.index)) for c in checks for v in c.values)
    return {index: left for index, left in bounds if left is not None}


def of_totals(
    totals: Sequence[Total],
    checks: Mapping[int, Sequence[Check]],
    instead: Mapping[int, Mapping[int, Interval]],
) -> list[Mend]:
    """Return what mends the totals that the mends of broken rows do not close.

    Parameters
    ----------
    totals : sequence of Total
        Of the table.
    checks : mapping of int to sequence of Check
        Products by row number: a part that its own row confirms is not mended.
    instead : mapping of int to mapping of int to Interval
        By column and row number, what broken rows imply for their own cells.
    """
    open_ = [t for t in totals if not t.closes and not t.closes_with(instead.get(t.value.column.index, {}))]
    made: list[Mend] = []
    for column in dict.fromkeys(t.value.column.index for t in open_):
        own = [t for t in open_ if t.value.column.index == column]
        made += _of_column(own, [t for t in totals if t.closes], checks)
    return made


def _of_column(
    broken: Sequence[Total], closing: Sequence[Total], checks: Mapping[int, Sequence[Check]]
) -> list[Mend]:
    column = broken[0].value.column
    ways: list[tuple[int, list[Mend]]] = [(1, value_mends(t.row, t.value, t.sum, ("total",))) for t in broken]
    parts: dict[int, tuple[Row, Value]] = {r.number: (r, v) for t in broken for r, v, _ in t.parts}
    for row, value in parts.values():
        covering = [t for t in broken if t.covers(row)]
        left = _left_by([*covering, *closing], row, column.index)
        own = checks.get(row.number, ())
        left = joint(own, column, left) if left is not None else None
        if left is not None:
            mends = value_mends(row, value, left, _BOTH if own else ("total",))
            ways.append((len(covering), unit_mends(row, value, left, False) + mends))
    most = max((count for count, mends in ways if mends), default=0)
    found = [m for count, mends in ways if count == most for m in mends]
    return found or [plain_mend(t.row, t.value, t.sum, ("total",)) for t in broken]
