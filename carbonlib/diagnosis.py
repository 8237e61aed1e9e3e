"""The diagnosis of a company: what a report shows, composed from the layers below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.shares import Shares, shares_of
from carbonlib.bookkeeping import company_accounts, no_bills
from carbonlib.errors import CarbonlibError, Finding, Message, RecordError, shown
from carbonlib.factors import Programme
from carbonlib.factors import programme as programme_named
from carbonlib.factors import programmes as built_in_programmes
from carbonlib.fiscal_year import Period, day_label
from carbonlib.proposing import Proposed, Reference, proposed, reference
from carbonlib.provenance import Input, input_of
from carbonlib.records.bands import Bands, built_in_bands, read_bands
from carbonlib.records.benchmarks import Benchmarks, read_benchmarks
from carbonlib.records.inputfiles import files_of_company
from carbonlib.records.load import MeterLoad, read_load
from carbonlib.records.model import Bill, Company, Visit
from carbonlib.records.period import period_beginning
from carbonlib.records.proposals import proposals_as_written
from carbonlib.records.unprintable import of_company as unprintable_of
from carbonlib.records.unprintable import of_rounds as unprintable_rounds
from carbonlib.records.weather import Weather, read_weather
from carbonlib.records.workspace import Workspace, find_workspace

_Read = TypeVar("_Read")
YEARS_BACK = 5  # years of accounts that the trend looks back


@dataclass(frozen=True)
class Diagnosis:
    """A company's year under one programme: a fiscal year, or any twelve months, named by the fiscal year they begin in.

    `previous` is the year before, where there are bills of it; `accounts` all years held, up to this one. `bills`
    and `loads` (half-hours) are those of all years. `visit` is the one that the report is about. `judged_by` holds the
    tariffs and defaults that the proposals were judged by, `bands` the workspace's thresholds;
    `programmes` are those that the account may be made under as well.
    """

    company: Company
    fiscal_year: int
    programme: Programme
    account: EnergyAccount
    previous: EnergyAccount | None
    shares: Shares
    findings: tuple[Finding, ...]
    inputs: tuple[Input, ...]
    weather: Weather | None = None
    accounts: Mapping[int, EnergyAccount] = field(default_factory=dict)
    bills: tuple[Bill, ...] = ()
    loads: tuple[MeterLoad, ...] = ()
    proposed: Proposed | None = None
    judged_by: Reference | None = None
    bands: Bands = field(default_factory=built_in_bands)
    benchmarks: Benchmarks | None = None
    programmes: Mapping[str, Programme] = field(default_factory=built_in_programmes)

    @property
    def period(self) -> Period:
        """The twelve months of the account."""
        return self.account.identity.period

    @property
    def visit(self) -> Visit | None:
        """The visit that the report is about, where there was one."""
        return self.company.visit(self.fiscal_year)

    @property
    def recorded_visit(self) -> Visit | None:
        """The visit whose records the report uses: its own, else the latest of the years up to it, else the latest.

        Equipment and scores are written down once for a company, so that a visit for another year stands behind them.
        """
        others = sorted(self.company.visits, key=lambda v: (v.fiscal_year <= self.fiscal_year, v.date))
        return self.visit or (others[-1] if others else None)


def diagnose(
    company_id: str,
    fiscal_year: int,
    programme: str,
    *,
    period_from: str | None = None,
    provisional_factor_year: int | None = None,
    subsidies_on: str | None = None,
    compare_programme: str | None = None,
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
    period_from : str, optional
        First month (2024-10) of twelve that begin in the fiscal year; April to March unless given.
    provisional_factor_year : int, optional
        A year whose factors stand in, by explicit decision; every result says so.
    subsidies_on : str, optional
        Day (2025-10-30) on which subsidies are judged; the day of the visit unless given, and none without either.
    compare_programme : str, optional
        Id of a second programme to show beside; checked here, computed where it is shown.
    workspace : Workspace, optional
        Instead of the one around the working folder.

    Raises
    ------
    CarbonlibError
        Where an input cannot be used, with all that is wrong in it.
    """
    home = workspace or find_workspace()
    rules, period, day = terms_of(
        fiscal_year,
        programme,
        period_from=period_from,
        provisional_factor_year=provisional_factor_year,
        subsidies_on=subsidies_on,
        compare_programme=compare_programme,
        workspace=home,
    )
    records, accounts = company_accounts(home, company_id, rules, period.back(YEARS_BACK))
    company, bills = records.company, records.bills
    if fiscal_year not in accounts:
        raise no_bills(company.id, period)
    this_year = accounts[fiscal_year]
    loads = read_load(home, company)
    on = subsidy_day(company, fiscal_year, day)
    by = reference(programme, on=on, provisional_factor_year=provisional_factor_year, workspace=home)
    proposals = proposals_as_written(home, company)
    result = proposed(company, accounts, bills, proposals, period, by, loads)
    return Diagnosis(
        company=company,
        fiscal_year=fiscal_year,
        programme=rules,
        account=this_year,
        previous=accounts.get(fiscal_year - 1),
        shares=shares_of(this_year),
        findings=(
            *this_year.findings,
            *result.findings,
            *_judged_early(result, period),
            *_no_priority(result, by, company, fiscal_year),
            *unprintable_of(home, company.id),
            *(unprintable_rounds(home) if any(result.offers.values()) else ()),
        ),
        inputs=tuple(input_of(p, home.root) for p in files_of_company(home, company_id, fiscal_year)),
        weather=read_weather(home),
        accounts=accounts,
        bills=tuple(bills),
        loads=tuple(loads),
        proposed=result,
        judged_by=by,
        bands=read_bands(home),
        # what the city froze is of a fiscal year, and other months do not compare with it
        benchmarks=read_benchmarks(home, fiscal_year) if period.is_fiscal_year else None,
        programmes=home.programmes,
    )


def _judged_early(result: Proposed, period: Period) -> Iterator[Finding]:
    """Yield that subsidies were judged on a day before the period ends: what was open then may have closed."""
    hoped = {o.on for own in result.offers.values() for o in own if o.verdict != "not_eligible"}
    if not hoped or max(hoped) >= period.last_day:
        return
    on = max(hoped)
    yield Finding(
        "subsidies.judged_early",
        "note",
        Message(
            f"補助金は{day_label(on)}時点の情報で判定しています。診断の期間の終わり（{day_label(period.last_day)}）より前の日のため、"
            "すでに受付を終えている場合があります。申請の前に、受付期間を窓口で確かめてください。",
            f"Subsidies were judged as of {on}, before the period ends ({period.last_day}); a round may have closed since. "
            "Ask the office for its dates before you apply.",
        ),
    )


def _no_priority(result: Proposed, by: Reference, company: Company, fiscal_year: int) -> Iterator[Finding]:
    """Yield that a visit for another year is no ground for priority, where a round that is open to a proposal knows one."""
    hoped = {o.round_id for own in result.offers.values() for o in own if o.verdict != "not_eligible"}
    grounds = [g for r in by.rounds if r.id in hoped for g in r.priority if g.by == "diagnosis"]
    if not grounds or not company.visits or company.visit(fiscal_year):
        return
    labels = "」「".join(dict.fromkeys(shown(g.label) for g in grounds))
    years = sorted({v.fiscal_year for v in company.visits})
    yield Finding(
        "subsidies.visit_of_another_year",
        "note",
        Message(
            f"診断の訪問は{'・'.join(f'{y}年度' for y in years)}のものなので、{fiscal_year}年度の補助金の優先の理由「{labels}」には"
            f"数えていません。{fiscal_year}年度の診断であれば、company.yaml の visits に書き足してください。",
            f"The visits are of FY{', FY'.join(map(str, years))} and count as no ground for priority with subsidies in "
            f"FY{fiscal_year} ({labels}); add the visit to company.yaml where it was for FY{fiscal_year}.",
        ),
    )


def terms_of(
    fiscal_year: int,
    programme: str,
    *,
    period_from: str | None = None,
    provisional_factor_year: int | None = None,
    subsidies_on: str | None = None,
    compare_programme: str | None = None,
    workspace: Workspace,
) -> tuple[Programme, Period, date | None]:
    """Return what a report file itself settles: the programme, the months, and the day of the subsidies where it has one.

    Takes parameters of `diagnose`; no company is read.

    Raises
    ------
    CarbonlibError
        With all that is wrong in them.
    """
    among = workspace.programmes
    wrong: list[Finding] = []

    def tried(read: Callable[[], _Read]) -> _Read | None:
        try:
            return read()
        except CarbonlibError as error:
            wrong.extend(error.findings)
            return None

    rules = tried(lambda: programme_named(programme, among=among))
    if compare_programme is not None and compare_programme != programme:
        tried(lambda: programme_named(compare_programme, among=among))
    period = tried(lambda: period_beginning(fiscal_year, period_from))
    day = tried(lambda: judged_on(subsidies_on)) if subsidies_on is not None else None
    stands_in = (
        tried(lambda: _a_year(provisional_factor_year)) if provisional_factor_year is not None else None
    )
    if rules is None or period is None or wrong:
        raise RecordError(wrong)
    if stands_in is not None:
        rules = rules.provisional(stands_in)
    return rules, period, day


def subsidy_day(company: Company, fiscal_year: int, written: date | None) -> date | None:
    """Return the day on which a company's subsidies are judged: as its report file has it, else of the year's visit."""
    visit = company.visit(fiscal_year)
    return written or (visit.date if visit else None)


def judged_on(text: str) -> date:
    """Return the day on which subsidies are judged, as a report file writes it."""
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):  # YAML makes a date of its own of what has no quotes
        raise RecordError.of(
            "report.subsidies_on",
            ja=f'subsidies_on「{shown(str(text))}」は "2025-10-30" のように、引用符で囲んだ日付で書いてください。',
            en=f'Write subsidies_on as a date in quotes, such as "2025-10-30", not {shown(str(text))!r}.',
        ) from None


def _a_year(year: object) -> int:
    """Return the year whose factors stand in, as a report file writes it."""
    if isinstance(year, int) and not isinstance(year, bool):
        return year
    raise RecordError.of(
        "report.provisional_factor_year",
        ja=f"provisional_factor_year「{shown(str(year))}」は 2024 のような年度の数字で書いてください。",
        en=f"Write provisional_factor_year as a fiscal year such as 2024, not {shown(str(year))!r}.",
    )
