"""The registry, row by row of conversions.csv: what converts, into how much, and what must not convert."""

from __future__ import annotations

import csv
import itertools
from fractions import Fraction
from pathlib import Path

import pint
import pytest

import carbonlib.units
from carbonlib.units import Q_, ratio, ureg

ROWS = list(csv.DictReader(Path(__file__).with_name("conversions.csv").read_text("utf-8").splitlines()))
DEFINITIONS = Path(carbonlib.units.__file__).with_name("definitions.txt").read_text("utf-8")
NAMES = [
    line.partition("=")[0].strip() for line in DEFINITIONS.splitlines() if line and not line.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['unit']}-to-{r['to']}")
def test_each_conversion_gives_the_expected_number_or_fails(row):
    if row["expected"] == "error":
        with pytest.raises((pint.DimensionalityError, pint.UndefinedUnitError)):
            Q_(1, row["unit"]).to(row["to"])
    else:
        assert Q_(1, row["unit"]).to(row["to"]).magnitude == pytest.approx(float(row["expected"]), rel=1e-12)


def test_every_unit_of_the_registry_has_a_row():
    spoken_of = {
        name for row in ROWS for side in ("unit", "to") for name in _units_in(row[side], row["expected"])
    }
    assert [name for name in NAMES if name not in spoken_of] == []


def _units_in(expression: str, expected: str) -> set[str]:
    try:
        return {str(name) for name, _ in ureg.parse_units(expression)._units.items()}
    except pint.UndefinedUnitError:
        assert expected == "error", f"{expression} is not a unit, yet the row expects a number"
        return set()


def test_the_registry_holds_nothing_but_its_own_definitions():
    assert len(NAMES) >= 50
    for foreign in ("ton", "kt", "knot", "C", "degF", "inch", "percent_of", "kilokilogram", "mmeter"):
        assert foreign not in ureg


def test_a_quantity_of_one_gas_state_does_not_add_to_another():
    with pytest.raises(pint.DimensionalityError):
        Q_(1, "Nm3") + Q_(1, "m3_metered")
    with pytest.raises(pint.DimensionalityError):
        Q_(1, "t_CO2") + Q_(1, "t_CO2e_AR5")


def test_ratio_is_exact_in_both_directions_for_every_pair_of_units():
    pairs = [
        (one, two)
        for one, two in itertools.permutations(NAMES, 2)
        if ureg.get_dimensionality(one) == ureg.get_dimensionality(two)
    ]
    assert len(pairs) > 60
    for one, two in pairs:
        exact = ratio(one, two)
        assert exact * ratio(two, one) == 1, (one, two)
        assert float(exact) == pytest.approx(Q_(1.0, one).to(two).magnitude, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "to", "expected"),
    [
        ("kL_coe", "GJ*primary", Fraction(10000, 258)),
        ("Wh", "TJ", Fraction(36, 10**10)),
        ("J", "TJ", Fraction(1, 10**12)),
        ("min", "d", Fraction(1, 1440)),
    ],
)
def test_ratio_does_not_lose_small_numbers(unit, to, expected):
    assert ratio(unit, to) == expected
