"""Yen per tonne of CO2, in three meanings that must not be mixed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.errors import Message
from carbonlib.finance.flows import whole_years, yearly_rate
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

    They are `annualised_jpy` and so on as floats, and quantities when asked for. `annualised` spreads the cost over the life with interest and takes the yearly saving off: the one for a marginal
    abatement cost curve. `lifetime` is the same without interest: all cost less all saving, per tonne of the life.
    `capital_only` leaves the saving out: cost per tonne of the life, as offices rank applications.
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


@expects(cost="JPY", saving="JPY/year", co2="t_CO2/year", life="year", rate="percent/year")
def abatement_cost(
    *,
    rate: Quantity,
    cost: Quantity | None = None,
    saving: Quantity | None = None,
    co2: Quantity | None = None,
    life: Quantity | None = None,
) -> AbatementCost:
    r"""Return what a tonne of CO2 costs to avoid.

    Parameters
    ----------
    rate : Quantity
        Discount rate. [%/year]
    cost : Quantity
        Capital cost, before or after subsidy as the question is. [JPY]
    saving : Quantity
        Cost saving of a year. [JPY/year]
    co2 : Quantity
        CO2 reduction of a year, without avoided refrigerant. [t_CO2/year]
    life : Quantity
        Useful life, whole years. [year]

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
    .. math:: a = \frac{C \cdot \mathrm{CRF}(r, n) - S}{m}, \quad l = \frac{C - n S}{n m}, \quad k = \frac{C}{n m}

    with m tonnes a year. The definition of a, capital cost with the saved energy cost taken off and negative where it
    outweighs, is that of expert-based curves (offemission.com/post/marginal-abatement-costs).

    >>> got = abatement_cost(cost=Q_(1_000_000, "JPY"), saving=Q_(50_000, "JPY/year"), co2=Q_(2, "t_CO2/year"),
    ...                      life=Q_(10, "year"), rate=Q_(0, "percent/year"))
    >>> got.annualised.magnitude, got.lifetime.magnitude, got.capital_only.magnitude
    (25000.0, 25000.0, 50000.0)
    """
    if cost is None or saving is None or co2 is None or life is None:
        return AbatementCost("not_known")
    years, r = whole_years(life), yearly_rate(rate)
    return abatement_of(
        amount_of(cost, "JPY"), amount_of(saving, "JPY/year"), amount_of(co2, "t_CO2/year"), years, r
    )


def abatement_of(
    price: Fraction, yearly: Fraction, tonnes: Fraction | None, years: int, r: float
) -> AbatementCost:
    """Return the cost of a tonne; numbers in. [JPY], [JPY/year], [t_CO2/year], [year], [1/year]"""
    if tonnes is None:
        return AbatementCost("not_known")
    if tonnes <= 0:
        return AbatementCost("no_reduction")
    annual = (float(price) * annuity(r, years) - float(yearly)) / float(tonnes)
    found = (annual, (price / years - yearly) / tonnes, price / years / tonnes)
    return AbatementCost("cost", *(float(v) for v in found))
