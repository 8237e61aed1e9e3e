"""The account: bills × programme → primary energy, crude-oil equivalent, CO2, cost and unit price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from carbonlib.accounting.boundary import within_boundary
from carbonlib.accounting.calendar import bills_of_year, is_monthly, shares, shares_by_factors
from carbonlib.accounting.coverage import coverage, missing_days, unlike_units
from carbonlib.accounting.model import AccountLine, EnergyAccount, Identity, MonthUse, exact_sum
from carbonlib.accounting.parts import part_of, two_years
from carbonlib.errors import CarbonlibError, Finding
from carbonlib.factors import CarrierAmount, Programme, carriers, read_carrier
from carbonlib.fiscal_year import Month, Period, Year, fiscal_year_of, period_of
from carbonlib.records.model import Bill, Company, Meter


@dataclass(frozen=True)
class _Counted:
    """A bill as far as it is counted by the factors of `years`: that `share` of its amount and its cost."""

    bill: Bill
    amount: CarrierAmount
    years: tuple[int, ...]
    share: Fraction

    @property
    def quantity(self) -> Fraction:
        return self.share * self.amount.value

    @property
    def cost_jpy(self) -> Fraction | None:
        return None if self.bill.cost_jpy is None else self.share * Fraction(self.bill.cost_jpy)


def account(
    bills: Iterable[Bill],
    *,
    owner: str,
    programme: Programme,
    fiscal_year: Year,
    suppliers: Mapping[str, str] | None = None,
    meters: Sequence[Meter] = (),
    tenants: str = "included",
) -> EnergyAccount:
    """Return the energy account of a fiscal year, or of any twelve months.

    Parameters
    ----------
    bills : iterable of Bill
        Of one company, any years; those of the period are taken, a bill that straddles it by its days.
    owner : str
        Id of the company, for messages.
    programme : Programme
        Gives every factor.
    fiscal_year : int or Period
        Months of use: April to March of a fiscal year, or any twelve. Each month takes the factors of its own fiscal year.
    suppliers : mapping of str to str, optional
        Carrier → key of its supplier.
    meters : sequence of Meter, optional
        What is known of the meters: a sub-meter is part of its parent and is not added again.
    tenants : str
        Whether what tenants use is ``included`` or ``excluded``, by the `tenant_share` of each meter.

    Returns
    -------
    EnergyAccount
        One line for each carrier and unit, in the order of ``carriers.csv``. Where the year has no factor the
        line keeps quantity and cost, its energy or CO2 is None, and a finding says 該当年度の係数なし.

    Raises
    ------
    CarbonlibError
        With every bill whose unit does not fit its carrier, or whose period cannot be divided.
    """
    period = period_of(fiscal_year)
    taken, left_out = within_boundary(bills_of_year(bills, period), meters, tenants=tenants)
    amounts: dict[tuple[str, str], list[_Counted]] = {}
    wrong: list[Finding] = []
    for bill in taken:
        for years, share in shares_by_factors(bill, period).items():
            try:
                amount = read_carrier(bill.written, bill.carrier, programme, years[0])
            except CarbonlibError as error:
                wrong.extend(error.at(bill.place).findings)
                continue
            amounts.setdefault((bill.carrier, amount.unit), []).append(_Counted(bill, amount, years, share))
    if wrong:
        raise CarbonlibError(dict.fromkeys(wrong))
    order = list(carriers())
    lines: list[AccountLine] = []
    findings = list(left_out)
    ordered = sorted(amounts.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    for carrier, groups in groupby(ordered, key=lambda item: item[0][0]):
        counted = [(unit, group) for (_, unit), group in groups]
        units = [(one.bill, unit) for unit, group in counted for one in group]
        # whatever its unit: a month that is billed in another one is not missing
        own = list({id(bill): bill for bill, _ in units}.values())
        missing = tuple(sorted({gap for meter in missing_days(own, period).values() for gap in meter}))
        for unit, group in counted:
            line, doubts = _line(carrier, unit, group, programme, period, (suppliers or {}).get(carrier, ""))
            lines.append(replace(line, missing=missing))
            findings.extend(doubts)
        findings += [*coverage(carrier, own, period), *unlike_units(carrier, units)]
    identity = Identity(programme.id, period, programme.basis)
    unique = tuple(dict.fromkeys(findings))
    return EnergyAccount(owner, identity, tuple(lines), unique, programme.provisional_year)


def company_account(
    company: Company, bills: Iterable[Bill], programme: Programme, year: Year
) -> EnergyAccount:
    """Return the account of a company's bills by what is known of its suppliers, meters and tenants; see `account`."""
    return account(
        bills,
        owner=company.id,
        programme=programme,
        fiscal_year=year,
        suppliers=company.suppliers,
        meters=company.meters,
        tenants=company.tenants,
    )


def _line(
    carrier: str,
    unit: str,
    group: list[_Counted],
    programme: Programme,
    period: Period,
    supplier: str,
) -> tuple[AccountLine, list[Finding]]:
    findings = [f for one in group for f in one.amount.findings]
    bills = list({id(one.bill): one.bill for one in group}.values())
    priced = [(one.cost_jpy, one.quantity) for one in group if one.cost_jpy is not None]
    priced_quantity = sum((q for _, q in priced), Fraction(0))
    price = sum((c for c, _ in priced), Fraction(0)) / priced_quantity if priced_quantity else None

    parts = []
    for years in sorted({one.years for one in group}):
        own = [one for one in group if one.years == years]
        quantity = sum((one.quantity for one in own), Fraction(0))
        cost = exact_sum(one.cost_jpy for one in own)
        part, doubts, differ = part_of(carrier, unit, years, quantity, programme, supplier, cost)
        parts.append(part)
        findings += doubts
        findings += [two_years(one.bill, years) for one in own] if differ else []
    line = AccountLine(
        carrier=carrier,
        unit=unit,
        parts=tuple(parts),
        unit_price_jpy=price,
        months=_months(group, period),
        rows=tuple(b.place for b in bills),
        taxes=tuple(sorted({b.tax for b in bills if b.cost_jpy is not None})),
    )
    return line, findings


def _months(group: list[_Counted], period: Period) -> tuple[MonthUse, ...]:
    """Return the twelve months of a line.

    A month is known where monthly bills of every meter of the line cover all its days: a part of the meters or
    of the days, or annual figures beside monthly ones, would read as a low month.
    """
    meters = {(one.bill.site_id, one.bill.meter_id) for one in group}
    by_month: dict[Month, list[tuple[Bill, Fraction, CarrierAmount]]] = {m: [] for m in period.months}
    for one in group:
        if is_monthly(one.bill):
            for month, share in shares(one.bill, period).items():
                if fiscal_year_of(month.first_day) in one.years:
                    by_month[month].append((one.bill, share, one.amount))
    return tuple(_month(month, parts, meters) for month, parts in by_month.items())


def _month(
    month: Month, parts: list[tuple[Bill, Fraction, CarrierAmount]], meters: set[tuple[str, str]]
) -> MonthUse:
    whole = (month.last_day - month.first_day).days + 1
    days = dict.fromkeys(meters, 0)
    for bill, _, _ in parts:
        inside = (min(bill.end, month.last_day) - max(bill.start, month.first_day)).days + 1
        days[bill.site_id, bill.meter_id] += inside
    if any(covered < whole for covered in days.values()):
        return MonthUse(month, None, None)
    contracts: dict[tuple[str, str], Fraction] = {}
    peaks: dict[tuple[str, str], Fraction] = {}
    for bill, _, _ in parts:
        meter = (bill.site_id, bill.meter_id)
        for demands, value in ((contracts, bill.contract_demand_kw), (peaks, bill.peak_demand_kw)):
            if value is not None:
                demands[meter] = max(demands.get(meter, Fraction(0)), Fraction(value))
    return MonthUse(
        month,
        sum((share * amount.value for _, share, amount in parts), Fraction(0)),
        exact_sum(None if b.cost_jpy is None else share * Fraction(b.cost_jpy) for b, share, _ in parts),
        sum(contracts.values(), Fraction(0)) if contracts else None,
        # several meters do not peak together, so their peaks are not added
        next(iter(peaks.values())) if len(peaks) == 1 else None,
    )
