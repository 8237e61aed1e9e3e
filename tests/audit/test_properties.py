"""Rounding never raises an alarm; one slip in one cell is always found, its true value among the implied ones."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from carbonlib.audit.intervals import printed
from carbonlib.audit.known import Known, known_factors
from carbonlib.audit.sizes import size_of
from carbonlib.factors import built_in_sets, carriers
from carbonlib.units import format_number, round_half_up
from tests.audit.tables import breaks

KNOWN = known_factors(built_in_sets().values())
HEADINGS = (
    ("使用量（kWh）", "単価（円/kWh）", "費用（千円）", Fraction(1, 1000)),
    ("使用量（千kWh）", "単価（円/kWh）", "費用（万円）", Fraction(1, 10)),
    ("quantity [L]", "factor [t-CO2/kL]", "CO2 emissions [t-CO2]", Fraction(1, 1000)),
    ("使用量（千m3）", "単位発熱量（GJ/千m3）", "熱量（GJ）", Fraction(1)),
    ("quantity", "factor", "result", Fraction(1)),
    ("数量", "単価", "金額", Fraction(1)),
)


def significant(value: Fraction, digits: int) -> Decimal:
    """Return a value rounded half-up to so many digits."""
    places = 0
    while abs(value) * Fraction(10) ** places < 10 ** (digits - 1):
        places += 1
    return round_half_up(value, places)


def written(value: Decimal) -> str:
    return format_number(value, max(0, -int(value.as_tuple().exponent)))


values = st.fractions(min_value=Fraction(1, 20), max_value=3_000_000, max_denominator=10**6)
factors = st.fractions(min_value=Fraction(1, 50), max_value=900, max_denominator=10**6)


@st.composite
def true_tables(draw: Any, least: int = 1) -> tuple[tuple[str, ...], list[list[Decimal]], bool]:
    """Rows of amount, factor, result and a total, each printed at a precision of its own."""
    amount, factor, result, units = draw(st.sampled_from(HEADINGS))
    rows, total = [], Fraction(0)
    for _ in range(draw(st.integers(1, 6))):
        q, f = draw(values), draw(factors)
        r = q * f * units
        total += r
        rows.append([significant(x, draw(st.integers(least, 8))) for x in (q, f, r)])
    rows.append([Decimal(0), Decimal(0), significant(total, draw(st.integers(least, 8)))])
    return (amount, factor, result), rows, draw(st.booleans())


def printed_rows(rows: list[list[Decimal]], with_total: bool) -> list[tuple[str, ...]]:
    *data, total = rows
    made = [("", *map(written, row)) for row in data]
    return [*made, ("合計", "", "", written(total[2]))] if with_total else made


@settings(max_examples=300)
@given(true_tables())
def test_rounding_never_raises_an_alarm(made: tuple[tuple[str, ...], list[list[Decimal]], bool]) -> None:
    header, rows, with_total = made
    assert breaks(("項目", *header), *printed_rows(rows, with_total)) == []


def slipped(value: Decimal, kind: str, at: int) -> Decimal:
    if kind != "drop":
        moved = Fraction(value) * {"x10": Fraction(10), "/10": Fraction(1, 10), "x1000": Fraction(1000)}[kind]
        places = max(0, -int(value.as_tuple().exponent) + (1 if kind == "/10" else 0))
        return round_half_up(moved, places)
    text = f"{value:f}"
    places_of_digits = [i for i, c in enumerate(text) if c.isdigit()]
    gone = places_of_digits[at % len(places_of_digits)]
    return Decimal(text[:gone] + text[gone + 1 :] or "0")


@settings(max_examples=400)
@given(
    true_tables(least=4),
    st.sampled_from(("x10", "/10", "x1000", "drop")),
    st.integers(0, 5),
    st.integers(0, 2),
    st.integers(0, 7),
)
def test_one_slip_is_found_and_its_true_value_implied(
    made: tuple[tuple[str, ...], list[list[Decimal]], bool], kind: str, row: int, cell: int, at: int
) -> None:
    header, rows, with_total = made
    row %= len(rows) - 1
    true = rows[row][cell]
    wrong = slipped(true, kind, at)
    rows = [list(r) for r in rows]
    rows[row][cell] = wrong
    units = next(h[3] for h in HEADINGS if h[0] == header[0])
    q, f, r = (printed(v) for v in rows[row])
    # a slip that rounding may explain as well is none that anybody could see
    assume(not (q * f).times(units).meets(r))
    # prices without a unit are read by their size: one table is 円/kWh or 円/千kWh, never both
    found = [b for b in breaks(("項目", *header), *printed_rows(rows, with_total)) if b["row"] == row + 1]
    assert found
    own = [b for b in found if b["column"] == header[cell] and b["reason"] != "unit"]
    assert own, (kind, found)
    implied = [v for b in own for v in (b["implied"], *b["others"])]
    near = any(
        abs(Decimal(str(v)) - true) <= max(abs(true) * Decimal("1e-3"), Decimal("1e-9")) for v in implied
    )
    assert near, (kind, true, wrong, implied)
    assert all(b["low"] <= float(printed(true).high) and b["high"] >= float(printed(true).low) for b in own)


@pytest.mark.parametrize("known", [k for k in KNOWN if k.kind in {"heat", "co2", "crude_oil"}], ids=str)
@pytest.mark.parametrize("digits", [2, 3, 4, 5])
def test_no_published_factor_is_foreign_to_its_own_carrier(known: Known, digits: int) -> None:
    units = {"electric": ("kWh", "千kWh"), "volume": ("L", "kL"), "mass": ("kg", "t")}[known.below]
    gas = {"city_gas", "natural_gas", "lpg"}
    if known.below == "volume" and known.carrier in gas:
        units = ("m3", "千m3")
    heading = {"heat": ("熱量", "GJ"), "co2": ("CO2排出量", "t-CO2"), "crude_oil": ("原油換算", "kL")}[
        known.kind
    ]
    label = carriers()[known.carrier].label_ja
    for unit in units:
        size = size_of(unit)
        assert size is not None
        factor = significant(known.value * size.scale, digits)
        result = significant(known.value * size.scale * 1234, 4)
        for name in ("係数", f"係数（{heading[1]}/{unit}）"):
            header = ("種別", f"使用量（{unit}）", name, f"{heading[0]}（{heading[1]}）")
            assert breaks(header, (label, "1234.000", written(factor), written(result))) == []
