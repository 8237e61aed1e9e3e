r"""The bill of one month, the formula behind every price here."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from carbonlib.errors import UnitError, shown
from carbonlib.units import Q_, Quantity, exact, expects

NEUTRAL_POWER_FACTOR = 85  # percent; each point above or below changes the demand charge by 1 %
MONTHS = 12


def power_factor_multiplier(power_factor: Quantity) -> Fraction:
    """Return (185 − power factor) / 100, exact: 1 at 85 %, 0.85 at 100 %.

    Raises
    ------
    UnitError
        A power factor outside of 0 to 100 %.

    >>> power_factor_multiplier(Q_(100, "percent")), power_factor_multiplier(Q_(80, "percent"))
    (Fraction(17, 20), Fraction(21, 20))
    """
    percent = exact(power_factor.to("percent").magnitude)
    if not 0 <= percent <= 100:
        raise UnitError.of(
            "tariff.power_factor",
            ja="力率は 0〜100 % です。",
            en="The power factor is from 0 to 100 %.",
        )
    return (100 + NEUTRAL_POWER_FACTOR - percent) / 100


@expects(contract_demand="kW", rate="JPY/kW/month", power_factor="percent")
def demand_charge(*, contract_demand: Quantity, rate: Quantity, power_factor: Quantity) -> Quantity:
    r"""Return the demand charge (基本料金) of a month.

    Parameters
    ----------
    contract_demand : Quantity
        契約電力. [kW]
    rate : Quantity
        基本料金単価. [JPY/kW/month]
    power_factor : Quantity
        力率 of 8 to 22 h. [%]

    Returns
    -------
    Quantity
        [JPY/month]

    Notes
    -----
    .. math:: D = r \cdot P \cdot (185 - \varphi) / 100

    The rule of the power factor as a utility states it: 1 % for each point above or below 85 %
    (中部電力ミライズ, chuden.co.jp, 電気料金のしくみ). For the published shop, 650 kW, at 1,890 円 a kW and month:

    >>> shop = {"contract_demand": Q_(650, "kW"), "power_factor": Q_(100, "percent")}
    >>> demand_charge(rate=Q_(1890, "JPY/kW/month"), **shop)
    <Quantity(1044225.0, 'yen / month')>
    """
    amount = exact(contract_demand.to("kW").magnitude) * exact(rate.to("JPY/kW/month").magnitude)
    return Q_(float(amount * power_factor_multiplier(power_factor)), "JPY/month")


@expects(contract_demand="kW", rate="JPY/kW/month", power_factor="percent", discount="JPY/month")
def monthly_bill(
    *,
    contract_demand: Quantity,
    rate: Quantity,
    power_factor: Quantity,
    energy: Mapping[str, Quantity],
    terms: Mapping[str, Quantity],
    discount: Quantity | None = None,
) -> Quantity:
    r"""Return the bill of a month.

    Parameters
    ----------
    contract_demand, rate, power_factor : Quantity
        As in `demand_charge`. [kW], [JPY/kW/month], [%]
    energy : mapping of str to Quantity
        Use in each time band. [kWh/month]
    terms : mapping of str to Quantity
        Every per-kWh term of the band together: 電力量料金 + 燃料費等調整 + 市場価格調整 + 再エネ賦課金. [JPY/kWh]
    discount : Quantity, optional
        値引き, a positive amount that is taken off. [JPY/month]

    Returns
    -------
    Quantity
        [JPY/month]

    Raises
    ------
    UnitError
        An argument of another dimension, or a band with a use and no price.

    Notes
    -----
    .. math:: B = r P (185 - \varphi) / 100 + \sum_b E_b p_b - d

    >>> monthly_bill(contract_demand=Q_(100, "kW"), rate=Q_(2000, "JPY/kW/month"),
    ...              power_factor=Q_(85, "percent"), energy={"": Q_(10_000, "kWh/month")},
    ...              terms={"": Q_(20, "JPY/kWh")})
    <Quantity(400000.0, 'yen / month')>
    """
    base = demand_charge(contract_demand=contract_demand, rate=rate, power_factor=power_factor)
    total = exact(base.magnitude)
    for band, amount in energy.items():
        if band not in terms:
            raise UnitError.of(
                "tariff.band_without_price",
                ja=f"時間帯「{shown(band)}」の単価がありません。",
                en=f"The time band {shown(band)!r} has no price.",
            )
        total += exact(_in(amount, "kWh/month", "energy")) * exact(_in(terms[band], "JPY/kWh", "terms"))
    off = Fraction(0) if discount is None else exact(discount.to("JPY/month").magnitude)
    return Q_(float(total - off), "JPY/month")


@expects(value="JPY/kWh")
def _price(value: Quantity) -> Quantity:
    return value


@expects(value="kWh/month")
def _use(value: Quantity) -> Quantity:
    return value


def _in(value: Quantity, unit: str, name: str) -> float:
    return float((_price if name == "terms" else _use)(value).to(unit).magnitude)


@expects(
    cost="JPY/year", energy="kWh/year", contract_demand="kW", rate="JPY/kW/month", power_factor="percent"
)
def residual_price(
    *, cost: Quantity, energy: Quantity, contract_demand: Quantity, rate: Quantity, power_factor: Quantity
) -> Quantity:
    r"""Return what a kWh costs once twelve demand charges are taken off the year's cost.

    Where a bill's lines are not known but its total and its demand charge are, this is the mean of every per-kWh
    term; a discount that the total contains stays in it.

    Parameters
    ----------
    cost, energy : Quantity
        Total of the year. [JPY/year], [kWh/year]
    contract_demand, rate, power_factor : Quantity
        As in `demand_charge`, the same all year. [kW], [JPY/kW/month], [%]

    Returns
    -------
    Quantity
        [JPY/kWh]

    Raises
    ------
    UnitError
        An argument of another dimension, or no use.

    Notes
    -----
    .. math:: p = (C - 12 D) / E

    The published shop (Saitama deck 2025-10-28: 63,017 千円, 2,298,480 kWh, 650 kW) under the price of a third
    party for 2024, 1,890 円 a kW and month, at a power factor of 100 %:

    >>> price = residual_price(cost=Q_(63_017_000, "JPY/year"), energy=Q_(2_298_480, "kWh/year"),
    ...                        contract_demand=Q_(650, "kW"), rate=Q_(1890, "JPY/kW/month"),
    ...                        power_factor=Q_(100, "percent"))
    >>> round(price.magnitude, 1)
    22.0
    """
    used = exact(energy.to("kWh/year").magnitude)
    if used <= 0:
        raise UnitError.of(
            "tariff.no_use",
            ja="使用量が 0 のため、単価は計算できません。",
            en="There is no use to divide by.",
        )
    base = demand_charge(contract_demand=contract_demand, rate=rate, power_factor=power_factor)
    rest = exact(cost.to("JPY/year").magnitude) - MONTHS * exact(base.magnitude)
    return Q_(float(rest / used), "JPY/kWh")
