"""The heading of a column from its lines: the group above, its own words, and a line of units below them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from carbonlib.records.reading.costwords import is_whole_cost, names_no_charge, of_some_hours
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.words import Heading, heading, is_bare_unit


def is_unit_line(text: str) -> bool:
    """Return whether a line of a heading is a unit alone.

    >>> is_unit_line("円"), is_unit_line("kW"), is_unit_line("力率(%)")
    (True, True, False)
    """
    return plain(text).strip("()[]") == "%" or is_bare_unit(text)


def joined(lines: Sequence[str]) -> str:
    """Return the lines of a heading as one text, a unit in brackets behind its name.

    >>> joined(["電気", "使用量", "kWh"]), joined(["電気", "電気"]), joined(["円"])
    ('電気 使用量(kWh)', '電気', '円')
    """
    written = list(dict.fromkeys(line for line in lines if line))
    names = [line for line in written if not is_unit_line(line)]
    units = "・".join(plain_unit(line) for line in written if is_unit_line(line))
    return f"{' '.join(names)}({units})" if names and units else " ".join(names) or " ".join(written)


def plain_unit(line: str) -> str:
    """Return a unit without the brackets around it."""
    return line.strip().strip("()（）[]［］")


def _heading(text: str, sites: Collection[str]) -> Heading:
    """Return what a heading says; the name of a site in it (前年堂) says nothing of what its column is."""
    said = heading(text)
    if said.kind != "ignored":
        return said
    bare = text
    for site in sorted(sites, key=len, reverse=True):
        bare = bare.replace(site, "") if len(site) > 1 else bare
    return said if bare == text else replace(said, kind=heading(bare).kind)


def heading_of_lines(lines: Sequence[str], own: str, sites: Collection[str]) -> Heading:
    """Return what a heading says together with its group, its own words deciding its kind.

    A unit alone does so only where nothing but whose, when and of which energy stands with it: 延滞利息 over 円 is no cost.

    Parameters
    ----------
    lines : sequence of str
        From the highest down.
    own : str
        The lowest line that is no group's.
    sites : collection of str
        Names and ids of the company's sites.
    """
    text = joined(lines)
    whole, alone = _heading(text, sites), _heading(own, sites)
    kind = alone.kind if alone.kind and alone.kind != "quantity" else whole.kind
    names = [line for line in lines if line and not is_unit_line(line)]
    if names and is_unit_line(own):
        last = _heading(names[-1], sites).kind
        kind = last if last and last != "quantity" else whole.kind
        if kind is None and alone.kind == "quantity":
            kind = "quantity"
        elif (kind is None and alone.kind == "cost" and names_no_charge(" ".join(names), sites)) or (
            kind == "quantity" and alone.kind == "cost"
        ):
            kind = "cost"
    said = names[-1] if names else ""
    # 託送料金 or 夜間料金 is a part; other words of money are not known to be the whole
    if kind == "cost" and heading(said).kind == "cost" and not names_no_charge(said, sites):
        kind = "cost" if is_whole_cost(said, sites) else None
    if kind == "cost" and any(map(of_some_hours, names)):
        kind = None
    return replace(whole, kind=kind)
