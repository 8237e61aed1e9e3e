"""What rose and what fell against the year before: each carrier over the months that both years know."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import AccountLine, EnergyAccount, MonthUse
from carbonlib.accounting.model import exact_sum
from carbonlib.accounting.whole import is_whole
from carbonlib.records.model import Tax


@dataclass(frozen=True)
class Change:
    """One carrier in two years over the same months; `months` are those compared, of the later year.

    Quantities are in the unit of `line`; a cost is None where a month of either year lacks it. [JPY]
    `taxes` are the bases of tax of the costs of both years.
    """

    line: AccountLine
    months: tuple[MonthUse, ...]
    quantity: Fraction
    quantity_before: Fraction
    cost_jpy: Fraction | None
    cost_before_jpy: Fraction | None
    taxes: tuple[Tax, ...] = ()

    @property
    def ratio(self) -> Fraction | None:
        """The part by which the use changed; None where nothing was used before."""
        return self.quantity / self.quantity_before - 1 if self.quantity_before else None

    @property
    def whole_year(self) -> bool:
        """Whether all twelve months are compared."""
        return len(self.months) == len(self.line.months)

    def prices(self) -> tuple[Fraction, Fraction] | None:
        """Return the average price before and now; None where one is not known or their taxes are unlike. [JPY/unit]"""
        if (
            len(self.taxes) > 1
            or self.cost_jpy is None
            or self.cost_before_jpy is None
            or not self.quantity
            or not self.quantity_before
        ):
            return None
        return self.cost_before_jpy / self.quantity_before, self.cost_jpy / self.quantity


def changes(now: EnergyAccount, before: EnergyAccount | None) -> tuple[Change, ...]:
    """Return the change of each carrier that both years have, over the months known in both.

    Without any month by itself, whole years compare where neither has days without a bill.
    """
    if before is None:
        return ()
    found = (_change(line, before.line(line.carrier, line.unit), now, before) for line in now.lines)
    return tuple(c for c in found if c is not None)


def _change(
    line: AccountLine, then: AccountLine | None, now: EnergyAccount, before: EnergyAccount
) -> Change | None:
    if then is None:
        return None
    pairs = [
        (new, old)
        for new, old in zip(line.months, then.months, strict=True)
        if new.quantity is not None and old.quantity is not None
    ]
    taxes = tuple(sorted({*line.taxes, *then.taxes}))
    if pairs:
        return Change(
            line,
            tuple(new for new, _ in pairs),
            sum((new.quantity or Fraction(0) for new, _ in pairs), Fraction(0)),
            sum((old.quantity or Fraction(0) for _, old in pairs), Fraction(0)),
            exact_sum(new.cost_jpy for new, _ in pairs),
            exact_sum(old.cost_jpy for _, old in pairs),
            taxes,
        )
    whole = is_whole(now) and is_whole(before)
    if not whole or line.monthly or then.monthly:
        return None
    return Change(line, line.months, line.quantity, then.quantity, line.cost_jpy, then.cost_jpy, taxes)
