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


class Group(click.Group):
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
