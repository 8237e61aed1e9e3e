"""bills.csv: one row for each amount on a bill, units as written."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

from carbonlib.errors import Finding, Message, Place, RecordError, shown
from carbonlib.records.billrow import BillRow, read_bill, unit_fits
from carbonlib.records.model import CHARGES, Bill, Company
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace

__all__ = ["OPTIONAL", "REQUIRED", "read_bills", "unit_fits"]

REQUIRED = ("site_id", "meter_id", "carrier", "start", "end", "quantity", "unit")
OPTIONAL = (
    *("cost", "cost_unit", "tax", "contract_demand_kw", "peak_demand_kw", "estimated", "note"),
    *CHARGES,
)


def _overlaps(bills: list[Bill]) -> list[Finding]:
    """Return an error for every bill that shares days with another of the same meter and carrier."""
    found = []
    by_meter: dict[tuple[str, str, str], list[Bill]] = {}
    for bill in bills:
        by_meter.setdefault((bill.site_id, bill.meter_id, bill.carrier), []).append(bill)
    for own in by_meter.values():
        own.sort(key=lambda b: (b.start, b.end))
        for before, after in pairwise(own):
            if after.start <= before.end:
                found.append(
                    Finding(
                        "bill.overlap",
                        "error",
                        Message(
                            f"{before.place.line} 行目（{before.start}〜{before.end}）と期間が重なっています。"
                            "同じ請求を 2 回入れていないか確かめてください。",
                            f"The period overlaps that of line {before.place.line} ({before.start} to {before.end}); "
                            "check whether a bill was entered twice.",
                        ),
                        after.place,
                    )
                )
    return found


def read_bills(workspace: Workspace, company: Company) -> list[Bill]:
    """Return all bills of a company, in the order of its bills.csv.

    Raises
    ------
    RecordError
        With every cell that cannot be read, by line, and every overlap of two bills of one meter.
    """
    path = workspace.company_folder(company.id) / "bills.csv"
    name = workspace.name_of(path)
    try:
        reader = csv.DictReader(io.StringIO(read_text(path, name), newline=""), strict=True)
        header = [h.strip() for h in reader.fieldnames or []]
        reader.fieldnames = header
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise RecordError.of(
            "csv.syntax",
            ja='CSV として読めません。引用符（"）の閉じ忘れがないか確かめてください。',
            en="Not readable as CSV; check for a quote that is not closed.",
            place=Place(name),
        ) from None
    findings = _header_problems(header, name)
    if findings:
        raise RecordError(findings)
    sites = [s.id for s in company.sites]
    bills = []
    for line, cells in rows:
        place = Place(name, line)
        if None in cells:
            findings.append(
                Finding(
                    "csv.too_many_cells",
                    "error",
                    Message(
                        "見出しより列が多い行です。桁区切りのカンマを引用符で囲むか、消してください。",
                        "The row has more cells than the header; quote thousands separators or drop them.",
                    ),
                    place,
                )
            )
            continue
        plain = {k: v or "" for k, v in cells.items()}
        if not any(v.strip() for v in plain.values()):
            continue
        row = BillRow(plain, place)
        bill = read_bill(row, sites)
        findings += row.findings
        if bill:
            bills.append(bill)
    findings += _overlaps(bills)
    if findings:
        raise RecordError(findings)
    return bills


def _header_problems(header: list[str], name: str) -> list[Finding]:
    place = Place(name, 1)
    found = []
    if missing := [c for c in REQUIRED if c not in header]:
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message(
                    f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
                    f"The columns {', '.join(missing)} are missing; check the first line.",
                ),
                place,
            )
        )
    if unknown := [c for c in header if c not in REQUIRED + OPTIONAL]:
        names = "・".join(shown(c) or "（空）" for c in unknown)
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message(
                    f"列 {names} は知られていません。綴りを確かめるか、消してください。",
                    f"The columns {names} are not known; check their spelling or delete them.",
                ),
                place,
            )
        )
    if len(set(header)) < len(header):
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message("同じ名前の列が 2 つあります。", "Two columns have the same name."),
                place,
            )
        )
    return found
