"""Commands that read and check what people entered."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
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


@click.command(
    help=t(
        "入力をすべて確かめ、誤りと確認事項を一覧にします。",
        "Check all inputs and list what is wrong or doubtful.",
    )
)
@click.argument("folder", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help=t("JSON で出力", "print JSON"))
@click.option("--notes", is_flag=True, help=t("参考も 1 件ずつ示す", "list the notes one by one too"))
def check(folder: str | None, as_json: bool, notes: bool) -> None:
    """Print every problem of the workspace; exit 1 where one is an error."""
    from carbonlib.problems import problems
    from carbonlib.run.plan import plan

    workspace = workspace_of(folder)
    tasks: list[Task] = []
    found: list[Finding] = []
    try:
        tasks = plan(workspace)
    except carbonlib_error() as error:
        found += error.findings
    found += [problem for task in tasks for problem in task.problems]
    sound = [task for task in tasks if not task.problems]
    reports = {task.file: task.parameters for task in tasks if task.kind == "company"}
    unusable = {task.file for task in tasks if task.problems}
    briefings = {task.file: task.parameters for task in sound if task.kind == "briefing"}
    today = date.today()  # noqa: DTZ011  the calendar of whoever checks
    found += problems(workspace, reports, briefings, unusable=unusable, today=today)
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
        _print_table(listed)
        if unlisted := Counter(f.id for f in found[len(listed) :]):
            by_id = [f"{id} {number}" for id, number in sorted(unlisted.items())]
            click.echo(
                t(
                    f"[参考] {unlisted.total()} 件（{'・'.join(by_id)}）。--notes を付けると 1 件ずつ示します。",
                    f"[note] {unlisted.total()} ({', '.join(by_id)}); --notes lists them one by one.",
                )
            )
        errors = sum(f.severity == "error" for f in found)
        doubts = len(found) - errors
        click.echo(t(f"誤り {errors} 件、確認事項 {doubts} 件。", f"{errors} errors, {doubts} doubts."))
    if any(f.severity == "error" for f in found):
        sys.exit(1)
