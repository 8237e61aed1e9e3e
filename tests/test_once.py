"""What is built once for all processes of a test run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import once


def test_it_is_made_once_and_again_only_after_a_failure(tmp_path_factory: pytest.TempPathFactory) -> None:
    made: list[Path] = []

    def fails(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("full")

    def works(folder: Path) -> None:
        made.append(folder)
        (folder / "whole").touch()

    name = tmp_path_factory.mktemp("once").name  # one of its own, should the test run twice at once
    with pytest.raises(OSError, match="full"):
        once(tmp_path_factory, f"{name}-made", fails)
    folders = {once(tmp_path_factory, f"{name}-made", works) for _ in range(2)}
    assert folders == set(made)
    assert len(made) == 1
    assert [p.name for p in made[0].iterdir()] == ["whole"]
