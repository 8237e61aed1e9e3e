"""The command that prints a company's proposals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from carbonlib.cli.base import LANG, carbonlib_error, t, workspace_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carbonlib.errors import Finding
    from carbonlib.proposing import Proposed
    from carbonlib.records.workspace import Workspace


def _day_of(on: Any, report: Mapping[str, Any], workspace: Workspace) -> date:
    """Return the day on which a company's subsidies are judged: as asked, else as its report has it, else today."""
    if on:
        day: date = on.date()
        return day
    from carbonlib.diagnosis import judged_on, subsidy_day
    from carbonlib.records.company import read_company

    planned = report.get("subsidies_on")
    written = None if planned is None else judged_on(planned)
    own = subsidy_day(read_company(workspace, report["company_id"]), report["fiscal_year"], written)
    return own or date.today()  # noqa: DTZ011  the calendar of whoever asks


def _reports(
    workspace: Workspace, company_id: str | None, year: int | None, programme: str | None
) -> list[dict[str, Any]]:
    """Return the parameters of the reports that are meant; a company's with year and programme need not have one."""
    try:
        return _planned(workspace, company_id, year)
    except carbonlib_error():
        if company_id is None or year is None or programme is None:
            raise
        return [{"company_id": company_id}]


def _planned(workspace: Workspace, company_id: str | None, year: int | None) -> list[dict[str, Any]]:
    """Return the parameters of the latest report of a company, or of all that have proposals in the latest year."""
    from carbonlib.errors import RecordError, shown
    from carbonlib.records.proposals import has_proposals
    from carbonlib.run.plan import plan

    if company_id is not None:
        workspace.company_folder(company_id)
    tasks = [
        task
        for task in plan(workspace)
        if task.kind == "company"
        and not task.problems
        and year in {None, task.fiscal_year}
        and (task.id == company_id if company_id is not None else has_proposals(workspace, task.id))
    ]
    if not tasks:
        whose_ja = f"事業者「{shown(company_id)}」" if company_id else "提案（proposals.yaml）のある事業者"
        whose_en = repr(shown(company_id)) if company_id else "any company with proposals"
        raise RecordError.of(
            "proposals.no_report",
            ja=f"{whose_ja}の報告書の設定（parameters/reports/年度/companies/）が、この年度にありません。--year を確かめるか、"
            "設定を置いてください。",
            en=f"There is no report file of {whose_en} under parameters/reports/ for the year; check --year, or add one.",
        )
    latest = max(task.fiscal_year for task in tasks)
    taken = [task for task in tasks if task.fiscal_year == latest]
    if older := sorted({task.id for task in tasks} - {task.id for task in taken}):
        listed = "・".join(shown(id) for id in older)
        click.echo(
            t(
                f"{latest} 年度の報告書がないため載せていない事業者: {listed}（--year で年度を選べます）",
                f"Left out, for there is no report of fiscal year {latest}: {listed} (choose a year by --year)",
            ),
            err=True,
        )
    return [task.parameters for task in taken]


@click.command(
    short_help=t(
        "提案の効果・回収年数・補助金を一覧にします。", "List proposals with effects, payback and subsidies."
    ),
    help=t(
        "事業者の提案を、重複を除いた効果・回収年数・補助金とともに一覧にします。事業者を書かなければ、"
        "すべての提案を CO2 1 トンあたりの費用の順に並べます。",
        "List a company's proposals with effects after overlap, payback and subsidies; without a company all "
        "proposals by what a tonne of CO2 costs.",
    ),
)
@click.argument("company", required=False)
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
    metavar=t("日付", "DATE"),
    help=t(
        "補助金を判定する日（書かなければ報告書と同じ日: subsidies_on、なければ訪問日。どちらもなければ今日）",
        "day on which subsidies are judged; the report's (subsidies_on, else the visit), or today",
    ),
)
@click.option(
    "--json", "as_json", is_flag=True, help=t("丸めない値を JSON で出力", "print unrounded values as JSON")
)
@click.option(
    "--csv",
    "as_csv",
    is_flag=True,
    help=t(
        "すべての事業者の限界削減費用曲線を、丸めない CSV で出力（事業者を書かないときだけ）",
        "print the abatement cost curve of all companies as unrounded CSV; without a company only",
    ),
)
def proposals(
    company: str | None, year: int | None, programme_id: str | None, on: Any, as_json: bool, as_csv: bool
) -> None:
    """Print one company's proposals, or those of all companies by what a tonne of CO2 costs."""
    from carbonlib.present.curve_lines import curve_lines, left_out_lines
    from carbonlib.present.proposal_lines import proposal_lines
    from carbonlib.present.proposal_objects import curve_csv, curve_object, proposal_object
    from carbonlib.proposing import curve_of, propose, reference
    from carbonlib.records.period import period_beginning

    if as_csv and (as_json or company is not None):
        raise click.UsageError(
            t(
                "--csv は、事業者を書かず、--json を付けないときだけ使えます。",
                "--csv goes without a company and without --json.",
            )
        )
    workspace = workspace_of(None)
    given = {"fiscal_year": year, "programme": programme_id}
    reports = _reports(workspace, company, year, programme_id)
    found: list[Proposed] = []
    wrong: list[Finding] = []
    for report in reports:
        wanted = {**report, **{k: v for k, v in given.items() if v is not None}}
        try:
            period = period_beginning(wanted["fiscal_year"], wanted.get("period_from"))
            by = reference(
                wanted["programme"],
                on=_day_of(on, wanted, workspace),
                provisional_factor_year=wanted.get("provisional_factor_year"),
                workspace=workspace,
            )
            found.append(propose(wanted["company_id"], period, by, workspace=workspace))
        except carbonlib_error() as error:
            wrong += error.findings
    if wrong and not found:
        raise carbonlib_error()(dict.fromkeys(wrong))
    if company is not None:
        lines, whole = proposal_lines(found[0], LANG), proposal_object(found[0], LANG)
    else:
        curve = curve_of(found)
        lines, whole = curve_lines(found, curve, LANG), curve_object(curve)
    if as_csv:
        click.echo(curve_csv(curve), nl=False)
        for line in left_out_lines(found, curve, LANG):
            click.echo(line, err=True)
    elif as_json:
        import json

        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        for line in lines:
            click.echo(line)
    if wrong:  # the other companies stand above: one bad file does not empty the curve
        raise carbonlib_error()(dict.fromkeys(wrong))


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
