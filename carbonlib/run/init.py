"""A new workspace from what the package carries."""

from __future__ import annotations

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


_SAMPLE = re.compile(r"sample-.+|saitama-shop")
_CITY_TO_FILL = "# 記入してください: 次の内容は見本の市（所沢市）のものです。この市の名前と数値に書き換え、この行を消してください。\n"


def _is_sample(folder: Path) -> bool:
    entries = folder / "company.yaml"
    if not _SAMPLE.fullmatch(folder.name) or not entries.is_file():
        return False
    # a real company may be named like a sample
    return bool(re.search(r"(?m)^(sample: true\s*$|source: \S)", entries.read_text(encoding="utf-8-sig")))


def _samples_of(parameters: Path) -> set[str]:
    """Return the ids of the sample city's companies: in a checkout they may stand beside others, or be deleted."""
    there = parameters / "companies"
    return {folder.name for folder in there.iterdir() if _is_sample(folder)} if there.is_dir() else set()


def _copy(carried: Path, fresh: Path, companies: set[str]) -> None:
    """Copy notebooks and parameters, with these companies and their reports only: bills belong to nobody else."""
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    shutil.copytree(carried / "notebooks", fresh / "notebooks", ignore=ignore)

    def not_theirs(folder: str, names: list[str]) -> set[str]:
        at = Path(folder).relative_to(carried / "parameters").parts
        kept = set(names)
        if at == ("companies",):
            kept &= companies
        elif at[:1] == ("reports",) and at[2:] == ("companies",):
            kept = {name for name in names if Path(name).stem in companies}
        return set(names) - kept | ignore(folder, names)

    shutil.copytree(carried / "parameters", fresh / "parameters", ignore=not_theirs)
    years = sorted((fresh / "parameters" / "reports").glob("*"))
    for year in years:
        # a year without a company has nothing to brief of; where no company is wanted, the last one waits for the first
        if not any(year.glob("companies/*.yaml")) and (companies or year != years[-1]):
            shutil.rmtree(year)
    (fresh / "parameters" / "companies").mkdir(exist_ok=True)


def init_workspace(target: Path, *, samples: bool = True) -> Workspace:
    """Make a workspace at `target`, all at once or not at all: with the sample city, or without its companies for real work.

    An empty folder that is there already is filled and stays the same folder: somebody may stand in it.

    Raises
    ------
    WorkspaceError
        Where `target` is there already and not empty, or cannot be written, or the samples have been deleted.
    """
    target = resolved(target)
    try:
        _make(target, samples=samples)
    except OSError as error:
        raise WorkspaceError.of(
            "init.cannot_write",
            ja=f"「{shown(target.name)}」に書き込めません（{error.strerror}）。書き込める場所を指定してください。",
            en=f"Cannot write {shown(target.name)!r} ({error.strerror}); choose another place.",
        ) from None
    return Workspace(target)


def _make(target: Path, *, samples: bool) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WorkspaceError.of(
            "init.not_empty",
            ja=f"「{shown(target.name)}」はすでにあり、空ではありません。別の名前を指定してください。",
            en=f"{shown(target.name)!r} is there already and not empty; choose another name.",
        )
    carried = _carried()
    companies = _samples_of(carried / "parameters") if samples else set()
    if samples and not companies:
        raise WorkspaceError.of(
            "init.no_samples",
            ja="元のフォルダの見本の事業者が消されているので、見本の市は作れません。自分の市の作業フォルダなら --no-samples を付け、"
            "見本が要るなら git restore parameters などで元に戻してから、もう一度実行してください。",
            en="The sample companies have been deleted where carbonlib stands, so the sample city cannot be made; give "
            "--no-samples for a folder of your own, or bring them back (such as by git restore parameters) and run this again.",
        )
    there = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".carbonlib-", dir=target if there else target.parent) as scratch:
        fresh = Path(scratch) / "workspace"
        _copy(carried, fresh, companies)
        city = fresh / "parameters" / "city.yaml"
        if not samples and city.is_file():
            city.write_text(_CITY_TO_FILL + city.read_text(encoding="utf-8"), encoding="utf-8")
        (fresh / "outputs").mkdir()
        fresh.chmod(0o755)
        if there:
            for name in ("outputs", "notebooks", "parameters"):  # a workspace only with the last of them
                (fresh / name).rename(target / name)
        else:
            fresh.rename(target)
