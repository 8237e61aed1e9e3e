"""Programmes: the factor of the year and of the supplier or an error, never a neighbour's."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from carbonlib.errors import FactorError, MissingFactorError
from carbonlib.factors import (
    NO_FACTOR_JA,
    programme,
)
from carbonlib.units import Q_, round_half_up

SAITAMA, SHK = programme("saitama-diagnosis-2025"), programme("shk")


def factor(p, carrier, kind, unit, year=2025, supplier=""):
    return p.factor(carrier, kind, unit=unit, fiscal_year=year, supplier=supplier)


def missing(p, *arguments, **options) -> MissingFactorError:
    with pytest.raises(MissingFactorError) as caught:
        factor(p, *arguments, **options)
    return caught.value


# --- years


@pytest.mark.parametrize(
    ("year", "carrier", "kind", "unit", "value"),
    [
        (2022, "electricity", "primary_energy_factor", "kWh", "9.76"),
        (2023, "electricity", "primary_energy_factor", "kWh", "8.64"),
        (2022, "gasoline", "gross_calorific_value", "L", "34.6"),
        (2023, "gasoline", "gross_calorific_value", "L", "33.4"),
        (2010, "kerosene", "carbon_content", "GJ", "0.0185"),
        (2030, "kerosene", "carbon_content", "GJ", "0.0187"),
    ],
)
def test_the_year_of_use_chooses_the_factor(year, carrier, kind, unit, value):
    assert factor(SHK, carrier, kind, unit, year).value == Decimal(value)


@pytest.mark.parametrize(
    ("carrier", "kind", "unit", "year", "there"),
    [
        ("gasoline", "gross_calorific_value", "L", 2009, ["2010–2022", "2023–"]),
        ("electricity", "emission_factor", "kWh", 2024, ["2025"]),
        ("electricity", "emission_factor", "kWh", 2026, ["2025"]),
        ("natural_gas", "gross_calorific_value", "m3_ambient", 2022, ["2023–"]),
    ],
)
def test_a_year_without_a_factor_is_refused_naming_the_years_there_are(carrier, kind, unit, year, there):
    error = missing(SHK, carrier, kind, unit, year=year)
    for text in (error.text("ja"), error.text("en")):
        assert str(year) in text
        assert all(span in text for span in there)
    assert NO_FACTOR_JA in error.text("ja")


def test_a_carrier_the_programme_does_not_know_is_refused_too():
    assert "持ちません" in missing(SAITAMA, "heavy_oil_bc", "emission_factor", "L").text("ja")
    assert "none for this carrier" in missing(SAITAMA, "lng", "emission_factor", "kg").text("en")


def test_fixed_factors_hold_in_every_year():
    for year in (2005, 2025, 2040):
        assert factor(SAITAMA, "electricity", "emission_factor", "kWh", year).value == Decimal("0.495")


# --- provisional use


def test_another_year_stands_in_only_by_decision_and_says_so():
    missing(SHK, "electricity", "emission_factor", "kWh", year=2026, supplier="national-average")
    stood_in = SHK.provisional(2025)
    used = factor(stood_in, "electricity", "emission_factor", "kWh", 2026, "national-average")
    assert used.value == Decimal("0.423")
    (finding,) = [f for f in stood_in.findings_on(used, 2026) if f.id == "factor.provisional"]
    assert finding.severity == "warning"
    for text in (finding.text("ja"), finding.text("en")):
        assert "2026" in text
        assert "2025" in text
    assert "暫定" in finding.text("ja")


def test_a_factor_that_holds_in_the_year_is_not_called_provisional():
    stood_in = SHK.provisional(2025)
    heat = factor(stood_in, "gasoline", "gross_calorific_value", "L", 2026)
    assert [f.id for f in stood_in.findings_on(heat, 2026)] == []


def test_a_provisional_year_without_factors_is_still_refused():
    missing(
        SHK.provisional(2024), "electricity", "emission_factor", "kWh", year=2025, supplier="substitute-value"
    )


def test_making_a_provisional_programme_leaves_the_first_alone():
    SHK.provisional(2025)
    assert SHK.provisional_year is None
    assert programme("shk").provisional_year is None


# --- suppliers


@pytest.mark.parametrize(
    ("supplier", "value"),
    [
        ("substitute-value", "0.416"),
        ("national-average", "0.423"),
        ("tepco-ep-residual", "0.452"),
        ("tokorozawa-mirai-residual", "0.102"),
    ],
)
def test_each_supplier_of_electricity_has_its_own_factor(supplier, value):
    assert factor(SHK, "electricity", "emission_factor", "kWh", 2025, supplier).value == Decimal(value)


def test_an_unknown_supplier_is_refused_naming_those_there_are():
    error = missing(SHK, "electricity", "emission_factor", "kWh", supplier="tepco")
    for text in (error.text("ja"), error.text("en")):
        assert "tepco" in text
        assert all(s in text for s in SHK.suppliers("electricity", 2025))


def test_electricity_without_a_supplier_is_refused_and_no_average_stands_in():
    error = missing(SHK, "electricity", "emission_factor", "kWh")
    assert "national-average" in error.text("ja")
    assert "company.yaml" in error.text("ja")
    assert "company.yaml" in error.text("en")


def test_gas_without_a_supplier_takes_the_default_of_the_ordinance():
    default = factor(SHK, "city_gas", "emission_factor", "m3_ambient")
    assert default.exact == Fraction("40") * Fraction("0.0140") * Fraction(44, 12) / 1000
    own = factor(SHK, "city_gas", "emission_factor", "m3_ambient", 2025, "bushu-gas")
    assert own.value == Decimal("2.09")
    assert "bushu-gas" in own.id


def test_a_gas_supplier_who_is_not_listed_is_refused():
    error = missing(SHK, "city_gas", "emission_factor", "m3_ambient", supplier="bushu")
    assert "bushu-gas" in error.text()


def test_a_suppliers_factor_does_not_reach_into_other_years():
    missing(SHK, "city_gas", "emission_factor", "m3_ambient", year=2024, supplier="bushu-gas")
    missing(SHK, "electricity", "emission_factor", "kWh", year=2024, supplier="tepco-ep-residual")


def test_a_suppliers_name_does_not_matter_where_factors_are_not_by_supplier():
    assert factor(
        SAITAMA, "electricity", "emission_factor", "kWh", 2025, "tepco-ep-residual"
    ).value == Decimal("0.495")
    heat = factor(SHK, "city_gas", "gross_calorific_value", "m3_ambient", 2025, "bushu-gas")
    assert heat.value == Decimal("40.0")


# --- derived and doubtful factors


def test_a_derived_factor_names_what_it_was_made_from():
    derived = factor(SHK, "gasoline", "emission_factor", "L")
    heat = factor(SHK, "gasoline", "gross_calorific_value", "L")
    carbon = factor(SHK, "gasoline", "carbon_content", "GJ")
    assert derived.derived_from == (heat.id, carbon.id)
    assert "44/12" in derived.locator
    assert Q_(float(derived.exact), derived.registry_unit).to("t_CO2/kL").magnitude == pytest.approx(
        33.4 * 0.0187 * 44 / 12
    )


def test_a_published_factor_is_never_replaced_by_a_derived_one():
    stated = [f for f in SAITAMA.factors() if f.kind == "emission_factor"]
    assert all(not f.derived_from for f in stated)
    assert len(stated) == 8


def test_the_city_gas_factor_as_printed_travels_with_its_doubt():
    gas = factor(SAITAMA, "city_gas", "emission_factor", "m3_metered")
    assert gas.value == Decimal("2.1693")
    assert round_half_up(Fraction("43.5") * Fraction("0.0136") * Fraction(44, 12), 4) == Decimal("2.1692")
    (finding,) = SAITAMA.findings_on(gas, 2024)
    assert finding.id == "factor.exception"
    assert "2.1692" in finding.text("ja")


def test_second_hand_factors_say_that_they_want_confirming():
    electricity = factor(SHK, "electricity", "primary_energy_factor", "kWh")
    (finding,) = SHK.findings_on(electricity, 2025)
    assert finding.id == "factor.evidence"
    assert "要照合" in finding.text("ja")
    assert "to be confirmed" in finding.text("en")


def test_a_factor_that_is_beyond_doubt_carries_no_finding():
    assert SAITAMA.findings_on(factor(SAITAMA, "gasoline", "emission_factor", "L"), 2025) == ()


# --- names


def test_an_unknown_programme_names_those_there_are():
    with pytest.raises(FactorError, match="saitama-diagnosis-2025"):
        programme("saitama")
