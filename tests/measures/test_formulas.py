"""The evaluator of printed formulas: it knows what tables print, and would notice a table that disagrees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carbonlib.measures import MEASURES
from carbonlib.units import Q_
from tests.measures.formulas import disagreements, evaluate

VALUES = {"①": 2.0, "②": 3.0, "③": 50.0, "(51)": 7.0}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("①+②×③", 152.0),
        ("(①+②)×③÷100", 2.5),
        ("①-(②-③)", 49.0),
        ("②^①", 9.0),
        ("min(②, ①)×1,000", 2000.0),
        ("max(0, ①-②)", 0.0),
        ("(51)×①", 14.0),
        ("①×(51)", 14.0),
        ("(①×(51))÷②", 14 / 3),
        ("③÷①÷②", 50 / 6),
    ],
)
def test_formulas_are_worked_out_as_written(formula, expected):
    assert evaluate(formula, VALUES) == pytest.approx(expected)


@pytest.mark.parametrize("formula", ["①×", "①②", "(①+②", "①+x", ""])
def test_what_is_no_formula_is_refused(formula):
    with pytest.raises(AssertionError):
        evaluate(formula, VALUES)


def test_a_table_that_disagrees_with_itself_is_noticed():
    done = MEASURES["before_after"].function(
        carrier="electricity", before=Q_(127740, "kWh"), after=Q_(60961, "kWh")
    )
    assert disagreements(done) == []
    bent = replace(done, table=(*done.table[:-1], replace(done.table[-1], quantity=Q_(66778, "kWh"))))
    assert [found for _, found in disagreements(bent)] == [66779.0]
