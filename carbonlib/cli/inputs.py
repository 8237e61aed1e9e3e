"""Commands that read and check what people entered."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from carbonlib.cli.base import LANG, carbonlib_error, print_findings, t, workspace_of

if TYPE_CHECKING:
    from carbonlib.errors import Finding
    from carbonlib.run.plan import Task


@click.command(
    help=t(
        "入力をすべて確かめ、誤りと確認事項を一覧にします。",
        "Check all inputs and list what is wrong or doubtful.",
    )
)
@click.argument("folder", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help=t("JSON で出力", "print JSON"))
def check(folder: str | None, as_json: bool) -> None:
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
    reports = {task.file: task.parameters for task in sound if task.kind == "company"}
    briefings = {task.file: task.parameters for task in sound if task.kind == "briefing"}
    found += problems(workspace, reports, briefings, today=date.today())  # noqa: DTZ011  the calendar of whoever checks
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
        print_findings(found)
        errors = sum(f.severity == "error" for f in found)
        doubts = len(found) - errors
        click.echo(t(f"誤り {errors} 件、確認事項 {doubts} 件。", f"{errors} errors, {doubts} doubts."))
    if any(f.severity == "error" for f in found):
        sys.exit(1)
