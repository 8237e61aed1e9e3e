"""Programs in processes of their own that share their imports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.warm import run_warm

_SAYS = """
import os, sys
print(os.getcwd(), sys.argv[1:], os.environ.get("HERE"), "あ")
"""


@pytest.mark.parametrize(
    ("end", "code", "said"),
    [
        ("", 0, ""),
        ("sys.exit(3)", 3, ""),
        ("sys.exit()", 0, ""),
        ("os.kill(os.getpid(), 9)", -9, ""),
        ("raise ValueError('what was wrong')", 1, "ValueError: what was wrong\n"),
    ],
)
def test_folder_arguments_environment_and_exit_are_a_programs_own(
    end: str, code: int, said: str, tmp_path: Path
) -> None:
    home = Path.cwd()
    done = run_warm(_SAYS + "sys.stdout.flush()\n" + end, ["a", "b"], cwd=tmp_path, environment={"HERE": "x"})
    assert done.stdout == f"{tmp_path} ['a', 'b'] x あ\n"
    assert done.returncode == code
    assert done.stderr.endswith(said)
    assert (Path.cwd(), os.environ.get("HERE")) == (home, None)


def test_nothing_stays_from_one_program_to_the_next(tmp_path: Path) -> None:
    change = "import carbonlib\ncarbonlib.left_behind = True\n"
    look = "import carbonlib\nprint(hasattr(carbonlib, 'left_behind'))\n"
    assert run_warm(change, [], cwd=tmp_path, environment={}).returncode == 0
    assert run_warm(look, [], cwd=tmp_path, environment={}).stdout == "False\n"
