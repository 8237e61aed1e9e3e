"""Several files of parameters/ changed as one: killed at any moment, what is read afterwards is all old or all new.

The new files and copies of the old ones are laid into a folder of their own. Renaming that folder to ``.import``
decides: before it nothing has happened, after it whoever opens the workspace next moves the rest into place.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from carbonlib.errors import Place, RecordError

STAGED = ".import-staged"  # under way, counts for nothing
DECIDED = ".import"  # complete and decided: to be moved into place
UNDONE = ".import-undo"  # could not be moved into place: the old files are put back
_DONE = ".import-done"  # to be deleted
_MANY = 100  # files; more of them reach the disk sooner by one call for all of it
_NEW, _OLD, _LIST = "new", "old", "files.json"


@contextlib.contextmanager
def _alone(parameters: Path) -> Iterator[None]:
    """Hold parameters/ for this process alone; the kernel lets go when it ends, however it ends."""
    handle = os.open(parameters, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def settle(parameters: Path) -> None:
    """Complete or take back an import that was killed, so that nobody reads half of it.

    Parameters
    ----------
    parameters : Path
        Of the workspace that is about to be read. Where nothing was left over, nothing is done.

    Raises
    ------
    RecordError
        Where the rest cannot be written; nothing may be read then.
    """
    if not any((parameters / name).is_dir() for name in (DECIDED, UNDONE)):
        return
    with _alone(parameters):
        _settle(parameters)


def _settle(parameters: Path) -> None:
    try:
        if (parameters / UNDONE).is_dir():
            _put_back(parameters)
        if (parameters / DECIDED).is_dir():
            _move_in(parameters)
    except (OSError, ValueError, KeyError, TypeError):
        raise RecordError.of(
            "import.unfinished",
            ja="途中で止まった取り込みがあり、続きを書き込めません。parameters/ の書き込みの権限と空き容量を確かめて、"
            "もう一度実行してください。",
            en="An import stopped midway and the rest cannot be written; check permissions and free space of parameters/ "
            "and run again.",
            place=Place(f"parameters/{DECIDED}"),
        ) from None


def write_all(parameters: Path, texts: Mapping[str, str]) -> None:
    """Write all files or none.

    Parameters
    ----------
    parameters : Path
        Of the workspace.
    texts : mapping of str to str
        Contents by the path from parameters/ on.

    Raises
    ------
    RecordError
        Where the disk does not take them; nothing has changed then.
    """
    try:
        with _alone(parameters):
            _settle(parameters)
            for name in (STAGED, _DONE):  # of a process that was killed: we are alone here
                shutil.rmtree(parameters / name, ignore_errors=True)
            try:
                _stage(parameters, texts)
                (parameters / STAGED).rename(parameters / DECIDED)
                _synced(parameters)
                _move_in(parameters)
            except BaseException:
                shutil.rmtree(parameters / STAGED, ignore_errors=True)
                if (parameters / DECIDED).is_dir():
                    (parameters / DECIDED).rename(parameters / UNDONE)
                    _put_back(parameters)
                raise
    except OSError:
        raise RecordError.of(
            "import.unwritable",
            ja="parameters/ に書き込めません。空き容量と書き込みの権限を確かめてください。何も変わっていません。",
            en="parameters/ cannot be written; check free space and permissions. Nothing has changed.",
            place=Place("parameters"),
        ) from None


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written(path: Path, content: bytes, *, sync: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        if sync:
            stream.flush()
            os.fsync(stream.fileno())


def _stage(parameters: Path, texts: Mapping[str, str]) -> None:
    staged = parameters / STAGED
    folders: dict[str, None] = {}
    changed = []
    sync = len(texts) <= _MANY
    for name, text in texts.items():
        target = parameters / name
        _written(staged / _NEW / name, text.encode("utf-8"), sync=sync)
        if target.exists():
            changed.append(name)
            _written(staged / _OLD / name, target.read_bytes(), sync=sync)
        for above in reversed(PurePosixPath(name).parents):
            if not (parameters / above).exists():
                folders[str(above)] = None
    listed = {"files": list(texts), "changed": changed, "folders": list(folders)}
    _written(staged / _LIST, json.dumps(listed, ensure_ascii=False, indent=0).encode("utf-8"), sync=sync)
    if not sync:
        os.sync()
        return
    for folder in [staged, *(p for p in staged.rglob("*") if p.is_dir())]:
        _synced(folder)


def _listed(folder: Path) -> dict[str, list[str]]:
    """Return what a change is of; a list that leads out of parameters/ is not ours."""
    listed: Any = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    found = {key: [str(n) for n in listed[key]] for key in ("files", "changed", "folders")}
    for name in (n for names in found.values() for n in names):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError(name)
    return found


def _move_in(parameters: Path) -> None:
    folder = parameters / DECIDED
    for name in _listed(folder)["files"]:
        staged, target = folder / _NEW / name, parameters / name
        if staged.exists():  # else it was moved before a kill
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
    _remove(folder)


def _put_back(parameters: Path) -> None:
    folder = parameters / UNDONE
    listed = _listed(folder)
    for name in listed["files"]:
        kept = folder / _OLD / name
        if kept.exists():
            os.replace(kept, parameters / name)
        elif name not in listed["changed"]:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (parameters / name).unlink()
    for name in reversed(listed["folders"]):
        with contextlib.suppress(OSError):  # never made, or somebody put a file of their own there
            (parameters / name).rmdir()
    _remove(folder)


def _remove(folder: Path) -> None:
    """Delete a folder that is no longer needed; renamed first, so that half of it is never taken for a whole."""
    done = folder.with_name(_DONE)
    shutil.rmtree(done, ignore_errors=True)
    folder.rename(done)
    shutil.rmtree(done, ignore_errors=True)
