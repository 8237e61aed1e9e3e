"""The workspace: a folder with parameters/, notebooks/ and outputs/."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from carbonlib.errors import Place, RecordError, WorkspaceError, alike, shown
from carbonlib.factors import Programme, programmes
from carbonlib.records.factorfiles import extended_programmes
from carbonlib.records.transaction import settle

VARIABLE = "CARBONLIB_WORKSPACE"
SAFE_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def is_safe_id(text: str) -> bool:
    """Return whether an id is fit to be a file name everywhere.

    >>> is_safe_id("sample-bakery"), is_safe_id("../x"), is_safe_id("con")
    (True, False, False)
    """
    return bool(SAFE_ID.fullmatch(text)) and text not in _RESERVED


@dataclass(frozen=True)
class Workspace:
    """A folder that holds one city's parameters, notebooks and outputs."""

    root: Path

    @property
    def parameters(self) -> Path:
        """Everything an analyst edits."""
        return self.root / "parameters"

    @property
    def notebooks(self) -> Path:
        """The notebooks that are run."""
        return self.root / "notebooks"

    @property
    def outputs(self) -> Path:
        """Everything a run makes."""
        return self.root / "outputs"

    def name_of(self, path: Path) -> str:
        """Return a path as messages and artefacts show it: from the workspace on, never absolute."""
        return path.relative_to(self.root).as_posix()

    def company_folder(self, company_id: str) -> Path:
        """Return the folder of a company, or raise where there is none.

        Raises
        ------
        RecordError
            For an id that is no safe file name, or that no folder has.
        """
        folder = self.parameters / "companies" / company_id
        if not is_safe_id(company_id) and company_id in self.company_ids():
            raise RecordError.of(
                "company.folder_name",
                ja=f"フォルダ名「{shown(company_id)}」は id として使えません。小文字の英数字・-・_ だけの名前に変えるか、"
                "要らなければ消してください。",
                en=f"The folder's name {shown(company_id)!r} is no id; use lower-case letters, digits, - and _, or "
                "delete the folder.",
                place=Place("parameters/companies"),
            )
        if not is_safe_id(company_id) or not folder.is_dir():
            near = alike(company_id, self.company_ids())
            known = "・".join(self.company_ids()) or "なし"
            raise RecordError.of(
                "company.unknown",
                ja=f"事業者「{shown(company_id)}」が parameters/companies/ にありません。{near.ja}あるのは: {known}。",
                en=f"There is no company {shown(company_id)!r} under parameters/companies/. {near.en}There are: {known}.",
            )
        return folder

    def company_ids(self) -> list[str]:
        """Return the ids of all companies, sorted."""
        folder = self.parameters / "companies"
        return sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []

    def reported_companies(self, fiscal_year: int) -> list[str]:
        """Return the companies that have a report file for a fiscal year, sorted."""
        folder = self.parameters / "reports" / str(fiscal_year) / "companies"
        return sorted(p.stem for p in folder.glob("*.yaml"))

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """The built-in programmes and those under parameters/factors/, by id."""
        folder = self.parameters / "factors"
        return extended_programmes(folder, self.name_of) if folder.is_dir() else programmes()


def resolved(folder: Path) -> Path:
    """Return a folder's full path, or raise where the working folder that it counts from was taken away."""
    try:
        return folder.resolve()
    except FileNotFoundError:
        raise WorkspaceError.of(
            "workspace.gone",
            ja="いまいるフォルダは、もうありません（消されたか、作り直されました）。cd でフォルダに入り直してから、もう一度実行してください。",
            en="The folder you are in is no longer there (removed or made anew); enter a folder with cd and run this again.",
        ) from None


def _parents(start: Path) -> Iterator[Path]:
    yield start
    yield from start.parents


def is_workspace(folder: Path) -> bool:
    """Return whether a folder is a workspace; outputs/ may be missing, for it is safe to delete."""
    return (folder / "parameters").is_dir() and (folder / "notebooks").is_dir()


def opened(folder: Path) -> Workspace:
    """Return the workspace at a folder, an import that was killed there completed or taken back."""
    settle(folder / "parameters")
    return Workspace(folder)


def find_workspace(start: Path | None = None) -> Workspace:
    """Return the workspace that holds the working folder, else the one `CARBONLIB_WORKSPACE` names.

    Parameters
    ----------
    start : Path, optional
        Where to begin instead of the working folder.

    Raises
    ------
    WorkspaceError
        Where there is none or the working folder was taken away, with what to do.
    """
    gone = None
    try:
        for folder in _parents(resolved(start or Path())):
            if is_workspace(folder):
                return opened(folder)
    except WorkspaceError as error:
        gone = error
    named = os.environ.get(VARIABLE, "")
    if named and is_workspace(Path(named)):
        return opened(resolved(Path(named)))
    if gone:
        raise gone
    raise WorkspaceError.of(
        "workspace.none",
        ja="作業フォルダが見つかりません。parameters/ と notebooks/ のあるフォルダの中で実行するか、"
        f"環境変数 {VARIABLE} にそのフォルダを書くか、carbonlib init フォルダ名 で新しく作ってください。",
        en="No workspace found: run inside a folder with parameters/ and notebooks/, or name one in "
        f"{VARIABLE}, or make a new one with carbonlib init FOLDER.",
    )


def workspace_at(folder: Path) -> Workspace:
    """Return the workspace at a folder that was named, or raise where it is none."""
    if not is_workspace(folder):
        raise WorkspaceError.of(
            "workspace.not_one",
            ja=f"「{shown(folder.name)}」は作業フォルダではありません（parameters/ と notebooks/ が必要です）。"
            "carbonlib init フォルダ名 で新しく作れます。",
            en=f"{shown(folder.name)!r} is no workspace (it needs parameters/ and notebooks/); "
            "carbonlib init FOLDER makes one.",
        )
    return opened(resolved(folder))
