"""Dimensions checked where a function is entered, with the cure in the message."""

from __future__ import annotations

import pytest

from carbonlib.errors import UnitError
from carbonlib.finance.abatement import abatement_cost
from carbonlib.units import Q_, expects


@expects(energy="kWh", price="JPY/kWh")
def bill(energy, price=None, *, note=""):
    return (energy, price, note)


def complaint(call) -> UnitError:
    with pytest.raises(UnitError) as caught:
        call()
    return caught.value


def test_quantities_of_the_right_dimension_pass_unchanged():
    energy = Q_(3.6, "MJ")
    assert bill(energy, Q_(27, "JPY/kWh"), note="x") == (energy, Q_(27, "JPY/kWh"), "x")


def test_a_default_of_none_may_stay():
    assert bill(Q_(1, "kWh"))[1] is None
    assert bill(Q_(1, "kWh"), None)[1] is None


@pytest.mark.parametrize(
    ("gift", "argument", "need", "got", "cure"),
    [
        ((1200,), "energy", "kWh", "1200", 'energy=Q_(1200, "kWh")'),
        ((12.5,), "energy", "kWh", "12.5", 'energy=Q_(12.5, "kWh")'),
        (("1,200 kWh",), "energy", "kWh", "1,200 kWh", 'Q_(1, "kWh")'),
        ((None,), "energy", "kWh", "None", 'Q_(1, "kWh")'),
        ((Q_(5, "t_CO2"),), "energy", "kWh", "5 t_CO2", 'Q_(1, "kWh")'),
        ((Q_(5, "GJ*primary"),), "energy", "kWh", "5 gigajoule * primary", 'Q_(1, "kWh")'),
        ((Q_(5, "kWh"), 27.42), "price", "JPY/kWh", "27.42", 'price=Q_(27.42, "JPY/kWh")'),
        ((Q_(5, "kWh"), Q_(5, "JPY")), "price", "JPY/kWh", "5 yen", 'Q_(1, "JPY/kWh")'),
    ],
)
def test_the_error_names_function_argument_need_gift_and_cure(gift, argument, need, got, cure):
    error = complaint(lambda: bill(*gift))
    for text in (error.text("ja"), error.text("en")):
        assert text.startswith("bill: ")
        for part in (argument, need, got, cure):
            assert part in text


def test_arguments_are_checked_however_they_are_passed():
    assert complaint(lambda: bill(energy=5)).text() == complaint(lambda: bill(5)).text()


def test_the_name_and_docstring_of_the_function_stay():
    assert abatement_cost.__name__ == "abatement_cost"
    assert "Parameters" in abatement_cost.__doc__


def test_a_need_for_an_argument_that_is_not_there_is_a_mistake_of_ours():
    with pytest.raises(AssertionError, match="no argument"):
        expects(engery="kWh")(lambda energy: energy)


def test_the_doors_of_the_library():
    rate = Q_(5, "percent/year")
    assert "abatement_cost: rate" in complaint(lambda: abatement_cost(rate=5)).text()
    assert "abatement_cost: co2" in complaint(lambda: abatement_cost(rate=rate, co2=Q_(5, "t_CO2"))).text()
