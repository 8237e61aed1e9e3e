"""Amounts of carriers: states of gas, units of each carrier, and an amount times a factor."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from carbonlib.accounting import Chain
from carbonlib.errors import UnitError
from carbonlib.factors import (
    KL_PER_GJ,
    carrier_named,
    gas_volume_ratio,
    read_carrier,
)
from carbonlib.units import ratio, round_half_up, volume_bases
from tests.factors.test_programme import SAITAMA, SHK, factor

# --- volumes of gas


def test_each_programme_counts_an_m3_of_city_gas_at_its_own_state():
    assert SAITAMA.volume_basis("city_gas", 2024) == "low_pressure_meter"
    assert SHK.volume_basis("city_gas", 2022) == "normal"
    assert SHK.volume_basis("city_gas", 2025) == "ambient"
    assert SHK.volume_basis("natural_gas", 2022) is None


@pytest.mark.parametrize(
    ("p", "year", "unit"),
    [
        (SAITAMA, 2024, "metered_cubic_meter"),
        (SHK, 2022, "normal_cubic_meter"),
        (SHK, 2025, "ambient_cubic_meter"),
    ],
)
def test_an_m3_of_city_gas_is_read_at_the_state_of_the_programme_and_says_so(p, year, unit):
    amount = read_carrier("0.295 千m3", "city_gas", p, year)
    assert (amount.value, amount.unit) == (295, unit)
    assert [f.id for f in amount.findings] == ["unit.volume_basis_taken"]


def test_a_stated_volume_is_moved_to_the_programmes_state_and_says_so():
    amount = read_carrier("1000 Nm3", "city_gas", SAITAMA, 2024)
    assert amount.unit == "metered_cubic_meter"
    assert float(amount.value) == pytest.approx(1000 * 288.15 / 273.15 * 101.325 / 103.325, rel=1e-12)
    assert [f.id for f in amount.findings] == ["unit.volume_basis_converted"]
    assert [f.id for f in read_carrier("1 m3（低圧）", "city_gas", SAITAMA, 2024).findings] == []


def test_the_decks_own_example_of_gas_states():
    """45 GJ per 千Nm3 become 43.5 GJ per 千m3 at a low-pressure meter."""
    assert round_half_up(45 / gas_volume_ratio("normal", "low_pressure_meter"), 1) == Decimal("43.5")


def test_gas_states_convert_there_and_back_and_around():
    states = [name for name, b in volume_bases().items() if b.temperature_k is not None]
    assert len(states) == 3
    for one in states:
        assert gas_volume_ratio(one, one) == 1
        for two in states:
            assert gas_volume_ratio(one, two) * gas_volume_ratio(two, one) == 1
            for three in states:
                through = gas_volume_ratio(one, two) * gas_volume_ratio(two, three)
                assert through == gas_volume_ratio(one, three)


def test_lpg_has_no_gas_state_to_convert_to():
    with pytest.raises(UnitError, match="密度"):
        gas_volume_ratio("normal", "lpg_gas")


def test_lpg_by_the_cubic_metre_becomes_mass_by_density_or_by_specific_volume():
    density = factor(SAITAMA, "lpg", "gas_density", "m3_lpg")
    volume = factor(SHK, "lpg", "gas_specific_volume", "kg")
    assert density.times(Fraction(8648), "m3_lpg") == 8648 * Fraction("2.075")
    chain = Chain("lpg", "m3_lpg", SHK, 2025, "")
    heat, of = chain.energy(Fraction(8648))
    assert (chain.mass_factor, of) == (volume, factor(SHK, "lpg", "gross_calorific_value", "kg"))
    assert heat == 8648 / Fraction("0.502") * Fraction("50.1") / 1000


# --- amounts and carriers


@pytest.mark.parametrize(
    ("text", "carrier", "value", "unit"),
    [
        ("2,298,480 kWh", "electricity", 2298480, "kWh"),
        ("2.298 GWh", "electricity", 2298000, "kWh"),
        ("1.2 kL", "gasoline", 1200, "L"),
        ("1 m3", "kerosene", 1000, "L"),
        ("0.5 t", "lpg", 500, "kg"),
        ("30 m3", "lpg", 30, "m3_lpg"),
        ("2 t", "lng", 2000, "kg"),
    ],
)
def test_amounts_come_in_the_carriers_own_unit_exactly(text, carrier, value, unit):
    amount = read_carrier(text, carrier, SAITAMA, 2024)
    assert (amount.value, amount.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("100 kWh", "gasoline"),
        ("100 kg", "gasoline"),
        ("100 L", "electricity"),
        ("100 kg", "city_gas"),
        ("100 kWh", "city_gas"),
        ("100 Nm3", "lpg"),
        ("100 t-CO2", "electricity"),
        ("100 kL-coe", "gasoline"),
        ("100 円", "electricity"),
        ("100 kWh/年", "electricity"),
        ("100 m3(LPG)", "city_gas"),
    ],
)
def test_a_unit_that_does_not_fit_the_carrier_is_refused_naming_those_that_do(text, carrier):
    with pytest.raises(UnitError) as caught:
        read_carrier(text, carrier, SAITAMA, 2024)
    kind = carrier_named(carrier)
    for language in ("ja", "en"):
        assert all(u in caught.value.text(language) for u in kind.display_units + kind.sheet_units)


@pytest.mark.parametrize("name", ["gas", "ガス", "ＧＡＳ"])
def test_gas_without_its_kind_is_no_carrier(name):
    with pytest.raises(UnitError) as caught:
        carrier_named(name)
    for language in ("ja", "en"):
        assert "city_gas" in caught.value.text(language)
        assert "lpg" in caught.value.text(language)


def test_an_unknown_carrier_names_those_there_are():
    with pytest.raises(UnitError, match="kerosene"):
        carrier_named("coal")


# --- constants and names


def test_the_crude_oil_constant_is_the_registrys():
    assert ratio("GJ*primary", "kL_coe") == KL_PER_GJ == Fraction("0.0258")


@pytest.mark.parametrize(
    ("amount", "unit"), [(402, "L"), (Fraction("0.402"), "kL"), (Fraction("0.402"), "m3")]
)
def test_an_amount_times_a_factor_is_exact_in_any_of_its_units(amount, unit):
    heat = factor(SAITAMA, "kerosene", "gross_calorific_value", "L")
    co2 = factor(SAITAMA, "kerosene", "emission_factor", "L")
    assert heat.times(Fraction(amount), unit) == Fraction("0.402") * Fraction("36.7")
    assert co2.times(Fraction(amount), unit) == Fraction("0.402") * Fraction("2.4895")


def test_a_factor_per_another_unit_does_not_apply():
    co2 = factor(SAITAMA, "gasoline", "emission_factor", "L")
    with pytest.raises(UnitError) as caught:
        co2.times(Fraction(1), "kWh")
    assert all(part in caught.value.text() for part in (co2.id, "kWh"))


@pytest.mark.parametrize("text", ["460 GJ", "3.6 MJ"])
def test_electricity_in_joules_could_be_primary_energy_and_is_refused(text):
    with pytest.raises(UnitError, match="電力量か一次エネルギーか決められません。千kWh・kWh で"):
        read_carrier(text, "electricity", SAITAMA, 2024)
