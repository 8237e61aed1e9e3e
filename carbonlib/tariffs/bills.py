"""The marginal price from the lines of the bills themselves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from carbonlib.accounting.calendar import is_monthly, period_label, share_in_year, shares
from carbonlib.accounting.lines import lines_without_tax
from carbonlib.errors import Message
from carbonlib.factors import CarrierAmount, Programme, read_carrier
from carbonlib.fiscal_year import Month, Year, days_label, period_of
from carbonlib.records.model import TIME_BANDS, Bill, Meter, Tax
from carbonlib.tariffs.model import Hours, Price

LINES = ("energy_charge_jpy", "fuel_adjustment_jpy", "market_adjustment_jpy", "renewable_levy_jpy")
# a market adjustment is not on every contract; the other lines are, and a blank one is not known
_ALWAYS = {
    "electricity": ("energy_charge_jpy", "fuel_adjustment_jpy", "renewable_levy_jpy"),
    "gas": ("energy_charge_jpy", "fuel_adjustment_jpy"),
}


@dataclass(frozen=True)
class Part:
    """A bill in the year: its use in the line's unit, and the share of it that counts."""

    bill: Bill
    use: Fraction
    share: Fraction


def parts_of(bills: list[Bill], unit: str, programme: Programme, year: Year, hours: Hours) -> list[Part]:
    """Return the bills of a year in one unit, with the share of each that lies in the months asked for."""
    found = []
    read: dict[tuple[str, str], CarrierAmount] = {}  # what one of a unit is; few bills differ in it
    for bill in bills:
        if hours.months:
            by_month = shares(bill, year) if is_monthly(bill) else {}
            share = sum((s for m, s in by_month.items() if m.month in hours.months), Fraction(0))
        else:
            share = share_in_year(bill, year)
        key = (bill.carrier, bill.unit)
        if key not in read:
            read[key] = read_carrier(f"1 {bill.unit}", bill.carrier, programme, period_of(year).fiscal_year)
        if share and read[key].unit == unit and bill.quantity:
            found.append(Part(bill, Fraction(bill.quantity) * read[key].value, share))
    return found


def _periods(parts: list[Part], lang: str = "ja") -> str:
    if len(parts) > 3:
        return days_label(min(p.bill.start for p in parts), max(p.bill.end for p in parts), lang)
    return ("・" if lang == "ja" else ", ").join(
        period_label(p.bill.start, p.bill.end, lang) for p in sorted(parts, key=lambda p: p.bill.start)
    )


def _tax(parts: list[Part]) -> Tax | None:
    """Return whether the lines include tax, None where bills differ."""
    taxes: set[Tax] = {"excluded" if lines_without_tax(p.bill) else p.bill.tax for p in parts}
    return next(iter(taxes)) if len(taxes) == 1 else None


def _places(parts: list[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.bill.place.text() for p in parts if p.bill.place.text()))


def bands_used(parts: list[Part]) -> dict[str, Fraction]:
    """Return the use by time band that the bills state; empty where they state none."""
    found: dict[str, Fraction] = {}
    for part in parts:
        for band in TIME_BANDS:
            if value := part.bill.charges.get(band):
                name = band.removesuffix("_kwh")
                found[name] = found.get(name, Fraction(0)) + part.share * Fraction(value)
    return found


def bands_by_month(parts: list[Part], year: Year) -> dict[Month, dict[str, Fraction]]:
    """Return the use by time band of each month, a bill across two months by days; what long bills state is of no month."""
    found: dict[Month, dict[str, Fraction]] = {}
    for part in parts:
        if not is_monthly(part.bill):
            continue
        for band, value in bands_used([Part(part.bill, part.use, Fraction(1))]).items():
            for month, share in shares(part.bill, year).items():
                of_month = found.setdefault(month, {})
                of_month[band] = of_month.get(band, Fraction(0)) + share * value
    return found


_MIXED_TAX = Message(
    "請求書に税込と税抜が混ざっています。",
    "The bills mix prices with and without tax.",
)


def from_lines(
    parts: list[Part], group: str, meter: Meter | None, hours: Hours, unit: str
) -> Price | Message:
    r"""Return the price by the lines of the bills, or the words why there is none.

    Parameters
    ----------
    parts : list of Part
        The bills of one meter.
    group : str
        ``electricity`` or ``gas``.
    meter : Meter or None
        What is known of the contract.
    hours : Hours
        When energy is saved.
    unit : str
        What the price is per.

    Notes
    -----
    .. math:: p = \sum_i s_i (L_{1,i} + \dots + L_{n,i}) / \sum_i s_i E_i

    over the bills of which every line is known; s is the share of a bill's days that counts.
    """
    stated = any("market_adjustment_jpy" in p.bill.charges for p in parts)
    needed = (*_ALWAYS[group], *(("market_adjustment_jpy",) if stated and group == "electricity" else ()))
    known = [p for p in parts if all(name in p.bill.charges for name in needed)]
    if not known:
        return Message(
            "請求書に単価の内訳（電力量料金・燃料費等調整・再エネ賦課金）がそろった月がありません。"
            if group == "electricity"
            else "請求書に従量料金と原料費調整の内訳がそろった月がありません。",
            "No bill states every per-unit line.",
        )
    if hours.bands and len(bands_used(parts)) > 1:
        return Message(
            "請求書の内訳は時間帯を合わせた額で、時間帯ごとの単価は分かりません。",
            "The lines of the bills are of all time bands together.",
        )
    tax = _tax(known)
    if tax is None:
        return _MIXED_TAX
    use = sum((p.share * p.use for p in known), Fraction(0))
    terms = tuple(
        (name, sum((p.share * Fraction(p.bill.charges[name]) for p in known), Fraction(0)) / use)
        for name in needed
    )
    tiers = meter is not None and meter.contract_type.startswith("従量電灯")
    whole = len(known) == len(parts)
    ja = f"請求書の内訳（{_periods(known)}、{len(known)} 件{'' if whole else f'。内訳のない {len(parts) - len(known)} 件を除く'}）の合計 ÷ 使用量。"
    en = f"The lines of {len(known)} of {len(parts)} bills ({_periods(known, 'en')}) divided by their use."
    if group == "electricity" and not stated:
        ja += "市場価格調整は請求書にないため、ない契約とみなしました。"
        en += " No bill states a market adjustment, so the contract is taken to have none."
    if tiers:
        ja += "段階料金の平均であり、減る分の単価はこれより高いことがあります。"
        en += " It is the mean of the price steps; what is saved may be worth more."
    ja += "国の値引きは含みません。"
    en += " State discounts are left out."
    price = sum((v for _, v in terms), Fraction(0))
    return Price(price, unit, "bill_lines", Message(ja, en), "bill", _places(known), tax, terms)


def from_residual(parts: list[Part], hours: Hours, unit: str) -> Price | Message:
    """Return the price by what the bills cost without their demand charge, or the words why there is none."""
    known = [p for p in parts if p.bill.cost_jpy is not None and "demand_charge_jpy" in p.bill.charges]
    if not known:
        return Message(
            "料金と基本料金がともに分かる請求書がありません。",
            "No bill states both its cost and its demand charge.",
        )
    if hours.bands and len(bands_used(parts)) > 1:
        return Message(
            "時間帯のある契約では、料金と基本料金から時間帯ごとの単価は分かりません。",
            "The cost without the demand charge is of all time bands together.",
        )
    tax = _tax(known)
    if tax is None:
        return _MIXED_TAX
    use = sum((p.share * p.use for p in known), Fraction(0))
    rest = Fraction(0)
    discounted = False
    for part in known:
        charges = part.bill.charges
        # a discount is printed as a minus or as an amount to take off
        off = abs(Fraction(charges.get("discount_jpy", Decimal(0))))
        discounted = discounted or "discount_jpy" in charges
        tax_added = Fraction(charges["tax_jpy"]) if lines_without_tax(part.bill) else Fraction(0)
        assert part.bill.cost_jpy is not None
        cost = Fraction(part.bill.cost_jpy) - tax_added
        rest += part.share * (cost - Fraction(charges["demand_charge_jpy"]) + off)
    if rest < 0:
        return Message(
            "基本料金が料金より大きい請求書があり、従量分の単価は分かりません。料金と基本料金の桁を確かめてください。",
            "Bills whose demand charge is more than their cost leave no price of a kWh; check both.",
        )
    ja = f"（料金 − 基本料金{'＋値引き' if discounted else ''}）÷ 使用量。請求書 {len(known)} 件（{_periods(known)}）によります。"
    en = f"(Cost without the demand charge{' and discount' if discounted else ''}) ÷ use, of {len(known)} bills ({_periods(known, 'en')})."
    if not discounted:
        ja += "値引きの記載がないため、国の値引きがあれば含まれています。"
        en += " No discount is stated; a state discount, if any, is contained."
    return Price(rest / use, unit, "bill_residual", Message(ja, en), "bill", _places(known), tax)
