"""The figures of the diagnosis report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.accounting.shares import is_level, peak_month
from carbonlib.accounting.sheet import units_of
from carbonlib.accounting.whole import uses_nothing
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Month, Period
from carbonlib.present import text
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, ShownList, html_of, typst_text
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import CARRIER_COLOURS, CARRIER_HATCHES, CONTEXT, INK
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


def monthly_figure(d: Diagnosis, carrier: str | None = None) -> Shown:
    """Return monthly use of a carrier, this year in colour beside last year in grey.

    Parameters
    ----------
    d : Diagnosis
        The company's year.
    carrier : str, optional
        Instead of the carrier that dominates the energy use.
    """
    monthly = [line for line in d.account.lines if line.monthly and carrier in {None, line.carrier}]
    if not monthly:
        what = carriers()[carrier].label_ja if carrier else "エネルギー"
        return said(f"{what}の月別データがないため、月別の図は省略しました。")
    line = max(monthly, key=lambda x: x.energy_gj or Fraction(0))
    before = d.previous.line(line.carrier, line.unit) if d.previous else None
    return _monthly(d, line, before if before and before.monthly else None)


def other_monthly_figures(d: Diagnosis) -> ShownList:
    """Return the monthly figures of the other carriers, in the order of the account."""
    monthly = [line for line in d.account.lines if line.monthly]
    if not monthly:
        return ShownList()
    first = max(monthly, key=lambda x: x.energy_gj or Fraction(0))
    found = []
    for line in monthly:
        if line is not first:
            before = d.previous.line(line.carrier, line.unit) if d.previous else None
            found.append(_monthly(d, line, before if before and before.monthly else None))
    return ShownList(tuple(found))


def _monthly(d: Diagnosis, line: AccountLine, before: AccountLine | None) -> Shown:
    name = text.carrier_name(line)
    unit = units_of(line)[0]
    id = f"monthly-{line.carrier}" + ("-gas" if line.unit == "m3_lpg" else "")
    period = d.period
    largest = max(float(m.quantity or 0) for m in (*line.months, *(before.months if before else ())))
    thousand = largest >= 10000
    scale, shown_unit = (
        (1000, {"kWh": "千kWh", "L": "kL", "kg": "t", "m3": "千m3"}[unit]) if thousand else (1, unit)
    )
    labels = [f"{m.month.month}月" for m in line.months]
    elsewhere = _in_other_units(d, line)
    with canvas(WIDTH, 2.7) as drawing:
        axes = drawing.subplots()
        if before:
            heights = [float(m.quantity or 0) / scale for m in before.months]
            axes.bar(
                [i - 0.2 for i in range(12)],
                heights,
                width=0.38,
                color="#e6e6e6",  # pale within a line, to be told from every carrier in a grey print too
                edgecolor="#767676",
                linewidth=0.7,
                label=period.previous.short(),
            )
        now = [float(m.quantity or 0) / scale for m in line.months]
        axes.bar(
            [i + (0.2 if before else 0) for i in range(12)],
            now,
            width=0.38 if before else 0.62,
            color=CARRIER_COLOURS[line.carrier],
            label=period.short(),
        )
        for i, m in enumerate(line.months):
            if m.quantity is None:
                axes.text(
                    i + (0.2 if before else 0),
                    0,
                    "別の\n単位" if m.month in elsewhere else "記録\nなし",
                    ha="center",
                    va="bottom",
                    color=CONTEXT,
                    fontsize=8.5,
                )
        axes.set_xticks(range(12), labels)
        axes.set_xlim(-0.6, 11.6)
        axes.locator_params(axis="y", nbins=4)
        axes.yaxis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
        axes.set_title(f"[{shown_unit}]", loc="left", pad=6, color="#595959")
        if before:
            axes.legend(
                loc="lower right",
                bbox_to_anchor=(1, 1),
                ncols=2,
                frameon=False,
                handlelength=1.4,
                borderaxespad=0,
            )
        svg = svg_of(drawing, id)
    columns = [Column("月"), Column(period.short(), unit, True)]
    rows = []
    for i, m in enumerate(line.months):
        cells = [labels[i], text.number(m.quantity, missing="記録なし")]
        if before:
            cells.append(text.number(before.months[i].quantity, missing="記録なし"))
        rows.append(Row(tuple(cells)))
    if before:
        columns.append(Column(period.previous.short(), unit, True))
    notes: list[str] = []
    if any(m.unit_price_jpy is not None for m in line.months):
        columns.append(Column("平均単価", f"円/{unit}", True))
        rows = [
            Row((*row.cells, text.number(m.unit_price_jpy, 2)))
            for row, m in zip(rows, line.months, strict=True)
        ]
    if weather := d.weather:
        columns.append(Column("月平均気温", "℃", True))
        temperatures = [weather.mean_temperature_c[m.month.month] for m in line.months]
        rows = [Row((*row.cells, format_number(t, 1))) for row, t in zip(rows, temperatures, strict=True)]
        sample = f"（見本。{period.word('この年度')}の値ではありません）" if weather.sample else ""
        notes.append(f"気温は{weather.station} {weather.period} の月平均{sample}。出典: {weather.source}。")
    table = Table(f"{id}-data", f"{name}の月別使用量", tuple(columns), tuple(rows), notes)
    title, sentence = _monthly_words(name, unit, line, before, period, elsewhere)
    return Figure(id, f"{name}の月別使用量", title, f"月別の棒グラフ。{sentence}", svg, table).shown()


def _in_other_units(d: Diagnosis, line: AccountLine) -> dict[Month, str]:
    """Return the months that a line lacks because they were billed in another unit, each with that unit."""
    if line.missing:
        return {}
    others = [o for o in d.account.lines if o.carrier == line.carrier and o.unit != line.unit]
    known = {m.month: units_of(o)[0] for o in others for m in o.months if m.quantity is not None}
    return {m.month: known[m.month] for m in line.months if m.quantity is None and m.month in known}


def _monthly_words(
    name: str,
    unit: str,
    line: AccountLine,
    before: AccountLine | None,
    period: Period,
    elsewhere: Mapping[Month, str],
) -> tuple[str, str]:
    """Return title and text alternative: the month of highest use and the change against last year."""
    top = peak_month(line)
    if top is None:
        lacking = [m.month for m in line.months if m.quantity is None]
        if lacking and all(month in elsewhere for month in lacking):
            others = "・".join(dict.fromkeys(elsewhere.values()))
            title = f"{name}の請求は単位が月によって違うため、{unit} の月だけを示しています（ほかの月は {others}）"
            return title, f"{title}。月ごとの値は表のとおりです。"
        missing = "・".join(f"{month.month}月" for month in lacking)
        title = f"{name}は {missing} の請求がそろっていません"
        return title, f"{title}。ほかの月は表のとおりです。"
    month, share = top
    title = f"{name}は{month.month.month}月が最大で、年間の {text.percent(share)} を使っています"
    if is_level(line):
        title = f"{name}は年間を通じてほぼ一定です（最大は{month.month.month}月の {text.percent(share)}）"
    low = min((m for m in line.months), key=lambda m: m.quantity or 0)
    sentence = (
        f"最大は{month.month.month}月の {text.number(month.quantity)} {unit}、"
        f"最小は{low.month.month}月の {text.number(low.quantity)} {unit}、"
        f"年間は {text.number(line.quantity)} {unit}。"
    )
    if before and peak_month(before) and before.quantity:
        change = (line.quantity - before.quantity) / before.quantity
        word = "増えました" if change > 0 else "減りました"
        sentence += f"{period.previous.short()}より {text.percent(abs(change))} {word}。"
    return title, sentence
