"""No group of the published briefing is so small that it names a company."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.city.rollup import Member, by_group, merge
from carbonlib.city.sizes import size_names, size_of
from carbonlib.city.suppress import suppress
from tests.city.test_rollup import account_of, bill


@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 6), min_size=1), st.integers(1, 5))
@settings(max_examples=40)
def test_groups_are_large_enough_or_all_are_one(counts: dict[str, int], threshold: int) -> None:
    members = [
        Member(account_of(f"{g}{i}", [bill("electricity", "kWh", Decimal(100 + i))]), g)
        for g, n in counts.items()
        for i in range(n)
    ]
    groups = by_group(members)
    published = suppress(groups, threshold)
    assert merge(published.groups.values()) == merge(groups.values())
    sizes = [g.count for g in published.groups.values()]
    assert min(sizes) >= threshold or len(sizes) == 1
    assert set(published.pooled) <= set(groups)


def test_sizes_are_ordered_and_a_line_belongs_above() -> None:
    from fractions import Fraction

    assert [size_of(Fraction(v)) for v in (0, 50, 300, 1500)] == size_names()[:4]
    assert size_of(Fraction(299_999, 1000)) == size_names()[1]
