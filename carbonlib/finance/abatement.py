"""Yen per tonne of CO2, in three meanings that must not be mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from typing import Literal

from carbonlib.errors import Message
from carbonlib.finance.flows import present_value, whole_years, yearly_flows, yearly_rate, yen
from carbonlib.finance.loan import annuity
from carbonlib.finance.payback import amount_of
from carbonlib.units import Q_, Quantity, expects

AbatementKind = Literal["cost", "no_reduction", "not_known"]
_WORDS: dict[AbatementKind, Message] = {
    "cost": Message(
        "CO2 1 t を減らす費用です。負の値は、減らすほど費用も減ることを示します。",
        "What a tonne of CO2 costs to avoid; negative: avoiding it saves money.",
    ),
    "no_reduction": Message(
        "CO2 が減らないため、1 t あたりの費用はありません。",
        "No CO2 is avoided, so there is no cost per tonne.",
    ),
    "not_known": Message(
        "費用・削減額・CO2 削減量・耐用年数のどれかが分からないため、1 t あたりの費用は計算できません。",
        "Cost, saving, CO2 reduction or life is not known, so the cost per tonne cannot be computed.",
    ),
}


@dataclass(frozen=True)
class AbatementCost:
    """Yen per t-CO2, None where there is none. [JPY/t_CO2]

    They are `annualised_jpy` and so on as floats, and quantities when asked for. `annualised` spreads all that is paid and
    saved over the life with interest: the one for a marginal abatement cost curve, negative exactly where the net present
    value is above zero. `lifetime` is the same without interest: all cost less all saving, per tonne of the life.
    `capital_only` leaves saving and renewals out: cost per tonne of the life, as offices rank applications.
    """

    kind: AbatementKind
    annualised_jpy: float | None = None
    lifetime_jpy: float | None = None
    capital_only_jpy: float | None = None

    @property
    def annualised(self) -> Quantity | None:
        """With interest, the saving taken off. [JPY/t_CO2]"""
        return _quantity(self.annualised_jpy)

    @property
    def lifetime(self) -> Quantity | None:
        """Without interest, the saving taken off. [JPY/t_CO2]"""
        return _quantity(self.lifetime_jpy)

    @property
    def capital_only(self) -> Quantity | None:
        """Without interest and saving. [JPY/t_CO2]"""
        return _quantity(self.capital_only_jpy)

    @property
    def sentence(self) -> Message:
        """The outcome in words."""
        return _WORDS[self.kind]


def _quantity(value: float | None) -> Quantity | None:
    return None if value is None else Q_(value, "JPY/t_CO2")


@expects(
    cost="JPY",
    saving="JPY/year",
    co2="t_CO2/year",
    life="year",
    rate="percent/year",
    fade="percent/year",
)
def abatement_cost(
    *,
    rate: Quantity,
    cost: Quantity | None = None,
    saving: Quantity | None = None,
    co2: Quantity | None = None,
    life: Quantity | None = None,
    fade: Quantity | None = None,
    renewals: Mapping[int, Quantity] | None = None,
) -> AbatementCost:
    r"""Return what a tonne of CO2 costs to avoid.

    Parameters
    ----------
    rate : Quantity
        Discount rate. [%/year]
    cost : Quantity
        Capital cost, before or after subsidy as the question is. [JPY]
    saving : Quantity
        Cost saving of a year, with what is sold. [JPY/year]
    co2 : Quantity
        CO2 reduction of a year, without avoided refrigerant. [t_CO2/year]
    life : Quantity
        Useful life, whole years. [year]
    fade : Quantity, optional
        By which the saving shrinks each year; the tonnes stay those of the first year. [%/year]
    renewals : mapping of int to Quantity, optional
        What parts cost again, by year; those after the life are left out. [JPY]

    Returns
    -------
    AbatementCost
        ``no_reduction`` where CO2 does not fall, ``not_known`` where an argument is None.

    Raises
    ------
    UnitError
        An argument of another dimension, or a life that is not whole.

    Notes
    -----
    .. math:: a = -V \cdot \mathrm{CRF}(r, n) / m, \quad l = -\frac{\sum_t F_t}{n m}, \quad k = \frac{C}{n m}

    with V the net present value of the flows F and m tonnes a year; with neither fade nor renewals a is
    (C · CRF − S) ÷ m. Capital cost with the saved energy cost taken off, negative where it outweighs, is the
    definition of expert-based curves (offemission.com/post/marginal-abatement-costs); that such a curve is drawn from
    each project's net present value and reduction, that of McMaster University's tool
    (mcmaster.ca/sept/learninghub/MACC_Tool.html).

    >>> got = abatement_cost(cost=Q_(1_000_000, "JPY"), saving=Q_(50_000, "JPY/year"), co2=Q_(2, "t_CO2/year"),
    ...                      life=Q_(10, "year"), rate=Q_(0, "percent/year"))
    >>> got.annualised.magnitude, got.lifetime.magnitude, got.capital_only.magnitude
    (25000.0, 25000.0, 50000.0)
    """
    if cost is None or saving is None or co2 is None or life is None:
        return AbatementCost("not_known")
    years = whole_years(life)
    within = {year: part for year, part in (renewals or {}).items() if year <= years}
    flows = yearly_flows(cost=cost, saving=saving, life=life, fade=fade, renewals=within)
    return abatement_of(amount_of(cost, "JPY"), yen(flows), amount_of(co2, "t_CO2/year"), yearly_rate(rate))


def abatement_of(price: Fraction, flows: Sequence[float], tonnes: Fraction | None, r: float) -> AbatementCost:
    """Return the cost of a tonne; numbers in. [JPY], [JPY] from year 0 on, [t_CO2/year], [1/year]"""
    if tonnes is None:
        return AbatementCost("not_known")
    if tonnes <= 0:
        return AbatementCost("no_reduction")
    years, mass = len(flows) - 1, float(tonnes)
    return AbatementCost(
        "cost",
        -present_value(flows, r) * annuity(r, years) / mass,
        -fsum(flows) / years / mass,
        float(price / years / tonnes),
    )
