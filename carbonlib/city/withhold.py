"""Sums that tell too few companies' own figures: they are withheld, with those from which they could be worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, combinations

# how many companies state a measure, by the rows that they belong to in the first and in the second table
Stated = Mapping[tuple[str, str], int]
Row = tuple[int, str]  # 0 for the first table or 1 for the second, and the row's name


def fewest_told(stated: Stated, withheld: Collection[Row] = ()) -> int:
    """Return the fewest companies that the published sums of two tables tell a sum over.

    Parameters
    ----------
    stated : mapping of (str, str) to int
        The tables divide the same companies, and their total is published.
    withheld : collection of (int, str)
        Rows without a sum: of each table, they are told together, as the total less the others.

    Returns
    -------
    int
        Companies behind a sum that is shown or that follows by adding and subtracting shown sums; 0 where nobody states
        the measure.

    >>> fewest_told({("shops", "small"): 4, ("shops", "large"): 1, ("inns", "large"): 3})
    1
    """
    told: Counter[tuple[str | None, str | None]] = Counter()
    for (first, second), count in stated.items():
        if count:
            told[
                None if (0, first) in withheld else first,
                None if (1, second) in withheld else second,
            ] += count
    return min(_told(told), default=0)


def _told(told: Mapping[tuple[str | None, str | None], int]) -> Iterator[int]:
    """Yield, for rows of the second table, how many companies are in the fewest rows of the first around them beyond them."""
    seconds = {second for _, second in told}
    for chosen in chain.from_iterable(combinations(seconds, n) for n in range(len(seconds))):
        around = {first for first, second in told if second in chosen}
        beyond: Counter[str | None] = Counter()
        for (first, second), count in told.items():
            if second not in chosen:
                beyond[first] += count
        rest = sum(beyond[first] for first in around)
        yield rest or min(count for first, count in beyond.items() if first not in around)


def withheld_of(stated: Stated, threshold: int) -> frozenset[Row]:
    """Return the rows of two tables whose sum must not be published.

    Parameters
    ----------
    stated : mapping of (str, str) to int
        Companies that state the measure, by their row in the first and in the second table.
    threshold : int
        Least number of companies that a published sum may be over.

    Returns
    -------
    frozenset of (int, str)
        All rows where fewer than that state it at all: then the total must be withheld as well.
    """
    sizes: Counter[Row] = Counter()
    for (first, second), count in stated.items():
        sizes[0, first] += count
        sizes[1, second] += count
    rows = sorted((row for row in sizes if sizes[row]), key=lambda row: (sizes[row], row))
    if sum(stated.values()) < threshold:
        return frozenset(rows)
    withheld: set[Row] = set()
    while fewest_told(stated, withheld) < threshold:
        # the row that helps most, of those alike the smallest
        withheld.add(
            max(
                (row for row in rows if row not in withheld),
                key=lambda row: (
                    min(fewest_told(stated, {*withheld, row}), threshold),
                    -rows.index(row),
                ),
            )
        )
    for row in reversed(rows):  # what was withheld in vain on the way
        if row in withheld and fewest_told(stated, withheld - {row}) >= threshold:
            withheld.remove(row)
    return frozenset(withheld)
