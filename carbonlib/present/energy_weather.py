"""Use against the outdoor temperature: the base load, and what cold and heat add to it."""

from __future__ import annotations

from matplotlib.axes import Axes

from carbonlib.analysing import WeatherView, bought_not_used, weather_views
from carbonlib.analysis.changepoint import Slope
from carbonlib.diagnosis import Diagnosis
from carbonlib.present import text
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import CARRIER_COLOURS, INK
from carbonlib.units import exact, format_number

_METHOD = (
    "月ごとの 1 日あたり使用量を、月平均気温から求めたデグリーデー（基準温度 − 月平均気温）× 日数に当てはめました。"
    "基準温度は 0.5℃ 刻みで探しました。月平均気温だけでは月の中の寒暖が消えるため、暖房・冷房の分は小さめに、"
    "基礎の分は大きめに出ます。営業日数や生産量の変化は考えていません。"
)


def _digits(value: float) -> int:
    return 0 if abs(value) >= 10 else 1


def _decimals(per_degree: float) -> int:
    """Return the decimals of a slope: enough that one which is there does not read as none.

    >>> [_decimals(v) for v in (120.4, 18.7, 0.31, 0.042)]
    [0, 1, 2, 3]
    """
    return next((n for n, least in enumerate((100, 1, 0.1, 0.01)) if per_degree >= least), 4)


def _per_day(value: float) -> str:
    return format_number(value, _digits(value))


def _unit(view: WeatherView) -> str:
    return text.units_of(view.line)[0]


def weather_figures(d: Diagnosis) -> ShownList:
    """Return each carrier's use by day against the temperature with its line; a sentence where nothing can be drawn."""
    if d.weather is None:
        return ShownList((said("気温の記録がないため、使用量と気温の図は省略しました。"),))
    views = [v for v in weather_views(d) if len(v.fit.spans) > 1]
    if not views:
        return ShownList((said("月別の使用量がないため、使用量と気温の図は省略しました。"),))
    return ShownList(tuple(_figure(d, v) for v in views))


def _figure(d: Diagnosis, view: WeatherView) -> Shown:
    id = f"weather-{view.line.carrier}" + ("-gas" if view.line.unit == "m3_lpg" else "")
    name, unit = text.carrier_name(view.line), _unit(view)
    with canvas(WIDTH, 2.9) as drawing:
        axes = drawing.subplots()
        _draw(axes, view, unit)
        svg = svg_of(drawing, id)
    title = _title(view, name, unit)
    table = Table(
        f"{id}-data",
        f"{name}の 1 日あたり使用量と気温",
        (
            Column("月"),
            Column("平均気温", "℃", True),
            Column("1日あたり使用量", f"{unit}/日", True),
            Column("当てはめた線", f"{unit}/日", True),
            Column("差", f"{unit}/日", True),
        ),
        tuple(
            Row((f"{s.start.month}月", format_number(s.mean_c, 1), *(_per_day(v) for v in (s.per_day, f, r))))
            for s, f, r in zip(view.fit.spans, view.fit.fitted, view.fit.residuals, strict=True)
        ),
    )
    mark = (
        f"塗りつぶさない点は、その{d.period.word('年度')}の気温ではないことを示します。"
        if not view.measured
        else ""
    )
    notes = [_verdict_words(view), f"気温: {view.source}。{mark}"]
    alt = f"横軸を月平均気温、縦軸を 1 日あたり使用量とした散布図と、当てはめた折れ線。{title}。{_split_words(view, unit)}"
    return Figure(id, f"気温と{name}の使用量", title, alt, svg, table, tuple(notes)).shown()


def _draw(axes: Axes, view: WeatherView, unit: str) -> None:
    fit = view.fit
    colour = CARRIER_COLOURS[view.line.carrier]
    xs = [s.mean_c for s in fit.spans]
    low, high = min(xs) - 1.2, max(xs) + 1.2
    corners = sorted(
        {low, high, *(s.base_c for s in (fit.heating, fit.cooling) if s and low < s.base_c < high)}
    )
    axes.plot(corners, [fit.per_day_at(x) for x in corners], color=INK, linewidth=1.6)
    axes.plot(
        [low, high], [fit.base_per_day] * 2, color="#767676", linewidth=1, linestyle=(0, (4, 3)), zorder=1
    )
    filled = colour if view.measured else "white"
    axes.scatter(
        xs, [s.per_day for s in fit.spans], s=34, facecolor=filled, edgecolor=colour, linewidth=1.6, zorder=3
    )
    top = max(*(s.per_day for s in fit.spans), fit.per_day_at(low), fit.per_day_at(high))
    _months(axes, view, top)
    axes.annotate(
        f"基礎 {_per_day(fit.base_per_day)}",
        (high, fit.base_per_day),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        annotation_clip=False,
    )
    axes.set_xlim(low, high)
    axes.set_ylim(0, top * 1.15)
    axes.locator_params(axis="both", nbins=5)
    axes.xaxis.set_major_formatter(lambda v, _: f"{format_number(v, 0 if v == int(v) else 1)}℃")
    axes.yaxis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
    axes.set_title(f"[{unit}/日]　横軸は月平均気温、数字は月", loc="left", pad=6, color="#595959")


def _months(axes: Axes, view: WeatherView, top: float) -> None:
    """Write each month's number on the side of its point that is away from the line, never below the axis."""
    for span, residual in zip(view.fit.spans, view.fit.residuals, strict=True):
        above = residual >= 0 or span.per_day < top / 8
        axes.annotate(
            str(span.start.month),
            (span.mean_c, span.per_day),
            xytext=(0, 6 if above else -6),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            fontsize=8.5,
            color="#595959",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85},
            zorder=2,
        )


def _side(slope: Slope, unit: str, word: str) -> str:
    per_degree = format_number(slope.per_degree, _decimals(slope.per_degree))
    return f"{format_number(slope.base_c, 1)}℃ より{word}と 1℃ につき 1 日 {per_degree} {unit}"


def _title(view: WeatherView, name: str, unit: str) -> str:
    fit = view.fit
    mark = "" if view.verdict.sufficient else "（参考値）"
    if fit.form == "none":
        return f"{name}の使用量に、気温による増減は認められません{mark}"
    if not view.verdict.explained:
        return f"{name}の使用量は、気温だけでは説明できません{mark}"
    sides = [
        _side(slope, unit, word) for slope, word in ((fit.heating, "寒い"), (fit.cooling, "暑い")) if slope
    ]
    return f"{name}は、{'、'.join(sides)} 増えます{mark}"


def _share(part: float, whole: float) -> str:
    return text.percent(exact(part / whole), 0)


def _split_words(view: WeatherView, unit: str) -> str:
    fit = view.fit
    parts = [("基礎の分", fit.base_load)]
    parts += [(w, s.load) for w, s in (("寒いと増える分", fit.heating), ("暑いと増える分", fit.cooling)) if s]
    return "、".join(f"{w}は {format_number(v)} {unit}（{_share(v, fit.use)}）" for w, v in parts) + "。"


def _verdict_words(view: WeatherView) -> str:
    if view.verdict.sufficient:
        return "判定: データは足りています。"
    return f"判定: 参考値です。{'。'.join(r.ja for r in view.verdict.reasons)}。"


def weather_tables(d: Diagnosis) -> ShownList:
    """Return the year's base, heating and cooling load of each carrier, and how well the lines fit; silent without."""
    views = weather_views(d)
    if not views:
        return ShownList()
    return ShownList((_loads(views).shown(), _fits(d, views).shown()))


def _loads(views: list[WeatherView]) -> Table:
    def part(view: WeatherView, slope: Slope | None) -> str:
        return "0" if slope is None else f"{format_number(slope.load)}（{_share(slope.load, view.fit.use)}）"

    rows = [
        Row(
            (
                text.carrier_name(v.line),
                _unit(v),
                f"{format_number(v.fit.base_load)}（{_share(v.fit.base_load, v.fit.use)}）",
                part(v, v.fit.heating),
                part(v, v.fit.cooling),
                format_number(v.fit.use),
            )
        )
        for v in views
    ]
    top = max(views, key=lambda v: v.line.energy_gj or 0)
    name = text.carrier_name(top.line)
    caption = f"{name}の内訳は、気温だけでは確かめられません"
    if top.verdict.explained:
        caption = (
            f"{name}の {_share(top.fit.base_load, top.fit.use)} は、気温によらない基礎の分と考えられます"
        )
    notes = [
        "寒いと増える分は暖房・給湯など、暑いと増える分は冷房・冷蔵などです。気温だけから推定した値で、実測ではありません。",
    ]
    months = {len(v.fit.spans) for v in views}
    if months != {12}:
        notes.append("使用量の分からない月は含みません。")
    if fuels := [text.carrier_name(v.line) for v in views if bought_not_used(v.line)]:
        notes.append(f"{'・'.join(fuels)}は購入した月の量です。使った月とずれることがあります。")
    if unreliable := [text.carrier_name(v.line) for v in views if not v.verdict.sufficient]:
        notes.append(f"{'・'.join(unreliable)}は参考値です（理由は次の表）。")
    return Table(
        "weather-loads",
        caption,
        (
            Column("エネルギー種別"),
            Column("単位"),
            Column("基礎の分", "年間（割合）", True),
            Column("寒いと増える分", "年間（割合）", True),
            Column("暑いと増える分", "年間（割合）", True),
            Column("合計", "年間", True),
        ),
        tuple(rows),
        notes,
        topic="基礎・暖房・冷房の内訳（推定）",
    )


def _reach(slope: Slope | None) -> str:
    if slope is None:
        return text.NOT_KNOWN
    low, base, high = (format_number(v, 1) for v in (slope.low_c, slope.base_c, slope.high_c))
    return base if low == high else f"{base}（{low}〜{high}）"


def _fits(d: Diagnosis, views: list[WeatherView]) -> Table:
    rows = [
        Row(
            (
                text.carrier_name(v.line),
                _reach(v.fit.heating),
                _reach(v.fit.cooling),
                text.NOT_KNOWN if v.fit.form == "none" else format_number(v.fit.r_squared, 2),
                format_number(v.fit.cv_rmse * 100, 1),
                "足りています"
                if v.verdict.sufficient
                else "参考値: " + "。".join(r.ja for r in v.verdict.reasons),
            )
        )
        for v in views
    ]
    good = sum(v.verdict.sufficient for v in views)
    caption = (
        "内訳を判定できるだけのデータがあります"
        if good == len(views)
        else "内訳を確定するには、データが足りません"
    )
    if 0 < good < len(views):
        caption = "一部のエネルギー種別では、内訳を確定するデータが足りません"
    bands = {
        s: d.bands.of("weather_fit", s) for s in ("heating_base", "cooling_base", "r_squared", "cv_rmse")
    }
    searched = "、".join(
        f"{w} {b.low}〜{b.high}℃"
        for w, b in (("暖房", bands["heating_base"]), ("冷房", bands["cooling_base"]))
        if b
    )
    sources = "、".join(
        f"{w}は{b.source}{'（二次資料・要照合）' if b.evidence == 'secondary' else ''}"
        for w, b in (("R²", bands["r_squared"]), ("CV(RMSE)", bands["cv_rmse"]))
        if b
    )
    return Table(
        "weather-fits",
        caption,
        (
            Column("エネルギー種別"),
            Column("暖房の基準温度", "℃（同程度に合う範囲）", True),
            Column("冷房の基準温度", "℃（同程度に合う範囲）", True),
            Column("決定係数 R²", "", True),
            Column("CV(RMSE)", "%", True),
            Column("判定"),
        ),
        tuple(rows),
        [_METHOD, f"基準温度を探した範囲（仮定）: {searched}。", f"目安の出典: {sources}。"],
        topic="気温との関係の確からしさ",
    )
