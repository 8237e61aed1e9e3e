"""The command that prints a company's proposals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from carbonlib.cli.base import LANG, t, workspace_of

if TYPE_CHECKING:
    from carbonlib.records.workspace import Workspace


def _planned(workspace: Workspace, company_id: str, year: int | None) -> dict[str, Any]:
    """Return the parameters of the company's report of a year, or of its latest one."""
    from carbonlib.errors import RecordError, shown
    from carbonlib.run.plan import plan

    workspace.company_folder(company_id)
    own = [
        task.parameters
        for task in plan(workspace)
        if task.kind == "company" and not task.problems and task.parameters["company_id"] == company_id
    ]
    fitting = [p for p in own if year is None or p["fiscal_year"] == year]
    if not fitting:
        raise RecordError.of(
            "proposals.no_report",
            ja=f"事業者「{shown(company_id)}」の報告書の設定（parameters/reports/年度/companies/）がありません。"
            "--year と --factors を付けるか、設定を置いてください。",
            en=f"There is no report file of {shown(company_id)!r} under parameters/reports/; give --year and "
            "--factors, or add one.",
        )
    return max(fitting, key=lambda p: int(p["fiscal_year"]))


@click.command(
    help=t(
        "事業者の提案を、重複を除いた効果・回収年数・補助金とともに一覧にします。",
        "List a company's proposals with effects after overlap, payback and subsidies.",
    )
)
@click.argument("company")
@click.option(
    "--year",
    type=int,
    help=t("年度（書かなければ最新の報告書の年度）", "fiscal year; the latest report's unless given"),
)
@click.option(
    "--factors",
    "programme_id",
    help=t("係数の制度（書かなければ報告書のもの）", "programme; the report's unless given"),
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help=t("補助金を判定する日（書かなければ今日）", "day on which subsidies are judged; today unless given"),
)
@click.option(
    "--json", "as_json", is_flag=True, help=t("丸めない値を JSON で出力", "print unrounded values as JSON")
)
def proposals(company: str, year: int | None, programme_id: str | None, on: Any, as_json: bool) -> None:
    """Print the summary table of one company's proposals."""
    from carbonlib.present.proposal_lines import proposal_lines, proposal_object
    from carbonlib.proposing import propose, reference

    workspace = workspace_of(None)
    wanted: dict[str, Any] = {"fiscal_year": year, "programme": programme_id}
    if year is None or programme_id is None:
        wanted = {**_planned(workspace, company, year), **{k: v for k, v in wanted.items() if v is not None}}
    by = reference(
        wanted["programme"],
        on=on.date() if on else date.today(),  # noqa: DTZ011  the calendar of whoever asks
        provisional_factor_year=wanted.get("provisional_factor_year"),
        workspace=workspace,
    )
    found = propose(company, wanted["fiscal_year"], by, workspace=workspace)
    if as_json:
        import json

        click.echo(json.dumps(proposal_object(found, LANG), ensure_ascii=False, indent=1))
    else:
        for line in proposal_lines(found, LANG):
            click.echo(line)


@click.command(
    help=t("対策の一覧、または一つの対策の入力項目を示します。", "List the measures, or the inputs of one.")
)
@click.argument("measure", required=False)
def measures(measure: str | None) -> None:
    """List the measures, or one measure's inputs with unit and default."""
    from carbonlib.errors import WorkspaceError
    from carbonlib.measures import MEASURES, measure_named
    from carbonlib.present.measure_lines import input_lines, measure_lines
    from carbonlib.records.defaults import built_in_defaults, read_defaults

    try:
        defaults = read_defaults(workspace_of(None))
    except WorkspaceError:
        defaults = built_in_defaults()
    lines = (
        measure_lines(MEASURES.values(), LANG)
        if measure is None
        else input_lines(measure_named(measure), defaults, LANG)
    )
    for line in lines:
        click.echo(line)
