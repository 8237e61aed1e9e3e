"""Small groups can identify a company: they are pooled before anything is published."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlib.city.rollup import RollUp, merge

POOLED = "その他"
MERGED = "（秘匿のため合算）"
_NAMED_IN_POOL = 2  # more names than these make no readable label


@dataclass(frozen=True)
class Published:
    """Groups fit to publish, which of them were pooled, and the name of the pool."""

    groups: dict[str, RollUp]
    pooled: tuple[str, ...]
    merged: tuple[str, ...] = ()


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
