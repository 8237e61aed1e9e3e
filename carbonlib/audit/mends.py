"""What would mend a row: the one cell, label or factor, and the value that the rest of the row implies for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from carbonlib.audit.intervals import Interval, decimals_of
from carbonlib.audit.known import Known, fitting, per_unit
from carbonlib.audit.products import Check
from carbonlib.audit.rows import Row, Value
from carbonlib.audit.sizes import Size, thousandfold
from carbonlib.audit.slips import Slip, candidates, rounded_into
from carbonlib.factors import carriers
from carbonlib.records.printed_columns import Column
from carbonlib.units import round_half_up

Reason = Slip | Literal["unit", "factor", "carrier", "value", "unreadable"]
_NARROW = Fraction(1, 5)  # an implied factor wider than this fits too much to say anything
_MOST_OTHERS = 9


@dataclass(frozen=True)
class Mend:
    """One way to mend a break: the cell as printed, what it implies instead, why, and what supports it.

    `where` bounds the mended number in the unit printed with the cell; `others` are further values that one slip
    explains; `kinds` the carriers that the implied factor fits; `evidence` holds ``row`` and ``total``.
    """

    row: Row
    column: Column
    printed: str
    implied: Decimal | str | None
    reason: Reason
    where: Interval | None = None
    others: tuple[Decimal, ...] = ()
    kinds: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ("row",)


def joint(checks: Sequence[Check], column: Column, within: Interval | None = None) -> Interval | None:
    """Return what all products of a row together leave for a column; None where nothing mends all of them."""
    left = within
    for check in checks:
        if all(v.column != column for v in check.values):
            if not check.closes:
                return None
            continue
        implied = check.implied(column)
        if implied is None:
            continue
        left = implied if left is None else left.meet(implied)
        if left is None:
            return None
    return left


def value_mends(
    row: Row, value: Value, implied: Interval, evidence: tuple[str, ...] = ("row",)
) -> list[Mend]:
    """Return the mend of a cell by a slip of its number: the likeliest value, with the others that would do."""
    found = candidates(value.number, implied)
    if not found:
        return []
    first, others = found[0], tuple(c.value for c in found[1 : _MOST_OTHERS + 1])
    return [
        Mend(
            *(row, value.column, value.cell.text, first.value, first.slip, implied),
            others=others,
            evidence=evidence,
        )
    ]


def plain_mend(row: Row, value: Value, implied: Interval, evidence: tuple[str, ...] = ("row",)) -> Mend:
    """Return the mend of a cell that no slip explains: the value that is implied."""
    number = rounded_into(implied, decimals_of(value.number))
    return Mend(row, value.column, value.cell.text, number, "value", implied, evidence=evidence)


def unit_mends(row: Row, value: Value, implied: Interval, header_may_err: bool) -> list[Mend]:
    """Return the labels that would mend a row where a unit label is off by 1,000."""
    if value.size is None or (value.unit_at == "header" and not header_may_err):
        return []
    column = value.unit_column or value.column
    text = row.source.cells[column.index].strip() if value.unit_at == "column" else value.cell.text
    return [
        Mend(row, column, value.size.label if value.unit_at == "header" else text, label, "unit")
        for label, ratio in thousandfold(value.size.label)
        if value.interval.times(ratio).meets(implied)
    ]


def _size_of_factor(check: Check, known: Sequence[Known]) -> Size | None:
    if check.factor_size is not None or check.base.size is None:
        return check.factor_size
    number = abs(Fraction(check.factor.number))
    return per_unit(number, check.base.size, check.row.carrier, check.product.kind, known)


def _kind(check: Check) -> str:
    return "carbon" if check.product.factor.kind == "carbon" else check.product.kind


def fits_of(check: Check, implied: Interval | None, known: Sequence[Known]) -> list[Known]:
    """Return the published factors that an implied factor fits; none where it is too vague to tell."""
    size = _size_of_factor(check, known)
    if implied is None or size is None or implied.spread is None or implied.spread > _NARROW:
        return []
    return fitting(implied, size, _kind(check), known)


def _shown(value: Fraction) -> Decimal:
    """Return a factor as published, or with six digits where it was derived and has no end."""
    decimals = 0
    while value and abs(value) * 10**decimals < 100_000:
        decimals += 1
    short = round_half_up(value, decimals)
    return short.normalize() if short % 1 else short


def factor_mends(
    check: Check, implied: Interval, beside: Sequence[Check], known: Sequence[Known]
) -> list[Mend]:
    """Return the factors of another carrier, another factor set or another row of the table that mend a row."""
    row, value = check.row, check.factor
    size = _size_of_factor(check, known)
    fits = [k for k in fits_of(check, implied, known) if size is not None]
    made = []
    if fits and size is not None:
        times = size.scale / size.below_scale
        best = min(fits, key=lambda k: (k.carrier != row.carrier, abs(k.value / times - implied.middle)))
        number = _shown(best.value / times)
        sets = tuple(dict.fromkeys(k.set for k in fits if k.carrier == best.carrier))
        made.append(Mend(row, value.column, value.cell.text, number, "factor", implied, sets=sets))
    for other in beside:
        alike = other.base.size and check.base.size and other.base.size.label == check.base.size.label
        same = alike and other.factor.size == value.size and other.row is not row
        if same and not made and other.factor.interval.meets(implied) and other.factor.number != value.number:
            made.append(Mend(row, value.column, value.cell.text, other.factor.number, "factor", implied))
    return made


def row_mends(
    row: Row,
    checks: Sequence[Check],
    beside: Mapping[int, Sequence[Check]],
    known: Sequence[Known],
    header_may_err: frozenset[int],
    within: Mapping[int, Interval],
) -> list[Mend]:
    """Return every single cell that would mend a broken row; where none does, what each product implies.

    Parameters
    ----------
    row : Row
        A row with a product that does not close.
    checks : sequence of Check
        All products of the row: a cell that mends one must not break another.
    beside : mapping of int to sequence of Check
        By factor column, the same product in the other rows.
    known : sequence of Known
        Published factors.
    header_may_err : frozenset of int
        Columns whose unit in the heading closes no row at all.
    within : mapping of int to Interval
        By column, what totals that close leave for the cell.
    """
    broken = [c for c in checks if not c.closes]
    found = _mends_together(row, checks, beside, known, header_may_err, within)
    if not found:
        found = _mends_together(row, checks, beside, known, header_may_err, {})
    if not found:
        for check in broken:
            found += _mends_together(row, [check], beside, known, header_may_err, {})
    kinds = [k.carrier for c in broken for k in fits_of(c, c.implied(c.product.factor), known)]
    order = [c for c in carriers() if c in kinds]
    return [_with_kinds(m, tuple(order)) for m in found]


def _with_kinds(mend: Mend, kinds: tuple[str, ...]) -> Mend:
    return replace(mend, kinds=kinds)


def _mends_together(
    row: Row,
    checks: Sequence[Check],
    beside: Mapping[int, Sequence[Check]],
    known: Sequence[Known],
    header_may_err: frozenset[int],
    within: Mapping[int, Interval],
) -> list[Mend]:
    slips: list[Mend] = []
    plain: list[Mend] = []
    for value in values_of([c for c in checks if not c.closes]):
        # a heading that errs does so for the total as well, so that the total does not speak against it
        if value.column.index in header_may_err and value.unit_at == "header":
            alone = joint(checks, value.column)
            slips += unit_mends(row, value, alone, True) if alone is not None else []
        implied = joint(checks, value.column, within.get(value.column.index))
        if implied is None:
            continue
        slips += unit_mends(row, value, implied, False)
        replaced: list[Mend] = []
        for check in (c for c in checks if c.factor is value):
            replaced += factor_mends(check, implied, beside.get(value.column.index, ()), known)
        # a published factor explains more than a digit of this one that went wrong
        moved = value_mends(row, value, implied)
        also = tuple(v for m in moved for v in (m.implied, *m.others) if isinstance(v, Decimal))
        slips += [replace(m, others=also) for m in replaced] or moved
        plain.append(plain_mend(row, value, implied))
    return slips or plain


def values_of(checks: Sequence[Check]) -> list[Value]:
    """Return the values of some products of a row, results first, each once."""
    ordered = [v for place in (2, 0, 1) for c in checks for v in (c.values[place],)]
    return list({v.column.index: v for v in ordered}.values())
