"""Half-hours of days that are still to come."""

from __future__ import annotations

from datetime import date

from carbonlib.errors import Place
from carbonlib.plausibility.load import future_half_hours
from carbonlib.records.load import MeterLoad


def test_half_hours_of_days_to_come_are_named() -> None:
    load = MeterLoad("honten", "E1", date(2035, 4, 1), (1.0,) * 96, place=Place("load_30min.csv", 2))
    assert list(future_half_hours([load], date(2035, 4, 2))) == []
    [found] = future_half_hours([load], date(2035, 4, 1))
    assert (found.id, found.severity, found.place.line) == ("load.future", "error", 2)
    assert "2035-04-02" in found.message.ja
