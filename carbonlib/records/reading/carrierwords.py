"""The names of carriers as people write them: one table for headings, cells and the names of costs."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from carbonlib.records.reading.months import plain

MARKS = r"\s・,、:/_-"  # between the parts of a name; the name of a cost is read without them


@cache
def _rows() -> list[dict[str, str]]:
    text = files("carbonlib.records").joinpath("data", "carrier_words.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def carrier_words() -> dict[str, str]:
    """Return the carrier of each spelling, ``?`` where it could be several, empty for a word that only looks like one.

    >>> carrier_words()["cng"], carrier_words()["重油"]
    ('natural_gas', '?')
    """
    return {plain(r["spelling"]): r["carrier"] for r in _rows() if r["kind"] != "of_cost"}


def _any_of(words: Collection[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def names() -> str:
    """Return a pattern of the names that say which carrier is meant, the longest first."""
    return _any_of({plain(r["spelling"]) for r in _rows() if r["kind"] == "name"})


@cache
def names_in_costs() -> str:
    """Return a pattern of what the name of a cost may begin with (ガス代, 燃料費), written without marks."""
    return _any_of({re.sub(rf"[{MARKS}]", "", plain(r["spelling"])) for r in _rows() if r["kind"] != "none"})


@cache
def _word() -> re.Pattern[str]:
    return re.compile(_any_of(carrier_words()))


def carriers_in(words: str) -> set[str]:
    """Return the carriers that plain words name, with ``?`` for a name of several.

    >>> carriers_in("液化天然ガス"), carriers_in("ガス料金"), carriers_in("月")
    ({'lng'}, {'?'}, set())
    """
    return {carrier_words()[m] for m in _word().findall(words)} - {""}
