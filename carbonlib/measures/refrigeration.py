"""Refrigerators, freezers and showcases replaced by efficient ones."""

from __future__ import annotations

from typing import Any, Unpack

from carbonlib.errors import Message
from carbonlib.measures.amounts import usual
from carbonlib.measures.declare import measure
from carbonlib.measures.heat_gain import cop_problems, heat_gain_effects, heat_gain_inputs
from carbonlib.measures.model import Effect, Input, Rows, Saving
from carbonlib.measures.refrigerant import REFRIGERANT_INPUTS, Refrigerants, leakage_avoided
from carbonlib.measures.refusals import Problem, refusal
from carbonlib.measures.rooms import used
from carbonlib.measures.terms import Sheet, Term, share, total

_AUXILIARY = (("fan", "ファン", "fans"), ("lamp", "照明", "lamps"), ("defrost", "霜取り", "defrosting"))
_GAIN = Input(
    "condensing_gain",
    "凝縮温度 1℃あたりの COP の向上",
    "gain of COP per kelvin of condensing temperature",
    "%/℃",
    default="condensing_cop_gain",
    optional=True,
)
_SAME_HEAT = Message("冷却負荷と時間は更新の前後で同じ", "the same heat and hours before and after")


def _auxiliary(name: str, ja: str, en: str) -> tuple[Input, Input, Input]:
    return (
        Input(f"{name}_before", f"既設の{ja}の電力", f"power of {en} at present", "kW", optional=True),
        Input(f"{name}_after", f"更新後の{ja}の電力", f"power of {en} after", "kW", optional=True),
        Input(f"{name}_hours", f"{ja}の時間", f"hours of {en}", "h/年", optional=True, high=8784),
    )


@measure(
    "refrigerator_replacement",
    kind="capital",
    ja="冷凍冷蔵庫の高効率設備導入",
    en="Efficient refrigerators and showcases",
    end_use="refrigeration",
    inputs=(
        Rows(
            "built_in",
            "内蔵型",
            "with built-in machines",
            (
                Input("count", "台数", "number", "台"),
                Input("use_before", "既設1台の年間消費電力量", "annual use of one at present", "kWh/年"),
                Input("use_after", "更新後1台の年間消費電力量", "annual use of one after", "kWh/年"),
            ),
            optional=True,
        ),
        Rows(
            "remote",
            "別置型",
            "with remote machines",
            (
                Input("heat_load", "冷却負荷（平均）", "mean heat to be removed", "kW"),
                Input("hours", "運転時間", "hours of running", "h/年", default="hours_of_year", high=8784),
                Input("cop_before", "既設の COP", "COP at present", "", low=0.3),
                Input("cop_after", "更新後の COP", "COP after", "", optional=True, low=0.3),
                Input(
                    "condensing_drop",
                    "凝縮温度の低下",
                    "condensing temperature, lowered by",
                    "℃",
                    optional=True,
                ),
                _GAIN,
                *(i for one in _AUXILIARY for i in _auxiliary(*one)),
            ),
            optional=True,
        ),
        *heat_gain_inputs("built_in", "置く", "running"),
        *REFRIGERANT_INPUTS,
    ),
    source="design-notes",
)
def refrigerator_replacement(
    sheet: Sheet,
    *,
    built_in: list[dict[str, Any]],
    remote: list[dict[str, Any]],
    conditioned_share: Term,
    cooling_share: Term,
    heating_share: Term,
    cooling_cop: Term | None,
    heating_cop: Term | None,
    **refrigerant: Unpack[Refrigerants],
) -> Saving:
    r"""Return the saving from efficient refrigerators, built-in by their annual use, remote by heat and COP.

    .. math::
        \Delta E = \sum n (E_1 - E_2) + \sum \left[Q/COP_1 - Q/COP_2 + \sum (P_1 - P_2)\, t\right],
        \quad COP_2 = COP_1 (1 + k\,\Delta T)

    where a lower condensing temperature stands for COP after. Less heat from new fans and lamps inside the case
    is left out of Q, on the cautious side.

    Parameters
    ----------
    built_in : list of mapping, optional
        `name`, `count` n, `use_before` and `use_after` of one (年間消費電力量, JIS B 8630) [kWh/year].
    remote : list of mapping, optional
        `name`, `heat_load` [kW] for `hours` [h/year], `cop_before`, and `cop_after` [1] or `condensing_drop` ΔT
        [degC] with `condensing_gain` k [1/degC]; power [kW] and hours [h/year] of `fan_`, `lamp_`, `defrost_`: `before`, `after`, `hours`.
    conditioned_share, cooling_share, heating_share, cooling_cop, heating_cop : Quantity, optional
        Cross effect of built-in machines, whose heat stays in the room; 0 unless declared. [1]
    **refrigerant : Refrigerants, optional
        Refrigerant that no longer leaks, in a line of its own. [kg], [1]

    Source: design notes (measures.md, refrigerator_replacement).

    Two cabinets, 2,000 kWh → 1,200 kWh: 1,600 kWh. Remote 6 kW of heat for 8,000 h, COP 2.0 → 2.5: 24,000 − 19,200 =
    4,800 kWh.

    >>> from carbonlib.units import Q_
    >>> cabinet = {"count": Q_(2, "piece"), "use_before": Q_(2000, "kWh"), "use_after": Q_(1200, "kWh")}
    >>> case = {"heat_load": Q_(6, "kW"), "hours": Q_(8000, "h"), "cop_before": Q_(2, ""), "cop_after": Q_(2.5, "")}
    >>> s = refrigerator_replacement(built_in=[cabinet], remote=[case])
    >>> s.effects[0].saved.magnitude, s.effects[0].before.magnitude
    (6400.0, 28000.0)
    """
    shares = {"cooling": cooling_share, "heating": heating_share}
    cops = {"cooling": cooling_cop, "heating": heating_cop}
    _check(built_in, remote, cop_problems(conditioned_share, shares, cops) if built_in else [])
    befores, afters, inside = [], [], []
    for row in built_in:
        one = used(sheet, row, "更新前の電力量", "before", row["count"] * row["use_before"])
        two = used(sheet, row, "更新後の電力量", "after", row["count"] * row["use_after"])
        befores.append(one)
        afters.append(two)
        inside.append(one - two)
    for row in remote:
        one, two = _remote(sheet, row)
        befores.append(one)
        afters.append(two)
    before = sheet.row("更新前の冷凍冷蔵電力量", "refrigeration before", total(befores), "kWh/年")
    after = sheet.row("更新後の冷凍冷蔵電力量", "refrigeration after", total(afters), "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", before - after, "kWh/年")
    effects = [Effect("refrigeration", "electricity", saved.quantity, before.quantity)]
    if inside:
        effects += heat_gain_effects(sheet, total(inside), "内蔵型", conditioned_share, shares, cops)
    usual_leak = "leak_remote_refrigeration" if remote else "leak_built_in_refrigeration"
    avoided, findings = leakage_avoided(sheet, usual_leak, **refrigerant)
    return Saving("", tuple(effects), (), refrigerant=avoided, findings=findings)


def _remote(sheet: Sheet, row: dict[str, Any]) -> tuple[Term, Term]:
    """Return the use of one remote system before and after."""
    name = row["name"]
    heat = sheet.row(
        f"{name}: 冷却熱量", f"{name}: heat", row["heat_load"] * row["hours"], "kWh/年", _SAME_HEAT
    )
    cop = row["cop_after"]
    if cop is None:
        gain = usual(sheet, _GAIN, row["condensing_gain"])
        ratio = sheet.row(f"{name}: COP の向上率", f"{name}: gain of COP", gain * row["condensing_drop"], "%")
        cop = sheet.row(
            f"{name}: 更新後の COP", f"{name}: COP after", row["cop_before"] * (1 + share(ratio)), ""
        )
    before, after = [heat / row["cop_before"]], [heat / cop]
    for part, _, _ in _AUXILIARY:
        hours = row[f"{part}_hours"]
        if hours is not None:
            before.append(row[f"{part}_before"] * hours)
            after.append(row[f"{part}_after"] * hours)
    return (
        used(sheet, row, "更新前の電力量", "before", total(before)),
        used(sheet, row, "更新後の電力量", "after", total(after)),
    )


def _check(built_in: list[dict[str, Any]], remote: list[dict[str, Any]], problems: list[Problem]) -> None:
    """Refuse a list of nothing, a remote system with two COPs after or none, and half of an auxiliary."""
    if not (built_in or remote):
        ja = "「built_in」（内蔵型）か「remote」（別置型）を 1 行以上書いてください。"
        problems.append(("missing", "built_in", ja, "Write at least one row of 'built_in' or 'remote'."))
    for index, row in enumerate(remote, start=1):
        at = f"remote.{index}"
        if (row["cop_after"] is None) == (row["condensing_drop"] is None):
            id = "missing" if row["cop_after"] is None else "both"
            ja = f"「{at}」: 更新後の COP（cop_after）か凝縮温度の低下（condensing_drop）のどちらか一方を書いてください。"
            problems.append(
                (id, f"{at}.cop_after", ja, f"{at!r}: write either cop_after or condensing_drop.")
            )
        for part, label, _ in _AUXILIARY:
            names = [f"{part}_{n}" for n in ("before", "after", "hours")]
            missing = [n for n in names if row[n] is None]
            if 0 < len(missing) < len(names):
                ja = f"「{at}」: {label}は {'・'.join(names)} をすべて書いてください。「{missing[0]}」がありません。"
                en = f"{at!r}: write all of {', '.join(names)}; {missing[0]!r} is missing."
                problems.append(("missing", f"{at}.{missing[0]}", ja, en))
    if problems:
        raise refusal(*problems)
