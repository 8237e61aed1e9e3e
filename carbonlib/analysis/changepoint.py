"""Base, heating and cooling load of a carrier: a line with change-points over the outdoor temperature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from carbonlib.analysis.degreedays import Season, Span, degree_days_per_day

Form = Literal["none", "heating", "cooling", "both"]
STEP_C = 0.5  # between the bases that are tried; CalTRACK 3.2.3 allows up to 3 °F (1.67 ℃)
LEAST_DEGREE_DAYS = 11.1  # ℃·day of a year, 20 °F·day (CalTRACK 3.2.2.2.2)
_YEAR = 365.0


@dataclass(frozen=True)
class Search:
    """Where base temperatures are looked for, lowest and highest, and what a slope must show to count.

    A range of one temperature is a base that is given. `least_t` is slope ÷ standard error, `least_spans` how many
    periods must have degree-days.
    """

    heating_c: tuple[float, float] | None
    cooling_c: tuple[float, float] | None
    least_t: float = 2.0
    least_spans: int = 3


@dataclass(frozen=True)
class Slope:
    """One side of the line: `per_degree` [unit/(℃·day)] beyond `base_c`, `load` over all periods [unit].

    Bases from `low_c` to `high_c` fit about as well: their squared residuals stay below (1 + t²/df) times the least.
    """

    base_c: float
    per_degree: float
    t_value: float
    load: float
    low_c: float
    high_c: float


@dataclass(frozen=True)
class WeatherFit:
    """The line that was chosen: `base_per_day` [unit/day] and what cold and heat add to it.

    `fitted` is the use of each period by the line [unit/day]; base, heating and cooling load together are the use of
    all periods. `cv_rmse` is the root of the mean squared residual ÷ the mean use of a day.
    """

    spans: tuple[Span, ...]
    form: Form
    base_per_day: float
    heating: Slope | None
    cooling: Slope | None
    r_squared: float
    adjusted_r_squared: float
    cv_rmse: float
    fitted: tuple[float, ...]

    @property
    def days(self) -> int:
        """Days of all periods."""
        return sum(s.days for s in self.spans)

    @property
    def use(self) -> float:
        """Use of all periods. [unit]"""
        return sum(s.use for s in self.spans)

    @property
    def base_load(self) -> float:
        """Use of all periods that does not follow the weather. [unit]"""
        return self.base_per_day * self.days

    @property
    def residuals(self) -> tuple[float, ...]:
        """Actual less fitted use of each period. [unit/day]"""
        return tuple(s.per_day - f for s, f in zip(self.spans, self.fitted, strict=True))

    def per_day_at(self, temperature: float) -> float:
        """Return the use of a day at a temperature, by the line. [unit/day]"""
        found = self.base_per_day
        if self.heating:
            found += self.heating.per_degree * max(self.heating.base_c - temperature, 0.0)
        if self.cooling:
            found += self.cooling.per_degree * max(temperature - self.cooling.base_c, 0.0)
        return found


def _bases(reach: tuple[float, float] | None) -> list[float]:
    if reach is None:
        return []
    low, high = reach
    return [low + STEP_C * i for i in range(int((high - low) / STEP_C + 1e-9) + 1)]


@dataclass(frozen=True)
class _Column:
    """Degree-days of each period at one base, centred."""

    season: Season
    base: float
    values: tuple[float, ...]
    mean: float
    centred: tuple[float, ...]
    square: float
    with_use: float


@dataclass(frozen=True)
class _Candidate:
    columns: tuple[_Column, ...]
    slopes: tuple[float, ...]
    t_values: tuple[float, ...]
    intercept: float
    rss: float
    df: int
    adjusted: float


class _Regression:
    """Weighted least squares of use per day on degree-days, the days of each period as weights (CalTRACK 3.4.2)."""

    def __init__(self, spans: Sequence[Span], search: Search) -> None:
        self.spans, self.search = spans, search
        self.weights = [float(s.days) for s in spans]
        self.total = sum(self.weights)
        self.mean = sum(w * s.per_day for w, s in zip(self.weights, spans, strict=True)) / self.total
        self.centred = [s.per_day - self.mean for s in spans]
        self.square = self._sum(self.centred, self.centred)

    def _sum(self, a: Iterable[float], b: Iterable[float]) -> float:
        return sum(w * x * y for w, x, y in zip(self.weights, a, b, strict=True))

    def columns(self, season: Season) -> list[_Column]:
        reach = self.search.heating_c if season == "heating" else self.search.cooling_c
        return [c for b in _bases(reach) if (c := self._column(season, b)) is not None]

    def _column(self, season: Season, base: float) -> _Column | None:
        """Return the degree-days at a base, None where there are too few of them to see a slope."""
        values = [degree_days_per_day(s.temperatures, base, season) for s in self.spans]
        mean = sum(w * v for w, v in zip(self.weights, values, strict=True)) / self.total
        if sum(v > 0 for v in values) < self.search.least_spans or mean * _YEAR < LEAST_DEGREE_DAYS:
            return None
        centred = [v - mean for v in values]
        square = self._sum(centred, centred)
        if square <= 1e-12 * self.total:
            return None
        with_use = self._sum(centred, self.centred)
        return _Column(season, base, tuple(values), mean, tuple(centred), square, with_use)

    def _searched(self, columns: Sequence[_Column]) -> int:
        reaches = {"heating": self.search.heating_c, "cooling": self.search.cooling_c}
        return sum(len(_bases(reaches[c.season])) > 1 for c in columns)

    def candidate(self, *columns: _Column) -> _Candidate | None:
        """Return the fit on one or two columns, None where a slope is not positive or not significant."""
        df = len(self.spans) - 1 - len(columns) - self._searched(columns)
        if df < 1:
            return None
        if len(columns) == 1:
            (one,) = columns
            slopes: tuple[float, ...] = (one.with_use / one.square,)
            inverse: tuple[float, ...] = (1 / one.square,)
        else:
            one, two = columns
            cross = self._sum(one.centred, two.centred)
            determinant = one.square * two.square - cross * cross
            if determinant <= 1e-9 * one.square * two.square:
                return None
            slopes = (
                (two.square * one.with_use - cross * two.with_use) / determinant,
                (one.square * two.with_use - cross * one.with_use) / determinant,
            )
            inverse = (two.square / determinant, one.square / determinant)
        intercept = self.mean - sum(s * c.mean for s, c in zip(slopes, columns, strict=True))
        if min(slopes) <= 0 or intercept <= 0:
            return None
        explained = sum(s * c.with_use for s, c in zip(slopes, columns, strict=True))
        rss = max(self.square - explained, 0.0)
        errors = [sqrt(rss / df * i) for i in inverse]
        t_values = tuple(s / e if e > 0 else float("inf") for s, e in zip(slopes, errors, strict=True))
        if min(t_values) < self.search.least_t:
            return None
        adjusted = 1 - (rss / df) / (self.square / (len(self.spans) - 1))
        return _Candidate(columns, slopes, t_values, intercept, rss, df, adjusted)

    def candidates(self) -> Iterator[_Candidate]:
        """Give every fit that qualifies, one season before both."""
        if self.square <= 1e-18 * self.total * self.mean**2:
            return  # the same use every day: nothing to explain
        heating, cooling = self.columns("heating"), self.columns("cooling")
        singles = ((c,) for c in (*heating, *cooling))
        pairs = ((h, c) for h in heating for c in cooling if c.base >= h.base)
        for columns in (*singles, *pairs):
            found = self.candidate(*columns)
            if found is not None:
                yield found


def weather_fit(spans: Iterable[Span], search: Search) -> WeatherFit | None:
    r"""Return base, heating and cooling load by the line that explains the use best.

    Parameters
    ----------
    spans : iterable of Span
        Use and temperatures by month, bill or day; those of different lengths count by their days.
    search : Search
        Which seasons are looked for, where their bases may lie, and what a slope must show.

    Returns
    -------
    WeatherFit or None
        Form "none" where no slope is positive and significant; None without a use.

    Notes
    -----
    .. math:: U_p = \mu + \beta_H HDD_p(b_H) + \beta_C CDD_p(b_C), \quad b_C \ge b_H, \quad
              \bar R^2 = 1 - \frac{SS_{res} / (P - 1 - c - s)}{SS_{tot} / (P - 1)}

    CalTRACK Methods 2.0, 3.2 to 3.4 (github.com/openeemeter/caltrack, docs/methods.rst): a grid of bases, weights by days,
    positive coefficients, the highest adjusted R². Two things are stricter here: each base that is searched counts as a
    parameter (s), and a slope below `least_t` standard errors does not qualify; twelve months are few.
    :math:`CV(RMSE) = \sqrt{\sum (U_p - \hat U_p)^2 / (P - 1 - c)} / \bar U`, the bases not counted.

    >>> from datetime import date
    >>> mild, cold = [(t, 100.0) for t in (16, 20, 24)], [(t, 100 + 5 * (15 - t)) for t in (3, 6, 9, 12)]
    >>> spans = [Span(date(2024, 4, 1), 30, 30.0 * u, (float(t),)) for t, u in (*mild, *cold)]
    >>> fit = weather_fit(spans, Search((10.0, 20.0), None))
    >>> fit.form, fit.heating.base_c, round(fit.heating.per_degree, 6), round(fit.base_per_day, 6)
    ('heating', 15.0, 5.0, 100.0)
    """
    kept = tuple(spans)
    if not kept or sum(s.use for s in kept) <= 0:
        return None
    regression = _Regression(kept, search)
    best: _Candidate | None = None
    found = list(regression.candidates())
    for one in found:
        if one.adjusted > 0 and (best is None or one.adjusted > best.adjusted + 1e-12):
            best = one
    if best is None:
        fitted = (regression.mean,) * len(kept)
        cv = _cv(kept, fitted, 0)
        return WeatherFit(kept, "none", regression.mean, None, None, 0.0, 0.0, cv, fitted)
    seasons = tuple(c.season for c in best.columns)
    limit = best.rss * (1 + search.least_t**2 / best.df) + 1e-12 * regression.square
    alike = [o for o in found if tuple(c.season for c in o.columns) == seasons and o.rss <= limit]
    slopes: dict[Season, Slope] = {}
    for i, column in enumerate(best.columns):
        bases = [o.columns[i].base for o in alike]
        load = best.slopes[i] * column.mean * regression.total
        slopes[column.season] = Slope(
            column.base, best.slopes[i], best.t_values[i], load, min(bases), max(bases)
        )
    fitted = tuple(
        best.intercept + sum(s * c.values[p] for s, c in zip(best.slopes, best.columns, strict=True))
        for p in range(len(kept))
    )
    return WeatherFit(
        kept,
        "both" if len(seasons) == 2 else seasons[0],
        best.intercept,
        slopes.get("heating"),
        slopes.get("cooling"),
        1 - best.rss / regression.square,
        best.adjusted,
        _cv(kept, fitted, len(best.columns)),
        fitted,
    )


def _cv(spans: Sequence[Span], fitted: Sequence[float], slopes: int) -> float:
    df = max(len(spans) - 1 - slopes, 1)
    squares = sum((s.per_day - f) ** 2 for s, f in zip(spans, fitted, strict=True))
    mean = sum(s.per_day for s in spans) / len(spans)
    return sqrt(squares / df) / mean
