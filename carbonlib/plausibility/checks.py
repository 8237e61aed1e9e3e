"""All checks of a company, and of the workspace as a whole; what was acknowledged becomes a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from carbonlib.accounting import EnergyAccount
from carbonlib.errors import Finding, Message
from carbonlib.plausibility.lines import line_doubts
from carbonlib.plausibility.price import price_doubts
from carbonlib.plausibility.use import (
    area_doubts,
    change_doubts,
    demand_doubts,
    shared_doubts,
    twice_doubts,
)
from carbonlib.plausibility.visit import plate_doubts
from carbonlib.records.bands import Bands
from carbonlib.records.model import Bill, Company


def doubts_of_company(
    company: Company,
    bills: Iterable[Bill],
    bands: Bands,
    *,
    account: EnergyAccount,
    previous: EnergyAccount | None = None,
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
        Of the year, and of the year before where there is one.
    """
    listed = list(bills)
    found = (
        *demand_doubts(listed),
        *twice_doubts(listed),
        *line_doubts(listed),
        *price_doubts(listed, company, bands),
        *area_doubts(account, company, bands),
        *change_doubts(account, previous, bands),
        *plate_doubts(company),
    )
    return tuple(acknowledged(f, company) for f in found)


def acknowledged(finding: Finding, company: Company) -> Finding:
    """Return the finding as a note with the company's reason, where it was acknowledged."""
    for one in company.acknowledged:
        if one.check == finding.id and one.subject in {"", finding.subject}:
            message = Message(
                f"{finding.message.ja}（確認済み: {one.reason}）",
                f"{finding.message.en} (acknowledged: {one.reason})",
            )
            return replace(finding, severity="note", message=message)
    return finding


def doubts_of_workspace(bills_of: Mapping[str, Iterable[Bill]]) -> tuple[Finding, ...]:
    """Return the doubts that only show across companies."""
    return tuple(shared_doubts(bills_of))
