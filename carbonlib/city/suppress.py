"""Small groups can identify a company: they are pooled, and sums of too few are withheld, before anything is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from carbonlib.accounting import AsReportedAccount, EnergyAccount
from carbonlib.city.rollup import MEASURES, RollUp, Sum, merge
from carbonlib.city.withhold import withheld_of

POOLED = "その他"
MERGED = "（秘匿のため合算）"
_NAMED_IN_POOL = 2  # more names than these make no readable label


@dataclass(frozen=True)
class Published:
    """Groups fit to publish, which of them were pooled, and the name of the pool.

    `withheld` names the group and measure of each sum that must not be shown all the same.
    """

    groups: dict[str, RollUp]
    pooled: tuple[str, ...]
    merged: tuple[str, ...] = ()
    withheld: frozenset[tuple[str, str]] = frozenset()

    def sum_of(self, name: str, measure: str) -> Sum | None:
        """Return the sum of a group as it may be shown; None where it is withheld."""
        return None if (name, measure) in self.withheld else getattr(self.groups[name], measure)

    def row_of(self, group: str) -> str:
        """Return the name under which a group is published: its own, or that of the pool."""
        return self.merged[0] if group in self.pooled else group


def suppress(groups: dict[str, RollUp], threshold: int) -> Published:
    """Return the groups with those of fewer than `threshold` companies pooled.

    Where the pool itself would be too small, the shown group with the fewest companies joins it: else the
    pool could be worked out as the total minus the rest.

    Parameters
    ----------
    groups : dict of str to RollUp
        By name, in the order of the table.
    threshold : int
        Least number of companies in a published group.
    """
    small = [name for name, g in groups.items() if g.count < threshold]
    shown = {name: g for name, g in groups.items() if name not in small}
    while small and shown and sum(groups[n].count for n in small) < threshold:
        least = min(shown, key=lambda name: (shown[name].count, shown[name].co2_t.value, name))
        small.append(least)
        del shown[least]
    if not small:
        return Published(groups, ())
    pooled = tuple(n for n in groups if n in small)
    name = ("・".join(pooled) if len(pooled) <= _NAMED_IN_POOL else POOLED) + MERGED
    return Published({**shown, name: merge(groups[n] for n in pooled)}, pooled, (name,))


def withhold(
    members: Iterable[tuple[EnergyAccount | AsReportedAccount, str, str]],
    tables: tuple[Published, Published],
    threshold: int,
) -> tuple[Published, Published]:
    """Return two tables of the same companies without the sums that tell the figures of fewer than `threshold`.

    A group may be large and only one of it state its CO2. A sum is withheld too where it would give another away: as the
    total less the rest, or as a row of one table less rows of the other.

    Parameters
    ----------
    members : iterable of (account, str, str)
        With the group in the first and in the second table, as before pooling.
    tables : (Published, Published)
        After pooling.
    threshold : int
        Least number of companies behind a published sum.
    """
    placed = [(a, tables[0].row_of(first), tables[1].row_of(second)) for a, first, second in members]
    found: tuple[set[tuple[str, str]], set[tuple[str, str]]] = (set(), set())
    for measure in MEASURES:
        stated = Counter((first, second) for a, first, second in placed if getattr(a, measure) is not None)
        for table, row in withheld_of(stated, threshold):
            found[table].add((row, measure))
    return (
        replace(tables[0], withheld=frozenset(found[0])),
        replace(tables[1], withheld=frozenset(found[1])),
    )
