"""Contract and peak demand over two years, and the load factor."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes

from carbonlib.analysing import DemandView
from carbonlib.analysis.demand import MonthDemand
from carbonlib.diagnosis import Diagnosis
from carbonlib.fiscal_year import Period
from carbonlib.present import text
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.energy_meters import drawn_views, kw_label, meter_label, numbered, other_meters
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import CARRIER_COLOURS, INK
from carbonlib.units import format_number

_BEFORE = "#bdbdbd"
_NAN = float("nan")


def demand_figures(d: Diagnosis) -> ShownList:
    """Return contract and peak demand of each meter over two years; a sentence where no month is known."""
    if d.account.line("electricity") is None:
        return ShownList((said("電気の請求がないため、契約電力と最大需要電力は示していません。"),))
    views = drawn_views(d)
    if not views:
        return ShownList((said("契約電力と最大需要電力の記録がないため、図は省略しました。"),))
    return ShownList((*(_figure(d, v, i) for i, v in enumerate(views)), *other_meters(d)))


def _figure(d: Diagnosis, view: DemandView, index: int) -> Shown:
    meter, year = view.meter, d.period
    label = meter_label(d, meter.site_id, meter.meter_id, named=view.named)
    if not any(m.contract_kw is not None or m.peak_kw is not None for m in meter.months):
        stated = "" if meter.stated_kw is None else f"契約電力は {kw_label(meter.stated_kw)} kW です{label}。"
        return said(f"{stated}月別の最大需要電力の記録がないため、契約電力と最大需要電力の図は省略しました。")
    id = numbered("demand", index)
    with canvas(WIDTH, 3.1) as drawing:
        axes = drawing.subplots()
        _draw(axes, view, year)
        columns = 3 if year.is_fiscal_year else 2  # the names of other months are longer
        drawing.legend(loc="outside lower center", ncols=columns, frameon=False, handlelength=1.4)
        svg = svg_of(drawing, id)
    title, sentence = _words(view, year)
    notes = [_load_factor_note(view, year)]
    if view.basis is None:
        notes.append("契約電力の決め方（実量制・協議制）は、契約書か請求書で確かめてください。")
    table = _table(view, year, f"{id}-data", label)
    alt = f"契約電力の階段状の線と、最大需要電力の月別の棒グラフ。{sentence}"
    figure = Figure(
        id, f"契約電力と最大需要電力{label}", title, alt, svg, table, tuple(n for n in notes if n)
    )
    return figure.shown()


def _draw(axes: Axes, view: DemandView, year: Period) -> None:
    meter = view.meter
    contracts = [_NAN if m.contract_kw is None else float(m.contract_kw) for m in meter.months]
    peaks = [0.0 if m.peak_kw is None else float(m.peak_kw) for m in meter.months]
    top = max([*peaks, *(c for c in contracts if c == c)])
    # a year of which nothing is known has no place on the axis
    start = 0 if any(peaks[:12]) or any(c == c for c in contracts[:12]) else 12
    for first, colour, name in ((0, _BEFORE, year.previous), (12, CARRIER_COLOURS["electricity"], year)):
        own = peaks[first : first + 12]
        if any(own):
            axes.bar(
                range(first, first + 12), own, width=0.66, color=colour, label=f"最大需要電力 {name.short()}"
            )
    if any(c == c for c in contracts):
        axes.step(
            [start - 0.5, *(i + 0.5 for i in range(start, 24))],
            [contracts[start], *contracts[start:]],
            where="pre",
            color=INK,
            linewidth=1.6,
            label="契約電力",
        )
        last = max(i for i, c in enumerate(contracts) if c == c)
        axes.annotate(
            f"{kw_label(meter.months[last].contract_kw)} kW",
            (last + 0.5, contracts[last]),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
        )
    _mark_peaks(axes, view, year, contracts)
    for i, m in enumerate(meter.months):
        if m.peak_kw is None and any(peaks[12 * (i // 12) : 12 * (i // 12) + 12]):
            axes.text(i, 0, "–", ha="center", va="bottom", color="#595959")
    axes.set_ylim(0, top * 1.42 if top else 1)
    axes.set_xlim(start - 0.7, 23.7)
    axes.set_xticks(
        [0, 3, 6, 9, 12, 15, 18, 21][start // 3 :],
        [
            f"{m.month}月" + ("" if i else f"\n{y.short() if y.is_fiscal_year else f'{m.year}年'}")
            for y in (year.previous, year)[start // 12 :]
            for i, m in enumerate(y.months[::3])
        ],
    )
    if not start:
        axes.axvline(11.5, color="#767676", linewidth=0.8, linestyle=(0, (2, 2)))
    axes.locator_params(axis="y", nbins=4)
    axes.yaxis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
    axes.set_title("[kW]", loc="left", pad=6, color="#595959")


def _mark_peaks(axes: Axes, view: DemandView, year: Period, contracts: list[float]) -> None:
    meter = view.meter
    for one in (year.previous, year):
        peak = meter.peak(one)
        if peak is not None and peak.peak_kw:
            at = meter.months.index(peak)
            # the words stand clear of the line's steps beside the month, the mark on the month itself
            near = [c for c in contracts[max(at - 2, 0) : at + 3] if c == c]
            own = [c for c in contracts[at : at + 1] if c == c]
            for words, height, up in (
                ("▼", max([float(peak.peak_kw), *own]), 3),
                (
                    f"最大 {peak.month.month}月\n{kw_label(peak.peak_kw)} kW",
                    max([float(peak.peak_kw), *near]),
                    16,
                ),
            ):
                axes.annotate(
                    words,
                    (at, height),
                    xytext=(0, up),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    linespacing=1.05,
                )


def _words(view: DemandView, year: Period) -> tuple[str, str]:
    """Return title and sentence: where the peak is, against the contract, and against last year."""
    meter = view.meter
    peak, contract, before = meter.peak(year), meter.contract_kw(year), meter.peak(year.previous)
    if peak is None or peak.peak_kw is None:
        title = f"契約電力は {kw_label(contract)} kW です（最大需要電力の記録はありません）"
        if contract is None:
            title = f"{year.short()}の契約電力と最大需要電力の記録はありません（{year.previous.short()}のみ）"
        return title, f"{title}。"
    title = f"電力のピークは{peak.month.month}月の {kw_label(peak.peak_kw)} kW です"
    if contract is not None and contract == peak.peak_kw:
        title = f"電力のピークは{peak.month.month}月の {kw_label(peak.peak_kw)} kW で、契約電力と同じです"
    elif contract is not None:
        margin = meter.margin_kw(year) or Fraction(0)
        title = (
            f"電力のピークは{peak.month.month}月の {kw_label(peak.peak_kw)} kW で、契約電力 {kw_label(contract)} kW を "
            f"{kw_label(abs(margin))} kW {'下回ります' if margin > 0 else '上回ります'}"
        )
    sentence = f"{title}。"
    if before is not None:
        sentence += (
            f"{year.previous.short()}の最大は{before.month.month}月の {kw_label(before.peak_kw)} kW でした。"
        )
    return title, sentence


def _load_factor_note(view: DemandView, year: Period) -> str:
    now, before = view.meter.load_factor(year), view.meter.load_factor(year.previous)
    if now is None:
        return f"負荷率は、{year.short()}の使用量と最大需要電力が 12 か月そろわないため求めていません。"
    compared = "" if before is None else f"（{year.previous.short()}は {text.percent(before)}）"
    return (
        f"年間の負荷率は {text.percent(now)} です{compared}。負荷率は、使用量を「最大需要電力 × 時間」で割った値です。"
        "低いほど、短い時間のピークのために基本料金を払っています。"
    )


def _table(view: DemandView, year: Period, id: str, label: str) -> Table:
    meter = view.meter
    columns = [Column("月")]
    for y in (year.previous, year):
        columns += [
            Column(f"{y.short()} 契約電力", "kW", True),
            Column("最大需要電力", "kW", True),
            Column("負荷率", "%", True),
        ]

    def cells(m: MonthDemand) -> tuple[str, str, str]:
        factor = m.load_factor
        return (
            kw_label(m.contract_kw),
            kw_label(m.peak_kw),
            text.number(None if factor is None else factor * 100, 1),
        )

    rows = [
        Row((f"{now.month.month}月", *cells(before), *cells(now)))
        for before, now in zip(meter.of_year(year.previous), meter.of_year(year), strict=True)
    ]
    totals = ["年間"]
    for y in (year.previous, year):
        peak, factor = meter.peak(y), meter.load_factor(y)
        totals += [
            kw_label(meter.contract_kw(y)),
            kw_label(peak.peak_kw if peak else None),
            text.number(None if factor is None else factor * 100, 1),
        ]
    note = "年間の契約電力は最後の月、最大需要電力は最大の月の値です。「–」は記録のない月です。"
    return Table(
        id,
        f"契約電力・最大需要電力・負荷率{label}",
        tuple(columns),
        (*rows, Row(tuple(totals), True)),
        [note],
    )
