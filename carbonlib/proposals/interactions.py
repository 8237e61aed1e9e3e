"""Interactions: proposals applied one after another to the remaining load, so that the total is honest.

Stand-alone savings must not be added up: a lamp that is switched off earlier saves less once it is an LED.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from carbonlib.proposals.loads import Load, LoadKey, Path, Use, loads_of, related

Claims = dict[tuple[LoadKey, Path, str], float]  # load, part, name → what was taken


@dataclass(frozen=True)
class Step:
    """One effect of a proposal: `saved` of a load a year (negative adds), of the use `before`.

    `claims` are what may be taken only once of the load, such as the kelvin of a set-point, by name.
    """

    key: LoadKey
    path: Path
    saved: float
    before: float | None = None
    cross: bool = False
    claims: Mapping[str, float] = field(default_factory=dict)

    @property
    def use(self) -> float:
        """The use that the step reaches: what it states, and at least what it saves."""
        return max(self.before or 0.0, self.saved, 0.0)


@dataclass(frozen=True)
class Act:
    """A proposal as the interactions see it.

    `rank` orders it where nobody gave an order. `group` names what excludes it: of the acts that share an
    element only the one with the lowest `preference` is counted. `renewed_by` are the acts that renew its machines,
    after which `kept` of its saving is left on them [1]. `again` gives the steps anew for the share of
    each carrier that is left, for a measure that comes after all others.
    """

    id: str
    steps: tuple[Step, ...]
    measure: str = ""
    rank: tuple[object, ...] = ()
    excludes: frozenset[str] = frozenset()
    preference: tuple[object, ...] = ()
    renewed_by: frozenset[str] = frozenset()
    kept: float = 1.0
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


def after_renewal(acts: Sequence[Act]) -> list[Act]:
    r"""Return the acts with what is left of their savings on machines that another of them renews.

    .. math:: S' = S\,[1 - (1 - k) \min(1, E_{renewed}/E)]

    E is the use that a step reaches, of which the renewals on the same load reach E_renewed: parts with a name of
    their own add up, two renewals of one part are taken to lie within one another.
    """
    by_id = {a.id: a for a in acts}
    found = []
    for act in acts:
        others = [by_id[id] for id in sorted(act.renewed_by & by_id.keys())]
        steps = tuple(
            replace(s, saved=s.saved * (1 - (1 - act.kept) * _renewed(s, others)), before=s.use)
            for s in act.steps
        )
        found.append(replace(act, steps=steps) if others else act)
    return found


def _renewed(step: Step, renewals: Sequence[Act]) -> float:
    """Return the share of a step's use that renewals reach (0 to 1)."""
    reached: dict[Path, float] = {}
    for one in (s for act in renewals for s in act.steps if not s.cross):
        if one.key == step.key and related(one.path, step.path):
            reached[one.path] = max(reached.get(one.path, 0.0), one.use)
    return min(1.0, sum(reached.values()) / step.use) if step.use > 0 else 0.0


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
        Declared sizes of loads; a load that nobody sized is as large as the largest use that acts on it.
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
    named = [Use(s.key, s.use, s.path) for a in queue for s in a.steps if a.again is None]
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
        share = loads[step.key].share_left(step.path, step.use) * _unclaimed(step, claimed)
        amounts[index] = _take(step, step.saved * share, loads, left)
    # a cross effect shrinks with the main effects on the first one's carrier: amounts of two carriers do not add
    first = [i for i in main if steps[i].key.carrier == steps[main[0]].key.carrier] if main else []
    alone = sum(steps[i].saved for i in first)
    kept = sum(amounts[i] for i in first) / alone if alone else 0.0
    for index, step in enumerate(steps):
        if step.cross:
            share = kept * (loads[step.key].share_left(step.path, step.use) if step.saved > 0 else 1.0)
            amounts[index] = _take(step, step.saved * share, loads, left)
    for step in steps:
        for name, amount in step.claims.items():
            spot = (step.key, step.path, name)
            claimed[spot] = max(claimed.get(spot, 0.0), amount)
    return Applied(act.id, steps, tuple(amounts[i] for i in range(len(steps))))


def _take(step: Step, amount: float, loads: Mapping[LoadKey, Load], left: dict[str, float]) -> float:
    """Take an amount from its load and from the carrier's account; neither is ever exceeded."""
    carrier = step.key.carrier
    amount = min(amount, max(left.get(carrier, 0.0), 0.0))
    taken = loads[step.key].take(step.path, amount, step.use)
    left[carrier] = left.get(carrier, 0.0) - taken
    return taken


def _apply_last(act: Act, steps: tuple[Step, ...], left: dict[str, float]) -> Applied:
    amounts = []
    for step in steps:
        taken = min(step.saved, max(left.get(step.key.carrier, 0.0), 0.0))
        left[step.key.carrier] = left.get(step.key.carrier, 0.0) - taken
        amounts.append(taken)
    return Applied(act.id, steps, tuple(amounts))


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
