"""A company's accounts with the doubts about what was entered: what diagnosis, proposals and briefing start from."""

from __future__ import annotations

from dataclasses import replace

from carbonlib.accounting import EnergyAccount, account
from carbonlib.accounting.calendar import bills_of_year
from carbonlib.errors import RecordError
from carbonlib.factors import Programme
from carbonlib.fiscal_year import fiscal_year_of, label
from carbonlib.plausibility import acknowledged, doubts_of_company
from carbonlib.records.bands import Bands, read_bands
from carbonlib.records.model import Bill, Company
from carbonlib.records.store import records_of
from carbonlib.records.workspace import Workspace


def _years(bills: list[Bill]) -> list[int]:
    return sorted({y for b in bills for y in range(fiscal_year_of(b.start), fiscal_year_of(b.end) + 1)})


def company_accounts(
    home: Workspace, company_id: str, rules: Programme, years: tuple[int, ...]
) -> tuple[Company, dict[int, EnergyAccount]]:
    """Return a company and its accounts of those of `years` that it has bills of.

    Raises
    ------
    CarbonlibError
        Where an input cannot be used, with all that is wrong in it.
    """
    records = records_of(home, company_id)
    company, bills = records.company, records.bills
    there = _years(bills)
    accounts = {
        year: account(
            bills,
            owner=company.id,
            programme=rules,
            fiscal_year=year,
            suppliers=company.suppliers,
            meters=company.meters,
            tenants=company.tenants,
        )
        for year in years
        if year in there
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
    of_year = bills_of_year(bills, made.identity.fiscal_year)
    doubts = doubts_of_company(company, of_year, bands, account=made, previous=previous, known=bills)
    if errors := [f for f in doubts if f.severity == "error"]:
        raise RecordError(errors)
    return replace(made, findings=(*acknowledged(made.findings, company, made.identity.fiscal_year), *doubts))


def no_bills(company: Company, fiscal_year: int) -> RecordError:
    """Return the error of a company that has no bills of a year."""
    return RecordError.of(
        "bills.no_year",
        ja=f"{company.id} の{label(fiscal_year)}の請求がありません。bills.csv に行を足してください。",
        en=f"{company.id} has no bills of FY{fiscal_year}; add rows to bills.csv.",
    )
