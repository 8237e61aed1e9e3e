"""All that is wrong or doubtful in a workspace, in one pass: what `carbonlib check` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from carbonlib.briefing import brief
from carbonlib.diagnosis import diagnose
from carbonlib.errors import CarbonlibError, Finding
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.workspace import Workspace


def _of_company(workspace: Workspace, company_id: str) -> list[Finding]:
    try:
        read_bills(workspace, read_company(workspace, company_id))
    except CarbonlibError as error:
        return list(error.findings)
    return []


def _of_report(
    compose: Callable[..., Any], parameters: Mapping[str, Any], workspace: Workspace
) -> list[Finding]:
    try:
        return list(compose(**parameters, workspace=workspace).findings)
    except CarbonlibError as error:
        return list(error.findings)
    except TypeError:
        return []  # a parameter missing or unknown, which the runner names with its file


def problems(
    workspace: Workspace,
    reports: Iterable[Mapping[str, Any]] = (),
    briefings: Iterable[Mapping[str, Any]] = (),
) -> list[Finding]:
    """Return every problem of the factor sets, the companies and the reports that are planned.

    Parameters
    ----------
    workspace : Workspace
        Whose files are read.
    reports, briefings : iterable of mapping
        The parameters of each planned company report and briefing.
    """
    try:
        _ = workspace.programmes
    except CarbonlibError as error:
        return list(error.findings)
    found = []
    broken = set()
    for company_id in workspace.company_ids():
        if own := _of_company(workspace, company_id):
            broken.add(company_id)
            found += own
    for parameters in reports:
        if parameters.get("company_id") not in broken:
            found += _of_report(diagnose, parameters, workspace)
    for parameters in briefings:
        found += _of_report(brief, parameters, workspace)
    order = ("error", "warning", "note")
    return sorted(dict.fromkeys(found), key=lambda f: order.index(f.severity))
