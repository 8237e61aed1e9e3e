"""The line over the temperature: what is put in comes out, what is not there is not found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.analysis.changepoint import Search, WeatherFit, weather_fit
from carbonlib.analysis.degreedays import Span, degree_days_per_day
from carbonlib.analysis.sufficiency import search_of, verdict
from carbonlib.fiscal_year import months_of
from carbonlib.records.bands import Band, Bands, built_in_bands

BANDS = built_in_bands()
SEARCH = search_of(BANDS, heating=True, cooling=True)
KUMAGAYA = (14.0, 17.8, 22.1, 24.7, 26.5, 23.5, 17.0, 11.9, 7.0, 4.5, 5.5, 8.5)  # from April


def year(base: float, heating: float, hb: float, cooling: float, cb: float) -> list[Span]:
    found = []
    for month, t in zip(months_of(2024), KUMAGAYA, strict=True):
        days = (month.last_day - month.first_day).days + 1
        use = base + heating * max(hb - t, 0) + cooling * max(t - cb, 0)
        found.append(Span(month.first_day, days, use * days, (t,)))
    return found


def fit(spans: list[Span], search: Search = SEARCH) -> WeatherFit:
    found = weather_fit(spans, search)
    assert found is not None
    return found


@settings(max_examples=40)
@given(
    st.floats(10, 5000),
    st.floats(0.5, 50),
    st.integers(24, 38).map(lambda i: i / 2),
    st.floats(0.5, 50),
    st.integers(38, 44).map(lambda i: i / 2),
)
def test_a_line_that_was_put_in_comes_out(
    base: float, heating: float, hb: float, cooling: float, cb: float
) -> None:
    found = fit(year(base, heating, hb, cooling, cb))
    assert found.form == "both"
    assert found.heating
    assert found.cooling
    assert found.r_squared == pytest.approx(1)
    largest = max(s.per_day for s in found.spans)
    assert all(abs(r) < 1e-4 * largest for r in found.residuals)
    parts = found.base_load + found.heating.load + found.cooling.load
    assert parts == pytest.approx(found.use)
    assert found.heating.low_c <= found.heating.base_c <= found.heating.high_c


@settings(max_examples=60)
@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=24), st.floats(-10, 35), st.integers(1, 62))
def test_loads_are_never_negative_and_add_up(uses: list[float], t: float, days: int) -> None:
    spans = [Span(date(2024, 4, 1), days, u, (t + 7 * (i % 5),)) for i, u in enumerate(uses)]
    found = fit(spans)
    loads = [found.base_load, *(s.load for s in (found.heating, found.cooling) if s)]
    assert all(v >= 0 for v in loads)
    assert sum(loads) == pytest.approx(sum(uses))
    assert 0 <= found.r_squared <= 1


def test_what_is_level_has_no_heating_or_cooling() -> None:
    found = fit(year(100, 0, 15, 0, 20))
    assert (found.form, found.heating, found.cooling, found.r_squared) == ("none", None, None, 0.0)
    assert found.base_per_day == pytest.approx(100)
    assert found.cv_rmse == pytest.approx(0, abs=1e-9)


def test_use_that_falls_with_heat_is_no_cooling() -> None:
    found = fit(year(500, 8, 15, 0, 20), Search(None, (10.0, 27.0)))
    assert found.form == "none"


def test_month_lengths_are_respected() -> None:
    """A level load of 31-day and 28-day months differs by a tenth a month and not at all by the day."""
    spans = year(100, 0, 15, 0, 20)
    assert {s.use for s in spans} == {2800.0, 3000.0, 3100.0}
    assert {round(s.per_day, 9) for s in spans} == {100.0}


def test_nothing_used_gives_no_fit_and_few_months_give_a_mean() -> None:
    assert weather_fit([], SEARCH) is None
    assert weather_fit([Span(date(2024, 4, 1), 30, 0.0, (10.0,))], SEARCH) is None
    assert fit(year(100, 5, 15, 0, 20)[:3]).form == "none"


def test_a_given_base_is_not_counted_as_searched() -> None:
    spans = year(100, 5, 15, 0, 20)
    bent = [
        Span(s.start, s.days, s.use * (1.02 if i % 2 else 0.98), s.temperatures) for i, s in enumerate(spans)
    ]
    for search, parameters in ((Search((15.0, 15.0), None), 1), (Search((12.0, 18.0), None), 2)):
        found = fit(bent, search)
        assert found.form == "heating"
        expected = 1 - (1 - found.r_squared) * 11 / (11 - parameters)
        assert found.adjusted_r_squared == pytest.approx(expected)


def test_degree_days_by_day_exceed_those_of_the_mean() -> None:
    days = (8.0, 14.0, 20.0, 26.0)
    mean = (sum(days) / 4,)
    assert degree_days_per_day(days, 18, "heating") == 3.5
    assert degree_days_per_day(mean, 18, "heating") == 1.0


def test_the_verdict_names_every_reason() -> None:
    good = fit(year(100, 5, 15, 4, 20))
    assert verdict(good, measured=True, bands=BANDS).sufficient
    sample = verdict(good, measured=False, bands=BANDS)
    assert [r.ja for r in sample.reasons] == ["気温がその期間の実績ではありません"]
    noisy = [
        Span(s.start, s.days, s.use * (1.6 if i % 2 else 0.7), s.temperatures)
        for i, s in enumerate(year(100, 5, 15, 4, 20)[:10])
    ]
    found = verdict(fit(noisy), measured=False, bands=BANDS)
    words = "".join(r.ja for r in found.reasons)
    assert "10 か月" in words
    assert "CV(RMSE)" in words
    assert all(r.en for r in found.reasons)


def test_a_workspace_may_set_its_own_thresholds() -> None:
    own = Band("weather_fit", "months", "", Decimal(24), Decimal(36), "か月", "assumption", "own", "")
    bands = Bands((own, *BANDS.rows))
    assert "24 か月以上" in verdict(fit(year(100, 5, 15, 4, 20)), measured=True, bands=bands).reasons[0].ja
