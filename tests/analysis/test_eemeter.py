"""The change-point regression on a meter with real weather that others published a fit of.

The data (openeemeter/eemeter, samples) are read where they lie and never copied.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import isnan

import pytest

from carbonlib.analysis.changepoint import Search, WeatherFit, weather_fit
from carbonlib.analysis.degreedays import Span
from tests.conftest import SHARED

FOLDER = SHARED / "data"
if not (FOLDER / "eemeter_il-tempF_hourly.csv").is_file():
    pytest.skip(f"THE EEMETER SAMPLE IS NOT AT {FOLDER}: no fit was compared", allow_module_level=True)

WIDE = Search((-1.0, 32.0), (-1.0, 32.0))  # CalTRACK 3.2.1: 30 to 90 °F


def celsius(fahrenheit: float) -> float:
    return (fahrenheit - 32) / 1.8


def rows(name: str, value: str) -> list[tuple[datetime, float]]:
    with (FOLDER / f"eemeter_il-{name}.csv").open(encoding="utf-8") as file:
        return [
            (datetime.fromisoformat(next(iter(r.values()))), float(r[value])) for r in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def days() -> dict[date, float]:
    hours: dict[date, list[float]] = defaultdict(list)
    for moment, value in rows("tempF_hourly", "tempF"):
        if not isnan(value):
            hours[moment.date()].append(celsius(value))
    return {d: sum(v) / len(v) for d, v in hours.items() if len(v) >= 12}


@pytest.fixture(scope="module")
def daily(days: dict[date, float]) -> list[Span]:
    use = [(m.date(), v) for m, v in rows("electricity-cdd-hdd-daily", "value") if m.hour == 0]
    return [Span(d, 1, v, (days[d],)) for d, v in use if not isnan(v)]


@pytest.fixture(scope="module")
def bills(days: dict[date, float]) -> list[Span]:
    read = rows("electricity-cdd-hdd-billing_monthly", "value")
    found = []
    for (start, use), (end, _) in pairwise(read):
        length = (end.date() - start.date()).days
        if not isnan(use):
            temperatures = tuple(days[start.date() + timedelta(days=i)] for i in range(length))
            found.append(Span(start.date(), length, use, temperatures))
    return found


def fit(spans: list[Span], search: Search) -> WeatherFit:
    found = weather_fit(spans, search)
    assert found is not None
    return found


def split(found: WeatherFit) -> tuple[int, int, int]:
    """Base, heating and cooling load of a year of 365 days. [kWh]"""
    assert found.heating
    assert found.cooling
    year = 365 / found.days
    return tuple(round(v * year) for v in (found.base_load, found.heating.load, found.cooling.load))  # type: ignore[return-value]


def test_the_fit_that_eemeter_published_comes_out(daily: list[Span]) -> None:
    """intercept 10.7335, 1.06656 per °F below 55 °F, 2.03953 above 65 °F, adjusted R² 0.781007.

    openeemeter/eemeter, docs/basics.rst at 0f140a6b, `eemeter caltrack --sample=il-electricity-cdd-hdd-daily`.
    """
    given = Search((celsius(55),) * 2, (celsius(65),) * 2)
    found = fit(daily, given)
    assert found.form == "both"
    assert found.heating
    assert found.cooling
    assert found.base_per_day == pytest.approx(10.733478866990144, abs=0.003)
    assert found.heating.per_degree / 1.8 == pytest.approx(1.0665644257451434, abs=0.001)
    assert found.cooling.per_degree / 1.8 == pytest.approx(2.039525988684711, abs=0.001)
    assert found.adjusted_r_squared == pytest.approx(0.7810065909435654, abs=0.0002)


def summary(found: WeatherFit) -> dict[str, object]:
    assert found.heating
    assert found.cooling
    return {
        "bases": (found.heating.base_c, found.cooling.base_c),
        "alike": (found.heating.low_c, found.heating.high_c, found.cooling.low_c, found.cooling.high_c),
        "base kWh/day": round(found.base_per_day, 2),
        "kWh/(℃·day)": (round(found.heating.per_degree, 2), round(found.cooling.per_degree, 2)),
        "year": split(found),
        "R2, CV": (round(found.r_squared, 3), round(found.cv_rmse, 3)),
    }


def one_mean(spans: list[Span]) -> list[Span]:
    """Bills of which only the mean temperature is known, as in a table of monthly means."""
    return [Span(s.start, s.days, s.use, (s.mean_c,)) for s in spans]


def test_daily_values_find_their_bases(daily: list[Span]) -> None:
    assert len(daily) == 809
    found = fit(daily, WIDE)
    assert summary(found) == {
        "bases": (11.0, 19.0),
        "alike": (10.5, 12.0, 18.5, 19.5),
        "base kWh/day": 12.48,
        "kWh/(℃·day)": (2.05, 3.78),
        "year": (4556, 2896, 2441),
        "R2, CV": (0.784, 0.254),
    }
    sizes = sorted(abs(r) for r in found.residuals)
    assert (round(sizes[404], 1), round(sizes[768], 1)) == (
        4.0,
        14.2,
    )  # kWh/day: half of the days, 95 % of them


def test_bills_find_the_same_building_as_the_days(bills: list[Span]) -> None:
    """Base 4,483 and 4,556, heating 2,839 and 2,896, cooling 2,515 and 2,441 kWh a year: within 3 %."""
    assert len(bills) == 26
    assert {s.days for s in bills} == {26, 27, 29, 30, 31, 32, 33}
    found = fit(bills, WIDE)
    assert summary(found) == {
        "bases": (12.0, 19.0),
        "alike": (9.5, 17.0, 14.5, 21.0),
        "base kWh/day": 12.28,
        "kWh/(℃·day)": (1.87, 3.8),
        "year": (4483, 2839, 2515),
        "R2, CV": (0.97, 0.059),
    }
    assert max(map(abs, found.residuals)) == pytest.approx(3.39, abs=0.01)  # kWh/day


def test_twelve_bills_are_enough_with_daily_temperatures(bills: list[Span]) -> None:
    found = fit(bills[:12], WIDE)
    assert summary(found) == {
        "bases": (11.5, 19.5),
        "alike": (10.0, 15.5, 14.5, 21.5),
        "base kWh/day": 13.82,
        "kWh/(℃·day)": (1.97, 4.03),
        "year": (5046, 2213, 2784),
        "R2, CV": (0.995, 0.025),
    }
    rounded = [round(r, 1) for r in found.residuals]
    assert rounded == [-0.5, 0.1, 0.2, -0.5, 1.3, -0.2, 0.4, 0.9, -0.8, -0.4, 0.1, -0.4]


def test_loads_add_up_to_the_bills(bills: list[Span]) -> None:
    for spans in (bills, bills[:12], one_mean(bills)):
        found = fit(spans, WIDE)
        assert found.heating
        assert found.cooling
        parts = found.base_load + found.heating.load + found.cooling.load
        assert parts == pytest.approx(sum(s.use for s in spans))


def test_one_mean_temperature_of_each_bill_gives_too_much_base_load(bills: list[Span]) -> None:
    """What the plain (b − T)·days costs where days differ as in Illinois: a third of the heating counts as base load."""
    found = fit(one_mean(bills), WIDE)
    assert summary(found) == {
        "bases": (9.5, 19.5),
        "alike": (8.5, 11.0, 17.0, 20.5),
        "base kWh/day": 17.09,
        "kWh/(℃·day)": (1.88, 3.27),
        "year": (6237, 1912, 1688),
        "R2, CV": (0.964, 0.064),
    }
