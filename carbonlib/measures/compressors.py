"""Measures on compressors: another machine or another control, by the part-load curve of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carbonlib.errors import Message
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Choice, Effect, Input, Rows, Saving
from carbonlib.measures.refusals import refusal
from carbonlib.measures.terms import Sheet, Term, share, total

_CONTROLS = {
    "inlet_throttle": Message("吸込絞り", "inlet throttle"),
    "load_unload": Message("ロード・アンロード", "load and unload"),
    "inverter": Message("インバータ", "inverter"),
}


def _side(side: str, ja: str, en: str) -> tuple[Input, ...]:
    return (
        Input(
            f"rated_{side}",
            f"{ja}の定格入力",
            f"rated input {en}",
            "kW",
            unless=f"specific_power_{side}",
            low=0.1,
        ),
        Input(
            f"specific_power_{side}",
            f"{ja}の比動力",
            f"specific power {en}",
            "kW/(m3/min)",
            optional=True,
            low=0.1,
        ),
        Input(f"capacity_{side}", f"{ja}の吐出空気量", f"capacity {en}", "m3/min", optional=True, low=0.01),
        Input(
            f"floor_{side}",
            f"{ja}の無負荷時の動力比 c",
            f"power at no flow over the rated {en}",
            "",
            default="part_load_floor",
            by=f"control_{side}",
            high=1,
        ),
    )


@measure(
    "compressor_replacement",
    kind="capital",
    ja="コンプレッサー機器更新・機種変更",
    en="Replacement of a compressor",
    end_use="compressed_air",
    inputs=(
        Choice("control_before", "既設の容量制御", "control before", _CONTROLS),
        Choice("control_after", "更新後の容量制御", "control after", _CONTROLS),
        *_side("before", "既設", "before"),
        *_side("after", "更新後", "after"),
        Rows(
            "bins",
            "運転時間の区分",
            "bins of running hours",
            (
                Input("hours", "運転時間", "hours", "h/年", high=8784),
                Input(
                    "flow", "吐出量の割合 q（既設の定格比）", "flow over the rated one before", "%", high=100
                ),
            ),
        ),
    ),
    source="design-notes",
)
def compressor_replacement(
    sheet: Sheet,
    *,
    control_before: str,
    control_after: str,
    rated_before: Term | None,
    specific_power_before: Term | None,
    capacity_before: Term | None,
    floor_before: Term,
    rated_after: Term | None,
    specific_power_after: Term | None,
    capacity_after: Term | None,
    floor_after: Term,
    bins: list[Mapping[str, Any]],
) -> Saving:
    r"""Return the saving from a compressor that takes less at the same flow in the same hours.

    .. math:: \Delta E = \sum_h \left[P_1 f_1(q_1) - P_2 f_2(q_2)\right] h, \quad f(q) = c + (1 - c)\,q

    Parameters
    ----------
    control_before, control_after : str
        ``inlet_throttle``, ``load_unload`` or ``inverter``, on which the power at no flow hangs.
    rated_before, rated_after : Quantity
        Input at full flow. [kW]
    specific_power_before, specific_power_after : Quantity
        In place of the rated input, together with the capacity. [kW/(m3/min)]
    capacity_before, capacity_after : Quantity, optional
        Free air delivered at full flow; where both are given :math:`q_2 = q_1 V_1 / V_2`. [m3/min]
    floor_before, floor_after : Quantity, optional
        The share c of the rated input at no flow. [1]
    bins : list of mappings
        `hours` [h/year] and the share `flow` of the rated flow before [1], as measured for a week.

    Source: design notes of the measures. Below 37 kW with inlet throttle (c 0.7) at q 50 % take
    37 × 0.85 = 31.45 kW, with inverter (c 0.1) 37 × 0.55 = 20.35 kW: 11.1 kW × 2,000 h.

    >>> from carbonlib.units import Q_
    >>> kw = dict(rated_before=Q_(37, "kW"), rated_after=Q_(37, "kW"))
    >>> half = {"hours": Q_(2000, "h"), "flow": Q_(50, "percent")}
    >>> s = compressor_replacement(control_before="inlet_throttle", control_after="inverter", bins=[half], **kw)
    >>> round(s.saved("electricity"), 6), s.table[-1].formula
    (<Quantity(22200.0, 'kilowatt_hour')>, '⑦-⑧')
    """
    _check_sides(
        {"before": (specific_power_before, capacity_before), "after": (specific_power_after, capacity_after)}
    )
    _check_hours(bins)
    first = rated_before or _rated(sheet, "既設", "before", specific_power_before, capacity_before)
    second = rated_after or _rated(sheet, "更新後", "after", specific_power_after, capacity_after)
    used, needed = [], []
    for index, one in enumerate(bins, start=1):
        name, hours, flow = one["name"], one["hours"], one["flow"]
        power = first * (floor_before + (1 - floor_before) * share(flow))
        used.append(
            sheet.row(f"{name}: 既設の電力量", f"{name}: electricity before", power * hours, "kWh/年")
        )
        if capacity_before is not None and capacity_after is not None:
            same = flow * capacity_before / capacity_after
            flow = sheet.row(f"{name}: 更新後の吐出量の割合", f"{name}: flow after", same, "%")
            _check_flow(flow, index)
        power = second * (floor_after + (1 - floor_after) * share(flow))
        needed.append(
            sheet.row(f"{name}: 更新後の電力量", f"{name}: electricity after", power * hours, "kWh/年")
        )
    before, after = total(used), total(needed)
    if len(bins) > 1:
        before = sheet.row("既設の消費電力量", "electricity before", before, "kWh/年")
        after = sheet.row("更新後の消費電力量", "electricity after", after, "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", before - after, "kWh/年")
    return Saving("", (Effect("compressed_air", "electricity", saved.quantity, before.quantity),), ())


def _rated(sheet: Sheet, ja: str, en: str, specific: Term | None, capacity: Term | None) -> Term:
    assert specific is not None
    assert capacity is not None, "the sides are checked before"
    return sheet.row(f"{ja}の定格入力", f"rated input {en}", specific * capacity, "kW")


def _check_sides(sides: Mapping[str, tuple[Term | None, Term | None]]) -> None:
    """Refuse a specific power without the capacity that it is of, and one capacity without the other."""
    needed = {side for side, (specific, _) in sides.items() if specific is not None}
    if any(capacity is not None for _, capacity in sides.values()):
        needed = set(sides)
    absent = [f"capacity_{side}" for side in sides if side in needed and sides[side][1] is None]
    if absent:
        raise refusal(
            *(
                (
                    "missing",
                    name,
                    f"「{name}」（吐出空気量）がありません。比動力を書いたとき、または片方の吐出空気量を書いたときは要ります。",
                    f"{name!r} is missing: it is needed with a specific power, and where the other is stated.",
                )
                for name in absent
            )
        )


def _check_hours(bins: list[Mapping[str, Any]]) -> None:
    hours = sum(b["hours"].magnitude("h") for b in bins)
    if hours > 8784:
        raise refusal(
            (
                "range",
                "bins",
                f"「bins」の運転時間の合計 {hours:,.0f} h が 1 年の時間を超えています。",
                f"The hours of 'bins' come to {hours:,.0f} h, more than a year has.",
            )
        )


def _check_flow(flow: Term, index: int) -> None:
    if flow.magnitude("percent") > 100 + 1e-9:
        raise refusal(
            (
                "range",
                f"bins.{index}.flow",
                f"「bins.{index}.flow」の空気量は更新後の機種の {flow.magnitude('percent'):.0f} % に当たり、足りません。",
                f"The flow of 'bins.{index}' is {flow.magnitude('percent'):.0f} % of what the new compressor delivers.",
            )
        )
