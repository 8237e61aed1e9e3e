"""The same inputs give the same bytes, elsewhere and under another hash seed, locale and time zone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import run_cli


def artefacts(root: Path) -> dict[str, bytes]:
    folder = root / "outputs"
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != "run.log"
    }


def test_a_rebuild_elsewhere_is_identical(city: Path, workspace: Callable[..., Path]) -> None:
    companies = ("saitama-shop", "sample-metal", "sample-transport")
    other = workspace(*companies, name="別の場所 2")
    done = run_cli(
        "build",
        "--quiet",
        "--jobs",
        "1",
        cwd=other,
        PYTHONHASHSEED="4711",
        LC_ALL="C",
        TZ="Pacific/Kiritimati",
        LANG="C",
    )
    assert done.returncode == 0, done.stderr
    first, second = artefacts(city), artefacts(other)
    pages = [name for name in second if any(f"/{c}/" in name for c in companies)]
    assert len(pages) == 25  # five files of each of five reports
    for name in pages:
        assert second[name] == first[name], name
    assert second["2023/index.html"] == first["2023/index.html"]
    assert second["2023/manifest.json"] == first["2023/manifest.json"]
