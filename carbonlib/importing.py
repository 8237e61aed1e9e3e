"""Files into parameters/, held against what is usual first: what cannot be is not written, what is doubtful is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from carbonlib.accounting import EnergyAccount, company_account
from carbonlib.accounting.calendar import bills_of_year
from carbonlib.errors import CarbonlibError, Finding, Message, Place
from carbonlib.fiscal_year import Month, Period
from carbonlib.plausibility import acknowledged, doubts_of_company
from carbonlib.plausibility.years import year_doubts
from carbonlib.records.bands import read_bands
from carbonlib.records.importing import Imported, import_files
from carbonlib.records.model import Bill, Company
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.registered import own_programme, usual_programme
from carbonlib.records.workspace import Workspace

_FEW = 3  # rows in error that are named one by one


class _Review:
    """Holds each company's bills, as they will be, against what is usual in the years that the files bring."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.bands = read_bands(workspace)
        self.usual_programme = cache(lambda year: usual_programme(workspace, year))

    def __call__(
        self,
        company: Company,
        bills: Sequence[Bill],
        brought: Sequence[Bill],
        period: Period | None = None,
        met: Sequence[Finding] = (),
    ) -> Iterator[Finding]:
        yield from acknowledged([*met, *(year_doubts(bills) if brought else ())], company)
        own = {b.place: (b.site_id, b.meter_id, b.carrier) for b in brought}
        for year in _years(brought, 4 if period is None else period.first.month):
            of_year = [b for b in bills if b.start <= year.last_day and b.end >= year.first_day]
            made = self._account(company, bills, year)
            if made is None:
                yield _not_compared(year)
            doubts = doubts_of_company(
                company,
                of_year,
                self.bands,
                account=made,
                previous=self._account(company, bills, year.previous) if made else None,
                known=bills,
            )
            for doubt in _together(acknowledged(doubts, company, year.fiscal_year), own):
                # what is wrong in rows that this import leaves alone must not keep the mended ones out
                stops = doubt.severity != "error" or doubt.place in own
                yield doubt if stops else replace(doubt, severity="warning")

    def _account(self, company: Company, bills: Sequence[Bill], year: Period) -> EnergyAccount | None:
        """Return the account of a year, None where it has no bills or no factors yet."""
        try:
            if not bills_of_year(bills, year):
                return None
            name = own_programme(self.workspace, company.id) or self.usual_programme(year.fiscal_year)
            rules = self.workspace.programmes.get(name)
            if rules is None:
                return None
            return company_account(company, bills, rules, year)
        except CarbonlibError:
            return (
                None  # data come in before the factors of their year do; check and the report name the reason
            )


def _together(doubts: Iterable[Finding], meters: Mapping[Place, tuple[str, str, str]]) -> Iterator[Finding]:
    """Return doubts, errors of one kind in many rows of one meter as one that names the rows: a column has one slip."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for doubt in doubts:
        one_slip = doubt.severity == "error" and doubt.place in meters
        key = (doubt.id, meters[doubt.place]) if one_slip else (doubt,)
        groups.setdefault(key, []).append(doubt)
    for group in groups.values():
        if len(group) <= _FEW:
            yield from group
            continue
        first, others = group[0], group[1:]
        listed = cells_listed(d.place for d in others)
        rows, rows_en = (listed, listed) if others[0].place.cell else (f"{listed} 行目", f"lines {listed}")
        message = Message(
            f"{first.message.ja}同じメーターのほかの {len(others)} 行（{rows}）も同じです。",
            f"{first.message.en} It is so in {len(others)} other rows of the same meter as well ({rows_en}).",
        )
        yield replace(first, message=message)


def _years(brought: Sequence[Bill], first_month: int) -> list[Period]:
    """Return the years that bills touch, the earliest first, each of twelve months from the same one on."""

    def year_of(day: date) -> int:
        return day.year - (day.month < first_month)

    years = {y for b in brought for y in range(year_of(b.start), year_of(b.end) + 1)}
    return [Period(Month(year, first_month)) for year in sorted(years)]


def _not_compared(year: Period) -> Finding:
    message = Message(
        f"{year.label()}はまだ集計できないので、床面積あたりの使用量と{year.word('前年度')}との差は確かめていません。理由は carbonlib check で"
        "確かめてください。",
        f"{year.short('en')} cannot be added up yet, so use per floor area and the change since last year were not looked at; "
        "carbonlib check says why.",
    )
    return Finding("import.not_compared", "note", message)


def import_checked(
    workspace: Workspace,
    files: list[Path],
    *,
    company_id: str | None = None,
    fiscal_year: int | None = None,
    meter_id: str | None = None,
    dry_run: bool = False,
) -> Imported:
    """Read workbooks and CSV files into parameters/ as `import_files` does, once nothing in them is impossible.

    Parameters
    ----------
    workspace, files, company_id, fiscal_year, meter_id, dry_run
        As for `import_files`.

    Returns
    -------
    Imported
        With the doubts about the years that the files bring, at their places in the files.

    Raises
    ------
    CarbonlibError
        With every problem of every file, an amount beyond its peak demand or an impossible price among them;
        nothing was written.
    """
    return import_files(
        workspace,
        files,
        company_id=company_id,
        fiscal_year=fiscal_year,
        meter_id=meter_id,
        dry_run=dry_run,
        review=_Review(workspace),
    )
