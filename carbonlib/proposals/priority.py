"""Which proposals to do first, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.proposals.acts import natural
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.money import Money

Why = Literal[
    "operational", "no_cost", "quick", "largest", "next", "largest_repaid", "next_repaid", "worn_out_first"
]
HOW_MANY = 3
EASY = 2  # of these three, so that the largest of the others is seen too


@dataclass(frozen=True)
class First:
    """A proposal to do first, and the reason: it costs nothing, pays back soon, or saves most.

    ``worn_out_first`` is no reason but a warning: it comes last, for its life ends before it has paid.
    """

    one: Evaluated
    money: Money
    why: Why


def _why_easy(one: Evaluated, money: Money, quick: Fraction) -> Why | None:
    back = money.average.payback.before
    if one.kind == "operational":
        return "operational"
    if back.kind == "immediate":
        return "no_cost"
    years = back.exact_years
    return "quick" if back.pays and years is not None and years <= quick else None


def _sizes(counted: Sequence[Evaluated]) -> list[tuple[Evaluated, Fraction]]:
    """Return what each saves after overlap: CO2, or crude-oil equivalent, or cost, the first that is known of all."""
    for of in ("co2_reduction_t", "crude_oil_kl", "cost_average_jpy"):
        found = [(e, getattr(e.adjusted, of)) for e in counted]
        if all(size is not None for _, size in found):
            return found
    return [(e, Fraction(0)) for e in counted]


def first_ones(items: Iterable[Evaluated], money: Mapping[str, Money], quick: Fraction) -> tuple[First, ...]:
    """Return three proposals to do first, in order.

    Where the CO2 of one is not known, all are ordered by crude-oil equivalent or cost instead. Operational ones and those that pay back within `quick` years come first, the largest saving of CO2 before the
    others; at most two of them while there are others, of which the largest follow. What is worn out before it has
    paid comes after all.

    Parameters
    ----------
    items : iterable of Evaluated
        Those that are not counted, or save nothing after overlap, are left out.
    money : mapping of str to Money
        By number of the proposal.
    quick : Fraction
        What counts as paying back soon. [year]
    """
    sizes = _sizes([e for e in items if e.counted])
    useful = [e for e, size in sizes if size > 0]
    order = {e.proposal.number: -size for e, size in sizes}
    useful.sort(key=lambda e: (order[e.proposal.number], natural(e.proposal.number)))
    easy: list[First] = []
    others: list[tuple[Evaluated, Money]] = []
    for one in useful:
        own = money[one.proposal.number]
        why = _why_easy(one, own, quick)
        if why is None:
            others.append((one, own))
        else:
            easy.append(First(one, own, why))
    head = easy[: max(EASY, HOW_MANY - len(others))]
    return tuple([*head, *_largest(others)][:HOW_MANY])


def _largest(others: Sequence[tuple[Evaluated, Money]]) -> list[First]:
    """Return the others, the largest first, those that are worn out before they have paid behind them."""
    worn = [(e, m) for e, m in others if m.average.payback.before.kind == "replaced_first"]
    rest = [(e, m) for e, m in others if m.average.payback.before.kind != "replaced_first"]
    whys: tuple[Why, Why] = ("largest_repaid", "next_repaid") if worn else ("largest", "next")
    found = [First(e, m, whys[min(index, 1)]) for index, (e, m) in enumerate(rest)]
    return [*found, *(First(e, m, "worn_out_first") for e, m in worn)]
