"""What the documents say is so: commands run, examples hold, links lead somewhere, words exist."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from carbonlib.bookkeeping import bills_alike
from carbonlib.cli import cli
from carbonlib.factors.loader import COLUMNS
from carbonlib.measures import HOW
from carbonlib.records import award_requests
from carbonlib.records.acknowledged import ACROSS
from carbonlib.records.benchmarks import COLUMNS as BENCHMARK_COLUMNS
from carbonlib.records.bills import OPTIONAL, REQUIRED
from carbonlib.records.company_entries import CompanyEntry
from carbonlib.records.equipment import attributes
from carbonlib.records.finance import COLUMNS as FINANCE_COLUMNS
from carbonlib.records.proposal_entries import ProposalEntry, SubsidyEntry
from carbonlib.records.subsidy_entries import RoundFile, RulesEntry
from carbonlib.records.subsidy_round import COST_LINES, EQUIPMENT
from carbonlib.records.tariff_menu import _Menu
from carbonlib.records.tariffs import LEVY_COLUMNS
from carbonlib.records.workspace import Workspace
from tests.conftest import BIN, ROOT, copy_workspace, run_cli

READMES = ("README.md", "README.ja.md")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# what needs another machine, another account, a screen or half an hour is looked at and not run
LOOKED_AT = ("make ", "jupyter lab", ". .venv/bin/activate", "source ", "git clone", "conda ", "sudo ")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [body for lang, body in FENCE.findall(text_of(name)) if lang == language]


def commands(name: str) -> list[str]:
    return [line for body in blocks(name, "sh") for line in body.splitlines() if line.strip()]


def rows(name: str, heading: str) -> list[list[str]]:
    """Return the body cells of the table under a heading."""
    section = re.split(r"^## ", text_of(name), flags=re.MULTILINE)
    body = next(s for s in section if s.startswith(heading))
    lines = [line for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def headings_of(name: str) -> list[str]:
    return re.findall(r"^## (.*)$", text_of(name), flags=re.MULTILINE)


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def checkout_files() -> list[str]:
    """Return the files of the checkout that git keeps or would keep; without git, those outside of hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode("utf-8").split("\0")
    else:
        found = (p.relative_to(ROOT) for p in ROOT.rglob("*"))
        names = [p.as_posix() for p in found if p.parts[0] != "outputs" and not p.parts[0].startswith(".")]
    return sorted(n for n in set(names) if n and (ROOT / n).is_file())


def documents() -> list[str]:
    return [n for n in checkout_files() if n.endswith(".md")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout in a folder of its own, so that ../ is ours as well."""
    copy = tmp_path / "checkout"
    for name in checkout_files():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name)
    (copy / "outputs").mkdir(exist_ok=True)
    return copy


def look_at(command: str) -> None:
    """Check that what a command names is there."""
    program, _, rest = command.partition(" ")
    if program == "make":
        targets = re.findall(r"^([\w-]+):", text_of("Makefile"), flags=re.MULTILINE)
        assert rest in targets, f"no such target: {command}"
    elif program == "jupyter":
        assert shutil.which("jupyter-lab", path=str(BIN)), "JupyterLab is not installed"
        assert (ROOT / rest.split()[-1]).is_file(), command
    elif rest.startswith("env create"):
        assert (ROOT / rest.split()[-1]).is_file(), command


def test_every_command_works(checkout: Path) -> None:
    """Of each line of both files, one after another; what both write alike runs once."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CARBONLIB_")}
    # PYTHONPATH: the code that runs is the copy's, not the one installed for editing
    environment = {**kept, "PATH": f"{BIN}{os.pathsep}{kept['PATH']}", "PYTHONPATH": str(checkout)}
    for both in zip(*map(commands, READMES), strict=True):
        for command in dict.fromkeys(both):
            if command.startswith(LOOKED_AT):
                look_at(command)
                continue
            done = subprocess.run(
                ["sh", "-c", command],
                capture_output=True,
                text=True,
                cwd=checkout,
                env=environment,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("readme", READMES)
def test_python_examples_hold(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = blocks(readme, "python")
    assert found
    for body in found:
        example = doctest.DocTestParser().get_doctest(body, {}, readme, readme, 0)
        report: list[str] = []
        outcome = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
        assert outcome.attempted
        assert not outcome.failed, "".join(report)


def test_both_readmes_give_the_same_commands() -> None:
    english, japanese = ([c.removesuffix(" --lang en") for c in commands(name)] for name in READMES)
    assert english == japanese
    for name in ("make report", "make test"):
        assert name in english


@pytest.mark.parametrize("readme", READMES)
def test_readmes_are_short_and_name_each_other(readme: str) -> None:
    other = next(name for name in READMES if name != readme)
    assert f"]({other})" in "\n".join(text_of(readme).splitlines()[:5])
    assert len(text_of(readme).splitlines()) <= 220


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_command(readme: str) -> None:
    assert [name for name in cli.commands if f"carbonlib {name}" not in text_of(readme)] == []


@pytest.mark.parametrize("document", documents())
def test_links_and_pictures_are_there(document: str) -> None:
    prose = FENCE.sub("", text_of(document))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:|#", target):
            continue
        assert ((ROOT / document).parent / target.partition("#")[0]).exists(), f"{document}: {target}"


def test_the_picture_is_light() -> None:
    assert (ROOT / "docs/images/report.png").stat().st_size < 250_000


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("carbonlib", "parameters")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".csv", ".yaml", ".txt"}
    )
    glossary = [row for h in headings_of("docs/glossary.md") for row in rows("docs/glossary.md", h)]
    named = [w for row in glossary for w in words(row[1])]
    assert len(named) > 90
    assert [row for row in glossary if not words(row[1])] == []
    japanese = [row[0] for row in glossary]
    assert len(set(japanese)) == len(japanese), "one row for each word"
    assert len(set(named)) == len(named), "one word for each thing"
    assert [w for w in named if not re.search(rf"\b{re.escape(w)}\b", text)] == []


def test_every_decision_is_in_the_index() -> None:
    index = text_of("docs/decisions/README.md")
    numbers = re.findall(r"^\| \[(\d{4})\]", index, flags=re.MULTILINE)
    left_out = [f"{n:04}" for n in range(1, int(numbers[-1])) if f"{n:04}" not in numbers]
    assert numbers == sorted(set(numbers))
    assert all(re.search(rf"\b{n}\b[^|]* never used", index) for n in left_out), left_out
    for path in (ROOT / "docs/decisions").glob("[0-9]*.md"):
        assert f"]({path.name})" in index
        for part in ("**Decision.**", "**Why.**", "**Trap.**", "**What would change it.**"):
            assert part in path.read_text(encoding="utf-8"), f"{path.name}: {part}"


def test_the_changelog_begins_with_numbers_that_change() -> None:
    headings = re.findall(r"^##+ (.*)$", text_of("CHANGELOG.md"), flags=re.MULTILINE)
    releases = [i for i, heading in enumerate(headings) if re.match(r"\d+\.\d+", heading)]
    assert releases
    assert all(headings[i + 1] == "Numbers that change" for i in releases)


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("company.yaml", set(CompanyEntry.model_fields)),
        ("Equipment", set(attributes())),
        ("bills.csv", {*REQUIRED, *OPTIONAL}),
        ("factors/*.csv", set(COLUMNS)),
        ("tariffs/*.yaml", set(_Menu.model_fields)),
        ("tariffs/renewable_levy.csv", set(LEVY_COLUMNS)),
        ("finance.csv", set(FINANCE_COLUMNS)),
        ("benchmarks_YEAR.csv", set(BENCHMARK_COLUMNS)),
        ("Applications of a round", {*award_requests.REQUIRED, *award_requests.OPTIONAL}),
    ],
)
def test_file_formats_are_those_of_the_code(heading: str, known: set[str]) -> None:
    assert {w for row in rows("docs/parameters.md", heading) for w in words(row[0])} == known


@pytest.mark.parametrize(
    ("heading", "model"), [("subsidies/*.yaml", RoundFile), ("Rules of a round", RulesEntry)]
)
def test_the_entries_of_a_round_are_those_of_the_code(
    heading: str, model: type[RoundFile | RulesEntry]
) -> None:
    named = {w for row in rows("docs/parameters.md", heading) for w in words(row[0])}
    assert named == set(model.model_fields)


def test_the_entries_of_a_proposal_are_those_of_the_code() -> None:
    named = {w for row in rows("docs/parameters.md", "proposals.yaml") for w in words(row[0])}
    assert named == set(ProposalEntry.model_fields)
    facts = next(row for row in rows("docs/parameters.md", "proposals.yaml") if "subsidy" in row[0])
    assert set(words(facts[2])) == set(SubsidyEntry.model_fields)
    inputs = next(row for row in rows("docs/parameters.md", "proposals.yaml") if "inputs" in row[0])
    assert set(HOW) - {"標準値"} <= set(words(inputs[2]))


def test_the_proposal_of_the_documents_is_evaluated(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-office",), years=(2025,))
    shown = next(b for b in blocks("docs/parameters.md", "text") if b.startswith("proposals:"))
    (root / "parameters/companies/sample-office/proposals.yaml").write_text(shown, encoding="utf-8")
    done = run_cli("proposals", "sample-office", "--json", cwd=root)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total_adjusted"]["saved"] == [
        {"carrier": "electricity", "unit": "kWh", "quantity": 3650.0}
    ]


def test_the_words_of_a_round_are_those_of_the_code() -> None:
    section = text_of("docs/parameters.md").partition("\nEquipment is one of")[2].partition("\n\n")[0]
    equipment, _, lines = section.partition("cost line")
    assert (set(words(equipment)), set(words(lines))) == (set(EQUIPMENT), set(COST_LINES))


def test_the_factor_set_of_the_documents_works(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-office",), years=(2025,))
    shown = blocks("docs/parameters.md", "text")
    at = next(i for i, block in enumerate(shown) if block.startswith("set,"))
    table, sources, programmes = shown[at : at + 3]
    folder = root / "parameters" / "factors"
    folder.mkdir(exist_ok=True)
    (folder / "our-electricity.csv").write_text(table, encoding="utf-8")
    (folder / "sources.yaml").write_text(sources, encoding="utf-8")
    (folder / "programmes.yaml").write_text(programmes, encoding="utf-8")
    arguments = ("convert", "1000 kWh", "--carrier", "electricity", "--year", "2025", "--factors")
    done = run_cli(*arguments, "our-programme", "--lang", "en", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "CO2: 0.423 t-CO2" in done.stdout


def test_the_bills_of_the_documents_are_read(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-office",), years=(2025,))
    rows_shown = next(b for b in blocks("docs/parameters.md", "text") if b.startswith("site_id,"))
    (root / "parameters/companies/sample-office/bills.csv").write_text(rows_shown, encoding="utf-8")
    done = run_cli("check", "--json", cwd=root)
    assert done.returncode == 0, done.stdout
    assert "bill.gap" in done.stdout


def test_adding_a_company_as_the_readme_says(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-books",), years=(2025,))
    companies, reports = root / "parameters/companies", root / "parameters/reports/2025/companies"
    shutil.copytree(companies / "sample-books", companies / "my-company")
    shutil.copy(reports / "sample-books.yaml", reports / "my-company.yaml")
    untouched = run_cli("check", cwd=root)
    assert untouched.returncode == 1
    assert "my-company" in untouched.stdout
    for path in (companies / "my-company/company.yaml", reports / "my-company.yaml"):
        text = path.read_text(encoding="utf-8").replace("sample-books", "my-company")
        path.write_text(text.replace("sample: true\n", ""), encoding="utf-8")
    assert run_cli("check", cwd=root).returncode == 0
    built = run_cli("build", "--company", "my-company", "--quiet", cwd=root)
    assert built.returncode == 0
    assert "sample-books" not in built.stderr, "a part of the build holds no other company's bills against it"
    home = Workspace(root)
    assert [f.id for f in bills_alike(home, {"my-company"})] == [ACROSS]
    assert bills_alike(home, {"sample-office"}) == ()
    page = (root / "outputs/2025/companies/my-company/report.html").read_text(encoding="utf-8")
    assert "見本データ" not in page
