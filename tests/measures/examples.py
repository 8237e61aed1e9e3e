"""Inputs that are good for every measure there is, gathered from the tests of each family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carbonlib.units import Q_
from tests.measures import (
    air_conditioning,
    test_boiler,
    test_compressed_air,
    test_direct,
    test_lighting_and_office,
    test_photovoltaics,
    test_refrigeration,
    test_transformers,
    test_ventilation,
)

GOOD: dict[str, Mapping[str, Any]] = {
    **air_conditioning.GOOD,
    "boiler_air_ratio": test_boiler.GOOD,
    **test_compressed_air.GOOD,
    "before_after": {"carrier": "kerosene", "before": Q_(9000, "L"), "after": Q_(7000, "L")},
    "fixed_load_reduction": {"load": Q_(40, "kW"), "hours": Q_(5160, "h"), "saving_rate": Q_(10, "percent")},
    "fuel_switch": test_direct.GOOD,
    **test_lighting_and_office.GOOD,
    "photovoltaics": test_photovoltaics.BY_SHAPE,
    "refrigerator_replacement": test_refrigeration.GOOD,
    **test_transformers.GOOD,
    **test_ventilation.GOOD,
}


def with_number(id: str, path: str, change: Any) -> dict[str, Any]:
    """Return good inputs with the number at a path such as ``rooms.hours`` changed, in every row of a list."""
    name, _, inner = path.partition(".")
    given = dict(GOOD[id])
    if not inner:
        given[name] = change(given[name])
    else:
        given[name] = [{**row, inner: change(row[inner])} if inner in row else row for row in given[name]]
    return given
