"""The notebooks run under plain papermill, with the parameter files as they are."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tests.conftest import BIN, ROOT


def papermill(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / "papermill"), *arguments, "--no-progress-bar"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize("inside", [".", "notebooks", "parameters/companies"])
def test_papermill_takes_the_parameter_files(workspace: Callable[..., Path], inside: str) -> None:
    root = workspace("sample-metal", years=(2025,))
    up = "../" * (0 if inside == "." else inside.count("/") + 1)
    done = papermill(
        f"{up}notebooks/company_diagnosis.ipynb",
        f"{up}out.ipynb",
        "-f",
        f"{up}parameters/reports/2025/companies/sample-metal.yaml",
        cwd=root / inside,
    )
    assert done.returncode == 0, done.stderr
    shown = "".join(
        output.get("data", {}).get("text/plain", "")
        for cell in nbformat.read(root / "out.ipynb", as_version=4).cells
        for output in cell.get("outputs", [])
    )
    assert "サンプル金属加工株式会社" in shown


def test_a_users_mistake_shows_a_sentence_and_no_traceback(workspace: Callable[..., Path]) -> None:
    root = workspace("sample-metal", years=(2025,))
    done = papermill("notebooks/company_diagnosis.ipynb", "out.ipynb", "-p", "company_id", "nobody", cwd=root)
    assert done.returncode != 0
    error = next(
        output
        for cell in nbformat.read(root / "out.ipynb", as_version=4).cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    )
    assert error.traceback[0].startswith("ja: 事業者「nobody」が")
    assert "File" not in "".join(error.traceback)


def test_outside_of_a_workspace_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    notebook = ROOT / "notebooks" / "company_diagnosis.ipynb"
    done = papermill(str(notebook), str(tmp_path / "out.ipynb"), cwd=tmp_path)
    assert done.returncode != 0
    assert "CARBONLIB_WORKSPACE" in done.stderr
