"""The consumption tax (消費税): one row of the defaults, from which every amount with or without it is made."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.records.defaults import built_in_defaults

TAX_RATE = "consumption_tax_rate"


def tax_percent() -> Fraction:
    """Return the rate of the consumption tax. [percent]"""
    return Fraction(built_in_defaults()[TAX_RATE].reading.value)


def with_tax() -> Fraction:
    """Return an amount with the consumption tax ÷ the same without it.

    >>> with_tax()
    Fraction(11, 10)
    """
    return 1 + tax_percent() / 100
