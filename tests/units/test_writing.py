"""Writing: rounded once and half-up, with the signs, separators and labels of the field."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.units import (
    Q_,
    exact,
    format_number,
    magnitude_in,
    parse,
    round_half_up,
    unit_label,
    ureg,
    write,
)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.285, 2, "0.29"),
        (1.005, 2, "1.01"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-1.5, 0, "-2"),
        (0.5, 0, "1"),
        (1.4999999, 0, "1"),
        (-0.4, 0, "0"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1, 3), 3, "0.333"),
        (Fraction(2, 3), 3, "0.667"),
        (Fraction(10**30 + 5, 10), 0, "100000000000000000000000000001"),
        (Decimal("578.77565184"), 3, "578.776"),
        (1250, -2, "1300"),
        (1249, -2, "1200"),
        (7, 2, "7.00"),
    ],
)
def test_half_goes_up_and_away_from_zero(value, digits, expected):
    assert round_half_up(value, digits) == Decimal(expected)


def test_rounding_keeps_the_zeros_that_were_asked_for():
    assert str(round_half_up(7, 2)) == "7.00"
    assert str(round_half_up(0, 1)) == "0.0"
    assert str(round_half_up(-0.001, 2)) == "0.00"


@pytest.mark.parametrize("nothing", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_not_rounded(nothing):
    with pytest.raises(ValueError, match="Invalid literal"):
        round_half_up(nothing)


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=6),
    st.integers(0, 6),
)
def test_rounding_agrees_with_decimal_half_up(value, digits):
    expected = value.quantize(Decimal(1).scaleb(-digits), rounding=decimal.ROUND_HALF_UP)
    assert round_half_up(value, digits) == expected
    assert round_half_up(Fraction(value), digits) == expected


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(0, 4))
def test_a_float_is_rounded_by_the_digits_it_prints(value, digits):
    expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=decimal.ROUND_HALF_UP)
    assert round_half_up(value, digits) == expected
    assert exact(value) == Fraction(Decimal(repr(value)))


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 5))
def test_rounding_moves_a_number_by_half_a_digit_at_most_and_only_once(value, digits):
    rounded = round_half_up(value, digits)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 2 * 10**digits)
    assert round_half_up(rounded, digits) == rounded
    assert round_half_up(-value, digits) == -rounded


@pytest.mark.parametrize(
    ("value", "digits", "ja", "en"),
    [
        (2298480, 0, "2,298,480", "2,298,480"),
        (-1234.56, 1, "▲1,234.6", "-1,234.6"),
        (-0.04, 1, "0.0", "0.0"),
        (0, 0, "0", "0"),
        (999.5, 0, "1,000", "1,000"),
        (63017, -3, "63,000", "63,000"),
        (Fraction(22433164800, 10**6), 0, "22,433", "22,433"),
    ],
)
def test_numbers_for_print(value, digits, ja, en):
    assert format_number(value, digits) == ja
    assert format_number(value, digits, lang="en") == en


@pytest.mark.parametrize(
    ("quantity", "unit", "digits", "ja", "en"),
    [
        (Q_(1_130_000, "t_CO2"), "万t-CO2", 0, "113 万t-CO2", "113 ×10⁴ t-CO2"),
        (Q_(1137.7476, "t_CO2"), "t-CO2", 3, "1,137.748 t-CO2", "1,137.748 t-CO2"),
        (Q_(2_298_480, "kWh"), "千kWh", 0, "2,298 千kWh", "2,298 thousand kWh"),
        (Q_(578.77565184, "kL_coe"), "kL-coe", 1, "578.8 kL", "578.8 kL crude-oil equivalent"),
        (Q_(22433.1648, "GJ*primary"), "GJ-primary", 0, "22,433 GJ", "22,433 GJ primary"),
        (Q_(-63_075_499, "JPY"), "千円", 0, "▲63,075 千円", "-63,075 thousand JPY"),
        (Q_(27.4168, "JPY/kWh"), "円/kWh", 2, "27.42 円/kWh", "27.42 JPY/kWh"),
        (Q_(100, "kWh/month"), "kWh/年", 0, "1,200 kWh/年", "1,200 kWh/year"),
        (Q_(295, "m3_metered"), "m3", 0, "295 m3", "295 m3"),
        (Q_(2950, "m3_ambient"), "千m3", 2, "2.95 千m3", "2.95 thousand m3"),
        (Q_(196.61, "JPY/m3_metered"), "円/m3", 2, "196.61 円/m3", "196.61 JPY/m3"),
        (Q_(142.17, "m3_lpg"), "m3", 1, "142.2 m3", "142.2 m3"),
        (Q_(5, "m3"), "m3", 0, "5 m3", "5 m3"),
        (Q_(5000, "L"), "m3", 0, "5 m3", "5 m3"),
    ],
)
def test_quantities_for_print(quantity, unit, digits, ja, en):
    assert write(quantity, unit, digits) == ja
    assert write(quantity, unit, digits, lang="en") == en


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [
        (Q_(5, "kWh"), "GJ-primary"),
        (Q_(5, "kWh"), "m3"),
        (Q_(5, "kg"), "m3"),
        (Q_(5, "m3_metered"), "Nm3"),
        (Q_(5, "t"), "t-CO2"),
        (Q_(5, "JPY/kWh"), "円/m3"),
    ],
)
def test_a_quantity_is_not_written_in_a_unit_of_another_dimension(quantity, unit):
    with pytest.raises(pint.DimensionalityError):
        write(quantity, unit)


@given(st.integers(-(10**9), 10**9))
def test_what_is_written_whole_is_read_back_the_same(number):
    for unit, registry in (("kWh", "kWh"), ("円", "JPY"), ("t-CO2", "t_CO2")):
        assert parse(write(Q_(number, registry), unit)) == Q_(float(number), registry)


@given(
    st.decimals(-(10**7), 10**7, places=5),
    st.sampled_from(
        [("MWh", "kWh", 1000), ("kWh", "千kWh", Fraction(1, 1000)), ("kWh", "MJ", Fraction(18, 5))]
    ),
    st.integers(0, 4),
)
def test_a_float_is_written_as_its_printed_number_rounded_once(printed, units, digits):
    registry, unit, per = units
    words = write(Q_(float(printed), registry), unit, digits)
    assert words == f"{format_number(Fraction(printed) * per, digits)} {unit_label(unit)}"


def test_half_a_unit_is_rounded_up_whatever_a_float_makes_of_it():
    assert write(Q_(0.5005, "MWh"), "kWh") == "501 kWh"


def test_exact_magnitudes_stay_exact():
    exact_registry = Q_(Fraction(1, 3), "t_CO2")
    assert magnitude_in(exact_registry, "t-CO2") == Fraction(1, 3)


def test_labels_of_rates():
    assert unit_label("円/kWh") == "円/kWh"
    assert unit_label("t-CO2/千kWh", "en") == "t-CO2/thousand kWh"
    assert unit_label("kL-coe/年") == "kL/年"


def test_a_unit_without_a_spelling_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        write(Q_(1, "kWh"), "furlong")


def test_the_registry_is_the_one_that_pint_uses():
    assert pint.get_application_registry().get() is ureg
