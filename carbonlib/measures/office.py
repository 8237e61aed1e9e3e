"""Office equipment: less power while in use, and none while nobody uses it."""

from __future__ import annotations

from typing import Any

from carbonlib.measures.declare import measure
from carbonlib.measures.model import Effect, Input, Rows, Saving
from carbonlib.measures.refusals import refusal
from carbonlib.measures.rooms import at_most, used
from carbonlib.measures.terms import Sheet, Term, total
from carbonlib.measures.wording import plain

HOURS_OF_LEAP_YEAR = 8784


@measure(
    "office_equipment",
    kind="operational",
    ja="事務機器その他",
    en="Office equipment and the like",
    end_use="outlets",
    inputs=(
        Rows(
            "equipment",
            "事務機器",
            "equipment",
            (
                Input(
                    "watts_before",
                    "現在の消費電力",
                    "power at present",
                    "W",
                    default="desktop_computer_power",
                ),
                Input(
                    "watts_after", "変更後の消費電力", "power after", "W", default="notebook_computer_power"
                ),
                Input("count", "台数", "units", "台"),
                Input("hours", "使用時間", "hours used", "h/年", high=HOURS_OF_LEAP_YEAR),
            ),
            optional=True,
        ),
        Rows(
            "copiers",
            "複合機",
            "copiers",
            (
                Input("tec_before", "現在の TEC 値", "typical electricity consumption at present", "kWh/週"),
                Input("tec_after", "変更後の TEC 値", "typical electricity consumption after", "kWh/週"),
                Input("count", "台数", "units", "台"),
            ),
            optional=True,
        ),
        Input("weeks", "使用する週", "weeks of use", "週/年", default="office_weeks", high=53),
    ),
    source="design-notes",
)
def office_equipment(
    sheet: Sheet, *, equipment: list[dict[str, Any]], copiers: list[dict[str, Any]], weeks: Term
) -> Saving:
    r"""Return the saving from equipment that needs less: notebooks for desktops, a copier of lower TEC.

    .. math:: \Delta E = \sum n (W_1 - W_2)\, h / 1000 + \sum n (TEC_1 - TEC_2)\, w

    Parameters
    ----------
    equipment : list of mapping, optional
        `name`, `watts_before` and `watts_after` (a desktop and a notebook unless given) [W], `count` [台],
        `hours` of use, the same before and after [h/year].
    copiers : list of mapping, optional
        `name`, `tec_before` and `tec_after` of the rating plate or catalogue [kWh/week], `count` [台].
    weeks : Quantity, optional
        Weeks of use; 52. [week/year]

    Source: design notes (measures.md, office_equipment); TEC as Energy Star prints it, in kWh a week.

    10 desktops of 65 W for notebooks of 15 W, 2,000 h: 10 × 50 × 2,000 / 1,000 = 1,000 kWh; a copier from 5 to
    2 kWh a week: 3 × 52 = 156 kWh.

    >>> from carbonlib.units import Q_
    >>> desks = {"count": Q_(10, "piece"), "hours": Q_(2000, "h")}
    >>> copier = {"tec_before": Q_(5, "kWh/week"), "tec_after": Q_(2, "kWh/week"), "count": Q_(1, "piece")}
    >>> office_equipment(equipment=[desks], copiers=[copier]).effects[0].saved.magnitude
    1156.0
    """
    if not equipment and not copiers:
        raise refusal(
            (
                "missing",
                "equipment",
                "「equipment」（事務機器）か「copiers」（複合機）の少なくとも一方を書いてください。",
                "Write at least one of 'equipment' and 'copiers'.",
            )
        )
    present = [
        used(sheet, r, "現在", "at present", r["watts_before"] * r["count"] * r["hours"]) for r in equipment
    ] + [used(sheet, r, "現在", "at present", r["tec_before"] * r["count"] * weeks) for r in copiers]
    future = [
        used(sheet, r, "変更後", "after", r["watts_after"] * r["count"] * r["hours"]) for r in equipment
    ] + [used(sheet, r, "変更後", "after", r["tec_after"] * r["count"] * weeks) for r in copiers]
    before = sheet.row("現在の消費電力量", "use at present", total(present), "kWh/年")
    after = sheet.row("変更後の消費電力量", "use after", total(future), "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", before - after, "kWh/年")
    return Saving("", (Effect("outlets", "electricity", saved.quantity, before.quantity),), ())


@measure(
    "office_equipment_standby",
    kind="operational",
    ja="事務機器等の不要時電源遮断／省エネモード",
    en="Office equipment off or asleep where not needed",
    end_use="outlets",
    inputs=(
        Rows(
            "equipment",
            "事務機器",
            "equipment",
            (
                Input("count", "台数", "units", "台"),
                Input("standby_watts", "待機電力", "standby power", "W", default="standby_power"),
                Input("hours_off", "電源を切る時間", "hours switched off", "h/年", high=HOURS_OF_LEAP_YEAR),
                Input("idle_watts", "未使用時の消費電力", "power while idle", "W", default="idle_power"),
                Input("sleep_watts", "省エネモードの消費電力", "power asleep", "W", default="sleep_power"),
                Input(
                    "hours_idle",
                    "省エネモードにする時間",
                    "hours put to sleep",
                    "h/年",
                    high=HOURS_OF_LEAP_YEAR,
                ),
            ),
        ),
    ),
    source="design-notes",
)
def office_equipment_standby(sheet: Sheet, *, equipment: list[dict[str, Any]]) -> Saving:
    r"""Return the saving from cutting standby power and from sleep in place of idling.

    .. math:: \Delta E = \sum n\, [W_{sb} h_{off} + (W_{idle} - W_{sleep})\, h_{idle}] / 1000

    Parameters
    ----------
    equipment : list of mapping
        `name`, `count` [台], `standby_watts` in the `hours_off` in which the plug is cut, `idle_watts` and
        `sleep_watts` in the `hours_idle` that become sleep [W], [h/year].

    Source: design notes (measures.md, office_equipment_standby). The load concerned is what the equipment
    draws in those hours, off and idle.

    20 computers: 20 × [2 W × 6,000 h + (45 − 3) W × 500 h] / 1,000 = 240 + 420 = 660 kWh.

    >>> from carbonlib.units import Q_
    >>> row = {"count": Q_(20, "piece"), "standby_watts": Q_(2, "W"), "hours_off": Q_(6000, "h"),
    ...     "idle_watts": Q_(45, "W"), "sleep_watts": Q_(3, "W"), "hours_idle": Q_(500, "h")}
    >>> s = office_equipment_standby(equipment=[row])
    >>> s.effects[0].saved.magnitude, s.effects[0].before.magnitude
    (660.0, 690.0)
    """
    at_most("equipment", equipment, ("sleep_watts", "idle_watts"))
    _within_a_year(equipment)
    off = [
        used(sheet, r, "待機電力量", "standby", r["standby_watts"] * r["count"] * r["hours_off"])
        for r in equipment
    ]
    idle = [
        used(sheet, r, "未使用時の電力量", "idling", r["idle_watts"] * r["count"] * r["hours_idle"])
        for r in equipment
    ]
    asleep = [
        used(sheet, r, "省エネモードの電力量", "asleep", r["sleep_watts"] * r["count"] * r["hours_idle"])
        for r in equipment
    ]
    before = sheet.row("対象の電力量", "use concerned", total([*off, *idle]), "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", before - total(asleep), "kWh/年")
    return Saving("", (Effect("outlets", "electricity", saved.quantity, before.quantity),), ())


def _within_a_year(equipment: list[dict[str, Any]]) -> None:
    """Refuse rows whose hours off and asleep are more than a leap year has: nothing is both at once."""
    problems = []
    for index, row in enumerate(equipment, start=1):
        hours = row["hours_off"].magnitude("h") + row["hours_idle"].magnitude("h")
        if hours > HOURS_OF_LEAP_YEAR:
            ja = (
                f"「equipment.{index}.hours_off」と「hours_idle」の合計が {plain(hours)} h/年です。1 年（8,784 時間）以内で"
                "書いてください。"
            )
            en = f"'equipment.{index}.hours_off' and 'hours_idle' make {plain(hours)} h/year; a year has 8,784 at most."
            problems.append(("range", f"equipment.{index}.hours_off", ja, en))
    if problems:
        raise refusal(*problems)
