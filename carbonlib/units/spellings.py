"""The exact table of unit spellings, loaded once from `spellings.csv`, `refused.csv` and `volume_bases.csv`."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

GEOMETRIC = "geometric"
VOLUME_MARK = "@volume"


@dataclass(frozen=True)
class Spelling:
    """One way to write a unit: `scale` of the registry's `unit`, with its labels."""

    spelling: str
    unit: str
    scale: Decimal
    label_ja: str
    label_en: str


@dataclass(frozen=True)
class Refusal:
    """A spelling that could mean several things: why, and what to write instead."""

    why_ja: str
    why_en: str
    write: str


@dataclass(frozen=True)
class VolumeBasis:
    """The reference state at which a cubic metre of gas is counted. [K], [kPa absolute]"""

    basis: str
    unit: str
    temperature_k: Decimal | None
    pressure_kpa: Decimal | None
    label_ja: str
    label_en: str
    source: str
    locator: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def key(spelling: str) -> str:
    """Return the form under which a spelling is looked up: NFKC, no spaces, no case, one kind of dash.

    >>> key("ｋＷｈ") == key(" kwh ") == "kwh"
    True
    """
    text = unicodedata.normalize("NFKC", spelling)
    for dash in "‐‑‒–—−":
        text = text.replace(dash, "-")
    text = text.replace("₂", "2").replace("³", "3").replace("²", "2")
    return "".join(text.split()).casefold()


@cache
def table() -> dict[str, Spelling]:
    """Return all accepted spellings by key; two spellings with one key are a mistake of ours."""
    found: dict[str, Spelling] = {}
    for row in _rows("spellings.csv"):
        one = Spelling(row["spelling"], row["unit"], Decimal(row["scale"]), row["label_ja"], row["label_en"])
        assert key(one.spelling) not in found, f"spelled twice: {one.spelling}"
        found[key(one.spelling)] = one
    return found


@cache
def refused() -> dict[str, Refusal]:
    """Return the spellings that are refused, by key."""
    found = {key(r["spelling"]): Refusal(r["why_ja"], r["why_en"], r["write"]) for r in _rows("refused.csv")}
    assert not found.keys() & table().keys(), "a spelling cannot be both accepted and refused"
    return found


@cache
def volume_bases() -> dict[str, VolumeBasis]:
    """Return the reference states of gas volume by name."""
    return {
        r["basis"]: VolumeBasis(
            r["basis"],
            r["unit"],
            Decimal(r["temperature_k"]) if r["temperature_k"] else None,
            Decimal(r["pressure_kpa"]) if r["pressure_kpa"] else None,
            r["label_ja"],
            r["label_en"],
            r["source"],
            r["locator"],
        )
        for r in _rows("volume_bases.csv")
    }
