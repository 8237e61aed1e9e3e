"""Factors of one file that contradict one another are refused, unless the file explains it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factors.test_loader import CARBON, CO2, HEAT, lines_of, load, refused, row


def test_a_product_beyond_its_printed_digits_is_refused(tmp_path):
    error = refused(tmp_path, HEAT, CARBON, row(kind="emission_factor", value="2.3218", unit="t-CO2/kL"))
    assert lines_of(error) == [4]
    for part in ("2.3218", "34.6", "0.0183", "44/12"):
        assert part in error.text("ja")
        assert part in error.text("en")
    assert "exception" in error.text("ja")
    assert "my.csv 4 行目" in error.text("ja")
    assert "my.csv line 4" in error.text("en")


@pytest.mark.parametrize("printed", ["2.3217", "2.322", "2.32", "2"])
def test_a_product_within_its_printed_digits_is_taken(tmp_path, printed):
    loaded = load(tmp_path, HEAT, CARBON, row(kind="emission_factor", value=printed, unit="t-CO2/kL"))
    assert loaded["s"].factors[2].value == Decimal(printed)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("0.6332", "carbon, not CO2"),
        ("23.217", "a shifted point"),
        ("0.0023217", "per litre, printed per kL"),
    ],
)
def test_the_usual_slips_of_a_table_are_refused(tmp_path, value, why):
    error = refused(tmp_path, HEAT, CARBON, row(kind="emission_factor", value=value, unit="t-CO2/kL"))
    assert lines_of(error) == [4], why


def test_the_product_is_compared_across_spellings_of_the_unit(tmp_path):
    assert load(tmp_path, HEAT, CARBON, row(kind="emission_factor", value="2.3217", unit="kg-CO2/L"))
    wrong = row(kind="emission_factor", value="2.3227", unit="kg-CO2/L")
    assert lines_of(refused(tmp_path, HEAT, CARBON, wrong)) == [4]


def test_an_explained_contradiction_is_taken_as_published(tmp_path):
    stated = row(
        kind="emission_factor", value="2.33", unit="t-CO2/kL", exception="printed so by the prefecture"
    )
    factor = load(tmp_path, HEAT, CARBON, stated)["s"].factors[2]
    assert factor.value == Decimal("2.33")
    assert factor.exception == "printed so by the prefecture"


def test_rows_of_other_carriers_or_suppliers_do_not_contradict(tmp_path):
    other = row(carrier="diesel", kind="emission_factor", value="2.585", unit="t-CO2/kL")
    own = row(supplier="x", kind="emission_factor", value="2.1", unit="t-CO2/kL")
    assert load(tmp_path, HEAT, CARBON, CO2, other, own)


def test_co2e_below_co2_is_refused(tmp_path):
    co2e = row(kind="emission_factor_co2e", value="2.3", unit="t-CO2e(AR5)/kL")
    error = refused(tmp_path, CO2, co2e)
    assert lines_of(error) == [3]
    assert "CO2e" in error.text("ja")
    assert "2.3217" in error.text("ja")
    assert load(tmp_path, CO2, {**co2e, "value": "2.4"})
    assert load(tmp_path, CO2, {**co2e, "value": "2.3217"})
