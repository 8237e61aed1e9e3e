"""Photovoltaics: monthly generation, and how much of it the site uses itself after all other savings."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from typing import Any

from carbonlib.errors import Finding, Message
from carbonlib.measures.amounts import usual
from carbonlib.measures.declare import measure
from carbonlib.measures.generation import (
    DESIGN,
    FACTORS,
    IRRADIATION,
    SEASONS,
    month_lengths,
    monthly_generation,
)
from carbonlib.measures.model import Choice, Effect, Input, Saving, Series
from carbonlib.measures.photovoltaic_inputs import (
    HOURS,
    LATITUDE,
    LONGITUDE,
    RENEWAL,
    REVERSE_FLOW,
    WAYS,
    YEARS,
    go_together,
    too_much_per_kw,
)
from carbonlib.measures.self_use import SelfUse, by_series, by_shape
from carbonlib.measures.sun import MONTHS, day_shapes
from carbonlib.measures.terms import Sheet, Term, least, total
from carbonlib.records.load_shapes import LoadShape, load_shapes
from carbonlib.units import Q_, Quantity


@measure(
    "photovoltaics",
    kind="capital",
    ja="太陽光発電の導入",
    en="Photovoltaics",
    end_use="imported_electricity",
    inputs=(
        Input("capacity", "太陽電池の容量", "capacity of the array", "kW"),
        Input(
            "annual_load",
            "年間の買電量（他の対策の前）",
            "electricity bought before other savings",
            "kWh/年",
        ),
        Choice("self_use", "自家消費の求め方", "how self-use is found", WAYS),
        Input(
            "self_consumed_per_kw",
            "1 kW 当たりの自家消費量",
            "self-consumption per kW",
            "kWh/kW/年",
            optional=True,
        ),
        IRRADIATION,
        Series("load", "30分値", "half-hourly load", "kWh", tuple(YEARS), optional=True),
        Input("open_days", "営業・操業の日数", "days open", "日/年", optional=True, high=366),
        DESIGN,
        *FACTORS,
        *SEASONS,
        LATITUDE,
        LONGITUDE,
        HOURS,
        Choice("reverse_flow", "余剰の扱い", "what becomes of the surplus", REVERSE_FLOW, "none"),
        Input("sale_price", "余剰の売電単価", "price of surplus sold", "円/kWh", optional=True),
        Input("fade", "出力の低下", "fall of output", "%/年", default="pv_fade", high=100),
        RENEWAL,
        Input(
            "renewal_cost",
            "パワーコンディショナの更新費",
            "cost of renewing the power conditioner",
            "円",
            optional=True,
        ),
    ),
    source="design-notes",
    rescales="annual_load",
)
def photovoltaics(
    sheet: Sheet,
    *,
    capacity: Term,
    annual_load: Term,
    self_use: str,
    self_consumed_per_kw: Term | None,
    irradiation: list[dict[str, Any]],
    load: Sequence[float] | None,
    open_days: Term | None,
    design_factor: Term | None,
    year_factor: Term | None,
    ageing_factor: Term | None,
    array_factor: Term | None,
    matching_factor: Term | None,
    inverter_efficiency: Term | None,
    winter_factor: Term | None,
    mild_factor: Term | None,
    summer_factor: Term | None,
    latitude: Term | None,
    longitude: Term | None,
    hours_of_year: Term | None,
    reverse_flow: str,
    sale_price: Term | None,
    fade: Term,
    renewal_year: Term | None,
    renewal_cost: Term | None,
) -> Saving:
    r"""Return the electricity that a photovoltaic array spares the site from buying.

    .. math::
        G_m = P H_m K_m d_m / G_{STC}, \quad E = \sum_{30 min} \min(G_t, L_t), \quad
        K_m = K_{HD} K_{PD} K_{PA} K_{PM} \eta_{INO} K_{PT,m}

    Parameters
    ----------
    capacity : Quantity
        Rated under standard test conditions, G_STC = 1 kW/m². [kW]
    annual_load : Quantity
        Electricity bought in a year, as the account has it; where proposals are evaluated together, what the others
        leave of it is put in. [kWh/year]
    self_use : str
        ``given``, ``measured`` (30-minute values) or a load shape of ``load_shapes.csv``.
    self_consumed_per_kw : Quantity
        For ``given`` alone: self-consumption, not generation. [kWh/kW/year]
    irradiation : list of 12 mappings
        `daily` irradiation in the plane of the panels, from January to December; it has no default. [kWh/m²/day]
    load : sequence of float
        For ``measured``: 17,520 or 17,568 values from April 1st, 0:00; scaled to `annual_load`. [kWh]
    open_days : Quantity, optional
        For a load shape: days open, spread over the months; closed days decide the self-use. [day/year]
    design_factor : Quantity, optional
        K as a whole, in place of the factors that follow, which have the values of JIS C 8907. [1]
    latitude, longitude, hours_of_year : Quantity, optional
        Where the sun stands, and 8,784 h in a year with a 29 February. [°], [h/year]
    reverse_flow, sale_price : str, Quantity
        ``none``: surplus is curtailed and worth nothing; ``sold``: at the price. [JPY/kWh]
    fade, renewal_year, renewal_cost : Quantity, optional
        For the years after the first. [%/year], [year], [JPY]

    Source: design notes (measures.md, photovoltaics); examples of the Saitama deck, 2025-10-28: 7 kW that spare
    8,029 kWh of 19,173. Energy of the panels by 3.6 GJ/千kWh or 0 is the account's matter.

    The deck's array: 7 kW × 1,147 kWh/kW = 8,029 kWh. By month: 10 kW × 4 kWh/m² × 365 days × 0.73 = 10,658 kWh,
    all used by a constant load of 876,000 / 8,760 = 100 kW.

    >>> s = photovoltaics(capacity=Q_(7, "kW"), annual_load=Q_(19173, "kWh"), self_use="given",
    ...     self_consumed_per_kw=Q_(1147, "kWh/kW"))
    >>> s.effects[0].saved.magnitude, s.table[-1].formula
    (8029.0, 'min(①×③, ②)')
    >>> s = photovoltaics(capacity=Q_(10, "kW"), annual_load=Q_(876000, "kWh"), self_use="constant",
    ...     irradiation=[{"daily": Q_(4, "kWh/m2/day")}] * 12, design_factor=Q_(0.73, ""))
    >>> round(s.effects[0].saved.magnitude, 6)
    10658.0
    """
    go_together(
        self_use=self_use,
        self_consumed_per_kw=self_consumed_per_kw,
        irradiation=irradiation,
        load=load,
        open_days=open_days,
        hours_of_year=hours_of_year,
        reverse_flow=reverse_flow,
        sale_price=sale_price,
        renewal_year=renewal_year,
    )
    findings: tuple[Finding, ...] = ()
    if self_consumed_per_kw is not None:
        findings = too_much_per_kw(self_consumed_per_kw, sheet.defaults["pv_highest_yield"])
        stated = least(capacity * self_consumed_per_kw, annual_load)
        used, surplus, cut = sheet.row("自家消費量", "self-consumption", stated, "kWh/年"), None, None
    else:
        days = (
            YEARS[len(load)]
            if load is not None
            else round(usual(sheet, HOURS, hours_of_year).magnitude("h") / 24)
        )
        sun = day_shapes(
            usual(sheet, LATITUDE, latitude).magnitude("deg"),
            usual(sheet, LONGITUDE, longitude).magnitude("deg"),
        )
        open_share = (
            None if load is not None else _open_share(sheet, load_shapes()[self_use], open_days, days)
        )
        factors = (year_factor, ageing_factor, array_factor, matching_factor, inverter_efficiency)
        seasons = (winter_factor, mild_factor, summer_factor)
        lengths = month_lengths(days)
        months = monthly_generation(sheet, capacity, irradiation, design_factor, factors, seasons, lengths)
        found = _self_use(
            load_shapes().get(self_use),
            load,
            open_share,
            annual_load.magnitude("kWh"),
            [months[m - 1].magnitude("kWh") for m in MONTHS],
            [lengths[m - 1] for m in MONTHS],
            sun,
        )
        used, surplus, cut = _entered(sheet, months, found, self_use, reverse_flow)
    income = None
    if reverse_flow == "sold" and surplus is not None and sale_price is not None:
        income = sheet.row("売電収入", "income from surplus", surplus * sale_price, "円/年").quantity
    renewals = {}
    if renewal_cost is not None:
        year = round(usual(sheet, RENEWAL, renewal_year).magnitude("year"))
        renewals[year] = renewal_cost.quantity
    effect = Effect("imported_electricity", "electricity", used.quantity, annual_load.quantity)
    fall = Q_(fade.magnitude("percent"), "percent/year")
    return Saving(
        "",
        (effect,),
        (),
        peak_cut=cut,
        findings=findings,
        income=income,
        fade=fall,
        renewals=renewals,
    )


def _entered(
    sheet: Sheet, months: Sequence[Term], found: SelfUse, self_use: str, reverse_flow: str
) -> tuple[Term, Term, Quantity | None]:
    """Write down what is generated, used and left over in a year, and by how much the peak falls."""
    made = sheet.row("年間発電電力量", "generation of the year", total(months), "kWh/年")
    used = sheet.summed("自家消費量", "self-consumption", "kWh/年", _how(self_use), _at_most(found.kwh, made))
    surplus = sheet.row("余剰電力量", "surplus", made - used, "kWh/年", REVERSE_FLOW[reverse_flow])
    return used, surplus, _peak_cut(sheet, found)


def _at_most(kwh: float, made: Term) -> Quantity:
    """Return a sum over many half-hours, exactly the whole where it differs from it by rounding alone."""
    whole = made.magnitude("kWh")
    return Q_(whole if kwh > whole or isclose(kwh, whole, rel_tol=1e-12) else kwh, "kWh")


def _self_use(
    shape: LoadShape | None,
    load: Sequence[float] | None,
    open_share: float | None,
    annual_load: float,
    generation: Sequence[float],
    days: Sequence[int],
    sun: Sequence[Sequence[float]],
) -> SelfUse:
    if load is not None:
        return by_series(load, annual_load, generation, days, sun)
    assert shape is not None, "a shape is chosen where no load is given"
    assert open_share is not None, "a shape comes with its days open"
    return by_shape(
        shape.open_day, shape.closed_day, shape.months, open_share, annual_load, generation, days, sun
    )


def _open_share(sheet: Sheet, shape: LoadShape, open_days: Term | None, days: int) -> float:
    """Return the share of days open, and write down the shape's own where none is given."""
    if open_days is None:
        doubt_ja = "標準値・仮定" if shape.evidence == "assumption" else "標準値"
        doubt_en = "standard value, assumption" if shape.evidence == "assumption" else "standard value"
        open_days = sheet.entered(
            Message("営業・操業の日数", "days open"),
            Q_(shape.open_days, "d"),
            "日/年",
            basis=Message(f"{doubt_ja}。{shape.label_ja}", f"{doubt_en}: {shape.label_en}"),
            how="標準値",
            evidence=shape.evidence,
            source=shape.source,
        )
    return min(1.0, open_days.magnitude("d") / days)


def _how(self_use: str) -> Message:
    """Return how the self-use was summed, for the table."""
    way = WAYS[self_use]
    doubt = "" if self_use == "measured" else "（仮定）"
    doubt_en = "" if self_use == "measured" else " (assumption)"
    return Message(
        f"30分ごとの発電と負荷の小さい方の合計。{way.ja}{doubt}、発電は月ごとの平均的な日。"
        "日ごとの晴れ曇りを均すため、大きめに出る",
        f"sum over half-hours of the lesser of generation and load; {way.en}{doubt_en}; generation by each month's "
        "average day, which evens out clouds and so comes out rather high",
    )


def _peak_cut(sheet: Sheet, found: SelfUse) -> Quantity | None:
    """Write down by how much the year's highest demand falls; unknown without half-hourly data."""
    if found.peak_cut_kw is None:
        return None
    basis = Message(
        "30分値の年間最大について、月ごとの平均的な日の発電で試算。曇天の日に最大が出れば下がらない",
        "the year's highest half-hour under each month's average day; a cloudy day's peak does not fall",
    )
    cut = Q_(found.peak_cut_kw, "kW")
    return sheet.summed("最大需要電力の低減", "cut of peak demand", "kW", basis, cut).quantity
