"""The half-hourly values of a company's meters, by the names that a proposal calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def half_hours(of_meter: Mapping[str, Sequence[float | None]]) -> dict[str, Sequence[float]]:
    """Return the half-hours of a year by what a proposal calls them: ``30分値 <meter>``, of one meter ``30分値`` too.

    Parameters
    ----------
    of_meter : mapping of str to sequence
        The year of each meter by its id, None where a value lacks. A meter whose year has a gap is left out: a measure
        would take the gap for no load. [kWh]

    >>> half_hours({"E1": [1.0, 2.0], "E2": [1.0, None]})
    {'30分値': [1.0, 2.0], '30分値 E1': [1.0, 2.0]}
    """
    whole: dict[str, Sequence[float]] = {}
    for meter_id, values in of_meter.items():
        known = [v for v in values if v is not None]
        if len(known) == len(values):
            whole[f"30分値 {meter_id}"] = known
    return {"30分値": next(iter(whole.values())), **whole} if len(whole) == 1 else whole
