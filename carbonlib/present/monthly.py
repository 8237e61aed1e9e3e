"""The monthly use of each carrier beside last year's."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.accounting.model import MonthUse
from carbonlib.accounting.shares import is_level, peak_month
from carbonlib.accounting.sheet import units_of
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Month, Period
from carbonlib.present import text
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import CARRIER_COLOURS, CONTEXT
from carbonlib.units import format_number


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
    elsewhere = _in_other_units(d, line)
    title, sentence = _monthly_words(name, unit, line, before, d.period, elsewhere)
    return Figure(
        id,
        f"{name}の月別使用量",
        title,
        f"月別の棒グラフ。{sentence}",
        _bars(line, before, d.period, elsewhere, id),
        _table(d, line, before, id),
    ).shown()


def _bars(
    line: AccountLine, before: AccountLine | None, period: Period, elsewhere: Mapping[Month, str], id: str
) -> str:
    unit = units_of(line)[0]
    largest = max(float(m.quantity or 0) for m in (*line.months, *(before.months if before else ())))
    thousand = largest >= 10000
    scale, shown_unit = (
        (1000, {"kWh": "千kWh", "L": "kL", "kg": "t", "m3": "千m3"}[unit]) if thousand else (1, unit)
    )
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
        axes.set_xticks(range(12), [_month(m) for m in line.months])
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
        return svg_of(drawing, id)


def _table(d: Diagnosis, line: AccountLine, before: AccountLine | None, id: str) -> Table:
    name, unit, period = text.carrier_name(line), units_of(line)[0], d.period
    columns = [Column("月"), Column(period.short(), unit, True)]
    rows = []
    for i, m in enumerate(line.months):
        cells = [_month(m), text.number(m.quantity, missing="記録なし")]
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
    return Table(f"{id}-data", f"{name}の月別使用量", tuple(columns), tuple(rows), notes)


def _month(use: MonthUse) -> str:
    return f"{use.month.month}月"


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
