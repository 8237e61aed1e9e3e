"""The city's target: what the printed figures imply, and when the comparison is 参考値."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from carbonlib.city.target import progress
from carbonlib.records.city import City, read_city
from carbonlib.records.workspace import find_workspace
from carbonlib.units import format_number, read
from tests.conftest import ROOT


@pytest.fixture
def city() -> City:
    return read_city(find_workspace(ROOT))


def test_the_printed_figures_give_the_derived_ones(city: City) -> None:
    """113, 51 % and 76 give about 149, about 73, 24.2 % and about 40 (Tokorozawa deck 2024-04-17, derived)."""
    p = progress(city)
    assert format_number(p.base_t / 10000) == "149"
    assert format_number(p.target_t / 10000) == "73"
    assert format_number(p.cut_so_far * 100, 1) == "24.2"
    assert format_number(p.remaining_t / 10000) == "40"
    assert (format_number(p.base_low_t / 10000, 1), format_number(p.base_high_t / 10000, 1)) == (
        "146.6",
        "151.5",
    )
    assert p.reference


def test_like_with_like_is_no_reference(city: City) -> None:
    target = replace(city.target, gas="CO2", base_level=read("150 万t-CO2"))
    p = progress(replace(city, target=target))
    assert not p.reference
    assert p.target_t == Fraction(735000)
    assert progress(replace(city, target=replace(target, gas="GHG"))).gases_differ


def test_a_printed_weekday_is_checked(city: City) -> None:
    assert [f.id for f in city.findings] == ["activity.weekday"]
    assert "月曜日" in city.findings[0].message.ja
    assert city.findings[0].place.line is not None
