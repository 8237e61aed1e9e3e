"""What a company's bills and contract say about its demand charge."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from carbonlib.fiscal_year import Month, Year, period_of
from carbonlib.proposals.money import Demand
from carbonlib.records.finance import FinanceDefaults
from carbonlib.records.model import Bill, Company
from carbonlib.records.tariff_model import Tariffs
from carbonlib.records.tax import with_tax
from carbonlib.tariffs import contract_basis, power_factor_multiplier
from carbonlib.tariffs.bills import lines_without_tax
from carbonlib.units import Q_, Quantity


def demand_of(
    company: Company, bills: Sequence[Bill], tariffs: Tariffs, finance: FinanceDefaults, year: Year
) -> Demand | None:
    """Return the demand of the one electricity meter that has peaks; None where there is none or several.

    The rate, without tax, is that of the latest bill that breaks its demand charge down, else that of the meter's menu. A power
    factor that no bill gives is the default one.
    """
    of_power = [b for b in bills if b.carrier == "electricity"]
    meters = sorted({(b.site_id, b.meter_id) for b in of_power if b.peak_demand_kw is not None})
    if len(meters) != 1:
        return None
    own = sorted((b for b in of_power if (b.site_id, b.meter_id) == meters[0]), key=lambda b: b.start)
    wanted = {m for one in (period_of(year).previous, period_of(year)) for m in one.months}
    peaks: dict[Month, Quantity | None] = {}
    for bill in own:
        month = Month(bill.start.year, bill.start.month)
        if month in wanted and bill.peak_demand_kw is not None:
            peaks[month] = Q_(float(bill.peak_demand_kw), "kW")
    latest = next((b for b in reversed(own) if b.contract_demand_kw), None)
    contract = None if latest is None else Q_(float(latest.contract_demand_kw or 0), "kW")
    meter = company.meter(*meters[0])
    factor = next(
        (b.charges["power_factor_percent"] for b in reversed(own) if "power_factor_percent" in b.charges),
        None,
    )
    default = finance.of("power_factor")
    power_factor = Q_(float(factor), "percent") if factor is not None else default.value if default else None
    rate = _billed_rate(own)
    if rate is None and meter is not None:
        menu = tariffs.menu(meter.supplier, meter.menu)
        rates = menu.rates_in(period_of(year).months[-1]) if menu else None
        rate = Fraction(rates.demand_charge) if rates and rates.demand_charge is not None else None
        if rate is not None and menu is not None and menu.tax == "included":
            rate /= with_tax()
    return Demand(
        peaks,
        contract_basis(meter, contract),
        None if rate is None else Q_(float(rate), "JPY/kW/month"),
        power_factor,
    )


def _billed_rate(bills: Sequence[Bill]) -> Fraction | None:
    """Return the rate without tax that the latest bill's demand charge was made with. [JPY/kW/month]"""
    for bill in reversed(bills):
        charge, factor = bill.charges.get("demand_charge_jpy"), bill.charges.get("power_factor_percent")
        if charge is not None and factor is not None and bill.contract_demand_kw:
            multiplier = power_factor_multiplier(Q_(float(factor), "percent"))
            taxed = with_tax() if bill.tax == "included" and not lines_without_tax(bill) else 1
            return Fraction(charge) / (Fraction(bill.contract_demand_kw) * multiplier * taxed)
    return None
