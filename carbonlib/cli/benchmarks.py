"""The command that freezes what companies are compared with."""

from __future__ import annotations

import click

from carbonlib.cli.base import t, workspace_of


@click.command(
    short_help=t("原単位の比較に使う四分位数を作ります。", "Freeze the quartiles of intensities."),
    help=t(
        "原単位の比較に使う四分位数を、市内の事業者から作り parameters/benchmarks_年度.csv に固定します。",
        "Freeze the quartiles that intensities are compared with, as parameters/benchmarks_YEAR.csv.",
    ),
)
@click.argument("year", type=click.IntRange(1990, 2100))
@click.argument("folder", required=False, type=click.Path())
@click.option(
    "--suppress-below",
    type=click.IntRange(3, 1000),
    help=t(
        "この社数より少ない業種は秘匿（既定 5）", "industries of fewer companies are suppressed (default 5)"
    ),
)
def benchmarks(year: int, folder: str | None, suppress_below: int | None) -> None:
    """Write the benchmarks of a year: nothing else ever changes them, so one new bill rebuilds one report."""
    from carbonlib.benchmarking import city_benchmarks
    from carbonlib.city.benchmarks import LEAST
    from carbonlib.errors import RecordError
    from carbonlib.records.benchmarks import benchmarks_text, file_name
    from carbonlib.run.manifest import write_whole
    from carbonlib.run.plan import plan

    workspace = workspace_of(folder)
    tasks = plan(workspace, years=(year,))
    programmes = sorted(
        {str(x.parameters["programme"]) for x in tasks if x.kind == "company" and not x.problems}
    )
    made = city_benchmarks(workspace, year, tuple(programmes), suppress_below=suppress_below or LEAST)
    if not made.rows:
        raise RecordError.of(
            "benchmarks.nothing",
            ja=f"{year}年度に集計できる事業者がありません。報告書のファイルと延床面積・従業員数を確かめてください。",
            en=f"No company of FY{year} can be counted; check the report files, floor areas and employees.",
        )
    path = workspace.parameters / file_name(year)
    write_whole(path, benchmarks_text(made.rows))
    hidden = sum(b.suppressed for b in made.rows)
    click.echo(
        t(
            f"{workspace.name_of(path)} を作りました（{made.companies} 社、{len(made.rows)} 行、うち秘匿 {hidden} 行）。",
            f"Written: {workspace.name_of(path)} ({made.companies} companies, {len(made.rows)} rows, {hidden} suppressed).",
        )
    )
    if made.other_months:
        click.echo(
            t(
                f"{made.other_months} 社の報告書は {year}年度ではない12か月（period_from）のものなので、含めていません。",
                f"{made.other_months} companies are reported for twelve months other than FY{year} and left out.",
            )
        )
    if made.left_out:
        click.echo(
            t(
                f"{made.left_out} 社は入力に誤りがあるため含めていません（carbonlib check で確かめられます）。",
                f"{made.left_out} companies are left out because of errors in their input.",
            )
        )
