"""The diagnosis of a company: what a report shows, composed from the layers below."""

from __future__ import annotations

from dataclasses import dataclass, replace

from carbonlib.accounting import EnergyAccount, account
from carbonlib.accounting.calendar import bills_of_year
from carbonlib.accounting.shares import Shares, shares_of
from carbonlib.errors import Finding, RecordError
from carbonlib.factors import Programme
from carbonlib.factors import programme as programme_named
from carbonlib.fiscal_year import fiscal_year_of, label
from carbonlib.plausibility import doubts_of_company
from carbonlib.provenance import Input, input_of
from carbonlib.records.bands import Bands, read_bands
from carbonlib.records.model import Bill, Company
from carbonlib.records.store import records_of
from carbonlib.records.weather import Weather, read_weather
from carbonlib.records.workspace import Workspace, find_workspace


@dataclass(frozen=True)
class Diagnosis:
    """A company's year under one programme. `previous` is the year before, where there are bills of it."""

    company: Company
    fiscal_year: int
    programme: Programme
    account: EnergyAccount
    previous: EnergyAccount | None
    shares: Shares
    findings: tuple[Finding, ...]
    inputs: tuple[Input, ...]
    weather: Weather | None = None


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
    doubts = doubts_of_company(company, of_year, bands, account=made, previous=previous)
    if errors := [f for f in doubts if f.severity == "error"]:
        raise RecordError(errors)
    return replace(made, findings=(*made.findings, *doubts))


def no_bills(company: Company, fiscal_year: int) -> RecordError:
    """Return the error of a company that has no bills of a year."""
    return RecordError.of(
        "bills.no_year",
        ja=f"{company.id} の{label(fiscal_year)}の請求がありません。bills.csv に行を足してください。",
        en=f"{company.id} has no bills of FY{fiscal_year}; add rows to bills.csv.",
    )


def diagnose(
    company_id: str,
    fiscal_year: int,
    programme: str,
    *,
    provisional_factor_year: int | None = None,
    workspace: Workspace | None = None,
) -> Diagnosis:
    """Return the diagnosis of a company for a fiscal year under a programme.

    Parameters
    ----------
    company_id : str
        Folder under parameters/companies/.
    fiscal_year : int
        2024 for 令和6年度.
    programme : str
        Id of the programme that gives the factors.
    provisional_factor_year : int, optional
        A year whose factors stand in, by explicit decision; every result says so.
    workspace : Workspace, optional
        Instead of the one around the working folder.

    Raises
    ------
    CarbonlibError
        Where an input cannot be used, with all that is wrong in it.
    """
    home = workspace or find_workspace()
    rules = programme_named(programme, among=home.programmes)
    if provisional_factor_year is not None:
        rules = rules.provisional(provisional_factor_year)
    company, accounts = company_accounts(home, company_id, rules, (fiscal_year, fiscal_year - 1))
    if fiscal_year not in accounts:
        raise no_bills(company, fiscal_year)
    this_year = accounts[fiscal_year]
    folder = home.company_folder(company_id)
    return Diagnosis(
        company=company,
        fiscal_year=fiscal_year,
        programme=rules,
        account=this_year,
        previous=accounts.get(fiscal_year - 1),
        shares=shares_of(this_year),
        findings=this_year.findings,
        inputs=tuple(input_of(folder / name, home.root) for name in ("company.yaml", "bills.csv")),
        weather=read_weather(home),
    )
