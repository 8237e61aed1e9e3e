"""The amount against the size of the company: its people and its sales, where neither cost nor demand is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from carbonlib.accounting.calendar import share_in_year
from carbonlib.errors import Finding, Message, Place
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Year, period_of
from carbonlib.plausibility.amount import amount_of
from carbonlib.plausibility.use import electricity_by_site
from carbonlib.records.bands import Bands
from carbonlib.records.model import Bill, Company
from carbonlib.units import format_number

_SLIP = (
    "kWh を千kWh と書くと 1,000 倍になります。1,000 分の 1 なら",
    "kWh written as 千kWh are a thousandfold; a thousandth would be",
)


def scale_doubts(bills: Sequence[Bill], company: Company, year: Year, bands: Bands) -> Iterator[Finding]:
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
        The rows ``electricity_per_employee``, ``energy_cost_per_sales`` and ``unit_price``.
    """
    period = period_of(year)
    yield from _by_employees(bills, company, period, bands)
    if period.is_fiscal_year:
        yield from _by_sales(bills, company, period.fiscal_year, bands)


def _by_employees(bills: Sequence[Bill], company: Company, year: Year, bands: Bands) -> Iterator[Finding]:
    band = bands.of("electricity_per_employee", "")
    used = electricity_by_site(bills, company, year)
    for site in company.sites:
        if band is None or not site.employees or site.id not in used:
            continue
        amount, place = used[site.id]
        each = amount / site.employees
        if band.holds(each):
            continue
        figures = (format_number(amount), format_number(each), format_number(band.high))
        less = format_number(each / 1000)
        yield Finding(
            "site.employee_band",
            "warning",
            Message(
                f"事業所 {site.id} の電気の使用量 {figures[0]} kWh は、従業員 {site.employees:,} 人の 1 人あたり {figures[1]} kWh で、"
                f"目安の上限 {figures[2]} {band.unit}を超えています。{_SLIP[0]} {less} {band.unit}です。単位・桁・人数を確かめてください。",
                f"{figures[0]} kWh at {site.id} are {figures[1]} kWh for each of its {site.employees:,} employees, more than "
                f"{figures[2]}. {_SLIP[1]} {less}. Check unit, digits and the number of employees.",
            ),
            place,
            subject="electricity",
        )


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
                f"{name.label_ja}の使用量 {format_number(amount)} {unit} は、安い単価の目安 {format_number(price.low)} {price.unit} でも"
                f" {format_number(cost)} 円で、売上高 {format_number(sales)} 円の {format_number(share)} % にあたります"
                f"（目安は {format_number(band.high)} % まで）。1,000 分の 1 なら {format_number(share / 1000, 3)} % です。"
                "単位・桁（千kWh と kWh など）と売上高を確かめてください。",
                f"{format_number(amount)} {unit} of {name.label_en} cost {format_number(cost)} yen even at {format_number(price.low)} "
                f"yen per {unit}: {format_number(share)} % of the sales of {format_number(sales)} yen (usually at most "
                f"{format_number(band.high)} %). A thousandth would be {format_number(share / 1000, 3)} %. Check unit, digits "
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
    for bill in bills:
        meter = company.meter(bill.site_id, bill.meter_id)
        counted = amount_of(bill)
        if counted is None or (meter and meter.parent):
            continue
        before, place = found.get((bill.carrier, counted[1]), (Fraction(0), bill.place))
        more = counted[0] * share_in_year(bill, fiscal_year)
        found[bill.carrier, counted[1]] = (before + more, place)
    return found
