"""What an array of photovoltaic panels generates each month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from carbonlib.errors import Message
from carbonlib.measures.amounts import usual
from carbonlib.measures.model import Input, Rows
from carbonlib.measures.refusals import Problem
from carbonlib.measures.terms import Sheet, Term
from carbonlib.units import Q_


def _ratio(name: str, ja: str, en: str) -> Input:
    return Input(name, ja, en, "", default=f"pv_{name}", optional=True, high=1, unless="design_factor")


IRRADIATION = Rows(
    "irradiation",
    "月",
    "months from January",
    (Input("daily", "傾斜面日射量", "daily irradiation on the panels", "kWh/m2/日"),),
    optional=True,
    length=12,
)
DESIGN = Input("design_factor", "総合設計係数", "design factor as a whole", "", optional=True, high=1)
# JIS C 8907: K = K_HD K_PD K_PA K_PM η_INO K_PT
FACTORS = (
    _ratio("year_factor", "日射量年変動補正係数", "factor for the variation of years"),
    _ratio("ageing_factor", "経時変化補正係数", "factor for ageing and soiling"),
    _ratio("array_factor", "アレイ回路補正係数", "factor for the array circuit"),
    _ratio("matching_factor", "アレイ負荷整合補正係数", "factor for load matching"),
    _ratio("inverter_efficiency", "インバータ実効効率", "effective efficiency of the inverter"),
)
SEASONS = (
    _ratio("winter_factor", "温度補正係数（12〜2月）", "factor for temperature, December to February"),
    _ratio("mild_factor", "温度補正係数（3〜5月・9〜11月）", "factor for temperature, spring and autumn"),
    _ratio("summer_factor", "温度補正係数（6〜8月）", "factor for temperature, June to August"),
)
_SEASON_OF = (0, 0, 1, 1, 1, 2, 2, 2, 1, 1, 1, 0)
_SEASON_NAMES = (("冬", "winter"), ("春・秋", "spring and autumn"), ("夏", "summer"))
_STANDARD = Message(
    "標準試験条件の日射強度（定義）", "irradiance of the standard test conditions, by definition"
)


def month_lengths(days_of_year: int) -> tuple[int, ...]:
    """Return the days of each month from January in a year of 365 or 366 days.

    >>> sum(month_lengths(366)), month_lengths(366)[1]
    (366, 29)
    """
    return (31, days_of_year - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def misplaced_months(irradiation: Sequence[dict[str, Any]]) -> list[Problem]:
    """Return what is wrong with rows that are named after another month than the one they stand for."""
    problems = []
    for index, row in enumerate(irradiation, start=1):
        named = re.fullmatch(r"(\d{1,2})月", str(row["name"]))
        if named and int(named[1]) != index:
            problems.append(
                (
                    "month",
                    f"irradiation.{index}",
                    f"「irradiation」は 1月から12月の順に書いてください。{index} 行目が「{named[1]}月」です。",
                    f"Write 'irradiation' from January to December; row {index} is month {named[1]}.",
                )
            )
    return problems


def monthly_generation(
    sheet: Sheet,
    capacity: Term,
    irradiation: Sequence[dict[str, Any]],
    design_factor: Term | None,
    factors: Sequence[Term | None],
    seasons: Sequence[Term | None],
    days: Sequence[int],
) -> list[Term]:
    r"""Write down what the panels generate each month from January, and return it.

    .. math:: G_m = P H_m K_m d_m / G_{STC}
    """
    if design_factor is not None:
        by_season = [design_factor] * len(SEASONS)
    else:
        own = [usual(sheet, d, t) for d, t in zip(FACTORS, factors, strict=True)]
        warm = [usual(sheet, d, t) for d, t in zip(SEASONS, seasons, strict=True)]
        product = own[0]
        for one in own[1:]:
            product = product * one
        base = sheet.row("温度を除く設計係数", "design factor but for temperature", product, "")
        by_season = [
            sheet.row(f"設計係数（{ja}）", f"design factor, {en}", base * one, "")
            for (ja, en), one in zip(_SEASON_NAMES, warm, strict=True)
        ]
    sun = sheet.entered(_STANDARD, Q_(1.0, "kW/m2"), "kW/m2", how="標準値", basis=_STANDARD)
    found = []
    for index, row in enumerate(irradiation):
        length = Term(Q_(float(days[index]), "d"), str(days[index]))
        made = capacity * row["daily"] * by_season[_SEASON_OF[index]] * length / sun
        found.append(sheet.row(f"{index + 1}月の発電電力量", f"generation of month {index + 1}", made, "kWh"))
    return found
