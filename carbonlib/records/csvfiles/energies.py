"""The units of energy that headings and title lines of half-hours write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from carbonlib.errors import CarbonlibError
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.words import is_bare_unit, units_in
from carbonlib.units import Q_, ratio, read_unit, same_dimension

_OTHER = re.compile(
    r"合計|総計|[日月年]計(?!量|測|画)|累計|最大|最小|平均|契約|デマンド|co2|排出|total|max|average"
)


@dataclass(frozen=True)
class Unit:
    """A unit of energy as it is written, and how many kWh it is."""

    name: str
    kwh: Decimal


def of_values(line: Sequence[str]) -> list[str]:
    """Return the cells of a line above half-hours that may say their unit: none that speak of a total, a peak or CO2.

    >>> of_values(["月計", "12", "MWh"]), of_values(["契約電力 50kW", "単位：kWh"]), of_values(["計量値", "kWh"])
    (['12'], ['単位：kWh'], ['計量値', 'kWh'])
    """
    others = [c for c in line if _OTHER.search(plain(c))]
    return [c for c in line if c not in others and not (others and is_bare_unit(c))]


def energies(texts: Iterable[str]) -> list[Unit]:
    """Return the units of energy that texts write, each size once; what measures something else is none.

    >>> [u.name for u in energies(["0:00", "使用量（千kWh）", "CO2(kg)", "単位:MWh"])]
    ['千kWh']
    """
    found: dict[Decimal, Unit] = {}
    for text in texts:
        written = units_in(text)[0] or ("kWh" if "kwh" in plain(text) else "")
        if not written:
            continue
        try:
            name, scale = read_unit(written)
            if same_dimension(Q_(1, name), "kWh"):
                exact = ratio(name, "kWh")
                kwh = scale * Decimal(exact.numerator) / Decimal(exact.denominator)
                found.setdefault(kwh, Unit(written, kwh))
        except CarbonlibError:
            continue
    return list(found.values())
