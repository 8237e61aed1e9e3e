"""Commands that send a workbook to a company and read it back, and CSV files with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from carbonlib.cli.base import print_findings, t, workspace_of

if TYPE_CHECKING:
    from carbonlib.records.importing import Change

_MOST_LISTED = 30  # companies of one import that are listed one by one


@click.command(
    help=t("事業者に記入してもらうブックを作ります。", "Make the workbook that a company fills in.")
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(2001, 2100), help=t("年度（例 2026）", "fiscal year"))
@click.option(
    "--from",
    "first_month",
    help=t(
        "4月〜翌3月でないとき、12か月の最初の月（例 2024-10）", "first of twelve other months, as 2024-10"
    ),
)
@click.option(
    "--company", "company_id", help=t("分かっている内容を入れる事業者の id", "fill in what is known of it")
)
@click.option("--force", is_flag=True, help=t("すでにあるファイルを上書き", "overwrite a file"))
def template(
    out: Path, year: int | None, first_month: str | None, company_id: str | None, force: bool
) -> None:
    """Write a workbook."""
    from carbonlib.errors import RecordError, shown
    from carbonlib.publish.template import template as template_of
    from carbonlib.records.bills import read_bills
    from carbonlib.records.company import read_company
    from carbonlib.records.period import period_beginning

    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(
            t("ファイル名は .xlsx で終わるようにしてください。", "The file's name must end in .xlsx.")
        )
    if year is None and first_month is None:
        raise click.UsageError(t("--year か --from を書いてください。", "Give --year or --from."))
    period = period_beginning(year, first_month, called="--from")
    if company_id is None:
        made = template_of(period)
    else:
        workspace = workspace_of(None)
        company = read_company(workspace, company_id)
        has_bills = (workspace.company_folder(company_id) / "bills.csv").is_file()
        made = template_of(period, company, read_bills(workspace, company) if has_bills else ())
    if out.exists() and not force and out.read_bytes() != made:
        raise RecordError.of(
            "template.exists",
            ja=f"「{shown(out.name)}」はすでにあります。記入済みかもしれないので、別の名前にするか --force を付けてください。",
            en=f"{shown(out.name)!r} is there already and may be filled in; choose another name or give --force.",
        )
    try:
        out.write_bytes(made)
    except OSError:
        raise RecordError.of(
            "template.unwritable",
            ja=f"「{shown(out.name)}」を書けません。フォルダと権限を確かめてください。",
            en=f"{shown(out.name)!r} cannot be written; check the folder and its permissions.",
        ) from None
    click.echo(t(f"作成: {out}", f"Written: {out}"))


@click.command(
    "import",
    short_help=t("記入されたブックや CSV を取り込みます。", "Read workbooks and CSV files into parameters/."),
    help=t(
        "記入されたブックや CSV を parameters/ に取り込みます。",
        "Read workbooks that were filled in, and CSV files, into parameters/.",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--company", "company_id", help=t("事業者の id", "the company's id"))
@click.option(
    "--year",
    "--fiscal-year",
    "year",
    type=click.IntRange(2001, 2100),
    help=t("年の書かれていない月の年度", "fiscal year of months without a year"),
)
@click.option(
    "--as-reported",
    "publication",
    help=t("公表値（GJ・t-CO2）の表を、この名前で取り込む", "take in published figures under this name"),
)
@click.option("--meter", "meter_id", help=t("30分値のメーター", "meter of half-hourly values"))
@click.option(
    "--dry-run", is_flag=True, help=t("書き込まず、結果だけ表示", "write nothing, show what would change")
)
def import_(
    files: tuple[Path, ...],
    company_id: str | None,
    year: int | None,
    publication: str | None,
    meter_id: str | None,
    dry_run: bool,
) -> None:
    """Read workbooks and CSV files into parameters/."""
    if publication is not None:
        _import_reported(list(files), publication, year, dry_run=dry_run)
        return
    from carbonlib.importing import import_checked

    done = import_checked(
        workspace_of(None),
        list(files),
        company_id=company_id,
        fiscal_year=year,
        meter_id=meter_id,
        dry_run=dry_run,
    )
    print_findings(done.findings)
    for change in done.changes[:_MOST_LISTED]:
        _print_change(change, dry_run=dry_run)
    if len(done.changes) > _MOST_LISTED:
        total = [
            sum(n) for n in zip(*((c.added, c.replaced, c.unchanged) for c in done.changes), strict=True)
        ]
        click.echo(
            t(
                f"…ほか {len(done.changes) - _MOST_LISTED} 社。全 {len(done.changes)} 社で 追加 {total[0]} 行、"
                f"置きかえ {total[1]} 行、同じ {total[2]} 行",
                f"… and {len(done.changes) - _MOST_LISTED} more. All {len(done.changes)} companies: {total[0]} rows added, "
                f"{total[1]} replaced, {total[2]} alike",
            )
        )
    if dry_run:
        click.echo(t("試しただけで、何も書いていません（--dry-run）。", "Nothing was written (--dry-run)."))


def _print_change(change: Change, *, dry_run: bool) -> None:
    new = t("（新規）", " (new)") if change.new else ""
    click.echo(
        t(
            f"{change.company_id}{new}: 追加 {change.added} 行、置きかえ {change.replaced} 行、"
            f"同じ {change.unchanged} 行、そのまま {change.kept} 行",
            f"{change.company_id}{new}: {change.added} rows added, {change.replaced} replaced, "
            f"{change.unchanged} alike, {change.kept} left as they were",
        )
    )
    for name in change.files:
        click.echo(
            t(f"  書き込む: {name}", f"  to write: {name}")
            if dry_run
            else t(f"  書いた: {name}", f"  written: {name}")
        )
    if not change.files:
        click.echo(t("  変わりません", "  nothing changes"))


def _import_reported(files: list[Path], publication: str, year: int | None, *, dry_run: bool) -> None:
    from carbonlib.plausibility.reported import reported_doubts
    from carbonlib.records.as_reported import FOLDER, import_reported
    from carbonlib.records.bands import read_bands

    if year is None:
        raise click.UsageError(
            t(
                "--as-reported には --year（数値の年度）も必要です。",
                "--as-reported needs --year, that of the figures.",
            )
        )
    workspace = workspace_of(None)
    table, problems = import_reported(workspace, files, publication, year, dry_run=dry_run)
    print_findings([*problems.found, *reported_doubts(table, read_bands(workspace))])
    name = f"parameters/{FOLDER}/{publication}.csv"
    count = t(f"{len(table.figures)} 件", f"{len(table.figures)} owners")
    click.echo(
        t(f"試しただけです: {name}（{count}）", f"Not written: {name} ({count})")
        if dry_run
        else t(f"書いた: {name}（{count}）", f"Written: {name} ({count})")
    )
