"""The measures (対策): each a function of quantities that returns a saving with its calculation table."""

from carbonlib.measures import (
    boiler,
    compressed_air,
    compressors,
    direct,
    lighting,
    lighting_use,
    office,
    transformers,
)
from carbonlib.measures.declare import MEASURES, Measure
from carbonlib.measures.model import (
    HOW,
    CalculationRow,
    Choice,
    Effect,
    Fuel,
    Given,
    Input,
    MeasureError,
    Rows,
    Saving,
    Series,
)

__all__ = [
    "HOW",
    "MEASURES",
    "CalculationRow",
    "Choice",
    "Effect",
    "Fuel",
    "Given",
    "Input",
    "Measure",
    "MeasureError",
    "Rows",
    "Saving",
    "Series",
    "boiler",
    "compressed_air",
    "compressors",
    "direct",
    "lighting",
    "lighting_use",
    "office",
    "transformers",
]
