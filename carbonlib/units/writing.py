"""Writing quantities: rounded once, half-up (四捨五入), with thousands separators and the field's labels."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from carbonlib.errors import Language
from carbonlib.units.registry import Quantity, name_of, ratio, ureg
from carbonlib.units.spellings import VOLUME_MARK, Spelling, key, table, volume_bases

Number: TypeAlias = int | float | Decimal | Fraction
MINUS = "▲"


def exact(value: Number) -> Fraction:
    """Return a number as it is printed: a float stands for its shortest decimal form, so 0.285 is 285/1000.

    >>> exact(0.285)
    Fraction(57, 200)
    """
    return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)


def round_half_up(value: Number, digits: int = 0) -> Decimal:
    """Return `value` rounded half-up (away from zero) to `digits` decimals.

    >>> round_half_up(2.5), round_half_up(0.285, 2), round_half_up(-1.5)
    (Decimal('3'), Decimal('0.29'), Decimal('-2'))
    """
    scaled = abs(exact(value)) * Fraction(10) ** digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = -1 if value < 0 else 1
    return Decimal(f"{sign * whole}E{-digits}")  # exact, where arithmetic would stop at 28 digits


def format_number(value: Number, digits: int = 0, *, lang: Language = "ja") -> str:
    """Return a number for print: separators, `digits` decimals, ▲ before a negative one in Japanese.

    >>> format_number(2298480), format_number(-1234.56, 1), format_number(-1234.56, 1, lang="en")
    ('2,298,480', '▲1,234.6', '-1,234.6')
    """
    rounded = round_half_up(value, digits)
    text = f"{rounded.copy_abs():,.{max(digits, 0)}f}"
    return text if rounded >= 0 else (MINUS if lang == "ja" else "-") + text


def format_percent(share: Number, digits: int = 1) -> str:
    """Return a share (0 to 1) as a percentage for print.

    >>> format_percent(Fraction(8, 1000)), format_percent(0.254, 0)
    ('0.8%', '25%')
    """
    return f"{format_number(share * 100, digits)}%"


def spelling_of(unit: str) -> Spelling:
    """Return the table's entry for a unit to write in; one that is not there is a mistake of ours."""
    return table()[key(unit)]


def unit_label(unit: str, lang: Language = "ja") -> str:
    """Return the label of a unit or of a ratio of units.

    >>> unit_label("kL-coe"), unit_label("kL-coe", "en"), unit_label("円/kWh")
    ('kL', 'kL crude-oil equivalent', '円/kWh')
    """
    parts = [spelling_of(part) for part in unit.split("/")]
    return "/".join((p.label_ja if lang == "ja" else p.label_en) or p.spelling for p in parts)


def bill_unit(unit: str) -> str:
    """Return a unit as bills print it: the m3 of a meter is an m3, whatever state of the gas it counts.

    >>> bill_unit("metered_cubic_meter"), bill_unit("m3_lpg"), bill_unit("Nm3"), bill_unit("kWh")
    ('m3', 'm3', 'Nm3', 'kWh')
    """
    name = str(ureg.parse_units(unit))
    states = {basis.unit for basis in volume_bases().values()}
    if name == "normal_cubic_meter":
        return "Nm3"
    return "m3" if name in states else unit


def _cubic_meter_of(quantity: Quantity) -> str:
    """Return the unit that a plain ``m3`` means beside a quantity: its own gas state, else the metre cubed."""
    states = (basis.unit for basis in volume_bases().values())
    own = (unit for unit in states if set(ureg.get_dimensionality(unit)) & set(quantity.dimensionality))
    return next(own, "m3")


def magnitude_in(quantity: Quantity, unit: str) -> Fraction:
    """Return the number of `unit` in a quantity, exact; a plain ``m3`` takes the quantity's own gas state.

    A float counts as it is printed: 0.5005 MWh is 500.5 kWh, which rounds up, and not the 500.49999... of a float.

    >>> from carbonlib.units import Q_
    >>> magnitude_in(Q_(295, "m3_metered"), "m3"), magnitude_in(Q_(196.61, "JPY/m3_metered"), "円/m3")
    (Fraction(295, 1), Fraction(19661, 100))
    """
    target, scale = "", Fraction(1)
    for position, part in enumerate(unit.split("/")):
        one = spelling_of(part)
        name = _cubic_meter_of(quantity) if one.unit == VOLUME_MARK else one.unit
        target += f"/({name})" if position else name
        scale = scale * Fraction(one.scale) if not position else scale / Fraction(one.scale)
    return exact(quantity.magnitude) * ratio(name_of(quantity.units), target) / scale


def write(quantity: Quantity, unit: str, digits: int = 0, *, lang: Language = "ja") -> str:
    """Return a quantity as printed text in `unit`.

    Parameters
    ----------
    quantity : Quantity
        Anything that converts to `unit`.
    unit : str
        A spelling of `spellings.csv`, or a ratio of two.
    digits : int
        Decimals to print.
    lang : {"ja", "en"}
        Language of the label.

    Raises
    ------
    pint.DimensionalityError
        Where the quantity is of another dimension.

    >>> from carbonlib.units import Q_
    >>> write(Q_(1_130_000, "t_CO2"), "万t-CO2"), write(Q_(1_130_000, "t_CO2"), "万t-CO2", lang="en")
    ('113 万t-CO2', '113 ×10⁴ t-CO2')
    >>> write(Q_(-63_075_499, "JPY"), "千円")
    '▲63,075 千円'
    """
    return f"{format_number(magnitude_in(quantity, unit), digits, lang=lang)} {unit_label(unit, lang)}"
