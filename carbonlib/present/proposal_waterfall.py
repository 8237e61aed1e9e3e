"""The waterfall of the proposals: from today's CO2 to after, step by step."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.diagnosis import Diagnosis
from carbonlib.present import text
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.drawing import drawable
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.proposal_words import numbered, numbers, proposed_of, tonnes
from carbonlib.present.shown import NOTHING, Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import ACCENT, CONTEXT, INK
from carbonlib.proposals.staircase import Stair, Staircase, staircase
from carbonlib.proposing import Proposed
from carbonlib.units import format_number

_LARGEST = 10  # proposals with a bar of their own
_SAVED, _MORE = "#3d9a7f", "#D55E00"
# a smaller share of today's CO2 would be a hair on a bar: then the reductions have the axis to themselves
_LEAST_SEEN = Fraction(5, 100)


def waterfall_figure(d: Diagnosis) -> Shown:
    """Return the way from today's CO2 to after the proposals, by what each still saves when its turn comes."""
    of = proposed_of(d)
    if of is None:
        return NOTHING
    if not of.evaluation.counted:
        return said("合計に数える提案がないため、CO2の減り方の図は省略しました。")
    if d.account.co2_t is None:
        return said("CO2排出量が分からないため、CO2の減り方の図は省略しました。")
    way = staircase(of.evaluation, d.account.co2_t, _LARGEST)
    if not way.stairs:
        return said("提案のCO2削減量が分からないため、CO2の減り方の図は省略しました。")
    levels = abs(way.share) >= _LEAST_SEEN
    down = way.reduction_t >= 0
    change = f"{text.percent(abs(way.share))} {'減る' if down else '増える'}見込み"
    title = (
        f"提案をすべて行うと、CO2は年 {tonnes(way.today_t)} t から {tonnes(way.after_t)} t に、{change}です"
    )
    if len(way.stairs) == 1 and not way.left_out:
        return said(
            f"{title}（{numbered(way.stairs[0].proposals[0])}）。提案が 1 件なので、図は省略しました。"
        )
    steps = "、".join(f"{_stair_name(s, 40)} {_signed(s)} t" for s in way.stairs)
    how = "階段状の横棒グラフ" if levels else "減る分だけを積み重ねた横棒グラフ"
    notes = [of.evaluation.why_less.ja] if of.evaluation.why_less else []
    if not levels:
        notes.append("削減量が今の排出量に比べて小さいため、減る分だけを図にしました。")
    if way.left_out:
        notes.append(f"{numbers(way.left_out)} は、CO2の係数がないため図にありません。")
    return Figure(
        "waterfall",
        "CO2排出量の変化（重複調整後）",
        title,
        f"{how}。{title}。行う順に、{steps}。",
        _draw_waterfall(way, levels),
        _waterfall_data(of, d.account.co2_t),
        tuple(notes),
    ).shown()


def _stair_name(stair: Stair, limit: int = 17) -> str:
    if len(stair.proposals) > 1:
        return f"ほか {len(stair.proposals)} 件"
    return drawable(numbered(stair.proposals[0]), limit)


def _signed(stair: Stair) -> str:
    """Return a step as a change of the CO2: ▲ where it falls."""
    return tonnes(-stair.co2_t) if stair.co2_t > 0 else f"+{tonnes(-stair.co2_t)}"


def _draw_waterfall(way: Staircase, levels: bool) -> str:
    base = Fraction(0) if levels else way.today_t
    sign = 1 if levels else -1

    def at(value: Fraction) -> float:
        return float((value - base) * sign)

    bars = [(_stair_name(s), at(s.from_t), at(s.to_t), s) for s in way.stairs]
    whole = [("今の排出量", 0.0, at(way.today_t), None)] if levels else []
    end = ("対策後" if levels else "合計", 0.0, at(way.after_t), None)
    rows = [*whole, *bars, end]
    reach = max(max(a, b) for _, a, b, _ in rows)
    least = min(0.0, *(min(a, b) for _, a, b, _ in rows))
    span = (reach - least) or 1.0
    with canvas(WIDTH, 0.55 + 0.3 * len(rows)) as drawing:
        axes = drawing.subplots()
        for position, (_, a, b, stair) in enumerate(rows):
            more = stair is not None and stair.co2_t < 0
            colour = ACCENT if stair is None else _MORE if more else _SAVED
            axes.barh(
                position,
                b - a,
                left=a,
                height=0.66,
                color=colour,
                hatch="//" if more else "",
                edgecolor="white" if more else colour,  # its own edge keeps a very small step in sight
                linewidth=1.0,
            )
            total = way.today_t if levels and not position else way.after_t if levels else way.reduction_t
            words = _signed(stair) if stair else tonnes(total)
            axes.text(max(a, b) + span * 0.012, position, words, va="center", color=INK, fontsize=9)
            if position + 1 < len(rows):
                axes.plot([b, b], [position, position + 1], color=CONTEXT, linewidth=0.7, zorder=0)
        axes.set_yticks(range(len(rows)), [name for name, *_ in rows], fontsize=9)
        axes.invert_yaxis()
        axes.set_xlim(least, reach + span * 0.13)
        axes.locator_params(axis="x", nbins=4)
        axes.xaxis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
        axes.grid(visible=True, axis="x")
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("CO2排出量 [t-CO2/年]" if levels else "CO2削減量 [t-CO2/年]", fontsize=9)
        return svg_of(drawing, "waterfall")


def _waterfall_data(of: Proposed, today: Fraction) -> Table:
    each = staircase(of.evaluation, today, len(of.evaluation.counted))
    rows = [Row(("今の排出量", "", "", tonnes(each.today_t)))]
    rows += [
        Row(
            (
                numbered(s.proposals[0]),
                tonnes(s.proposals[0].alone.co2_reduction_t),
                tonnes(s.co2_t),
                tonnes(s.to_t),
            )
        )
        for s in each.stairs
    ]
    total = of.evaluation.alone.co2_reduction_t
    rows.append(Row(("対策後", tonnes(total), tonnes(each.reduction_t), tonnes(each.after_t)), total=True))
    unit = "t-CO2/年"
    return Table(
        "waterfall-data",
        "提案を行う順の、CO2削減量と残る排出量",
        (
            Column("行う順"),
            Column("単独の削減量", unit, True),
            Column("重複調整後の削減量", unit, True),
            Column("残る排出量", unit, True),
        ),
        tuple(rows),
    )
