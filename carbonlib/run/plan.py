"""The plan: one task for each parameter file under parameters/reports/<year>/."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, alike, shown
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.records.yamlfile import YamlFile, read_yaml
from carbonlib.run.strict import parameter_problems


@dataclass(frozen=True)
class Kind:
    """A kind of report: its notebook, the folder and name of its page, the page's title, its own parameters."""

    notebook: str
    folder: str
    page: str
    title: str
    required: tuple[str, ...]


KINDS = {
    "company": Kind(
        "company_diagnosis.ipynb", "companies", "report.html", "省エネ診断報告書", ("programme",)
    ),
    "briefing": Kind(
        "city_briefing.ipynb",
        "briefing",
        "briefing.html",
        "年次報告",
        ("programme", "activity_fiscal_year", "schedule_fiscal_year"),
    ),
}


@dataclass(frozen=True)
class Task:
    """One notebook to run: its kind, its parameters as papermill takes them, and where the results go.

    `problems` holds what is wrong with the parameter file itself; such a task fails without being run.
    """

    kind: str
    id: str
    fiscal_year: int
    notebook: str
    page: str
    title: str
    folder: str
    parameters: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    problems: tuple[Finding, ...] = ()

    @property
    def key(self) -> str:
        """Year and folder: the task's name in the manifest."""
        return f"{self.fiscal_year}/{self.folder}"


def _place_problems(file: YamlFile, wanted: dict[str, Any]) -> list[Finding]:
    """Return where a parameter file says something else than its place."""
    found = []
    for key, value in wanted.items():
        if file.data.get(key) == value:
            continue
        now_ja = f"いまは {shown(file.data[key])}" if key in file.data else "書かれていません"
        now_en = f"it is {shown(file.data[key])}" if key in file.data else "it is missing"
        found.append(
            Finding(
                "report.parameters",
                "error",
                Message(
                    f"「{key}」は置き場所に合わせて {value} と書いてください（{now_ja}）。",
                    f"{key!r} must be {value}, as the file's place says; {now_en}.",
                ),
                file.place((key,)),
            )
        )
    return found


def _task_of(path: Path, workspace: Workspace, year: int) -> Task:
    """Return the task of a parameter file, with all that is wrong in the file."""
    name = "company" if path.parent.name == "companies" else "briefing"
    kind = KINDS[name]
    file_name = workspace.name_of(path)
    wanted: dict[str, Any] = {"fiscal_year": year}
    problems: list[Finding] = []
    parameters: dict[str, Any] = {}
    if name == "company":
        wanted["company_id"] = path.stem
    try:
        file = read_yaml(path, file_name)
        parameters = dict(file.data)
        problems += _place_problems(file, wanted)
        problems += parameter_problems(file, workspace.notebooks / kind.notebook, kind.required)
    except CarbonlibError as error:
        problems += error.findings
    return Task(
        kind=name,
        id=path.stem,
        fiscal_year=year,
        notebook=kind.notebook,
        page=kind.page,
        title=kind.title,
        folder=f"{kind.folder}/{path.stem}" if name == "company" else kind.folder,
        parameters=parameters,
        file=file_name,
        problems=tuple(problems),
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
    RecordError
        Where a file's name is no safe id, a company was asked for that has no report, or nothing is left to run.
    """
    files = _files(workspace)
    _check_names(workspace, files, companies)
    tasks = [
        _task_of(path, workspace, year)
        for year, path in files
        if (not years or year in years) and (not companies or path.stem in companies)
    ]
    if not tasks:
        there = "・".join(str(y) for y in sorted({year for year, _ in files})) or "なし"
        raise RecordError.of(
            "plan.empty",
            ja=f"作成する報告書がありません（報告書のある年度: {there}）。parameters/reports/年度/companies/ に事業者ごとの "
            "YAML を置くか、--year の指定を確かめてください。",
            en=f"There is no report to build (years with reports: {there}); put a YAML for each company under "
            "parameters/reports/YEAR/companies/, or check --year.",
        )
    return tasks


def _check_names(workspace: Workspace, files: list[tuple[int, Path]], companies: tuple[str, ...]) -> None:
    unsafe = [
        Finding(
            "report.name",
            "error",
            Message(
                "ファイル名は事業者の id（小文字の英数字・-・_）にしてください。",
                "Name the file by the company's id (lower-case letters, digits, - and _).",
            ),
            Place(shown(workspace.name_of(path), 200)),
        )
        for _, path in files
        if not is_safe_id(path.stem)
    ]
    known = sorted({path.stem for _, path in files if path.parent.name == "companies"})
    unsafe += [
        Finding(
            "plan.company_unknown",
            "error",
            Message(
                f"事業者「{shown(wanted)}」の報告書がありません。{alike(wanted, known).ja}あるのは: {'・'.join(known)}。",
                f"There is no report of a company {shown(wanted)!r}. {alike(wanted, known).en}There are: {', '.join(known)}.",
            ),
        )
        for wanted in companies
        if wanted not in known
    ]
    if unsafe:
        raise RecordError(unsafe)
