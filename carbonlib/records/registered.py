"""What parameters/ holds of a company before an import: entries, and each bill with the cells it was read from."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError
from carbonlib.fiscal_year import period_of
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.model import Bill
from carbonlib.records.period import period_beginning
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import read_yaml

FALLBACK_PROGRAMME = "shk"


@dataclass
class Registered:
    """What parameters/ holds of a company; all of it empty for a new one."""

    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)
    rows: list[tuple[Bill, dict[str, str]]] = field(default_factory=list)
    bills_text: str = ""


def registered(workspace: Workspace, company_id: str) -> Registered:
    """Return what parameters/ holds of a company.

    Parameters
    ----------
    workspace : Workspace
        Where to look.
    company_id : str
        Whose files; an id without a folder is a new company.

    Raises
    ------
    CarbonlibError
        With all that is wrong in the company's files.
    """
    folder = workspace.parameters / "companies" / company_id
    if not (folder / "company.yaml").is_file():
        return Registered()
    company = read_company(workspace, company_id)
    path = folder / "company.yaml"
    name = workspace.name_of(path)
    found = Registered(read_text(path, name), dict(read_yaml(path, name).data))
    bills = folder / "bills.csv"
    if bills.is_file():
        read = read_bills(workspace, company)
        found.bills_text = read_text(bills, workspace.name_of(bills))
        reader = csv.DictReader(io.StringIO(found.bills_text, newline=""), strict=True)
        found.header = [h.strip() for h in reader.fieldnames or []]
        reader.fieldnames = found.header
        cells = [{k: v or "" for k, v in r.items()} for r in reader]
        cells = [c for c in cells if any(v.strip() for v in c.values())]
        found.rows = list(zip(read, cells, strict=True))
    return found


def own_programme(workspace: Workspace, company_id: str) -> str | None:
    """Return the programme of a company's latest report, None where it has none."""
    own = [p / "companies" / f"{company_id}.yaml" for p in _years(workspace)]
    return next(iter(_named(own)), None)


def by_fiscal_year(workspace: Workspace, fiscal_year: int) -> tuple[list[str], int]:
    """Return the companies reported for April to March of a year, and how many are for twelve other months.

    Sums and comparisons of a city are of one period; a company of other months stands in its own report only.
    """
    ids, others = [], 0
    for company_id in workspace.reported_companies(fiscal_year):
        path = workspace.parameters / "reports" / str(fiscal_year) / "companies" / f"{company_id}.yaml"
        try:
            period = period_beginning(fiscal_year, read_yaml(path, path.name).data.get("period_from"))
        except CarbonlibError:
            period = period_of(fiscal_year)  # the report itself says what is wrong with its file
        if period.is_fiscal_year:
            ids.append(company_id)
        else:
            others += 1
    return ids, others


def usual_programme(workspace: Workspace, fiscal_year: int) -> str:
    """Return the programme of most reports of a year, else of any year."""
    root = workspace.parameters / "reports"
    of_year = sorted((root / str(fiscal_year) / "companies").glob("*.yaml"))
    of_all = [q for p in _years(workspace) for q in sorted((p / "companies").glob("*.yaml"))]
    for group in (of_year, of_all):
        if known := _named(group):
            return max(sorted(set(known)), key=known.count)
    return FALLBACK_PROGRAMME


def _years(workspace: Workspace) -> list[Path]:
    folders = (p for p in (workspace.parameters / "reports").glob("[0-9]*") if p.is_dir())
    return sorted(folders, key=lambda p: p.name, reverse=True)


def _named(paths: Iterable[Path]) -> list[str]:
    found = []
    for path in paths:
        with contextlib.suppress(CarbonlibError):
            found.append(read_yaml(path, path.name).data.get("programme"))
    return [n for n in found if isinstance(n, str)]
