"""The conda environment and pyproject.toml name the same dependencies with the same bounds."""

from __future__ import annotations

import tomllib

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
