"""The meters of a company with many: which ones have a drawing of their own, and a line for each of the others."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.analysing import DemandView, demand_views
from carbonlib.diagnosis import Diagnosis
from carbonlib.present import text
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table

DRAWN = 4  # meters; more drawings of one kind are leafed over


def drawn_views(d: Diagnosis) -> list[DemandView]:
    """Return the meters with a drawing of their own, the largest peak first."""
    return demand_views(d)[:DRAWN]


def other_meters(d: Diagnosis) -> list[Shown]:
    """Return the table of the meters without a drawing; none where every meter has one."""
    others = demand_views(d)[DRAWN:]
    if not others:
        return []
    year = d.period
    sites = {s.id: s.name for s in d.company.sites}

    def row(view: DemandView) -> Row:
        meter = view.meter
        peak, factor = meter.peak(year), meter.load_factor(year)
        where = f"{sites.get(meter.site_id, meter.site_id)}　" if len(sites) > 1 else ""
        return Row(
            (
                f"{where}{meter.meter_id}",
                text.number(meter.contract_kw(year), 0),
                text.number(peak.peak_kw if peak else None, 0),
                f"{peak.month.month}月" if peak else text.NOT_KNOWN,
                text.number(None if factor is None else factor * 100, 1),
            )
        )

    table = Table(
        "demand-others",
        f"そのほかの計量器は {len(others)} 個です",
        (
            Column("計量器"),
            Column("契約電力", "kW", True),
            Column("最大需要電力", "kW", True),
            Column("最大の月"),
            Column("年間の負荷率", "%", True),
        ),
        tuple(row(v) for v in others),
        [f"図と、契約電力を下げた場合の試算は、最大需要電力の大きい {DRAWN} 個だけに示しました。"],
        topic="契約電力と最大需要電力（そのほかの計量器）",
    )
    return [table.shown()]


def numbered(base: str, index: int) -> str:
    """Return the id of a meter's figure or table: the first has the bare name."""
    return base if index == 0 else f"{base}-{index + 1}"


def meter_label(d: Diagnosis, site_id: str, meter_id: str, *, named: bool) -> str:
    """Return what tells a meter from the others of a company, "" where there are none."""
    if not named:
        return ""
    site = next((s.name for s in d.company.sites if s.id == site_id), site_id)
    return f"（{site} {meter_id}）" if len(d.company.sites) > 1 else f"（{meter_id}）"


def kw_label(value: Fraction | None) -> str:
    """Return a power: whole kW as bills state it, one decimal where it has any."""
    return text.number(value, 0 if value is None or value.denominator == 1 else 1)
