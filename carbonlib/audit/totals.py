"""Total rows: which rows a total adds, whether it closes, and what it leaves for each of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from carbonlib.audit.intervals import Interval, total_of
from carbonlib.audit.rows import Row, Value
from carbonlib.records.printed_cells import read_cell
from carbonlib.records.printed_columns import Column


@dataclass(frozen=True)
class Total:
    """One total of one column: its cell and its parts, each with the number that brings it to the total's unit."""

    row: Row
    value: Value
    parts: tuple[tuple[Row, Value, Fraction], ...]

    @cached_property
    def _own(self) -> dict[int, Interval]:
        return {row.number: value.interval.times(scale) for row, value, scale in self.parts}

    @cached_property
    def _scales(self) -> dict[int, Fraction]:
        return {row.number: scale for row, _, scale in self.parts}

    @cached_property
    def sum(self) -> Interval:
        """The sum of the parts, in the unit of the total."""
        return total_of(self._own.values())

    @cached_property
    def closes(self) -> bool:
        """Whether some true values behind the parts add up to the total."""
        return self.sum.meets(self.value.interval)

    def covers(self, row: Row) -> bool:
        """Return whether a row is one of the parts."""
        return row.number in self._own

    def implied(self, row: Row) -> Interval:
        """Return what the total and the other parts leave for the part in `row`, in the part's unit."""
        own = self._own[row.number]
        others = Interval(self.sum.low - own.low, self.sum.high - own.high)
        return (self.value.interval - others).times(1 / self._scales[row.number])

    def with_part(self, row: Row, interval: Interval) -> Total:
        """Return the total with what a part stands for once it is mended."""
        parts = (
            (r, replace(v, interval=interval) if r.number == row.number else v, s) for r, v, s in self.parts
        )
        return replace(self, parts=tuple(parts))

    def closes_with(self, instead: Mapping[int, Interval]) -> bool:
        """Return whether the total closes once some parts, by row number, stand for other values."""
        parts = (instead.get(p.number, v.interval).times(s) for p, v, s in self.parts)
        return total_of(parts).meets(self.value.interval)


def _groups(rows: Sequence[Row], at: int) -> list[list[Row]]:
    """Return the sets of rows that the total at a position may add, the likeliest first."""
    plain = [r for r in rows[:at] if not r.mean and not r.of_which]
    if not any(not r.total for r in plain):
        below = rows[at + 1 :]
        end = next((i for i, r in enumerate(below) if r.total), len(below))
        return [[r for r in below[:end] if not r.mean and not r.of_which]]
    last = max((i for i, r in enumerate(plain) if r.total), default=-1)
    since = [r for r in plain[last + 1 :] if not r.total]
    everything = [r for r in plain if not r.total]
    chained = [r for r in plain if r.total] + since
    subtotals = [r for r in plain if r.subtotal] + since
    ordered = [since, everything] if rows[at].subtotal else [everything, since]
    return [g for g in (*ordered, chained, subtotals) if g]


def _part(row: Row, column: Column, total: Value) -> tuple[Row, Value, Fraction] | str | None:
    """Return a part, None where it is nothing, or why it cannot be known."""
    value = row.values.get(column.index)
    if value is None:
        blank = read_cell(row.source.cells[column.index]).state == "blank"
        speaks = any(v.number and v.column.role != "factor" for v in row.values.values())
        return None if blank and not speaks else "unknown"
    if value.size is None or total.size is None or value.size == total.size:
        return row, value, Fraction(1)
    if value.size.top != total.size.top or value.size.below:
        return "unlike"
    return row, value, value.size.scale / total.size.scale


def _addable(column: Column, parts: Sequence[tuple[Row, Value, Fraction]]) -> bool:
    """Return whether the amounts of a column are of one kind: kWh and m3 have no sum."""
    if column.role != "quantity":
        return True
    tops = {v.size.top if v.size else "" for _, v, _ in parts}
    named = {r.carrier for r, _, _ in parts if r.carrier}
    return len(tops) == 1 and ("" not in tops or len(named) < 2)


def totals_of(rows: Sequence[Row], columns: Sequence[Column]) -> list[Total]:
    """Return the totals of a table that can be checked, each with the parts that it adds.

    Parameters
    ----------
    rows : sequence of Row
        All rows, in order. Rows of which a total says 合計 add everything above, 小計 what follows the last one;
        a total in the first row adds the rows below it.
    columns : sequence of Column
        Of the table; amounts are added where they are of one kind.
    """
    found = []
    for column in (c for c in columns if c.role in {"result", "quantity"}):
        for at, row in enumerate(rows):
            value = row.values.get(column.index)
            if not row.total or value is None:
                continue
            made = [t for g in _groups(rows, at) if (t := _total(row, value, column, g)) is not None]
            if made:
                found.append(next((t for t in made if t.closes), made[0]))
    return found


def _total(row: Row, value: Value, column: Column, group: Sequence[Row]) -> Total | None:
    parts = [_part(r, column, value) for r in group]
    known = [p for p in parts if isinstance(p, tuple)]
    if any(isinstance(p, str) for p in parts) or not known or not _addable(column, known):
        return None
    return Total(row, value, tuple(known))
