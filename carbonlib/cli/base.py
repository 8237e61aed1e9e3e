"""What all commands share: the language of this run, the group that adds --lang, the workspace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from carbonlib.errors import CarbonlibError, Finding, Language
    from carbonlib.factors import Programme
    from carbonlib.records.workspace import Workspace


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


# what each argument is, wherever a command takes it and says nothing itself
_ARGUMENTS = {
    "amount": t('単位を付けた量（例 "2,298,480 kWh"）', "amount with its unit, as in '2,298,480 kWh'"),
    "applications": t("申請の一覧（CSV）", "list of applications (CSV)"),
    "company": t("事業者の id", "the company's id"),
    "files": t("取り込む Excel か CSV のファイル（いくつでも）", "Excel or CSV files to read, any number"),
    "folder": t(
        "作業フォルダ（書かなければ、いまいる作業フォルダ）", "workspace; the one you are in unless given"
    ),
    "init folder": t("作る作業フォルダ", "workspace to make"),
    "measure": t("対策の id（書かなければ一覧）", "id of a measure; all are listed unless given"),
    "one": t("制度の id", "id of a programme"),
    "other": t("比べる相手の制度の id", "id of the programme to compare it with"),
    "out": t("作るファイルの名前（.xlsx）", "name of the file to make (.xlsx)"),
    "proposals company": t(
        "事業者の id（書かなければ、すべての提案）", "the company's id; all proposals unless given"
    ),
    "programme_id": t(
        "制度の id（carbonlib factors list で分かります）", "id of a programme, see carbonlib factors list"
    ),
    "round_id": t(
        "補助金の回の id（carbonlib subsidies で分かります）", "id of a round, see carbonlib subsidies"
    ),
    "table": t("検算する表のファイル（CSV か xlsx）", "file of the table to check (CSV or xlsx)"),
    "year": t("年度（例 2025）", "fiscal year, such as 2025"),
}


class Group(click.Group):
    """Adds --lang to every command, so that it may stand anywhere on the line, and says what its arguments are."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        for one in cmd.params:
            if isinstance(one, click.Argument):  # given so, for an older click takes no help of an argument
                one.help = _ARGUMENTS.get(f"{cmd.name} {one.name}", _ARGUMENTS[one.name or ""])
        cmd.params.append(_lang_option())
        super().add_command(cmd, name)


def _lang_option() -> click.Option:
    return click.Option(
        ["--lang"],
        type=click.Choice(["ja", "en"]),
        expose_value=False,
        help=t("表示の言語", "language of messages"),
    )


def workspace_of(folder: str | None) -> Workspace:
    """Return the workspace at `folder`, else the one around the working folder."""
    from pathlib import Path

    from carbonlib.records.workspace import find_workspace, workspace_at

    return find_workspace() if folder is None else workspace_at(Path(folder))


def programmes_of() -> Mapping[str, Programme]:
    """Return the workspace's programmes, or the built-in ones outside of a workspace."""
    from carbonlib.errors import WorkspaceError
    from carbonlib.factors import programmes
    from carbonlib.records.workspace import find_workspace

    try:
        return find_workspace().programmes
    except WorkspaceError:
        return programmes()


def severity_words() -> dict[str, str]:
    """Return how each severity is called."""
    return {"error": t("誤り", "error"), "warning": t("要確認", "warning"), "note": t("参考", "note")}


def print_findings(found: Iterable[Finding]) -> None:
    """Print findings one a line, those that say the same at several places once with their number."""
    words = severity_words()
    alike: dict[tuple[str, str], list[Finding]] = {}
    for f in found:
        alike.setdefault((f.severity, f.message.text(LANG)), []).append(f)
    for (severity, _), same in alike.items():
        more = t(f"（ほか {len(same) - 1} か所）", f" (and {len(same) - 1} more)") if len(same) > 1 else ""
        click.echo(f"[{words[severity]}] {same[0].text(LANG)}{more}")


def carbonlib_error() -> type[CarbonlibError]:
    from carbonlib.errors import CarbonlibError

    return CarbonlibError
