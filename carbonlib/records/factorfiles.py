"""parameters/factors/: factor sets, sources and programmes that a city adds to the built-in ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, RootModel

from carbonlib.errors import CarbonlibError, Finding
from carbonlib.factors import Programme, Source, built_in_sets, make_programmes, read_factor_sets, sources
from carbonlib.factors.loader import data_yaml
from carbonlib.records.validation import validated
from carbonlib.records.yamlfile import YamlFile, read_yaml


class _Source(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    publisher: str
    title: str
    published: str = ""
    note: str = ""


class _Programme(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name_ja: str
    name_en: str
    basis: str
    basis_ja: str
    basis_en: str
    named_only: bool
    parts: dict[str, list[str]]


class _Sources(RootModel[dict[str, _Source]]):
    pass


class _Programmes(RootModel[dict[str, _Programme]]):
    pass


def _table(
    folder: Path, name: str, model: type[RootModel[Any]], name_of: Callable[[Path], str]
) -> tuple[YamlFile | None, dict[str, dict[str, Any]]]:
    path = folder / name
    if not path.is_file():
        return None, {}
    file = read_yaml(path, name_of(path))
    return file, {id: entry.model_dump() for id, entry in validated(model, file).root.items()}


def extended_programmes(folder: Path, name_of: Callable[[Path], str]) -> dict[str, Programme]:
    """Return the built-in programmes with those of a folder of factor files.

    Parameters
    ----------
    folder : Path
        Holds any of *.csv (columns as the built-in factors.csv), sources.yaml and programmes.yaml.
    name_of : callable
        Gives the name by which messages call a file.

    Raises
    ------
    CarbonlibError
        With every problem of every file.
    """
    findings: list[Finding] = []
    known: dict[str, Source] = dict(sources())
    sets = dict(built_in_sets())
    tables: dict[str, dict[str, Any]] = {}
    file = None
    try:
        _, entries = _table(folder, "sources.yaml", _Sources, name_of)
        known.update({id: Source(id, **fields) for id, fields in entries.items()})
    except CarbonlibError as error:
        findings += error.findings
    for path in sorted(folder.glob("*.csv")):
        try:
            sets.update(read_factor_sets(path, known, name_of(path)))
        except CarbonlibError as error:
            findings += error.findings
    try:
        file, tables = _table(folder, "programmes.yaml", _Programmes, name_of)
    except CarbonlibError as error:
        findings += error.findings
    if findings:
        raise CarbonlibError(findings)
    try:
        return make_programmes(sets, {**data_yaml("programmes.yaml"), **tables})
    except CarbonlibError as error:
        assert file is not None, "the built-in programmes name built-in sets"
        raise error.at(file.place()) from None
