"""Electric air conditioners replaced by more efficient ones."""

from __future__ import annotations

from typing import Any, Unpack

from carbonlib.measures.declare import measure
from carbonlib.measures.model import Effect, Input, Rows, Saving
from carbonlib.measures.refrigerant import REFRIGERANT_INPUTS, Refrigerants, leakage_avoided
from carbonlib.measures.refusals import Problem, refusal
from carbonlib.measures.seasons import APF_AFTER, JA, SAME_HEAT
from carbonlib.measures.terms import Sheet, Term, share, total


def _of_season(season: str, ja: str) -> tuple[Input, ...]:
    return (
        Input(
            f"{season}_use", f"{ja}の電力量（測定値）", f"metered use for {season}", "kWh/年", optional=True
        ),
        Input(f"{season}_power", f"{ja}の定格消費電力", f"rated power, {season}", "kW", optional=True),
        Input(f"{season}_hours", f"{ja}の時間", f"hours of {season}", "h/年", optional=True, high=8784),
        Input(
            f"{season}_load_factor", f"{ja}の負荷率", f"load factor, {season}", "%", optional=True, high=100
        ),
    )


@measure(
    "air_conditioner_replacement",
    kind="capital",
    ja="空調機器の更新",
    en="Replacing air conditioners",
    end_use="cooling",
    inputs=(
        Rows(
            "units",
            "空調機",
            "air conditioners",
            (
                Input("count", "台数", "number", "台", optional=True),
                *(i for season, ja in JA.items() for i in _of_season(season, ja)),
                Input(
                    "apf_before",
                    "既設の APF（新品時）",
                    "APF at present, when new",
                    "",
                    default="ac_apf_1990s",
                    low=0.5,
                    high=15,
                ),
                Input("ageing", "経年による効率の低下", "loss by ageing", "%", default="ac_ageing", high=90),
                APF_AFTER,
            ),
        ),
        *REFRIGERANT_INPUTS,
    ),
    source="design-notes",
)
def air_conditioner_replacement(
    sheet: Sheet,
    *,
    units: list[dict[str, Any]],
    **refrigerant: Unpack[Refrigerants],
) -> Saving:
    r"""Return the saving from electric air conditioners that give the same heat at a better APF.

    .. math::
        E_1 = n P h \lambda, \quad Q = E_1 APF_1 (1 - a), \quad \Delta E = E_1 - Q / APF_2,

    for cooling and heating apart. Rated COP alone hides part load; APF covers it, and so do seasonal COPs where a
    row holds one season only.

    Parameters
    ----------
    units : list of mapping
        `name`; for each season either metered use E1 (`cooling_use`, `heating_use`) [kWh/year], or `count` n with
        rated power P (`cooling_power`) [kW], hours h (`cooling_hours`) [h/year] and load factor λ
        (`cooling_load_factor`) [1]; `apf_before`, `apf_after` [1], `ageing` a [1].
    **refrigerant : Refrigerants, optional
        Refrigerant that no longer leaks, in a line of its own. [kg], [1]

    Source: design notes (measures.md, air_conditioner_replacement).

    One unit, 10 kW for 1,000 h at 30 %: 3,000 kWh. An APF of 3.0 less 10 % is 2.7, after 5.4: half is saved.

    >>> from carbonlib.units import Q_
    >>> unit = {"name": "店舗", "count": Q_(1, "piece"), "cooling_power": Q_(10, "kW")}
    >>> unit |= {"cooling_hours": Q_(1000, "h"), "cooling_load_factor": Q_(30, "percent")}
    >>> unit |= {"apf_before": Q_(3.0, ""), "ageing": Q_(10, "percent"), "apf_after": Q_(5.4, "")}
    >>> s = air_conditioner_replacement(units=[unit])
    >>> [(e.end_use, round(e.saved.magnitude, 6)) for e in s.effects]
    [('cooling', 1500.0)]
    """
    _one_way_each(units)
    uses: dict[str, list[tuple[Term, Term]]] = {season: [] for season in JA}
    for row in units:
        name = row["name"]
        apf = row["apf_before"] * (1 - share(row["ageing"]))
        now = sheet.row(f"{name}: 現在の APF", f"{name}: APF today", apf, "")
        for season, ja in JA.items():
            before = row[f"{season}_use"]
            if before is None and row[f"{season}_power"] is None:
                continue
            if before is None:
                rated = row["count"] * row[f"{season}_power"] * row[f"{season}_hours"]
                worked = rated * row[f"{season}_load_factor"]
                before = sheet.row(f"{name}: 更新前の{ja}", f"{name}: {season} before", worked, "kWh/年")
            heat = before * now / row["apf_after"]
            after = sheet.row(f"{name}: 更新後の{ja}", f"{name}: {season} after", heat, "kWh/年", SAME_HEAT)
            uses[season].append((before, after))
    effects = []
    for season, ja in JA.items():
        if uses[season]:
            befores, afters = zip(*uses[season], strict=True)
            one = sheet.row(f"更新前の{ja}電力量", f"{season} before", total(befores), "kWh/年")
            two = sheet.row(f"更新後の{ja}電力量", f"{season} after", total(afters), "kWh/年")
            saved = sheet.row(f"{ja}の削減電力量", f"{season} saved", one - two, "kWh/年")
            effects.append(Effect(season, "electricity", saved.quantity, one.quantity))
    avoided, findings = leakage_avoided(sheet, "leak_air_conditioner", **refrigerant)
    return Saving("", tuple(effects), (), refrigerant=avoided, findings=findings)


def _one_way_each(units: list[dict[str, Any]]) -> None:
    """Refuse a season that is both metered and worked out, half worked out, or a unit without any season."""
    problems = []
    for index, row in enumerate(units, start=1):
        at, worked = f"units.{index}", False
        for season, ja in JA.items():
            names = [f"{season}_{n}" for n in ("power", "hours", "load_factor")]
            given = [n for n in names if row[n] is not None]
            worked = worked or bool(given)
            if given and row[f"{season}_use"] is not None:
                sentence = (
                    f"「{at}.{given[0]}」: {ja}は測定値（{season}_use）か定格（{'・'.join(names)}）のどちらかで書いてください。",
                    f"'{at}.{given[0]}': give {season} either as metered ({season}_use) or by {', '.join(names)}.",
                )
                problems.append(("both", f"{at}.{given[0]}", *sentence))
            for name in names if given else ():
                if row[name] is None:
                    problems.append(_needed(f"{at}.{name}"))
        if worked and row["count"] is None:
            problems.append(_needed(f"{at}.count"))
        if row["count"] is not None and not worked:
            sentence = (
                f"「{at}.count」は定格から計算するときだけ書いてください。測定値は全台分です。",
                f"'{at}.count' belongs to rated power alone; metered use is that of all units.",
            )
            problems.append(("both", f"{at}.count", *sentence))
        if not worked and row["cooling_use"] is None and row["heating_use"] is None:
            problems.append(_needed(f"{at}.cooling_use"))
    if problems:
        raise refusal(*problems)


def _needed(path: str) -> Problem:
    return ("missing", path, f"「{path}」がありません。書いてください。", f"{path!r} is missing; write it.")
