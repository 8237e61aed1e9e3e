"""One task: the notebook run by papermill, strictly, and everything it leaves written at once."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Message, shown
from carbonlib.provenance import sha256_of
from carbonlib.run.plan import Task


@dataclass(frozen=True)
class Outcome:
    """What became of a task: artefacts by file name with their SHA-256, or why there are none and which error said so."""

    key: str
    artefacts: dict[str, str] = field(default_factory=dict)
    reasons: tuple[Message, ...] = ()
    log: str = ""
    error: str = ""  # the name of its class, which outlives the notebook's own process

    @property
    def failed(self) -> bool:
        """Whether the task left no report."""
        return bool(self.reasons)


def _reasons(error: Any, notebook: Any) -> tuple[Message, ...]:
    """Return why a cell failed: our own errors speak for themselves in both languages."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if (
                output.output_type == "error"
                and len(output.traceback) == 2
                and output.traceback[0].startswith("ja: ")
            ):
                ja, en = (line[4:].splitlines() for line in output.traceback)
                return tuple(Message(a, b) for a, b in zip(ja, en, strict=True))
    what = f"{error.ename}: {shown(error.evalue, 200)}"
    return (
        Message(
            f"ノートブックの実行が止まりました（{what}）。詳しくは outputs/run.log をご覧ください。",
            f"The notebook stopped ({what}); see outputs/run.log.",
        ),
    )


def run_task(root: Path, task: Task) -> Outcome:
    """Run one task and return what became of it; nothing of one task can stop another.

    The results appear under outputs/ all at once, or not at all; those of an earlier run that has become
    untrue are taken away.
    """
    target = root / "outputs" / str(task.fiscal_year) / task.folder
    try:
        if task.problems:
            raise CarbonlibError(task.problems)
        return _run(root, task, target)
    except CarbonlibError as error:
        shutil.rmtree(target, ignore_errors=True)
        reasons = tuple(Message(f.text("ja"), f.text("en")) for f in error.findings)
        return Outcome(task.key, reasons=reasons, error=type(error).__name__)
    except Exception as error:  # noqa: BLE001  a bug of ours in one report must not take the others down
        shutil.rmtree(target, ignore_errors=True)
        what = f"{type(error).__name__}: {shown(error, 200)}"
        message = Message(
            f"プログラムの不具合で作成できませんでした（{what}）。outputs/run.log を添えてご連絡ください。",
            f"A bug of ours prevented this report ({what}); please report it with outputs/run.log.",
        )
        return Outcome(task.key, reasons=(message,), log=traceback.format_exc())


def _run(root: Path, task: Task, target: Path) -> Outcome:
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from carbonlib.publish.beside import files_beside
    from carbonlib.publish.html import page_of
    from carbonlib.run.canonical import canonical, text_of
    from carbonlib.run.kernels import LocalKernelManager

    notebook = root / "notebooks" / task.notebook
    logging.getLogger("papermill").setLevel(logging.ERROR)
    (root / "outputs").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".run-", dir=root / "outputs") as scratch:
        executed = Path(scratch) / "executed.ipynb"
        try:
            papermill.execute_notebook(
                str(notebook),
                str(executed),
                parameters=task.parameters,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                cwd=str(root),
                kernel_manager_class=LocalKernelManager,
                shutdown_kernel="immediate",
            )
        except PapermillExecutionError as error:
            shutil.rmtree(target, ignore_errors=True)
            failed = nbformat.read(executed, as_version=4)
            return Outcome(
                task.key,
                reasons=_reasons(error, failed),
                log="\n".join(error.traceback),
                error=error.ename,
            )
        done = canonical(nbformat.read(executed, as_version=4))
        results = {
            "executed.ipynb": text_of(done).encode("utf-8"),
            task.page: page_of(done, kind=task.title).encode("utf-8"),
        }
        if task.kind == "company":
            results |= files_beside(done, kind=task.title, name=task.notebook)
        return Outcome(task.key, artefacts=_put(target, results, Path(scratch)))


def _put(target: Path, results: dict[str, bytes], scratch: Path) -> dict[str, str]:
    """Write all results beside the target and swap the folders, so that a reader never meets half a report."""
    fresh = scratch / "fresh"
    fresh.mkdir()
    hashes = {}
    for name, data in results.items():
        (fresh / name).write_bytes(data)
        hashes[name] = sha256_of(data)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        os.replace(target, scratch / "old")
    os.replace(fresh, target)
    return hashes
