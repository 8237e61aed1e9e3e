"""Which schemes of energy diagnosis fit a site's size, and how far it is from the lines between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.errors import MissingFactorError
from carbonlib.factors import KL_PER_GJ, Factor, Programme
from carbonlib.records.schemes import Scheme
from carbonlib.units import ratio

GUIDE_KL = Fraction(300)  # 目安 of the prefecture's menu and of the national one, no duty


@dataclass(frozen=True)
class Margin:
    """How far a use lies from a line [kL crude-oil equivalent], negative below it, and as electricity [kWh].

    `factor` is the basis of the electricity; both are None where the programme has none for the year.
    """

    line_kl: Fraction
    difference_kl: Fraction
    electricity_kwh: Fraction | None
    factor: Factor | None

    @property
    def is_close(self) -> bool:
        """Whether whole kL would hide how close the use is: less than 10 kL from the line."""
        return abs(self.difference_kl) < 10


def fitting(rows: Iterable[Scheme], crude_oil_kl: Fraction | None) -> tuple[Scheme, ...]:
    """Return the schemes whose size fits; none where the size is not known."""
    if crude_oil_kl is None:
        return ()
    return tuple(
        r
        for r in rows
        if (r.from_kl is None or crude_oil_kl >= r.from_kl)
        and (r.below_kl is None or crude_oil_kl < r.below_kl)
    )


def margin_to(line_kl: Fraction, crude_oil_kl: Fraction, programme: Programme, fiscal_year: int) -> Margin:
    r"""Return the margin of a use to a line, as crude oil and as electricity under the programme's own factor.

    Notes
    -----
    .. math:: \Delta = Q - L, \quad E = \Delta / (f \cdot 0.0258)

    with the factor f of electricity [GJ/kWh]. The line of 300 kL is 1,191,000 kWh at 9.76 GJ/千kWh, printed in the deck as
    about 1.2 million (Saitama deck 2025-10-28, 診断メニュー):

    >>> from carbonlib.factors import programmes
    >>> m = margin_to(GUIDE_KL, Fraction(0), programmes()["saitama-diagnosis-2025"], 2024)
    >>> round(float(m.electricity_kwh), -3)
    -1191000.0
    """
    difference = crude_oil_kl - line_kl
    try:
        factor = programme.factor("electricity", "primary_energy_factor", unit="kWh", fiscal_year=fiscal_year)
    except MissingFactorError:
        return Margin(line_kl, difference, None, None)
    per_kwh = factor.exact * ratio("kWh", factor.per_unit) * KL_PER_GJ
    return Margin(line_kl, difference, difference / per_kwh, factor)
