"""Whether a factor can be what it says: against a band by carrier and kind, so that a slip of unit does not pass."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from carbonlib.errors import CarbonlibError, Message
from carbonlib.factors.model import CO2_PER_CARBON, KIND_LABELS, Factor
from carbonlib.units import ratio

_CO2E = "emission_factor_co2e"  # other gases add a few per cent, far less than a band is wide
# what two values of one fact are often confused by: how many times the other, as written, and what was exchanged
_SLIPS = (
    (
        Fraction(1000),
        "1000",
        "t と kg、千kWh と kWh、千m3 と m3、kL と L、GJ と MJ の取り違え",
        "t and kg, 1000 kWh and kWh, 1000 m3 and m3, kL and L, or GJ and MJ",
    ),
    (Fraction(1_000_000), "1000000", "t と g の取り違え", "t and g"),
    (CO2_PER_CARBON, "3.67", "炭素の量（t-C）と CO2 の量（t-CO2）の取り違え", "carbon (t-C) and CO2 (t-CO2)"),
)


@dataclass(frozen=True)
class Band:
    """From where to where factors of some carriers and of one kind lie, in `unit`."""

    carriers: tuple[str, ...]
    kind: str
    unit: str
    low: Decimal
    high: Decimal

    def holds(self, value: Fraction) -> bool:
        """Return whether a value in `unit` lies within; nothing at all, as of renewable electricity, does."""
        return not value or self.low <= value <= self.high


@cache
def bands() -> tuple[Band, ...]:
    """Return the rows of ``factor_bands.csv``."""
    text = files(__package__).joinpath("data/factor_bands.csv").read_text(encoding="utf-8")
    return tuple(
        Band(tuple(r["carrier"].split(";")), r["kind"], r["unit"], Decimal(r["low"]), Decimal(r["high"]))
        for r in csv.DictReader(text.splitlines())
    )


def in_band(factor: Factor) -> tuple[Band, Fraction] | None:
    """Return the band that a factor is held against and its value in the band's unit; None where there is none."""
    kind = "emission_factor" if factor.kind == _CO2E else factor.kind
    for band in bands():
        if factor.carrier not in band.carriers or kind != band.kind:
            continue
        above, _, below = band.unit.partition("/")
        if factor.kind == _CO2E:
            above = factor.unit.partition("/")[0]
        one = replace(factor, value=Decimal(1), unit=f"{above}/{below}")
        try:
            if not factor.takes(one.per_unit):
                continue
        except CarbonlibError:
            continue  # cubic metres of no state, for a factor by mass
        value = factor.exact * ratio(one.per_unit, factor.per_unit) / one.exact
        return band, value
    return None


def implausible(factor: Factor) -> Message | None:
    """Return what is wrong with a factor that is out of its band, with the slip that it looks like.

    >>> own = Factor("s", "electricity", "emission_factor", Decimal(423), "t-CO2/千kWh")
    >>> print(implausible(own).en)
    The CO2 emission factor 423 t-CO2/千kWh is out of the band 0.001 to 1.5 t-CO2/千kWh. 1/1000 of it, 0.423, would fit: \
were t and kg, 1000 kWh and kWh, 1000 m3 and m3, kL and L, or GJ and MJ confused? Mend the value or the unit; where it is \
right, say why in the column exception.
    """
    held = in_band(factor)
    if held is None or factor.exception or held[0].holds(held[1]):
        return None
    band, value = held
    ja, en = KIND_LABELS[factor.kind]
    slip_ja, slip_en = _slip(band, value)
    return Message(
        f"{ja} {factor.value} {factor.unit} は、ありうる幅 {band.low}〜{band.high} {band.unit} の外です。{slip_ja}"
        "値か単位を直してください。正しい値なら、列 exception に理由を書いてください。",
        f"The {en} {factor.value} {factor.unit} is out of the band {band.low} to {band.high} {band.unit}. {slip_en}"
        "Mend the value or the unit; where it is right, say why in the column exception.",
    )


def _slip(band: Band, value: Fraction) -> tuple[str, str]:
    for times, written, ja, en in _SLIPS:
        if times == CO2_PER_CARBON and band.kind not in {"carbon_content", "emission_factor"}:
            continue
        for other, how_ja, how_en in (
            (value / times, f"{written} 分の 1", f"1/{written} of it"),
            (value * times, f"{written} 倍", f"{written} times as much"),
        ):
            if band.holds(other):
                number = f"{float(other):.4g}"
                return (
                    f"{how_ja} の {number} なら入ります。{ja}ではありませんか。",
                    f"{how_en.capitalize()}, {number}, would fit: were {en} confused? ",
                )
    return "", ""
