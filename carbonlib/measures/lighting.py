"""Lighting by LED, with what less heat from lamps does to cooling and heating."""

from __future__ import annotations

from typing import Any

from carbonlib.errors import Message
from carbonlib.measures.declare import measure
from carbonlib.measures.heat_gain import cop_problems, heat_gain_effects, heat_gain_inputs
from carbonlib.measures.model import Effect, Input, Rows, Saving
from carbonlib.measures.refusals import Problem, refusal
from carbonlib.measures.rooms import HOURS_LIT, fitting_power, used
from carbonlib.measures.terms import Sheet, Term, total

_STAY = Message("点灯時間は対策の前後で同じ", "the same hours before and after")


@measure(
    "led_lighting",
    kind="capital",
    ja="LED照明に更新",
    en="Replacing lighting by LED",
    end_use="lighting",
    inputs=(
        Rows(
            "rooms",
            "部屋",
            "rooms",
            (
                fitting_power("watts_before"),
                Input("count_before", "既設の台数", "fittings at present", "台"),
                Input(
                    "watts_after",
                    "LED 器具の入力電力",
                    "input power of an LED fitting",
                    "W",
                    default="led_input_power",
                ),
                Input("count_after", "LED の台数", "LED fittings", "台", optional=True),
                HOURS_LIT,
            ),
        ),
        *heat_gain_inputs("lighting", "点灯する", "lit"),
        Input("lamp_life", "既設ランプの寿命", "life of the present lamps", "h", optional=True, low=1),
        Input(
            "replacement_cost",
            "ランプ交換の費用（ランプと手間）",
            "cost of relamping a fitting",
            "円/台",
            optional=True,
        ),
    ),
    source="design-notes",
    excludes=("delamping",),
)
def led_lighting(
    sheet: Sheet,
    *,
    rooms: list[dict[str, Any]],
    conditioned_share: Term,
    cooling_share: Term,
    heating_share: Term,
    cooling_cop: Term | None,
    heating_cop: Term | None,
    lamp_life: Term | None,
    replacement_cost: Term | None,
) -> Saving:
    r"""Return the saving from replacing fittings room by room, with what it does to cooling and heating.

    .. math::
        \Delta E = \sum (W_1 n_1 - W_2 n_2)\, h / 1000, \quad
        \Delta E_c = \Delta E\, a\, s_c / COP_c, \quad \Delta E_h = -\Delta E\, a\, s_h / COP_h

    Parameters
    ----------
    rooms : list of mapping
        `name`, `watts_before` and `watts_after` (input power with ballast) [W], `count_before` and `count_after`
        (left out: as many as before) [台], `hours` lit, the same before and after [h/year].
    conditioned_share, cooling_share, heating_share : Quantity, optional
        a, s_c and s_h; 0 unless declared, so that no cross effect is counted unasked. [1]
    cooling_cop, heating_cop : Quantity, optional
        Needed where the shares are not 0; electricity alone, a fuelled heating keeps its share at 0. [1]
    lamp_life, replacement_cost : Quantity, optional
        Both or none: relamping that the LED spare within their life, a line of its own. [h], [JPY each]

    Source: design notes (measures.md, led_lighting); the illuminance (JIS Z 9110) is to be kept.

    An office of 10 fittings 85 W → 34 W for 2,500 h: 10 × (85 − 34) × 2,500 / 1,000 = 1,275 kWh; half of it in
    conditioned rooms, 40 % in the cooling season at a COP of 3: 1,275 × 0.5 × 0.4 / 3 = 85 kWh of cooling.

    >>> from carbonlib.units import Q_
    >>> office = {"name": "事務室", "watts_before": Q_(85, "W"), "count_before": Q_(10, "piece")}
    >>> office |= {"watts_after": Q_(34, "W"), "hours": Q_(2500, "h")}
    >>> s = led_lighting(rooms=[office], conditioned_share=Q_(50, "percent"), cooling_share=Q_(40, "percent"),
    ...     cooling_cop=Q_(3, ""))
    >>> [(e.end_use, round(e.saved.magnitude, 6)) for e in s.effects]
    [('lighting', 1275.0), ('cooling', 85.0)]
    """
    shares = {"cooling": cooling_share, "heating": heating_share}
    cops = {"cooling": cooling_cop, "heating": heating_cop}
    _go_together(cop_problems(conditioned_share, shares, cops), lamp_life, replacement_cost)
    present = [
        used(sheet, r, "現在", "at present", r["watts_before"] * r["count_before"] * r["hours"])
        for r in rooms
    ]
    future = [
        used(
            sheet,
            r,
            "更新後",
            "after",
            r["watts_after"] * (r["count_after"] or r["count_before"]) * r["hours"],
        )
        for r in rooms
    ]
    before = sheet.row("現在の照明電力量", "lighting at present", total(present), "kWh/年", _STAY)
    after = sheet.row("更新後の照明電力量", "lighting after", total(future), "kWh/年", _STAY)
    saved = sheet.row("削減電力量", "electricity saved", before - after, "kWh/年")
    effects = [Effect("lighting", "electricity", saved.quantity, before.quantity)]
    effects += heat_gain_effects(sheet, saved, "照明", conditioned_share, shares, cops)
    spared = None
    if lamp_life is not None and replacement_cost is not None:
        costs = [
            used(
                sheet,
                r,
                "ランプ交換費",
                "relamping",
                r["count_before"] * r["hours"] / lamp_life * replacement_cost,
                "円/年",
            )
            for r in rooms
        ]
        spared = sheet.row("ランプ交換費の削減", "relamping spared", total(costs), "円/年").quantity
    return Saving("", tuple(effects), (), maintenance=spared)


def _go_together(problems: list[Problem], lamp_life: Term | None, replacement_cost: Term | None) -> None:
    """Refuse a share without its COP, and a lamp's life without its cost."""
    if (lamp_life is None) != (replacement_cost is None):
        name = "lamp_life" if lamp_life is None else "replacement_cost"
        problems.append(
            (
                "missing",
                name,
                f"ランプ交換費の削減には「{name}」も要ります。lamp_life と replacement_cost を両方書いてください。",
                f"The relamping spared needs {name!r} too; write both lamp_life and replacement_cost.",
            )
        )
    if problems:
        raise refusal(*problems)
