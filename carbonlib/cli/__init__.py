"""The command line: thin, bilingual, and quick to start because each command imports what it needs."""

from __future__ import annotations

import sys

import click

from carbonlib.cli.audit import audit
from carbonlib.cli.base import LANG, Group, carbonlib_error, t
from carbonlib.cli.benchmarks import benchmarks
from carbonlib.cli.inputs import check
from carbonlib.cli.lookup import convert, factors
from carbonlib.cli.proposals import measures, proposals
from carbonlib.cli.reports import build, init, new_year, open_index
from carbonlib.cli.subsidies import subsidies
from carbonlib.cli.words import Help, in_japanese
from carbonlib.cli.workbook import import_, template

if LANG == "ja":
    click.Context.formatter_class = Help


@click.group(
    cls=Group,
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


for command in (
    audit,
    benchmarks,
    build,
    check,
    convert,
    factors,
    import_,
    init,
    measures,
    new_year,
    open_index,
    proposals,
    subsidies,
    template,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line: exit 1 with sentences for bad input, 2 for a wrong call, a traceback for our bugs."""
    try:
        cli.main(standalone_mode=False)
    except click.UsageError as error:
        hint = error.ctx.command_path if error.ctx else "carbonlib"
        said = error.format_message()
        click.echo(t(f"使い方が違います: {in_japanese(said)}", f"Wrong usage: {said}"), err=True)
        click.echo(t(f"使い方は {hint} --help で見られます。", f"See {hint} --help."), err=True)
        sys.exit(2)
    except click.Abort:
        click.echo(t("中断しました。", "Interrupted."), err=True)
        sys.exit(130)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except Exception as error:
        if not isinstance(error, carbonlib_error()):
            raise
        click.echo(error.text(LANG), err=True)
        sys.exit(1)
