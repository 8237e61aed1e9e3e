"""Degree-days of a period from the temperatures of its days, or from one mean that stands for every day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Season = Literal["heating", "cooling"]


@dataclass(frozen=True)
class Span:
    """What was used in a period, and how warm it was outside.

    `use` is in the carrier's unit over `days` days from `start`. `temperatures` are the daily means [℃]; one alone
    is the mean of the whole period and stands for each of its days.
    """

    start: date
    days: int
    use: float
    temperatures: tuple[float, ...]

    @property
    def per_day(self) -> float:
        """Use of an average day. [unit/day]"""
        return self.use / self.days

    @property
    def mean_c(self) -> float:
        """Mean temperature. [℃]"""
        return sum(self.temperatures) / len(self.temperatures)


def degree_days_per_day(temperatures: Sequence[float], base: float, season: Season) -> float:
    r"""Return the degree-days of an average day.

    Parameters
    ----------
    temperatures : sequence of float
        Daily means [℃], or the one mean of a period.
    base : float
        Base (balance) temperature. [℃]
    season : {"heating", "cooling"}
        Degrees below the base, or above it.

    Returns
    -------
    float
        [℃·day/day]

    Notes
    -----
    .. math:: HDD = \frac{1}{n} \sum_d \max(b - T_d, 0), \quad CDD = \frac{1}{n} \sum_d \max(T_d - b, 0)

    CalTRACK Methods 2.0, 3.3.4 and 3.3.5 (github.com/openeemeter/caltrack, docs/methods.rst). With the one mean of a month
    it is the plain (b − T)·days: a month whose mean lies at the base has none, though half its days lie below. So a
    month's mean gives too little heating and cooling and too much base load, the more the days of a month differ.

    >>> degree_days_per_day([10.0, 22.0], 18.0, "heating"), degree_days_per_day([16.0], 18.0, "heating")
    (4.0, 2.0)
    """
    below = season == "heating"
    return sum(max(base - t if below else t - base, 0.0) for t in temperatures) / len(temperatures)
