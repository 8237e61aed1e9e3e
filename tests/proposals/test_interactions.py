"""Interactions: no load gives more than it uses, order is nobody's accident, a kelvin and a fitting count once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.proposals.interactions import Act, Step, applied, chosen
from carbonlib.proposals.loads import LoadKey, Use, related

LIGHTING = LoadKey("shop", "electricity [kWh]", "lighting")
COOLING = LoadKey("shop", "electricity [kWh]", "cooling")
ELECTRICITY = "electricity [kWh]"


def act(id, key, saved, before, part="", rank=(), claims=None, **more):
    step = Step(key, (part,) if part else (), saved, before, claims=claims or {})
    return Act(id, (step,), rank=rank or (id,), **more)


def saved(results):
    return {r.id: sum(r.saved) for r in results}


def test_the_second_of_two_measures_saves_on_what_the_first_left():
    # 10,000 kWh of lighting: LED takes 60 %, then switching off a fifth of the hours takes 20 % of 4,000 kWh
    acts = [act("1", LIGHTING, 6000, 10_000), act("2", LIGHTING, 2000, 10_000)]
    assert saved(applied(acts, [], {ELECTRICITY: 50_000})) == pytest.approx({"1": 6000, "2": 800})


def test_two_parts_of_a_load_do_not_touch_and_the_whole_meets_both():
    acts = [
        act("1", COOLING, 3000, 5000, part="1階"),
        act("2", COOLING, 1000, 4000, part="2階"),
        act("3", COOLING, 2000, 20_000),  # a tenth of all cooling
    ]
    found = saved(applied(acts, [Use(COOLING, 20_000)], {ELECTRICITY: 90_000}))
    assert found == pytest.approx({"1": 3000, "2": 1000, "3": 1600})


def test_an_order_that_was_given_comes_first():
    acts = [act("1", LIGHTING, 6000, 10_000), act("2", LIGHTING, 2000, 10_000)]
    found = applied(acts, [], {ELECTRICITY: 50_000}, order=["2"])
    assert [r.id for r in found] == ["2", "1"]
    assert saved(found) == pytest.approx({"2": 2000, "1": 4800})


def test_the_same_kelvin_counts_once():
    # set-point by 2 K and circulators that allow 1 K of it: the second adds nothing, in either order
    wide = act("1", COOLING, 2000, 20_000, claims={"setpoint": 2.0})
    narrow = act("2", COOLING, 1000, 20_000, claims={"setpoint": 1.0})
    first_wide = saved(applied([wide, narrow], [], {ELECTRICITY: 50_000}))
    assert first_wide == pytest.approx({"1": 2000, "2": 0})
    first_narrow = saved(applied([wide, narrow], [], {ELECTRICITY: 50_000}, order=["2", "1"]))
    assert first_narrow == pytest.approx({"2": 1000, "1": 2000 * 0.95 / 2})


def test_a_cross_effect_shrinks_with_its_main_effect():
    led = Act(
        "1",
        (
            Step(LIGHTING, (), 5000, 10_000),
            Step(COOLING, (), 600, 8000, True),
            Step(COOLING, (), -200, None, True),
        ),
        rank=("b",),
    )
    off = act("0", LIGHTING, 2000, 10_000, rank=("a",))
    result = {r.id: r.saved for r in applied([led, off], [], {ELECTRICITY: 90_000})}
    assert result["1"] == pytest.approx((4000, 480, -160))


def test_of_alternatives_only_the_preferred_is_counted():
    one = act("1", LIGHTING, 6000, 10_000, excludes=frozenset({"2"}), preference=(-6000,))
    two = act("2", LIGHTING, 2000, 10_000, preference=(-2000,))
    kept, out = chosen([two, one])
    assert [k.id for k in kept] == ["1"]
    assert out == {"2": "1"}


def test_what_comes_after_all_savings_sees_the_load_that_is_left():
    seen = []

    def again(share):
        seen.append(share)
        return (Step(LoadKey("shop", ELECTRICITY, "imported_electricity"), (), 5000 * share, None),)

    sun = Act("0", (Step(LIGHTING, (), 5000, None),), rank=("a",), again=again)
    led = act("1", LIGHTING, 4000, 10_000, rank=("b",))
    found = applied([sun, led], [], {ELECTRICITY: 20_000}, order=["0"])
    assert [r.id for r in found] == ["1", "0"]
    assert seen == [0.8]
    assert saved(found)["0"] == 4000


def test_a_carrier_that_is_not_billed_gives_nothing():
    gas = LoadKey("shop", "city_gas [m3_metered]", "boiler")
    assert saved(applied([act("1", gas, 500, 4000)], [], {ELECTRICITY: 1000})) == {"1": 0}


amounts = st.floats(0, 1e6, allow_nan=False)
steps = st.builds(
    lambda key, part, before, share, claim: (key, part, before, share, claim),
    st.sampled_from([LIGHTING, COOLING]),
    st.sampled_from(["", "1階", "2階"]),
    amounts,
    st.floats(-0.3, 1.0),
    st.sampled_from([0.0, 1.0, 2.0]),
)


def _acts(rows):
    return [
        act(
            str(i),
            key,
            before * share,
            before,
            part,
            claims={"setpoint": claim} if claim else {},
        )
        for i, (key, part, before, share, claim) in enumerate(rows)
    ]


@given(st.lists(steps, max_size=12), amounts)
def test_no_total_exceeds_its_load_or_its_carrier(rows, total):
    results = applied(_acts(rows), [], {ELECTRICITY: total})
    added = -sum(s for r in results for s in r.saved if s < 0)
    taken = sum(s for r in results for s in r.saved if s > 0)
    assert taken <= (total + added) * (1 + 1e-9)
    for key in (LIGHTING, COOLING):
        own = [r for r in rows if r[0] == key]
        by_part: dict[str, float] = {}
        for _, part, before, share, _ in own:
            by_part[part] = max(by_part.get(part, 0.0), before, before * share)
        whole = max(by_part.get("", 0.0), sum(v for p, v in by_part.items() if p))
        plus = -sum(
            s for r in results for st_, s in zip(r.steps, r.saved, strict=True) if st_.key == key and s < 0
        )
        gain = sum(
            s for r in results for st_, s in zip(r.steps, r.saved, strict=True) if st_.key == key and s > 0
        )
        assert gain <= (whole + plus) * (1 + 1e-9) + 1e-9


@given(st.lists(steps, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(rows, random):
    acts = _acts(rows)
    shuffled = list(acts)
    random.shuffle(shuffled)
    totals = {ELECTRICITY: 1e6}
    assert saved(applied(acts, [], totals)) == saved(applied(shuffled, [], totals))


@given(st.lists(steps, max_size=8))
def test_no_adjusted_saving_exceeds_the_stand_alone_one(rows):
    acts = _acts([r for r in rows if r[3] >= 0])
    for result in applied(acts, [], {ELECTRICITY: 1e9}):
        assert sum(result.saved) <= sum(s.saved for s in result.steps) * (1 + 1e-9)


def test_a_measure_on_some_rooms_is_not_diluted_by_a_large_declared_load():
    # 20 fittings of 85 W: switched off 1,300 of 2,600 h, and LED of 34 W; 4,420 kWh of a declared 39,780 kWh
    acts = [act("1", LIGHTING, 2210, 4420), act("2", LIGHTING, 2652, 4420)]
    found = saved(applied(acts, [Use(LIGHTING, 39_780)], {ELECTRICITY: 600_000}))
    assert sum(found.values()) == pytest.approx(3536)


def test_uses_within_one_another_meet():
    # set-point on all air conditioning, renewal of the cooling: together never more than the 40,000 kWh there are
    air = LoadKey("shop", ELECTRICITY, "air_conditioning")
    setpoint = Act("1", (Step(air, (), 20_000, 40_000),), rank=("a",))
    renewal = Act("2", (Step(air, ("cooling",), 26_667, 40_000),), rank=("b",))
    direct = Act("3", (Step(air, (), 30_000, 40_000),), rank=("c",))
    found = saved(applied([setpoint, renewal, direct], [], {ELECTRICITY: 600_000}))
    assert sum(found.values()) < 40_000
    assert found["2"] == pytest.approx(26_667 / 2)


def test_a_smaller_use_lies_within_a_larger_one_and_around_the_named_parts():
    acts = [
        act("1", LIGHTING, 300, 1000, part="2F"),
        act("2", LIGHTING, 2000, 4000),  # half of 4,000 kWh, the 2F among them
        act("3", LIGHTING, 1000, 10_000),  # a tenth of all
    ]
    found = saved(applied(acts, [], {ELECTRICITY: 50_000}))
    assert found == pytest.approx({"1": 300, "2": 1850, "3": (10_000 - 300 - 1850) / 10})


def test_parts_are_related_to_what_holds_them():
    assert related((), ("2F",))
    assert related(("cooling",), ("cooling", "1F"))
    assert not related(("1F",), ("2F",))
