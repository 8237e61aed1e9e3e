"""What can be saved of each carrier that a company pays for, after what overlaps is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import AccountLine, EnergyAccount
from carbonlib.accounting.model import exact_sum
from carbonlib.proposals.evaluation import Evaluation
from carbonlib.tariffs import cost_without_tax


@dataclass(frozen=True)
class Reduction:
    """A use of a year and what is saved of it, both in `unit`; None where it is not known.

    `line` is the account's, None for a total and for a carrier that a proposal brings in.
    """

    name: str
    unit: str
    used: Fraction | None
    saved: Fraction | None
    line: AccountLine | None = None

    @property
    def share(self) -> Fraction | None:
        """What is saved of the use (0 to 1), None where one of them is not known or nothing is used."""
        return None if self.saved is None or not self.used else self.saved / self.used


@dataclass(frozen=True)
class Reductions:
    """By carrier, and the totals of crude-oil equivalent [kL], CO2 [t CO2] and cost without tax at the average price [JPY]."""

    carriers: tuple[Reduction, ...]
    crude_oil: Reduction
    co2: Reduction
    cost: Reduction


def account_without_tax(account: EnergyAccount) -> Fraction | None:
    """Return what a year cost without tax, None where it is not known: savings are shares of it. [JPY]"""
    return exact_sum(cost_without_tax(line) for line in account.lines)


def reductions_of(account: EnergyAccount, evaluation: Evaluation) -> Reductions:
    """Return what the counted proposals save of a year's account.

    Parameters
    ----------
    account : EnergyAccount
        Its lines come first, in their order; a carrier that only a proposal brings in follows, as a negative saving.
    evaluation : Evaluation
        Its adjusted effects are taken.
    """
    effects = evaluation.adjusted
    saved = {(a.carrier, a.unit): a.saved for a in effects.amounts}
    found = [
        Reduction(
            line.carrier, line.unit, line.quantity, saved.pop((line.carrier, line.unit), Fraction(0)), line
        )
        for line in account.lines
    ]
    # a carrier without bills counts only where it is used more: what it would save is not in the total
    found += [Reduction(carrier, unit, None, amount) for (carrier, unit), amount in saved.items() if amount]
    return Reductions(
        tuple(found),
        Reduction("crude_oil", "kL", account.crude_oil_kl, effects.crude_oil_kl),
        Reduction("co2", "t-CO2", account.co2_t, effects.co2_reduction_t),
        Reduction("cost", "円", account_without_tax(account), effects.cost_average_jpy),
    )
