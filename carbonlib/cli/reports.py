"""Commands that make reports and show them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbonlib.cli.base import LANG, severity_words, t, workspace_of

if TYPE_CHECKING:
    from carbonlib.errors import Message
    from carbonlib.run.executor import Outcome
    from carbonlib.run.plan import Task


def _without_bills(failed: Sequence[tuple[Task, Outcome]]) -> tuple[set[str], list[Message]]:
    """Return the tasks that failed for want of bills alone, by their key, and one sentence a year for them."""
    from carbonlib.bookkeeping import NoBillsError, without_bills
    from carbonlib.records.period import period_beginning

    waiting = {
        task.key: (task.id, period_beginning(task.fiscal_year, task.parameters.get("period_from")))
        for task, outcome in failed
        if task.kind == "company" and outcome.error == NoBillsError.__name__
    }
    return (set(waiting), without_bills(list(waiting.values()))) if len(waiting) > 1 else (set(), [])


@click.command(help=t("報告書と一覧を作ります。", "Build the reports and their index."))
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

    workspace = workspace_of(folder)

    def progress(total: int, outcomes: Iterator[Any]) -> Iterator[Any]:
        from tqdm import tqdm

        words = t("報告書", "reports")
        layout = words + " {n}/{total} |{bar}| " + t("残り", "left") + " {remaining}"
        yield from tqdm(
            outcomes,
            total=total,
            disable=quiet or not sys.stderr.isatty(),
            bar_format=layout,
            file=sys.stderr,
            ascii=" #",
        )

    built = run_build(workspace, years=years, companies=companies, jobs=jobs, progress=progress)
    failed = built.failed
    told, waiting = _without_bills(failed)
    for message in waiting:
        click.echo(t("作成できませんでした: ", "Not built: ") + message.text(LANG), err=True)
    for task, outcome in failed:
        if task.key in told:
            continue
        for reason in outcome.reasons:
            click.echo(
                t(f"作成できませんでした {task.key}: ", f"Not built {task.key}: ") + reason.text(LANG),
                err=True,
            )
    for doubt in built.doubts:
        click.echo(f"[{severity_words()[doubt.severity]}] {doubt.text(LANG)}", err=True)
    made = len(built.done) - len(failed)
    if not quiet:
        click.echo(t(f"{made} 件の報告書を作成しました。", f"{made} reports built."))
        click.echo(t(f"開くページ: {built.index}", f"Page to open: {built.index}"))
    if failed:
        sys.exit(1)


@click.command(
    help=t(
        "新しい作業フォルダを作ります（見本の市が入ります）。", "Make a new workspace with the sample city."
    )
)
@click.argument("folder", type=click.Path())
@click.option(
    "--no-samples",
    is_flag=True,
    help=t("見本の事業者を入れない（実際の作業に）", "without the sample companies, for real work"),
)
def init(folder: str, no_samples: bool) -> None:
    """Make a workspace."""
    from carbonlib.run.init import init_workspace

    made = init_workspace(Path(folder), samples=not no_samples)
    click.echo(t(f"作業フォルダを作りました: {made.root}", f"Workspace made: {made.root}"))
    if no_samples:
        click.echo(
            t(
                "次に:  parameters/city.yaml をこの市のものに書き換え、事業者を加えてください（carbonlib import など）。",
                "Next:  write the city's own parameters/city.yaml and add companies (such as by carbonlib import).",
            )
        )
        return
    click.echo(t(f"次に:  carbonlib build {folder}", f"Next:  carbonlib build {folder}"))


@click.command(
    "open", help=t("報告書の一覧をブラウザで開きます。", "Open the index of reports in a browser.")
)
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

    index = workspace_of(folder).outputs / "index.html"
    if not index.is_file():
        raise WorkspaceError.of(
            "open.nothing",
            ja="まだ報告書がありません。先に carbonlib build を実行してください。",
            en="There are no reports yet; run carbonlib build first.",
        )
    click.echo(str(index))
    if not only_print:
        click.launch(index.as_uri())


@click.command(
    "new-year",
    help=t("次の年度の準備をし、入力・確認することを一覧にします。", "Prepare the next fiscal year."),
)
@click.argument("year", type=click.IntRange(1990, 2100))
@click.argument("folder", required=False, type=click.Path())
@click.option(
    "--sheets",
    metavar=t("フォルダ", "FOLDER"),
    type=click.Path(file_okay=False, path_type=Path),
    help=t(
        "記入シートを置くフォルダ（書かなければ outputs/sheets/年度）",
        "folder for the sheets to fill in (outputs/sheets/YEAR unless given)",
    ),
)
def new_year(year: int, folder: str | None, sheets: Path | None) -> None:
    """Carry the report files over to a new year, write sheets to fill in and print what is left to do."""
    from carbonlib.run.new_year import prepare_year

    prepared = prepare_year(workspace_of(folder), year, sheets=sheets)
    for name in prepared.written:
        click.echo(t(f"作成: {name}", f"Written: {name}"))
    if not prepared.written:
        click.echo(t("報告書のファイルはすでにあります。", "The report files are there already."))
    for name in prepared.sheets:
        click.echo(t(f"記入シート: {name}", f"Sheet to fill in: {name}"))
    if prepared.sheets:
        click.echo(
            t(
                "記入シートを事業者に送り、記入されたら carbonlib import で取り込んでください。",
                "Send the sheets to the companies; carbonlib import reads them back.",
            )
        )
    click.echo(t("入力・確認すること:", "To enter or confirm:"))
    for finding in dict.fromkeys(prepared.todo):
        click.echo(f"- {finding.text(LANG)}")
    wrong = [f for f in dict.fromkeys(prepared.todo) if f.severity == "error"]
    if wrong:
        click.echo(
            t(
                f"準備できなかったものがあります。次の {len(wrong)} 件を直し、new-year をもう一度実行してください（できた分はそのまま残ります）:",
                f"Some could not be prepared. Mend these {len(wrong)} and run new-year again (what was made stays):",
            ),
            err=True,
        )
        for finding in wrong:
            click.echo(f"- {finding.text(LANG)}", err=True)
        raise SystemExit(1)
