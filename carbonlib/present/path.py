"""The company's path to its target year: figure, steps, and the gap that is left."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes

from carbonlib.accounting.whole import left_out
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors.model import EVIDENCE
from carbonlib.first_page import goal_for, roadmap_of
from carbonlib.fiscal_year import written_label
from carbonlib.present import text
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import ACCENT, CONTEXT, INK
from carbonlib.roadmap import Goal, Level, Roadmap
from carbonlib.units import format_number

_LEAST_GAP = 0.085  # of the axis: labels nearer than this are moved apart


def roadmap_figure(d: Diagnosis) -> Shown:
    """Return CO2 from the years held to the target year: as it is, with adopted and with all proposals, and the target."""
    path, goal = roadmap_of(d), goal_for(d)
    if path is None:
        if d.account.co2_t is None:
            return said(
                f"{d.period.word('この年度')}のCO2排出量が算出できないため、目標までの道筋の図は省略しました。"
            )
        return said(
            f"目標年度（{goal.target_year}年度）がこの報告書の年度より後でないため、目標までの道筋の図は省略しました。"
        )
    with canvas(WIDTH, 3.2) as drawing:
        axes = drawing.subplots()
        _draw(axes, path)
        svg = svg_of(drawing, "roadmap")
    part = left_out(d.account).ja
    title = _title(path) + (f"（{d.period.short()}は{part}の参考値）" if part else "")
    return Figure(
        "roadmap", "目標までの道筋", title, _alt(path, title), svg, _levels(path), _notes(d, path)
    ).shown()


def _t(value: Fraction) -> str:
    """Return tonnes to one decimal, whole from 1,000 on."""
    return format_number(value, 0 if abs(value) >= 1000 else 1)


def _draw(axes: Axes, path: Roadmap) -> None:
    end, now = path.goal.target_year, path.now
    level = path.goal.level_t
    if path.wanted:
        _line(axes, path.wanted, INK, "--", "", "none")
        axes.plot(end, float(path.wanted[-1][1]), marker="D", markersize=7, color=INK, linestyle="")
    axes.plot([now[0], end], [float(now[1])] * 2, color=CONTEXT, linestyle=":", linewidth=1.6)
    if any(s.adopted for s in path.steps) and not all(s.adopted for s in path.steps):
        _line(axes, path.adopted, CONTEXT, "-", "s", "white")
    if path.steps:
        _line(axes, path.planned, ACCENT, "-", "o", "white")
    _line(axes, path.past, ACCENT, "-", "o", ACCENT)
    labels = [(float(now[1]), f"現状のまま {_t(now[1])}")]
    if any(s.adopted for s in path.steps) and not all(s.adopted for s in path.steps):
        labels.append((float(path.adopted[-1][1]), f"採用分のみ {_t(path.adopted[-1][1])}"))
    if path.steps:
        labels.append((float(path.planned[-1][1]), f"提案をすべて {_t(path.planned[-1][1])}"))
    if level is not None:
        labels.append((float(level), f"目標 {_t(level)}"))
    seen = [v for line in (path.past, path.planned, path.wanted) for _, v in line]
    top = max(max(float(v) for v in seen), 0.001) * 1.12
    for (_, words), y in zip(labels, _apart([v for v, _ in labels], top * _LEAST_GAP), strict=True):
        axes.annotate(words, (end, y), xytext=(9, 0), textcoords="offset points", va="center", color=INK)
    first = min(y for line in (path.past, path.wanted or path.past) for y, _ in line)
    axes.set_ylim(0, top)
    axes.set_xlim(first - 0.4, end + (end - first) * 0.36 + 0.6)
    ticks = sorted({first, now[0], end, *([(now[0] + end) // 2] if end - now[0] >= 4 else [])})
    axes.set_xticks(ticks, [f"{y}年度" if y in {first, end} else str(y) for y in ticks])
    axes.tick_params(axis="x", pad=7)
    axes.locator_params(axis="y", nbins=4)
    axes.yaxis.set_major_formatter(lambda v, _: format_number(Fraction(v), 0 if top > 8 else 1))
    axes.set_title("[t-CO2/年]", loc="left", pad=6, color="#595959")


def _line(axes: Axes, levels: tuple[Level, ...], color: str, style: str, marker: str, face: str) -> None:
    axes.plot(
        [y for y, _ in levels],
        [float(v) for _, v in levels],
        color=color,
        linestyle=style,
        marker=marker,
        markersize=5.5,
        markerfacecolor=face,
        markeredgecolor=color,
        linewidth=1.8,
    )


def _apart(values: list[float], gap: float) -> list[float]:
    """Return places for labels in the order of their values, none nearer than `gap` to the next.

    >>> _apart([10.0, 1.0, 1.2], 1.0)
    [10.0, 1.0, 2.0]
    """
    order = sorted(range(len(values)), key=lambda i: (values[i], -i))
    places = [0.0] * len(values)
    below = -gap
    for i in order:
        places[i] = max(values[i], below + gap)
        below = places[i]
    return places


def _goal_words(goal: Goal) -> str:
    share = f"{float(goal.reduction * 100):.10g}%"
    return f"{goal.target_year}年度に {goal.base_year}年度比 {share} 削減"


def _all(path: Roadmap) -> str:
    """Return what to call all the proposals on the path."""
    return "CO2の分かる提案をすべて実施" if path.left_out else "提案をすべて実施"


def _left_out(path: Roadmap) -> tuple[str, ...]:
    """Return which proposals the path leaves out: what is not known is not zero."""
    if not path.left_out:
        return ()
    names = "・".join(f"No.{number}" for number in path.left_out)
    return (f"{names} は、CO2の係数がなく削減量が分からないため、道筋に含めていません。",)


def _title(path: Roadmap) -> str:
    goal, gap = path.goal, path.gap_t
    if gap is None:
        return (
            f"{_all(path)}すると、{goal.target_year}年度のCO2排出量は {_t(path.planned[-1][1])} t-CO2 になる見込みです"
            "（基準年度の排出量がないため、目標とは比べられません）"
        )
    if gap > 0:
        ending = f"{goal.target_year}年度の目標まで、あと {_t(gap)} t-CO2 の削減が必要です"
        return f"{_all(path)}しても、{ending}" if path.steps else f"現状のままでは、{ending}"
    if not path.steps:
        return f"現状のままでも、{goal.target_year}年度の目標を {_t(-gap)} t-CO2 下回ります"
    return f"{_all(path)}すると、{goal.target_year}年度の目標を {_t(-gap)} t-CO2 下回る見込みです"


def _alt(path: Roadmap, title: str) -> str:
    goal, level = path.goal, path.goal.level_t
    parts = [f"折れ線の図。{path.now[0]}年度は {_t(path.now[1])} t-CO2"]
    parts.append(f"{_all(path)}すると {goal.target_year}年度に {_t(path.planned[-1][1])} t-CO2")
    parts.append("目標の水準は分かりません" if level is None else f"目標は {_t(level)} t-CO2")
    return f"{'、'.join(parts)}。{title}。"


def _levels(path: Roadmap) -> Table:
    """Return the numbers of the figure by fiscal year."""
    past, adopted, planned, wanted = (
        dict(line) for line in (path.past, path.adopted, path.planned, path.wanted)
    )
    years = sorted({*past, *planned, *wanted})

    def cell(levels: dict[int, Fraction], year: int) -> str:
        return text.number(levels.get(year), 1)

    return Table(
        "roadmap-data",
        "年度ごとのCO2排出量と目標",
        (
            Column("年度"),
            Column("実績", "t-CO2", True),
            Column("採用した提案のみ", "t-CO2", True),
            Column("提案をすべて", "t-CO2", True),
            Column("目標の線", "t-CO2", True),
        ),
        tuple(
            Row((f"{y}年度", cell(past, y), cell(adopted, y), cell(planned, y), cell(wanted, y)))
            for y in years
        ),
    )


def _notes(d: Diagnosis, path: Roadmap) -> tuple[str, ...]:
    goal = path.goal
    notes = []
    if part := left_out(d.account).ja:
        notes.append(
            f"{d.period.short()}の点は{part}の値です。道筋はこの値から引いているため、請求をそろえるまでは参考としてご覧ください。"
        )
    if not d.period.is_fiscal_year:
        notes.append(
            f"{d.fiscal_year}年度の点は {d.period.short()} の値で、それより前の点も同じ月からの12か月の値です。"
            "それより後の点と目標の線は年度（4月〜翌3月）のもので、提案の効果も年度の月数で数えています。"
        )
    if goal.path is not None:
        chosen = (
            "目標が登録されていないため、参考として次の線を引いています（仮定）" if goal.assumed else "目標"
        )
        notes.append(
            f"{chosen}：{goal.path.label_ja}。{_goal_words(goal)}。"
            f"出典：{goal.path.source}（{EVIDENCE[goal.path.evidence][0]}）{goal.path.locator}。"
        )
        if goal.path.gas == "GHG":
            notes.append(
                "この目標は温室効果ガスについてのもので、この図はエネルギー起源のCO2だけを示します。"
            )
    else:
        notes.append(f"自社の目標：{_goal_words(goal)}。")
    if goal.base_co2_t is None:
        notes.append(
            f"{goal.base_year}年度の排出量が分かりません。company.yaml の target に base_co2 を書くと、目標の線を引けます。"
        )
    elif goal.base_from == "given":
        notes.append(
            f"{goal.base_year}年度の排出量 {_t(goal.base_co2_t)} t-CO2 は登録された値です。係数が同じかどうかは確かめていません。"
        )
    notes.append(
        f"提案のほかは、使い方も係数も {d.period.short()}のままと仮定しています（{d.programme.name_ja}の係数）。提案の効果は重複調整後です。"
    )
    notes += _left_out(path)
    if path.undated:
        names = "・".join(f"No.{s.number}" for s in path.undated)
        notes.append(
            f"{names} は実施月が決まっていないため、目標年度までに実施するものとして、目標年度にだけ数えています。"
        )
    return tuple(notes)


def roadmap_steps(d: Diagnosis) -> Shown:
    """Return the proposals on the path by their month: what each saves, and what is left after it."""
    path = roadmap_of(d)
    if path is None or not path.steps:
        return said("目標までの道筋に載せる提案はありません。" + "".join(_left_out(path) if path else ()))
    left = path.now[1]
    part = left_out(d.account).ja
    rows = [
        Row(
            (
                f"{d.period.short()}の排出量" + (f"（{part}）" if part else ""),
                "",
                "",
                "",
                text.number(left, 1),
            )
        )
    ]
    end = path.goal.target_year
    for step in path.steps:
        share = step.share_in(end, end)
        left -= step.co2_t * share
        rows.append(
            Row(
                (
                    f"No.{step.number} {step.title}",
                    "採用" if step.adopted else "提案",
                    written_label(step.month or "未定"),
                    text.number(-step.co2_t * share, 1),
                    text.number(left, 1),
                )
            )
        )
    level, gap = path.goal.level_t, path.gap_t
    rows.append(
        Row(
            (f"{end}年度の見込み", "", "", text.number(-path.reduction_t, 1), text.number(left, 1)),
            total=True,
        )
    )
    if level is not None and gap is not None:
        word = "目標までの不足" if gap > 0 else "目標を下回る量"
        rows.append(Row((f"{end}年度の目標", "", "", "", text.number(level, 1))))
        rows.append(Row((word, "", "", "", text.number(abs(gap), 1)), total=True))
    return Table(
        "roadmap-steps",
        f"{len(path.steps)} 件の提案で、{end}年度のCO2排出量を {_t(path.reduction_t)} t-CO2 減らす道筋です",
        (
            Column("提案"),
            Column("区分"),
            Column("実施月"),
            Column("増減", "t-CO2/年", True),
            Column("残る排出量", "t-CO2/年", True),
        ),
        tuple(rows),
        (
            "採用した提案、実施月の早い提案の順です。実施月の翌月から効果が出るものとして計算しています。増減は重複調整後の値です。",
            *_left_out(path),
        ),
        topic="道筋に載せた提案",
    ).shown()
