"""The audit of one table: its products, its totals, and for each break what would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from carbonlib.audit.carriers import foreign_factor, without_factor
from carbonlib.audit.evidence import confirmed, left_by_closing, of_totals, settled
from carbonlib.audit.intervals import Interval
from carbonlib.audit.known import Known, known_factors
from carbonlib.audit.mends import Mend, joint, row_mends, values_of
from carbonlib.audit.products import Check, Product, checks_of, products_of, rounded_down_columns
from carbonlib.audit.rows import Row, rounded_down, rows_of
from carbonlib.audit.totals import totals_of
from carbonlib.factors import FactorSet
from carbonlib.records.printed_columns import Column
from carbonlib.records.printed_table import PrintedTable

_VOTING_ROWS = 300  # enough to tell which columns multiply
_FACTORS_BESIDE = 50


@dataclass(frozen=True)
class Audit:
    """What was checked in a table and what would mend each break; no mends where everything closes."""

    table: PrintedTable
    products: int
    totals: int
    mends: tuple[Mend, ...]


def audit(table: PrintedTable, sets: Iterable[FactorSet]) -> Audit:
    """Recompute a printed table and name the cells that break it.

    Parameters
    ----------
    table : PrintedTable
        As read from a file.
    sets : iterable of FactorSet
        Published factors that an implied factor is compared with.

    Returns
    -------
    Audit
        How many products and totals were checked, and the mends in the order of the rows.

    >>> from carbonlib.factors import built_in_sets
    >>> from carbonlib.records.printed_columns import column_of
    >>> from carbonlib.records.printed_table import TableRow
    >>> columns = tuple(column_of(i, h) for i, h in enumerate(("使用量（m3）", "単価（円/m3）", "費用")))
    >>> table = PrintedTable("t.csv", "", columns, (TableRow(1, 2, ("295", "196.61", "8千円")),))
    >>> [(m.column.header, m.printed, str(m.implied), m.reason) for m in audit(table, built_in_sets().values()).mends]
    [('費用', '8千円', '58', 'digit_lost')]
    """
    known = known_factors(sets)
    rows = rows_of(table)
    products = products_of(table.columns, rows[:_VOTING_ROWS], known)
    checks = [c for p in products for c in checks_of(p, rows, known)]
    if down := rounded_down_columns(checks):
        rows = [rounded_down(r, down) for r in rows]
        checks = [c for p in products for c in checks_of(p, rows, known)]
    totals = totals_of(rows, table.columns)
    by_row: dict[int, list[Check]] = {}
    for check in checks:
        by_row.setdefault(check.row.number, []).append(check)
    headers, by_factor = _doubtful_headers(checks), _factors_of(checks)
    mends: list[Mend] = []
    strong = {
        row.number: confirmed(row, own, totals)
        for row in rows
        if (own := by_row.get(row.number, [])) and not all(c.closes for c in own)
    }
    totals = settled(totals, [m for found in strong.values() for m in found])
    instead: dict[int, dict[int, Interval]] = {}
    factorless = _factorless(table.columns, products)
    for row in rows:
        mends += [
            Mend(row, column, cell.text, None, "unreadable", evidence=()) for column, cell in row.unreadable
        ]
        own = by_row.get(row.number, [])
        if all(c.closes for c in own):
            mends += _against_carrier(row, own, factorless, known)
            continue
        within = left_by_closing(row, own, totals)
        mends += strong[row.number] or row_mends(row, own, by_factor, known, headers, within)
        for value in values_of([c for c in own if not c.closes]):
            if (implied := joint(own, value.column)) is not None:
                instead.setdefault(value.column.index, {})[row.number] = implied
    mends += of_totals(totals, by_row, instead)
    once: dict[tuple[object, ...], Mend] = {}
    for mend in sorted(mends, key=lambda m: m.row.number):
        once.setdefault((mend.row.number, mend.column.index, str(mend.implied), mend.reason), mend)
    return Audit(table, len(checks), len(totals), tuple(once.values()))


def _doubtful_headers(checks: Sequence[Check]) -> frozenset[int]:
    """Return the columns whose unit in the heading closes no row: the heading itself may be what is wrong."""
    closing = {v.column.index for c in checks if c.closes for v in c.values}
    return frozenset(v.column.index for c in checks for v in c.values) - closing


def _factors_of(checks: Sequence[Check]) -> dict[int, list[Check]]:
    """Return, by factor column, one product for each factor that the table prints, `_FACTORS_BESIDE` at most."""
    found: dict[int, dict[object, Check]] = {}
    for check in checks:
        own = found.setdefault(check.factor.column.index, {})
        if len(own) < _FACTORS_BESIDE:
            label = check.base.size.label if check.base.size else ""
            own.setdefault((check.factor.number, check.factor.size, label), check)
    return {column: list(own.values()) for column, own in found.items()}


def _factorless(columns: Sequence[Column], products: Sequence[Product]) -> list[tuple[Column, Column]]:
    """Return amount and result columns of a table that prints no factor for the result."""
    used = {p.result for p in products}
    amounts = [c for c in columns if c.role == "quantity"]
    if len(amounts) != 1 or any(c.role == "factor" and c.kind in {"", "co2", "carbon"} for c in columns):
        return []
    return [(amounts[0], c) for c in columns if c.role == "result" and c not in used]


def _against_carrier(
    row: Row, checks: Sequence[Check], factorless: Sequence[tuple[Column, Column]], known: Sequence[Known]
) -> list[Mend]:
    if row.total or row.mean:
        return []
    foreign: Mapping[str, Mend] = {str(m.implied): m for c in checks for m in foreign_factor(c, known)}
    return [
        *foreign.values(),
        *(m for base, result in factorless for m in without_factor(row, base, result, known)),
    ]
