"""The loads that proposals act on, and what is left of each when one proposal after another is applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str, ...]  # from a load down to the part of a part that is meant; () is the whole
Piece = tuple[Path, int]
Reach = tuple[Path, float]  # a part and the use of it that a proposal states


@dataclass(frozen=True, order=True)
class LoadKey:
    """An end use of one carrier at one site."""

    site_id: str
    carrier: str
    end_use: str


@dataclass(frozen=True)
class Use:
    """What is known of a load's size: `amount` a year, of the whole load or of the part at `path`."""

    key: LoadKey
    amount: float
    path: Path = ()


def related(one: Path, other: Path) -> bool:
    """Return whether one part holds the other, so that they may be the same machines.

    >>> related((), ("2F",)), related(("1F",), ("2F",))
    (True, False)
    """
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


class Load:
    """One end use, divided into pieces that proposals take from, each with what is left of it.

    Named parts do not touch. Of two proposals that name the same part, or none, and state different uses, the
    smaller is taken to lie within the larger, and both around the named parts: nobody knows better, and so nothing
    is counted twice. A proposal takes its share of every piece in its reach.
    """

    def __init__(self, uses: Iterable[Use]) -> None:
        self._stated: dict[Path, set[float]] = {(): set()}
        for use in uses:
            for depth in range(len(use.path) + 1):
                self._stated.setdefault(use.path[:depth], set())
            self._stated[use.path].add(use.amount)
        self._size: dict[Piece, float] = {}
        self._reach: dict[Reach, tuple[Piece, ...]] = {}
        self._all: dict[Path, tuple[Piece, ...]] = {}
        self._divide(())
        self._left = dict(self._size)

    def _divide(self, path: Path) -> tuple[Piece, ...]:
        """Divide a part into its own parts and rings around them, one for each larger use that is stated."""
        parts = [p for p in self._stated if len(p) == len(path) + 1 and p[:-1] == path]
        pieces = tuple(piece for part in sorted(parts) for piece in self._divide(part))
        reached = sum(self._size[p] for p in pieces)
        for index, amount in enumerate(sorted(self._stated[path])):
            if amount > reached:
                self._size[path, index] = amount - reached
                pieces, reached = (*pieces, (path, index)), amount
            self._reach[path, amount] = pieces
        self._all[path] = pieces
        return pieces

    def _pieces(self, path: Path, amount: float | None, spared: Iterable[Reach] = ()) -> tuple[Piece, ...]:
        pieces = self._all[path] if amount is None else self._reach[path, amount]
        left_alone = {piece for one in spared for piece in self._reach.get(one, ())}
        return tuple(p for p in pieces if p not in left_alone) or pieces

    @property
    def size(self) -> float:
        """The use of a year before any proposal."""
        return sum(self._size.values())

    @property
    def left(self) -> float:
        """The use that is left."""
        return sum(self._left.values())

    def share_left(self, path: Path, amount: float | None = None, spared: Iterable[Reach] = ()) -> float:
        """Return the share that is left of what a proposal at `path` with a use of `amount` reaches, 1 of nothing.

        `spared` is the reach of others whose machines it leaves alone, unless they are all it has.
        """
        pieces = self._pieces(path, amount, spared)
        size = sum(self._size[p] for p in pieces)
        return sum(self._left[p] for p in pieces) / size if size > 0 else 1.0

    def take(
        self, path: Path, taken: float, amount: float | None = None, spared: Iterable[Reach] = ()
    ) -> float:
        """Take from what is left within reach, never more than there is, and return what was taken.

        A negative amount adds to the load; `spared` as for `share_left`.
        """
        pieces = self._pieces(path, amount, spared)
        if taken < 0:
            for piece in (pieces or self._all[path])[-1:]:
                self._left[piece] += -taken
            return taken
        there = sum(self._left[p] for p in pieces)
        found = min(taken, there)
        if found > 0:
            kept = 1.0 - found / there
            for piece in pieces:
                self._left[piece] *= kept
        return found


def loads_of(uses: Iterable[Use]) -> dict[LoadKey, Load]:
    """Return the loads; each is as large as the largest use that is declared or stated, and at least its parts."""
    by_key: dict[LoadKey, list[Use]] = {}
    for use in uses:
        by_key.setdefault(use.key, []).append(use)
    return {key: Load(own) for key, own in sorted(by_key.items())}
