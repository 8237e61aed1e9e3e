"""What would mend a row: the one cell, label or factor, and the value that the rest of the row implies for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from carbonlib.audit.intervals import Interval, are_neighbours, decimals_of
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
_EDGE = Fraction(3, 10)  # of the width of an interval, from its middle


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
    """Return the mend of a cell by a slip of its number: the likeliest value, with the others that would do.

    Where the slip only just falls within what rounding allows, the value that is implied is named as well: among the
    others where it is the slip's neighbour, else as a mend of its own that stands first.
    """
    plain = plain_mend(row, value, implied, evidence)
    found = candidates(value.number, implied)
    if not found:
        return []
    first, others = found[0], tuple(c.value for c in found[1 : _MOST_OTHERS + 1])
    slip = replace(plain, implied=first.value, reason=first.slip, others=others)
    at_the_edge = abs(Fraction(first.value) - implied.middle) > _EDGE * (implied.high - implied.low)
    if not at_the_edge or plain.implied in (first.value, *others):
        return [slip]
    if isinstance(plain.implied, Decimal) and are_neighbours(plain.implied, first.value):
        return [replace(slip, others=(plain.implied, *others))]
    return [plain, slip]


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
    """Return the factor of another carrier, another factor set or else another row of the table that mends a row."""
    row, value = check.row, check.factor
    size = _size_of_factor(check, known)
    numbers: list[Decimal] = []
    sets: tuple[str, ...] = ()
    if size is not None and (fits := fits_of(check, implied, known)):
        times = size.scale / size.below_scale
        best = min(fits, key=lambda k: (k.carrier != row.carrier, abs(k.value / times - implied.middle)))
        numbers = [_shown(best.value / times)]
        sets = tuple(dict.fromkeys(k.set for k in fits if k.carrier == best.carrier))
    elif check.base.size is not None:
        numbers = [
            other.factor.number
            for other in beside
            if other.row is not row
            and other.base.size is not None
            and (other.base.size.label, other.factor.size) == (check.base.size.label, value.size)
            and other.factor.interval.meets(implied)
            and other.factor.number != value.number
        ]
    return [Mend(row, value.column, value.cell.text, n, "factor", implied, sets=sets) for n in numbers[:1]]


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

    def together(some: Sequence[Check], bounds: Mapping[int, Interval]) -> list[Mend]:
        return _mends_together(row, some, beside, known, header_may_err, bounds)

    found = together(checks, within) or together(checks, {}) or [m for c in broken for m in together([c], {})]
    fitting = {k.carrier for c in broken for k in fits_of(c, c.implied(c.product.factor), known)}
    kinds = tuple(c for c in carriers() if c in fitting)
    return [replace(m, kinds=kinds) for m in found]


def _mends_together(
    row: Row,
    checks: Sequence[Check],
    beside: Mapping[int, Sequence[Check]],
    known: Sequence[Known],
    header_may_err: frozenset[int],
    within: Mapping[int, Interval],
) -> list[Mend]:
    found: list[Mend] = []
    plain: list[Mend] = []
    for value in values_of([c for c in checks if not c.closes]):
        at = value.column.index
        # a heading that errs does so for the total as well, so that the total does not speak against it
        if at in header_may_err and value.unit_at == "header":
            alone = joint(checks, value.column)
            found += unit_mends(row, value, alone, True) if alone is not None else []
        implied = joint(checks, value.column, within.get(at))
        if implied is None:
            continue
        found += unit_mends(row, value, implied, False)
        as_implied = plain_mend(row, value, implied)
        # no slip is needed to print 0 for an amount, or an amount where there is none
        zero = implied.spread is None or not value.number
        slips = value_mends(row, value, implied) or [as_implied] * zero
        also = tuple(v for m in slips for v in (m.implied, *m.others) if isinstance(v, Decimal))
        own = [c for c in checks if c.factor is value]
        factors = [m for c in own for m in factor_mends(c, implied, beside.get(at, ()), known)]
        # a published factor explains more than a digit of this one that went wrong
        found += [replace(m, others=also) for m in factors] or slips
        plain.append(as_implied)
    # that a cell ought to be what the others imply is said of all cells where no slip says more
    return found if any(m.reason != "value" for m in found) else plain


def values_of(checks: Sequence[Check]) -> list[Value]:
    """Return the values of some products of a row, results first, each once."""
    ordered = [v for place in (2, 0, 1) for c in checks for v in (c.values[place],)]
    return list({v.column.index: v for v in ordered}.values())
