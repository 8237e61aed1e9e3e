"""What papermill lets pass with a warning is refused here, before a kernel starts."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from pathlib import Path

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.records.yamlfile import YamlFile


def notebook_parameters(notebook: Path) -> list[str]:
    """Return the names that a notebook's tagged parameters cell assigns, in order.

    Raises
    ------
    RecordError
        Where the notebook is missing, cannot be read, or has no cell with the tag ``parameters``.
    """
    place = Place(f"notebooks/{notebook.name}")
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
        body = ast.parse("".join(tagged[0]["source"])).body if tagged else None
    except FileNotFoundError:
        raise RecordError.of(
            "notebook.missing",
            ja="ノートブックがありません。carbonlib init で作ったフォルダから写してください。",
            en="The notebook is missing; copy it from a folder that carbonlib init makes.",
            place=place,
        ) from None
    except (ValueError, KeyError, TypeError, SyntaxError):
        raise RecordError.of(
            "notebook.unreadable",
            ja="ノートブックとして読めません。元のファイルに戻してください。",
            en="Not readable as a notebook; restore the original file.",
            place=place,
        ) from None
    if body is None:
        raise RecordError.of(
            "notebook.no_parameters_tag",
            ja="タグ parameters の付いたセルがありません。JupyterLab でパラメータのセルにタグを付けてください。",
            en="No cell has the tag 'parameters'; tag the parameters' cell in JupyterLab.",
            place=place,
        )
    return [
        t.id for node in body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)
    ]


def parameter_problems(file: YamlFile, notebook: Path, required: Iterable[str]) -> list[Finding]:
    """Return what is wrong with the parameters of a file: names the notebook does not have, names left out."""
    try:
        known = notebook_parameters(notebook)
    except CarbonlibError as error:
        return list(error.findings)
    found = [
        Finding(
            "report.unknown_parameter",
            "error",
            Message(
                f"パラメータ「{shown(name)}」はノートブックにありません。使えるのは {'・'.join(known)} です。",
                f"The notebook has no parameter {shown(name)!r}; it has {', '.join(known)}.",
            ),
            file.place((name,)),
        )
        for name in file.data
        if name not in known
    ]
    found += [
        Finding(
            "report.missing_parameter",
            "error",
            Message(f"「{name}」がありません。書いてください。", f"{name!r} is missing; write it."),
            file.place(),
        )
        for name in required
        if name not in file.data
    ]
    return found
