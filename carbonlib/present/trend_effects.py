"""What changed CO2 from one year to the next: contributions of activity, intensity and factors."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes

from carbonlib.analysis.decomposition import Contributions
from carbonlib.analysis.trend import Trend, YearStep
from carbonlib.errors import shown
from carbonlib.present.charts import WIDTH
from carbonlib.present.drawing import drawable
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.text import NOT_KNOWN
from carbonlib.present.theme import INK
from carbonlib.units import format_number

_EFFECTS = (("activity", "#E69F00", "//"), ("intensity", "#0072B2", ""), ("factor", "#999999", ".."))
_METHOD = "増減は LMDI（対数平均ディビジア指数）の加法形で分け、合計は増減と一致します。エネルギー種別ごとに計算して足しました。"

BY_FISCAL_YEAR = (
    "売上高・生産量は年度（4月〜翌3月）ごとの記録なので、この12か月ごとの増減を分けるのには使っていません。"
    "「使用量」の変化には、仕事の量の増減も含まれます。"
)


def worth_a_figure(found: Trend) -> bool:
    """Return whether a change has more than one part: one step of one effect is told in a note."""
    split = [s for s in found.steps if s.effects]
    return len(split) > 1 or any(_value(s, n) for s in split for n in ("activity", "factor"))


def effects_figure(found: Trend) -> Shown:
    """Return the contributions to each change as stacked bars, with the table of their numbers."""
    names = _names(found)
    steps = [s for s in found.steps if s.effects]
    largest = max(abs(_value(s, n)) for s in steps for n in (*names, "total"))
    digits = 1 if largest >= 1 else 2
    title = _effects_title(steps[-1], names, digits)
    parts = "。".join(
        f"{s.words()}は"
        + "、".join(f"{names[n]} {_signed(_value(s, n), digits)} t" for n in names)
        + f"、差し引き {_signed(_value(s, 'total'), digits)} t"
        for s in steps
    )
    return Figure(
        "trend-effects",
        "CO2排出量が変わった理由",
        title,
        f"積み上げ横棒グラフ。{parts}。",
        _bars(steps, names, digits),
        _table(found, names, digits),
        tuple(_notes(found, steps)),
    ).shown()


def _bars(steps: list[YearStep], names: dict[str, str], digits: int) -> str:
    labels = [_between(s) for s in steps]
    with canvas(WIDTH, 0.9 + 0.62 * len(steps)) as drawing:
        axes = drawing.subplots()
        reach = _reach(steps, tuple(names))
        for row, step in enumerate(steps):
            _stack(axes, row, step, names, f"差し引き {_signed(_value(step, 'total'), digits)}", reach)
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
        return svg_of(drawing, "trend-effects")


def _stack(axes: Axes, row: int, step: YearStep, names: dict[str, str], words: str, reach: float) -> None:
    """Draw one step: what raised it to the right, what lowered it to the left, and what comes of both."""
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
        words,
        ha="left",
        va="center",
    )


def _table(found: Trend, names: dict[str, str], digits: int) -> Table:
    columns = (
        Column(found.points[-1].period.word("年度")),
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
    return Table("trend-effects-data", "CO2排出量の増減の内訳", columns, tuple(rows))


def _notes(found: Trend, steps: list[YearStep]) -> list[str]:
    notes = [_METHOD, *(s.why.ja for s in found.steps if s.why), *(s.note.ja for s in steps if s.note)]
    if all(_value(s, "factor") == 0 for s in steps):
        notes.append("排出係数は期間中に変わっていないため、その効果は 0 です。")
    if found.by_fiscal_year:
        notes.append(BY_FISCAL_YEAR)
    elif not found.activity:
        notes.append(
            "売上高や生産量の記入がないため、「使用量」には仕事の量の増減も含まれます（毎年の売上高か生産量が分かれば分けられます）。"
        )
    elif found.activity.startswith("売上高"):
        notes.append("売上高は物価の変動を含むため、活動量の効果には値上げの影響も入ります。")
    return notes


def _names(found: Trend) -> dict[str, str]:
    if found.activity:
        return {"activity": shown(found.activity, 30), "intensity": "原単位", "factor": "排出係数"}
    return {"intensity": "使用量", "factor": "排出係数"}


def _between(step: YearStep) -> str:
    """Return from when to when as the axis has room for."""
    return step.words().removesuffix("年度")


def _value(step: YearStep, name: str) -> Fraction:
    assert step.effects is not None
    found = getattr(step.effects, name)
    return found if found is not None else Fraction(0)


def _sides(step: YearStep, names: tuple[str, ...]) -> tuple[float, float]:
    values = [float(_value(step, n)) for n in names]
    return sum(v for v in values if v > 0), -sum(v for v in values if v < 0)


def _reach(steps: list[YearStep], names: tuple[str, ...]) -> float:
    return max(max(_sides(s, names)) for s in steps) or 1.0


def _negative(steps: list[YearStep], names: tuple[str, ...]) -> bool:
    return any(_sides(s, names)[1] > 0 for s in steps)


def _signed(value: Fraction, digits: int) -> str:
    words = format_number(value, digits)
    return f"+{words}" if value > 0 and words.strip("0.,") else words


def _effects_title(step: YearStep, names: dict[str, str], digits: int) -> str:
    effects = step.effects
    assert isinstance(effects, Contributions)
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
