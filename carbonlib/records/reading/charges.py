"""What a bill breaks down, as cells of CSV: each line in the unit of its heading, written as bills.csv has it."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.records.billrow import COST_UNITS
from carbonlib.records.model import TIME_BANDS
from carbonlib.records.reading.columns import Head
from carbonlib.records.reading.costwords import BRACKETS
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems
from carbonlib.units import Q_, ratio, read_number, read_unit, same_dimension
from carbonlib.units.spellings import key, table

_POWERS = {"W", "kW", "MW"}


def power_unit(text: str) -> str:
    """Return the unit of power in brackets of a heading where it is another than kW, empty for none.

    >>> power_unit("契約電力（MW）"), power_unit("契約電力（kW）"), power_unit("契約電力")
    ('MW', '', '')
    """
    inside = (key(part) for part in BRACKETS.findall(plain(text)))
    found = (table()[name] for name in inside if name in table() and table()[name].unit in _POWERS)
    return next((s.spelling for s in found if (s.unit, s.scale) != ("kW", 1)), "")


def name_power(one: Head, problems: Problems, place: Place) -> bool:
    """Return whether a heading of a power may be read in kW; one in another unit is named."""
    if unit := power_unit(one.text):
        problems.error(
            "power",
            f"「{shown(one.text)}」の単位が {unit} です。kW に直し、見出しを（kW）にしてください。",
            f"{shown(one.text)!r} is in {unit}; write kW, and (kW) in the heading.",
            place,
        )
    return not unit


def is_price(text: str) -> bool:
    """Return whether a heading is that of a price per unit, such as 基本料金（円/kW）: no line of a bill."""
    return "円/" in plain(text)


def scale_of(column: str, one: Head, beside: str) -> Decimal | None:
    """Return what a line's figures are multiplied by, None where nobody can tell.

    Parameters
    ----------
    column : str
        One of ``CHARGES``; a heading of that very name states the unit.
    one : Head
        Its heading.
    beside : str
        The unit of the row's cost, or of its amount for a time band. A line without a unit of its own is taken in
        yen or kWh only where this says nothing else: 基本料金 beside a cost in 千円 may be either.

    >>> scale_of("demand_charge_jpy", Head("基本料金（千円）", "demand_charge_jpy", money="千円"), "円")
    Decimal('1000')
    >>> scale_of("demand_charge_jpy", Head("基本料金", "demand_charge_jpy"), "千円") is None
    True
    """
    if column == "power_factor_percent" or plain(one.text) == column:
        return Decimal(1)
    if re.search(r"kw(?!h)", plain(one.text)):
        return None
    if column in TIME_BANDS:
        return _kwh(one.unit or ("kWh" if key(beside) == "kwh" else ""))
    if one.unit:
        return None
    money = plain(one.money or beside or "円")
    if not one.money and money != "円":
        return None
    return Decimal(COST_UNITS[money]) if money in COST_UNITS else None


def _kwh(unit: str) -> Decimal | None:
    try:
        name, scale = read_unit(unit)
        if not same_dimension(Q_(1, name), "kWh"):
            return None
        exact = Fraction(scale) * ratio(name, "kWh")
    except CarbonlibError:
        return None
    return Decimal(exact.numerator) if exact.denominator == 1 else None


def charge_text(text: str, scale: Decimal) -> str:
    """Return a line of a bill as bills.csv has it; what is no number stays as it was, for the error about it.

    >>> charge_text("1,200", Decimal(1000)), charge_text("95 %", Decimal(1)), charge_text("なし", Decimal(1))
    ('1200000', '95', 'なし')
    """
    bare = text.strip()
    if bare.endswith(("%", "％")):
        bare = bare[:-1].strip()
    try:
        return f"{read_number(bare) * scale:f}"
    except CarbonlibError:
        return text


def unit_unknown(column: str, one: Head) -> tuple[str, str]:
    """Return the sentences about a line whose unit cannot be told."""
    wanted = "（kWh）か（千kWh）" if column in TIME_BANDS else "（円）か（千円）"
    wanted_en = "kWh or 千kWh" if column in TIME_BANDS else "円 or 千円"
    return (
        f"「{shown(one.text)}」の単位が決められません。見出しに{wanted}を付けてください。",
        f"The unit of {shown(one.text)!r} is not clear; write {wanted_en} in brackets in the heading.",
    )


def say_assumed(column: str, one: Head, problems: Problems, place: Place) -> None:
    """Say that a line of a bill names no unit and was read in yen or in kWh."""
    if column == "power_factor_percent" or plain(one.text) == column or one.unit or one.money:
        return
    unit, unit_en = ("kWh ", "kWh") if column in TIME_BANDS else ("円", "yen")
    problems.warning(
        "charge_unit_assumed",
        f"「{shown(one.text)}」に単位がないので、{unit}として読みました。",
        f"{shown(one.text)!r} has no unit and was read as {unit_en}.",
        place,
    )
