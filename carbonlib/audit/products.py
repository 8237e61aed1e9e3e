"""Amount × factor = result: which columns multiply to which, in what units, and which rows break it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from carbonlib.audit.intervals import Interval, cut_off
from carbonlib.audit.known import Known, per_unit
from carbonlib.audit.rows import Row, Value
from carbonlib.audit.sizes import Size, size_of
from carbonlib.factors import CO2_PER_CARBON
from carbonlib.records.printed_columns import Column

_DEFAULT = {"heat": "GJ", "crude_oil": "kL", "co2": "t-CO2", "cost": "円"}
_CHEAP = 2000  # yen; a price below is per kWh, m3, L or kg, one above per thousand of them
_SHIFTS = (-3, 3, -6, 6, -4, 4)


@dataclass(frozen=True)
class Product:
    """One product of a table: three columns, and how figures without a unit are read."""

    base: Column
    factor: Column
    result: Column
    reading: str
    shift: int = 0

    @property
    def kind(self) -> str:
        """What the result is: heat, crude_oil, co2, cost, or empty."""
        return "co2" if self.factor.kind == "carbon" else self.result.kind or self.factor.kind


@dataclass(frozen=True)
class Check:
    """A product in one row: its three values and the number that their units multiply it with."""

    product: Product
    row: Row
    base: Value
    factor: Value
    result: Value
    units: Fraction
    factor_size: Size | None

    @property
    def values(self) -> tuple[Value, Value, Value]:
        """Amount, factor and result."""
        return self.base, self.factor, self.result

    @cached_property
    def closes(self) -> bool:
        """Whether some true values behind the printed ones multiply."""
        return (self.base.interval * self.factor.interval).times(self.units).meets(self.result.interval)

    def implied(self, column: Column) -> Interval | None:
        """Return what the two other cells leave for a column, in the unit printed there; None: anything."""
        if column == self.result.column:
            return (self.base.interval * self.factor.interval).times(self.units)
        other = self.factor if column == self.base.column else self.base
        ratio = self.result.interval.over(other.interval)
        return ratio.times(1 / self.units) if ratio else None


def _result_size(product: Product, result: Value, factor: Size | None) -> Size | None:
    if result.size is not None and not result.size.below:
        return result.size
    if factor is not None:
        return size_of(factor.label.partition("/")[0])
    return size_of(_DEFAULT.get(product.kind, ""))


def _units(base: Size, factor: Size, result: Size) -> Fraction | None:
    """Return amount unit × factor unit ÷ result unit, None where they do not belong together."""
    carbon = factor.top == "carbon" and result.top == "mass"
    if base.top != factor.below or not (factor.top == result.top or carbon):
        return None
    if base.period and result.period and base.period != result.period:
        return None
    times = base.scale * factor.scale / factor.below_scale / result.scale
    return times * CO2_PER_CARBON if carbon else times


def _price_size(base: Size, cheap: bool) -> Size | None:
    label = base.label.casefold()
    liquid = "l" in label or "リットル" in label
    one = {"electric": "kWh", "volume": "L" if liquid else "m3", "mass": "kg"}.get(base.top)
    many = {"electric": "千kWh", "volume": "kL" if liquid else "千m3", "mass": "t"}.get(base.top)
    return size_of(f"円/{one if cheap else many}") if one else None


def _check(product: Product, row: Row, known: Sequence[Known]) -> Check | None:
    base, factor, result = (row.values.get(c.index) for c in (product.base, product.factor, product.result))
    if base is None or factor is None or result is None:
        return None
    shift = Fraction(10) ** product.shift
    stated = factor.size if factor.size and factor.size.below else None
    if stated is not None:
        size = _result_size(product, result, stated)
        own = base.size or size_of(stated.label.partition("/")[2])
        units = _units(own, stated, size) if own and size else None
        if units is not None:
            free = base.size is None or result.size is None
            return Check(product, row, base, factor, result, units * (shift if free else 1), stated)
    inferred: Size | None = None
    if base.size is not None and product.reading == "published":
        inferred = per_unit(abs(Fraction(factor.number)), base.size, row.carrier, product.kind, known)
    elif base.size is not None and product.reading in {"cheap", "dear"}:
        inferred = _price_size(base.size, product.reading == "cheap")
    if inferred is not None and base.size is not None:
        size = _result_size(product, result, inferred)
        units = _units(base.size, inferred, size) if size else None
        if units is not None:
            return Check(product, row, base, factor, result, units * shift, inferred)
    yen = result.size.scale if product.kind == "cost" and result.size else Fraction(1)
    return Check(product, row, base, factor, result, shift / yen, None)


def checks_of(product: Product, rows: Sequence[Row], known: Sequence[Known]) -> list[Check]:
    """Return the product in every row that states all three of its values; totals and means are left out."""
    found = (_check(product, row, known) for row in rows if not row.total and not row.mean)
    return [c for c in found if c is not None]


def _readings(factor: Column, result: Column, rows: Sequence[Row]) -> tuple[str, ...]:
    kind = result.kind or factor.kind
    if kind == "cost":
        prices = sorted(abs(v.number) for r in rows if (v := r.values.get(factor.index)) is not None)
        return ("cheap",) if not prices or prices[len(prices) // 2] < _CHEAP else ("dear",)
    if kind not in {"heat", "crude_oil", "co2"}:
        return ("plain",)
    # 0.495 may be kg-CO2/kWh as well as t-CO2/千kWh, unless the result says which
    stated = any((v := r.values.get(result.index)) is not None and v.size is not None for r in rows)
    return ("published",) if stated else ("plain", "published")


def _possible(
    factor: Column, bases: Sequence[Column], results: Sequence[Column], rows: Sequence[Row]
) -> Iterator[Product]:
    """Yield every way in which a factor's column may enter a product, the likeliest first."""
    near = sorted(
        bases, key=lambda c: (c.index > factor.index, c.role != "quantity", abs(c.index - factor.index))
    )
    after = sorted(results, key=lambda c: (c.index < factor.index, abs(c.index - factor.index)))
    for shift in (0, *_SHIFTS):
        for result in after:
            for base in (b for b in near if b != result):
                for reading in _readings(factor, result, rows):
                    yield Product(base, factor, result, reading, shift)


def products_of(columns: Sequence[Column], rows: Sequence[Row], known: Sequence[Known]) -> list[Product]:
    """Return the products of a table: for each factor, the columns and the reading that close most rows.

    A shift by powers of ten is considered only where no units say otherwise and two rows or more can tell.

    Parameters
    ----------
    columns : sequence of Column
        Of the table.
    rows : sequence of Row
        All its rows.
    known : sequence of Known
        Published factors, to tell t-CO2/千kWh from t-CO2/kWh where no unit is printed.
    """
    free = [c for c in columns if c.role == "result"]
    chosen: list[Product] = []
    for factor in sorted((c for c in columns if c.role == "factor"), key=lambda c: c.kind == ""):
        kind = "co2" if factor.kind == "carbon" else factor.kind
        results = [c for c in free if c.kind == kind or not c.kind or not kind]
        exact = [c for c in results if c.kind == kind]
        bases = [c for c in columns if c.role == "quantity" or (c.role == "result" and c.kind == "heat")]
        best: tuple[int, Product] | None = None
        for product in _possible(factor, bases, exact or results, rows):
            found = checks_of(product, rows, known)
            closing = sum(c.closes for c in found)
            if not found or (product.shift and len(found) < 2):
                continue
            if best is None or closing > best[0]:
                best = (closing, product)
        if best is not None:
            chosen.append(best[1])
            free = [c for c in free if c != best[1].result]
    return chosen


def rounded_down_columns(checks: Sequence[Check]) -> frozenset[int]:
    """Return the result columns that are rounded down throughout: two rows or more break half-up, none then."""
    found = set()
    for column in {c.result.column.index for c in checks}:
        own = [c for c in checks if c.result.column.index == column]
        broken = [c for c in own if not c.closes]
        down = all(c.implied(c.result.column).meets(cut_off(c.result.number)) for c in broken)  # type: ignore[union-attr]
        if len(broken) >= 2 and down:
            found.add(column)
    return frozenset(found)
