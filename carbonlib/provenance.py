"""Where results come from: hashes of inputs, version of the code and of what it stands on."""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIBRARIES = (
    "jinja2",
    "matplotlib",
    "matplotlib-fontja",
    "nbconvert",
    "nbformat",
    "pandas",
    "papermill",
    "pint",
    "typst",
    "xlsxwriter",
)


@dataclass(frozen=True)
class Input:
    """One input file by its name in the workspace and the SHA-256 of its bytes."""

    name: str
    sha256: str


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def input_of(path: Path, root: Path) -> Input:
    """Return a file as an input, named from `root` on."""
    return Input(path.relative_to(root).as_posix(), sha256_of(path.read_bytes()))


def hash_of_inputs(inputs: Iterable[Input]) -> str:
    """Return one hash over input files and their names, whatever the order they come in."""
    return sha256_of("\n".join(sorted(f"{i.name} {i.sha256}" for i in inputs)).encode())


def hash_of_tree(files: Iterable[Path], root: Path) -> str:
    """Return one hash over files and their names, whatever the order they come in."""
    return hash_of_inputs(input_of(p, root) for p in files)


@cache
def code_hash() -> str:
    """Return the hash of the package's own files, so that a result names the exact code."""
    root = Path(__file__).parent
    kept = (
        p
        for p in root.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and "_workspace" not in p.parts
    )
    return hash_of_tree(kept, root)


def library_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that shape the outputs."""
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"python": ".".join(map(str, sys.version_info[:3])), **versions}
