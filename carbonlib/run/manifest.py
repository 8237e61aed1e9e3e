"""The manifest of a year: from what each report was made, and what came out. No times, no names of companies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from carbonlib import __version__
from carbonlib.provenance import code_hash, input_of, library_versions
from carbonlib.records.inputfiles import files_of_city, files_of_company, files_of_members
from carbonlib.records.workspace import Workspace
from carbonlib.run.executor import Outcome
from carbonlib.run.plan import Task

FILE = "manifest.json"


def _inputs(workspace: Workspace, task: Task) -> list[dict[str, str]]:
    year = task.fiscal_year
    paths = [workspace.root / task.file, workspace.notebooks / task.notebook]
    if task.kind == "company":
        paths += files_of_company(workspace, task.id, year)
    else:
        paths += [*files_of_city(workspace), *files_of_members(workspace, year)]
    found = (input_of(p, workspace.root) for p in paths if p.is_file())
    return [{"name": i.name, "sha256": i.sha256} for i in found]


def entry(workspace: Workspace, task: Task, outcome: Outcome) -> dict[str, Any]:
    """Return what the manifest says of one report."""
    programme = workspace.programmes.get(str(task.parameters.get("programme")))
    return {
        "kind": task.kind,
        "id": task.id,
        "parameters": task.parameters,
        "factor_sets": sorted(s.id for sets in programme.parts.values() for s in sets) if programme else [],
        "inputs": _inputs(workspace, task),
        "artefacts": dict(sorted(outcome.artefacts.items())),
        "failed": [m.ja for m in outcome.reasons],
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a year's folder, empty where there is none or it cannot be read."""
    try:
        loaded = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def write_manifest(
    workspace: Workspace, year: int, done: Sequence[tuple[Task, Outcome]], planned: Sequence[str]
) -> dict[str, Any]:
    """Write and return the manifest of a year.

    Reports that were not built this time keep their entry while they are still planned and their folder is there.
    """
    folder = workspace.outputs / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    kept = {
        key: value
        for key, value in read_manifest(folder).get("reports", {}).items()
        if key in planned and (value.get("failed") or (workspace.outputs / key).is_dir())
    }
    fresh = {task.key: entry(workspace, task, outcome) for task, outcome in done}
    manifest = {
        "carbonlib": __version__,
        "code_sha256": code_hash(),
        "libraries": library_versions(),
        "fiscal_year": year,
        "reports": dict(sorted({**kept, **fresh}.items())),
    }
    write_whole(folder / FILE, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return manifest


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, never half of it."""
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    scratch.replace(path)
