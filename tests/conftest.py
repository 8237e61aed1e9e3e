"""What several tests share: workspaces made from the sample city, and the city built once by real kernels."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says something of the machine and what else it does, nothing of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BIN = Path(sys.executable).parent


def run_cli(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command line in a folder, without any workspace of the caller's environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CARBONLIB_")}
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


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole sample city, built once through the command line."""
    root = copy_workspace(tmp_path_factory.mktemp("city") / "workspace")
    done = run_cli("build", "--quiet", cwd=root)
    assert done.returncode == 0, done.stderr
    return root
