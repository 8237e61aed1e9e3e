"""Unit labels as plain sizes: what a label stands for beside the other labels of its row.

A printed table writes t for t-CO2 and kL for crude-oil kL; what its columns mean tells them apart, so that here
only the size counts. Nothing is converted between kinds of energy without the table's own factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from carbonlib.errors import CarbonlibError
from carbonlib.units import GEOMETRIC, read_unit
from carbonlib.units.spellings import key

_M3 = ("m3", "Nm3", "m3_metered", "m3_ambient", "m3_lpg", "kL", "kL_coe", "cubic_meter", "kiloliter")
_STATES = ("normal_cubic_meter", "metered_cubic_meter", "ambient_cubic_meter", "lpg_cubic_meter")
_SIZES: dict[str, tuple[str, Fraction]] = {
    "Wh": ("electric", Fraction(1, 1000)),
    "kWh": ("electric", Fraction(1)),
    "MWh": ("electric", Fraction(1000)),
    "GWh": ("electric", Fraction(1_000_000)),
    **{f"kJ{p}": ("heat", Fraction(1, 1_000_000)) for p in ("", "*primary")},
    **{f"MJ{p}": ("heat", Fraction(1, 1000)) for p in ("", "*primary")},
    **{f"GJ{p}": ("heat", Fraction(1)) for p in ("", "*primary")},
    **{f"TJ{p}": ("heat", Fraction(1000)) for p in ("", "*primary")},
    **{name: ("volume", Fraction(1)) for name in (*_M3, *_STATES)},
    **{name: ("volume", Fraction(1, 1000)) for name in ("L", "liter")},
    "g": ("mass", Fraction(1, 1_000_000)),
    **{name: ("mass", Fraction(1, 1000)) for name in ("kg", "kg_CO2", "kilogram")},
    **{name: ("mass", Fraction(1)) for name in ("t", "t_CO2", "tonne")},
    "t_C": ("carbon", Fraction(1)),
    "JPY": ("money", Fraction(1)),
    "W": ("power", Fraction(1, 1000)),
    "kW": ("power", Fraction(1)),
    "MW": ("power", Fraction(1000)),
}
_PERIODS = {"year", "month", "d"}
# neighbours in a chain differ by 1,000: the slip of a label
_CHAINS = (
    ("Wh", "kWh", "千kWh", "百万kWh"),
    ("kWh", "MWh", "GWh"),
    ("L", "kL", "千kL"),
    ("m3", "千m3"),
    ("Nm3", "千Nm3"),
    ("kg", "t", "千t"),
    ("kg-CO2", "t-CO2", "千t-CO2"),
    ("円", "千円", "百万円"),
    ("MJ", "GJ", "TJ"),
)


@dataclass(frozen=True)
class Size:
    """A label: its class and how many of the class's unit it is; `below` likewise where it is a ratio."""

    label: str
    top: str
    scale: Fraction
    below: str = ""
    below_scale: Fraction = Fraction(1)
    period: str = ""


@lru_cache(maxsize=4096)
def size_of(label: str) -> Size | None:
    """Return the size of a unit label, None where it has none that can be compared.

    >>> size_of("千kWh").scale, size_of("円/千m3").scale, size_of("式")
    (Fraction(1000, 1), Fraction(1, 1000), None)
    """
    if not label:
        return None
    try:
        unit, scale = read_unit(label, volume_basis=GEOMETRIC)
    except CarbonlibError:
        return None
    top, *rest = unit.split("/")
    period = next((r for r in rest if r in _PERIODS), "")
    below = [r.strip("()") for r in rest if r not in _PERIODS]
    if top not in _SIZES or len(below) > 1 or (below and below[0] not in _SIZES):
        return None
    name, size = _SIZES[top]
    if not below:
        return Size(label, name, size * Fraction(scale), period=period)
    # read_unit multiplies the scales of a ratio into one; whether 千 stood above or below does not matter
    under, under_size = _SIZES[below[0]]
    return Size(label, name, size * Fraction(scale), under, under_size, period)


def thousandfold(label: str) -> tuple[tuple[str, Fraction], ...]:
    """Return the labels that a label is mistaken for by 1,000, each with its size over the printed one's.

    >>> thousandfold("千kWh")
    (('kWh', Fraction(1, 1000)), ('百万kWh', Fraction(1000, 1)))
    """
    size = size_of(label)
    head, slash, tail = label.strip().partition("/")
    if size is None:
        return ()
    if size.below:
        found = thousandfold(tail)
        return tuple((f"{head}/{new}", 1 / ratio) for new, ratio in found)
    made: dict[Fraction, str] = {}
    for chain in _CHAINS:
        sizes = [_plain(one) for one in chain]
        spelled = [i for i, one in enumerate(chain) if key(one) == key(head)]
        for i in spelled:
            for j in (i - 1, i + 1):
                if 0 <= j < len(chain):
                    made.setdefault(sizes[j] / sizes[i], chain[j] + slash + tail)
    return tuple((label, ratio) for ratio, label in made.items())


def _plain(label: str) -> Fraction:
    size = size_of(label)
    assert size is not None, label
    return size.scale
