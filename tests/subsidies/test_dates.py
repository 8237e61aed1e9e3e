"""Verdicts by dates: the age of equipment, years of operation, windows, no order before the award."""

from __future__ import annotations

from datetime import date

import pytest

from carbonlib.records.subsidy_round import (
    EquipmentAge,
    NoOrder,
    Operation,
    Rules,
    Window,
)
from tests.subsidies.rounds import DAY, FULL, GROUND, but, judged, shipped, simple

EQUIPMENT_ROUND = "saitama-r7-smart-equipment"


def test_age_of_equipment_on_the_day_and_by_the_year_alone() -> None:
    one = simple(Rules(equipment_age=EquipmentAge(15, None, GROUND)))
    on = date(2025, 10, 1)
    day_short = judged(but(installed_on=date(2010, 10, 2)), one, on)
    assert (day_short.verdict, day_short.failed[0].margin) == ("not_eligible", -1)
    exactly = judged(but(installed_on=date(2010, 10, 1)), one, on)
    assert (exactly.verdict, exactly.outcome("equipment_age").margin) == ("eligible", 0)  # type: ignore[union-attr]
    said = exactly.outcome("equipment_age").message.ja  # type: ignore[union-attr]
    assert "2025年10月1日の時点で 15 年、要件の日（2025年10月1日）から 0 日です" in said
    old = judged(but(installed_on=date(1990, 4, 1)), one, on).outcome("equipment_age")
    assert "35 年 6 か月、要件の日（2005年4月1日）から 20 年 6 か月です" in old.message.ja  # type: ignore[union-attr]
    by_year = {
        y: judged(but(installed_on=None, installed_year=y), one, on).verdict for y in (1999, 2009, 2010, 2011)
    }
    assert by_year == {1999: "eligible", 2009: "eligible", 2010: "unclear", 2011: "not_eligible"}
    fixed = simple(Rules(equipment_age=EquipmentAge(15, date(2025, 4, 1), GROUND)))
    assert judged(but(installed_on=date(2010, 10, 1)), fixed, on).verdict == "not_eligible"


@pytest.mark.parametrize(
    ("installed", "years"),
    [
        (date(2024, 10, 1), "1 year,"),
        (date(2023, 10, 1), "2 years,"),
        (date(2024, 8, 31), "1 year 1 month,"),
        (date(2023, 7, 1), "2 years 3 months,"),
        (date(2025, 9, 30), "1 day,"),
        (date(2025, 9, 29), "2 days,"),
    ],
)
def test_an_age_in_english_has_its_singulars(installed: date, years: str) -> None:
    one = simple(Rules(equipment_age=EquipmentAge(15, None, GROUND)))
    said = judged(but(installed_on=installed), one, date(2025, 10, 1)).outcome("equipment_age")
    assert years in said.message.en  # type: ignore[union-attr]


def test_renewables_need_a_month_and_other_equipment_a_year() -> None:
    young = {"site_since": date(2025, 8, 15), "with_battery": True, "installed_on": None}
    pv, ac = (
        judged(but(equipment=(e,), **young), shipped()[EQUIPMENT_ROUND])
        for e in ("photovoltaics", "air_conditioner")
    )
    assert (pv.verdict, pv.category_id) == ("eligible", "photovoltaics")
    assert [o.rule for o in ac.failed] == ["site_operation"]
    assert ac.failed[0].margin == (DAY - date(2026, 8, 15)).days


def test_the_last_day_of_a_month_begins_a_year_in_february() -> None:
    one = simple(Rules(site_operation=Operation(12, GROUND)))
    leap = but(site_since=date(2024, 2, 29))
    assert judged(leap, one, date(2025, 2, 28)).verdict == "eligible"
    assert judged(leap, one, date(2025, 2, 27)).verdict == "not_eligible"


@pytest.mark.parametrize(
    ("on", "status", "words"),
    [
        (date(2025, 9, 28), "held", "2025年9月29日から受け付けます"),
        (date(2025, 9, 29), "held", "2025年10月23日まで"),
        (date(2025, 10, 23), "held", "2025年10月23日まで"),
        (date(2025, 10, 25), "held", "2025年10月29日から受け付けます"),
        (date(2025, 11, 14), "held", "2025年11月14日まで"),
        (date(2025, 11, 15), "failed", "1 日後"),
    ],
)
def test_the_windows_of_a_round(on: date, status: str, words: str) -> None:
    outcome = judged(FULL, shipped()[EQUIPMENT_ROUND], on).outcome("window")
    assert outcome is not None
    assert outcome.status == status
    assert words in outcome.message.ja


def test_a_window_that_is_only_planned_cannot_be_told() -> None:
    one = simple(windows=(Window(None, None, "10月下旬", GROUND),))
    assert "10月下旬" in judged(FULL, one).missing[0].message.ja
    past = simple(windows=(Window(None, date(2025, 1, 1), "", GROUND), Window(None, None, "秋", GROUND)))
    assert judged(FULL, past).missing[0].rule == "window"


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"ordered": False}, "eligible"),
        ({"ordered": None}, "unclear"),
        ({"ordered": True}, "unclear"),
        ({"ordered_on": date(2025, 9, 30)}, "not_eligible"),
        ({"ordered_on": DAY}, "not_eligible"),
        ({"ordered_on": date(2025, 12, 1)}, "unclear"),
        ({"ordered_on": date(2025, 12, 1), "awarded_on": date(2025, 12, 1)}, "eligible"),
        ({"ordered_on": date(2025, 11, 30), "awarded_on": date(2025, 12, 1)}, "not_eligible"),
    ],
)
def test_no_order_before_the_award(facts: dict, verdict: str) -> None:
    one = simple(Rules(no_order_before_award=NoOrder(None, GROUND)))
    assert judged(but(**{"ordered": None, **facts}), one).verdict == verdict
