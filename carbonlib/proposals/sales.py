"""What the proposals of a company save, put as the sales that would earn as much."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.finance import equivalent_sales
from carbonlib.records.finance import FinanceDefaults
from carbonlib.records.model import Company
from carbonlib.units import Q_, exact


@dataclass(frozen=True)
class SalesEquivalent:
    """A yearly saving [JPY/year], the operating margin (0 to 1) and the sales that earn as much [JPY/year].

    `assumed` says that the margin is not the company's own.
    """

    saving_jpy: Fraction
    margin: Fraction
    assumed: bool
    sales_jpy: Fraction


def earns_nothing(company: Company) -> bool:
    """Return whether a company told an operating margin of zero or less, by which no sales equal a saving."""
    return company.operating_margin is not None and company.operating_margin <= 0


def sales_of(
    saving_jpy: Fraction | None, company: Company, defaults: FinanceDefaults
) -> SalesEquivalent | None:
    """Return what a saving equals in sales, None where nothing is saved or no sales would earn anything.

    Parameters
    ----------
    saving_jpy : Fraction, optional
        Of a year; None: not known. [JPY/year]
    company : Company
        Gives its operating margin, where it told it.
    defaults : FinanceDefaults
        Give the margin otherwise.
    """
    row = defaults.of("operating_margin")
    assert row is not None, "finance.csv has a row operating_margin"
    own = company.operating_margin
    margin = Fraction(own) if own is not None else Fraction(row.reading.value) / 100
    if saving_jpy is None:
        return None
    sales = equivalent_sales(
        saving=Q_(float(saving_jpy), "JPY/year"), margin=Q_(float(margin * 100), "percent")
    )
    if sales is None:
        return None
    return SalesEquivalent(saving_jpy, margin, own is None, exact(float(sales.magnitude)))
