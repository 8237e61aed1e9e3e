"""The loads that proposals act on, and what is left of each when one proposal after another is applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_REST = ""  # the piece of a load that no named part covers


@dataclass(frozen=True, order=True)
class LoadKey:
    """An end use of one carrier at one site; "" is every site."""

    site_id: str
    carrier: str
    end_use: str


@dataclass(frozen=True)
class Use:
    """What is known of a load's size: `amount` a year, of the whole load or of a named part of it."""

    key: LoadKey
    amount: float
    part: str = ""
    declared: bool = False


class Load:
    """One end use, divided into its named parts and the rest, each with what is left of it.

    A measure on a part takes its share of that part alone; a measure on the whole takes the same share of every
    piece. So two machines' savings add up, and a set-point relaxed after a renewal saves on what the renewal left.
    """

    def __init__(self, whole: float, parts: Mapping[str, float]) -> None:
        rest = max(whole - sum(parts.values()), 0.0)
        self._size = {_REST: rest, **parts}
        self._left = dict(self._size)

    @property
    def size(self) -> float:
        """The use of a year before any proposal."""
        return sum(self._size.values())

    @property
    def left(self) -> float:
        """The use that is left."""
        return sum(self._left.values())

    def _pieces(self, part: str) -> list[str]:
        return [part] if part else list(self._left)

    def share_left(self, part: str) -> float:
        """Return the share of a part (or the whole) that is left, 1 where nothing was used to begin with."""
        size = sum(self._size[p] for p in self._pieces(part))
        return sum(self._left[p] for p in self._pieces(part)) / size if size > 0 else 1.0

    def take(self, part: str, amount: float) -> float:
        """Take an amount from what is left, never more than there is, and return what was taken.

        A negative amount adds to the load.
        """
        if amount < 0:
            self._left[part or _REST] += -amount
            return amount
        there = sum(self._left[p] for p in self._pieces(part))
        taken = min(amount, there)
        if taken > 0:
            kept = 1.0 - taken / there
            for piece in self._pieces(part):
                self._left[piece] *= kept
        return taken


def loads_of(uses: Iterable[Use]) -> dict[LoadKey, Load]:
    """Return the loads: what was declared, else the largest use that a proposal names.

    The whole of a load is at least the sum of its parts.
    """
    sizes: dict[LoadKey, dict[str, tuple[bool, float]]] = {}
    for use in uses:
        parts = sizes.setdefault(use.key, {})
        known = parts.get(use.part)
        if known is None or (use.declared, use.amount) > known:
            parts[use.part] = (use.declared, use.amount)
    found = {}
    for key, parts in sorted(sizes.items()):
        named = {part: amount for part, (_, amount) in sorted(parts.items()) if part}
        whole = max(parts.get("", (False, 0.0))[1], sum(named.values()))
        found[key] = Load(whole, named)
    return found
