"""Lighting used less: lamps taken out, and lights off where nobody needs them."""

from __future__ import annotations

from typing import Any

from carbonlib.measures.declare import measure
from carbonlib.measures.model import Effect, Input, Rows, Saving
from carbonlib.measures.rooms import HOURS_LIT, at_most, fitting_power, used
from carbonlib.measures.terms import Sheet, total


@measure(
    "delamping",
    kind="operational",
    ja="照明の間引き",
    en="Taking lamps out",
    end_use="lighting",
    inputs=(
        Rows(
            "rooms",
            "部屋",
            "rooms",
            (
                fitting_power(),
                Input("count", "器具の台数", "fittings", "台"),
                Input("count_off", "間引く台数", "fittings taken out", "台"),
                Input(
                    "residual_watts",
                    "間引いた器具に残る電力",
                    "power that such a fitting still draws",
                    "W",
                    default="delamping_residual_power",
                ),
                HOURS_LIT,
            ),
        ),
    ),
    source="design-notes",
    excludes=("led_lighting",),
)
def delamping(sheet: Sheet, *, rooms: list[dict[str, Any]]) -> Saving:
    r"""Return the saving from taking lamps out of some fittings.

    .. math:: \Delta E = \sum n_{off} (W_{in} - W_{res})\, h / 1000

    Parameters
    ----------
    rooms : list of mapping
        `name`, `watts` input power of a fitting with its ballast [W], `count` fittings and `count_off` those taken
        out [台], `residual_watts` that these still draw: 0 where all lamps of a fitting go, the ballast's loss
        or the other lamp where one stays [W], `hours` lit [h/year].

    Source: design notes (measures.md, delamping); general office work needs 300 lx by law (from memory).

    20 fittings of 85 W, 4 of them out, 2,500 h: 4 × 85 × 2,500 / 1,000 = 850 of 4,250 kWh.

    >>> from carbonlib.units import Q_
    >>> hall = {"watts": Q_(85, "W"), "count": Q_(20, "piece"), "count_off": Q_(4, "piece"), "hours": Q_(2500, "h")}
    >>> s = delamping(rooms=[hall])
    >>> s.effects[0].saved.magnitude, s.effects[0].before.magnitude
    (850.0, 4250.0)
    """
    at_most("rooms", rooms, ("count_off", "count"), ("residual_watts", "watts"))
    present = [used(sheet, r, "現在", "at present", r["watts"] * r["count"] * r["hours"]) for r in rooms]
    out = [
        used(
            sheet,
            r,
            "間引きによる削減",
            "taken out",
            (r["watts"] - r["residual_watts"]) * r["count_off"] * r["hours"],
        )
        for r in rooms
    ]
    before = sheet.row("現在の照明電力量", "lighting at present", total(present), "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", total(out), "kWh/年")
    return Saving("", (Effect("lighting", "electricity", saved.quantity, before.quantity),), ())


@measure(
    "lighting_switch_off",
    kind="operational",
    ja="照明不要時の消灯",
    en="Lights off where not needed",
    end_use="lighting",
    inputs=(
        Rows(
            "rooms",
            "部屋",
            "rooms",
            (
                fitting_power(),
                Input("count", "器具の台数", "fittings", "台"),
                HOURS_LIT,
                Input(
                    "hours_off",
                    "消灯する時間",
                    "hours switched off",
                    "h/年",
                    default="lights_off_hours",
                    high=8784,
                ),
            ),
        ),
    ),
    source="design-notes",
)
def lighting_switch_off(sheet: Sheet, *, rooms: list[dict[str, Any]]) -> Saving:
    r"""Return the saving from switching lights off for some of the hours in which they are lit.

    .. math:: \Delta E = \sum n\, W_{in}\, \Delta h / 1000

    Parameters
    ----------
    rooms : list of mapping
        `name`, `watts` input power of a fitting as it is after other measures [W], `count` fittings switched
        off [台], `hours` lit at present and `hours_off` of these, by observation; 240 h for lunch breaks [h/year].

    Source: design notes (measures.md, lighting_switch_off).

    30 fittings of 34 W, dark at lunch: 30 × 34 × 240 / 1,000 = 244.8 of 30 × 34 × 2,500 / 1,000 = 2,550 kWh.

    >>> from carbonlib.units import Q_
    >>> s = lighting_switch_off(rooms=[{"watts": Q_(34, "W"), "count": Q_(30, "piece"), "hours": Q_(2500, "h")}])
    >>> s.effects[0].saved.magnitude, s.effects[0].before.magnitude, s.table[3].how
    (244.8, 2550.0, '標準値')
    """
    at_most("rooms", rooms, ("hours_off", "hours"))
    present = [used(sheet, r, "現在", "at present", r["watts"] * r["count"] * r["hours"]) for r in rooms]
    out = [
        used(sheet, r, "消灯による削減", "switched off", r["watts"] * r["count"] * r["hours_off"])
        for r in rooms
    ]
    before = sheet.row("現在の照明電力量", "lighting at present", total(present), "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", total(out), "kWh/年")
    return Saving("", (Effect("lighting", "electricity", saved.quantity, before.quantity),), ())
