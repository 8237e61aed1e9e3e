"""The load of outside air on air conditioners, by bins of outdoor enthalpy."""

from __future__ import annotations

from typing import Any

from carbonlib.errors import Message
from carbonlib.measures.model import Input, Rows
from carbonlib.measures.refusals import Problem, refusal
from carbonlib.measures.seasons import JA
from carbonlib.measures.terms import Sheet, Term, total
from carbonlib.units import Q_

AIR_DENSITY = Q_(1.2, "kg/m3")  # of air at room temperature and 1 atm, as measures.md has it
_BYPASS = Message("冷房と暖房の間の外気は数えない（バイパス）", "outside air between the two is bypassed")


def bins(optional: bool = False) -> Rows:
    """Return the rows of outdoor enthalpy (比エンタルピー, of moist air above 0 °C) and the hours it is there."""
    enthalpy = Input(
        "outdoor_enthalpy", "外気の比エンタルピー", "outdoor enthalpy", "kJ/kg", low=-30, high=150
    )
    hours = Input("hours", "時間", "hours", "h/年", high=8784)
    return Rows("bins", "外気の区分", "bins of outdoor air", (enthalpy, hours), optional=optional)


def air_inputs(optional: bool = False) -> tuple[Input, ...]:
    """Return the inputs beside the bins: airflow, indoor enthalpies, and COPs of the seasons that occur."""
    return (
        Input("airflow", "外気量", "outside air", "m3/h", optional=optional),
        Input(
            "indoor_cooling",
            "冷房時の室内の比エンタルピー",
            "indoor enthalpy, cooling",
            "kJ/kg",
            optional=optional,
        ),
        Input(
            "indoor_heating",
            "暖房時の室内の比エンタルピー",
            "indoor enthalpy, heating",
            "kJ/kg",
            optional=optional,
        ),
        Input("cooling_cop", "冷房の COP", "COP of cooling", "", optional=True, low=0.5),
        Input("heating_cop", "暖房の COP", "COP of heating", "", optional=True, low=0.5),
    )


def outside_air_use(
    sheet: Sheet,
    bins: list[dict[str, Any]],
    airflow: Term | None,
    indoor_cooling: Term | None,
    indoor_heating: Term | None,
    cops: dict[str, Term | None],
) -> dict[str, Term]:
    r"""Return the electricity that outside air costs, by season; none for a season without any bin.

    .. math:: E = \sum \rho V |h_{out} - h_{in}|\, t \,/\, 3600 \,/\, COP

    A bin above the indoor enthalpy of cooling is cooling, one below that of heating is heating, and what lies
    between is bypassed.

    Raises
    ------
    MeasureError
        A value that is missing where bins are given, or an indoor enthalpy of heating above that of cooling.
    """
    if airflow is None or indoor_cooling is None or indoor_heating is None:
        raise refusal(
            *_missing(airflow=airflow, indoor_cooling=indoor_cooling, indoor_heating=indoor_heating)
        )
    if indoor_heating.quantity > indoor_cooling.quantity:
        ja = "「indoor_heating」（暖房時）は「indoor_cooling」（冷房時）以下で書いてください。"
        raise refusal(("range", "indoor_heating", ja, "'indoor_heating' must not exceed 'indoor_cooling'."))
    above = [b for b in bins if b["outdoor_enthalpy"].quantity > indoor_cooling.quantity]
    below = [b for b in bins if b["outdoor_enthalpy"].quantity < indoor_heating.quantity]
    seasons = {s: rows for s, rows in (("cooling", above), ("heating", below)) if rows}
    year = sum(float(b["hours"].quantity.magnitude) for b in bins)
    if year > 8784:  # the hours of a leap year
        ja = f"「bins」の時間の合計が 1 年を超えています（{year:,.0f} h）。"
        raise refusal(("range", "bins", ja, f"The hours of 'bins' are more than a year ({year:,.0f} h)."))
    if lacking := {f"{s}_cop": None for s in seasons if cops[s] is None}:
        raise refusal(*_missing(**lacking))
    label = Message("空気の密度", "density of air")
    known = {"how": "標準値", "evidence": "secondary", "source": "design-notes"}
    density = sheet.entered(label, AIR_DENSITY, "kg/m3", basis=_BYPASS, **known)
    found = {}
    for season, rows in seasons.items():
        loads = []
        for one in rows:
            out = one["outdoor_enthalpy"]
            gap = out - indoor_cooling if season == "cooling" else indoor_heating - out
            load = density * airflow * gap * one["hours"]
            loads.append(sheet.row(f"{one['name']}: 外気負荷", f"{one['name']}: load", load, "kWh/年"))
        cop = cops[season]
        assert cop is not None, "checked above"
        use = total(loads) / cop
        ja, en = f"{JA[season]}の外気負荷の電力量", f"electricity for outside air, {season}"
        found[season] = sheet.row(ja, en, use, "kWh/年")
    return found


def _missing(**terms: Term | None) -> list[Problem]:
    return [
        (
            "missing",
            name,
            f"外気負荷の計算には「{name}」が要ります。書いてください。",
            f"The load of outside air needs {name!r}; write it.",
        )
        for name, value in terms.items()
        if value is None
    ]
