"""Units of energy, primary energy, fuel, gas volume, CO2 and money, each trap a dimension of its own.

`definitions.txt` is the registry, `spellings.csv` the ways to write a unit, `refused.csv` those that could mean
two things, `volume_bases.csv` the states at which gas is metered.
"""

from carbonlib.units.doors import expects
from carbonlib.units.reading import (
    Reading,
    of_a_year,
    parse,
    read,
    read_number,
    read_temperature,
    read_unit,
    unit_written,
)
from carbonlib.units.registry import Q_, Quantity, name_of, ratio, same_dimension, unit_of, ureg
from carbonlib.units.spellings import GEOMETRIC, VolumeBasis, volume_bases
from carbonlib.units.writing import (
    Number,
    bill_unit,
    exact,
    format_number,
    format_percent,
    magnitude_in,
    round_half_up,
    unit_label,
    write,
)

__all__ = [
    "GEOMETRIC",
    "Q_",
    "Number",
    "Quantity",
    "Reading",
    "VolumeBasis",
    "bill_unit",
    "exact",
    "expects",
    "format_number",
    "format_percent",
    "magnitude_in",
    "name_of",
    "of_a_year",
    "parse",
    "ratio",
    "read",
    "read_number",
    "read_temperature",
    "read_unit",
    "round_half_up",
    "same_dimension",
    "unit_label",
    "unit_of",
    "unit_written",
    "ureg",
    "volume_bases",
    "write",
]
