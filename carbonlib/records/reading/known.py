"""What is known of a company before its tables are read: which site and which meter a text means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carbonlib.records.reading.months import plain

PREFIXES = {
    "electricity": "E",
    "city_gas": "G",
    "natural_gas": "N",
    "lpg": "L",
    "lng": "LNG",
    "gasoline": "S",
    "kerosene": "K",
    "diesel": "D",
    "heavy_oil_a": "H",
    "heavy_oil_bc": "HC",
}


@dataclass(frozen=True)
class KnownMeter:
    """A meter that the company's bills name already."""

    site_id: str
    meter_id: str
    carrier: str


@dataclass(frozen=True)
class Known:
    """What is known of the company before its energy tables are read: sites by id, meters, a year to fall back on."""

    sites: Mapping[str, str]
    meters: tuple[KnownMeter, ...] = ()
    fiscal_year: int | None = None


def site_of(text: str, known: Known) -> str:
    """Return the site whose name or id a text is, empty for none."""
    wanted = plain(text)
    return next((i for i, name in known.sites.items() if wanted in {plain(name), i}), "")


def site_in(text: str, known: Known) -> str:
    """Return the site whose name stands in a text, the longest where several do; empty for none.

    A name of one letter is found only alone: A stands in A重油, and in half of all units.
    """
    said = plain(text)
    inside = [
        i for i, n in known.sites.items() if plain(n) == said or (len(plain(n)) > 1 and plain(n) in said)
    ]
    return max(inside, key=lambda i: len(known.sites[i])) if inside else ""


def meter_for(site: str, carrier: str, known: Known) -> str | None:
    """Return the meter that is meant where none is written; None where there are several."""
    have = [m.meter_id for m in known.meters if (m.site_id, m.carrier) == (site, carrier)]
    have = list(dict.fromkeys(have))
    if len(have) > 1:
        return None
    return have[0] if have else f"{PREFIXES.get(carrier, 'M')}1"


def known_meters(pairs: list[tuple[str, str, str]]) -> tuple[KnownMeter, ...]:
    """Return meters from site, meter and carrier."""
    return tuple(KnownMeter(*p) for p in dict.fromkeys(pairs))
