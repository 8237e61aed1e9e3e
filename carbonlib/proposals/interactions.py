"""Interactions: proposals applied one after another to the remaining load, so that the total is honest.

Stand-alone savings must not be added up: a lamp that is switched off earlier saves less once it is an LED.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from carbonlib.proposals.bought import Bought, SiteTotals
from carbonlib.proposals.loads import Load, LoadKey, Path, Reach, Use, loads_of, related

Claims = dict[tuple[LoadKey, Path, str], float]  # load, part, name → what was taken


@dataclass(frozen=True)
class Step:
    """One effect of a proposal: `saved` of a load a year (negative adds), of the use `before`.

    `claims` are what may be taken only once of the load, such as the kelvin of a set-point, by name. `spared` is what
    others reach whose machines this one leaves alone.
    """

    key: LoadKey
    path: Path
    saved: float
    before: float | None = None
    cross: bool = False
    claims: Mapping[str, float] = field(default_factory=dict)
    spared: tuple[Reach, ...] = ()

    @property
    def use(self) -> float:
        """The use that the step reaches: what it states, and at least what it saves."""
        return max(self.before or 0.0, self.saved, 0.0)


@dataclass(frozen=True)
class Act:
    """A proposal as the interactions see it.

    `rank` orders it where nobody gave an order. `group` names what excludes it: of the acts that share an
    element only the one with the lowest `preference` is counted. `renewed_by` are the acts that renew its machines,
    after which `kept` of its saving is left on them [1]. `again` gives the steps anew for a share of the
    load that its main step states, for a measure that comes after all others.
    """

    id: str
    steps: tuple[Step, ...]
    measure: str = ""
    rank: tuple[object, ...] = ()
    excludes: frozenset[str] = frozenset()
    preference: tuple[object, ...] = ()
    renewed_by: frozenset[str] = frozenset()
    kept: float = 1.0
    again: Callable[[float], tuple[Step, ...]] | None = None


@dataclass(frozen=True)
class Applied:
    """What is left of a proposal's savings after those before it: one amount for each of its steps.

    `overlaps` says that those before it left less of its loads, `beyond` are the steps (from 0) of which the bills
    did not hold all.
    """

    id: str
    steps: tuple[Step, ...]
    saved: tuple[float, ...]
    overlaps: bool = False
    beyond: tuple[int, ...] = ()


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


def after_renewal(acts: Sequence[Act], done: Sequence[Act] = ()) -> list[Act]:
    r"""Return the acts with what is left of their savings on machines that another of them, or one that is `done`, renews.

    .. math:: S' = S\,[1 - (1 - k) \min(1, E_{renewed}/E)]

    E is the use that a step reaches, of which the renewals on the same load reach E_renewed: parts with a name of
    their own add up, two renewals of one part are taken to lie within one another. What is left is saved on the other
    machines, so that the renewal saves no less.
    """
    by_id = {a.id: a for a in (*acts, *done)}
    found = []
    for act in acts:
        others = [by_id[id] for id in sorted(act.renewed_by & by_id.keys())]
        steps = tuple(_beside(s, others, act.kept) for s in act.steps)
        found.append(replace(act, steps=steps) if others else act)
    return found


def _beside(step: Step, renewals: Sequence[Act], kept: float) -> Step:
    """Return a step with what is left of its saving beside renewals, `kept` of it on what they reach."""
    reached: dict[Path, float] = {}
    for one in (s for act in renewals for s in act.steps if not s.cross):
        if one.key == step.key and related(one.path, step.path):
            reached[one.path] = max(reached.get(one.path, 0.0), one.use)
    share = min(1.0, sum(reached.values()) / step.use) if step.use > 0 else 0.0
    saved = step.saved * (1 - (1 - kept) * share)
    return replace(step, saved=saved, before=step.use, spared=() if kept else tuple(reached.items()))


def applied(
    acts: Iterable[Act],
    uses: Iterable[Use],
    totals: Mapping[str, float],
    order: Sequence[str] = (),
    sites: SiteTotals = MappingProxyType({}),
) -> list[Applied]:
    """Apply acts to what is left of their loads, one after another.

    Parameters
    ----------
    acts : iterable of Act
        No two of which exclude one another.
    uses : iterable of Use
        Declared sizes of loads; a load that nobody sized is as large as the largest use that acts on it.
    totals : mapping of str to float
        Use of each carrier in the account, in the unit of the steps; no total exceeds it.
    order : sequence of str
        Ids in the order that the diagnostician gave; they come first, the others by their rank.
    sites : mapping of (str, str) to float
        The same of each site whose own bills are known, by site and carrier; its total does not exceed that either.

    Returns
    -------
    list of Applied
        In the order in which they were applied.
    """
    queue = _ordered(list(acts), order)
    named = [Use(s.key, s.use, s.path) for a in queue for s in a.steps if a.again is None]
    loads = loads_of([*uses, *named])
    bought = Bought(totals, sites)
    claimed: Claims = {}
    return [
        _apply(act, loads, bought, claimed) if act.again is None else _apply_last(act, act.again, bought)
        for act in queue
    ]


def _ordered(acts: list[Act], order: Sequence[str]) -> list[Act]:
    place = {id: position for position, id in enumerate(order)}

    def key(act: Act) -> tuple[object, ...]:
        return (act.again is not None, place.get(act.id, len(place)), act.rank, act.id)

    return sorted(acts, key=key)


def _apply(act: Act, loads: Mapping[LoadKey, Load], bought: Bought, claimed: Claims) -> Applied:
    steps = act.steps
    taken = _Taking(loads, bought)
    main = [i for i, s in enumerate(steps) if not s.cross]
    for index in main:
        step = steps[index]
        taken.take(
            index,
            step,
            1.0,
            loads[step.key].share_left(step.path, step.use, step.spared) * _unclaimed(step, claimed),
        )
    # a cross effect shrinks with the main effects on the first one's carrier: amounts of two carriers do not add
    first = [i for i in main if steps[i].key.carrier == steps[main[0]].key.carrier] if main else []
    alone = sum(steps[i].saved for i in first)
    kept = sum(taken.amounts[i] for i in first) / alone if alone else 0.0
    for index, step in enumerate(steps):
        if step.cross:
            share = loads[step.key].share_left(step.path, step.use, step.spared) if step.saved > 0 else 1.0
            taken.take(index, step, kept, share)
    for step in steps:
        for name, amount in step.claims.items():
            spot = (step.key, step.path, name)
            claimed[spot] = max(claimed.get(spot, 0.0), amount)
    amounts = tuple(taken.amounts[i] for i in range(len(steps)))
    return Applied(act.id, steps, amounts, taken.overlaps, tuple(sorted(taken.beyond)))


@dataclass
class _Taking:
    """Takes the steps of one act from their loads and from what is billed; neither is ever exceeded."""

    loads: Mapping[LoadKey, Load]
    bought: Bought
    amounts: dict[int, float] = field(default_factory=dict)
    overlaps: bool = False
    beyond: list[int] = field(default_factory=list)

    def take(self, index: int, step: Step, kept: float, share: float) -> None:
        """Take what others left of a step, `share` of its load, and what its own main effects left, `kept`."""
        wanted = step.saved * kept * share
        held = min(wanted, self.bought.left(step.key))
        taken = self.loads[step.key].take(step.path, held, step.use, step.spared)
        self.bought.take(step.key, taken)
        self.amounts[index] = taken
        if _below(held, wanted):
            self.beyond.append(index)
        self.overlaps |= step.saved > 0 and (_below(share, 1.0) or _below(taken, held))


def _below(one: float, other: float) -> bool:
    """Return whether one is less than the other by more than rounding."""
    return one < other - 1e-9 * abs(other)


def _apply_last(act: Act, again: Callable[[float], tuple[Step, ...]], bought: Bought) -> Applied:
    """Apply a measure to what is left of the load that it states, of which no more counts than is billed."""
    main = act.steps[0]
    billed, left = bought.billed(main.key), bought.left(main.key)
    stated = max(billed, main.before or 0.0)
    steps = again(left / stated if stated > 0 else 0.0)
    beyond = [0] if _below(billed, stated) else []
    amounts = []
    for index, step in enumerate(steps):
        taken = min(step.saved, bought.left(step.key))
        if _below(taken, step.saved):
            beyond.append(index)
        bought.take(step.key, taken)
        amounts.append(taken)
    return Applied(act.id, steps, tuple(amounts), _below(left, billed), tuple(sorted(set(beyond))))


def _unclaimed(step: Step, claimed: Claims) -> float:
    """Return the share of a step's claims that nobody before took of the same machines: a kelvin counts once."""
    share = 1.0
    for name, amount in step.claims.items():
        met = (
            taken
            for (key, path, n), taken in claimed.items()
            if (key, n) == (step.key, name) and related(path, step.path)
        )
        share = min(share, max(amount - max(met, default=0.0), 0.0) / amount if amount > 0 else 0.0)
    return share
