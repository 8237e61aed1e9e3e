"""A company's accounts with the doubts about what was entered: what diagnosis, proposals and briefing start from."""

from __future__ import annotations

from dataclasses import replace

from carbonlib.accounting import EnergyAccount, account
from carbonlib.accounting.calendar import bills_of_year
from carbonlib.errors import RecordError
from carbonlib.factors import Programme
from carbonlib.fiscal_year import Period, Year, period_of
from carbonlib.plausibility import acknowledged, doubts_of_company
from carbonlib.records.bands import Bands, read_bands
from carbonlib.records.model import Bill, Company
from carbonlib.records.store import records_of
from carbonlib.records.workspace import Workspace


def company_accounts(
    home: Workspace, company_id: str, rules: Programme, years: tuple[Year, ...]
) -> tuple[Company, dict[int, EnergyAccount]]:
    """Return a company and its accounts of those of `years` that it has bills of, by the fiscal year that each begins in.

    Raises
    ------
    CarbonlibError
        Where an input cannot be used, with all that is wrong in it.
    """
    records = records_of(home, company_id)
    company, bills = records.company, records.bills
    periods = [period_of(year) for year in years]
    accounts = {
        period.fiscal_year: account(
            bills,
            owner=company.id,
            programme=rules,
            fiscal_year=period,
            suppliers=company.suppliers,
            meters=company.meters,
            tenants=company.tenants,
        )
        for period in periods
        if any(b.start <= period.last_day and b.end >= period.first_day for b in bills)
    }
    bands = read_bands(home)
    doubted = {
        year: _doubted(company, bills, bands, made, accounts.get(year - 1)) for year, made in accounts.items()
    }
    return company, doubted


def _doubted(
    company: Company, bills: list[Bill], bands: Bands, made: EnergyAccount, previous: EnergyAccount | None
) -> EnergyAccount:
    """Return the account with the doubts about what was entered; what cannot be is raised."""
    of_year = bills_of_year(bills, made.identity.period)
    doubts = doubts_of_company(company, of_year, bands, account=made, previous=previous, known=bills)
    if errors := [f for f in (*made.findings, *doubts) if f.severity == "error"]:
        raise RecordError(errors)
    return replace(made, findings=(*acknowledged(made.findings, company, made.identity.fiscal_year), *doubts))


def no_bills(company: Company, period: Period) -> RecordError:
    """Return the error of a company that has no bills of a period."""
    return RecordError.of(
        "bills.no_year",
        ja=f"{company.id} の{period.label()}の請求がありません。bills.csv に行を足してください。",
        en=f"{company.id} has no bills of {period.short('en')}; add rows to bills.csv.",
    )
