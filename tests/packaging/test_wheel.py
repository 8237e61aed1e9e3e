"""The wheel by itself: installed outside the checkout it makes a workspace and builds a report."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # nbconvert's own templates are data files of the environment that holds the libraries
    environment = {**os.environ, "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter")}
    done = subprocess.run(
        [str(c) for c in command], capture_output=True, text=True, cwd=cwd, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    flags = ("--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "wheel", *flags, "-w", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_notebooks_parameters_and_template(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "carbonlib/_workspace/notebooks/company_diagnosis.ipynb" in names
    assert "carbonlib/_workspace/parameters/companies/saitama-shop/bills.csv" in names
    assert "carbonlib/factors/data/factors.csv" in names
    assert "carbonlib/units/definitions.txt" in names
    assert any(n.endswith("share/jupyter/nbconvert/templates/carbonlib/index.html.j2") for n in names)
    assert not any("__pycache__" in n or "checkpoints" in n or n.startswith("tests") for n in names)


def test_install_init_build(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    run(
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        wheel,
        cwd=tmp_path,
    )
    # the libraries are those of the test environment; a path line brings them in without the checkout itself
    site = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path
        ).stdout.strip()
    )
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = run(python, "-c", "import carbonlib; print(carbonlib.__file__)", cwd=tmp_path).stdout
    assert str(site) in where
    command = tmp_path / "venv" / "bin" / "carbonlib"
    run(command, "init", "our-city", cwd=tmp_path)
    done = run(command, "build", "our-city", "--year", "2023", cwd=tmp_path)
    assert "our-city/outputs/index.html" in done.stdout
    page = (tmp_path / "our-city/outputs/2023/companies/saitama-shop/report.html").read_text(encoding="utf-8")
    assert "1,138.388" in page
    again = subprocess.run(
        [command, "init", "our-city"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert again.returncode == 1
    assert "空ではありません" in again.stderr
