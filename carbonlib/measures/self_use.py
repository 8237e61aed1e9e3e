"""How much of a generation a site uses itself, half-hour by half-hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from carbonlib.measures.sun import HALF_HOURS

Shapes = Sequence[Sequence[float]]


@dataclass(frozen=True)
class SelfUse:
    """What a site uses of a year's generation, and by how much its highest demand falls (None: not known)."""

    kwh: float
    peak_cut_kw: float | None = None


def by_series(
    load: Sequence[float],
    annual_load: float,
    generation: Sequence[float],
    days: Sequence[int],
    shapes: Shapes,
) -> SelfUse:
    r"""Return the self-use under a measured load, by the average day of each month.

    .. math:: E = \sum_{30 min} \min(G_t, s L_t), \quad s = E_{load} / \sum L_t

    Parameters
    ----------
    load : sequence of float
        From April 1st, 0:00, a value for each half-hour. [kWh]
    annual_load : float
        What is left of the load's sum after other savings. [kWh]
    generation, days, shapes : sequence
        By month from April: the month's generation [kWh], its days, and the shares of a day's half-hours [1].

    Clouds come and go, so the average day puts self-use and the cut of the peak rather high.

    >>> flat = [1.0] * 17520
    >>> month = [31.0] + [0.0] * 11
    >>> noon = [[0.0] * 24 + [1.0] + [0.0] * 23] * 12
    >>> by_series(flat, 17520.0, month, [31] + [30] * 10 + [34], noon)
    SelfUse(kwh=31.0, peak_cut_kw=0.0)
    """
    whole = sum(load)
    if whole == 0:
        return SelfUse(0.0, 0.0)
    scale = annual_load / whole
    if scale == 0:
        return SelfUse(0.0, 0.0)
    used, remaining, start = 0.0, 0.0, 0
    for made, day_count, shape in zip(generation, days, shapes, strict=True):
        end = start + HALF_HOURS * day_count
        for half_hour, share in enumerate(shape):
            values = load[start + half_hour : end : HALF_HOURS]
            one = made * share / day_count / scale
            if one > 0:
                used += sum(map(min, repeat(one), values))
            remaining = max(remaining, max(values) - one)
        start = end
    cut = (max(load) - remaining) * scale * 2  # kWh in half an hour are twice as many kW
    return SelfUse(min(used * scale, annual_load), cut)


def by_shape(
    open_day: Sequence[float],
    closed_day: Sequence[float],
    months: Sequence[float],
    open_share: float,
    annual_load: float,
    generation: Sequence[float],
    days: Sequence[int],
    shapes: Shapes,
) -> SelfUse:
    """Return the self-use under a named load shape, by an open and a closed day of each month.

    Parameters
    ----------
    open_day, closed_day : sequence of float
        Load of each hour, in any measure. [1]
    months : sequence of float
        Weight of a day of each month from April. [1]
    open_share : float
        Share of the days that are open. [1]
    annual_load : float
        Which the shape is scaled to. [kWh]
    generation, days, shapes : sequence
        As in `by_series`.

    >>> dark, noon = [0.0] * 24, [[0.0] * 24 + [1.0] + [0.0] * 23] * 12
    >>> by_shape([1.0] * 24, dark, [1.0] * 12, 0.5, 4380.0, [365.0] * 12, [30] * 11 + [35], noon).kwh
    91.25
    """
    day_kinds = ((open_share, open_day), (1 - open_share, closed_day))
    weight = sum(
        month * day_count * share * sum(day)
        for month, day_count in zip(months, days, strict=True)
        for share, day in day_kinds
    )
    if weight == 0:
        return SelfUse(0.0)
    scale = annual_load / weight / 2  # an hour's load falls on two half-hours alike
    used = 0.0
    for made, day_count, month, shape in zip(generation, days, months, shapes, strict=True):
        sun = [made * share / day_count for share in shape]
        for share, day in day_kinds:
            load = [scale * month * hour for hour in day for _ in (0, 1)]
            used += share * day_count * sum(map(min, sun, load))
    return SelfUse(min(used, annual_load))
