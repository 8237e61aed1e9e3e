"""Verdicts: what holds, what fails by how much, what is missing; a failed rule goes before a missing fact."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import FactorError, UnitError
from carbonlib.factors import programmes
from carbonlib.records.subsidy_round import (
    Excepted,
    Minimum,
    RoundFactors,
    Rules,
)
from carbonlib.subsidies import Application, Matcher, OwnFactors, match, whole_kwh
from carbonlib.units import Q_
from tests.subsidies.rounds import DAY, FULL, GROUND, but, judged, shipped, simple, three_tonnes

EQUIPMENT_ROUND = "saitama-r7-smart-equipment"
EMERGENCY = "saitama-r6-emergency"


def test_what_holds_every_rule_may_be_eligible() -> None:
    offer = judged(FULL, shipped()[EQUIPMENT_ROUND])
    assert (offer.verdict, offer.verdict_label(), offer.verdict_label("en")) == (
        *("eligible", "対象の可能性あり"),
        "may be eligible",
    )
    assert offer.failed == offer.missing == ()
    assert offer.offer_jpy == 1_000_000  # 330 万円 / 1.1 / 3
    assert offer.offer.check("[currency]")
    assert offer.priority == ("diagnosis",)
    assert offer.documents
    assert {n.ja for n in offer.notes} >= {
        "資料から分からないこと: 対象外の費目（募集の資料に書かれていません）。"
    }


@pytest.mark.parametrize(
    ("factor", "kwh", "verdict"),
    [
        ("", 6000, "not_eligible"),  # 2.97 t: the deck calls it 3
        ("", 6060, "not_eligible"),
        ("", 6061, "eligible"),
        ("0.452", 6061, "not_eligible"),
        ("0.452", 6637, "not_eligible"),  # 2.999924 t
        ("0.452", 6638, "eligible"),
    ],
)
def test_three_tonnes_are_decided_by_the_rounds_own_factor(factor: str, kwh: int, verdict: str) -> None:
    saved = but(energy_saved={"electricity": Q_(float(kwh), "kWh")})
    offer = judged(saved, three_tonnes(factor))
    assert offer.verdict == verdict
    outcome = offer.outcome("co2_reduction")
    assert outcome is not None
    assert outcome.value == Fraction(kwh) * Fraction(factor or "0.495") / 1000
    assert (outcome.threshold, outcome.margin, outcome.unit) == (3, outcome.value - 3, "t-CO2")


def test_two_point_nine_seven_tonnes_are_named_with_margin_and_factor() -> None:
    offer = judged(but(energy_saved={"electricity": Q_(6000.0, "kWh/year")}), three_tonnes())
    message = offer.outcome("co2_reduction").message  # type: ignore[union-attr]
    assert "2.97 t-CO2 は、最低の 3 t-CO2 に 0.03 t-CO2 足りません" in message.ja
    assert "0.495 t-CO2/千kWh" in message.ja
    assert "電気だけなら年 6,061 kWh 以上" in message.ja
    assert "0.03 t-CO2 short of the minimum of 3 t-CO2" in message.en
    assert offer.offer is None
    assert offer.grant is not None


def test_a_value_just_under_a_line_is_not_printed_as_the_line() -> None:
    offer = judged(but(energy_saved={"electricity": Q_(6637.0, "kWh")}), three_tonnes("0.452"))
    assert "2.9999 t-CO2" in offer.failed[0].message.ja


def test_exactly_on_the_line_is_enough() -> None:
    tonne = three_tonnes("0.3")
    offer = judged(but(energy_saved={"electricity": Q_(10_000.0, "kWh")}), tonne)
    assert offer.verdict == "eligible"
    assert "ちょうど同じ" in offer.outcome("co2_reduction").message.ja  # type: ignore[union-attr]


def test_least_electricity() -> None:
    """The thresholds as electricity: facts/worked_examples.csv, sub.rule.3t (printed 6,000) and sub.rule.50kl."""
    own = OwnFactors(shipped()[EQUIPMENT_ROUND], programmes())
    three, fifty = own.electricity_for(Fraction(3)), own.electricity_for(Fraction(50), "crude_oil")
    assert three == 3 / Fraction("0.000495")
    assert whole_kwh(three) == 6061
    assert fifty == 50 / (Fraction("9.76") * Fraction("0.0258")) * 1000
    assert whole_kwh(fifty) == 198_564
    at_452 = OwnFactors(three_tonnes("0.452"), programmes()).electricity_for(Fraction(3))
    assert whole_kwh(at_452) == 6638


def test_fifty_kl_of_the_site() -> None:
    rules = Rules(crude_oil_equivalent=Minimum(Fraction(50), "kL-coe", GROUND))
    under, over = (
        judged(but(site_energy={"electricity": Q_(kwh, "kWh")}), simple(rules))
        for kwh in (198_563.0, 198_564.0)
    )
    assert [o.verdict for o in (under, over)] == ["not_eligible", "eligible"]
    assert "49.9998 kL は、最低の 50 kL に 0.0002 kL 足りません" in under.failed[0].message.ja
    assert "9.76 GJ/千kWh" in under.failed[0].message.ja
    given_ = judged(but(site_energy=None, site_crude_oil=Q_(49.9, "kL_coe")), simple(rules))
    assert "制度 saitama-diagnosis-2025 による値" in given_.failed[0].message.ja
    nothing = judged(but(site_energy=None, site_crude_oil=None), simple(rules))
    assert [o.rule for o in nothing.missing] == ["crude_oil_equivalent"]


def test_lighting_is_excluded_in_one_round_and_unclear_in_the_next() -> None:
    led = but(measures=("led_lighting",), equipment=("lighting",))
    emergency, smart = (judged(led, shipped()[r]) for r in (EMERGENCY, EQUIPMENT_ROUND))
    assert emergency.verdict == "not_eligible"
    assert [o.message.ja for o in emergency.failed] == ["照明設備は、この回では対象外です。"]
    assert emergency.failed[0].ground.source.publisher == "埼玉県"
    assert smart.verdict == "unclear"
    assert "照明設備が対象かどうか、この回の資料からは分かりません" in smart.missing[0].message.ja
    assert smart.offer is None


def test_a_class_that_no_category_lists_is_unclear_or_not_eligible() -> None:
    one = simple()
    strict = dataclasses.replace(
        one, categories=(dataclasses.replace(one.categories[0], unlisted="not_eligible"),)
    )
    fan = but(equipment=("ventilation",))
    assert judged(fan, one).verdict == "unclear"
    assert judged(fan, strict).verdict == "not_eligible"


def test_a_measure_can_be_excluded_by_its_id() -> None:
    one = simple(excluded=(Excepted("air_conditioner_replacement", "空調の更新", GROUND),))
    assert [o.rule for o in judged(FULL, one).failed] == ["equipment"]


def test_operational_measures_install_nothing() -> None:
    offer = judged(but(kind="operational", equipment=None), shipped()[EQUIPMENT_ROUND])
    assert [o.rule for o in offer.failed] == ["equipment"]
    assert judged(but(equipment=()), simple()).verdict == "not_eligible"


def test_every_missing_fact_is_named_and_nothing_is_assumed() -> None:
    offer = judged(Application(id="x"), shipped()[EMERGENCY])
    assert offer.verdict == "unclear"
    assert [o.rule for o in offer.missing] == [
        *("equipment", "prior_grants", "co2_reduction", "high_efficiency", "equipment_age"),
        *("company_operation", "site_operation", "no_order_before_award", "eligible_cost"),
    ]
    assert offer.failed == ()
    assert offer.grant is offer.co2_t is None


def test_a_failed_rule_goes_before_a_missing_fact() -> None:
    offer = judged(but(energy_saved=None, prior_grants=("saitama-r5-emergency",)), shipped()[EMERGENCY])
    assert offer.verdict == "not_eligible"
    assert [o.rule for o in offer.failed] == ["prior_grants"]
    assert "令和5年度" in offer.failed[0].message.ja
    assert [o.rule for o in offer.missing] == ["co2_reduction"]


def test_every_failed_rule_is_listed() -> None:
    offer = judged(
        but(
            energy_saved={"electricity": Q_(10.0, "kWh")},
            installed_on=date(2020, 1, 1),
            company_since=date(2025, 1, 1),
            efficiency_evidence=(),
            ordered_on=date(2025, 9, 1),
        ),
        shipped()[EMERGENCY],
        on=date(2025, 11, 1),
    )
    assert [o.rule for o in offer.failed] == [
        *("co2_reduction", "high_efficiency", "window", "equipment_age", "company_operation"),
        "no_order_before_award",
    ]
    assert offer.missing == ()


def test_a_quantity_of_another_kind_is_refused_by_name() -> None:
    for saved in ({"electricity": Q_(5.0, "t")}, {"electricity": 5}, {"electricity": Q_(5.0, "kL_coe")}):
        with pytest.raises(UnitError):
            judged(but(energy_saved=saved), three_tonnes())
    with pytest.raises(UnitError, match="site_crude_oil"):
        judged(
            but(site_energy=None, site_crude_oil=Q_(5, "kL")),
            simple(Rules(crude_oil_equivalent=Minimum(Fraction(50), "kL-coe", GROUND))),
        )
    with pytest.raises(FactorError, match="saitama"):
        match(
            FULL,
            dataclasses.replace(simple(), factors=RoundFactors("nowhere", 2025, GROUND)),
            programmes(),
            on=DAY,
        )


def test_every_sentence_is_there_in_both_languages() -> None:
    for one in shipped().values():
        for application in (FULL, Application(id="x"), but(equipment=("lighting", "ventilation", "ems"))):
            for outcome in judged(application, one).outcomes:
                assert outcome.message.ja.endswith("。")
                assert outcome.message.en.strip()
                assert outcome.ground.source.title


def test_one_matcher_judges_as_a_fresh_one_does() -> None:
    one = shipped()[EQUIPMENT_ROUND]
    matcher = Matcher(one, programmes())
    for kwh in (1.0, 7000.0, 6000.0, 7000.0):
        a = but(energy_saved={"electricity": Q_(kwh, "kWh")})
        assert matcher.match(a, on=DAY) == judged(a, one)


@given(st.decimals(0, 20_000, places=1), st.decimals(0, 5000, places=1))
def test_saving_more_never_makes_it_less_eligible(kwh, more) -> None:
    order = {"not_eligible": 0, "eligible": 1}
    one, other = (
        judged(but(energy_saved={"electricity": Q_(float(k), "kWh")}), three_tonnes())
        for k in (kwh, kwh + more)
    )
    assert order[one.verdict] <= order[other.verdict]
    assert (one.verdict == "eligible") == (Fraction(kwh) * Fraction("0.495") >= 3000)


@given(st.sampled_from([f.name for f in dataclasses.fields(FULL) if f.name not in {"id", "kind"}]))
def test_forgetting_a_fact_never_makes_anything_fail(name) -> None:
    """A fact that is taken away may leave a question open; it may not turn an eligible application down."""
    field = next(f for f in dataclasses.fields(FULL) if f.name == name)
    blank = field.default if field.default is not dataclasses.MISSING else {}
    assert judged(but(**{name: blank}), shipped()[EMERGENCY]).failed == ()
