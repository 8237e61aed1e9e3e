"""The lines of a bill beside its cost: what they add up to, and whether they hold the tax that it names."""

from __future__ import annotations

from decimal import Decimal

from carbonlib.records.model import Bill

NEEDED = ("demand_charge_jpy", "energy_charge_jpy")
_ADDED = ("fuel_adjustment_jpy", "market_adjustment_jpy", "renewable_levy_jpy")
ROUNDING_JPY = 5  # every line of a bill is rounded to the yen by itself


def lines_total(bill: Bill) -> Decimal | None:
    """Return the sum of a bill's lines but for its tax, the discount taken off; None where lines are missing. [JPY]"""
    charges = bill.charges
    if any(name not in charges for name in NEEDED):
        return None
    total = sum((charges.get(name, Decimal(0)) for name in (*NEEDED, *_ADDED)), Decimal(0))
    # a discount is printed as a minus or as an amount to take off
    return total - abs(charges.get("discount_jpy", Decimal(0)))


def lines_without_tax(bill: Bill) -> bool:
    """Return whether the lines are before a tax that the bill adds below them.

    Many bills name the tax that their lines hold already (うち消費税); these add up to the cost without it. Where the
    lines are not complete, a tax that is named is taken to be added.
    """
    if bill.tax != "included" or "tax_jpy" not in bill.charges:
        return False
    total = lines_total(bill)
    if total is None or bill.cost_jpy is None:
        return True
    off, off_with_tax = (abs(t - bill.cost_jpy) for t in (total, total + bill.charges["tax_jpy"]))
    return off > ROUNDING_JPY or off_with_tax <= off
