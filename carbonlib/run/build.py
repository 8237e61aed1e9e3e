"""The build: every task in its own kernel, a few at a time, then manifests and index pages."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from carbonlib.bookkeeping import bills_alike
from carbonlib.errors import CarbonlibError, Finding, Message
from carbonlib.fiscal_year import label
from carbonlib.publish.site import PDF, Entry, root_index, year_index
from carbonlib.records.city import read_city
from carbonlib.records.company import read_company
from carbonlib.records.period import period_beginning
from carbonlib.records.store import renew
from carbonlib.records.unprintable import of_city, of_company, of_rounds
from carbonlib.records.workspace import Workspace
from carbonlib.run.executor import Outcome, run_task
from carbonlib.run.manifest import read_manifest, write_manifest, write_whole
from carbonlib.run.plan import KINDS, Task, plan

LOG = "run.log"


@dataclass(frozen=True)
class Built:
    """What a build made: the outcomes by task, the page to open, and the doubts to know before printing."""

    done: tuple[tuple[Task, Outcome], ...]
    index: Path
    doubts: tuple[Finding, ...] = ()

    @property
    def failed(self) -> list[tuple[Task, Outcome]]:
        """The tasks without a report."""
        return [(t, o) for t, o in self.done if o.failed]


def default_jobs() -> int:
    """Return how many reports are run side by side: one a core."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outcomes(root: Path, tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Outcome]]:
    if jobs == 1 or len(tasks) == 1:
        for task in tasks:
            yield task, run_task(root, task)
        return
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(run_task, root, task): task for task in tasks}
        for future in as_completed(waiting):
            task = waiting[future]
            if error := future.exception():
                ja = f"実行中のプロセスが終了しました（{type(error).__name__}）。もう一度実行してください。"
                en = f"The running process ended ({type(error).__name__}); run again."
                yield task, Outcome(task.key, reasons=(Message(ja, en),), log=repr(error))
            else:
                yield task, future.result()


def build(
    workspace: Workspace,
    *,
    years: tuple[int, ...] = (),
    companies: tuple[str, ...] = (),
    jobs: int | None = None,
    progress: Callable[[int, Iterator[Any]], Iterator[Any]] | None = None,
) -> Built:
    """Build the planned reports, their manifests and the index pages.

    Parameters
    ----------
    workspace : Workspace
        Where parameters are read and outputs are written.
    years, companies : tuple, optional
        Only these.
    jobs : int, optional
        Reports run side by side; one a core unless given.
    progress : callable, optional
        Wraps the iterator of outcomes, given their number.

    Raises
    ------
    CarbonlibError
        Where the plan itself cannot be read; a report that fails is an `Outcome` and stops nothing.
    """
    tasks = plan(workspace, years=years, companies=companies)
    log = _log(workspace)
    log.info("build of %d reports", len(tasks))
    renewal = renew(workspace)
    log.info("store: %d read, %d as they were, %d removed", renewal.read, renewal.kept, renewal.removed)
    started = time.monotonic()
    outcomes = _outcomes(workspace.root, tasks, jobs or default_jobs())
    found: dict[str, Outcome] = {}
    for task, outcome in progress(len(tasks), outcomes) if progress else outcomes:
        found[task.key] = outcome
        log.info("%s %s %.1f s", "failed" if outcome.failed else "made", task.key, time.monotonic() - started)
        for line in (*(m.ja for m in outcome.reasons), *outcome.log.splitlines()):
            log.info("  %s", line)
    ids = {str(task.parameters.get("company_id", "")) for task in tasks}
    doubts = (
        # for a part of the companies, the bills of all others are not read; `check` holds each against the others
        *(() if companies else bills_alike(workspace, ids)),
        *_unprintable(workspace, [task for task in tasks if not found[task.key].failed]),
    )
    for doubt in doubts:
        log.info("doubt %s", doubt.text())
    for handler in log.handlers:
        handler.close()
    # the plan's order, not the order in which they happened to end
    done = tuple((task, found[task.key]) for task in tasks)
    return Built(done, _write_indexes(workspace, done), doubts)


def _unprintable(workspace: Workspace, made: Sequence[Task]) -> Iterator[Finding]:
    """Yield what the printed reports show 〓 for: each of them says so, and whoever builds may mend it before printing."""
    if any(task.kind == "briefing" for task in made):
        yield from of_city(workspace)
    companies = sorted({task.id for task in made if task.kind == "company"})
    for company_id in companies:
        yield from of_company(workspace, company_id)
    if companies:
        yield from of_rounds(workspace)


def _log(workspace: Workspace) -> logging.Logger:
    """Return the one place where times are written."""
    workspace.outputs.mkdir(exist_ok=True)
    log = logging.Logger("carbonlib.run")
    handler = logging.FileHandler(workspace.outputs / LOG, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log.addHandler(handler)
    return log


def _entry(workspace: Workspace, report: dict[str, Any], year: int) -> Entry:
    kind = KINDS[report["kind"]]
    programme = str(report["parameters"].get("programme", ""))
    if programme in workspace.programmes:
        programme = workspace.programmes[programme].name_ja
    shared = {"kind": report["kind"], "programme": programme, "reasons": tuple(report["failed"])}
    if report["kind"] == "briefing":
        link = "" if report["failed"] else f"{kind.folder}/{kind.page}"
        title = kind.title
        with suppress(CarbonlibError):
            title = f"{read_city(workspace).name} {label(year)} {kind.title}"
        return Entry(title=title, link=link, **shared)
    title, industry, remark = report["id"], "", ""
    with suppress(CarbonlibError):  # its reason stands in the manifest; the id names it
        company = read_company(workspace, report["id"])
        title, industry = company.name, company.industry
        remark = "見本データ" if company.sample else "公表値" if company.source else ""
        period = period_beginning(year, report["parameters"].get("period_from"))
        if not period.is_fiscal_year:
            remark = "・".join(filter(None, (remark, period.short())))
    folder = f"{kind.folder}/{report['id']}"
    link = "" if report["failed"] else f"{folder}/{kind.page}"
    printed = f"{folder}/{PDF}" if PDF in report["artefacts"] else ""
    return Entry(title=title, link=link, printed=printed, industry=industry, remark=remark, **shared)


def _take_away_unplanned(workspace: Workspace, planned: Sequence[str]) -> None:
    """Remove results that no report file asks for any more: what was withdrawn must not be published by mistake."""
    years = {key.partition("/")[0] for key in planned}
    for year in workspace.outputs.glob("[0-9][0-9][0-9][0-9]"):
        if year.name not in years:
            shutil.rmtree(year)
            continue
        for folder in (*year.glob("companies/*"), *year.glob("briefing")):
            if folder.relative_to(workspace.outputs).as_posix() not in planned:
                shutil.rmtree(folder)


def _write_indexes(workspace: Workspace, done: Sequence[tuple[Task, Outcome]]) -> Path:
    planned = [task.key for task in plan(workspace)]
    _take_away_unplanned(workspace, planned)
    for year in sorted({task.fiscal_year for task, _ in done}):
        of_year = [(t, o) for t, o in done if t.fiscal_year == year]
        manifest = write_manifest(workspace, year, of_year, planned)
        entries = [_entry(workspace, report, year) for report in manifest["reports"].values()]
        write_whole(workspace.outputs / str(year) / "index.html", year_index(year, entries))
    counts = {}
    for folder in sorted(workspace.outputs.glob("[0-9][0-9][0-9][0-9]")):
        reports = read_manifest(folder).get("reports", {}).values()
        failed = sum(bool(r["failed"]) for r in reports)
        counts[int(folder.name)] = (len(reports) - failed, failed)
    index = workspace.outputs / "index.html"
    write_whole(index, root_index(counts))
    return index
