"""What a meter's bills and contract say about its demand charge."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from carbonlib.accounting.lines import lines_without_tax
from carbonlib.analysis.demand import MeterDemand, meter_demands
from carbonlib.fiscal_year import Month, Year
from carbonlib.proposals.money import Demand
from carbonlib.records.finance import FinanceDefaults
from carbonlib.records.model import Bill, Company
from carbonlib.records.tariff_model import Tariffs
from carbonlib.records.tax import with_tax
from carbonlib.tariffs import contract_basis, power_factor_multiplier
from carbonlib.units import Q_, Quantity


def site_demand(
    company: Company,
    site_id: str,
    bills: Sequence[Bill],
    tariffs: Tariffs,
    finance: FinanceDefaults,
    year: Year,
) -> Demand | None:
    """Return the demand of a site's one meter that has peaks in the two years; None where there is none or several."""
    own = [b for b in bills if b.site_id == site_id]
    found = [
        demand
        for meter in meter_demands(own, company.meters, year)
        if (demand := demand_of(meter, company, tariffs, finance)) is not None
    ]
    return found[0] if len(found) == 1 else None


def demand_of(
    meter: MeterDemand, company: Company, tariffs: Tariffs, finance: FinanceDefaults
) -> Demand | None:
    """Return what a meter's demand charge is reckoned with; None where none of its months has a peak.

    The rate, without tax, is that of the latest bill that breaks its demand charge down, else that of the meter's menu. A power
    factor that no bill gives is the default one. Bills outside the two years of `meter` say nothing.
    """
    peaks: dict[Month, Quantity | None] = {
        m.month: Q_(float(m.peak_kw), "kW") for m in meter.months if m.peak_kw is not None
    }
    if not peaks:
        return None
    known = company.meter(meter.site_id, meter.meter_id)
    contract = Q_(float(meter.stated_kw), "kW") if meter.stated_kw else None
    factor = next(
        (
            b.charges["power_factor_percent"]
            for b in reversed(meter.bills)
            if "power_factor_percent" in b.charges
        ),
        None,
    )
    default = finance.of("power_factor")
    power_factor = Q_(float(factor), "percent") if factor is not None else default.value if default else None
    rate = _billed_rate(meter.bills)
    if rate is None and known is not None:
        menu = tariffs.menu(known.supplier, known.menu)
        rates = menu.rates_in(meter.period.months[-1]) if menu else None
        rate = Fraction(rates.demand_charge) if rates and rates.demand_charge is not None else None
        if rate is not None and menu is not None and menu.tax == "included":
            rate /= with_tax()
    return Demand(
        peaks,
        contract_basis(known, contract),
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
