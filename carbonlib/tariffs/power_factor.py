r"""The power factor (力率) in the demand charge."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.errors import UnitError
from carbonlib.units import Quantity, exact, expects

NEUTRAL_POWER_FACTOR = 85  # percent; each point above or below changes the demand charge by 1 %


@expects(power_factor="percent")
def power_factor_multiplier(power_factor: Quantity) -> Fraction:
    r"""Return what a power factor makes of the demand charge (基本料金), exact: 1 at 85 %, 0.85 at 100 %.

    Parameters
    ----------
    power_factor : Quantity
        力率 of 8 to 22 h. [%]

    Raises
    ------
    UnitError
        An argument of another dimension, or a power factor outside of 0 to 100 %.

    Notes
    -----
    .. math:: D = r \cdot P \cdot (185 - \varphi) / 100

    with the rate r and the contract demand P. The rule as a utility states it: 1 % for each point above or below 85 %
    (中部電力ミライズ, chuden.co.jp, 電気料金のしくみ).

    >>> from carbonlib.units import Q_
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
