"""The command line: thin, bilingual, and quick to start because each command imports what it needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from carbonlib.errors import CarbonlibError, Finding, Language
    from carbonlib.factors import Programme
    from carbonlib.records.workspace import Workspace
    from carbonlib.run.plan import Task


def _language_of(arguments: list[str]) -> Language:
    """Return the language asked for, before click has read the line: help texts need it first."""
    for position, argument in enumerate(arguments):
        if argument == "--lang=en" or (
            argument == "--lang" and arguments[position + 1 : position + 2] == ["en"]
        ):
            return "en"
    return "en" if os.environ.get("CARBONLIB_LANG") == "en" else "ja"


LANG = _language_of(sys.argv[1:])


def t(ja: str, en: str) -> str:
    """Return the sentence in the language of this run."""
    return en if LANG == "en" else ja


class _Group(click.Group):
    """Adds --lang to every command, so that it may stand anywhere on the line."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.params.append(_lang_option())
        super().add_command(cmd, name)


def _lang_option() -> click.Option:
    return click.Option(
        ["--lang"],
        type=click.Choice(["ja", "en"]),
        expose_value=False,
        help=t("表示の言語", "language of messages"),
    )


@click.group(
    cls=_Group,
    no_args_is_help=False,
    invoke_without_command=True,
    help=t("請求書から省エネ診断報告書と市の年次報告を作ります。", "Energy bills to diagnosis reports."),
)
@click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    expose_value=False,
    help=t("表示の言語", "language of messages"),
)
@click.version_option(package_name="carbonlib", message="carbonlib %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Group of all commands; without one, the help."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command(help=t("報告書と一覧を作ります。", "Build the reports and their index."))
@click.argument("folder", required=False, type=click.Path())
@click.option(
    "--year", "years", type=int, multiple=True, help=t("この年度だけ（例 2025）", "only this fiscal year")
)
@click.option(
    "--company", "companies", multiple=True, help=t("この事業者の id だけ", "only this company's id")
)
@click.option("--jobs", type=click.IntRange(1, 64), help=t("同時に実行する数", "reports run side by side"))
@click.option("--quiet", is_flag=True, help=t("進み具合を表示しない", "show no progress"))
def build(
    folder: str | None, years: tuple[int, ...], companies: tuple[str, ...], jobs: int | None, quiet: bool
) -> None:
    """Build the planned reports."""
    from carbonlib.run.build import build as run_build

    workspace = _workspace(folder)

    def progress(total: int, outcomes: Iterator[Any]) -> Iterator[Any]:
        from tqdm import tqdm

        words = t("報告書", "reports")
        layout = words + " {n}/{total} |{bar}| " + t("残り", "left") + " {remaining}"
        yield from tqdm(outcomes, total=total, disable=quiet, bar_format=layout, file=sys.stderr, ascii=" #")

    built = run_build(workspace, years=years, companies=companies, jobs=jobs, progress=progress)
    failed = built.failed
    for task, outcome in failed:
        for reason in outcome.reasons:
            click.echo(
                t(f"作成できませんでした {task.key}: ", f"Not built {task.key}: ") + reason.text(LANG),
                err=True,
            )
    made = len(built.done) - len(failed)
    if not quiet:
        click.echo(t(f"{made} 件の報告書を作成しました。", f"{made} reports built."))
        click.echo(t(f"開くページ: {built.index}", f"Page to open: {built.index}"))
    if failed:
        sys.exit(1)


@cli.command(
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

    workspace = _workspace(folder)
    tasks: list[Task] = []
    found: list[Finding] = []
    try:
        tasks = plan(workspace)
    except _carbonlib_error() as error:
        found += error.findings
    found += [problem for task in tasks for problem in task.problems]
    sound = [task for task in tasks if not task.problems]
    reports = {task.file: task.parameters for task in sound if task.kind == "company"}
    briefings = {task.file: task.parameters for task in sound if task.kind == "briefing"}
    found += problems(workspace, reports, briefings)
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
        words = {"error": t("誤り", "error"), "warning": t("要確認", "warning"), "note": t("参考", "note")}
        alike: dict[tuple[str, str], list[Finding]] = {}
        for f in found:
            alike.setdefault((f.severity, f.message.text(LANG)), []).append(f)
        for (severity, _), same in alike.items():
            more = (
                t(f"（ほか {len(same) - 1} か所）", f" (and {len(same) - 1} more)") if len(same) > 1 else ""
            )
            click.echo(f"[{words[severity]}] {same[0].text(LANG)}{more}")
        errors = sum(f.severity == "error" for f in found)
        doubts = len(found) - errors
        click.echo(t(f"誤り {errors} 件、確認事項 {doubts} 件。", f"{errors} errors, {doubts} doubts."))
    if any(f.severity == "error" for f in found):
        sys.exit(1)


@cli.command(
    help=t(
        "新しい作業フォルダを作ります（見本の市が入ります）。", "Make a new workspace with the sample city."
    )
)
@click.argument("folder", type=click.Path())
def init(folder: str) -> None:
    """Make a workspace."""
    from pathlib import Path

    from carbonlib.run.init import init_workspace

    made = init_workspace(Path(folder))
    click.echo(t(f"作業フォルダを作りました: {made.root}", f"Workspace made: {made.root}"))
    click.echo(t(f"次に:  carbonlib build {folder}", f"Next:  carbonlib build {folder}"))


@cli.command("open", help=t("報告書の一覧をブラウザで開きます。", "Open the index of reports in a browser."))
@click.argument("folder", required=False, type=click.Path())
@click.option(
    "--print",
    "only_print",
    is_flag=True,
    help=t("開かずに場所だけ表示", "print the place and do not open it"),
)
def open_index(folder: str | None, only_print: bool) -> None:
    """Open the index page."""
    from carbonlib.errors import WorkspaceError

    index = _workspace(folder).outputs / "index.html"
    if not index.is_file():
        raise WorkspaceError.of(
            "open.nothing",
            ja="まだ報告書がありません。先に carbonlib build を実行してください。",
            en="There are no reports yet; run carbonlib build first.",
        )
    click.echo(str(index))
    if not only_print:
        click.launch(index.as_uri())


@cli.command(help=t("量を熱量・原油換算・CO2 に換算します。", "Convert an amount to GJ, kL and t-CO2."))
@click.argument("amount")
@click.option(
    "--carrier", required=True, help=t("エネルギー種別（electricity など）", "carrier, such as electricity")
)
@click.option("--factors", "programme_id", required=True, help=t("係数の制度", "programme of the factors"))
@click.option(
    "--year", type=int, help=t("年度（制度が年度別の係数を持つとき）", "fiscal year, where factors have one")
)
@click.option("--supplier", default="", help=t("供給者（制度が供給者別の係数を持つとき）", "supplier"))
@click.option(
    "--json", "as_json", is_flag=True, help=t("丸めない値を JSON で出力", "print unrounded values as JSON")
)
def convert(
    amount: str, carrier: str, programme_id: str, year: int | None, supplier: str, as_json: bool
) -> None:
    """Convert one amount under a programme."""
    from carbonlib.conversion import convert_amount
    from carbonlib.present.lines import conversion_lines, conversion_object

    result = convert_amount(
        amount,
        carrier=carrier,
        programme_id=programme_id,
        fiscal_year=year,
        supplier=supplier,
        among=_programmes(),
    )
    if as_json:
        import json

        click.echo(json.dumps(conversion_object(result, LANG), ensure_ascii=False, indent=1))
    else:
        for line in conversion_lines(result, LANG):
            click.echo(line)


@cli.group(cls=_Group, help=t("係数を調べます。", "Look factors up."))
def factors() -> None:
    """Group of the factor commands."""


@factors.command("list", help=t("制度と係数セットを並べます。", "List programmes and factor sets."))
def factors_list() -> None:
    """List programmes."""
    from carbonlib.present.lines import programme_lines

    for line in programme_lines(_programmes(), LANG):
        click.echo(line)


@factors.command(
    "show",
    help=t("制度の係数をすべて出典とともに示します。", "Show a programme's factors with their sources."),
)
@click.argument("programme_id")
def factors_show(programme_id: str) -> None:
    """Show one programme."""
    from carbonlib.factors import programme
    from carbonlib.present.lines import factor_lines

    for line in factor_lines(programme(programme_id, among=_programmes()), LANG):
        click.echo(line)


@factors.command(
    "compare", help=t("二つの制度の係数を並べて比べます。", "Compare the factors of two programmes.")
)
@click.argument("one")
@click.argument("other")
@click.option("--year", type=int, required=True, help=t("年度", "fiscal year"))
def factors_compare(one: str, other: str, year: int) -> None:
    """Compare two programmes."""
    from carbonlib.factors import programme
    from carbonlib.present.lines import comparison_lines

    known = _programmes()
    for line in comparison_lines(programme(one, among=known), programme(other, among=known), year, LANG):
        click.echo(line)


def _workspace(folder: str | None) -> Workspace:
    """Return the workspace at `folder`, else the one around the working folder."""
    from pathlib import Path

    from carbonlib.records.workspace import find_workspace, workspace_at

    return find_workspace() if folder is None else workspace_at(Path(folder))


def _programmes() -> Mapping[str, Programme]:
    """Return the workspace's programmes, or the built-in ones outside of a workspace."""
    from carbonlib.errors import WorkspaceError
    from carbonlib.factors import programmes
    from carbonlib.records.workspace import find_workspace

    try:
        return find_workspace().programmes
    except WorkspaceError:
        return programmes()


def _carbonlib_error() -> type[CarbonlibError]:
    from carbonlib.errors import CarbonlibError

    return CarbonlibError


def main() -> None:
    """Run the command line: exit 1 with sentences for bad input, 2 for a wrong call, a traceback for our bugs."""
    try:
        cli.main(standalone_mode=False)
    except click.UsageError as error:
        hint = error.ctx.command_path if error.ctx else "carbonlib"
        click.echo(
            t(f"使い方が違います: {error.format_message()}", f"Wrong usage: {error.format_message()}"),
            err=True,
        )
        click.echo(t(f"使い方は {hint} --help で見られます。", f"See {hint} --help."), err=True)
        sys.exit(2)
    except click.Abort:
        click.echo(t("中断しました。", "Interrupted."), err=True)
        sys.exit(130)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except Exception as error:
        if not isinstance(error, _carbonlib_error()):
            raise
        click.echo(error.text(LANG), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
