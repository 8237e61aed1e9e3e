"""Named load shapes: how a site's electricity spreads over days and months where no half-hourly data are there."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from carbonlib.factors.model import EVIDENCE

# how many values each part of a shape has: hours of a day, months from April
PARTS = {"open_days": 1, "open_day": 24, "closed_day": 24, "months": 12}


@dataclass(frozen=True)
class LoadShape:
    """A load by hour of an open and of a closed day and by month from April; only the ratios have a meaning.

    `open_days` is how many days of the year are open where nobody says. [day/year]
    """

    id: str
    label_ja: str
    label_en: str
    open_days: float
    open_day: tuple[float, ...]
    closed_day: tuple[float, ...]
    months: tuple[float, ...]
    evidence: str
    source: str


def _shapes(text: str) -> dict[str, LoadShape]:
    """Read the package's own file; what is wrong in it is a mistake of ours."""
    parts: dict[str, dict[str, tuple[float, ...]]] = {}
    heads: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        id, part = row["id"], row["part"]
        values = tuple(float(v) for v in row["values"].split())
        assert len(values) == PARTS[part], f"{id}: {part} has {len(values)} values"
        assert min(values) >= 0 < sum(values), f"{id}: {part} holds no load"
        assert row["evidence"] in EVIDENCE, f"{id}: {part} has no evidence"
        assert part not in parts.setdefault(id, {}), f"{id}: {part} is written twice"
        parts[id][part] = values
        heads.setdefault(id, row)
    found = {}
    for id, one in parts.items():
        assert one.keys() == PARTS.keys(), f"{id} lacks a part"
        head = heads[id]
        found[id] = LoadShape(
            id,
            head["label_ja"],
            head["label_en"],
            one["open_days"][0],
            one["open_day"],
            one["closed_day"],
            one["months"],
            head["evidence"],
            head["source"],
        )
    return found


@cache
def load_shapes() -> Mapping[str, LoadShape]:
    """Return the load shapes that the package carries, by id.

    >>> shape = load_shapes()["office_5day"]
    >>> shape.open_days, shape.evidence
    (245.0, 'assumption')
    """
    return _shapes(files(__package__).joinpath("data", "load_shapes.csv").read_text(encoding="utf-8"))
