"""Properties of proposals on real nested loads: no total exceeds its load, and the order of entry changes nothing."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.accounting import EnergyAccount, account
from carbonlib.factors import programmes
from carbonlib.proposals.bound import Surroundings
from carbonlib.proposals.effects import Rates
from carbonlib.proposals.evaluation import Evaluation, evaluate
from carbonlib.records.defaults import built_in_defaults
from carbonlib.records.model import Bill, Company, Site
from carbonlib.records.proposal_model import CapitalLine, Entry, Proposal, Proposals

RULES = programmes()["saitama-diagnosis-2025"]
YEAR = 2025
BILLED = {"electricity": (60_000, "kWh"), "kerosene": (3_000, "L")}
PARTS = ("", "1F", "2F")


def bill(carrier: str) -> Bill:
    amount, unit = BILLED[carrier]
    start, end = date(YEAR, 4, 1), date(YEAR + 1, 3, 31)
    return Bill("main", f"M-{carrier}", carrier, start, end, Decimal(amount), unit, Decimal(amount * 26))


@cache
def books() -> EnergyAccount:
    bills = [bill(c) for c in BILLED]
    return account(bills, owner="c", programme=RULES, fiscal_year=YEAR, suppliers={})


def entries(**texts: str) -> dict[str, Entry]:
    return {name: Entry(text) for name, text in texts.items()}


def made(kind: str, size: int, share: int) -> tuple[str, str, dict[str, object]]:
    """Return measure, end use ("" for the measure's own) and inputs of a proposal of so many kWh or lamps."""
    use, part = f"{size} kWh/年", max(1, size // 200)
    match kind:
        case "led":
            row = entries(
                watts_before="85 W", count_before=f"{part} 台", watts_after="34 W", hours="2,600 h/年"
            )
            return "led_lighting", "", {"rooms": (row,)}
        case "off":
            row = entries(
                watts="85 W", count=f"{part} 台", hours="2,600 h/年", hours_off=f"{26 * share} h/年"
            )
            return "lighting_switch_off", "", {"rooms": (row,)}
        case "delamping":
            row = entries(
                watts="85 W",
                count=f"{part} 台",
                count_off=f"{max(1, part * share // 100)} 台",
                hours="2,600 h/年",
            )
            return "delamping", "", {"rooms": (row,)}
        case "setpoint":
            return (
                "setpoint_relaxation",
                "",
                entries(cooling_use=use, heating_use=use, cooling_change="2 ℃", heating_change="1 ℃"),
            )
        case "circulators":
            fans = entries(cooling_use=use, count="2 台", power="40 W", hours="1,000 h/年")
            return "circulator_fans", "", fans
        case "renewal":
            return (
                "air_conditioner_replacement",
                "",
                {"units": (entries(cooling_use=use, apf_before="3", apf_after="6"),)},
            )
        case "cleaning":
            return "air_conditioner_cleaning", "", entries(cooling_use=use, dirty_share=f"{share} %")
        case "kerosene":
            return (
                "before_after",
                "air_conditioning",
                entries(carrier="kerosene", before=f"{size} L/年", after="0 L/年"),
            )
        case "sun":
            given_ = {"self_use": "given", "self_consumed_per_kw": "1,000 kWh/kW/年"}
            return (
                "photovoltaics",
                "",
                entries(capacity=f"{max(1, size // 1000)} kW", annual_load="60,000 kWh/年", **given_),
            )
    return (
        "before_after",
        "air_conditioning",
        entries(before=use, after=f"{size * (100 - share) // 100} kWh/年"),
    )


KINDS = (
    "led",
    "off",
    "delamping",
    "setpoint",
    "circulators",
    "renewal",
    "cleaning",
    "kerosene",
    "sun",
    "direct",
)
ROWS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(PARTS), st.integers(500, 50_000), st.integers(1, 100)),
    min_size=2,
    max_size=7,
)


def proposals(rows: list[tuple[str, str, int, int]]) -> list[Proposal]:
    found = []
    for index, (kind, part, size, share) in enumerate(rows, start=1):
        measure, use, inputs = made(kind, size, share)
        cost = (CapitalLine("x", Decimal(1000 * size), "税抜"),) if index % 2 else None
        found.append(
            Proposal(str(index), kind, measure, inputs, end_use=use, part=part, capital=cost)  # type: ignore[arg-type]
        )
    return found


def evaluated(items: list[Proposal]) -> Evaluation:
    company = Company("c", "見本", "製造業", (Site("main", "事業所"),))
    around = Surroundings(RULES, YEAR, built_in_defaults())
    return evaluate(Proposals(tuple(items)), company, Rates(books(), RULES, {}), around)


@settings(max_examples=60)
@given(ROWS)
def test_no_total_exceeds_what_is_billed_nor_the_load_that_it_acts_on(
    rows: list[tuple[str, str, int, int]],
) -> None:
    items = proposals(rows)
    found = evaluated(items)
    for carrier, (amount, _) in BILLED.items():
        assert float(found.adjusted.saved(carrier)) <= amount * (1 + 1e-9)
    # all lighting that is proposed about, part by part: nothing gives more than the lamps use
    lit = [e for e in found.counted if e.measure.end_use == "lighting"]
    by_part: dict[str, float] = {}
    for one in lit:
        before = max(float(a.before or a.saved) for a in one.alone.amounts)
        by_part[one.proposal.part] = max(by_part.get(one.proposal.part, 0.0), before)
    size = max(by_part.get("", 0.0), sum(v for p, v in by_part.items() if p))
    assert sum(float(e.adjusted.saved("electricity")) for e in lit) <= size * (1 + 1e-9)
    # what is left of one proposal is never more than it saves alone; what adds to a load may add less
    for one in found.counted:
        if one.measure.id != "circulator_fans":
            for carrier in BILLED:
                alone = float(one.alone.saved(carrier))
                assert float(one.adjusted.saved(carrier)) <= max(alone, 0.0) * (1 + 1e-9) + 1e-9


@settings(max_examples=60)
@given(ROWS, st.integers(0, 1000))
def test_the_order_of_entry_changes_no_adjusted_total(
    rows: list[tuple[str, str, int, int]], seed: int
) -> None:
    items = proposals(rows)
    shuffled = list(items)
    random.Random(seed).shuffle(shuffled)
    one, two = evaluated(items), evaluated(shuffled)
    assert one.adjusted == two.adjusted
    assert one.order == two.order
    assert {e.proposal.number: e.adjusted for e in one.items} == {
        e.proposal.number: e.adjusted for e in two.items
    }


@settings(max_examples=40)
@given(ROWS)
def test_of_what_excludes_one_another_only_one_is_counted(rows: list[tuple[str, str, int, int]]) -> None:
    found = evaluated(proposals(rows))
    for one in found.counted:
        for other in found.counted:
            same = one.proposal.part == other.proposal.part or "" in {one.proposal.part, other.proposal.part}
            assert not (other.measure.id in one.measure.excludes and same)
    for out in (e for e in found.items if not e.counted):
        assert out.replaced_by
        assert all(a.saved == 0 for a in out.adjusted.amounts)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_these_proposals_can_be_evaluated(kind: str) -> None:
    (one,) = evaluated(proposals([(kind, "", 2000, 50)])).items
    assert any(a.saved > 0 for a in one.adjusted.amounts)
