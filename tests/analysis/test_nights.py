"""Half-hours: the night's load, closed days that were put in, days that lack, a load that never stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.analysis.nights import NightLoad, night_load
from carbonlib.diagnosis import diagnose
from carbonlib.records.bands import built_in_bands
from carbonlib.records.load import MeterLoad
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT

BANDS = built_in_bands()
APRIL = date(2025, 4, 1)
OPEN = [5.0] * 16 + [50.0] * 24 + [5.0] * 8  # kWh in each half-hour: 10 kW at night, 100 kW from 8 to 20
CLOSED = [4.0] * 48


def load(days: int = 365, *, shut: tuple[int, ...] = (5, 6)) -> MeterLoad:
    rows = [CLOSED if (APRIL + timedelta(days=i)).weekday() in shut else OPEN for i in range(days)]
    return MeterLoad("s", "E1", APRIL, tuple(v for row in rows for v in row))


def seen(of: MeterLoad, year: int = 2025) -> NightLoad:
    found = night_load(of, year, BANDS)
    assert found is not None
    return found


def test_weekends_that_were_put_in_are_found() -> None:
    found = seen(load())
    weekends = [d for i in range(365) if (d := APRIL + timedelta(days=i)).weekday() >= 5]
    assert found.closed == tuple(weekends)
    assert (found.closed_weekends, found.open_count, found.missing_days) == (104, 261, 0)
    assert found.closed_kw == pytest.approx(8)
    assert found.night_kw == pytest.approx((261 * 10 + 104 * 8) / 365)
    assert found.night_kwh == pytest.approx(found.night_kw * 5 * 365)
    assert found.day_kw == pytest.approx(100)
    assert found.day_kwh == pytest.approx(261 * 8 * 100)
    assert found.open_profile[2:12] == pytest.approx([10] * 10)
    assert (found.peak.day, found.peak.slot, found.peak.kw) == (APRIL, "08:00", 100)


def test_a_load_that_never_stops_has_no_closed_days() -> None:
    found = seen(MeterLoad("s", "E1", APRIL, (20.0,) * 48 * 365))
    assert found.closed is None
    assert found.closed_profile is None
    assert found.base_share == pytest.approx(1)


def test_a_shop_that_is_always_open_has_none_either() -> None:
    found = seen(load(shut=()))
    assert found.closed == ()
    assert found.closed_kw is None


def test_days_that_lack_a_half_hour_are_left_out_not_zero() -> None:
    whole = load()
    values = list(whole.values)
    for i in (0, 100, 101, 48 * 200 + 5):
        values[i] = None
    found = seen(replace(whole, values=tuple(values)))
    assert found.missing_days == 3
    assert found.night_kw == pytest.approx(seen(whole).night_kw, rel=0.01)


def test_too_few_days_another_year_or_nothing_used_say_nothing() -> None:
    assert night_load(load(27), 2025, BANDS) is None
    assert night_load(load(), 2023, BANDS) is None
    assert night_load(MeterLoad("s", "E1", APRIL, (0.0,) * 48 * 60), 2025, BANDS) is None


def test_who_works_in_the_evening_alone_has_no_closed_days_to_tell() -> None:
    evening = [0.0] * 36 + [10.0] * 8 + [0.0] * 4  # from 18 to 22 o'clock
    rows = [[0.0] * 48 if (APRIL + timedelta(days=i)).weekday() == 6 else evening for i in range(70)]
    found = seen(MeterLoad("s", "E1", APRIL, tuple(v for r in rows for v in r)))
    assert found.closed is None
    assert (found.night_kw, found.day_kw) == (0, 0)
    assert found.peak.kw == 20


@settings(max_examples=40)
@given(st.lists(st.sampled_from([0.0, 1.0, 5.0]), min_size=6, max_size=6), st.sets(st.integers(0, 6)))
def test_any_course_of_the_day_has_a_load(course: list[float], shut: set[int]) -> None:
    open_day = [v for v in course for _ in range(8)]
    rows = [[0.0] * 48 if (APRIL + timedelta(days=i)).weekday() in shut else open_day for i in range(70)]
    found = night_load(MeterLoad("s", "E1", APRIL, tuple(v for r in rows for v in r)), 2025, BANDS)
    assert (found is None) == (not any(course) or len(shut) == 7)
    assert found is None or found.open_count > 0


@settings(max_examples=20)
@given(st.floats(0.1, 100), st.floats(0, 500), st.sets(st.integers(0, 6), max_size=6))
def test_shares_stay_within_the_whole(night: float, more: float, shut: set[int]) -> None:
    open_day = [night] * 16 + [night + more] * 24 + [night] * 8
    rows = [[night] * 48 if (APRIL + timedelta(days=i)).weekday() in shut else open_day for i in range(70)]
    found = seen(MeterLoad("s", "E1", APRIL, tuple(v for r in rows for v in r)))
    assert 0 < found.night_share < 0.25
    assert 0 < found.base_share <= 1 + 1e-9
    assert found.closed_share is None or 0 < found.closed_share < 1
    assert found.open_count > 0


def test_the_sample_factory_agrees_with_its_bills() -> None:
    """The made-up half-hours of the sample: sums and peaks by month are those of the bills, 250 days as it states."""
    d = diagnose("sample-metal", 2025, "saitama-diagnosis-2025", workspace=Workspace(ROOT))
    (half_hours,) = d.loads
    assert not half_hours.missing
    for bill in d.bills:
        if bill.carrier == "electricity" and bill.start >= APRIL:
            values = [v for v in half_hours.between(bill.start, bill.end) if v is not None]
            assert sum(values) == pytest.approx(float(bill.quantity), abs=0.1)
            assert 2 * max(values) == pytest.approx(float(bill.peak_demand_kw or 0))
    assert seen(half_hours).open_count == d.company.sites[0].operating_days
