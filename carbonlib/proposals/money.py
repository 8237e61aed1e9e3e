"""A proposal as an investment: two prices, the demand charge, payback before and after subsidy, three cases, a loan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from carbonlib.errors import Finding, Message, Severity, shown
from carbonlib.finance import (
    AbatementCost,
    Cases,
    Payback,
    Paybacks,
    abatement_cost,
    low_base_high,
    paybacks,
)
from carbonlib.fiscal_year import Month
from carbonlib.proposals.applications import equipment_of
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.records.finance import FinanceDefault, FinanceDefaults
from carbonlib.records.model import ContractBasis
from carbonlib.records.subsidy_round import EQUIPMENT
from carbonlib.tariffs import DemandSaving, demand_charge_saving
from carbonlib.units import Q_, Quantity, exact, format_number

DEMAND_WITHIN = Message(
    "提案ごとの限界単価の削減額は、基本料金の平年の削減額を加えた額です。ピークの削減は足し合わせられないため、合計には加えていません。",
    "The saving at the marginal price of each proposal has the demand charge of a steady year in it; the totals have "
    "not, for cuts of a peak do not add up.",
)


@dataclass(frozen=True)
class Demand:
    """What is known of a contract's demand charge: peaks by month [kW], how it is set, its rate and power factor."""

    peaks: Mapping[Month, Quantity | None]
    basis: ContractBasis | None
    rate: Quantity | None = None
    power_factor: Quantity | None = None

    def saving(self, cut: Quantity) -> DemandSaving:
        """Return what a flat cut of the monthly peaks is worth."""
        return demand_charge_saving(
            peaks=self.peaks, cut=cut, basis=self.basis, rate=self.rate, power_factor=self.power_factor
        )


@dataclass(frozen=True)
class View:
    """A proposal under one price: yen saved a year with what is sold, payback, and three cases where all is known.

    `saving_jpy` is of a steady year, by which the payback goes; the cases take `first_year_jpy` for year 1.
    """

    saving_jpy: Fraction | None
    payback: Paybacks
    cases: Cases | None
    first_year_jpy: Fraction | None = None


@dataclass(frozen=True)
class Money:
    """A proposal in money by its stand-alone effect, without tax.

    `average` values the saving as the prefecture's sheet does, `marginal` at what the bill would fall by, the
    demand charge included: that of a steady year in the payback, year by year in the cases. `marginal_jpy` is that
    saving without what is sold. `life` is the useful life [year], `life_basis` where it is from.
    """

    average: View
    marginal: View
    demand: DemandSaving | None
    life: Quantity | None
    life_basis: Message
    findings: tuple[Finding, ...] = ()
    marginal_jpy: Fraction | None = None

    @property
    def demand_within(self) -> bool:
        """Whether `marginal_jpy` has a demand charge in it."""
        return (
            self.marginal_jpy is not None and self.demand is not None and self.demand.steady_year is not None
        )


def _life_row(family: str, defaults: FinanceDefaults) -> FinanceDefault | None:
    return defaults.of("useful_life", family) or defaults.of("useful_life", "other")


def life_of(one: Evaluated, defaults: FinanceDefaults) -> tuple[Quantity | None, Message]:
    """Return the useful life of a proposal and its basis: as written, else that of its shortest-lived equipment. [year]"""
    if one.proposal.useful_life is not None:
        return one.proposal.useful_life.quantity, Message("提案に書かれた年数", "as the proposal says")
    families = ("operational",) if one.kind == "operational" else equipment_of(one) or ("other",)
    rows = [r for f in families if (r := _life_row(f, defaults)) is not None]
    if not rows:
        return None, Message("年数が分かりません", "not known")
    row = min(rows, key=lambda r: float(r.value.to("year").magnitude))
    doubt = "標準値・仮定" if row.evidence == "assumption" else "標準値"
    ja, en = EQUIPMENT.get(row.subject, ("運用改善", "operational"))
    return row.value, Message(f"{doubt}：{row.source or row.note or ja}", f"standard value: {en}")


def money_of(
    one: Evaluated,
    defaults: FinanceDefaults,
    *,
    demand: Demand | None = None,
    subsidy_jpy: Fraction | None = None,
) -> Money:
    """Return a proposal in money.

    Parameters
    ----------
    one : Evaluated
        Its stand-alone effects and capital cost.
    defaults : FinanceDefaults
        Discount rate, spreads of the cases, lives.
    demand : Demand, optional
        The contract that a peak cut would lower.
    subsidy_jpy : Fraction, optional
        The best offer that the proposal may be eligible for. [JPY]
    """
    life, basis = life_of(one, defaults)
    cut = one.saving.peak_cut or (one.proposal.peak_cut.quantity if one.proposal.peak_cut else None)
    charge = None if cut is None else demand.saving(cut) if demand is not None else _no_peaks(cut)
    marginal = first = one.alone.cost_marginal_jpy
    if marginal is not None and charge is not None:
        early, steady = _by_year(charge)
        marginal, first = marginal + steady, marginal + early
    subsidy = None if subsidy_jpy is None else Q_(float(subsidy_jpy), "JPY")
    sold = _sold(one)
    average = _view(one, _plus(one.alone.cost_average_jpy, sold), life, defaults, subsidy)
    at_marginal = _view(one, _plus(marginal, sold), life, defaults, subsidy, _plus(first, sold))
    return Money(average, at_marginal, charge, life, basis, _doubts(one, charge, average), marginal)


def payback_after(one: Evaluated, money: Money, offer_jpy: Fraction) -> Payback:
    """Return the simple payback at the average price once a round has paid its offer. [JPY]"""
    saving = _yen(money.average.saving_jpy, "JPY/year")
    return _paybacks(one, saving, _yen(offer_jpy), money.life).after


def _paybacks(
    one: Evaluated, saving: Quantity | None, subsidy: Quantity | None, life: Quantity | None
) -> Paybacks:
    found = paybacks(cost=_yen(one.capital_jpy), saving=saving, subsidy=subsidy, life=life)
    if one.kind == "capital":
        return found
    return Paybacks(replace(found.before, equipment=False), replace(found.after, equipment=False))


def _by_year(charge: DemandSaving) -> tuple[Fraction, Fraction]:
    """Return what a demand charge is worth in the first year and in later ones, zero where it is not known. [JPY]

    A first year that is not known is taken at its worst: no saving yet, but a rise at once.
    """
    if charge.steady_year is None:
        return Fraction(0), Fraction(0)
    steady = Fraction(float(charge.steady_year.magnitude))
    first = (
        min(steady, Fraction(0))
        if charge.first_year is None
        else Fraction(float(charge.first_year.magnitude))
    )
    return first, steady


_NO_PEAKS = Message(
    "最大需要電力が請求にある計器が 1 つに決まらないため、基本料金の効果は分かりません。",
    "There is no one meter whose bills have the peaks, so the effect on the demand charge is not known.",
)


def _no_peaks(cut: Quantity) -> DemandSaving | None:
    return DemandSaving("not_known", None, None, _NO_PEAKS) if cut.magnitude else None


def _again(life: Fraction | None) -> Message:
    years = format_number(life or 0)
    every = "every year" if life == 1 else f"every {years} years"
    return Message(
        f"運用改善の費用は {years} 年ごとにかかるものとみたため（仮定）、削減額では足りません。"
        "一度だけの費用なら、効果が続く年数を useful_life に書いてください。",
        f"The cost of an operational measure is taken to come {every} (an assumption), and the saving does "
        "not make up for it. If it comes once, write for how many years the effect lasts as useful_life.",
    )


def _doubts(one: Evaluated, charge: DemandSaving | None, average: View) -> tuple[Finding, ...]:
    number, place = shown(one.proposal.number), one.proposal.place

    def said(id: str, severity: Severity, why: Message) -> Finding:
        message = Message(f"提案No.{number}: {why.ja}", f"Proposal {number}: {why.en}")
        return Finding(f"proposal.{id}", severity, message, place)

    found = []
    back = average.payback.before
    if back.kind == "replaced_first" and not back.equipment and one.proposal.useful_life is None:
        found.append(said("operational_life", "note", _again(back.life)))
    if charge is not None and charge.kind == "not_known":
        found.append(said("peak_cut_not_known", "note", charge.sentence))
    if charge is not None and charge.warning is not None:
        found.append(said("peak_cut_beyond", "warning", charge.warning))
    return tuple(found)


def _sold(one: Evaluated) -> Fraction:
    return Fraction(0) if one.saving.income is None else exact(float(one.saving.income.magnitude))


def _plus(saving: Fraction | None, income: Fraction) -> Fraction | None:
    return None if saving is None else saving + income


def _yen(value: Fraction | None, unit: str = "JPY") -> Quantity | None:
    return None if value is None else Q_(float(value), unit)


def _view(
    one: Evaluated,
    saving_jpy: Fraction | None,
    life: Quantity | None,
    defaults: FinanceDefaults,
    subsidy: Quantity | None,
    first_jpy: Fraction | None = None,
) -> View:
    cost, saving = _yen(one.capital_jpy), _yen(saving_jpy, "JPY/year")
    back = _paybacks(one, saving, subsidy, life)
    cases = None
    if cost is not None and saving is not None and life is not None:
        cases = low_base_high(
            cost=cost,
            saving=saving,
            life=life,
            rate=_default(defaults, "discount_rate"),
            saving_spread=_default(defaults, "saving_spread"),
            cost_spread=_default(defaults, "cost_spread"),
            subsidy=subsidy,
            co2=_yen(one.alone.co2_reduction_t, "t_CO2/year"),
            fade=one.saving.fade,
            renewals=one.saving.renewals,
            first_saving=_yen(first_jpy, "JPY/year") if first_jpy != saving_jpy else None,
        )
    return View(saving_jpy, back, cases, saving_jpy if first_jpy is None else first_jpy)


def _default(defaults: FinanceDefaults, kind: str) -> Quantity:
    row = defaults.of(kind)
    assert row is not None, f"finance.csv has a row {kind}"
    return row.value


def abatement_of(one: Evaluated, defaults: FinanceDefaults) -> AbatementCost:
    """Return yen per t-CO2 of a proposal's adjusted saving with what is sold, at the average price and without subsidy."""
    life, _ = life_of(one, defaults)
    return abatement_cost(
        rate=_default(defaults, "discount_rate"),
        cost=_yen(one.capital_jpy),
        saving=_yen(_plus(one.adjusted.cost_average_jpy, _sold(one)), "JPY/year"),
        co2=_yen(one.adjusted.co2_reduction_t, "t_CO2/year"),
        life=life,
        fade=one.saving.fade,
        renewals=one.saving.renewals,
    )
