"""The command that checks a printed table."""

from __future__ import annotations

import sys

import click

from carbonlib.cli.base import LANG, programmes_of, t


@click.command(
    short_help=t("印刷された表を検算します。", "Recompute a printed table."),
    help=t(
        "印刷された表を検算し、合わない行と、どの欄をどう直せば合うかを示します（ファイルは変えません）。",
        "Recompute a printed table and say which cell breaks a row and what it should be; changes no file.",
    ),
)
@click.argument("table", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help=t("JSON で出力", "print JSON"))
def audit(table: str, as_json: bool) -> None:
    """Print what does not close in a table; exit 1 where something does not."""
    from pathlib import Path

    from carbonlib.audit import audit as audit_table
    from carbonlib.audit import lines, objects
    from carbonlib.errors import shown
    from carbonlib.records.printed_table import read_printed_tables

    tables = read_printed_tables(Path(table), shown(table, 200))
    sets = {s.id: s for p in programmes_of().values() for part in p.parts.values() for s in part}
    audits = [audit_table(one, sets.values()) for one in tables]
    if as_json:
        import json

        found = [o for one in audits for o in objects(one, LANG)]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for one in audits:
            for line in lines(one, LANG):
                click.echo(line)
    if any(one.mends for one in audits):
        sys.exit(1)
