"""Real workbooks for tests, written by XlsxWriter, and workspaces to read them into."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from carbonlib.errors import Finding, RecordError
from carbonlib.publish.template import template
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.importing import Imported, import_files
from carbonlib.records.model import Bill
from carbonlib.records.workspace import Workspace

COMPANY = """\
# 見本です（消えてはいけない注記）。
id: shop
name: 見本商店
industry: 卸売業・小売業
sample: true
sites:
  - id: honten
    name: 本店
    floor_area: 1,200 m2
remarks:
  - 担当は総務課です。
"""
TWO = COMPANY.replace("remarks:", "  - id: shiten\n    name: 支店\n    floor_area: 300 m2\nremarks:")
Rows = Iterable[Iterable[Any]]


def book(
    path: Path, sheets: dict[str, Rows], dress: Callable[[Any, dict[str, Any]], None] | None = None
) -> Path:
    """Write rows to sheets; `dress` may merge, hide and format afterwards."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        day = made.add_format({"num_format": "yyyy/m/d"})
        written = {}
        for name, rows in sheets.items():
            sheet = written[name] = made.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(r, c, value, day)
                    elif isinstance(value, bool):
                        sheet.write_boolean(r, c, value)
                    elif isinstance(value, int | float):
                        sheet.write_number(r, c, value)
                    elif value is not None and value != "":
                        sheet.write_string(r, c, value)
        if dress:
            dress(made, written)
    return path


def shop(root: Path, bills: str = "", company: str = COMPANY) -> Workspace:
    """Make a workspace that holds one company."""
    for folder in ("parameters/companies/shop", "notebooks"):
        (root / folder).mkdir(parents=True)
    (root / "parameters/companies/shop/company.yaml").write_text(company, encoding="utf-8")
    if bills:
        (root / "parameters/companies/shop/bills.csv").write_text(bills, encoding="utf-8")
    return Workspace(root)


def bring(
    workspace: Workspace, *files: Path, company: str | None = "shop", year: int | None = None
) -> Imported:
    """Import workbooks."""
    return import_files(workspace, list(files), company_id=company, fiscal_year=year)


def bills(workspace: Workspace, company: str = "shop") -> list[Bill]:
    """Return the bills that were stored."""
    return read_bills(workspace, read_company(workspace, company))


def months_of(found: list[Bill]) -> list[str]:
    """Return the month each bill begins in."""
    return [f"{b.start:%Y-%m}" for b in found]


def told(home: Workspace) -> dict[tuple[str, str], tuple[int, str, str]]:
    """Return number of rows, first amount with unit, and first cost by site and carrier."""
    found: dict[tuple[str, str], tuple[int, str, str]] = {}
    for b in bills(home):
        before = found.get((b.site_id, b.carrier))
        first = (f"{b.quantity} {b.unit}", str(b.cost_jpy)) if before is None else before[1:]
        found[b.site_id, b.carrier] = (before[0] + 1 if before else 1, *first)
    return found


def refusal(
    workspace: Workspace, *files: Path, company: str | None = "shop", year: int | None = None
) -> list[Finding]:
    """Return the errors of an import that must fail and must leave every file as it was."""
    before = snapshot(workspace)
    try:
        bring(workspace, *files, company=company, year=year)
    except RecordError as error:
        assert snapshot(workspace) == before
        return list(error.findings)
    raise AssertionError("the import should have been refused")


def snapshot(workspace: Workspace) -> dict[str, bytes]:
    """Return all files under parameters/."""
    root = workspace.parameters
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def template_file(path: Path, year: int, workspace: Workspace | None = None, company: str = "") -> Path:
    """Write a template, blank or of a company."""
    if workspace is None:
        path.write_bytes(template(year))
    else:
        found = read_company(workspace, company)
        path.write_bytes(template(year, found, read_bills(workspace, found)))
    return path


def edit_zip(
    path: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> Path:
    """Rewrite the parts of a workbook; None drops one."""
    with zipfile.ZipFile(path) as old:
        parts = {i.filename: old.read(i) for i in old.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            if (changed := change(name, data)) is not None:
                new.writestr(name, changed)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return path


MONTHS = [f"{m}月" for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
