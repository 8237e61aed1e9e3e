"""What several tests share: workspaces made from the sample city, and the city built once by real kernels."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.warm import run_warm

# How long an example takes says something of the machine and what else it does, nothing of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BIN = Path(sys.executable).parent


_COMMAND_LINE = "from carbonlib.cli import main\nmain()\n"


def run_cli(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process and a folder, without any workspace of the caller's environment.

    Builds, and whatever needs an environment of its own, go through the installed command; the rest spares its imports.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CARBONLIB_")}
    if not environment and arguments[:1] != ("build",):
        return run_warm(_COMMAND_LINE, arguments, cwd=cwd, environment=kept)
    return subprocess.run(
        [str(BIN / "carbonlib"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**kept, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def copy_workspace(
    target: Path, *, companies: tuple[str, ...] | None = None, years: tuple[int, ...] = ()
) -> Path:
    """Copy the sample city to `target`, all of it or only the reports named."""
    for name in ("notebooks", "parameters"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (target / "outputs").mkdir()
    for path in (target / "parameters" / "reports").rglob("*.yaml"):
        year = int(path.relative_to(target / "parameters" / "reports").parts[0])
        kept = companies is None or path.stem in companies
        if not kept or (years and year not in years):
            path.unlink()
    return target


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Path]:
    """Give a maker of small workspaces."""

    def make(*reports: str, years: tuple[int, ...] = (), name: str = "ws", all: bool = False) -> Path:
        return copy_workspace(tmp_path / name, companies=None if all else reports, years=years)

    return make


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that one process of the run fills for all of them; its readers leave it as it is.

    The lock falls with the process that holds it, so that the next one tries again and says what is wrong.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with (folder.with_suffix(".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder.with_suffix(".made")
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole sample city, built once through the command line."""

    def make(folder: Path) -> None:
        done = run_cli("build", "--quiet", cwd=copy_workspace(folder / "workspace"))
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "city", make) / "workspace"


# what takes minutes begins first, so that no core waits for it at the end
LONGEST = ("browser", "run", "packaging", "test_documentation.py", "publish", "cli", "present", "records")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = ROOT / "tests"

    def place(item: pytest.Item) -> int:
        inside = item.path.relative_to(tests).parts if item.path.is_relative_to(tests) else ("",)
        return LONGEST.index(inside[0]) if inside[0] in LONGEST else len(LONGEST)

    items.sort(key=place)  # stable: within a folder the order stays
