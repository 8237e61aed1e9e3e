"""Two prices of a saved unit: the average, which describes, and the marginal, which a saving is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.accounting.boundary import within_boundary
from carbonlib.accounting.calendar import bills_of_year
from carbonlib.errors import Message, shown
from carbonlib.factors import Programme, carrier_named
from carbonlib.fiscal_year import Year, period_of
from carbonlib.records.model import Bill, Meter
from carbonlib.records.tariff_model import Tariffs
from carbonlib.tariffs.bills import Part, from_lines, from_residual, parts_of
from carbonlib.tariffs.menus import from_menu, menu_of
from carbonlib.tariffs.model import ALL_HOURS, Hours, Price, not_known, weakest, why_not
from carbonlib.units import Q_, same_dimension


def average_price(line: AccountLine) -> Price | None:
    """Return cost ÷ use of an account's line, the demand charge included; None where it is not known.

    Parameters
    ----------
    line : AccountLine
        One carrier of the year.

    Returns
    -------
    Price or None
        [JPY/unit of the line]

    Notes
    -----
    It is the price by which the prefecture's sheet values a saving (Saitama deck 2025-10-28, 27.42 円/kWh); it holds
    the demand charge, so a saving that leaves the demand alone is worth less.
    """
    if line.unit_price_jpy is None:
        return None
    tax = line.taxes[0] if len(line.taxes) == 1 else "unknown"
    basis = Message(
        "年間の料金 ÷ 使用量（基本料金を含む平均単価）。",
        "Cost ÷ use of the year, the demand charge included.",
    )
    sources = tuple(dict.fromkeys(place.text() for place in line.rows if place.text()))
    return Price(line.unit_price_jpy, line.unit, "average", basis, "bill", sources, tax)


def _without_base_charge(line: AccountLine) -> Price:
    average = average_price(line)
    if average is None:
        reason = Message("料金か使用量が分かりません。", "Cost or use is not known.")
        return not_known(line.unit, [reason])
    basis = Message(
        "基本料金のない燃料のため、平均単価がそのまま限界単価です。",
        "A fuel without a base charge: the average price is the marginal one.",
    )
    return Price(average.amount, line.unit, "no_base_charge", basis, "bill", average.sources, average.tax)


def _of_meter(
    line: AccountLine,
    parts: list[Part],
    meter: Meter | None,
    tariffs: Tariffs,
    year: Year,
    hours: Hours,
) -> Price:
    """Return the price at one meter by the first source that gives one; sources are never mixed."""
    group = carrier_named(line.carrier).group
    reasons: list[Message] = []
    for found in (
        from_lines(parts, group, meter, hours, line.unit),
        from_residual(parts, hours, line.unit),
    ):
        if isinstance(found, Price):
            return found
        reasons.append(found)
    menu = menu_of(meter, tariffs)
    if isinstance(menu, Message):
        return not_known(line.unit, [*reasons, menu])
    if menu.carrier != line.carrier or not same_dimension(Q_(1, menu.unit), line.unit):
        reason = Message(
            f"メニュー「{shown(menu.name)}」の単価は {menu.unit} あたりで、この契約の {line.unit} と合いません。",
            f"The menu {shown(menu.name)!r} is per {menu.unit}, not per {line.unit}.",
        )
        return not_known(line.unit, [*reasons, reason])
    priced = from_menu(menu, tariffs, year, hours, parts)
    return priced if isinstance(priced, Price) else not_known(line.unit, [*reasons, priced])


def _together(line: AccountLine, prices: dict[str, tuple[Price, Fraction]]) -> Price:
    """Return one price of several meters, weighted by use, where all are found the same way."""
    found = [price for price, _ in prices.values()]
    if len(found) == 1:
        return found[0]
    if lacking := [name for name, (price, _) in prices.items() if not price.known]:
        names = "・".join(shown(name) for name in lacking)
        reason = Message(
            f"メーター {names} の単価が求められないためです。省エネが効くメーターを 1 つ選ぶと求められることがあります。",
            f"That of the meters {names} cannot be found; naming the one meter that saves may help.",
        )
        return not_known(line.unit, [reason, why_not(prices[lacking[0]][0])])
    first = found[0]
    if any((p.kind, p.tax, p.unit) != (first.kind, first.tax, first.unit) for p in found):
        reason = Message(
            "メーターごとに単価の求め方か消費税の扱いが違うため、1 つにまとめません。メーターを 1 つ選んでください。",
            "The meters' prices are found in different ways or differ in tax, so they are not mixed; name one meter.",
        )
        return not_known(line.unit, [reason])
    use = sum((u for _, u in prices.values()), Fraction(0))
    amount = sum((p.amount * u for p, u in prices.values() if p.amount is not None), Fraction(0)) / use
    names = "・".join(shown(name) for name in prices)
    ways = {p.basis: None for p in found}
    each = [(shown(name), price.basis) for name, (price, _) in prices.items()]
    basis = Message(
        f"メーター {names} の限界単価の、使用量による平均。"
        + (first.basis.ja if len(ways) == 1 else "".join(f"{name}：{way.ja}" for name, way in each)),
        f"The mean of the meters {names} by use. "
        + (first.basis.en if len(ways) == 1 else " ".join(f"{name}: {way.en}" for name, way in each)),
    )
    terms: dict[str, Fraction] = {}
    for price, own in prices.values():
        for term, value in price.terms:
            terms[term] = terms.get(term, Fraction(0)) + value * own / use
    sources = tuple(dict.fromkeys(s for p in found for s in p.sources))
    sure = weakest(p.evidence for p in found)
    return Price(amount, first.unit, first.kind, basis, sure, sources, first.tax, tuple(terms.items()))


def marginal_price(
    line: AccountLine,
    *,
    bills: Iterable[Bill],
    meters: Sequence[Meter],
    tariffs: Tariffs,
    programme: Programme,
    fiscal_year: Year,
    hours: Hours = ALL_HOURS,
) -> Price:
    """Return what a saved unit is worth: every per-unit term at the hours saved, without state discounts.

    The sources, in this order and never mixed: the lines of the bills; the bills' cost without their demand charge;
    the dated menu of the meter. Where none gives a price it is not known, and the average is never put in its place.
    A fuel without a base charge has one price.

    Parameters
    ----------
    line : AccountLine
        Carrier and unit; its average serves fuels without a base charge.
    bills : iterable of Bill
        Of the company; those of other carriers, units and years are passed over. Give those of one meter where the
        saving is at that meter.
    meters : sequence of Meter
        The contracts of company.yaml.
    tariffs : Tariffs
        Menus and levies.
    programme : Programme
        By which the account read its units.
    fiscal_year : int or Period
        Of the account.
    hours : Hours
        When energy is saved.

    Returns
    -------
    Price
        [JPY/unit of the line]; ``not_known`` with every reason where there is none.

    Raises
    ------
    CarbonlibError
        A bill that cannot be read under the programme.
    """
    if carrier_named(line.carrier).group == "fuel":
        return _without_base_charge(line)
    by_meter: dict[tuple[str, str], list[Bill]] = {}
    of_year = bills_of_year([b for b in bills if b.carrier == line.carrier], fiscal_year)
    for bill in within_boundary(of_year, meters)[0]:  # tenants pay the same price: their use stays in
        by_meter.setdefault((bill.site_id, bill.meter_id), []).append(bill)
    prices: dict[str, tuple[Price, Fraction]] = {}
    for (site, name), group in by_meter.items():
        meter = next((m for m in meters if (m.site_id, m.id) == (site, name)), None)
        parts = parts_of(group, line.unit, programme, fiscal_year, hours)
        if parts:
            price = _of_meter(line, parts, meter, tariffs, fiscal_year, hours)
            prices[f"{site}/{name}"] = (price, sum((p.share * p.use for p in parts), Fraction(0)))
    if not prices:
        reason = Message(
            f"{period_of(fiscal_year).word('この年度')}の使用量のある請求書がありません。",
            "No bill of the year states a use.",
        )
        return not_known(line.unit, [reason])
    return _together(line, prices)
