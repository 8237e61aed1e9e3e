"""Which files a report is made from: the one list for its page, its summary and the manifest.

A file stands here that may decide what the report says, whether or not it does so this time: a round of subsidies is
listed by a report that is judged on no day, for a day may come by a visit.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from carbonlib.records.benchmarks import file_name
from carbonlib.records.store import INPUTS
from carbonlib.records.subsidies import round_paths
from carbonlib.records.tariffs import tariff_paths
from carbonlib.records.workspace import Workspace

_OF_COMPANY = (*INPUTS, "proposals.yaml", "load_30min.csv")
_OF_CITY = ("weather.csv", "finance.csv", "bands.csv", "measure_defaults.csv")
_OF_BRIEFING = ("city.yaml", "bands.csv")


def files_of_company(workspace: Workspace, company_id: str, fiscal_year: int) -> tuple[Path, ...]:
    """Return the files under parameters/ that decide the diagnosis of a company, those that are there.

    The report file itself, which names programme and day, is read by whoever runs the report.

    Parameters
    ----------
    workspace : Workspace
        Where they are.
    company_id : str
        Folder under parameters/companies/.
    fiscal_year : int
        Of the report: the benchmarks are frozen by the year.
    """
    folder = workspace.parameters / "companies" / company_id
    return _there(
        (
            *(folder / name for name in _OF_COMPANY),
            *(workspace.parameters / name for name in (*_OF_CITY, file_name(fiscal_year))),
            *tariff_paths(workspace),
            *round_paths(workspace),
            *_factors(workspace),
        )
    )


def files_of_city(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files under parameters/ that decide a briefing, but for those of the companies."""
    return _there((*(workspace.parameters / name for name in _OF_BRIEFING), *_factors(workspace)))


def files_of_members(workspace: Workspace, fiscal_year: int) -> tuple[Path, ...]:
    """Return the companies' files that decide a briefing: who is added up, and what their bills are."""
    reports = workspace.parameters / "reports" / str(fiscal_year) / "companies"
    ids = workspace.reported_companies(fiscal_year)
    return _there(
        (
            *(reports / f"{i}.yaml" for i in ids),
            *(workspace.parameters / "companies" / i / name for i in ids for name in INPUTS),
        )
    )


def _factors(workspace: Workspace) -> list[Path]:
    return sorted((workspace.parameters / "factors").glob("*"))


def _there(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(p for p in paths if p.is_file())
