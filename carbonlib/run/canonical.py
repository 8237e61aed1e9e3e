"""Executed notebooks in canonical form: what was computed and nothing of when, where or by which process."""

from __future__ import annotations

import re

import nbformat

from carbonlib.present.theme import notebook_style

_KEPT_METADATA = ("kernelspec", "language_info")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def canonical(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy without times, random ids, process streams, memory addresses and JupyterLab's style.

    Parameters and their values stay in the notebook's papermill metadata.
    """
    copy = nbformat.from_dict(notebook)
    papermill = copy.metadata.get("papermill", {})
    copy.metadata = nbformat.from_dict({k: copy.metadata[k] for k in _KEPT_METADATA if k in copy.metadata})
    copy.metadata["papermill"] = {"parameters": papermill.get("parameters", {})}
    if "language_info" in copy.metadata:
        copy.metadata["language_info"] = {"name": copy.metadata["language_info"]["name"]}
    for index, cell in enumerate(copy.cells):
        cell["id"] = f"cell-{index:02d}"
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if cell.cell_type != "code":
            continue
        cell["outputs"] = [o for o in cell.outputs if o.output_type != "stream"]
        for output in cell.outputs:
            if "data" in output and "text/plain" in output.data:
                output.data["text/plain"] = _ADDRESS.sub("", output.data["text/plain"])
            if "data" in output and "text/html" in output.data:
                output.data["text/html"] = output.data["text/html"].removeprefix(notebook_style())
    return copy


def text_of(notebook: nbformat.NotebookNode) -> str:
    """Return a notebook's bytes as text, keys in one order."""
    return nbformat.writes(notebook, version=4) + "\n"
