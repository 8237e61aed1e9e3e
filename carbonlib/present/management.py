"""How a company manages its energy: the radar of the management scores."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from carbonlib.assessment import AxisScore, ManagementAssessment, assess
from carbonlib.diagnosis import Diagnosis
from carbonlib.present.charts import said
from carbonlib.present.columns import width
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.text import NOT_KNOWN
from carbonlib.present.theme import ACCENT, CONTEXT, INK, PALE
from carbonlib.units import format_number

_RINGS = (1, 3, 5)
_NONE = "評価なし"
_SCALE = (
    "5 点は対象項目の平均 7割以上、3 点は 3割〜7割、1 点は 3割以下を実施している状態です（県の診断報告書の配点）。"
    "対象外の項目は除き、「一部」は 0.5 項目と数えます（仮定）。"
)


_AUDITOR: dict[str, Any] = {"color": ACCENT, "linewidth": 3, "marker": "s", "markersize": 6}
_OWN: dict[str, Any] = {
    "color": INK,
    "linewidth": 1.4,
    "linestyle": (0, (4, 2.5)),
    "marker": "o",
    "markersize": 11,
    "markerfacecolor": "none",
    "markeredgewidth": 1.4,
}


def management_radar(d: Diagnosis) -> Shown:
    """Return the radar of the company's own and the diagnostician's scores; an axis without a score stays empty."""
    found = assess(d.company)
    own, auditor = [a.own for a in found.axes], [a.auditor for a in found.axes]
    if not any(s.score for s in (*own, *auditor)):
        answered = d.company.self_assessment or d.company.auditor_assessment
        return said(
            "チェックリストの回答が対象外だけのため、取組状況の図は省略しました。"
            if answered
            else "省エネの取組状況のチェックリストは、自己採点も診断員の採点もないため、図は省略しました。"
        )
    table = _table(found)
    title = _title(found)
    notes = (
        f"評価の軸: {found.axis_set.label_ja}。",
        _SCALE,
        *dict.fromkeys(f.message.ja for f in found.findings),
    )
    parts = "。".join(
        f"{a.axis.label_ja}は自己採点 {_score(a.own)}、診断員の採点 {_score(a.auditor)}" for a in found.axes
    )
    svg = _drawn([a.axis.label_ja for a in found.axes], own, auditor)
    alt = f"レーダーチャート。{title}。{parts}。"
    return Figure("management", "省エネの取組状況", title, alt, svg, table, notes).shown()


def _score(one: AxisScore) -> str:
    return _NONE if one.score is None else f"{one.score} 点"


def _title(found: ManagementAssessment) -> str:
    """Return the message: where both differ most, else the strongest and the weakest axis."""
    gaps = [a for a in found.axes if a.gap]
    if gaps:
        widest = max(gaps, key=lambda a: abs(a.gap or 0))
        side = "自己採点が診断員の採点より高く" if (widest.gap or 0) > 0 else "診断員の採点が自己採点より高く"
        more = f"（ほか {len(gaps) - 1} 項目にも差）" if len(gaps) > 1 else ""
        return f"「{widest.axis.label_ja}」は{side}、差は {abs(widest.gap or 0)} 点です{more}"
    both = [a for a in found.axes if a.gap == 0]
    scored = [(a.auditor.score or a.own.score, a) for a in found.axes if a.auditor.score or a.own.score]
    low = min(score or 0 for score, _ in scored)
    names = "・".join(a.axis.label_ja for score, a in scored if score == low)
    who = "自己採点と診断員の採点は一致し、" if len(both) == len(found.axes) else ""
    if all(score == low for score, _ in scored):
        return f"{who}採点した {len(scored)} 項目はすべて {low} 点です"
    return f"{who}最も低いのは「{names}」の {low} 点です"


def _table(found: ManagementAssessment) -> Table:
    def counted(one: AxisScore) -> str:
        if not one.answered:
            return "回答なし"
        return f"{format_number(one.implemented, 0 if one.implemented.denominator == 1 else 1)} / {one.applicable}"

    rows = []
    for a in found.axes:
        gap = NOT_KNOWN if a.gap is None else "0" if not a.gap else f"{'+' if a.gap > 0 else '▲'}{abs(a.gap)}"
        scores = (NOT_KNOWN if s.score is None else str(s.score) for s in (a.own, a.auditor))
        rows.append(Row((a.axis.label_ja, *scores, gap, counted(a.own), counted(a.auditor))))
    return Table(
        "management-data",
        "省エネの取組状況の採点",
        (
            Column("項目"),
            Column("自己採点", "点", True),
            Column("診断員の採点", "点", True),
            Column("差（自己−診断員）", "点", True),
            Column("自己採点の実施", "項目 / 対象", True),
            Column("診断員の実施", "項目 / 対象", True),
        ),
        tuple(rows),
        (f"「{NOT_KNOWN}」は採点していない項目です（0 点ではありません）。",),
    )


def _drawn(names: Sequence[str], own: Sequence[AxisScore], auditor: Sequence[AxisScore]) -> str:
    """Return the drawing: spokes from the centre, a line only between neighbours that both have a score."""
    count = len(names)

    def at(position: float, radius: float) -> tuple[float, float]:
        angle = math.pi / 2 - 2 * math.pi * position / count
        return radius * math.cos(angle), radius * math.sin(angle)

    with canvas(5.9, 4.1) as drawing:
        axes = drawing.subplots()
        axes.set_aspect("equal")
        axes.axis("off")
        for ring in _RINGS:
            xs, ys = zip(*(at(i % count, ring) for i in range(count + 1)), strict=True)
            axes.plot(xs, ys, color=PALE if ring < _RINGS[-1] else CONTEXT, linewidth=0.9)
            x, y = at(0.5, ring * math.cos(math.pi / count))
            axes.text(
                x,
                y,
                str(ring),
                color="#595959",
                ha="center",
                va="center",
                fontsize=9,
                zorder=1.5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        for i, name in enumerate(names):
            axes.plot(*zip((0, 0), at(i, _RINGS[-1]), strict=True), color=PALE, linewidth=0.9)
            x, y = at(i, _RINGS[-1] + 0.7)
            side = "center" if abs(x) < 0.5 else "left" if x > 0 else "right"
            missing = [who for who, s in (("自己", own[i]), ("診断員", auditor[i])) if s.score is None]
            label = (
                f"{_broken(name)}\n（{'・'.join(missing)}の採点なし）" if len(missing) > 0 else _broken(name)
            )
            axes.text(x, y, label, ha=side, va="bottom" if y > 4 else "top" if y < -4 else "center")
        # the company's own over the diagnostician's: a dashed line and an open ring leave what lies below in sight
        for scores, label, look in (
            (auditor, "診断員の採点", _AUDITOR),
            (own, "自己採点", _OWN),
        ):
            if not any(s.score for s in scores):
                continue
            for i in range(count):
                here, there = scores[i].score, scores[(i + 1) % count].score
                if here and there:
                    axes.plot(
                        *zip(at(i, here), at((i + 1) % count, there), strict=True), **{**look, "marker": ""}
                    )
            points = [at(i, s.score) for i, s in enumerate(scores) if s.score]
            axes.plot(*zip(*points, strict=True), **{**look, "linestyle": "none"})
            axes.plot([], [], label=label, **look)
        axes.set_xlim(-11, 11)
        drawing.legend(loc="outside lower center", ncols=2, frameon=False, handlelength=3)
        return svg_of(drawing, "management")


def _broken(name: str, limit: int = 14) -> str:
    """Return a name on two lines where it is long."""
    if width(name) <= limit:
        return name
    half = next(i for i in range(len(name) + 1) if width(name[:i]) * 2 >= width(name))
    cut = next((i + 1 for i in range(half, min(half + 3, len(name))) if name[i] in "・のや、"), half)
    return f"{name[:cut]}\n{name[cut:]}"
