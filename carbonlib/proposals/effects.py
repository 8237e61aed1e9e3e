"""What a saving is worth: CO2, primary energy, crude-oil equivalent, and yen under two prices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from carbonlib.accounting import AccountLine, EnergyAccount
from carbonlib.accounting.model import exact_sum
from carbonlib.accounting.parts import part_of
from carbonlib.errors import Finding, Message
from carbonlib.factors import KL_PER_GJ, Programme, carrier_named, carriers
from carbonlib.fiscal_year import Period, fiscal_year_of
from carbonlib.records.tax import tax_percent
from carbonlib.tariffs import ALL_HOURS, Hours, Price, average_price, without_tax
from carbonlib.units import Q_, Quantity, exact, format_number, name_of, ratio, same_dimension


@dataclass(frozen=True)
class Amount:
    """What a proposal does to one carrier in a year, exact: `saved` and the use `before`, in `unit`."""

    carrier: str
    unit: str
    saved: Fraction
    before: Fraction | None = None

    @property
    def after(self) -> Fraction | None:
        """What is left of the use before, None where that is not known."""
        return None if self.before is None else self.before - self.saved


@dataclass(frozen=True)
class Effects:
    """The effects of a saving (削減効果), exact; None where a factor or a price is not known.

    `co2_before_t` is the CO2 of the use that the measures act on [t CO2], `co2_reduction_t` what is avoided of it
    [t CO2], `energy_gj` [GJ primary], `crude_oil_kl` [kL crude-oil equivalent]. `cost_average_jpy` values the
    saving at the average price, as the prefecture's sheet does, `cost_marginal_jpy` at every per-unit term of the
    hours saved; the demand charge is not in it [JPY/year].
    """

    amounts: tuple[Amount, ...]
    co2_before_t: Fraction | None
    co2_reduction_t: Fraction | None
    energy_gj: Fraction | None
    cost_average_jpy: Fraction | None
    cost_marginal_jpy: Fraction | None

    @property
    def crude_oil_kl(self) -> Fraction | None:
        """Crude-oil equivalent of the primary energy saved. [kL]"""
        return None if self.energy_gj is None else self.energy_gj * KL_PER_GJ

    @property
    def only_raises(self) -> bool:
        """Whether more is used and nothing is saved: no carrier, no CO2, no cost; a change of fuel saves one of them."""
        used = [a.saved for a in self.amounts]
        worth = (self.co2_reduction_t, self.cost_average_jpy)
        return any(u < 0 for u in used) and not any(u > 0 for u in [*used, *(w or 0 for w in worth)])

    def saved(self, carrier: str) -> Fraction:
        """Return what is saved of a carrier in its unit, zero where it is not touched."""
        return sum((a.saved for a in self.amounts if a.carrier == carrier), Fraction(0))


@dataclass(frozen=True)
class Rate:
    """What one unit of a carrier holds and costs; None where it is not known."""

    unit: str
    co2_t: Fraction | None
    energy_gj: Fraction | None
    average: Price | None


def _no_price(line: AccountLine, hours: Hours) -> Price | None:
    return None


@dataclass
class Rates:
    """The rates of one company in one year, looked up once for each carrier and unit.

    `marginal` gives the marginal price of a line of the account at some hours. Prices are without tax, as investments
    are; of a price that is not said to include it or not, `findings` say so, beside those of the factors.
    """

    account: EnergyAccount
    programme: Programme
    suppliers: Mapping[str, str]
    marginal: Callable[[AccountLine, Hours], Price | None] = _no_price
    findings: list[Finding] = field(default_factory=list)
    _found: dict[tuple[str, str], Rate] = field(default_factory=dict)
    _units: dict[tuple[str, str], str] = field(default_factory=dict)
    _marginal: dict[tuple[object, ...], Price | None] = field(default_factory=dict)

    def unit_of(self, carrier: str, unit: str) -> str:
        """Return the account's unit for a carrier that converts to `unit`, else `unit` itself."""
        if (carrier, unit) not in self._units:
            fitting = (
                line.unit
                for line in self.account.lines
                if line.carrier == carrier and same_dimension(Q_(1, unit), line.unit)
            )
            self._units[carrier, unit] = next(fitting, unit)
        return self._units[carrier, unit]

    def of(self, carrier: str, unit: str) -> Rate:
        """Return the rate of a carrier in a unit."""
        if (carrier, unit) not in self._found:
            self._found[carrier, unit] = self._look_up(carrier, unit)
        return self._found[carrier, unit]

    def _look_up(self, carrier: str, unit: str) -> Rate:
        energies, co2s = [], []
        line = self.account.line(carrier, unit)
        for years, share in _shares_of_years(line, self.account.identity.period).items():
            part, doubts, _ = part_of(
                carrier, unit, years, share, self.programme, self.suppliers.get(carrier, "")
            )
            energies.append(part.energy_gj)
            co2s.append(part.co2_t)
            self.findings += doubts
        average = None if line is None else average_price(line)
        if line is not None and average is not None:
            self.findings += _tax_findings(line)
            average = without_tax(average)
        return Rate(unit, exact_sum(co2s), exact_sum(energies), average)

    def marginal_of(self, carrier: str, unit: str, hours: Hours = ALL_HOURS) -> Price | None:
        """Return the marginal price of a carrier at the hours saved, None where the account does not have it."""
        key = (carrier, unit, tuple(sorted(hours.shares.items())), hours.months)
        if key not in self._marginal:
            line = self.account.line(carrier, unit)
            price = None if line is None else self.marginal(line, hours)
            self._marginal[key] = None if price is None else without_tax(price)
        return self._marginal[key]

    def amount(self, carrier: str, saved: Quantity, before: Quantity | None = None) -> Amount:
        """Return a saving in the account's unit, exact as its decimal digits."""
        own = name_of(saved.units)
        unit = self.unit_of(carrier, own)
        scale = ratio(own, unit)
        base = None
        if before is not None:
            same = before if before.units == saved.units else before.to(own)
            base = exact(float(same.magnitude)) * scale
        return Amount(carrier, unit, exact(float(saved.magnitude)) * scale, base)


def _tax_findings(line: AccountLine) -> list[Finding]:
    """Return how the prices of a carrier came to be without tax, nothing where the bills are without it."""
    name = carrier_named(line.carrier)
    if line.taxes == ("included",):
        percent = format_number(tax_percent())
        return [
            Finding(
                "proposal.price_tax_taken_off",
                "note",
                Message(
                    f"{name.label_ja}の請求は税込のため、削減額は {percent}% の消費税を除いた単価で計算しました。",
                    f"The bills of {name.label_en} include tax; savings are at the price without its {percent} %.",
                ),
                subject=line.carrier,
            )
        ]
    if line.taxes == ("excluded",):
        return []
    return [
        Finding(
            "proposal.price_tax_unknown",
            "note",
            Message(
                f"{name.label_ja}の請求が税込か税抜か定まらないため、削減額は書かれた額のままの単価で計算しました。"
                "税込なら、削減額は多め、回収年数は短めに出ています。",
                f"Whether the bills of {name.label_en} include tax is not settled; savings are at the price as entered.",
            ),
            subject=line.carrier,
        )
    ]


def _shares_of_years(line: AccountLine | None, period: Period) -> dict[tuple[int, ...], Fraction]:
    """Return how much of a carrier's use is counted by which fiscal year's factors: as used, else by months."""
    if line is not None and line.quantity:
        return {part.fiscal_years: part.quantity / line.quantity for part in line.parts}
    in_year = Counter(fiscal_year_of(m.first_day) for m in period.months)
    return {(year,): Fraction(months, 12) for year, months in in_year.items()}


def effects_of(
    amounts: Iterable[Amount],
    rates: Rates,
    prices: Mapping[str, Fraction] | None = None,
    hours: Hours = ALL_HOURS,
) -> Effects:
    """Return the effects of amounts saved.

    Parameters
    ----------
    amounts : iterable of Amount
        By carrier, each in a unit that the rates know.
    rates : Rates
        Factors and prices of the company and year.
    prices : mapping of str to Fraction, optional
        Prices that a proposal names itself, instead of the average [JPY per unit of the amount].
    hours : Hours
        When the energy is saved, for the marginal price.
    """
    parts = merged(amounts)
    co2, before, energy, average, marginal = [], [], [], [], []
    for one in parts:
        rate = rates.of(one.carrier, one.unit)
        co2.append(_times(rate.co2_t, one.saved))
        energy.append(_times(rate.energy_gj, one.saved))
        if one.before is not None:
            before.append(_times(rate.co2_t, one.before))
        own = (prices or {}).get(one.carrier)
        average.append(_times(own if own is not None else _amount(rate.average), one.saved))
        marginal.append(_times(_amount(rates.marginal_of(one.carrier, one.unit, hours)), one.saved))
    return Effects(
        tuple(parts),
        exact_sum(before) if before else None,
        exact_sum(co2),
        exact_sum(energy),
        exact_sum(average),
        exact_sum(marginal),
    )


def merged(amounts: Iterable[Amount]) -> list[Amount]:
    """Return one amount for each carrier and unit, in the order of ``carriers.csv``."""
    sums: dict[tuple[str, str], Amount] = {}
    for one in amounts:
        known = sums.get((one.carrier, one.unit))
        if known is not None:
            before = [b for b in (known.before, one.before) if b is not None]
            one = Amount(one.carrier, one.unit, known.saved + one.saved, sum(before) if before else None)  # type: ignore[arg-type]
        sums[one.carrier, one.unit] = one
    order = list(carriers())
    return sorted(sums.values(), key=lambda a: (order.index(a.carrier), a.unit))


def less(one: Effects, other: Effects) -> Effects:
    """Return what one has more than the other; None where either is not known."""
    taken = [replace(a, saved=-a.saved, before=None) for a in other.amounts]
    return Effects(
        tuple(merged([*(replace(a, before=None) for a in one.amounts), *taken])),
        None,
        _minus(one.co2_reduction_t, other.co2_reduction_t),
        _minus(one.energy_gj, other.energy_gj),
        _minus(one.cost_average_jpy, other.cost_average_jpy),
        _minus(one.cost_marginal_jpy, other.cost_marginal_jpy),
    )


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def _amount(price: Price | None) -> Fraction | None:
    return None if price is None else price.amount


def _times(rate: Fraction | None, amount: Fraction) -> Fraction | None:
    return Fraction(0) if amount == 0 else None if rate is None else rate * amount
