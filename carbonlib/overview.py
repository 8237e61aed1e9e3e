"""The overview of the energy use (使用状況の概況分析): sentences made from the data by rules, each with its figure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.accounting.shares import is_level, peak_month
from carbonlib.accounting.sheet import units_of
from carbonlib.accounting.taxes import among
from carbonlib.accounting.whole import is_whole, span
from carbonlib.analysing import bought_not_used, demand_views, night_views, weather_views
from carbonlib.analysis.changes import Change, changes
from carbonlib.analysis.intensity import comparisons, is_factory, position
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message
from carbonlib.factors import Carrier, carriers
from carbonlib.units import format_number, format_percent

_SPOKEN_OF = Fraction(5, 100)  # carriers below this part of the primary energy get no sentence of their own
_METERS = 3  # with a sentence of their own
_HARDLY = Fraction(5, 1000)  # a smaller change prints as 0 % or 1 % and is called about the same


def overview(d: Diagnosis) -> tuple[Message, ...]:
    """Return the sentences of the overview, in the order in which they are read.

    Parameters
    ----------
    d : Diagnosis
        The company's year.

    Returns
    -------
    tuple of Message
        What dominates; what rose or fell, over the same months; the peak month and the peak demand; base and night load
        where they are known; what is unusual for the use. What the data do not show is left out.
    """
    lines = _spoken_of(d)
    changed = {id(c.line): c for c in changes(d.account, d.previous)}
    return (
        *_dominant(d),
        *(m for line in lines if id(line) in changed for m in _changed(d, changed[id(line)])),
        *(m for line in lines for m in _peak(line)),
        *_demand(d),
        *_weather(d),
        *_nights(d),
        *_unusual(d),
    )


def _name(line: AccountLine) -> Carrier:
    return carriers()[line.carrier]


def _spoken_of(d: Diagnosis) -> tuple[AccountLine, ...]:
    """Return the lines that matter, largest first; all of them where the energy is not known."""
    total = d.account.energy_gj
    if not total:
        return d.account.lines
    found = [x for x in d.account.lines if (x.energy_gj or Fraction(0)) / total >= _SPOKEN_OF]
    return tuple(sorted(found, key=lambda x: -(x.energy_gj or Fraction(0))))


def _dominant(d: Diagnosis) -> Iterator[Message]:
    top, year = d.shares.dominant(), span(d.account)
    if top is None:
        return
    measure, carrier, share = top
    name = carriers()[carrier]
    line = d.account.line(carrier)
    assert line is not None
    if len(d.shares.carriers) == 1:
        yield Message(
            f"使っているエネルギーは{name.label_ja}だけで、{year.ja}の使用量は {format_number(line.quantity)} {units_of(line)[0]} です。",
            f"Only {name.label_en} is used: {format_number(line.quantity, lang='en')} {units_of(line)[0]} in {year.en}.",
        )
        return
    energy = d.shares.energy
    cost = d.account.cost_jpy
    if measure == "cost" and cost is not None:
        beside = ""
        if energy:
            beside = f"（一次エネルギーでは {format_percent(energy[d.shares.carriers.index(carrier)])}）"
        yield Message(
            f"{year.ja}のエネルギー費用 {format_number(cost / 1000)} 千円のうち、{format_percent(share)} は{name.label_ja}です{beside}。",
            f"{name.label_en} is {format_percent(share)} of the energy cost of {format_number(cost / 1000, lang='en')} thousand yen in {year.en}.",
        )
        return
    yield Message(
        f"一次エネルギーの {format_percent(share)} は{name.label_ja}です。",
        f"{name.label_en} is {format_percent(share)} of the primary energy.",
    )


def _changed(d: Diagnosis, change: Change) -> Iterator[Message]:
    """Say how a carrier changed against last year, and how its price did where the cost is known."""
    if change.ratio is None:
        return
    name, unit = _name(change.line), units_of(change.line)[0]
    year, year_en = d.period.previous.short(), d.period.previous.short("en")
    difference = format_number(abs(change.quantity - change.quantity_before))
    months, months_en = "", ""
    if not change.whole_year:
        months = f"（{d.period.word('両年度')}で分かる {len(change.months)} か月の比較）"
        months_en = f" (over the {len(change.months)} months known in both years)"
    if abs(change.ratio) < _HARDLY:
        by, by_en = f"（差は {difference} {unit}）", f" (difference {difference} {unit})"
        if difference == "0":
            by = by_en = ""
        ja = f"{name.label_ja}の使用量は {year}と{'ほぼ' if by else ''}同じです{by}{months}"
        en = f"The use of {name.label_en} is {'about ' if by else ''}that of {year_en}{by_en}{months_en}"
    else:
        word, word_en = ("増えました", "more") if change.ratio > 0 else ("減りました", "less")
        ja = f"{name.label_ja}の使用量は {year}より {difference} {unit}（{format_percent(abs(change.ratio))}）{word}{months}"
        en = f"The use of {name.label_en} is {difference} {unit} ({format_percent(abs(change.ratio))}) {word_en} than in {year_en}{months_en}"
    if len(change.taxes) > 1:
        mixed = among(change.taxes)
        ja += f"。平均単価は、料金に{mixed.ja}が混ざるため比べません"
        en += f"; average prices are not compared, as the tax of the costs is mixed ({mixed.en})"
    if prices := change.prices():
        old, new = (format_number(p, 2) for p in prices)
        ja += f"。平均単価は {old} 円/{unit} " + (
            f"から {new} 円/{unit} になりました" if old != new else "で変わっていません"
        )
        en += (
            "; the average price "
            + (f"went from {old} to {new}" if old != new else f"stayed at {old}")
            + f" yen/{unit}"
        )
    yield Message(f"{ja}。", f"{en}.")


def _peak(line: AccountLine) -> Iterator[Message]:
    top = peak_month(line)
    if top is None or bought_not_used(line):
        return
    month, share = top
    low = min(line.months, key=lambda m: m.quantity or Fraction(0))
    name, unit = _name(line), units_of(line)[0]
    most = f"{format_number(month.quantity or 0)} {unit}"
    if is_level(line):
        yield Message(
            f"{name.label_ja}は年間を通じてほぼ一定です（最大は{month.month.month}月の {most}、年間の {format_percent(share)}）。",
            f"{name.label_en} is level through the year (most in month {month.month.month}: {most}).",
        )
        return
    times = (
        f"、最小の{low.month.month}月の {format_number((month.quantity or 0) / low.quantity, 1)} 倍"
        if low.quantity
        else ""
    )
    yield Message(
        f"{name.label_ja}は{month.month.month}月が最大で {most} です（年間の {format_percent(share)}{times}）。",
        f"{name.label_en} peaks in month {month.month.month} with {most}, {format_percent(share)} of the year.",
    )


def _demand(d: Diagnosis) -> Iterator[Message]:
    views = demand_views(d)
    for view in views[:_METERS]:
        top = view.meter.peak(d.period)
        if top is None or top.peak_kw is None:
            continue
        contract = view.meter.contract_kw(d.period)
        factor = view.meter.load_factor(d.period)
        which = f"（計量器 {view.meter.meter_id}）" if view.named else ""
        which_en = f" of meter {view.meter.meter_id}" if view.named else ""
        ja = f"最大需要電力（デマンド）{which}は{top.month.month}月の {format_number(top.peak_kw)} kW"
        en = f"The peak demand{which_en} is {format_number(top.peak_kw)} kW in month {top.month.month}"
        if contract:
            ja += f" で、契約電力 {format_number(contract)} kW の {format_percent(top.peak_kw / contract, 0)} にあたります"
            en += f", {format_percent(top.peak_kw / contract, 0)} of the contract of {format_number(contract)} kW"
        else:
            ja += " です"
        if factor is not None:
            ja += f"。年間の負荷率は {format_percent(factor, 0)} です"
            en += f"; the load factor of the year is {format_percent(factor, 0)}"
        yield Message(f"{ja}。", f"{en}.")
    if others := len(views[_METERS:]):
        yield Message(
            f"このほかに、最大需要電力か契約電力の分かる計量器が {others} 個あります。",
            f"There are {others} more meters with a peak demand or a contract.",
        )


def _weather(d: Diagnosis) -> Iterator[Message]:
    """Say how much follows the weather where the data suffice; otherwise the figure of its own says why not."""
    for view in weather_views(d):
        fit = view.fit
        if not view.verdict.sufficient or not fit.use or bought_not_used(view.line):
            continue
        name = _name(view.line)
        parts = [("冷房", "cooling", fit.cooling), ("暖房", "heating", fit.heating)]
        said = [(ja, en, s.load / fit.use) for ja, en, s in parts if s is not None]
        if not said:
            continue
        ja = "、".join(f"{j}に {format_percent(s, 0)}" for j, _, s in said)
        en = ", ".join(f"{e} {format_percent(s, 0)}" for _, e, s in said)
        yield Message(
            f"{name.label_ja}のうち、{ja} が使われ、{format_percent(fit.base_load / fit.use, 0)} は気温によらない固定分と考えられます"
            "（月別の使用量と気温からの推定）。",
            f"Of {name.label_en}, {en} and {format_percent(fit.base_load / fit.use, 0)} base load are inferred from months and temperature.",
        )


def _nights(d: Diagnosis) -> Iterator[Message]:
    for one in night_views(d):
        start, end = one.night_hours
        ja = f"夜間（{start}時〜{end}時）も平均 {format_number(one.night_kw, 1)} kW を使い、その時間帯の使用量は全体の {format_percent(one.night_share)} です"
        en = f"At night ({start} to {end} o'clock) {format_number(one.night_kw, 1)} kW run on average, {format_percent(one.night_share)} of the use"
        if one.closed and one.closed_kw is not None:
            ja += f"。休業とみられる {len(one.closed)} 日は平均 {format_number(one.closed_kw, 1)} kW です"
            en += f"; on the {len(one.closed)} days that look closed {format_number(one.closed_kw, 1)} kW"
        yield Message(f"{ja}（30分値から計算）。", f"{en} (by half-hours).")


def _unusual(d: Diagnosis) -> Iterator[Message]:
    """Say where the company stands: within the usual band of its use, and in which quarter of the city's industry."""
    yield from _against_band(d)
    words = {
        "lowest": ("少ないほうの4分の1に入ります", "is in the lowest quarter"),
        "highest": ("多いほうの4分の1に入ります", "is in the highest quarter"),
    }
    for one in comparisons(d.company, d.account, d.benchmarks):
        if one.city is None or one.city.suppressed or one.measure != "primary_energy":
            continue
        if said := words.get(position(one.own, one.city)):
            yield Message(
                f"{one.driver.label_ja}あたりの一次エネルギー {format_number(one.own)} {one.unit} は、市内の{d.company.industry} "
                f"{one.city.count} 社の中で{said[0]}（中央値 {format_number(one.city.median or 0)} {one.unit}）。",
                f"Primary energy of {format_number(one.own)} {one.unit} {said[1]} of the city's {one.city.count} companies of the industry.",
            )


def _against_band(d: Diagnosis) -> Iterator[Message]:
    sites, line = d.company.sites, d.account.line("electricity")
    whole = is_whole(d.account)
    if line is None or len(sites) != 1 or not sites[0].floor_area_m2 or is_factory(d.company) or not whole:
        return
    band = d.bands.of("electricity_per_area", sites[0].use)
    if band is None:
        return
    value = line.quantity / Fraction(sites[0].floor_area_m2)
    within = band.holds(value)
    usual = f"{format_number(band.low)}〜{format_number(band.high)} kWh/m2"
    where = "の中にあります" if within else "を上回ります" if value > band.high else "を下回ります"
    where_en = "within" if within else "above" if value > band.high else "below"
    mark = "（仮定）" if band.evidence == "assumption" else ""
    yield Message(
        f"延床面積あたりの電気は年間 {format_number(value)} kWh/m2 で、この用途のふつうの範囲 {usual}{mark}{where}。",
        f"Electricity by floor area is {format_number(value)} kWh/m2 a year, {where_en} the usual range for the use ({usual}).",
    )
