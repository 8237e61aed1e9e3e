"""From today's CO2 to the CO2 after the proposals, step by step in the order of applying them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.proposals.evaluation import Evaluated, Evaluation


@dataclass(frozen=True)
class Stair:
    """One step: the proposals in it, what it avoids after overlap (negative: more CO2) and where it leads from and to.

    [t CO2/year]
    """

    proposals: tuple[Evaluated, ...]
    co2_t: Fraction
    from_t: Fraction
    to_t: Fraction


@dataclass(frozen=True)
class Staircase:
    """The way from `today_t` to `after_t` [t CO2/year]; `left_out` are proposals whose CO2 is not known."""

    today_t: Fraction
    stairs: tuple[Stair, ...]
    left_out: tuple[Evaluated, ...]

    @property
    def after_t(self) -> Fraction:
        """The CO2 that is left."""
        return self.stairs[-1].to_t if self.stairs else self.today_t

    @property
    def reduction_t(self) -> Fraction:
        """The reduction of all steps."""
        return self.today_t - self.after_t

    @property
    def share(self) -> Fraction:
        """The reduction as a share of today's CO2 (0 to 1)."""
        return self.reduction_t / self.today_t if self.today_t else Fraction(0)


def staircase(evaluation: Evaluation, today_t: Fraction, largest: int) -> Staircase:
    """Return the steps of the counted proposals.

    Parameters
    ----------
    evaluation : Evaluation
        Adjusted savings are taken, in the order of applying.
    today_t : Fraction
        CO2 of the account. [t CO2/year]
    largest : int
        So many proposals have a step of their own, those of the largest effect either way; the rest, of which there
        are then at least two, are one step at the end.
    """
    known = [(e, e.adjusted.co2_reduction_t) for e in evaluation.counted]
    sized = [(e, co2) for e, co2 in known if co2 is not None]
    position = range(len(sized))
    named = set(sorted(position, key=lambda i: (-abs(sized[i][1]), i))[:largest])
    if len(sized) == largest + 1:
        named = set(position)
    steps: list[tuple[tuple[Evaluated, ...], Fraction]] = [
        ((sized[i][0],), sized[i][1]) for i in position if i in named
    ]
    rest = [sized[i] for i in position if i not in named]
    if rest:
        steps.append((tuple(e for e, _ in rest), sum((co2 for _, co2 in rest), Fraction(0))))
    stairs, at = [], today_t
    for proposals, co2 in steps:
        stairs.append(Stair(proposals, co2, at, at - co2))
        at -= co2
    return Staircase(today_t, tuple(stairs), tuple(e for e, co2 in known if co2 is None))
