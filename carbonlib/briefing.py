"""The city's annual briefing: what it shows, composed from the accounts of all companies at once."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.whole import is_whole
from carbonlib.bookkeeping import company_accounts
from carbonlib.city.rollup import Member, RollUp, Sum, by_group, roll_up
from carbonlib.city.sizes import size_names, size_of
from carbonlib.city.suppress import Published, suppress, withhold
from carbonlib.city.target import Progress, progress
from carbonlib.errors import CarbonlibError, Finding, Message, RecordError
from carbonlib.factors import Programme
from carbonlib.factors import programme as programme_named
from carbonlib.fiscal_year import label
from carbonlib.provenance import Input, input_of
from carbonlib.records.city import Activity, City, ScheduleRow, read_city
from carbonlib.records.inputfiles import files_of_city, files_of_members
from carbonlib.records.model import Company
from carbonlib.records.registered import by_fiscal_year
from carbonlib.records.unprintable import of_city as unprintable_of_city
from carbonlib.records.workspace import Workspace, find_workspace


@dataclass(frozen=True)
class Briefing:
    """A city's year: its companies' sums, its target, last year's activities and the year's schedule.

    The companies are those with a report file for the year. `total` is None where there are fewer of them than
    `suppress_below`: a sum over one or two companies tells their own figures. `left_out` counts the companies
    whose input could not be used, `samples` those that are made up. `members` are the companies' files, which are
    counted and hashed together where the briefing is shown: their names are ids of companies.
    """

    city: City
    fiscal_year: int
    activity_fiscal_year: int
    schedule_fiscal_year: int
    programme: Programme
    progress: Progress
    accounts: tuple[EnergyAccount, ...]
    total: RollUp | None
    by_industry: Published
    by_size: Published
    activities: tuple[Activity, ...]
    schedule: tuple[ScheduleRow, ...]
    companies: int
    samples: int
    left_out: int
    suppress_below: int
    findings: tuple[Finding, ...]
    inputs: tuple[Input, ...]
    members: tuple[Input, ...]

    def total_of(self, measure: str) -> Sum | None:
        """Return the sum over all companies as it may be shown; None where too few of them state the measure."""
        assert self.total is not None
        found: Sum = getattr(self.total, measure)
        return None if found.tells_fewer_than(self.suppress_below) else found


def _companies(
    home: Workspace, rules: Programme, fiscal_year: int
) -> tuple[list[tuple[Company, EnergyAccount]], list[Finding], int]:
    """Return the companies with bills of the year, the doubts, and how many could not be read."""
    found, findings, left_out = [], [], 0
    ids, others = by_fiscal_year(home, fiscal_year)
    for company_id in ids:
        try:
            records, accounts = company_accounts(home, company_id, rules, (fiscal_year,))
        except CarbonlibError:
            left_out += 1
            continue
        if fiscal_year in accounts:
            found.append((records.company, accounts[fiscal_year]))
    if others:
        findings.append(
            Finding(
                "briefing.other_months",
                "warning",
                Message(
                    f"{others} 社の報告書は {label(fiscal_year)}ではない12か月（period_from）のものなので、合計に含めていません。",
                    f"{others} companies are reported for twelve months other than FY{fiscal_year} (period_from); the sums leave "
                    "them out.",
                ),
            )
        )
    if left_out:
        findings.append(
            Finding(
                "briefing.left_out",
                "warning",
                Message(
                    f"{left_out} 社は入力に誤りがあるため、合計に含めていません（carbonlib check で確かめられます）。",
                    f"{left_out} companies are left out of the sums because of errors in their input.",
                ),
            )
        )
    gaps = sum(not is_whole(a) for _, a in found)
    if gaps:
        findings.append(
            Finding(
                "briefing.gaps",
                "warning",
                Message(
                    f"{gaps} 社に請求のない月があります。合計はその月を含みません。",
                    f"{gaps} companies have months without bills; the sums leave them out.",
                ),
            )
        )
    return found, findings, left_out


def brief(
    fiscal_year: int,
    programme: str,
    *,
    activity_fiscal_year: int,
    schedule_fiscal_year: int,
    suppress_below: int = 3,
    workspace: Workspace | None = None,
) -> Briefing:
    """Return the city's briefing.

    Parameters
    ----------
    fiscal_year : int
        Year of the companies' energy use.
    programme : str
        Id of the programme whose factors all accounts use.
    activity_fiscal_year, schedule_fiscal_year : int
        Years of the activities reported and of the schedule shown.
    suppress_below : int
        Groups of fewer companies are pooled.
    workspace : Workspace, optional
        Instead of the one around the working folder.

    Raises
    ------
    CarbonlibError
        Where city.yaml cannot be used, or it has no activities or schedule of the years asked for.
    """
    home = workspace or find_workspace()
    rules = programme_named(programme, among=home.programmes)
    city = read_city(home)
    _check_years(city, activity_fiscal_year, schedule_fiscal_year)
    found, findings, left_out = _companies(home, rules, fiscal_year)
    enough = len(found) >= max(suppress_below, 1)
    if not enough:
        findings.append(_too_few(len(found), suppress_below))
    summed = found if enough else []
    members = [(a, company.industry, size_of(a.crude_oil_kl)) for company, a in summed]
    industries = by_group(Member(a, industry) for a, industry, _ in members)
    sizes = by_group((Member(a, size) for a, _, size in members), order=size_names().index)
    by_industry, by_size = withhold(
        members,
        (suppress(industries, suppress_below), suppress(sizes, suppress_below)),
        suppress_below,
    )
    return Briefing(
        city=city,
        fiscal_year=fiscal_year,
        activity_fiscal_year=activity_fiscal_year,
        schedule_fiscal_year=schedule_fiscal_year,
        programme=rules,
        progress=progress(city),
        accounts=tuple(a for _, a in summed),
        total=roll_up(a for _, a in summed) if summed else None,
        by_industry=by_industry,
        by_size=by_size,
        activities=city.activities[activity_fiscal_year],
        schedule=city.schedule[schedule_fiscal_year],
        companies=len(found),
        samples=sum(company.sample for company, _ in found),
        left_out=left_out,
        suppress_below=suppress_below,
        findings=(*city.findings, *unprintable_of_city(home), *findings, *_factor_findings(found)),
        inputs=tuple(input_of(p, home.root) for p in files_of_city(home)),
        members=tuple(input_of(p, home.root) for p in files_of_members(home, fiscal_year)),
    )


def _too_few(count: int, threshold: int) -> Finding:
    return Finding(
        "briefing.too_few",
        "warning",
        Message(
            f"集計できる事業者が {count} 社で、{threshold} 社に満たないため、合計を載せていません"
            "（1、2 社の合計は、その事業者の数値が分かるためです）。",
            f"{count} companies are fewer than {threshold}, so no sums are shown: they would tell a company's own.",
        ),
    )


def _factor_findings(found: list[tuple[Company, EnergyAccount]]) -> list[Finding]:
    """Return the doubts about factors, each once, whichever company met it first."""
    return list(
        dict.fromkeys(f for _, a in found for f in a.findings if f.id.startswith(("factor.", "unit.volume")))
    )


def _check_years(city: City, activity_year: int, schedule_year: int) -> None:
    wrong = []
    for what, name, year, there in (
        ("事業報告", "activities", activity_year, city.activities),
        ("予定", "schedule", schedule_year, city.schedule),
    ):
        if year not in there:
            years = "・".join(str(y) for y in sorted(there)) or "なし"
            wrong.append(
                Finding(
                    f"city.no_{name}",
                    "error",
                    Message(
                        f"parameters/city.yaml に{label(year)}の{what}がありません（あるのは {years}）。"
                        f"{name} に {year} を足すか、パラメータの年度を直してください。",
                        f"parameters/city.yaml has no {name} of {year} (there are: {years}); add them or "
                        "change the parameter.",
                    ),
                )
            )
    if wrong:
        raise RecordError(wrong)
