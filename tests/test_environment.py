"""What is imported is declared, with the same bounds for pip and conda, and within them in the locks."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

Bounds = dict[str, SpecifierSet]
NAMES_OF_CONDA = {"typst-py": "typst"}  # conda-forge's typst is the program, not its Python binding


def bounds_of(lines: list[str]) -> Bounds:
    """Return name → bounds; a name that stands twice is a mistake."""
    read = [Requirement(line) for line in lines]
    found = {canonicalize_name(r.name): r.specifier for r in read}
    assert len(found) == len(read), f"a dependency stands twice: {lines}"
    assert not any(r.extras or r.marker or r.url for r in read), (
        "conda knows no extras, markers and addresses"
    )
    return found


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def environment() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def test_same_names_and_bounds_both_ways() -> None:
    wanted = {**bounds_of(project()["dependencies"]), "python": SpecifierSet(project()["requires-python"])}
    named = bounds_of([line for line in environment()["dependencies"] if isinstance(line, str)])
    of_conda = {NAMES_OF_CONDA.get(name, name): bounds for name, bounds in named.items()}
    assert of_conda.pop("pip") == SpecifierSet(), "pip is there for the checkout itself"
    assert of_conda == wanted


def test_pip_installs_the_checkout_and_nothing_else() -> None:
    of_pip = [part["pip"] for part in environment()["dependencies"] if isinstance(part, dict)]
    assert of_pip == [["-e ."]]


def test_name_and_channel() -> None:
    assert environment()["name"] == project()["name"]
    assert environment()["channels"] == ["conda-forge"]


@cache
def imported(folder: str) -> frozenset[str]:
    """Return the distributions that a folder's modules import, inside functions too."""
    tops: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                tops.add(node.module.partition(".")[0])
    ours = tops - sys.stdlib_module_names - {"carbonlib", "tests"}
    known = packages_distributions()
    return frozenset(canonicalize_name(known[top][0]) for top in ours)


def test_what_is_imported_is_declared() -> None:
    runtime = bounds_of(project()["dependencies"])
    assert imported("carbonlib") - set(runtime) == set()
    assert (
        imported("tests") - set(runtime) - set(bounds_of(project()["optional-dependencies"]["test"])) == set()
    )


def test_what_is_declared_and_not_imported_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^    "([^"]+)",(.*)$', text.partition("[tool.")[0], flags=re.MULTILINE)
    silent = {canonicalize_name(Requirement(line).name) for line, why in lines if "# " not in why}
    assert len(lines) > 30
    assert silent - imported("carbonlib") - imported("tests") == set()


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ()), ("requirements-test.lock", ("test",))]
)
def test_the_locks_hold_what_is_declared_within_its_bounds(lock: str, extras: tuple[str, ...]) -> None:
    pinned = re.findall(
        r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    declared = [
        *project()["dependencies"],
        *(d for e in extras for d in project()["optional-dependencies"][e]),
    ]
    for name, bounds in bounds_of(declared).items():
        versions = [v for n, v in pinned if canonicalize_name(n) == name]
        assert versions, name
        assert all(bounds.contains(v) for v in versions), name
