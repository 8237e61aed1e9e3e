"""The load at night and on closed days, and the typical day, from half-hours."""

from __future__ import annotations

from matplotlib.axes import Axes

from carbonlib.analysing import night_views
from carbonlib.analysis.nights import NightLoad
from carbonlib.diagnosis import Diagnosis
from carbonlib.fiscal_year import day_label
from carbonlib.present import text
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.energy_meters import meter_label
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import CARRIER_COLOURS
from carbonlib.records.load import HALF_HOURS, SLOTS
from carbonlib.units import exact, format_number

_CLOSED = "#595959"


def _id(base: str, index: int) -> str:
    return base if index == 0 else f"{base}-{index + 1}"


def _kw(value: float | None) -> str:
    return text.NOT_KNOWN if value is None else format_number(value, 1 if value < 100 else 0)


def _clock(hours: tuple[int, int]) -> str:
    return f"{hours[0]}〜{hours[1]}時"


def _share(value: float | None) -> str:
    return text.NOT_KNOWN if value is None else text.percent(exact(value))


def night_figures(d: Diagnosis) -> ShownList:
    """Return the typical day of each meter with half-hours of the year; a sentence where there are none."""
    views = night_views(d)
    if views:
        return ShownList(tuple(_figure(d, v, i, named=len(views) > 1) for i, v in enumerate(views)))
    if d.account.line("electricity") is None:
        return ShownList((said("電気の請求がないため、夜間と休業日の電力は示していません。"),))
    why = f"{d.period.short()}の 30分値が 4 週間分に満たないため" if d.loads else "電気の 30分値がないため"
    sentence = f"{why}、深夜と休業日の電力、一日の使い方は分かりません。電力会社から 30分値を入手すると確かめられます。"
    return ShownList((said(sentence),))


def _figure(d: Diagnosis, n: NightLoad, index: int, *, named: bool) -> Shown:
    id = _id("night", index)
    label = meter_label(d, n.site_id, n.meter_id, named=named)
    with canvas(WIDTH, 2.8) as drawing:
        axes = drawing.subplots()
        _draw(axes, n)
        svg = svg_of(drawing, id)
    columns = [Column("時刻"), Column("営業日" if n.closed else "全日", "kW", True)]
    if n.closed_profile:
        columns.append(Column("休業日（推定）", "kW", True))
    rows = [
        Row((SLOTS[i], *(format_number(p[i], 1) for p in (n.open_profile, n.closed_profile) if p)))
        for i in range(HALF_HOURS)
    ]
    table = Table(f"{id}-data", f"30分ごとの平均電力{label}", tuple(columns), tuple(rows))
    title = _title(n)
    alt = f"時刻ごとの平均電力の折れ線グラフ。{title}。" + "".join(_sentences(n))
    return Figure(id, f"一日の電力の使い方{label}", title, alt, svg, table, tuple(_notes(d, n))).shown()


def _draw(axes: Axes, n: NightLoad) -> None:
    hours = [i / 2 for i in range(HALF_HOURS + 1)]
    top = max(n.open_profile)
    axes.axvspan(*n.night_hours, color="#ececec", zorder=0, linewidth=0)
    axes.text(
        sum(n.night_hours) / 2,
        top * 1.1,
        f"深夜\n{_clock(n.night_hours)}",
        ha="center",
        va="top",
        color="#595959",
    )
    lines = [
        ("営業日" if n.closed else "全日の平均", n.open_profile, CARRIER_COLOURS["electricity"], "-", 2.0)
    ]
    if n.closed_profile:
        lines.append(("休業日（推定）", n.closed_profile, _CLOSED, (0, (4, 2)), 1.6))  # type: ignore[arg-type]
    for _, values, colour, style, width in lines:
        axes.plot(
            hours,
            [*values, values[-1]],
            color=colour,
            linestyle=style,
            linewidth=width,
            drawstyle="steps-post",
        )
    at = max(range(HALF_HOURS), key=lambda i: n.open_profile[i])
    axes.annotate(
        lines[0][0],
        (at / 2, n.open_profile[at]),
        xytext=(0, 5),
        textcoords="offset points",
        ha="center",
        color=CARRIER_COLOURS["electricity"],
    )
    if n.closed_profile:
        axes.annotate(
            lines[1][0],
            (13, n.closed_profile[26]),
            xytext=(0, 5),
            textcoords="offset points",
            ha="center",
            color=_CLOSED,
        )
    axes.set_xlim(0, 24)
    axes.set_ylim(0, top * 1.18)
    axes.set_xticks([0, 6, 12, 18, 24], [f"{h}時" for h in (0, 6, 12, 18, 24)])
    axes.tick_params(axis="x", pad=6)
    axes.locator_params(axis="y", nbins=4)
    axes.yaxis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
    axes.set_title("[kW]", loc="left", pad=6, color="#595959")


def _title(n: NightLoad) -> str:
    if _kw(n.night_kw) == _kw(0):
        return f"深夜（{_clock(n.night_hours)}）は電気をほとんど使っていません"
    return (
        f"深夜（{_clock(n.night_hours)}）も平均 {_kw(n.night_kw)} kW を使っています。"
        f"一日中続くとすると、年間の電気の {_share(n.base_share)} にあたります"
        if n.base_share < 1
        else f"深夜（{_clock(n.night_hours)}）の平均は {_kw(n.night_kw)} kW で、昼間と変わりません"
    )


def _sentences(n: NightLoad) -> list[str]:
    found = [f"最大は{day_label(n.peak.day)} {n.peak.slot} からの 30 分間の {_kw(n.peak.kw)} kW です。"]
    if n.closed:
        found.append(f"休業日と推定した {len(n.closed)} 日の平均は {_kw(n.closed_kw)} kW です。")
    return found


def _notes(d: Diagnosis, n: NightLoad) -> list[str]:
    notes = [f"{d.period.short()}の {len(n.days)} 日の 30分値による値です。"]
    if n.missing_days:
        notes[0] += f"30分値のそろわない {n.missing_days} 日は除きました。"
    if n.closed is None:
        notes.append("昼と夜、日による差が小さいため、休業日は推定していません。")
        return notes
    stated = next((s.operating_days for s in d.company.sites if s.id == n.site_id), None)
    compared = f"会社の申告は営業 {stated} 日です。" if stated is not None and not n.missing_days else ""
    notes.append(
        f"休業日は、昼間（{_clock(n.day_hours)}）の平均が深夜に近い日として推定しました（仮定）。営業 {n.open_count} 日、"
        f"休業 {len(n.closed)} 日（うち土日 {n.closed_weekends} 日）。{compared}"
    )
    return notes


def night_tables(d: Diagnosis) -> ShownList:
    """Return the loads at night and on closed days as numbers, by meter; silent without half-hours of the year."""
    views = night_views(d)
    return ShownList(tuple(_table(d, v, i, named=len(views) > 1) for i, v in enumerate(views)))


def _table(d: Diagnosis, n: NightLoad, index: int, *, named: bool) -> Shown:
    label = meter_label(d, n.site_id, n.meter_id, named=named)
    rows = [
        Row(
            (
                f"深夜（{_clock(n.night_hours)}、毎日）",
                _kw(n.night_kw),
                format_number(n.night_kwh),
                _share(n.night_share),
            )
        )
    ]
    caption = (
        f"深夜の {n.night_hours[1] - n.night_hours[0]} 時間に、電気の {_share(n.night_share)} を使っています"
    )
    if n.closed and n.closed_kwh is not None:
        rows.append(
            Row(
                (
                    f"休業日（推定 {len(n.closed)} 日、終日）",
                    _kw(n.closed_kw),
                    format_number(n.closed_kwh),
                    _share(n.closed_share),
                )
            )
        )
        caption = f"深夜に電気の {_share(n.night_share)}、休業日に {_share(n.closed_share)} を使っています（重なる時間を含みます）"
    rows.append(
        Row(
            (
                f"{'営業日の' if n.closed else ''}昼間（{_clock(n.day_hours)}）",
                _kw(n.day_kw),
                format_number(n.day_kwh),
                _share(n.day_share),
            )
        )
    )
    rows.append(Row(("30分値のある日の合計", _kw(n.mean_kw), format_number(n.total_kwh), "100.0%"), True))
    table = Table(
        _id("night-loads", index),
        caption,
        (
            Column("時間帯"),
            Column("平均電力", "kW", True),
            Column("電力量", f"kWh（{d.period.short()}）", True),
            Column("割合", "", True),
        ),
        tuple(rows),
        _sentences(n)[:1],
        topic=f"深夜と休業日の電力{label}",
    )
    return table.shown()
