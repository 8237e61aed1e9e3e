"""Accounts as frames of floats; imported only where a frame is asked for, for pandas is slow to import."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pandas as pd

from carbonlib.accounting.model import AccountLine

_FRAME_VALUES = (
    *("quantity", "cost_jpy", "unit_price_jpy"),
    *("primary_energy_gj", "crude_oil_equivalent_kl", "co2_t"),
)


def frame_of_months(lines: Iterable[AccountLine]) -> pd.DataFrame:
    """Return the known months of lines, a row each; a part of the year has its share of what its factors give."""
    rows = []
    for line in lines:
        for month in line.months:
            if month.quantity is None:
                continue
            part = line.part_of(month.month)
            share = month.quantity / part.quantity if part.quantity else Fraction(0)
            parts = {
                "primary_energy_gj": part.energy_gj,
                "crude_oil_equivalent_kl": part.crude_oil_kl,
                "co2_t": part.co2_t,
            }
            rows.append(
                {
                    "carrier": line.carrier,
                    "unit": line.unit,
                    "month": str(month.month),
                    "quantity": float(month.quantity),
                    "cost_jpy": _number(month.cost_jpy),
                    "unit_price_jpy": _number(month.unit_price_jpy),
                    **{k: _number(None if v is None else v * share) for k, v in parts.items()},
                }
            )
    return pd.DataFrame(rows, columns=["carrier", "unit", "month", *_FRAME_VALUES])


def frame_of_lines(lines: Iterable[AccountLine]) -> pd.DataFrame:
    """Return the lines, a row each."""
    return pd.DataFrame(
        [
            {
                "carrier": line.carrier,
                "unit": line.unit,
                "quantity": float(line.quantity),
                "cost_jpy": _number(line.cost_jpy),
                "unit_price_jpy": _number(line.unit_price_jpy),
                "primary_energy_gj": _number(line.energy_gj),
                "crude_oil_equivalent_kl": _number(line.crude_oil_kl),
                "co2_t": _number(line.co2_t),
            }
            for line in lines
        ],
        columns=["carrier", "unit", *_FRAME_VALUES],
    )


def _number(value: Fraction | None) -> float:
    return float("nan") if value is None else float(value)
