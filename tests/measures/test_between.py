"""What does not go together is named beside what cannot be read, where it does not hang on it."""

from __future__ import annotations

import pytest

from carbonlib.measures import MEASURES, UNREAD, MeasureError
from carbonlib.records.defaults import built_in_defaults
from carbonlib.units import Q_


def subjects(measure: str, **given: object) -> list[str]:
    return [f.subject for f in MEASURES[measure].problems(given, built_in_defaults())]


def test_degree_days_and_a_rate_are_both_written_though_another_input_cannot_be_read() -> None:
    given = {
        "cooling_use": Q_(9000, "kWh"),
        "cooling_change": Q_(2, "degC"),
        "cooling_rate": UNREAD,
        "cooling_degree_days": Q_(300, "degC*d"),
        "cooling_degree_days_relaxed": Q_(400, "degC*d"),
        "heating_change": Q_(1, "degC"),
    }
    # a rate was written beside degree days; the relaxed ones are more; heating has a change without a use
    assert subjects("setpoint_relaxation", **given) == ["cooling_degree_days_relaxed", "heating_use"]


def test_a_comparison_with_what_cannot_be_read_is_not_made() -> None:
    fine = {"cooling_use": Q_(9000, "kWh"), "cooling_change": Q_(2, "degC")}
    days = {"cooling_degree_days": UNREAD, "cooling_degree_days_relaxed": Q_(400, "degC*d")}
    assert subjects("setpoint_relaxation", **fine, **days) == []
    assert subjects(
        "delamping",
        rooms=[{"watts": Q_(40, "W"), "count": UNREAD, "count_off": Q_(4, "piece"), "hours": Q_(9000, "h")}],
    ) == ["rooms.1.hours"]


def test_the_second_of_two_rows_is_looked_at_though_the_first_cannot_be_read() -> None:
    rows = [
        {"watts": UNREAD, "count": Q_(10, "piece"), "count_off": Q_(4, "piece"), "hours": Q_(2000, "h")},
        {
            "watts": Q_(40, "W"),
            "count": Q_(10, "piece"),
            "count_off": Q_(14, "piece"),
            "hours": Q_(2000, "h"),
        },
    ]
    assert subjects("delamping", rooms=rows) == ["rooms.2.count_off"]


def test_a_call_names_them_together_too() -> None:
    with pytest.raises(MeasureError) as raised:
        MEASURES["circulator_fans"].function(
            cooling_use=Q_(9000, "kWh"),
            cooling_change=Q_(3, "degC"),
            cooling_difference=Q_(2, "degC"),
            count=Q_(3, "kW"),
            power=Q_(40, "W"),
            hours=Q_(1500, "h"),
        )
    assert [f.subject for f in raised.value.findings] == ["count", "cooling_change"]


@pytest.mark.parametrize("id", sorted(MEASURES))
def test_every_measure_can_be_asked_with_nothing_readable(id: str) -> None:
    declared = MEASURES[id].inputs
    assert subjects(id, **{d.name: UNREAD for d in declared}) is not None
    assert subjects(id) is not None
