"""The load at night and on closed days, and the typical day, from half-hours (30分値)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from statistics import fmean, median, quantiles

from carbonlib.analysis.sufficiency import band_of
from carbonlib.fiscal_year import Period, Year, period_of
from carbonlib.records.bands import Bands
from carbonlib.records.load import HALF_HOURS, SLOTS, MeterLoad

_FEWEST_DAYS = 28  # four whole weeks; fewer do not show a week's pattern
_SATURDAY = 5


@dataclass(frozen=True)
class HalfHour:
    """One half-hour: its day, when it began, and its mean power. [kW]"""

    day: date
    slot: str
    kw: float


@dataclass(frozen=True)
class NightLoad:
    """A meter's half-hours of a year, on the days that are known whole.

    Powers are means in kW, energies in kWh over the known days. `closed` days are inferred, None where the days do not
    differ enough to tell. `night_hours` and `day_hours` are from and to, o'clock; `day_kw` is that of open days.
    """

    site_id: str
    meter_id: str
    period: Period
    night_hours: tuple[int, int]
    day_hours: tuple[int, int]
    days: tuple[date, ...]
    missing_days: int
    total_kwh: float
    night_kwh: float
    night_kw: float
    day_kw: float
    peak: HalfHour
    closed: tuple[date, ...] | None
    closed_kw: float | None
    closed_kwh: float | None
    open_profile: tuple[float, ...]
    closed_profile: tuple[float, ...] | None

    @property
    def night_share(self) -> float:
        """Share of the energy that is used in the night hours. [1]"""
        return self.night_kwh / self.total_kwh

    @property
    def day_kwh(self) -> float:
        """What is used in the day hours of the open days. [kWh]"""
        return self.day_kw * (self.day_hours[1] - self.day_hours[0]) * self.open_count

    @property
    def day_share(self) -> float:
        """Share of the energy that is used in the day hours of the open days. [1]"""
        return self.day_kwh / self.total_kwh

    @property
    def base_share(self) -> float:
        """Share of the energy that a load as at night, at all hours, would be. [1]"""
        return self.night_kw * 24 * len(self.days) / self.total_kwh

    @property
    def closed_share(self) -> float | None:
        """Share of the energy that is used on closed days. [1]"""
        return None if self.closed_kwh is None else self.closed_kwh / self.total_kwh

    @property
    def mean_kw(self) -> float:
        """Mean power of all hours. [kW]"""
        return self.total_kwh / (24 * len(self.days))

    @property
    def open_count(self) -> int:
        """How many days are not closed."""
        return len(self.days) - len(self.closed or ())

    @property
    def closed_weekends(self) -> int:
        """How many of the closed days are a Saturday or a Sunday."""
        return sum(d.weekday() >= _SATURDAY for d in self.closed or ())


def _mean_profile(days: Iterable[Sequence[float]]) -> tuple[float, ...]:
    return tuple(2 * fmean(values) for values in zip(*days, strict=True))


def _in_hours(values: Sequence[float], hours: tuple[int, int]) -> Sequence[float]:
    return values[2 * hours[0] : 2 * hours[1]]


def closed_days(days: dict[date, Sequence[float]], bands: Bands) -> tuple[date, ...] | None:
    """Return the days that look closed, None where open and closed cannot be told apart.

    Parameters
    ----------
    days : dict of date to sequence of float
        48 half-hours of each day. [kWh]
    bands : Bands
        ``closed_day``: the day's hours, the share of the way from night to an open day's daytime up to which a day is
        closed, and the least contrast of daytime to night. An open day's daytime is the upper quartile of all days.
    """
    between = band_of(bands, "closed_day", "hours")
    hours = int(between.low), int(between.high)
    band = band_of(bands, "night", "hours")
    daytime = {d: fmean(_in_hours(v, hours)) for d, v in days.items()}
    night = median(fmean(_in_hours(v, (int(band.low), int(band.high)))) for v in days.values())
    open_day = quantiles(daytime.values(), n=4)[2]
    # who works in the evening alone uses nothing at night nor by day: 0 and 0 are no contrast
    if open_day <= night or open_day < night * float(band_of(bands, "closed_day", "contrast").low):
        return None
    limit = night + (open_day - night) * float(band_of(bands, "closed_day", "share").high)
    closed = tuple(d for d, value in daytime.items() if value <= limit)
    return closed if len(closed) < len(days) else None


def night_load(load: MeterLoad, year: Year, bands: Bands) -> NightLoad | None:
    """Return what the half-hours of a meter show of a year.

    Parameters
    ----------
    load : MeterLoad
        Half-hours of any years. A day with a half-hour that is not known is left out.
    year : int or Period
        April to March of a fiscal year, or any twelve months.
    bands : Bands
        ``night,hours`` and ``closed_day``.

    Returns
    -------
    NightLoad or None
        None where fewer than 28 whole days are known, or nothing was used.
    """
    period = period_of(year)
    values = load.of_year(period)
    days: dict[date, Sequence[float]] = {}
    for offset in range((period.last_day - period.first_day).days + 1):
        own = values[offset * HALF_HOURS : (offset + 1) * HALF_HOURS]
        known = [v for v in own if v is not None]
        if len(known) == HALF_HOURS:
            days[period.first_day + timedelta(days=offset)] = known
    total = fsum(v for day in days.values() for v in day)
    if len(days) < _FEWEST_DAYS or total <= 0:
        return None
    band = band_of(bands, "night", "hours")
    night_hours = int(band.low), int(band.high)
    between = band_of(bands, "closed_day", "hours")
    at_night = [v for d in days.values() for v in _in_hours(d, night_hours)]
    day_hours = int(between.low), int(between.high)
    closed = closed_days(days, bands)
    shut = [days[d] for d in closed or ()]
    worked = [v for d, v in days.items() if d not in set(closed or ())]
    by_day = [v for d in worked for v in _in_hours(d, day_hours)]
    top = max(
        ((v, d, i) for d, day in days.items() for i, v in enumerate(day)),
        key=lambda x: (x[0], -x[1].toordinal()),
    )
    return NightLoad(
        load.site_id,
        load.meter_id,
        period,
        night_hours,
        day_hours,
        tuple(days),
        len(values) // HALF_HOURS - len(days),
        total,
        fsum(at_night),
        2 * fmean(at_night),
        2 * fmean(by_day),
        HalfHour(top[1], SLOTS[top[2]], 2 * top[0]),
        closed,
        2 * fmean(v for d in shut for v in d) if shut else None,
        fsum(v for d in shut for v in d) if shut else None,
        _mean_profile(worked),
        _mean_profile(shut) if shut else None,
    )
