"""Executed notebooks for tests: the cells of the real notebook, run here instead of in a kernel."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import yaml

from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.present.shown import ShownList
from carbonlib.records.workspace import Workspace
from carbonlib.run.canonical import canonical
from tests.conftest import ROOT

NOTEBOOK = ROOT / "notebooks/company_diagnosis.ipynb"
HOSTILE = (
    '<script>alert(1)</script></style>\'"&amp; =HYPERLINK("http://x.invalid","y") #image("/etc/passwd") '
    "*b* _i_ $x$ @ref \\ \u202egnp.exe\u202c 🏭 ① " + "長" * 200
)


def reports() -> list[Path]:
    """Return the parameter files of all sample companies' reports."""
    return sorted((ROOT / "parameters/reports").glob("*/companies/*.yaml"))


def parameters_of(company: str, year: int) -> dict[str, Any]:
    """Return the parameters of a sample company's report, as its file states them."""
    path = ROOT / f"parameters/reports/{year}/companies/{company}.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def diagnosis_of(company: str, year: int) -> Diagnosis:
    """Return the diagnosis of a sample company by its own parameter file."""
    known = inspect.signature(diagnose).parameters
    stated = {k: v for k, v in parameters_of(company, year).items() if k in known}
    return diagnose(**stated, workspace=Workspace(ROOT))


def hostile(d: Diagnosis) -> Diagnosis:
    """Return a diagnosis whose company, site and source have a hostile name."""
    site = replace(d.company.sites[0], name=HOSTILE)
    company = replace(
        d.company, name=HOSTILE, sample=False, source=HOSTILE, sites=(site,), remarks=(HOSTILE,)
    )
    return replace(d, company=company)


def bundles(value: Any) -> Iterator[dict[str, Any]]:
    """Return the mime bundles that a cell's value shows."""
    for one in value.values if isinstance(value, ShownList) else [value]:
        if one is not None:
            yield one._repr_mimebundle_()


def executed(d: Diagnosis, *, stated: dict[str, Any] | None = None) -> nbformat.NotebookNode:
    """Return the notebook with the outputs of its cells for a diagnosis, by its report's parameters."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        body = ast.parse(cell.source).body
        last = body.pop().value if isinstance(body[-1], ast.Expr) else None  # type: ignore[attr-defined]
        if "diagnose(" in cell.source:  # the diagnosis is given
            body = [node for node in body if not isinstance(node, ast.Assign)]
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        if "parameters" in cell.metadata.get("tags", []):
            names |= {**(stated or parameters_of(d.company.id, d.fiscal_year)), "diagnosis": d}
        if last is not None:
            value = eval(compile(ast.Expression(last), "cell", "eval"), names)
            cell.outputs = [nbformat.v4.new_output("display_data", data=b) for b in bundles(value)]
    return canonical(notebook)
