"""The marginal price from a dated menu: energy charge, adjustments and levy, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from carbonlib.errors import Message, shown
from carbonlib.fiscal_year import Month, Year, months_of
from carbonlib.records.model import Meter, Tax
from carbonlib.records.tariff_model import ADJUSTMENT_LABELS, Evidence, Menu, Tariffs
from carbonlib.records.tax import with_tax
from carbonlib.tariffs.model import Hours, Price

# from the weakest: a price is as sure as its weakest part
_WEAKEST_FIRST = ("assumption", "secondary", "published", "statute")


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


def _shares(
    charges: Mapping[str, Fraction], hours: Hours, used: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """Return the share of the saving in each time band of a month."""
    wanted = hours.shares
    if set(charges) == {""}:
        return dict(wanted) if wanted else {"": Fraction(1)}
    if not wanted:
        total = sum(used.values(), Fraction(0))
        if not total:
            raise _Lacking("時間帯別の使用量", "the use by time band")
        wanted = {band: use / total for band, use in used.items()}
    if missing := [b for b, s in wanted.items() if s and b not in charges]:
        raise _Lacking(
            f"時間帯「{shown(missing[0])}」の単価", f"a price of the time band {shown(missing[0])!r}"
        )
    return wanted


def _month(
    menu: Menu, tariffs: Tariffs, month: Month, hours: Hours, used: Mapping[str, Fraction]
) -> tuple[dict[str, Fraction], list[Evidence]]:
    """Return the terms of a month and what they rest on, or raise with what is lacking."""
    rates = menu.rates_in(month)
    if rates is None:
        raise _Lacking("その時点の単価", "prices of that time")
    charges = rates.charges(month)
    if not charges:
        raise _Lacking("電力量料金", "the energy charge")
    shares = _shares(charges, hours, used)
    terms = {
        "energy_charge_jpy": sum(
            (s * charges.get(b, charges.get("", Fraction(0))) for b, s in shares.items()), Fraction(0)
        )
    }
    proofs = [rates.evidence]
    for kind in menu.adjusted_by:
        total = Fraction(0)
        for band, share in shares.items():
            found = menu.adjustment(kind, month, band)
            if found is None:
                raise _Lacking(*ADJUSTMENT_LABELS[kind])
            total += share * found.rate
            proofs.append(found.evidence)
        terms[f"{kind}_adjustment_jpy"] = total
    if menu.renewable_levy:
        levy = tariffs.levy(month)
        if levy is None:
            raise _Lacking("再エネ賦課金", "the renewable levy")
        without = menu.tax == "excluded" and levy.tax == "included"
        terms["renewable_levy_jpy"] = levy.rate / (with_tax() if without else 1)
        proofs.append(levy.evidence)
    return terms, proofs


def from_menu(
    menu: Menu, tariffs: Tariffs, year: Year, hours: Hours, used: Mapping[str, Fraction]
) -> Price | Message:
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
        When energy is saved; where a menu has time bands and `hours` names none, shares are those of `used`.
    used : mapping of str to Fraction
        Use by time band on the bills. [unit]
    """
    months = [m for m in months_of(year) if not hours.months or m.month in hours.months]
    known: dict[Month, dict[str, Fraction]] = {}
    proofs: list[Evidence] = []
    lacking: dict[Message, None] = {}
    for month in months:
        try:
            known[month], found = _month(menu, tariffs, month, hours, used)
            proofs += found
        except _Lacking as error:
            lacking[error.message] = None
    name = f"{shown(menu.supplier)} {shown(menu.name)}"
    if not known:
        ja, en = "・".join(m.ja for m in lacking), ", ".join(m.en for m in lacking)
        return Message(
            f"メニュー「{name}」は{ja}が分かりません。",
            f"Of the menu {name!r}, {en} is not known.",
        )
    terms = tuple(
        (term, sum((parts[term] for parts in known.values()), Fraction(0)) / len(known))
        for term in next(iter(known.values()))
    )
    span = f"{next(iter(known))}〜{list(known)[-1]} の {len(known)} か月"
    left = len(months) - len(known)
    ja = (
        f"メニュー「{name}」の単価（{span}の平均{f'。単価がそろわない {left} か月を除く' if left else ''}）。"
    )
    en = f"Prices of the menu {name!r}, the mean of {len(known)} of {len(months)} months."
    tax: Tax = menu.tax
    return Price(
        sum((v for _, v in terms), Fraction(0)),
        menu.unit,
        "menu",
        Message(ja, en),
        min((p.evidence for p in proofs), key=_WEAKEST_FIRST.index),
        tuple(dict.fromkeys(p.label() for p in proofs)),
        tax,
        terms,
    )
