"""Heating values, emission factors and the programmes that compose them, each with its source.

`data/factors.csv` holds one value a row; nothing converts between energy, fuel and CO2 without one of them.
"""

from carbonlib.factors.convert import (
    KL_PER_GJ,
    CarrierAmount,
    carrier_named,
    gas_volume_ratio,
    read_carrier,
)
from carbonlib.factors.loader import built_in_sets, carriers, read_factor_sets, sources, suppliers
from carbonlib.factors.model import (
    CO2_PER_CARBON,
    EVIDENCE,
    KIND_LABELS,
    KINDS,
    Carrier,
    Factor,
    FactorSet,
    Source,
)
from carbonlib.factors.programme import (
    NO_FACTOR_EN,
    NO_FACTOR_JA,
    Programme,
    basis_label,
    make_programmes,
    programme,
    programmes,
)

__all__ = [
    "CO2_PER_CARBON",
    "EVIDENCE",
    "KINDS",
    "KIND_LABELS",
    "KL_PER_GJ",
    "NO_FACTOR_EN",
    "NO_FACTOR_JA",
    "Carrier",
    "CarrierAmount",
    "Factor",
    "FactorSet",
    "Programme",
    "Source",
    "basis_label",
    "built_in_sets",
    "carrier_named",
    "carriers",
    "gas_volume_ratio",
    "make_programmes",
    "programme",
    "programmes",
    "read_carrier",
    "read_factor_sets",
    "sources",
    "suppliers",
]
