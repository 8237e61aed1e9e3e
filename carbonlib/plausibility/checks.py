"""All checks of a company, and of the workspace as a whole; what was acknowledged becomes a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.whole import lacking
from carbonlib.errors import Finding, Message
from carbonlib.fiscal_year import fiscal_year_of
from carbonlib.plausibility.course import change_doubts, month_doubts
from carbonlib.plausibility.lines import line_doubts
from carbonlib.plausibility.price import price_doubts
from carbonlib.plausibility.scale import scale_doubts
from carbonlib.plausibility.size import size_doubts
from carbonlib.plausibility.use import (
    area_doubts,
    demand_doubts,
    shared_doubts,
    twice_doubts,
)
from carbonlib.plausibility.visit import plate_doubts
from carbonlib.records.acknowledged import ACROSS
from carbonlib.records.bands import Bands
from carbonlib.records.model import Acknowledgement, Bill, Company


def doubts_of_company(
    company: Company,
    bills: Iterable[Bill],
    bands: Bands,
    *,
    account: EnergyAccount | None,
    previous: EnergyAccount | None = None,
    known: Iterable[Bill] = (),
) -> tuple[Finding, ...]:
    """Return the doubts about a company's year, those that it acknowledged turned into notes.

    Parameters
    ----------
    company : Company
        Whose data they are.
    bills : iterable of Bill
        Those of the year.
    bands : Bands
        What is usual.
    account, previous : EnergyAccount
        Of the year, and of the year before where there is one; without the former, bills are looked at one by one.
    known : iterable of Bill, optional
        All of the company, which a month is compared with; without them, those of the year.
    """
    listed = list(bills)
    partial = account is not None and "electricity" in lacking(account)
    jumps = list(change_doubts(account, previous, bands)) if account else []
    found = (
        *demand_doubts(listed),
        *twice_doubts(listed),
        *line_doubts(listed),
        *price_doubts(listed, company, bands),
        *(area_doubts(account, company, bands, listed) if account else ()),
        *size_doubts(listed, company, bands),
        *(scale_doubts(listed, company, account.identity.period, bands, partial=partial) if account else ()),
        *jumps,
        *month_doubts(listed, list(known) or listed, [f.subject for f in jumps], bands),
        *plate_doubts(company),
    )
    return acknowledged(found, company, account.identity.fiscal_year if account else None)


def acknowledged(
    findings: Iterable[Finding], company: Company, fiscal_year: int | None = None, *, other: str = ""
) -> tuple[Finding, ...]:
    """Return the findings, warnings that the company acknowledged as notes with its reason.

    An error stays what it is, and that it was acknowledged is an error beside it: no reason makes it possible.
    An acknowledgement that names a year covers findings of that year only: their own, else `fiscal_year`;
    one that names another company covers what the company shares with that `other` alone.
    """
    found: list[Finding] = []
    for finding in findings:
        one = next((a for a in company.acknowledged if _covers(a, finding, fiscal_year, other)), None)
        if one is None or finding.severity == "note":
            found.append(finding)
        elif finding.severity == "warning":
            message = Message(
                f"{finding.message.ja}（確認済み: {one.reason}）",
                f"{finding.message.en} (acknowledged: {one.reason})",
            )
            found.append(replace(finding, severity="note", message=message))
        else:
            found += [finding, _of_an_error(one)]
    return tuple(dict.fromkeys(found))


def _covers(one: Acknowledgement, finding: Finding, fiscal_year: int | None, other: str) -> bool:
    return (
        one.check == finding.id
        and one.subject in {"", finding.subject}
        and one.other == other
        and one.fiscal_year in {None, finding.fiscal_year or fiscal_year}
    )


def _of_an_error(one: Acknowledgement) -> Finding:
    return Finding(
        "acknowledged.error",
        "error",
        Message(
            f"{one.check} は誤りなので、確認済みにはできません。元の値を直し、この項目を消してください。",
            f"{one.check} is an error and cannot be acknowledged; mend the value and delete this entry.",
        ),
        one.place,
    )


def doubts_of_workspace(companies: Iterable[tuple[Company, Iterable[Bill]]]) -> tuple[Finding, ...]:
    """Return the doubts that only show across companies; either company's acknowledgement turns one into a note.

    Parameters
    ----------
    companies : iterable of tuple of Company and iterable of Bill
        All of the workspace, each with its bills.
    """
    return tuple(f for found in doubts_by_pair(companies).values() for f in found)


def doubts_by_pair(
    companies: Iterable[tuple[Company, Iterable[Bill]]],
) -> dict[tuple[str, str], list[Finding]]:
    """Return the same by the ids of the two companies, the one whose bills are doubted last."""
    listed = [(company, list(bills)) for company, bills in companies]
    by_id = {company.id: company for company, _ in listed}
    pairs: dict[tuple[str, str], list[Finding]] = {}
    for owners, bill, doubt in shared_doubts({company.id: bills for company, bills in listed}):
        year = fiscal_year_of(bill.start)
        one: tuple[Finding, ...] = (doubt,)
        for owner, other in (owners, owners[::-1]):
            one = acknowledged(one, by_id[owner], year, other=other)
        pairs.setdefault(owners, []).extend(one)
    return pairs


def expected_alike(company: Company, bills: Iterable[Bill], fiscal_year: int) -> tuple[Finding, ...]:
    """Return a note with the company's reason for each acknowledgement of a year's bills that another company has too.

    It names nobody: the report of one company is no place for another's name, nor does it read another's files.
    """
    carriers = {b.carrier for b in bills}
    found = [
        Finding(
            ACROSS,
            "note",
            Message(
                f"ほかの事業者にも同じ請求が入っていることは、確認済みです（理由: {one.reason}）。",
                f"That another company has the same bills was looked into (reason: {one.reason}).",
            ),
            one.place,
            subject=one.subject,
        )
        for one in company.acknowledged
        if one.check == ACROSS and one.fiscal_year in {None, fiscal_year} and one.subject in {"", *carriers}
    ]
    return tuple(dict.fromkeys(found))
