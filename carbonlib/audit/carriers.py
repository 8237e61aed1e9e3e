"""Factors against the carriers they stand beside: LPG's used for city gas, a result that another carrier explains."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from carbonlib.audit.intervals import Interval
from carbonlib.audit.known import Known, fitting, per_unit
from carbonlib.audit.mends import Mend, unit_mends, value_mends
from carbonlib.audit.products import Check
from carbonlib.audit.rows import Row, Value
from carbonlib.audit.sizes import Size, size_of
from carbonlib.factors import carriers
from carbonlib.records.printed_columns import Column

_SHARP = Fraction(1, 50)  # three digits: an exact match of fewer is chance
_TOPS = {"heat": "GJ", "crude_oil": "kL", "co2": "t-CO2"}


def _others(implied: Interval, size: Size, kind: str, row: Row, known: Sequence[Known]) -> list[str]:
    """Return the other carriers that a factor fits where none of the row's own carrier does."""
    fits = fitting(implied, size, kind, known)
    own = [k for k in known if (k.carrier, k.kind, k.below) == (row.carrier, kind, size.below)]
    if not own or any(k.carrier == row.carrier for k in fits):
        return []
    return [c for c in carriers() if any(k.carrier == c for k in fits)]


def _carrier_mend(row: Row, kinds: list[str]) -> Mend:
    assert row.carrier_column is not None
    label = carriers()[kinds[0]].label_ja
    text = row.source.cells[row.carrier_column.index].strip()
    return Mend(row, row.carrier_column, text, label, "carrier", kinds=tuple(kinds))


def foreign_factor(check: Check, known: Sequence[Known]) -> list[Mend]:
    """Return the carrier that a printed factor belongs to, where the row closes but names another carrier.

    Only a factor of three digits or more says so, and only where no published factor of the named carrier fits it.
    """
    row, value = check.row, check.factor
    spread = value.interval.spread
    if not row.carrier or row.carrier_column is None or spread is None or spread > _SHARP:
        return []
    size, kind = check.factor_size, "carbon" if check.product.factor.kind == "carbon" else check.product.kind
    if size is None and check.base.size is not None:
        size = per_unit(abs(Fraction(value.number)), check.base.size, "", kind, known)
    kinds = _others(value.interval, size, kind, row, known) if size is not None else []
    return [_carrier_mend(row, kinds)] if kinds else []


def without_factor(row: Row, base: Column, result: Column, known: Sequence[Known]) -> list[Mend]:
    """Return what mends an amount and a result printed without a factor.

    Suppliers' factors are many, so a row is taken for broken only where no published factor of its carrier fits
    and either another carrier's does or its own fits once a decimal point or a label has moved.
    """
    amount, value = row.values.get(base.index), row.values.get(result.index)
    if (
        amount is None
        or value is None
        or row.carrier_column is None
        or not row.carrier
        or amount.size is None
    ):
        return []
    below, wanted = amount.size.top, size_of(_TOPS.get(result.kind, ""))
    size = value.size or wanted
    implied = value.interval.over(amount.interval)
    if size is None or wanted is None or implied is None or size.top != wanted.top:
        return []
    times = size.scale / amount.size.scale
    ratio = implied.times(times)
    plain = Size("", size.top, Fraction(1), below)
    own = [k for k in known if (k.carrier, k.kind, k.below) == (row.carrier, result.kind, below)]
    if not own or any(ratio.low <= k.value <= ratio.high for k in own):
        return []
    found = _moved(row, amount, value, own, times)
    kinds = _others(ratio, plain, result.kind, row, known)
    sharp = ratio.spread is not None and ratio.spread <= _SHARP
    return found + ([_carrier_mend(row, kinds)] if kinds and sharp else [])


def _moved(row: Row, amount: Value, value: Value, own: list[Known], times: Fraction) -> list[Mend]:
    """Return labels off by 1,000 and decimal points moved; of electricity, whose factors vary tenfold, labels only."""
    found: list[Mend] = []
    for one in own:
        for cell, implied in (
            (value, amount.interval.times(one.value / times)),
            (amount, value.interval.times(times / one.value)),
        ):
            labels = unit_mends(row, cell, implied, False)
            points = [m for m in value_mends(row, cell, implied) if m.reason == "point_moved"]
            found += labels + (points if row.carrier != "electricity" or labels else [])
    by_cell = {(m.column.index, m.reason, str(m.implied)): m for m in found}
    return list(by_cell.values())
