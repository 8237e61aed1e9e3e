"""The plan: one task for each parameter file under parameters/reports/<year>/."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.records.yamlfile import YamlFile, read_yaml

COMPANY_NOTEBOOK = "company_diagnosis.ipynb"
KINDS = {"company": ("companies", COMPANY_NOTEBOOK, "report.html", "省エネ診断報告書")}


@dataclass(frozen=True)
class Task:
    """One notebook to run: its kind, its parameters as papermill takes them, and where the results go."""

    kind: str
    id: str
    fiscal_year: int
    notebook: str
    page: str
    title: str
    folder: str
    parameters: dict[str, Any] = field(default_factory=dict)
    file: str = ""

    @property
    def key(self) -> str:
        """Year and folder: the task's name in the manifest."""
        return f"{self.fiscal_year}/{self.folder}"


def _task_of(path: Path, workspace: Workspace, year: int) -> Task:
    file: YamlFile = read_yaml(path, workspace.name_of(path))
    folder, notebook, page, title = KINDS["company"]
    wanted = {"company_id": path.stem, "fiscal_year": year}
    wrong = [
        Finding(
            "report.parameters",
            "error",
            Message(
                f"「{key}」は置き場所に合わせて {value} と書いてください（いまは {shown(file.data.get(key))}）。",
                f"{key!r} must be {value}, as the file's place says; it is {shown(file.data.get(key))}.",
            ),
            file.place((key,)),
        )
        for key, value in wanted.items()
        if file.data.get(key) != value
    ]
    if not is_safe_id(path.stem):
        wrong.append(
            Finding(
                "report.name",
                "error",
                Message(
                    "ファイル名は事業者の id（小文字の英数字・-・_）にしてください。",
                    "Name the file by the company's id (lower-case letters, digits, - and _).",
                ),
                Place(file.name),
            )
        )
    if wrong:
        raise RecordError(wrong)
    return Task(
        kind="company",
        id=path.stem,
        fiscal_year=year,
        notebook=notebook,
        page=page,
        title=title,
        folder=f"{folder}/{path.stem}",
        parameters=dict(file.data),
        file=file.name,
    )


def plan(workspace: Workspace, *, years: tuple[int, ...] = (), companies: tuple[str, ...] = ()) -> list[Task]:
    """Return the tasks of a workspace, sorted by year and company.

    Parameters
    ----------
    workspace : Workspace
        Its parameters/reports/<year>/companies/<id>.yaml name the reports.
    years, companies : tuple, optional
        Only these.

    Raises
    ------
    CarbonlibError
        With every parameter file that cannot be read, or where nothing is left to run.
    """
    tasks: list[Task] = []
    findings: list[Finding] = []
    for path in sorted((workspace.parameters / "reports").glob("[0-9][0-9][0-9][0-9]/companies/*.yaml")):
        year = int(path.parent.parent.name)
        if (years and year not in years) or (companies and path.stem not in companies):
            continue
        try:
            tasks.append(_task_of(path, workspace, year))
        except CarbonlibError as error:
            findings += error.findings
    if findings:
        raise RecordError(findings)
    if not tasks:
        raise RecordError.of(
            "plan.empty",
            ja="作成する報告書がありません。parameters/reports/年度/companies/ に事業者ごとの YAML を置くか、"
            "--year・--company の指定を確かめてください。",
            en="There is no report to build; put a YAML for each company under "
            "parameters/reports/YEAR/companies/, or check --year and --company.",
        )
    return tasks
