"""Prices as a proposal writes them: yen per unit of what is saved."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.errors import CarbonlibError, Place, UnitError, shown
from carbonlib.factors import carrier_named
from carbonlib.units import GEOMETRIC, Q_, ratio, read, same_dimension, volume_bases


def price_in(text: str, unit: str, place: Place) -> Fraction:
    """Return a price such as ``17.70 円/kWh`` per `unit`, exact. [JPY/unit]

    Raises
    ------
    UnitError
        Where the text is no price of that unit.

    >>> price_in("17.70 円/kWh", "kWh", Place())
    Fraction(177, 10)
    """
    try:
        # the gas state of a cubic metre is that of the amount it prices
        own = unit if unit.endswith("cubic_meter") else ""
        reading = read(text, volume_basis=_basis(own) or GEOMETRIC)
        one = Q_(1, reading.unit)
        if reading.value >= 0 and same_dimension(one, f"JPY/({unit})"):
            return Fraction(reading.value) * ratio(reading.unit, f"JPY/({unit})")
    except CarbonlibError as error:
        raise UnitError(error.at(place).findings) from None
    raise UnitError.of(
        "proposal.price",
        ja=f"単価「{shown(text)}」は「17.70 円/kWh」のように、使用量の単位あたりの円で書いてください。",
        en=f"Write the price {shown(text)!r} in yen per unit of the amount, as in '17.70 円/kWh'.",
        place=place,
    )


def _basis(unit: str) -> str:
    return next((b.basis for b in volume_bases().values() if b.unit == unit), "")


def check_price(text: str, carrier: str, place: Place) -> None:
    """Raise where a text is no price of any unit that a carrier is measured in.

    >>> check_price("230 円/m3", "city_gas", Place())
    """
    for unit in carrier_named(carrier).units:
        own = [b.unit for b in volume_bases().values()] if unit.startswith("m3") else [unit]
        for one in own:
            try:
                price_in(text, one, place)
            except CarbonlibError:
                continue
            return
    unit = carrier_named(carrier).display_units[-1]
    raise UnitError.of(
        "proposal.price",
        ja=f"「prices.{carrier}」の単価「{shown(text)}」は「20 円/{unit}」のように書いてください。",
        en=f"Write the price {shown(text)!r} of 'prices.{carrier}' as in '20 円/{unit}'.",
        place=place,
    )
