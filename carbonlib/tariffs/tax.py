"""Prices and costs without tax, the one basis on which a saving is set against an investment."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.records.tax import with_tax
from carbonlib.tariffs.model import Price


def without_tax(price: Price) -> Price:
    """Return a price that includes tax without it; any other is returned as it is.

    Parameters
    ----------
    price : Price
        Of which it is known, or not, whether it includes tax.
    """
    if price.amount is None or price.tax != "included":
        return price
    whole = with_tax()
    terms = tuple((name, value / whole) for name, value in price.terms)
    return replace(price, amount=price.amount / whole, terms=terms, tax="excluded")


def cost_without_tax(line: AccountLine) -> Fraction | None:
    """Return what a carrier cost without tax; as entered where the costs are not all said to include it. [JPY]"""
    if line.cost_jpy is None or line.taxes != ("included",):
        return line.cost_jpy
    return line.cost_jpy / with_tax()
