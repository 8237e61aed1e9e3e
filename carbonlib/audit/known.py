"""Published factors as candidates: which carriers an implied factor fits, and which carrier a label names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from carbonlib.audit.intervals import Interval
from carbonlib.audit.sizes import Size, size_of
from carbonlib.factors import KL_PER_GJ, Factor, FactorSet, carriers

_KINDS = {
    "gross_calorific_value": "heat",
    "primary_energy_factor": "heat",
    "emission_factor": "co2",
    "carbon_content": "carbon",
}
_CARRIERS = (
    ("electricity", r"電気|電力|買電|electric"),
    ("lng", r"lng|液化天然ガス"),
    ("lpg", r"lpg|lpガス|プロパン|液化石油ガス|propane"),
    ("city_gas", r"都市ガス|city_?\s?gas|13a"),
    ("natural_gas", r"(?<!液化)天然ガス|natural_?\s?gas"),
    ("gasoline", r"ガソリン|揮発油|gasoline|petrol"),
    ("kerosene", r"灯油|kerosene"),
    ("diesel", r"軽油|diesel"),
    ("heavy_oil_bc", r"[bc・]+重油|heavy_?\s?oil_?\s?[bc]"),
    ("heavy_oil_a", r"a重油|heavy_?\s?oil_?\s?a|重油a"),
)


@dataclass(frozen=True)
class Known:
    """A published factor in the plain sizes of `carbonlib.audit.sizes`: `value` tops per one unit of `below`."""

    carrier: str
    set: str
    kind: str
    top: str
    below: str
    value: Fraction


@lru_cache(maxsize=1024)
def carrier_of(label: str) -> str:
    """Return the carrier that a label names, empty where it names none or several.

    >>> carrier_of("都市ガス（13A）"), carrier_of("ガス"), carrier_of("電気・ガソリン")
    ('city_gas', '', '')
    """
    text = unicodedata.normalize("NFKC", label).casefold()
    found = [carrier for carrier, pattern in _CARRIERS if re.search(pattern, text)]
    if text in carriers():
        return text
    return found[0] if len(found) == 1 else ""


def known_factors(sets: Iterable[FactorSet]) -> tuple[Known, ...]:
    """Return the candidates in factor sets: heat and CO2 as published or derived, crude oil from the heat."""
    found: dict[Known, None] = {}
    for factor in (f for one in sets for f in one.factors):
        one = _plain(factor)
        if one is None or not one.value:
            continue
        found.setdefault(one)
        if one.kind == "heat":
            crude = Known(one.carrier, one.set, "crude_oil", "volume", one.below, one.value * KL_PER_GJ)
            found.setdefault(crude)
    return tuple(found)


def _plain(factor: Factor) -> Known | None:
    kind, size = _KINDS.get(factor.kind), size_of(factor.unit)
    if kind is None or size is None or not size.below:
        return None
    value = Fraction(factor.value) * size.scale / size.below_scale
    return Known(factor.carrier, factor.set, kind, size.top, size.below, value)


def fitting(implied: Interval, size: Size, kind: str, among: Iterable[Known]) -> list[Known]:
    """Return the published factors of a kind that lie in an interval stated in the ratio `size`."""
    times = size.scale / size.below_scale
    own = (k for k in among if k.kind == kind and k.below == size.below and k.top == size.top)
    return [k for k in own if implied.low <= k.value / times <= implied.high]


def per_unit(
    number: Fraction, quantity: Size, carrier: str, kind: str, among: Iterable[Known]
) -> Size | None:
    """Return the unit that a factor printed without one is most likely in, by the published value nearest to it.

    >>> from carbonlib.factors import built_in_sets
    >>> known = known_factors(built_in_sets().values())
    >>> per_unit(Fraction("9.76"), size_of("kWh"), "electricity", "heat", known).label
    'GJ/千kWh'
    """
    tops = {"heat": "GJ", "crude_oil": "kL", "co2": "t-CO2"}
    belows = {"electric": ("千kWh", "kWh"), "volume": ("kL", "L"), "mass": ("t", "kg")}
    if kind not in tops or number <= 0:
        return None
    gases = "m3" in quantity.label.casefold() or "㎥" in quantity.label
    choices = ("千m3", "m3") if gases and quantity.top == "volume" else belows.get(quantity.top, ())
    own = [k for k in among if k.kind == kind and k.below == quantity.top]
    own = [k for k in own if k.carrier == carrier] or own
    best: tuple[Fraction, Size] | None = None
    for label in choices:
        size = size_of(f"{tops[kind]}/{label}")
        assert size is not None
        for one in own:
            there = one.value * size.below_scale / size.scale
            far = max(number / there, there / number)
            if best is None or far < best[0]:
                best = (far, size)
    return best[1] if best else None
