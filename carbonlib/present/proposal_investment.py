"""Investment against saving: what a proposal costs, and how soon that comes back."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.diagnosis import Diagnosis
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.drawing import drawable
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.labels import Placer
from carbonlib.present.proposal_words import (
    KINDS,
    numbered,
    numbers,
    payback_years,
    proposed_of,
    thousand,
)
from carbonlib.present.shown import NOTHING, Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import ACCENT, CONTEXT
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposing import Proposed
from carbonlib.units import format_number

_PAPER = {
    "facecolor": "white",
    "edgecolor": "none",
    "pad": 0.6,
    "alpha": 0.85,
}  # a line does not cross a word
_LARGEST = 10  # so many proposals are named with their title; more of them by their number
_APART = (0.42, 0.19)  # inch; nearer to one another the names of two lines overlap


def investment_figure(d: Diagnosis) -> Shown:
    """Return what each proposal costs against what it saves a year, with lines of equal payback."""
    of = proposed_of(d)
    if of is None:
        return NOTHING
    open_ = [e for e in of.evaluation.items if e.proposal.open]
    drawn = [
        (e, float(e.capital_jpy), float(e.alone.cost_average_jpy))
        for e in open_
        if e.capital_jpy and e.alone.cost_average_jpy is not None and e.alone.cost_average_jpy > 0
    ]
    if not drawn:
        return said("投資額と削減額がともに分かる投資の提案がないため、投資と効果の図は省略しました。")
    free = [e for e in open_ if e.capital_jpy == 0]
    unknown = [e for e in open_ if e.capital_jpy is None or e.alone.cost_average_jpy is None]
    costly = [
        e
        for e in open_
        if e.capital_jpy and e.alone.cost_average_jpy is not None and e.alone.cost_average_jpy <= 0
    ]
    notes = []
    if free:
        notes.append(f"{numbers(free)} は費用がかからないため、図にありません（すぐに取り組めます）。")
    if costly:
        notes.append(f"{numbers(costly)} は費用の削減がないため、図にありません。")
    if unknown:
        notes.append(f"{numbers(unknown)} は投資額か削減額が分からないため、図にありません。")
    if len(drawn) == 1:  # one point is compared with nothing
        beside = "".join(n.replace("図にありません", "含めていません") for n in notes)
        return said(_only(of, drawn[0][0]) + beside)
    if any(not e.counted for e, *_ in drawn):
        notes.append("白抜きの点は、ほかの提案の代案です（合計に数えていません）。")
    notes.append("効果は、その提案だけを行ったときの値（平均単価）です。線は単純回収年数です。")
    edges = [float(q.magnitude) for q in of.finance.payback_edges]
    return Figure(
        "investment",
        "投資額と年間の削減額",
        _investment_title(of, [e for e, *_ in drawn]),
        "散布図。横は投資額、縦は年間の削減額。"
        + "、".join(
            f"{drawable(numbered(e), 40)} 投資 {thousand(e.capital_jpy)} 千円・削減 "
            f"{thousand(e.alone.cost_average_jpy)} 千円/年"
            for e, *_ in drawn
        )
        + "。",
        _draw_investment(drawn, edges),
        _investment_data(of, [e for e, *_ in drawn]),
        tuple(notes),
    ).shown()


def _only(of: Proposed, one: Evaluated) -> str:
    return (
        f"投資額のある提案は {numbered(one)} の 1 件なので、投資と効果の図は省略しました（投資額 "
        f"{thousand(one.capital_jpy)} 千円、削減額 年 {thousand(one.alone.cost_average_jpy)} 千円、"
        f"回収年数 {payback_years(of, one)} 年）。"
    )


def _investment_title(of: Proposed, drawn: list[Evaluated]) -> str:
    back = {e.proposal.number: of.money[e.proposal.number].average.payback.before.exact_years for e in drawn}
    first = min(drawn, key=lambda e: back[e.proposal.number] or Fraction(10**9))
    years = payback_years(of, first)
    return f"投資額のある提案 {len(drawn)} 件で回収が最も早いのは {numbered(first)}（{years} 年）です"


def _draw_investment(drawn: list[tuple[Evaluated, float, float]], edges: list[float]) -> str:
    points = [(e, cost / 1000, saving / 1000) for e, cost, saving in drawn]
    right, top = max(x for _, x, _ in points) * 1.12, max(y for *_, y in points) * 1.12
    height = 3.2
    with canvas(WIDTH, height) as drawing:
        axes = drawing.subplots()
        axes.set_xlim(0, right)
        axes.set_ylim(0, top)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
        axes.locator_params(nbins=4)
        axes.grid(visible=True, axis="both")
        axes.set_xlabel("投資額 [千円、税抜]", fontsize=9)
        axes.set_title("削減額 [千円/年]", loc="left", pad=6, color="#595959", fontsize=9)
        drawing.draw_without_rendering()  # only now the layout is known
        box = axes.get_window_extent()
        placer = Placer(box.width / drawing.dpi, box.height / drawing.dpi, right, top)
        named: list[tuple[float, float]] = []
        for years in edges:
            end = (right, right / years) if right / years <= top else (top * years, top)
            at = (end[0] / right * box.width / drawing.dpi, end[1] / top * box.height / drawing.dpi)
            if any(abs(at[0] - x) < _APART[0] and abs(at[1] - y) < _APART[1] for x, y in named):
                continue  # its name would lie on the one before
            named.append(at)
            axes.plot([0, end[0]], [0, end[1]], color=CONTEXT, linewidth=0.9, linestyle="--", zorder=1)
            at_top = end[1] >= top
            words = f"{format_number(years)}年"
            axes.annotate(
                words,
                end,
                xytext=(-3, -3) if at_top else (-2, 2),
                textcoords="offset points",
                ha="right",
                va="top" if at_top else "bottom",
                color="#595959",
                fontsize=9,
                bbox=_PAPER,
            )
            placer.block(end[0], end[1], words, 9, "left-below" if at_top else "left-above")
        for e, x, y in points:
            axes.plot(
                x,
                y,
                marker="o" if e.kind == "capital" else "D",
                markersize=7,
                color=ACCENT,
                markerfacecolor=ACCENT if e.counted else "white",
                clip_on=False,
                zorder=3,
            )
            placer.point(x, y)
        # the largest savings are named first; a label that finds no free place is left to the table
        for e, x, y in sorted(points, key=lambda p: -p[2])[: 2 * _LARGEST]:
            label = (
                drawable(numbered(e), 18)
                if len(points) <= _LARGEST
                else drawable(f"No.{e.proposal.number}", 8)
            )
            spot = placer.place(x, y, label, 9)
            if spot is not None:
                dx, dy, ha, va = spot
                axes.annotate(
                    label,
                    (x, y),
                    xytext=(dx, dy),
                    textcoords="offset points",
                    ha=ha,
                    va=va,
                    fontsize=9,
                    bbox=_PAPER,
                    zorder=2,
                )
        return svg_of(drawing, "investment")


def _investment_data(of: Proposed, drawn: list[Evaluated]) -> Table:
    return Table(
        "investment-data",
        "投資額・削減額・回収年数",
        (
            Column("提案"),
            Column("区分"),
            Column("投資額（税抜）", "千円", True),
            Column("削減額（平均単価）", "千円/年", True),
            Column("回収年数", "年", True),
        ),
        tuple(
            Row(
                (
                    numbered(e),
                    KINDS[e.kind],
                    thousand(e.capital_jpy),
                    thousand(e.alone.cost_average_jpy),
                    payback_years(of, e),
                )
            )
            for e in drawn
        ),
    )
