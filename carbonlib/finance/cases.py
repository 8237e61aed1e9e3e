"""A proposal in money, in a low, a base and a high case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from carbonlib.finance.abatement import AbatementCost, abatement_of
from carbonlib.finance.flows import present_value, whole_years, yearly_rate
from carbonlib.finance.irr import Irr, irr_of
from carbonlib.finance.payback import Paybacks, amount_of, net_cost, payback_of
from carbonlib.units import Q_, Quantity, expects


@dataclass(frozen=True)
class InvestmentCase:
    """One case; what it comes to is computed when it is first asked for, after subsidy where the name says nothing.

    `cost_jpy` is before, `subsidy_jpy` never beyond it [JPY], `saving_jpy` and `co2_t` are of a year [JPY/year,
    t_CO2/year], `years` the useful life, `rate` the discount rate as a fraction of 1 a year. `fade` is the fraction of
    the saving that is lost each year, `renewals_jpy` what parts cost again, by year. `first_saving_jpy` is the saving
    of year 1 where it differs from the later ones [JPY/year].
    """

    cost_jpy: Fraction
    subsidy_jpy: Fraction
    saving_jpy: Fraction
    co2_t: Fraction | None
    years: int
    rate: float
    fade: float = 0.0
    renewals_jpy: tuple[tuple[int, float], ...] = ()
    first_saving_jpy: Fraction | None = None

    @property
    def before_subsidy(self) -> InvestmentCase:
        """The same case without the subsidy."""
        return replace(self, subsidy_jpy=Fraction(0)) if self.subsidy_jpy else self

    @property
    def net_jpy(self) -> Fraction:
        """Cost less subsidy, exact. [JPY]"""
        return self.cost_jpy - self.subsidy_jpy

    @cached_property
    def flows_jpy(self) -> tuple[float, ...]:
        """The money at the end of years 0, 1, 2 … [JPY]"""
        steady, again = float(self.saving_jpy), dict(self.renewals_jpy)
        savings = [steady * (1 - self.fade) ** (t - 1) for t in range(1, self.years + 1)]
        if self.first_saving_jpy is not None:
            savings[0] = float(self.first_saving_jpy)
        return (-float(self.net_jpy), *(s - again.get(t, 0.0) for t, s in enumerate(savings, start=1)))

    @property
    def flows(self) -> tuple[Quantity, ...]:
        """The flows as quantities. [JPY]"""
        return tuple(Q_(f, "JPY") for f in self.flows_jpy)

    @cached_property
    def payback(self) -> Paybacks:
        """The simple payback before and after subsidy."""
        life = Fraction(self.years)
        before = payback_of(self.cost_jpy, self.saving_jpy, life)
        if not self.subsidy_jpy:
            return Paybacks(before, before)
        return Paybacks(before, payback_of(self.net_jpy, self.saving_jpy, life))

    @cached_property
    def npv_jpy(self) -> float:
        """The net present value. [JPY]"""
        return present_value(self.flows_jpy, self.rate)

    @property
    def npv(self) -> Quantity:
        """The net present value as a quantity. [JPY]"""
        return Q_(self.npv_jpy, "JPY")

    @cached_property
    def irr(self) -> Irr:
        """The internal rate of return."""
        return irr_of(self.flows_jpy)

    @cached_property
    def abatement(self) -> AbatementCost:
        """Yen per t-CO2."""
        return abatement_of(self.net_jpy, self.flows_jpy, self.co2_t, self.rate)

    def moved(self, more: Fraction, dearer: Fraction) -> InvestmentCase:
        """Return the case with saving and CO2 better by the share `more` and the cost up by the share `dearer`."""
        cost, first = self.cost_jpy * (1 + dearer), self.first_saving_jpy
        return replace(
            self,
            cost_jpy=cost,
            subsidy_jpy=min(self.subsidy_jpy, cost),
            saving_jpy=self.saving_jpy + abs(self.saving_jpy) * more,
            first_saving_jpy=None if first is None else first + abs(first) * more,
            co2_t=None if self.co2_t is None else self.co2_t + abs(self.co2_t) * more,
        )


@dataclass(frozen=True)
class Cases:
    """Low: less saving at more cost; high: more saving at less cost. The subsidy is the same, and never beyond the cost."""

    low: InvestmentCase
    base: InvestmentCase
    high: InvestmentCase


@expects(
    cost="JPY",
    saving="JPY/year",
    life="year",
    rate="percent/year",
    subsidy="JPY",
    co2="t_CO2/year",
    fade="percent/year",
    first_saving="JPY/year",
)
def evaluate(
    *,
    cost: Quantity,
    saving: Quantity,
    life: Quantity,
    rate: Quantity,
    subsidy: Quantity | None = None,
    co2: Quantity | None = None,
    fade: Quantity | None = None,
    renewals: Mapping[int, Quantity] | None = None,
    first_saving: Quantity | None = None,
) -> InvestmentCase:
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
    fade : Quantity, optional
        By which the saving shrinks each year. [%/year]
    renewals : mapping of int to Quantity, optional
        What parts cost again, by year; those after the life are left out. [JPY]
    first_saving : Quantity, optional
        Of year 1, where the demand charge of later years falls or rises further; the payback is that of `saving`.
        [JPY/year]

    Raises
    ------
    UnitError
        As `paybacks` and `yearly_flows`.

    >>> got = evaluate(cost=Q_(12_000, "JPY"), saving=Q_(4_000, "JPY/year"), life=Q_(4, "year"),
    ...                rate=Q_(7, "percent/year"))
    >>> got.payback.before.years.magnitude, round(got.npv.magnitude), round(got.irr.rate.magnitude, 1)
    (3.0, 1549, 12.6)
    """
    price = amount_of(cost, "JPY")
    return InvestmentCase(
        price,
        price - net_cost(cost, subsidy),
        amount_of(saving, "JPY/year"),
        None if co2 is None else amount_of(co2, "t_CO2/year"),
        whole_years(life),
        yearly_rate(rate),
        0.0 if fade is None else yearly_rate(fade),
        tuple(
            (year, float(amount_of(part, "JPY")))
            for year, part in sorted((renewals or {}).items())
            if 1 <= year <= whole_years(life)
        ),
        None if first_saving is None else amount_of(first_saving, "JPY/year"),
    )


@expects(saving_spread="percent", cost_spread="percent")
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
    fade: Quantity | None = None,
    renewals: Mapping[int, Quantity] | None = None,
    first_saving: Quantity | None = None,
) -> Cases:
    """Return the three cases.

    Parameters
    ----------
    cost, saving, life, rate, subsidy, co2, fade, renewals, first_saving
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
    base = evaluate(
        cost=cost,
        saving=saving,
        life=life,
        rate=rate,
        subsidy=subsidy,
        co2=co2,
        fade=fade,
        renewals=renewals,
        first_saving=first_saving,
    )
    return Cases(base.moved(-more, dearer), base, base.moved(more, -dearer))
