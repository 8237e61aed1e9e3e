"""The split of a change: it adds up to the last digit, whatever the numbers, zeros included."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.analysis.decomposition import Contributions, Part, contributions_of, decompose, log_mean

amount = st.fractions(0, 10**7, max_denominator=1000)
positive = st.fractions(Fraction(1, 1000), 10**7, max_denominator=1000)
part = st.builds(lambda q, f: Part(q, q * f), amount, st.fractions(0, 5, max_denominator=1000))
year = st.dictionaries(st.sampled_from(["electricity", "city_gas", "lpg", "kerosene"]), part, max_size=4)


def parts_of(e: Contributions) -> Fraction:
    return (e.activity or Fraction(0)) + e.intensity + e.factor


@settings(max_examples=50)
@given(year, year, st.none() | st.tuples(positive, positive))
def test_the_effects_add_up_exactly(
    before: dict[str, Part], after: dict[str, Part], activity: tuple[Fraction, Fraction] | None
) -> None:
    found = decompose(before, after, activity)
    assert found is not None
    change = sum((p.co2_t for p in after.values()), Fraction(0)) - sum(
        (p.co2_t for p in before.values()), Fraction(0)
    )
    assert parts_of(found) == found.total == change
    assert (found.activity is None) == (activity is None)


@settings(max_examples=50)
@given(year, year, st.tuples(positive, positive))
def test_backwards_in_time_every_effect_changes_its_sign(
    before: dict[str, Part], after: dict[str, Part], activity: tuple[Fraction, Fraction]
) -> None:
    there, back = decompose(before, after, activity), decompose(after, before, (activity[1], activity[0]))
    assert there is not None
    assert back is not None
    for name in ("activity", "intensity", "factor"):
        assert abs(getattr(there, name) + getattr(back, name)) < Fraction(1, 10**30)


@given(year, positive)
def test_nothing_changes_where_nothing_changed(before: dict[str, Part], activity: Fraction) -> None:
    found = decompose(before, before, (activity, activity))
    assert found == Contributions(Fraction(0), Fraction(0), Fraction(0), Fraction(0))


@given(part, part)
def test_the_rest_that_the_intensity_takes_is_the_rounding_of_logarithms(before: Part, after: Part) -> None:
    found = contributions_of(before, after, (Fraction(3), Fraction(4)))
    if before.co2_t and after.co2_t:
        mean = log_mean(before.co2_t, after.co2_t)
        by_hand = float(mean) * math.log((after.quantity / 4) / (before.quantity / 3))
        assert math.isclose(float(found.intensity), by_hand, rel_tol=1e-6, abs_tol=1e-6)


@given(positive, positive, positive, positive)
def test_zeros_are_what_small_numbers_tend_to(q0: Fraction, q1: Fraction, f0: Fraction, f1: Fraction) -> None:
    # the small-value strategy converges to the analytical limits (Ang and Liu 2007)
    tiny = Fraction(1, 10**400)
    new = Part(q1, q1 * f1)
    came = contributions_of(Part(q1 * tiny, q1 * tiny * f0), new)
    limit = contributions_of(Part(Fraction(0), Fraction(0)), new)
    assert limit.intensity == limit.total
    assert abs(float((came.intensity - limit.intensity) / new.co2_t)) < 0.06
    clean = contributions_of(Part(q0, q0 * f0), Part(q1, Fraction(0)))
    assert (clean.factor, clean.intensity) == (-q0 * f0, 0)


def test_by_hand() -> None:
    # 2 t to 1 t, all of it by the activity: L(1, 2)·ln(1/2) = −1
    found = contributions_of(
        Part(Fraction(10), Fraction(2)), Part(Fraction(5), Fraction(1)), (Fraction(8), Fraction(4))
    )
    assert found.activity is not None
    assert abs(found.activity + 1) < Fraction(1, 10**40)
    assert found.factor == 0


def test_negative_amounts_and_no_activity_are_not_split_by_logarithms() -> None:
    one = Part(Fraction(1), Fraction(1))
    assert decompose({"e": one}, {"e": Part(Fraction(-1), Fraction(-1))}) is None
    found = decompose({"e": one}, {"e": Part(Fraction(2), Fraction(2))}, (Fraction(0), Fraction(3)))
    assert found is not None
    assert found.activity is None, "a year without any activity has no intensity"
