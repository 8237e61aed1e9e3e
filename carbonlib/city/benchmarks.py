"""Quartiles of the companies' intensities by industry, small groups suppressed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from statistics import quantiles

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.whole import is_whole
from carbonlib.analysis.intensity import intensities
from carbonlib.records.benchmarks import DRIVERS, MEASURE_UNITS, Benchmark
from carbonlib.records.model import Company
from carbonlib.units import round_half_up

# with fewer than five values each quartile is a company's own figure, or lies midway between two
LEAST = 5
_DIGITS = 2  # significant digits that are published, so that a quartile is nobody's exact figure


def benchmarks_of(
    members: Iterable[tuple[Company, EnergyAccount]], programme: str, suppress_below: int = LEAST
) -> tuple[Benchmark, ...]:
    """Return the quartiles of each industry, driver and measure.

    Parameters
    ----------
    members : iterable of (Company, EnergyAccount)
        Accounts of one year and programme; those with days without bills are left out.
    programme : str
        Of the accounts.
    suppress_below : int
        A group of fewer companies has no values and no count.

    Notes
    -----
    Quartiles by linear interpolation between order statistics (`statistics.quantiles`, ``inclusive``), rounded half-up to
    two significant digits.
    """
    groups: dict[tuple[str, str, str], list[Fraction]] = {}
    for company, account in members:
        if not is_whole(account):
            continue
        for one in intensities(company, account):
            for measure, value in (("primary_energy", one.energy_mj), ("co2", one.co2_kg)):
                if one.driver.kind in DRIVERS and value is not None:
                    groups.setdefault((company.industry, one.driver.kind, measure), []).append(value)
    found = []
    for industry in sorted({i for i, _, _ in groups}):
        for driver in DRIVERS:
            for measure in MEASURE_UNITS:
                values = groups.get((industry, driver, measure), [])
                if len(values) < max(suppress_below, 2):
                    found.append(Benchmark(industry, driver, measure, programme))
                else:
                    q1, median, q3 = (_blurred(q) for q in quantiles(values, n=4, method="inclusive"))
                    found.append(Benchmark(industry, driver, measure, programme, len(values), q1, median, q3))
    return tuple(found)


def _blurred(value: Fraction) -> Decimal:
    """Return a value to two significant digits."""
    if not value:
        return Decimal(0)
    digits = _DIGITS - 1
    while abs(value) < 10 ** (_DIGITS - 1 - digits):
        digits += 1
    while abs(value) >= Fraction(10) ** (_DIGITS - digits):
        digits -= 1
    return round_half_up(value, digits)
