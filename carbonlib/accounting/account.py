"""The account: bills × programme → primary energy, crude-oil equivalent, CO2, cost and unit price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from carbonlib.accounting.boundary import within_boundary
from carbonlib.accounting.calendar import bills_of_year, is_monthly, share_in_year, shares
from carbonlib.accounting.chain import Chain
from carbonlib.accounting.coverage import coverage
from carbonlib.accounting.model import AccountLine, EnergyAccount, Identity, MonthUse, exact_sum
from carbonlib.errors import CarbonlibError, Finding
from carbonlib.factors import Amount, Programme, carriers, read_carrier
from carbonlib.fiscal_year import Month, months_of
from carbonlib.records.model import Bill, Meter


def account(
    bills: Iterable[Bill],
    *,
    owner: str,
    programme: Programme,
    fiscal_year: int,
    suppliers: Mapping[str, str] | None = None,
    meters: Sequence[Meter] = (),
    tenants: str = "included",
) -> EnergyAccount:
    """Return the energy account of a fiscal year.

    Parameters
    ----------
    bills : iterable of Bill
        Of one company, any years; those of the fiscal year are taken, a bill that straddles it by its days.
    owner : str
        Id of the company, for messages.
    programme : Programme
        Gives every factor.
    fiscal_year : int
        Year of use, April to March.
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
    taken, left_out = within_boundary(bills_of_year(bills, fiscal_year), meters, tenants=tenants)
    amounts: dict[tuple[str, str], list[tuple[Bill, Amount]]] = {}
    wrong: list[Finding] = []
    for bill in taken:
        try:
            amount = read_carrier(bill.written, bill.carrier, programme, fiscal_year)
        except CarbonlibError as error:
            wrong.extend(error.at(bill.place).findings)
            continue
        amounts.setdefault((bill.carrier, amount.unit), []).append((bill, amount))
    if wrong:
        raise CarbonlibError(wrong)
    order = list(carriers())
    lines: list[AccountLine] = []
    findings = list(left_out)
    for (carrier, unit), group in sorted(
        amounts.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
    ):
        line, doubts = _line(carrier, unit, group, programme, fiscal_year, (suppliers or {}).get(carrier, ""))
        lines.append(line)
        findings.extend(doubts)
    identity = Identity(programme.id, fiscal_year, programme.basis)
    unique = tuple(dict.fromkeys(findings))
    return EnergyAccount(owner, identity, tuple(lines), unique, programme.provisional_year)


def _line(
    carrier: str,
    unit: str,
    group: list[tuple[Bill, Amount]],
    programme: Programme,
    fiscal_year: int,
    supplier: str,
) -> tuple[AccountLine, list[Finding]]:
    bills = [bill for bill, _ in group]
    findings = [f for _, amount in group for f in amount.findings]
    in_year = [(b, share_in_year(b, fiscal_year), a) for b, a in group]
    quantity = sum((share * amount.value for _, share, amount in in_year), Fraction(0))
    costs = [None if b.cost_jpy is None else share * Fraction(b.cost_jpy) for b, share, _ in in_year]
    priced = [(c, share * a.value) for c, (_, share, a) in zip(costs, in_year, strict=True) if c is not None]
    priced_quantity = sum((q for _, q in priced), Fraction(0))
    price = sum((c for c, _ in priced), Fraction(0)) / priced_quantity if priced_quantity else None

    chain = Chain(carrier, unit, programme, fiscal_year, supplier)
    energy, energy_factor = chain.energy(quantity)
    co2, co2_factor = chain.co2(quantity)
    findings += chain.findings
    findings += coverage(carrier, bills, costs, fiscal_year)
    line = AccountLine(
        carrier=carrier,
        unit=unit,
        quantity=quantity,
        cost_jpy=exact_sum(costs),
        unit_price_jpy=price,
        energy_gj=energy,
        crude_oil_kl=chain.crude_oil(energy),
        co2_t=co2,
        energy_factor=energy_factor,
        co2_factor=co2_factor,
        mass_factor=chain.mass_factor,
        months=_months(group, fiscal_year),
        rows=tuple(b.place for b in bills),
        taxes=tuple(sorted({b.tax for b in bills if b.cost_jpy is not None})),
    )
    return line, findings


def _months(group: list[tuple[Bill, Amount]], fiscal_year: int) -> tuple[MonthUse, ...]:
    """Return the twelve months of a line.

    A month is known where monthly bills of every meter of the line cover all its days: a part of the meters or
    of the days, or annual figures beside monthly ones, would read as a low month.
    """
    meters = {(b.site_id, b.meter_id) for b, _ in group}
    by_month: dict[Month, list[tuple[Bill, Fraction, Amount]]] = {m: [] for m in months_of(fiscal_year)}
    for bill, amount in group:
        if is_monthly(bill):
            for month, share in shares(bill, fiscal_year).items():
                by_month[month].append((bill, share, amount))
    return tuple(_month(month, parts, meters) for month, parts in by_month.items())


def _month(
    month: Month, parts: list[tuple[Bill, Fraction, Amount]], meters: set[tuple[str, str]]
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
