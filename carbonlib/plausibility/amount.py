"""What a bill counts in the base unit of its carrier, and which slip of the pen explains a ratio."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from carbonlib.errors import CarbonlibError
from carbonlib.records.bands import Band
from carbonlib.records.model import Bill
from carbonlib.units import format_number, read_unit

Number: TypeAlias = int | Decimal | Fraction
_BASE = {"kL": ("L", 1000), "t": ("kg", 1000), "MWh": ("kWh", 1000), "GWh": ("kWh", 1_000_000)}
_M3 = {"metered_cubic_meter", "lpg_cubic_meter", "Nm3"}  # a few per cent apart, which no band notices
# the unit that was meant where another was written, by how much it is less
UNIT_PAIRS = {
    ("千kwh", Fraction(1000)): "kWh",
    ("kwh", Fraction(1, 1000)): "千kWh",
    ("千m3", Fraction(1000)): "m3",
    ("kl", Fraction(1000)): "L",
    ("t", Fraction(1000)): "kg",
}
# what a thousand of a base unit is called on bills
THOUSANDS = {"kWh": "千kWh", "m3": "千m3", "L": "kL", "kg": "t"}
# how far the amount is off, and how to say it
_SLIPS = (
    (Fraction(10), "数量の桁が 1 つ多い（10 倍）", "the quantity has a digit too many (×10)"),
    (Fraction(1, 10), "数量の桁が 1 つ少ない（10 分の 1）", "the quantity lacks a digit (÷10)"),
    (Fraction(1000), "単位か桁の誤りで 1,000 倍", "unit or digits make it ×1,000"),
    (Fraction(1, 1000), "単位か桁の誤りで 1,000 分の 1", "unit or digits make it ÷1,000"),
)


def amount_of(bill: Bill) -> tuple[Fraction, str] | None:
    """Return a bill's amount in kWh, L, kg or m3 (of whatever state) with that unit, None where it is not readable."""
    basis = "lpg_gas" if bill.carrier == "lpg" else "low_pressure_meter"
    try:
        unit, scale = read_unit(bill.unit, volume_basis=basis)
    except CarbonlibError:
        return None
    base, times = _BASE.get(unit, ("m3" if unit in _M3 else unit, 1))
    return Fraction(bill.quantity) * Fraction(scale) * times, base


def slip_of(ratio: Fraction, band: Band) -> tuple[str, str]:
    """Return the slip that brings a ratio to what is usual back into its band, as words; blank where none does.

    Of several the one that comes nearest to 1 is taken.
    """
    mended = [(max(r, 1 / r), ja, en) for factor, ja, en in _SLIPS if band.holds(r := ratio / factor)]
    _, ja, en = min(mended, default=(0, "", ""))
    return ja, en


def thousand_slip(value: Fraction, unit: str, per: tuple[str, str], band: Band) -> tuple[str, str]:
    """Return the slip of a unit that brings an intensity back into its band, in words; blank where none does.

    Parameters
    ----------
    value : Fraction
        Amount by what it is related to.
    unit : str
        Of the amount, a base unit.
    per : tuple of str
        What it is related to, in Japanese and English.
    band : Band
        Of the intensity.
    """
    large = THOUSANDS.get(unit, "")
    ja = per[0] + " " * per[0].isascii()
    if large and value > band.high and band.holds(value / 1000):
        less = f"{few_digits(value / 1000)} {unit}/"
        return (
            f"{unit} を{large} と書くと 1,000 倍になります。1,000 分の 1 なら {less}{ja}です。",
            f"{unit} written as {large} are a thousandfold; a thousandth would be {less}{per[1]}. ",
        )
    if large and value < band.low and band.holds(value * 1000):
        more = f"{few_digits(value * 1000)} {unit}/"
        return (
            f"{large} を {unit} と書くと 1,000 分の 1 になります。{large} なら {more}{ja}です。",
            f"{large} written as {unit} are a thousandth; in {large} it would be {more}{per[1]}. ",
        )
    return "", ""


def few_digits(value: Number) -> str:
    """Return an amount for a sentence: whole from 10, else as in `readable` with two decimals.

    >>> few_digits(Fraction(12345, 10)), few_digits(Fraction(5, 4)), few_digits(Fraction(1, 3000)), few_digits(0)
    ('1,235', '1.25', '0.00033', '0')
    """
    return readable(value, 0 if abs(Fraction(value)) >= 10 else 2)


def readable(value: Number, digits: int) -> str:
    """Return a number with so many decimals, or with as many more as two of its digits take below 1.

    >>> readable(Fraction(27420), 2), readable(Fraction(1, 40), 1), readable(Fraction(-123456, 10), 2)
    ('27,420.00', '0.025', '▲12,345.60')
    """
    if not value:
        return "0"
    size = abs(Fraction(value))
    while size < 1 and size * 10**digits < 10:
        digits += 1
    return format_number(value, digits)
