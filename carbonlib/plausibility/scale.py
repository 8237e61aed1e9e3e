"""The amount against the size of the company: its people and its sales, where neither cost nor demand is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from carbonlib.errors import Finding, Message, Place
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Year, period_of
from carbonlib.plausibility.amount import few_digits, readable, thousand_slip
from carbonlib.plausibility.use import used_by_site
from carbonlib.records.bands import Band, Bands
from carbonlib.records.model import Bill, Company
from carbonlib.units import format_number


def scale_doubts(
    bills: Sequence[Bill], company: Company, year: Year, bands: Bands, *, partial: bool = False
) -> Iterator[Finding]:
    """Return a doubt for each site and carrier whose use is out of all proportion to its people or the sales.

    Parameters
    ----------
    bills : sequence of Bill
        The company's; what lies within the year is counted, sub-meters are not.
    company : Company
        Its employees and its sales of the year.
    year : int or Period
        Of the use; sales are stated by fiscal year and say nothing of other twelve months.
    bands : Bands
        The rows ``electricity_per_employee``, ``fuel_per_employee``, ``energy_cost_per_sales`` and ``unit_price``.
    partial : bool, optional
        Whether months of electricity are missing, so that the year is not too small for the people.
    """
    period = period_of(year)
    yield from _by_employees(bills, company, period, bands, partial)
    if period.is_fiscal_year:
        yield from _by_sales(bills, company, period.fiscal_year, bands)


def _by_employees(
    bills: Sequence[Bill], company: Company, year: Year, bands: Bands, partial: bool
) -> Iterator[Finding]:
    people = {site.id: site.employees for site in company.sites}
    for (site, carrier, unit), (amount, place) in used_by_site(bills, company, year).items():
        band = _band_of_employees(bands, carrier, unit)
        number = people.get(site)
        if band is None or not number:
            continue
        each = amount / number
        if band.holds(each) or (partial and each < band.low):
            continue
        name, per = carriers()[carrier], f"{unit}/人"
        bound = (
            (band.low, "下限", "を下回って", "less than")
            if each < band.low
            else (band.high, "上限", "を超えて", "more than")
        )
        ja, en = thousand_slip(each, unit, ("人", "employee"), band)
        yield Finding(
            "site.employee_band",
            "warning",
            Message(
                f"事業所 {site} の{name.label_ja}の使用量 {few_digits(amount)} {unit} は、従業員 {number:,} 人の 1 人あたり {few_digits(each)} {unit} で、"
                f"目安の{bound[1]} {format_number(bound[0])} {per}{bound[2]}います。{ja}単位・桁・人数を確かめてください。",
                f"{few_digits(amount)} {unit} of {name.label_en} at {site} are {few_digits(each)} {unit} for each of its {number:,} "
                f"employees, {bound[3]} {format_number(bound[0])}. {en}Check unit, digits and the number of employees.",
            ),
            place,
            subject=carrier,
        )


def _band_of_employees(bands: Bands, carrier: str, unit: str) -> Band | None:
    own = ("electricity_per_employee", "") if carrier == "electricity" else ("fuel_per_employee", carrier)
    band = bands.of(*own, unit)
    return band if band is not None and band.unit == f"{unit}/人" else None


def _by_sales(bills: Iterable[Bill], company: Company, fiscal_year: int, bands: Bands) -> Iterator[Finding]:
    """Yield a doubt for each carrier that would cost a large part of the sales even at the lowest usual price."""
    band = bands.of("energy_cost_per_sales", "")
    sales = sum(
        a.amount for a in company.activity_drivers if a.kind == "sales" and a.fiscal_year == fiscal_year
    )
    if band is None or not sales:
        return
    for (carrier, unit), (amount, place) in _used(bills, company, fiscal_year).items():
        price = bands.of("unit_price", carrier, unit)
        if price is None or price.unit != f"円/{unit}":
            continue
        cost = amount * Fraction(price.low)
        share = cost / Fraction(sales) * 100
        if band.holds(share):
            continue
        name = carriers()[carrier]
        yield Finding(
            "company.sales_band",
            "warning",
            Message(
                f"{name.label_ja}の使用量 {few_digits(amount)} {unit} は、安い単価の目安 {format_number(price.low)} {price.unit} でも"
                f" {format_number(cost)} 円で、売上高 {format_number(sales)} 円の {readable(share, 0 if share >= 100 else 1)} % にあたります"
                f"（目安は {format_number(band.high)} % まで）。1,000 分の 1 なら {few_digits(share / 1000)} % です。"
                "単位・桁（千kWh と kWh など）と売上高を確かめてください。",
                f"{few_digits(amount)} {unit} of {name.label_en} cost {format_number(cost)} yen even at {format_number(price.low)} "
                f"yen per {unit}: {readable(share, 0 if share >= 100 else 1)} % of the sales of {format_number(sales)} yen (usually at most "
                f"{format_number(band.high)} %). A thousandth would be {few_digits(share / 1000)} %. Check unit, digits "
                "and sales.",
            ),
            place,
            subject=carrier,
        )


def _used(
    bills: Iterable[Bill], company: Company, fiscal_year: int
) -> dict[tuple[str, str], tuple[Fraction, Place]]:
    """Return the use of each carrier in a fiscal year in its base unit, with the place of its first bill."""
    found: dict[tuple[str, str], tuple[Fraction, Place]] = {}
    for (_, carrier, unit), (more, place) in used_by_site(bills, company, fiscal_year).items():
        before, first = found.get((carrier, unit), (Fraction(0), place))
        found[carrier, unit] = (before + more, first)
    return found
