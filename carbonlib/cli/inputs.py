"""Commands that read and check what people entered."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carbonlib.cli.base import LANG, carbonlib_error, severity_words, t, workspace_of

if TYPE_CHECKING:
    from carbonlib.errors import Finding
    from carbonlib.run.plan import Task


SEVERITIES = ("error", "warning", "note")


def _print_table(found: list[Finding]) -> None:
    """Print findings one a line, every place by itself: gravity, id of the check (for `acknowledged`), place and sentence."""
    from carbonlib.present.columns import aligned

    words = severity_words()
    rows = [(f"[{words[f.severity]}]", f.id, f.text(LANG)) for f in found]
    for line in aligned(rows, frozenset({0, 1, 2})) if rows else ():
        click.echo(line)


def _fiscal_years(tasks: list[Task]) -> set[int]:
    """Return the fiscal years that the twelve months of reports lie in: two each where they are not April to March."""
    from carbonlib.fiscal_year import fiscal_year_of
    from carbonlib.records.period import period_beginning

    found: set[int] = set()
    for task in tasks:
        with suppress(carbonlib_error()):  # the report itself says what is wrong with its file
            period = period_beginning(task.fiscal_year, task.parameters.get("period_from"))
            found |= {fiscal_year_of(period.first_day), fiscal_year_of(period.last_day)}
    return found


def _is_asked(finding: Finding, years: Collection[int], of: set[int], companies: tuple[str, ...]) -> bool:
    """Return whether a finding is of these companies and years; what belongs to none, as a factor, touches all of them.

    `of` are the fiscal years that a company's own findings may be of.
    """
    place = Path(finding.place.file).parts
    if place[1:2] == ("reports",) and len(place) > 3:
        of_year = not years or place[2] in map(str, years)
        return of_year and (not companies or (place[3] == "companies" and Path(place[-1]).stem in companies))
    if place[1:2] == ("companies",) and len(place) > 2:
        of_year = not years or finding.fiscal_year is None or finding.fiscal_year in of
        # a bill that two companies have stands with the one and names the other
        return of_year and (not companies or not {place[2], finding.other}.isdisjoint(companies))
    return True


def _gathered(found: list[Finding], tasks: list[Task]) -> list[Finding]:
    """Return the findings with those of companies that wait for their bills in one line a year."""
    from carbonlib.bookkeeping import NO_BILLS, without_bills
    from carbonlib.errors import Finding
    from carbonlib.records.period import period_beginning

    waiting = {f.place.file for f in found if f.id == NO_BILLS}
    of = [
        (task.id, period_beginning(task.fiscal_year, task.parameters.get("period_from")))
        for task in tasks
        if task.file in waiting
    ]
    if len(of) < 2:
        return found
    lines = [Finding(NO_BILLS, "error", message) for message in without_bills(of)]
    first = next(i for i, f in enumerate(found) if f.id == NO_BILLS)
    return [*found[:first], *lines, *(f for f in found[first:] if f.id != NO_BILLS)]


@click.command(
    help=t(
        "入力をすべて確かめ、誤りと確認事項を一覧にします。",
        "Check all inputs and list what is wrong or doubtful.",
    )
)
@click.argument("folder", required=False, type=click.Path())
@click.option(
    "--year",
    "years",
    type=int,
    multiple=True,
    help=t("この年度の報告書だけ（例 2025）", "only this fiscal year"),
)
@click.option(
    "--company", "companies", multiple=True, help=t("この事業者の id だけ", "only this company's id")
)
@click.option("--json", "as_json", is_flag=True, help=t("JSON で出力", "print JSON"))
@click.option("--notes", is_flag=True, help=t("参考も 1 件ずつ示す", "list the notes one by one too"))
def check(
    folder: str | None, years: tuple[int, ...], companies: tuple[str, ...], as_json: bool, notes: bool
) -> None:
    """Print every problem of the workspace, or of these companies and years; exit 1 where one is an error."""
    from carbonlib.problems import problems
    from carbonlib.run.plan import plan

    workspace = workspace_of(folder)
    for company_id in companies:
        workspace.company_folder(company_id)  # says what ids there are
    tasks: list[Task] = []
    found: list[Finding] = []
    try:
        planned = plan(workspace, years=years)
        tasks = [task for task in planned if not companies or task.id in companies]
    except carbonlib_error() as error:
        found += error.findings
    found += [problem for task in tasks for problem in task.problems]
    sound = [task for task in tasks if not task.problems]
    reports = {task.file: task.parameters for task in tasks if task.kind == "company"}
    unusable = {task.file for task in tasks if task.problems}
    briefings = {task.file: task.parameters for task in sound if task.kind == "briefing"}
    today = date.today()  # noqa: DTZ011  the calendar of whoever checks
    found += problems(workspace, reports, briefings, unusable=unusable, today=today)
    of = {*years, *_fiscal_years([task for task in sound if task.kind == "company"])}
    found = [f for f in found if _is_asked(f, years, of, companies)]
    found = sorted(dict.fromkeys(found), key=lambda f: SEVERITIES.index(f.severity))
    if as_json:
        import json

        rows = [
            {
                "id": f.id,
                "severity": f.severity,
                "message": f.message.text(LANG),
                "file": f.place.file,
                "sheet": f.place.sheet,
                "cell": f.place.cell,
                "line": f.place.line,
            }
            for f in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        listed = [f for f in found if notes or f.severity != "note"]
        _print_table(_gathered(listed, tasks))
        if unlisted := Counter(f.id for f in found[len(listed) :]):
            by_id = [f"{id} {number}" for id, number in sorted(unlisted.items())]
            click.echo(
                t(
                    f"[参考] {unlisted.total()} 件（{'・'.join(by_id)}）。--notes を付けると 1 件ずつ示します。",
                    f"[note] {unlisted.total()} ({', '.join(by_id)}); --notes lists them one by one.",
                )
            )
        errors, doubts, asides = (sum(f.severity == s for f in found) for s in SEVERITIES)
        click.echo(
            t(
                f"誤り {errors} 件、確認事項 {doubts} 件、参考 {asides} 件。",
                f"{errors} errors, {doubts} doubts, {asides} notes.",
            )
        )
    if any(f.severity == "error" for f in found):
        sys.exit(1)
