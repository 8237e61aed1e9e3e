"""Years until a saving has paid for itself, with every case that has no number defined and worded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Literal

from carbonlib.errors import Message, UnitError
from carbonlib.units import Q_, Quantity, exact, expects, format_number

PaybackKind = Literal[
    "years",  # pays back within the useful life, or the life is not known
    "immediate",  # costs nothing and saves something
    "replaced_first",  # saves, but the equipment ends before it has paid
    "no_saving",
    "costs_more",  # the saving is negative
    "not_known",
]

_SENTENCES: dict[PaybackKind, Message] = {
    "immediate": Message(
        "費用がかからないため回収年数はありません（すぐに効果が出ます）。",
        "It costs nothing, so there is no payback time: the saving is immediate.",
    ),
    "no_saving": Message(
        "費用の削減がないため回収できません。",
        "Nothing is saved, so it never pays back.",
    ),
    "costs_more": Message(
        "エネルギー費用が増えるため回収できません。費用以外の効果で判断してください。",
        "The energy cost rises, so it never pays back; judge it by its other effects.",
    ),
    "not_known": Message(
        "費用か削減額が分からないため回収年数は計算できません。",
        "Cost or saving is not known, so the payback cannot be computed.",
    ),
}


@dataclass(frozen=True)
class Payback:
    """An outcome: its kind and the years where there are any, exact; words and quantity are made when asked for.

    `life` is the useful life it was held against [year]; without `equipment` nothing is renewed at its end, and it says how
    long the effect of what was paid lasts.
    """

    kind: PaybackKind
    exact_years: Fraction | None = None
    life: Fraction | None = None
    equipment: bool = True

    @property
    def years(self) -> Quantity | None:
        """The years, None where there are none. [year]"""
        return None if self.exact_years is None else Q_(float(self.exact_years), "year")

    @property
    def pays(self) -> bool:
        """Whether it pays within the useful life, as far as that is known."""
        return self.kind in {"years", "immediate"}

    @property
    def never(self) -> bool:
        """Whether it is known not to pay within the useful life."""
        return self.kind in {"replaced_first", "no_saving", "costs_more"}

    @property
    def sentence(self) -> Message:
        """The outcome in words."""
        if self.kind in _SENTENCES:
            return _SENTENCES[self.kind]
        assert self.exact_years is not None
        shown = format_number(self.exact_years, 1)
        if self.kind == "replaced_first" and self.life is not None:
            life = format_number(self.life)
            if not self.equipment:
                return Message(
                    f"回収に {shown} 年かかり、効果が続くとみた {life} 年より長いため、回収する前に同じ費用がまたかかります。",
                    f"It takes {shown} years, longer than the {life} that the effect is taken to last: the same cost comes "
                    "again before it has paid.",
                )
            return Message(
                f"回収に {shown} 年かかり、耐用年数 {life} 年より長いため、回収する前に更新の時期になります。",
                f"It takes {shown} years, longer than the useful life of {life}: the equipment is replaced before it "
                "has paid.",
            )
        return Message(f"回収年数は {shown} 年です。", f"It pays back in {shown} years.")


@dataclass(frozen=True)
class Paybacks:
    """The payback before and after a subsidy."""

    before: Payback
    after: Payback


def amount_of(value: Quantity, unit: str) -> Fraction:
    """Return the exact number of `unit` in a quantity, by its printed digits; endless ones are refused."""
    number = value.to(unit).magnitude
    if isinstance(number, float) and not isfinite(number):
        raise UnitError.of(
            "finance.not_finite",
            ja="金額・年数・率に、数でない値（無限大など）があります。計算の元の値を確かめてください。",
            en="An amount, a number of years or a rate is not a finite number; check what it was made from.",
        )
    return exact(number)


def at_least_zero(value: Quantity | None, unit: str, ja: str, en: str) -> Fraction | None:
    """Return the exact number of `unit` in a quantity that must not be negative, None for None."""
    if value is None:
        return None
    number = amount_of(value, unit)
    if number < 0:
        raise UnitError.of(
            "finance.negative",
            ja=f"{ja}は 0 以上で書いてください。",
            en=f"{en} must be at least zero.",
        )
    return number


@expects(cost="JPY", saving="JPY/year", life="year")
def simple_payback(
    *, cost: Quantity | None = None, saving: Quantity | None = None, life: Quantity | None = None
) -> Payback:
    r"""Return the years until annual savings repay the cost.

    Parameters
    ----------
    cost : Quantity
        Capital cost, after subsidy where that is asked for; None: not known. [JPY]
    saving : Quantity
        Cost saving of a year, negative where the cost of energy rises; None: not known. [JPY/year]
    life : Quantity, optional
        Useful life, after which the equipment is replaced. [year]

    Returns
    -------
    Payback
        ``immediate`` for a cost of zero, ``no_saving``, ``costs_more``, ``replaced_first`` where the years exceed
        the life, ``not_known``, else ``years``; years equal to the life still pay.

    Raises
    ------
    UnitError
        An argument of another dimension, or a negative cost.

    Notes
    -----
    .. math:: T = C / S

    A textbook's air conditioner, 1,000 for 200 a year (G. M. Masters, Renewable and Efficient Electric Power Systems,
    ch. 5, studmed.ru/view/masters-gm-renewable-and-efficient-electric-power-systems_dd9f768afa6.html):

    >>> simple_payback(cost=Q_(1000, "JPY"), saving=Q_(200, "JPY/year"), life=Q_(10, "year")).years
    <Quantity(5.0, 'year')>
    >>> print(simple_payback(cost=Q_(0, "JPY"), saving=Q_(100_083, "JPY/year")).sentence.ja)
    費用がかからないため回収年数はありません（すぐに効果が出ます）。
    """
    price = at_least_zero(cost, "JPY", "費用", "The cost")
    if price is None or saving is None:
        return Payback("not_known")
    years = None if life is None else amount_of(life, "year")
    return payback_of(price, amount_of(saving, "JPY/year"), years)


def payback_of(price: Fraction, yearly: Fraction, life: Fraction | None) -> Payback:
    """Return the simple payback; exact numbers in. [JPY], [JPY/year], [year]"""
    if yearly <= 0:
        return Payback("costs_more" if yearly else "no_saving")
    if not price:
        return Payback("immediate")
    years = price / yearly
    # exactly at the end of the life still pays
    return Payback("replaced_first" if life is not None and years > life else "years", years, life)


@expects(cost="JPY", saving="JPY/year", subsidy="JPY", life="year")
def paybacks(
    *,
    cost: Quantity | None = None,
    saving: Quantity | None = None,
    subsidy: Quantity | None = None,
    life: Quantity | None = None,
) -> Paybacks:
    """Return the simple payback before and after a subsidy; without one both are the same.

    Parameters
    ----------
    cost, saving, life : Quantity
        As in `simple_payback`. [JPY], [JPY/year], [year]
    subsidy : Quantity, optional
        [JPY]

    Raises
    ------
    UnitError
        An argument of another dimension, a negative cost, or a subsidy beyond the cost.

    >>> both = paybacks(cost=Q_(3_000_000, "JPY"), subsidy=Q_(1_000_000, "JPY"), saving=Q_(500_000, "JPY/year"))
    >>> both.before.years.magnitude, both.after.years.magnitude
    (6.0, 4.0)
    """
    before = simple_payback(cost=cost, saving=saving, life=life)
    if subsidy is None or cost is None:
        return Paybacks(before, before)
    net = net_cost(cost, subsidy)
    return Paybacks(before, simple_payback(cost=Q_(float(net), "JPY"), saving=saving, life=life))


def net_cost(cost: Quantity, subsidy: Quantity | None) -> Fraction:
    """Return cost − subsidy, exact, or raise where the subsidy is negative or exceeds the cost. [JPY]"""
    price = at_least_zero(cost, "JPY", "費用", "The cost") or Fraction(0)
    given = at_least_zero(subsidy, "JPY", "補助金", "The subsidy") or Fraction(0)
    if given > price:
        raise UnitError.of(
            "finance.subsidy_exceeds_cost",
            ja=f"補助金 {format_number(given)} 円が費用 {format_number(price)} 円を超えています。",
            en=f"The subsidy of {format_number(given)} JPY exceeds the cost of {format_number(price)} JPY.",
        )
    return price - given
