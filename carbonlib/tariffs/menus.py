"""The marginal price from a dated menu: energy charge, adjustments and levy, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from carbonlib.errors import Message, shown
from carbonlib.fiscal_year import Month, Year, months_of
from carbonlib.records.model import Meter, Tax
from carbonlib.records.tariff_model import ADJUSTMENT_LABELS, Evidence, Menu, Tariffs
from carbonlib.records.tax import with_tax
from carbonlib.tariffs.bills import Part, bands_by_month, bands_used
from carbonlib.tariffs.model import Hours, Price, weakest


class _Lacking(Exception):
    """What a month lacks, in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(ja)
        self.message = Message(ja, en)


def menu_of(meter: Meter | None, tariffs: Tariffs) -> Menu | Message:
    """Return the menu of a meter, or the words why there is none."""
    if meter is None or not meter.menu:
        return Message(
            "company.yaml の meters に料金メニュー（supplier・menu）がありません。",
            "company.yaml names no menu (supplier, menu) for the meter.",
        )
    menu = tariffs.menu(meter.supplier, meter.menu)
    if menu is None:
        names = f"{shown(meter.supplier)} {shown(meter.menu)}"
        return Message(
            f"メニュー「{names}」が parameters/tariffs/ にありません。",
            f"There is no menu {names!r} under parameters/tariffs/.",
        )
    return menu


_Terms = dict[str, Fraction]  # a price in its terms, by the names of a bill's lines


def _bands(charges: Mapping[str, Fraction], hours: Hours, used: Mapping[str, Fraction]) -> list[str]:
    """Return the time bands of a month that energy is saved in, or raise where they are not known.

    A band that has a price in other months alone is none of it: a menu may have a peak band in summer only.
    """
    flat = set(charges) == {""}
    if flat and not hours.shares:
        return [""]
    wanted = hours.shares or used
    named = [band for band, share in wanted.items() if share]
    if not named:
        raise _Lacking("時間帯別の使用量", "the use by time band")
    found = [band for band in named if flat or band in charges]
    if not found:
        raise _no_price(named[0])
    return found


def _no_price(band: str) -> _Lacking:
    return _Lacking(f"時間帯「{shown(band)}」の単価", f"a price of the time band {shown(band)!r}")


def _month(
    menu: Menu, tariffs: Tariffs, month: Month, hours: Hours, used: Mapping[str, Fraction]
) -> tuple[dict[str, _Terms], list[Evidence]]:
    """Return the terms of each time band of a month and what they rest on, or raise with what is lacking."""
    rates = menu.rates_in(month)
    if rates is None:
        raise _Lacking("その時点の単価", "prices of that time")
    charges = rates.charges(month)
    if not charges:
        raise _Lacking("電力量料金", "the energy charge")
    proofs = [rates.evidence]
    levy = tariffs.levy(month) if menu.renewable_levy else None
    if menu.renewable_levy and levy is None:
        raise _Lacking("再エネ賦課金", "the renewable levy")
    if levy is not None:
        proofs.append(levy.evidence)
    found: dict[str, _Terms] = {}
    for band in _bands(charges, hours, used):
        terms = {"energy_charge_jpy": charges[band] if band in charges else charges[""]}
        for kind in menu.adjusted_by:
            adjustment = menu.adjustment(kind, month, band)
            if adjustment is None:
                raise _Lacking(*ADJUSTMENT_LABELS[kind])
            terms[f"{kind}_adjustment_jpy"] = adjustment.rate
            proofs.append(adjustment.evidence)
        if levy is not None:
            without = menu.tax == "excluded" and levy.tax == "included"
            terms["renewable_levy_jpy"] = levy.rate / (with_tax() if without else 1)
        found[band] = terms
    return found, proofs


def _weighted(
    known: Mapping[Month, Mapping[str, _Terms]], hours: Hours, used: Mapping[Month, Mapping[str, Fraction]]
) -> _Terms:
    """Return the mean of the months' prices.

    Shares that are named are those of the whole saving: each is spread over the months that have its band. Those of
    the bills are the month's own, and months count alike.
    """
    parts: list[tuple[Fraction, _Terms]] = []
    for band, share in hours.shares.items():
        own = [bands[band] for bands in known.values() if band in bands]
        if share and not own:
            raise _no_price(band)
        parts += [(share / len(own), terms) for terms in own]
    if not hours.shares:
        for month, bands in known.items():
            uses = {band: Fraction(1) if band == "" else used[month][band] for band in bands}
            total = sum(uses.values(), Fraction(0)) * len(known)
            parts += [(uses[band] / total, terms) for band, terms in bands.items()]
    names = parts[0][1]
    return {name: sum((weight * terms[name] for weight, terms in parts), Fraction(0)) for name in names}


def from_menu(menu: Menu, tariffs: Tariffs, year: Year, hours: Hours, parts: list[Part]) -> Price | Message:
    """Return the price of a menu, the mean of the months of which every term is known, or the words why not.

    Parameters
    ----------
    menu : Menu
        Of the contract.
    tariffs : Tariffs
        For the levy.
    year : int or Period
        Whose months are taken.
    hours : Hours
        When energy is saved; where a menu has time bands and `hours` names none, shares are those of the bills.
    parts : list of Part
        The bills of the meter. A month of which they state no use by time band has the shares of the year.
    """
    months = [m for m in months_of(year) if not hours.months or m.month in hours.months]
    of_year, by_month = bands_used(parts), bands_by_month(parts, year)
    used = {m: by_month.get(m, of_year) for m in months}
    anywhere = {c.band for rates in menu.rates for c in rates.energy_charges}
    known: dict[Month, dict[str, _Terms]] = {}
    proofs: list[Evidence] = []
    lacking: dict[Message, None] = {}
    mean: _Terms = {}
    for band, share in (hours.shares or of_year).items():
        if share and band not in anywhere and "" not in anywhere:
            lacking[_no_price(band).message] = None
    for month in () if lacking else months:
        try:
            known[month], found = _month(menu, tariffs, month, hours, used[month])
            proofs += found
        except _Lacking as error:
            lacking[error.message] = None
    if known:
        try:
            mean = _weighted(known, hours, used)
        except _Lacking as error:
            lacking[error.message] = None
    name = f"{shown(menu.supplier)} {shown(menu.name)}"
    if not mean:
        ja, en = "・".join(m.ja for m in lacking), ", ".join(m.en for m in lacking)
        return Message(
            f"メニュー「{name}」は{ja}が分かりません。",
            f"Of the menu {name!r}, {en} is not known.",
        )
    span = f"{next(iter(known)).label()}〜{list(known)[-1].label()}の {len(known)} か月"
    left = len(months) - len(known)
    ja = (
        f"メニュー「{name}」の単価（{span}の平均{f'。単価がそろわない {left} か月を除く' if left else ''}）。"
    )
    en = f"Prices of the menu {name!r}, the mean of {len(known)} of {len(months)} months."
    tax: Tax = menu.tax
    return Price(
        sum(mean.values(), Fraction(0)),
        menu.unit,
        "menu",
        Message(ja, en),
        weakest(p.evidence for p in proofs),
        tuple(dict.fromkeys(p.label() for p in proofs)),
        tax,
        tuple(mean.items()),
    )
