"""Measures on transformers: replacing units by better ones, and taking lightly loaded units together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from carbonlib.errors import Finding, Message, shown
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Input, Rows, Saving, Series
from carbonlib.measures.refusals import number_of, refusal
from carbonlib.measures.terms import Sheet, Term, total
from carbonlib.measures.transformer_units import (
    HOURS,
    OFF,
    RATED,
    SHARE,
    YEAR,
    Row,
    losses_saved,
    pcb_findings,
)
from carbonlib.units import Q_


@measure(
    "transformer_replacement",
    kind="capital",
    ja="受変電設備の高効率機種への更新",
    en="Replacement of transformers by efficient ones",
    end_use="transformer_loss",
    inputs=(
        Rows(
            "transformers",
            "変圧器",
            "transformers",
            (
                RATED,
                Input("no_load_before", "既設の無負荷損 P₀", "no-load loss before", "W"),
                Input(
                    "load_loss_before", "既設の負荷損 Pₖ（定格時）", "load loss before, at the rating", "W"
                ),
                Input("no_load_after", "更新後の無負荷損 P₀", "no-load loss after", "W"),
                Input(
                    "load_loss_after", "更新後の負荷損 Pₖ（定格時）", "load loss after, at the rating", "W"
                ),
                Input("load_share", *SHARE, default="transformer_load_share", unless="load", high=150),
                Input("rated_after", "更新後の定格容量", "rated capacity after", "kVA", optional=True, low=1),
                YEAR,
            ),
        ),
        HOURS,
        Series("load", "変圧器群の30分ごとの電力", "half-hourly load", "kW", (17520, 17568), optional=True),
        Input("power_factor", "負荷の力率", "power factor of the load", "%", optional=True, low=1, high=100),
    ),
    source="design-notes",
    excludes=("transformer_consolidation",),
)
def transformer_replacement(
    sheet: Sheet,
    *,
    transformers: list[Row],
    hours: Term,
    load: Sequence[float] | None,
    power_factor: Term | None,
) -> Saving:
    r"""Return the saving from transformers with smaller losses under the same load.

    .. math:: \Delta E = \sum_i \left[(P_0 + m^2 P_k)_1 - (P_0 + m^2 P_k)_2\right]_i T, \quad
              m^2 = \overline{S^2} / S_r^2

    Parameters
    ----------
    transformers : list of mappings
        For each unit `rated` [kVA], `no_load_before`, `load_loss_before`, `no_load_after`, `load_loss_after`
        [W, by test sheet or maker], `load_share` [%, rms and not the mean], optionally `rated_after` [kVA] and
        `year` of manufacture.
    hours : Quantity, optional
        Hours of the year. [h/year]
    load : sequence of float, optional
        Mean power of each half hour through all the units, in place of the load shares; taken as shared in
        proportion to the ratings. [kW]
    power_factor : Quantity, optional
        Needed with `load`: kVA = kW ÷ power factor. [1]

    Source: design notes of the measures; JIS C 4304 states losses at a reference load, which is not the load met.
    Below: (800 + 0.2² × 4,000) W = 0.96 kW and (380 + 0.2² × 3,000) W = 0.5 kW, apart by 0.46 kW × 8,760 h.

    >>> from carbonlib.units import Q_
    >>> w = dict(no_load_before=Q_(800, "W"), load_loss_before=Q_(4000, "W"))
    >>> w |= dict(no_load_after=Q_(380, "W"), load_loss_after=Q_(3000, "W"))
    >>> unit = {"name": "電灯 300 kVA", "rated": Q_(300, "kVA"), "load_share": Q_(20, "percent"), **w}
    >>> s = transformer_replacement(transformers=[unit])
    >>> round(s.saved("electricity"), 1), [r.formula for r in s.table if r.formula][:2]
    (<Quantity(4029.6, 'kilowatt_hour')>, ['⑥^2÷10,000', '(②+⑧×③)×⑦÷1,000'])
    """
    common = None
    if load is not None:
        if power_factor is None:
            raise refusal(
                (
                    "missing",
                    "power_factor",
                    "30分値（kW）を皮相電力（kVA）にするには力率が要ります。「power_factor」を書いてください。",
                    "Half-hourly kW become kVA only with a power factor; write 'power_factor'.",
                )
            )
        common = _square_of_series(sheet, transformers, load, power_factor)
    before, after = [], []
    for unit in transformers:
        name, square = unit["name"], common
        if square is None:
            square = sheet.row(f"{name}: 負荷率の2乗", f"{name}: load squared", unit["load_share"] ** 2, "")
        loss = (unit["no_load_before"] + square * unit["load_loss_before"]) * hours
        before.append(sheet.row(f"{name}: 既設の損失", f"{name}: losses before", loss, "kWh/年"))
        if unit["rated_after"] is not None:
            ratio = (unit["rated"] / unit["rated_after"]) ** 2
            square = sheet.row(
                f"{name}: 更新後の負荷率の2乗", f"{name}: load squared after", square * ratio, ""
            )
        loss = (unit["no_load_after"] + square * unit["load_loss_after"]) * hours
        after.append(sheet.row(f"{name}: 更新後の損失", f"{name}: losses after", loss, "kWh/年"))
    return losses_saved(sheet, before, after, pcb_findings(transformers))


def _square_of_series(sheet: Sheet, units: Sequence[Row], load: Sequence[float], power_factor: Term) -> Term:
    factor = power_factor.magnitude("dimensionless")
    apparent = Q_(math.sqrt(math.fsum(p * p for p in load) / len(load)) / factor, "kVA")
    how = Message(
        f"30分値 {len(load):,} 個の二乗平均の平方根 ÷ 力率 {number_of(power_factor, 'percent')} %",
        f"root of the mean square of {len(load):,} half-hours ÷ power factor {number_of(power_factor, 'percent')} %",
    )
    rms = sheet.summed("負荷の実効値", "rms load", "kVA", how, apparent)
    return sheet.row("負荷率の2乗", "load squared", (rms / total([u["rated"] for u in units])) ** 2, "")


@measure(
    "transformer_consolidation",
    kind="capital",
    ja="変圧器の統合・容量の適正化",
    en="Consolidation of transformers",
    end_use="transformer_loss",
    inputs=(
        Rows(
            "before",
            "既設の変圧器",
            "transformers before",
            (
                RATED,
                Input("no_load", "無負荷損 P₀", "no-load loss", "W"),
                Input("load_loss", "負荷損 Pₖ（定格時）", "load loss at the rating", "W"),
                Input("load_share", *SHARE, default="transformer_load_share", high=150),
                OFF,
                YEAR,
            ),
        ),
        Rows(
            "after",
            "統合後の変圧器",
            "transformers after",
            (
                RATED,
                Input("no_load", "無負荷損 P₀", "no-load loss", "W"),
                Input("load_loss", "負荷損 Pₖ（定格時）", "load loss at the rating", "W"),
                Input("load_share", *SHARE, optional=True, high=150),
                OFF,
                Input("peak", "最大負荷", "peak load", "kVA", optional=True),
            ),
        ),
        HOURS,
        Input(
            "peak_limit",
            "最大負荷の上限（定格比）",
            "limit of the peak",
            "%",
            default="transformer_peak_limit",
        ),
    ),
    source="design-notes",
    excludes=("transformer_replacement",),
)
def transformer_consolidation(
    sheet: Sheet, *, before: list[Row], after: list[Row], hours: Term, peak_limit: Term
) -> Saving:
    r"""Return the saving from carrying the same load on fewer transformers, or with some of them off for months.

    .. math:: \Delta E = \sum_i (P_0 + m_i^2 P_k)_i (T - h_{off,i}) - \sum_j (P_0 + m_j^2 P_k)_j (T - h_{off,j})

    Parameters
    ----------
    before, after : list of mappings
        For each unit `rated` [kVA], `no_load`, `load_loss` [W], `load_share` [%, rms], optionally `hours_off`
        [h/year]; before also `year`, after also `peak` [kVA]. Left out for all units after, the load share is that
        of the load before spread over their ratings: the rms loads are added as if they coincided, which
        understates the saving. Where a unit is off for months, state the shares after.
    hours : Quantity, optional
        Hours of the year. [h/year]
    peak_limit : Quantity, optional
        Share of its rating that no unit's peak should pass; a peak above it is a finding, not a refusal. [1]

    Source: design notes of the measures. Below two units of 100 kVA at 20 % become one at 40 %:
    2 × (300 + 0.04 × 1,500) W = 720 W, 300 + 0.16 × 1,500 = 540 W, apart by 180 W × 8,760 h.

    >>> from carbonlib.units import Q_
    >>> unit = {"rated": Q_(100, "kVA"), "no_load": Q_(300, "W"), "load_loss": Q_(1500, "W")}
    >>> old = {**unit, "load_share": Q_(20, "percent")}
    >>> s = transformer_consolidation(before=[old, old], after=[{**unit, "peak": Q_(85, "kVA")}])
    >>> round(s.saved("electricity"), 1), [f.id for f in s.findings]
    (<Quantity(1576.8, 'kilowatt_hour')>, ['transformer.peak'])
    """
    _check_hours(hours, {"before": before, "after": after})
    stated = [u["load_share"] for u in after]
    if any(stated) and not all(stated):
        raise refusal(
            *(
                (
                    "missing",
                    f"after.{i}.load_share",
                    f"「after.{i}.load_share」がありません。統合後の負荷率は、すべての変圧器に書くか、どれにも書かないでください。",
                    f"'after.{i}.load_share' is missing: state it for all units after, or for none.",
                )
                for i, share in enumerate(stated, start=1)
                if share is None
            )
        )
    if not all(stated):
        carried = total([u["load_share"] * u["rated"] for u in before])
        label = (
            "統合後の等価負荷率（負荷は同じ）",
            "rms load over the rating after, the load being the same",
        )
        common = sheet.row(*label, carried / total([u["rated"] for u in after]), "%")
        after = [{**u, "load_share": common} for u in after]
    losses = []
    for ja, en, units in (("既設", "before", before), ("統合後", "after", after)):
        losses.append([_loss(sheet, u, hours, f"{u['name']}（{ja}）", f"{u['name']} ({en})") for u in units])
    return losses_saved(sheet, losses[0], losses[1], (*pcb_findings(before), *_peaks(after, peak_limit)))


def _loss(sheet: Sheet, unit: Row, hours: Term, ja: str, en: str) -> Term:
    square = sheet.row(f"{ja}: 負荷率の2乗", f"{en}: load squared", unit["load_share"] ** 2, "")
    on = hours if unit["hours_off"] is None else hours - unit["hours_off"]
    loss = (unit["no_load"] + square * unit["load_loss"]) * on
    return sheet.row(f"{ja}: 損失", f"{en}: losses", loss, "kWh/年")


def _check_hours(hours: Term, lists: Mapping[str, Sequence[Row]]) -> None:
    most = hours.magnitude("h")
    wrong = [
        (
            "range",
            f"{key}.{i}.hours_off",
            f"「{key}.{i}.hours_off」（停止する時間）が年間の時間 {most:g} h を超えています。",
            f"{key}.{i}.hours_off is more than the {most:g} hours of the year.",
        )
        for key, units in lists.items()
        for i, u in enumerate(units, start=1)
        if u["hours_off"] is not None and u["hours_off"].magnitude("h") > most
    ]
    if wrong:
        raise refusal(*wrong)


def _peaks(units: Sequence[Row], limit: Term) -> tuple[Finding, ...]:
    """Return what is to be said of the peak of each unit: above the limit, or not stated."""
    found = []
    most = limit.magnitude("percent")
    for u in units:
        name = shown(u["name"])
        if u["peak"] is None:
            message = Message(
                f"「{name}」の最大負荷（peak）がないので、定格の {most:g} % 以内に収まるか確かめられません。",
                f"The peak of {name!r} is not stated: whether it stays within {most:g} % of the rating is unknown.",
            )
            found.append(Finding("transformer.peak_unknown", "note", message, subject=name))
            continue
        share = 100 * u["peak"].magnitude("kVA") / u["rated"].magnitude("kVA")
        if share > most + 1e-9:
            message = Message(
                f"「{name}」の最大負荷は定格の {share:.1f} % で、上限 {most:g} % を超えます。容量を見直してください。",
                f"The peak of {name!r} is {share:.1f} % of its rating, above the limit of {most:g} %.",
            )
            found.append(Finding("transformer.peak", "warning", message, subject=name))
    return tuple(found)
