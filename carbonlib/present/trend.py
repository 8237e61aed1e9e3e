"""CO2 over the years held, and what changed it."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.analysis.decomposition import Effects
from carbonlib.analysis.trend import Step, Trend, YearPoint, trend_of
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import shown
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.drawing import drawable
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.text import NOT_KNOWN, percent
from carbonlib.present.theme import ACCENT, CONTEXT, INK
from carbonlib.units import format_number

_EFFECTS = (("activity", "#E69F00", "//"), ("intensity", "#0072B2", ""), ("factor", "#999999", ".."))
_METHOD = "増減は LMDI（対数平均ディビジア指数）の加法形で分け、合計は増減と一致します。エネルギー種別ごとに計算して足しました。"

_BY_FISCAL_YEAR = (
    "売上高・生産量は年度（4月〜翌3月）ごとの記録なので、この12か月ごとの増減を分けるのには使っていません。"
    "「使用量」の変化には、仕事の量の増減も含まれます。"
)


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
    if _worth_a_figure(found):
        figures.append(_contributions(found))
    return ShownList(tuple(figures))


def _worth_a_figure(found: Trend) -> bool:
    """Return whether a change has more than one part: one step of one effect is told in a note."""
    split = [s for s in found.steps if s.effects]
    return len(split) > 1 or any(_value(s, n) for s in split for n in ("activity", "factor"))


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
    if steps and not _worth_a_figure(found):
        notes.append("排出係数は変わっていないため、増減はすべて使用量の変化によるものです。")
        notes += [_BY_FISCAL_YEAR] if found.by_fiscal_year else []
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


def _names(found: Trend) -> dict[str, str]:
    if found.activity:
        return {"activity": shown(found.activity, 30), "intensity": "原単位", "factor": "排出係数"}
    return {"intensity": "使用量", "factor": "排出係数"}


def _contributions(found: Trend) -> Shown:
    names = _names(found)
    steps = [s for s in found.steps if s.effects]
    labels = [_between(s) for s in steps]
    largest = max(abs(_value(s, n)) for s in steps for n in (*names, "total"))
    digits = 1 if largest >= 1 else 2
    with canvas(WIDTH, 0.9 + 0.62 * len(steps)) as drawing:
        axes = drawing.subplots()
        reach = _reach(steps, tuple(names))
        for row, step in enumerate(steps):
            ends = [0.0, 0.0]
            for name, colour, hatch in _EFFECTS:
                if name not in names:
                    continue
                value = float(_value(step, name))
                side = value < 0
                axes.barh(
                    row,
                    value,
                    left=ends[side],
                    height=0.5,
                    color=colour,
                    hatch=hatch,
                    edgecolor="white",
                    label=drawable(names[name], 30) if not row else None,
                )
                ends[side] += value
            total = float(_value(step, "total"))
            axes.plot(
                [total],
                [row],
                marker="D",
                markersize=7,
                color=INK,
                markeredgecolor="white",
                linestyle="none",
                label="差し引き" if not row else None,
            )
            axes.text(
                ends[0] + reach * 0.04,
                row,
                f"差し引き {_signed(_value(step, 'total'), digits)}",
                ha="left",
                va="center",
            )
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_yticks(
            range(len(steps)), [label.replace("→", "\n→") if "年" in label else label for label in labels]
        )
        axes.invert_yaxis()
        axes.set_xlim(-reach * 1.12 if _negative(steps, tuple(names)) else -reach * 0.05, reach * 1.6)
        axes.locator_params(axis="x", nbins=5)
        axes.xaxis.set_major_formatter(
            lambda v, _: "" if v > reach * 1.05 else format_number(v, 0 if v == int(v) else 1)
        )
        axes.grid(visible=False)
        axes.set_title("[t-CO2]  左は減少、右は増加", loc="left", pad=6, color="#595959")
        drawing.legend(
            loc="outside lower center", ncols=2 if len(names) > 2 else 3, frameon=False, handlelength=1.4
        )
        svg = svg_of(drawing, "trend-effects")
    columns = (
        Column(steps[-1].after.word("年度")),
        *(Column(names[n], "t-CO2", True) for n in names),
        Column("差し引き", "t-CO2", True),
        Column("備考"),
    )
    rows = []
    for step in found.steps:
        if step.effects is None:
            rows.append(
                Row(
                    (
                        _between(step),
                        *(NOT_KNOWN for _ in range(len(names) + 1)),
                        "分けていません",
                    )
                )
            )
            continue
        cells = [_signed(_value(step, n), digits) for n in (*names, "total")]
        rows.append(Row((_between(step), *cells, "暫定" if step.note else "")))
    title = _effects_title(steps[-1], names, digits)
    notes = [_METHOD, *(s.why.ja for s in found.steps if s.why), *(s.note.ja for s in steps if s.note)]
    if all(_value(s, "factor") == 0 for s in steps):
        notes.append("排出係数は期間中に変わっていないため、その効果は 0 です。")
    if found.by_fiscal_year:
        notes.append(_BY_FISCAL_YEAR)
    elif not found.activity:
        notes.append(
            "売上高や生産量の記入がないため、「使用量」には仕事の量の増減も含まれます（毎年の売上高か生産量が分かれば分けられます）。"
        )
    elif found.activity.startswith("売上高"):
        notes.append("売上高は物価の変動を含むため、活動量の効果には値上げの影響も入ります。")
    parts = "。".join(
        f"{s.words()}は"
        + "、".join(f"{names[n]} {_signed(_value(s, n), digits)} t" for n in names)
        + f"、差し引き {_signed(_value(s, 'total'), digits)} t"
        for s in steps
    )
    table = Table("trend-effects-data", "CO2排出量の増減の内訳", columns, tuple(rows))
    return Figure(
        "trend-effects",
        "CO2排出量が変わった理由",
        title,
        f"積み上げ横棒グラフ。{parts}。",
        svg,
        table,
        tuple(notes),
    ).shown()


def _between(step: Step) -> str:
    """Return from when to when as the axis has room for."""
    return step.words().removesuffix("年度")


def _value(step: Step, name: str) -> Fraction:
    assert step.effects is not None
    found = getattr(step.effects, name)
    return found if found is not None else Fraction(0)


def _sides(step: Step, names: tuple[str, ...]) -> tuple[float, float]:
    values = [float(_value(step, n)) for n in names]
    return sum(v for v in values if v > 0), -sum(v for v in values if v < 0)


def _reach(steps: list[Step], names: tuple[str, ...]) -> float:
    return max(max(_sides(s, names)) for s in steps) or 1.0


def _negative(steps: list[Step], names: tuple[str, ...]) -> bool:
    return any(_sides(s, names)[1] > 0 for s in steps)


def _signed(value: Fraction, digits: int) -> str:
    words = format_number(value, digits)
    return f"+{words}" if value > 0 and words.strip("0.,") else words


def _effects_title(step: Step, names: dict[str, str], digits: int) -> str:
    effects = step.effects
    assert isinstance(effects, Effects)
    change = format_number(abs(effects.total), digits)
    if not change.strip("0.,"):
        return f"{step.after.short()}のCO2排出量は{step.after.word('前年度')}とほぼ同じです"
    up = effects.total > 0
    same = [n for n in names if (_value(step, n) > 0) == up and _value(step, n)]
    main = max(same, key=lambda n: abs(_value(step, n)))
    part = format_number(abs(_value(step, main)), digits)
    word, cause = ("増えました", "増加") if up else ("減りました", "減少")
    what = names[main]
    return f"{step.after.short()}は{step.after.word('前年度')}より {change} t {word}。主な要因は{what}の{cause}（{part} t 分）です"
