"""The order of the curve: what costs the same a tonne stands in the order of its numbers."""

from __future__ import annotations

import pytest

from tests.proposals.test_views import of


@pytest.mark.parametrize("year", [2024, 2025])
def test_equal_costs_are_ordered_by_number_whatever_the_last_digit_of_a_float(year: int) -> None:
    """Two measures of the laundry that cost nothing and save the same fuel: a tonne of either saves as much."""
    blocks = of("sample-laundry", year).curve.blocks
    heights = {b.number: b.jpy_per_t for b in blocks}
    assert heights["2"] == heights["3"]
    numbers = [b.number for b in blocks]
    assert numbers.index("2") + 1 == numbers.index("3")
    assert sorted(heights.values()) == [b.jpy_per_t for b in blocks]
