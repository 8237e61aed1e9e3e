"""The plan: one task for each parameter file under parameters/reports/<year>/."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.records.yamlfile import YamlFile, read_yaml


@dataclass(frozen=True)
class Kind:
    """A kind of report: its notebook, the folder and the name of its page, and the page's title."""

    notebook: str
    folder: str
    page: str
    title: str


KINDS = {
    "company": Kind("company_diagnosis.ipynb", "companies", "report.html", "省エネ診断報告書"),
    "briefing": Kind("city_briefing.ipynb", "briefing", "briefing.html", "年次報告"),
}


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
    """Return the task of a parameter file; its place must say the same as its contents."""
    file: YamlFile = read_yaml(path, workspace.name_of(path))
    name = "company" if path.parent.name == "companies" else "briefing"
    kind = KINDS[name]
    wanted: dict[str, Any] = {"fiscal_year": year}
    if name == "company":
        wanted["company_id"] = path.stem
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
        kind=name,
        id=path.stem,
        fiscal_year=year,
        notebook=kind.notebook,
        page=kind.page,
        title=kind.title,
        folder=f"{kind.folder}/{path.stem}" if name == "company" else kind.folder,
        parameters=dict(file.data),
        file=file.name,
    )


def _files(workspace: Workspace) -> list[tuple[int, Path]]:
    """Return the parameter files by year, each year's briefing before its companies: it takes longest."""
    years = sorted((workspace.parameters / "reports").glob("[0-9][0-9][0-9][0-9]"))
    return [
        (int(year.name), path)
        for year in years
        for path in (*sorted(year.glob("briefing.yaml")), *sorted(year.glob("companies/*.yaml")))
    ]


def plan(workspace: Workspace, *, years: tuple[int, ...] = (), companies: tuple[str, ...] = ()) -> list[Task]:
    """Return the tasks of a workspace: by year, the briefing first, then the companies by id.

    Parameters
    ----------
    workspace : Workspace
        Its parameters/reports/<year>/companies/<id>.yaml and briefing.yaml name the reports.
    years, companies : tuple, optional
        Only these.

    Raises
    ------
    CarbonlibError
        With every parameter file that cannot be read, or where nothing is left to run.
    """
    tasks: list[Task] = []
    findings: list[Finding] = []
    for year, path in _files(workspace):
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
