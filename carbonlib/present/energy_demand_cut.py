"""What lower peaks would do to the contracted power and its charge."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.analysing import DemandView
from carbonlib.diagnosis import Diagnosis
from carbonlib.present import text
from carbonlib.present.charts import said
from carbonlib.present.energy_meters import drawn_views, kw_label, meter_label, numbered
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.units import format_number


def demand_cut_tables(d: Diagnosis) -> ShownList:
    """Return what lower peaks would do to the contract and its charge, by meter; silent where no peak is known."""
    return ShownList(tuple(_cut(d, v, i) for i, v in enumerate(drawn_views(d)) if v.cuts))


def _cut(d: Diagnosis, view: DemandView, index: int) -> Shown:
    label = meter_label(d, view.meter.site_id, view.meter.meter_id, named=view.named)
    first = view.cuts[0].saving
    if first.kind == "negotiated":
        peak, contract = view.meter.peak(d.period), view.meter.stated_kw
        beside = (
            ""
            if peak is None or contract is None
            else f"契約電力 {kw_label(contract)} kW に対し、{d.period.short()}の最大は {kw_label(peak.peak_kw)} kW でした。"
        )
        return said(f"{label.strip('（）') + 'の' if label else ''}{first.sentence.ja}{beside}")
    if first.kind == "not_known" or first.steady_year is None:
        return said(
            f"{label.strip('（）') + 'は、' if label else ''}{first.sentence.ja}契約書か請求書で確かめると試算できます。"
        )

    def yen(value: object) -> str:
        amount = getattr(value, "magnitude", None)
        return text.NOT_KNOWN if amount is None else text.thousand_yen(Fraction(amount))

    rows = [
        Row(
            (
                f"{format_number(c.cut_kw)} kW（{text.percent(c.share, 0)}）",
                kw_label(c.target_kw),
                str(c.months_over),
                yen(c.saving.first_year),
                yen(c.saving.steady_year),
            )
        )
        for c in view.cuts
    ]
    smallest = view.cuts[0]
    caption = (
        f"ピークを {format_number(smallest.cut_kw)} kW 下げると、2 年目から基本料金が年 "
        f"{yen(smallest.saving.steady_year)} 千円減ると考えられます"
    )
    notes = [
        first.sentence.ja,
        _years_note(view),
        _rate_note(view),
        "下げ幅の割合は仮定です。毎月のピークを同じだけ下げた場合の試算です。",
    ]
    table = Table(
        numbered("demand-cut", index),
        caption,
        (
            Column("ピークの下げ幅"),
            Column("目標のピーク", "kW", True),
            Column("いま目標を超える月", "直近12か月中", True),
            Column("初年度の効果", "千円/年", True),
            Column("2年目からの効果", "千円/年", True),
        ),
        tuple(rows),
        [n for n in notes if n],
        topic=f"契約電力を下げた場合{label}",
    )
    return table.shown()


def _years_note(view: DemandView) -> str:
    """Return which months the effect of the first year is of; "" where it is not known."""
    if view.cuts[0].saving.first_year is None:
        return ""
    begin, *_, end = [m.month for m in view.meter.months if m.peak_kw is not None][-12:]
    span = f"{begin.label()}〜{end.label()}"
    return (
        f"「初年度の効果」は、{begin.label()}から下げていた場合の、{span}の基本料金の減少額です。"
        "「2年目からの効果」は、下げる前のピークが残らない年の額です。"
    )


def _rate_note(view: DemandView) -> str:
    demand = view.demand
    if demand is None or demand.rate is None or demand.power_factor is None:
        return ""
    rate = format_number(float(demand.rate.to("JPY/kW/month").magnitude), 2)
    factor = format_number(float(demand.power_factor.to("percent").magnitude))
    return f"基本料金 {rate} 円/kW・月、力率 {factor}% で計算しました（請求書の内訳または料金メニューから。力率の記載がなければ仮定）。"
