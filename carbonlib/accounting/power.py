"""The electricity of a bill in kWh, whatever unit it is written in."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.errors import CarbonlibError
from carbonlib.records.model import Bill
from carbonlib.units import ratio, read_unit


def kwh_of(bill: Bill) -> Fraction | None:
    """Return what a bill of electricity counts, None for another carrier or a unit that is no energy. [kWh]"""
    if bill.carrier != "electricity":
        return None
    try:
        unit, scale = read_unit(bill.unit)
        return Fraction(bill.quantity) * Fraction(scale) * ratio(unit, "kWh")
    except CarbonlibError:
        return None
