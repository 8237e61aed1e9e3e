"""A company's accounts with the doubts about what was entered: what diagnosis, proposals and briefing start from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace

from carbonlib.accounting import EnergyAccount, company_account
from carbonlib.accounting.calendar import bills_of_year
from carbonlib.errors import CarbonlibError, Finding, Message, RecordError
from carbonlib.factors import Programme
from carbonlib.fiscal_year import Period, Year, period_of
from carbonlib.plausibility import acknowledged, doubts_by_pair, doubts_of_company, expected_alike
from carbonlib.records.acknowledged import ACROSS
from carbonlib.records.bands import Bands, read_bands
from carbonlib.records.model import Bill, Company
from carbonlib.records.store import Records, records_of
from carbonlib.records.workspace import Workspace

NO_BILLS = "bills.no_year"
_MOST_NAMED = 20  # companies without bills that are named in one sentence


def company_accounts(
    home: Workspace, company_id: str, rules: Programme, years: tuple[Year, ...]
) -> tuple[Records, dict[int, EnergyAccount]]:
    """Return what a company's files hold, and its accounts of those of `years` that it has bills of, by the fiscal year of each.

    Raises
    ------
    CarbonlibError
        Where an input cannot be used, with all that is wrong in it.
    """
    records = records_of(home, company_id)
    company, bills = records.company, records.bills
    bands = read_bands(home)
    made: dict[int, EnergyAccount] = {}
    latest: Period | None = None
    undivided: list[Period] = []
    for period in map(period_of, years):
        if not any(b.start <= period.last_day and b.end >= period.first_day for b in bills):
            continue
        latest = latest or period
        try:
            made[period.fiscal_year] = _account(company, bills, rules, period)
        except CarbonlibError as error:
            # years entered as sums of April to March do not keep later months from being diagnosed
            if period == latest or any(f.id not in _UNDIVIDED for f in error.findings):
                raise
            undivided.append(period)
    doubted = {year: _doubted(company, bills, bands, one, made.get(year - 1)) for year, one in made.items()}
    if latest is not None and not latest.is_fiscal_year and undivided:
        first = doubted[latest.fiscal_year]
        doubted[latest.fiscal_year] = replace(first, findings=(*first.findings, _left_out(undivided)))
    return records, doubted


_UNDIVIDED = frozenset({"bill.straddles_year", "bill.two_factor_years"})


def _account(company: Company, bills: list[Bill], rules: Programme, period: Period) -> EnergyAccount:
    """Return the account of a period; what can be counted in no way is raised."""
    made = company_account(company, bills, rules, period)
    if errors := [f for f in made.findings if f.severity == "error"]:
        raise RecordError(errors)
    return made


def _left_out(periods: list[Period]) -> Finding:
    ja = "・".join(p.short() for p in periods)
    en = ", ".join(p.short("en") for p in periods)
    return Finding(
        "account.earlier_left_out",
        "note",
        Message(
            f"{ja}は、年度の合計で入っている請求があり、この12か月に分けられないため、比べていません。月ごとの行にすると比べられます。",
            f"{en} cannot be compared: bills entered as sums of a fiscal year do not divide into these months.",
        ),
    )


def _doubted(
    company: Company, bills: list[Bill], bands: Bands, made: EnergyAccount, previous: EnergyAccount | None
) -> EnergyAccount:
    """Return the account with the doubts about what was entered; what cannot be is raised."""
    of_year = bills_of_year(bills, made.identity.period)
    doubts = doubts_of_company(company, of_year, bands, account=made, previous=previous, known=bills)
    if errors := [f for f in doubts if f.severity == "error"]:
        raise RecordError(errors)
    year = made.identity.fiscal_year
    own = acknowledged(made.findings, company, year)
    return replace(made, findings=(*own, *doubts, *expected_alike(company, of_year, year)))


def bills_alike(home: Workspace, of: Collection[str]) -> tuple[Finding, ...]:
    """Return a warning for each two companies, one of them in `of`, that have the same bills with no reason written.

    A report reads no other company's files, so this is said where reports are made; companies that cannot be read are
    named elsewhere.
    """
    read = []
    for company_id in home.company_ids():
        with suppress(CarbonlibError):
            records = records_of(home, company_id)
            read.append((records.company, records.bills))
    found = []
    for (first, last), doubts in doubts_by_pair(read).items():
        asked = [f for f in doubts if f.severity == "warning"]
        if asked and {first, last} & set(of):
            message = Message(
                f"{last} と {first} に、期間・使用量・料金の同じ請求が {len(asked)} 件あります。別の事業者の請求を入れていないか"
                "確かめてください。carbonlib check で 1 件ずつ分かります。この知らせは、どちらの報告書にも載りません。",
                f"{last} and {first} have {len(asked)} bills of the same period, amount and cost; check whether they are another "
                "company's. carbonlib check names each. Neither report says so.",
            )
            found.append(Finding(ACROSS, "warning", message, asked[0].place))
    return tuple(found)


class NoBillsError(RecordError):
    """A company without bills of a period: in a new year, one that is waited for."""


def no_bills(company_id: str, period: Period) -> NoBillsError:
    """Return the error of a company that has no bills of a period."""
    return NoBillsError.of(
        NO_BILLS,
        ja=f"{company_id} の{period.label()}の請求がありません。bills.csv に行を足してください。",
        en=f"{company_id} has no bills of {period.short('en')}; add rows to bills.csv.",
    )


def without_bills(waiting: Sequence[tuple[str, Period]]) -> list[Message]:
    """Return one sentence a period for the companies, given by id, that have no bills of it: in a new year all but a few."""
    found = []
    for period in dict.fromkeys(period for _, period in waiting):
        ids = [company_id for company_id, of in waiting if of == period]
        more = len(ids) - _MOST_NAMED
        found.append(
            no_bills(ids[0], period).findings[0].message
            if len(ids) == 1
            else Message(
                f"{period.short()}の請求がまだない事業者が {len(ids)} 社あります: {'・'.join(ids[:_MOST_NAMED])}"
                f"{f'・ほか {more} 社' if more > 0 else ''}。bills.csv に行を足すか、carbonlib import で取り込んでください。",
                f"{len(ids)} companies have no bills of {period.short('en')} yet: {', '.join(ids[:_MOST_NAMED])}"
                f"{f' and {more} more' if more > 0 else ''}; add rows to bills.csv, or bring them in by carbonlib import.",
            )
        )
    return found
