"""CO2 over the years held, and what changed it."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.analysis.trend import Trend, YearPoint, trend_of
from carbonlib.diagnosis import Diagnosis
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.text import NOT_KNOWN, percent
from carbonlib.present.theme import ACCENT, CONTEXT, INK
from carbonlib.present.trend_effects import BY_FISCAL_YEAR, effects_figure, worth_a_figure
from carbonlib.units import format_number


def trend_figure(d: Diagnosis) -> Shown | ShownList:
    """Return the years' CO2, and the contributions of activity, intensity and factors to each change."""
    found = trend_of(d.accounts, d.company.activity_drivers)
    if len(found.points) < 2:
        return said(f"請求の記録が {d.period.short()}だけのため、経年の推移は示していません。")
    known = [p for p in found.points if p.co2_t is not None]
    if len(known) < 2:
        reasons = "".join(p.why.ja for p in found.points if p.why)
        return said(
            f"CO2排出量を計算できる{d.period.word('年度')}が 2 年に満たないため、経年の推移は示していません。{reasons}"
        )
    digits = _digits(max(abs(p.co2_t or Fraction(0)) for p in known))
    figures = [_years(found, digits)]
    if worth_a_figure(found):
        figures.append(effects_figure(found))
    return ShownList(tuple(figures))


def _digits(largest: Fraction) -> int:
    return 1 if largest < 1000 else 0


def _mark(point: YearPoint) -> str:
    if point.co2_t is None:
        return "係数なし" if point.whole else "記録なし"
    if point.provisional_year is not None:
        return "暫定"
    return "" if point.whole else "一部の期間なし"


def _notes(found: Trend) -> list[str]:
    notes = [p.why.ja for p in found.points if p.why]
    provisional = [p for p in found.points if p.provisional_year is not None]
    if provisional:
        years = "・".join(str(p.fiscal_year) for p in provisional) + "年度"
        if not provisional[0].period.is_fiscal_year:
            years = "・".join(p.period.short() for p in provisional)
        notes.append(f"{years}は {provisional[0].provisional_year}年度の係数による暫定値です。")
    steps = [s for s in found.steps if s.effects]
    if steps and not worth_a_figure(found):
        notes.append("排出係数は変わっていないため、増減はすべて使用量の変化によるものです。")
        notes += [BY_FISCAL_YEAR] if found.by_fiscal_year else []
    elif not steps:
        notes += [s.why.ja for s in found.steps if s.why]
    return list(dict.fromkeys(notes))


def _years(found: Trend, digits: int) -> Shown:
    values = [p.co2_t for p in found.points]
    labels = [p.period.short() for p in found.points]
    top = float(max(v for v in values if v is not None)) or 1.0
    with canvas(WIDTH, 2.5) as drawing:
        axes = drawing.subplots()
        for i, point in enumerate(found.points):
            sure = point.whole and point.provisional_year is None
            last = i == len(found.points) - 1
            colour = ACCENT if last else CONTEXT
            height = float(point.co2_t or 0)
            axes.bar(
                i,
                height,
                width=0.55,
                color=colour if sure else "white",
                edgecolor=colour,
                linewidth=1.4,
                linestyle="solid" if sure else (0, (3, 2)),
            )
            words = NOT_KNOWN if point.co2_t is None else format_number(point.co2_t, digits)
            mark = _mark(point)
            axes.text(
                i,
                height + top * 0.03,
                f"{words}\n（{mark}）" if mark else words,
                ha="center",
                va="bottom",
                color=INK,
            )
        axes.set_xticks(range(len(labels)), [label.replace("〜", "〜\n") for label in labels])
        axes.set_xlim(-0.7, max(len(labels), 3) - 0.3)
        axes.set_ylim(0, top * (1.28 if any(_mark(p) for p in found.points) else 1.14))
        axes.set_yticks([])
        axes.grid(visible=False)
        axes.set_title("[t-CO2]", loc="left", pad=6, color="#595959")
        svg = svg_of(drawing, "trend")
    table = Table(
        "trend-data",
        "CO2排出量の推移",
        (Column(found.points[-1].period.word("年度")), Column("CO2排出量", "t-CO2", True), Column("備考")),
        tuple(
            Row((label, NOT_KNOWN if p.co2_t is None else format_number(p.co2_t, digits), _mark(p)))
            for label, p in zip(labels, found.points, strict=True)
        ),
    )
    title = _years_title(found)
    parts = "、".join(
        f"{label} {NOT_KNOWN if p.co2_t is None else format_number(p.co2_t, digits) + ' t-CO2'}{f'（{m})' if (m := _mark(p)) else ''}"
        for label, p in zip(labels, found.points, strict=True)
    )
    return Figure(
        "trend",
        "CO2排出量の推移",
        title,
        f"{found.points[-1].period.word('年度')}ごとの棒グラフ。{title}。{parts}。",
        svg,
        table,
        tuple(_notes(found)),
    ).shown()


def _years_title(found: Trend) -> str:
    sure = [p for p in found.points if p.co2_t is not None and p.whole]
    last = found.points[-1]
    year = last.period.word("年度")
    if len(sure) < 2 or last is not sure[-1] or not sure[0].co2_t:
        return f"CO2排出量の推移（比べられない{year}があります）"
    first = sure[0]
    assert last.co2_t is not None
    assert first.co2_t is not None
    change = last.co2_t / first.co2_t - 1
    if any(s.effects is None for s in found.steps if s.before >= first.period):
        return f"{last.period.short()}のCO2排出量は {format_number(last.co2_t, _digits(last.co2_t))} t です（途中に比べられない{year}があります）"
    if percent(abs(change)) == percent(Fraction(0)):
        return f"CO2排出量は {first.period.short()}とほぼ同じです"
    word = "増えました" if change > 0 else "減りました"
    return f"CO2排出量は {first.period.short()}より {percent(abs(change))} {word}"
