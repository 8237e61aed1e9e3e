"""The marginal abatement cost curve: adjusted savings in the order of what a tonne costs, of one company or of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from carbonlib.proposals.acts import natural
from carbonlib.proposals.evaluation import Evaluation
from carbonlib.proposals.money import abatement_of
from carbonlib.records.finance import FinanceDefaults


@dataclass(frozen=True)
class Block:
    """One block of the curve: its width `co2_t` a year, its height yen per t-CO2, and where it begins and ends.

    The saving is what is left after overlap, so the widths add up to the reduction of the whole.
    """

    company_id: str
    number: str
    title: str
    co2_t: Fraction
    jpy_per_t: float
    start_t: Fraction
    end_t: Fraction


@dataclass(frozen=True)
class Curve:
    """Blocks in ascending cost, and the proposals that have no place on it, by company and number.

    Of those left out, `no_reduction` reduce no CO2 (any more); of the others cost, life or CO2 is not known.
    """

    blocks: tuple[Block, ...]
    left_out: tuple[tuple[str, str], ...]
    no_reduction: tuple[tuple[str, str], ...] = ()

    @property
    def not_known(self) -> tuple[tuple[str, str], ...]:
        """The proposals whose cost, life or CO2 is not known."""
        return tuple(one for one in self.left_out if one not in self.no_reduction)

    @property
    def co2_t(self) -> Fraction:
        """The reduction of all blocks. [t CO2/year]"""
        return self.blocks[-1].end_t if self.blocks else Fraction(0)

    @property
    def paying_t(self) -> Fraction:
        """The reduction of the blocks that cost less than nothing: over their life they save more than they cost."""
        return sum((b.co2_t for b in self.blocks if b.jpy_per_t < 0), Fraction(0))


def abatement_curve(evaluations: Iterable[tuple[str, Evaluation]], defaults: FinanceDefaults) -> Curve:
    """Return the curve of one company or several.

    Parameters
    ----------
    evaluations : iterable of (str, Evaluation)
        Company id and its evaluated proposals; those counted are drawn.
    defaults : FinanceDefaults
        Discount rate and lives.

    Returns
    -------
    Curve
        Ties are ordered by company and number.
    """
    found, left_out, no_reduction = [], [], []
    for company_id, evaluation in evaluations:
        for one in evaluation.counted:
            cost = abatement_of(one, defaults).annualised
            co2 = one.adjusted.co2_reduction_t
            if cost is None or co2 is None or co2 <= 0:
                left_out.append((company_id, one.proposal.number))
                if co2 is not None and co2 <= 0:
                    no_reduction.append(left_out[-1])
            else:
                # what differs by the last digits of a float alone costs the same
                height = round(float(cost.magnitude), 6)
                title = one.proposal.title
                found.append(Block(company_id, one.proposal.number, title, co2, height, Fraction(0), co2))
    return Curve(_in_order(found), tuple(left_out), tuple(no_reduction))


def joined(curves: Iterable[Curve]) -> Curve:
    """Return one curve of several."""
    parts = list(curves)
    blocks = (b for c in parts for b in c.blocks)
    left_out, no_reduction = (
        tuple(x for c in parts for x in some(c)) for some in (lambda c: c.left_out, lambda c: c.no_reduction)
    )
    return Curve(_in_order(blocks), left_out, no_reduction)


def _in_order(blocks: Iterable[Block]) -> tuple[Block, ...]:
    found, at = [], Fraction(0)
    for one in sorted(blocks, key=lambda b: (b.jpy_per_t, b.company_id, natural(b.number))):
        found.append(replace(one, start_t=at, end_t=at + one.co2_t))
        at += one.co2_t
    return tuple(found)
