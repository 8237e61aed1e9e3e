"""Interactions: proposals applied one after another to the remaining load, so that the total is honest.

Stand-alone savings must not be added up: a lamp that is switched off earlier saves less once it is an LED.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from carbonlib.proposals.loads import Load, LoadKey, Use, loads_of

Claims = dict[tuple[LoadKey, str, str], float]  # load, part, name → what was taken


@dataclass(frozen=True)
class Step:
    """One effect of a proposal: `saved` of a load a year (negative adds), of the use `before`."""

    key: LoadKey
    part: str
    saved: float
    before: float | None = None
    cross: bool = False


@dataclass(frozen=True)
class Act:
    """A proposal as the interactions see it.

    `rank` orders it where nobody gave an order. `group` names what excludes it: of the acts that share an
    element only the one with the lowest `preference` is counted. `again` gives the steps anew for the share of
    each carrier that is left, for a measure that comes after all others.
    """

    id: str
    steps: tuple[Step, ...]
    measure: str = ""
    rank: tuple[object, ...] = ()
    claims: Mapping[str, float] = field(default_factory=dict)
    excludes: frozenset[str] = frozenset()
    preference: tuple[object, ...] = ()
    again: Callable[[Mapping[str, float]], tuple[Step, ...]] | None = None


@dataclass(frozen=True)
class Applied:
    """What is left of a proposal's savings after those before it: one amount for each of its steps."""

    id: str
    steps: tuple[Step, ...]
    saved: tuple[float, ...]


def chosen(acts: Sequence[Act]) -> tuple[list[Act], dict[str, str]]:
    """Return the acts of which no two exclude one another, and for each left out the one that stands for it.

    The one with the lowest preference stays; then the next that nothing kept excludes.
    """
    kept: list[Act] = []
    out: dict[str, str] = {}
    for act in sorted(acts, key=lambda a: (a.preference, a.id)):
        rival = next((k for k in kept if k.id in act.excludes or act.id in k.excludes), None)
        if rival is None:
            kept.append(act)
        else:
            out[act.id] = rival.id
    return kept, out


def applied(
    acts: Iterable[Act],
    uses: Iterable[Use],
    totals: Mapping[str, float],
    order: Sequence[str] = (),
) -> list[Applied]:
    """Apply acts to what is left of their loads, one after another.

    Parameters
    ----------
    acts : iterable of Act
        No two of which exclude one another.
    uses : iterable of Use
        Sizes of loads; a load that nobody sized is as large as the largest `before` that acts on it.
    totals : mapping of str to float
        Use of each carrier in the account, in the unit of the steps; no total exceeds it.
    order : sequence of str
        Ids in the order that the diagnostician gave; they come first, the others by their rank.

    Returns
    -------
    list of Applied
        In the order in which they were applied.
    """
    queue = _ordered(list(acts), order)
    named = [
        Use(s.key, max(s.before or 0.0, s.saved), s.part) for a in queue for s in a.steps if a.again is None
    ]
    loads = loads_of([*uses, *named])
    left = dict(totals)
    claimed: Claims = {}
    done = []
    for act in queue:
        if act.again is None:
            done.append(_apply(act, act.steps, loads, left, claimed))
        else:
            shares = {c: left[c] / total if total > 0 else 0.0 for c, total in totals.items()}
            done.append(_apply_last(act, act.again(shares), left))
    return done


def _ordered(acts: list[Act], order: Sequence[str]) -> list[Act]:
    place = {id: position for position, id in enumerate(order)}

    def key(act: Act) -> tuple[object, ...]:
        return (act.again is not None, place.get(act.id, len(place)), act.rank, act.id)

    return sorted(acts, key=key)


def _apply(
    act: Act,
    steps: tuple[Step, ...],
    loads: Mapping[LoadKey, Load],
    left: dict[str, float],
    claimed: Claims,
) -> Applied:
    amounts: dict[int, float] = {}
    main = [i for i, s in enumerate(steps) if not s.cross]
    for index in main:
        step = steps[index]
        share = loads[step.key].share_left(step.part) * _unclaimed(act, step, claimed)
        amounts[index] = _take(step, step.saved * share, loads, left)
    # a cross effect shrinks with the main effects on the first one's carrier: amounts of two carriers do not add
    first = [i for i in main if steps[i].key.carrier == steps[main[0]].key.carrier] if main else []
    alone = sum(steps[i].saved for i in first)
    kept = sum(amounts[i] for i in first) / alone if alone else 0.0
    for index, step in enumerate(steps):
        if step.cross:
            share = kept * (loads[step.key].share_left(step.part) if step.saved > 0 else 1.0)
            amounts[index] = _take(step, step.saved * share, loads, left)
    for step in steps:
        for name, amount in _claims(act, step):
            spot = (step.key, step.part, name)
            claimed[spot] = max(claimed.get(spot, 0.0), amount)
    return Applied(act.id, steps, tuple(amounts[i] for i in range(len(steps))))


def _take(step: Step, amount: float, loads: Mapping[LoadKey, Load], left: dict[str, float]) -> float:
    """Take an amount from its load and from the carrier's account; neither is ever exceeded."""
    carrier = step.key.carrier
    amount = min(amount, max(left.get(carrier, 0.0), 0.0))
    taken = loads[step.key].take(step.part, amount)
    left[carrier] = left.get(carrier, 0.0) - taken
    return taken


def _apply_last(act: Act, steps: tuple[Step, ...], left: dict[str, float]) -> Applied:
    amounts = []
    for step in steps:
        taken = min(step.saved, max(left.get(step.key.carrier, 0.0), 0.0))
        left[step.key.carrier] = left.get(step.key.carrier, 0.0) - taken
        amounts.append(taken)
    return Applied(act.id, steps, tuple(amounts))


def _claims(act: Act, step: Step) -> list[tuple[str, float]]:
    """Return what a step claims of its load: the names after its own end use."""
    start = f"{step.key.end_use}."
    return [(name.removeprefix(start), a) for name, a in act.claims.items() if name.startswith(start)]


def _unclaimed(act: Act, step: Step, claimed: Claims) -> float:
    """Return the share of a step's claim that nobody before took: a kelvin counts once."""
    share = 1.0
    for name, amount in _claims(act, step):
        # a part meets what the whole claimed; the whole meets what any part claimed
        met = (c for (key, part, n), c in claimed.items() if (key, n) == (step.key, name))
        own = (
            c
            for (key, part, n), c in claimed.items()
            if (key, n) == (step.key, name) and part in {"", step.part}
        )
        taken = max(own if step.part else met, default=0.0)
        share = min(share, max(amount - taken, 0.0) / amount if amount > 0 else 0.0)
    return share
