"""Widths of figures, and the figure of what energy costs and emits by carrier."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from carbonlib.accounting.whole import uses_nothing
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.present import text
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import CARRIER_COLOURS, CARRIER_HATCHES, INK
from carbonlib.units import format_number

WIDTH = 5.9  # inch; the page scales it to the column
WIDE = 6.8  # inch; as wide as the text on paper
NARROW = 3.9  # inch; as wide as a phone, whose letters stay readable
_LEAST_LABELLED = Fraction(12, 100)  # a narrower part of a bar has no room for its share


def said(sentence: str) -> Shown:
    """Return a sentence that stands where a figure would, for data that are not there."""
    return Shown(html_of("<p>{{ s }}</p>", s=sentence), f"#par({typst_text(sentence)})\n", sentence)


def shares_figure(d: Diagnosis) -> Shown:
    """Return three stacked bars, cost, primary energy and CO2 by carrier, which a pie could not compare."""
    shares = d.shares
    bars = [
        (name, values)
        for name, values in (("費用", shares.cost), ("熱量", shares.energy), ("CO2排出量", shares.co2))
        if values is not None
    ]
    if not bars and uses_nothing(d.account):
        return said("請求の使用量がすべて 0 のため、構成の図は省略しました。")
    if not bars:
        return said("費用・熱量・CO2排出量のどれも集計できないため、構成の図は省略しました。")
    names = [carriers()[c].label_ja for c in shares.carriers]
    if len(names) == 1:
        return said(f"使っているエネルギーは{names[0]}だけなので、構成の図は省略しました。")
    # both with the same id: each is the only one of its document
    svg = _shares_drawing(bars, d.shares.carriers, names, NARROW, 0.45, in_a_row=3)
    wide = _shares_drawing(bars, d.shares.carriers, names, WIDE, 0.33, in_a_row=6)
    table = Table(
        "shares-data",
        "エネルギー種別ごとの構成比",
        (Column("エネルギー種別"), *(Column(name, "%", True) for name, _ in bars)),
        tuple(
            Row((name, *(format_number(values[i] * 100, 1) for _, values in bars)))
            for i, name in enumerate(names)
        ),
    )
    top = shares.dominant()
    assert top is not None or shares.co2 is not None
    title = _shares_title(d)
    parts = "。".join(
        f"{bar}は" + "、".join(f"{n} {text.percent(v)}" for n, v in zip(names, values, strict=True))
        for bar, values in bars
    )
    return Figure(
        "shares", "エネルギー構成", title, f"積み上げ棒グラフ。{parts}。", svg, table, narrow=True, wide=wide
    ).shown()


def _shares_drawing(
    bars: Sequence[tuple[str, Sequence[Fraction]]],
    used: Sequence[str],
    names: Sequence[str],
    size: float,
    each: float,
    *,
    in_a_row: int,
) -> str:
    """Return the bars as SVG, `size` wide and `each` of them so high [inch], so many names in a row of the legend."""
    with canvas(size, 0.5 + each * len(bars) + 0.25 * -(-len(names) // in_a_row)) as drawing:
        axes = drawing.subplots()
        for position, (_, values) in enumerate(bars):
            left = 0.0
            for carrier, name, value in zip(used, names, values, strict=True):
                width = float(value * 100)
                axes.barh(
                    position,
                    width,
                    left=left,
                    height=0.62,
                    color=CARRIER_COLOURS[carrier],
                    hatch=CARRIER_HATCHES[carrier],
                    edgecolor="white",
                    label=name if position == 0 else None,
                )
                if value >= _LEAST_LABELLED:
                    axes.text(
                        left + width / 2,
                        position,
                        text.percent(value),
                        ha="center",
                        va="center",
                        color=INK,
                        fontsize=8.5,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.9},
                    )
                left += width
        axes.set_yticks(range(len(bars)), [name for name, _ in bars])
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"])
        axes.grid(visible=False)
        drawing.legend(
            loc="outside lower center",
            ncols=min(len(names), in_a_row),
            frameon=False,
            handlelength=1.4,
            columnspacing=1.2,
        )
        return svg_of(drawing, "shares")


def _shares_title(d: Diagnosis) -> str:
    top = d.shares.dominant()
    if top is None:
        return "エネルギー種別ごとのCO2排出量の構成"
    carrier = top[1]
    name = carriers()[carrier].label_ja
    position = d.shares.carriers.index(carrier)
    measures = (("費用", d.shares.cost), ("熱量", d.shares.energy), ("CO2排出量", d.shares.co2))
    said_shares = "、".join(f"{what}の {text.percent(v[position])}" for what, v in measures if v)
    return f"{name}が、{said_shares} を占めます"
