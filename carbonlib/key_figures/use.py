"""The first page's numbers of the energy used: totals, changes, what dominates, shares by carrier."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.accounting.sheet import units_of
from carbonlib.accounting.whole import is_whole, months_known
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message
from carbonlib.factors import Carrier, Factor, carriers
from carbonlib.first_page import change_of
from carbonlib.key_figures.model import KeyFigure, Kind, bills_of, co2_factors, energy_factors

_OIL = Message(
    "Σ 使用量 × 単位発熱量（電気は一次エネルギー換算係数）× 0.0258",
    "Σ use × heat of a unit (of electricity the primary energy factor) × 0.0258",
)
_CO2 = Message("Σ 使用量 × CO2排出係数", "Σ use × CO2 emission factor")
_CHANGE = Message("（この年度 − 前年度）÷ 前年度", "(this year − year before) ÷ year before")
_MEASURES = (
    ("cost", "cost_jpy", Message("費用", "cost")),
    ("energy", "energy_gj", Message("熱量", "primary energy")),
    ("co2", "co2_t", Message("CO2排出量", "CO2")),
)


def use_figures(d: Diagnosis) -> Iterator[KeyFigure]:
    """Yield the totals of the year, their changes, and what the key message says of the largest carrier."""
    lines = d.account.lines
    before = () if d.previous is None else d.previous.lines
    cost = Message("Σ 請求の料金（期間内の日数分）", "Σ costs of the bills, by the days within the period")
    totals: tuple[tuple[str, str, Message, Kind, str, Message, tuple[Factor, ...]], ...] = (
        (
            "cost",
            "cost_jpy",
            Message("エネルギー費用", "energy cost"),
            "thousand_yen",
            "JPY",
            cost,
            (),
        ),
        (
            "crude_oil",
            "crude_oil_kl",
            Message("原油換算", "crude-oil equivalent"),
            "kl",
            "kL",
            _OIL,
            energy_factors(lines),
        ),
        ("co2", "co2_t", Message("CO2排出量", "CO2"), "t", "t_CO2", _CO2, co2_factors(lines)),
    )
    for id, of, label, kind, unit, formula, factors in totals:
        value = getattr(d.account, of)
        if value is not None:
            yield KeyFigure(id, label, value, unit, kind, formula, bills_of(lines), factors)
        change = change_of(d, of)
        if change is not None:
            name = Message(f"{label.ja}の前年度からの変化", f"change of {label.en} against the year before")
            places = (*bills_of(lines), *bills_of(before))
            both = (*factors, *_factors_of(of, before))
            yield KeyFigure(
                f"{id}_change", name, change, "1", "change", _CHANGE, places, tuple(dict.fromkeys(both))
            )
    months = None if is_whole(d.account) else months_known(d.account)
    if months is not None:
        name = Message("請求のある月数", "months with bills")
        counted = Message("請求のある月を数えた数", "count of the months that have bills")
        yield KeyFigure("months", name, Fraction(months), "か月", "count", counted, bills_of(lines))
    yield from _dominant(d)


def _factors_of(of: str, lines: tuple[AccountLine, ...]) -> tuple[Factor, ...]:
    by = {"crude_oil_kl": energy_factors, "energy_gj": energy_factors, "co2_t": co2_factors}
    return by[of](lines) if of in by else ()


def _dominant(d: Diagnosis) -> Iterator[KeyFigure]:
    """Yield use and price of the carrier that dominates; its share is among the shares by carrier."""
    top = d.shares.dominant()
    line = None if top is None else d.account.line(top[1])
    if top is None or line is None:
        return
    name, unit = carriers()[top[1]], units_of(line)[0]
    use = Message("Σ 請求の使用量", "Σ quantities of the bills")
    label = Message(f"{name.label_ja}の使用量", f"use of {name.label_en}")
    yield KeyFigure(f"{name.id}_use", label, line.quantity, unit, "amount", use, bills_of([line]))
    if line.unit_price_jpy is not None:
        label = Message(f"{name.label_ja}の平均単価", f"average price of {name.label_en}")
        formula = Message("費用 ÷ 使用量", "cost ÷ use")
        price = line.unit_price_jpy
        yield KeyFigure(f"{name.id}_price", label, price, f"円/{unit}", "price", formula, bills_of([line]))


def share_figures(d: Diagnosis) -> Iterator[KeyFigure]:
    """Yield each carrier's share of cost, primary energy and CO2; nothing where there is one carrier alone."""
    if len(d.shares.carriers) == 1:
        return
    for position, carrier in enumerate(d.shares.carriers):
        for id, of, measure in _MEASURES:
            values = getattr(d.shares, id)
            if values:
                yield _share(d, carriers()[carrier], id, of, measure, values[position])


def _share(d: Diagnosis, of: Carrier, id: str, measured: str, measure: Message, share: Fraction) -> KeyFigure:
    lines = d.account.lines
    return KeyFigure(
        f"{of.id}_{id}_share",
        Message(f"{measure.ja}に占める{of.label_ja}", f"share of {of.label_en} in the {measure.en}"),
        share,
        "1",
        "share",
        Message(
            f"{of.label_ja}の{measure.ja} ÷ Σ {measure.ja}", f"{measure.en} of {of.label_en} ÷ Σ {measure.en}"
        ),
        bills_of(lines),
        _factors_of(measured, lines),
    )
