"""The consumption tax (消費税): one row of the defaults, from which every amount with or without it is made."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.records.defaults import Default, built_in_defaults

TAX_RATE = "consumption_tax_rate"


def tax_percent(rate: Default | None = None) -> Fraction:
    """Return the rate of the consumption tax. [percent]

    Parameters
    ----------
    rate : Default, optional
        The package's own unless given.
    """
    return Fraction((rate or built_in_defaults()[TAX_RATE]).reading.value)


def with_tax(rate: Default | None = None) -> Fraction:
    """Return an amount with the consumption tax ÷ the same without it.

    Parameters
    ----------
    rate : Default, optional
        The package's own unless given.

    >>> with_tax()
    Fraction(11, 10)
    """
    return 1 + tax_percent(rate) / 100
