"""Money year by year, and what it is worth today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from carbonlib.errors import UnitError
from carbonlib.finance.payback import amount_of
from carbonlib.records.proposal_model import LONGEST_LIFE
from carbonlib.units import Q_, Quantity, expects


def whole_years(life: Quantity) -> int:
    """Return a number of years that must be whole, from 1 to 60."""
    years = amount_of(life, "year")
    if years.denominator != 1 or not 1 <= years <= LONGEST_LIFE:
        raise UnitError.of(
            "finance.years",
            ja=f"年数は 1〜{LONGEST_LIFE} の整数で書いてください。",
            en=f"A number of years is whole, from 1 to {LONGEST_LIFE}.",
        )
    return int(years)


def yearly_rate(rate: Quantity) -> float:
    """Return a rate as a fraction of 1 a year; above −100 %."""
    value = float(rate.to("percent/year").magnitude) / 100
    if value <= -1:
        raise UnitError.of(
            "finance.rate",
            ja="率は −100 % より大きい値で書いてください。",
            en="A rate must be above −100 %.",
        )
    return value


@expects(cost="JPY", saving="JPY/year", life="year", price_change="percent/year", fade="percent/year")
def yearly_flows(
    *,
    cost: Quantity,
    saving: Quantity,
    life: Quantity,
    price_change: Quantity | None = None,
    fade: Quantity | None = None,
    renewals: Mapping[int, Quantity] | None = None,
) -> tuple[Quantity, ...]:
    r"""Return the money of each year: the cost in year 0, then a saving at the end of each year of life.

    Parameters
    ----------
    cost : Quantity
        Capital cost after subsidy, in year 0. [JPY]
    saving : Quantity
        Of the first year. [JPY/year]
    life : Quantity
        Useful life, whole years. [year]
    price_change : Quantity, optional
        By which the price of energy changes each year; None: it stays. [%/year]
    fade : Quantity, optional
        By which the saving shrinks each year, as of photovoltaic panels. [%/year]
    renewals : mapping of int to Quantity, optional
        What parts cost in later years, as a power conditioner does. [JPY]

    Returns
    -------
    tuple of Quantity
        One for each year from 0 to the life. [JPY]

    Raises
    ------
    UnitError
        An argument of another dimension, or a life that is not whole.

    Notes
    -----
    .. math:: F_0 = -C, \quad F_t = S (1+g)^{t-1} (1-f)^{t-1} - R_t

    Before tax; nothing is left at the end of the life.

    >>> [f.magnitude for f in yearly_flows(cost=Q_(1000, "JPY"), saving=Q_(400, "JPY/year"), life=Q_(3, "year"))]
    [-1000.0, 400.0, 400.0, 400.0]
    """
    first, years = float(saving.to("JPY/year").magnitude), whole_years(life)
    growth = 1 + (yearly_rate(price_change) if price_change is not None else 0.0)
    growth *= 1 - (yearly_rate(fade) if fade is not None else 0.0)
    flows = [-float(cost.to("JPY").magnitude), *(first * growth ** (t - 1) for t in range(1, years + 1))]
    for year, part in (renewals or {}).items():
        if not 1 <= year <= years:
            raise UnitError.of(
                "finance.renewal",
                ja=f"更新費の年は 1〜{years} で書いてください。",
                en=f"The year of a renewal is from 1 to {years}.",
            )
        flows[year] -= yen([part])[0]
    return tuple(Q_(f, "JPY") for f in flows)


@expects(flow="JPY")
def _yen(flow: Quantity) -> float:
    return float(amount_of(flow, "JPY"))


def yen(flows: Sequence[Quantity]) -> list[float]:
    """Return the magnitudes of flows in yen, each checked for its dimension."""
    return [_yen(flow) for flow in flows]


def present_value(flows: Sequence[float], rate: float) -> float:
    """Return the sum of flows at the ends of years 0, 1, 2 …, discounted; floats in and out."""
    return fsum(flow / (1 + rate) ** year for year, flow in enumerate(flows))


@expects(rate="percent/year")
def npv(flows: Sequence[Quantity], *, rate: Quantity) -> Quantity:
    r"""Return the net present value of flows at the ends of years 0, 1, 2 …

    Parameters
    ----------
    flows : sequence of Quantity
        As of `yearly_flows`. [JPY]
    rate : Quantity
        Discount rate. [%/year]

    Returns
    -------
    Quantity
        [JPY]

    Raises
    ------
    UnitError
        A flow or rate of another dimension, or a rate of −100 % or less.

    Notes
    -----
    .. math:: V = \sum_{t=0}^{n} F_t / (1+r)^t

    >>> flows = yearly_flows(cost=Q_(12_000, "JPY"), saving=Q_(4_000, "JPY/year"), life=Q_(4, "year"))
    >>> round(npv(flows, rate=Q_(7, "percent/year")).magnitude)
    1549
    """
    return Q_(present_value(yen(flows), yearly_rate(rate)), "JPY")
