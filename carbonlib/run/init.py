"""A new workspace from what the package carries."""

from __future__ import annotations

import glob
import re
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from carbonlib.errors import WorkspaceError, shown
from carbonlib.records.workspace import Workspace, resolved


def _carried() -> Path:
    """Return the folder with the notebooks and sample parameters: in the wheel, else beside the package."""
    package = Path(str(files("carbonlib")))
    inside = package / "_workspace"
    return inside if inside.is_dir() else package.parent


def _keep_samples_only(parameters: Path) -> None:
    """Take away companies that are neither made up nor published, and their reports.

    In a checkout the sample city may stand beside a city's own companies, whose bills belong to nobody else.
    """
    for folder in (parameters / "companies").iterdir():
        text = (folder / "company.yaml").read_text(encoding="utf-8-sig") if folder.is_dir() else ""
        if re.search(r"(?m)^(sample: true\s*$|source: \S)", text):
            continue
        shutil.rmtree(folder)
        for report in (parameters / "reports").glob(f"*/companies/{glob.escape(folder.name)}.yaml"):
            report.unlink()


def init_workspace(target: Path) -> Workspace:
    """Make a workspace with the sample city at `target`, all at once or not at all.

    An empty folder that is there already is filled and stays the same folder: somebody may stand in it.

    Raises
    ------
    WorkspaceError
        Where `target` is there already and not empty, or cannot be written.
    """
    target = resolved(target)
    try:
        _make(target)
    except OSError as error:
        raise WorkspaceError.of(
            "init.cannot_write",
            ja=f"「{shown(target.name)}」に書き込めません（{error.strerror}）。書き込める場所を指定してください。",
            en=f"Cannot write {shown(target.name)!r} ({error.strerror}); choose another place.",
        ) from None
    return Workspace(target)


def _make(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WorkspaceError.of(
            "init.not_empty",
            ja=f"「{shown(target.name)}」はすでにあり、空ではありません。別の名前を指定してください。",
            en=f"{shown(target.name)!r} is there already and not empty; choose another name.",
        )
    there = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".carbonlib-", dir=target if there else target.parent) as scratch:
        fresh = Path(scratch) / "workspace"
        ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        for name in ("notebooks", "parameters"):
            shutil.copytree(_carried() / name, fresh / name, ignore=ignore)
        _keep_samples_only(fresh / "parameters")
        (fresh / "outputs").mkdir()
        fresh.chmod(0o755)
        if there:
            for name in ("outputs", "notebooks", "parameters"):  # a workspace only with the last of them
                (fresh / name).rename(target / name)
        else:
            fresh.rename(target)
