"""A factor of an analyst's own file that cannot be is refused with the slip it looks like; what is published passes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib.factors import built_in_sets
from carbonlib.factors.model import Factor
from carbonlib.factors.plausible import bands, implausible, in_band
from tests.factors.test_loader import load, refused, row

PUBLISHED = [f for s in built_in_sets().values() for f in s.factors]


@pytest.mark.parametrize("factor", PUBLISHED, ids=lambda f: f.id)
def test_every_built_in_factor_has_a_band_and_is_well_inside(factor: Factor) -> None:
    held = in_band(factor)
    assert held is not None
    band, value = held
    assert band.low * Decimal("1.05") < value < band.high / Decimal("1.05")


def test_every_band_is_spanned_by_what_is_published() -> None:
    used = {held[0] for f in PUBLISHED if (held := in_band(f))}
    assert used == set(bands())


@pytest.mark.parametrize(
    ("carrier", "kind", "value", "unit", "fits"),
    [
        ("electricity", "emission_factor", "423", "t-CO2/千kWh", "0.423"),
        ("electricity", "emission_factor", "0.423", "t-CO2/kWh", "0.423"),
        ("electricity", "emission_factor", "0.000423", "t-CO2/千kWh", "0.423"),
        ("electricity", "primary_energy_factor", "9760", "GJ/千kWh", "9.76"),
        ("gasoline", "emission_factor", "2.32", "kg-CO2/kL", "2.32"),
        ("gasoline", "gross_calorific_value", "34600", "GJ/kL", "34.6"),
        ("kerosene", "carbon_content", "0.0678", "t-C/GJ", "0.01849"),
        ("lpg", "emission_factor", "0.817", "t-CO2/t", "2.996"),
        ("diesel", "emission_factor_co2e", "2590", "t-CO2e(AR5)/kL", "2.59"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, carrier: str, kind: str, value: str, unit: str, fits: str) -> None:
    error = refused(tmp_path, row(carrier=carrier, kind=kind, value=value, unit=unit))
    (one,) = error.findings
    assert one.id == "factors.band"
    assert one.place.line == 2
    assert f" の {fits} なら入ります。" in one.message.ja
    assert f", {fits}, would fit" in one.message.en


def test_what_no_slip_explains_is_refused_all_the_same() -> None:
    own = Factor("s", "gasoline", "gross_calorific_value", Decimal(100), "GJ/kL")
    assert "ありうる幅 28〜46 GJ/kL の外です。値か単位を" in implausible(own).ja  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "unit", "exception"),
    [
        ("423", "kg-CO2/千kWh", ""),
        ("0.000423", "t-CO2/kWh", ""),
        ("0", "t-CO2/千kWh", ""),
        ("2", "t-CO2/千kWh", "自家発電"),
    ],
)
def test_a_value_in_its_own_unit_none_and_an_explained_one_pass(
    tmp_path: Path, value: str, unit: str, exception: str
) -> None:
    one = row(carrier="electricity", kind="emission_factor", value=value, unit=unit, exception=exception)
    assert list(load(tmp_path, one)) == ["s"]
