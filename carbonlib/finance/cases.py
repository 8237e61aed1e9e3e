"""A proposal in money, in a low, a base and a high case."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.finance.abatement import AbatementCost, abatement_of
from carbonlib.finance.flows import discounted_of, present_value, whole_years, yearly_rate
from carbonlib.finance.irr import Irr, irr_of
from carbonlib.finance.payback import Payback, Paybacks, amount_of, net_cost, payback_of
from carbonlib.units import Q_, Quantity, expects

Case = Literal["low", "base", "high"]


@dataclass(frozen=True)
class Evaluation:
    """What one case comes to, after subsidy where the name does not say otherwise.

    `flows_jpy` is the money at the end of years 0, 1, 2 … [JPY]
    """

    cost_jpy: Fraction
    saving_jpy: Fraction
    flows_jpy: tuple[float, ...]
    payback: Paybacks
    discounted: Payback
    npv_jpy: float
    irr: Irr
    abatement: AbatementCost

    @property
    def npv(self) -> Quantity:
        """The net present value. [JPY]"""
        return Q_(self.npv_jpy, "JPY")

    @property
    def flows(self) -> tuple[Quantity, ...]:
        """The flows as quantities. [JPY]"""
        return tuple(Q_(f, "JPY") for f in self.flows_jpy)


@dataclass(frozen=True)
class Cases:
    """Low: less saving at more cost; high: more saving at less cost. The subsidy is the same, and never beyond the cost."""

    low: Evaluation
    base: Evaluation
    high: Evaluation


@expects(cost="JPY", saving="JPY/year", life="year", rate="percent/year", subsidy="JPY", co2="t_CO2/year")
def evaluate(
    *,
    cost: Quantity,
    saving: Quantity,
    life: Quantity,
    rate: Quantity,
    subsidy: Quantity | None = None,
    co2: Quantity | None = None,
) -> Evaluation:
    """Return one case: payback before and after subsidy, net present value, rate of return, yen per t-CO2.

    Parameters
    ----------
    cost : Quantity
        Capital cost before subsidy. [JPY]
    saving : Quantity
        Cost saving of a year. [JPY/year]
    life : Quantity
        Useful life, whole years. [year]
    rate : Quantity
        Discount rate. [%/year]
    subsidy : Quantity, optional
        [JPY]
    co2 : Quantity, optional
        CO2 reduction of a year. [t_CO2/year]

    Raises
    ------
    UnitError
        As `paybacks` and `yearly_flows`.

    >>> got = evaluate(cost=Q_(12_000, "JPY"), saving=Q_(4_000, "JPY/year"), life=Q_(4, "year"),
    ...                rate=Q_(7, "percent/year"))
    >>> got.payback.before.years.magnitude, round(got.npv.magnitude), round(got.irr.rate.magnitude, 1)
    (3.0, 1549, 12.6)
    """
    return _Base(cost, saving, life, rate, subsidy, co2).case(Fraction(0), Fraction(0))


class _Base:
    """The numbers of a base case, out of their quantities once for all its cases."""

    def __init__(
        self,
        cost: Quantity,
        saving: Quantity,
        life: Quantity,
        rate: Quantity,
        subsidy: Quantity | None,
        co2: Quantity | None,
    ) -> None:
        self.cost, self.saving = amount_of(cost, "JPY"), amount_of(saving, "JPY/year")
        self.subsidy = self.cost - net_cost(cost, subsidy)
        self.years, self.rate = whole_years(life), yearly_rate(rate)
        self.co2 = None if co2 is None else amount_of(co2, "t_CO2/year")

    def case(self, more: Fraction, dearer: Fraction) -> Evaluation:
        """Return the case with the saving better by `more` and the cost up by `dearer`, both as shares."""
        cost, saving = self.cost * (1 + dearer), self.saving + abs(self.saving) * more
        co2 = None if self.co2 is None else self.co2 + abs(self.co2) * more
        net, life = cost - min(self.subsidy, cost), Fraction(self.years)
        flows = (-float(net), *[float(saving)] * self.years)
        before = payback_of(cost, saving, life)
        return Evaluation(
            cost,
            saving,
            flows,
            Paybacks(before, payback_of(net, saving, life) if self.subsidy else before),
            discounted_of(flows, self.rate),
            present_value(flows, self.rate),
            irr_of(flows),
            abatement_of(net, saving, co2, self.years, self.rate),
        )


@expects(
    cost="JPY",
    saving="JPY/year",
    life="year",
    rate="percent/year",
    saving_spread="percent",
    cost_spread="percent",
    subsidy="JPY",
    co2="t_CO2/year",
)
def low_base_high(
    *,
    cost: Quantity,
    saving: Quantity,
    life: Quantity,
    rate: Quantity,
    saving_spread: Quantity,
    cost_spread: Quantity,
    subsidy: Quantity | None = None,
    co2: Quantity | None = None,
) -> Cases:
    """Return the three cases.

    Parameters
    ----------
    cost, saving, life, rate, subsidy, co2 : Quantity
        Of the base case, as in `evaluate`.
    saving_spread, cost_spread : Quantity
        By which saving (with its CO2) and cost go up and down. [%]

    Raises
    ------
    UnitError
        As `evaluate`.

    Notes
    -----
    A negative saving is the worse the larger it is, so there the low case grows it.

    >>> cases = low_base_high(cost=Q_(1000, "JPY"), saving=Q_(200, "JPY/year"), life=Q_(10, "year"),
    ...     rate=Q_(3, "percent/year"), saving_spread=Q_(20, "percent"), cost_spread=Q_(10, "percent"))
    >>> [round(c.payback.before.years.magnitude, 2) for c in (cases.low, cases.base, cases.high)]
    [6.88, 5.0, 3.75]
    """
    more, dearer = (amount_of(v, "percent") / 100 for v in (saving_spread, cost_spread))
    base = _Base(cost, saving, life, rate, subsidy, co2)
    zero = Fraction(0)
    return Cases(base.case(-more, dearer), base.case(zero, zero), base.case(more, -dearer))
