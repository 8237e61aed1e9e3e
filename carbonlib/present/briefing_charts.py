"""The figures of the city's briefing."""

from __future__ import annotations

from carbonlib.briefing import Briefing
from carbonlib.city.suppress import MERGED, Published
from carbonlib.present import text
from carbonlib.present.briefing import REFERENCE, man_t, progress_table, reference_note
from carbonlib.present.briefing_sums import group_table
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown
from carbonlib.present.theme import ACCENT, CONTEXT, INK
from carbonlib.units import format_number


def target_figure(b: Briefing) -> Shown:
    """Return base, actual and target on one line in time; hollow and marked where they are for reference."""
    p = b.progress
    years = [p.base_fiscal_year, p.actual_fiscal_year, p.target_fiscal_year]
    levels = [float(v) / 10000 for v in (p.base_t, p.actual_t, p.target_t)]
    mark = f"（{REFERENCE}）" if p.reference else ""
    hollow = [p.reference, False, p.reference]
    with canvas(WIDTH, 3.1) as drawing:
        axes = drawing.subplots()
        axes.plot(years[:2], levels[:2], color=ACCENT, linewidth=2, linestyle="--" if p.reference else "-")
        axes.plot(years[1:], levels[1:], color=CONTEXT, linewidth=2, linestyle=":")
        names = [f"{years[0]}年度{mark}", f"{years[1]}年度 実績", f"{years[2]}年度 目標{mark}"]
        values = [
            f"約{man_t(p.base_t)}",
            f"{'約' if b.city.actual.approximate else ''}{man_t(p.actual_t)}",
            f"約{man_t(p.target_t)}",
        ]
        for year, level, name, value, empty, side in zip(
            years, levels, names, values, hollow, ("left", "center", "right"), strict=True
        ):
            axes.plot(
                year,
                level,
                marker="o",
                markersize=11,
                markeredgewidth=2,
                color=ACCENT,
                markerfacecolor="white" if empty else ACCENT,
            )
            axes.annotate(
                f"{name}\n{value}万t",
                (year, level),
                xytext=(0, 12 if year < years[2] else -12),
                textcoords="offset points",
                ha=side,
                va="bottom" if year < years[2] else "top",
                color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        axes.set_xlim(years[0] - 0.6, years[2] + 0.6)
        axes.set_ylim(0, max(levels) * 1.32)
        axes.set_xticks(years, [f"{y}年度" for y in years])
        axes.tick_params(axis="x", pad=7)
        axes.locator_params(axis="y", nbins=4)
        axes.set_title("[万t-CO2]", loc="left", pad=6, color="#595959")
        svg = svg_of(drawing, "target")
    pace = f"年 約{man_t(p.pace_so_far_t, 1)}万t から約{man_t(p.pace_needed_t, 1)}万t へ"
    word = f"{REFERENCE}では、" if p.reference else ""
    title = f"{word}目標まで残り約{man_t(p.remaining_t)}万t-CO2。減り方を{pace}速める計算になります"
    if p.pace_so_far_t >= p.pace_needed_t:
        title = f"{word}目標まで残り約{man_t(p.remaining_t)}万t-CO2。これまでの減り方を続ければ届く計算です"
    alt = (
        f"折れ線の図{mark}。{years[0]}年度 約{man_t(p.base_t)}万t、{years[1]}年度の実績 {man_t(p.actual_t)}万t、"
        f"{years[2]}年度の目標 約{man_t(p.target_t)}万t。これまでの削減率は {text.percent(p.cut_so_far)}。"
    )
    return Figure(
        "target", "市全体の目標と実績", title, alt, svg, progress_table(b), (reference_note(b),)
    ).shown()


def _bars(b: Briefing, id: str, what: str, topic: str, published: Published) -> Shown:
    if b.total is None:
        return said(f"集計できる事業者が {b.suppress_below} 社に満たないため、{what}の図は省略しました。")
    table = group_table(b, f"{id}-data", what, published)
    whole = b.total_of("co2_t")
    groups = [
        (name, g.count, sum_.value)
        for name, g in published.groups.items()
        if (sum_ := published.sum_of(name, "co2_t")) is not None and sum_.counted
    ]
    if whole is None or not groups:
        return table.shown()
    total = whole.value
    with canvas(WIDTH, 0.5 + 0.42 * len(groups)) as drawing:
        axes = drawing.subplots()
        for position, (name, _, co2_t) in enumerate(groups):
            pooled = name in published.merged
            axes.barh(
                position,
                float(co2_t),
                height=0.62,
                color="#bdbdbd" if pooled else ACCENT,
                hatch="//" if pooled else "",
            )
            share = f"（{text.percent(co2_t / total)}）" if total else ""
            axes.annotate(
                f"{format_number(co2_t)}{share}",
                (float(co2_t), position),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=INK,
            )
        axes.set_yticks(
            range(len(groups)),
            [f"{name.replace(MERGED, chr(10) + MERGED)}  {count}社" for name, count, _ in groups],
        )
        axes.invert_yaxis()
        axes.set_xlim(0, max(float(co2_t) for _, _, co2_t in groups) * 1.32 or 1)
        axes.xaxis.set_visible(False)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        axes.set_title("CO2排出量 [t-CO2]", loc="left", pad=6, color="#595959")
        svg = svg_of(drawing, id)
    parts = "、".join(f"{name} {format_number(co2_t)} t-CO2（{count}社）" for name, count, co2_t in groups)
    title = f"{what}のCO2排出量"
    if total:
        name, count, most = max(groups, key=lambda item: item[2])
        share = text.percent(most / total)
        title = f"{name}の {count} 社が、参加事業者のCO2排出量の {share} を占めます"
    return Figure(id, topic, title, f"横棒グラフ。{parts}。", svg, table).shown()


def industry_figure(b: Briefing) -> Shown:
    """Return the companies' CO2 by industry; the table alone where no bar may be shown."""
    return _bars(b, "industry", "業種別", "業種別の集計", b.by_industry)


def size_figure(b: Briefing) -> Shown:
    """Return the companies' CO2 by size; the table alone where no bar may be shown."""
    return _bars(b, "size", "規模別（原油換算）", "規模別の集計", b.by_size)
