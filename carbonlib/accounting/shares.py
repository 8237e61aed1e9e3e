"""What dominates an account: shares by carrier, and the month of highest use."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting.model import AccountLine, EnergyAccount, MonthUse


@dataclass(frozen=True)
class Shares:
    """Each carrier's share of cost, primary energy and CO2 (0 to 1); None where the total is not known."""

    carriers: tuple[str, ...]
    cost: tuple[Fraction, ...] | None
    energy: tuple[Fraction, ...] | None
    co2: tuple[Fraction, ...] | None

    def dominant(self) -> tuple[str, str, Fraction] | None:
        """Return measure, carrier and share of the largest share of cost, else of energy; None without either."""
        for measure, values in (("cost", self.cost), ("energy", self.energy)):
            if values:
                top = max(range(len(values)), key=lambda i: values[i])
                return measure, self.carriers[top], values[top]
        return None


def shares_of(account: EnergyAccount) -> Shares:
    """Return the shares of an account's carriers; lines of one carrier in two units are one share.

    A share is a line's value ÷ the account's total.
    """
    names = tuple(dict.fromkeys(line.carrier for line in account.lines))

    def of(measure: str) -> tuple[Fraction, ...] | None:
        total = getattr(account, measure)
        if not total:
            return None
        return tuple(
            sum((getattr(x, measure) for x in account.lines if x.carrier == name), Fraction(0)) / total
            for name in names
        )

    return Shares(names, of("cost_jpy"), of("energy_gj"), of("co2_t"))


def peak_month(line: AccountLine) -> tuple[MonthUse, Fraction] | None:
    """Return the month of highest use with its share of the year, where all twelve months are known."""
    known = [m for m in line.months if m.quantity is not None]
    if len(known) < 12 or not line.quantity:
        return None
    top = max(known, key=lambda m: m.quantity or 0)
    assert top.quantity is not None
    return top, top.quantity / line.quantity


# assumption: a year whose highest month lies less than 10 % above the mean month is called level
_LEVEL_PEAK = Fraction(110, 1200)


def is_level(line: AccountLine) -> bool:
    """Return whether a carrier's use hardly varies over the year: highest month below 1.1 mean months."""
    top = peak_month(line)
    return top is not None and top[1] < _LEVEL_PEAK
