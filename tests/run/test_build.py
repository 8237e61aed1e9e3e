"""The build with real kernels: strict where papermill is lenient, and no failure stops another report."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.conftest import run_cli

Maker = Callable[..., Path]


def report_parameters(root: Path, year: int, company: str) -> Path:
    return root / "parameters" / "reports" / str(year) / "companies" / f"{company}.yaml"


def test_the_published_shop_reads_as_published(city: Path) -> None:
    page = (city / "outputs/2023/companies/saitama-shop/report.html").read_text(encoding="utf-8")
    for printed in (
        "22,433",
        "578.776",
        "1,137.748",
        "22,446",
        "579.107",
        "1,138.388",
        "63,075",
        "27.42 円/kWh",
    ):
        assert printed in page, printed


def test_failures_are_named_and_stop_nothing(workspace: Maker) -> None:
    root = workspace("sample-office", "sample-metal", "sample-inn", "sample-builder", years=(2025,))
    with report_parameters(root, 2025, "sample-metal").open("a", encoding="utf-8") as file:
        file.write("colour: green\n")
    bills = root / "parameters/companies/sample-inn/bills.csv"
    text = bills.read_text(encoding="utf-8")
    bills.write_text(text.replace(",kWh,", ",ton,", 1), encoding="utf-8")
    builder = report_parameters(root, 2025, "sample-builder")
    builder.write_text(
        builder.read_text(encoding="utf-8").replace("saitama-diagnosis-2025", "nowhere"), encoding="utf-8"
    )

    done = run_cli("build", "--quiet", cwd=root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    manifest = json.loads((root / "outputs/2025/manifest.json").read_text(encoding="utf-8"))
    reports = manifest["reports"]
    assert reports["2025/companies/sample-office"]["failed"] == []
    assert "colour" in reports["2025/companies/sample-metal"]["failed"][0]
    assert reports["2025/companies/sample-inn"]["failed"] == [
        "parameters/companies/sample-inn/bills.csv 2 行目: 単位「ton」はトン（1000 kg）・米トン・冷凍トンのどれか"
        "決められません。代わりの書き方: t。"
    ]
    assert "nowhere" in reports["2025/companies/sample-builder"]["failed"][0]
    index = (root / "outputs/2025/index.html").read_text(encoding="utf-8")
    for key in ("sample-metal", "sample-inn", "sample-builder"):
        assert reports[f"2025/companies/{key}"]["failed"][0].replace("「", "").split("」")[0][-6:]
        assert not (root / f"outputs/2025/companies/{key}").exists()
    assert "colour" in index
    assert "sample-office/report.html" in index
    assert (root / "outputs/2025/companies/sample-office/report.html").is_file()
    english = run_cli("build", "--quiet", "--company", "sample-inn", "--lang", "en", cwd=root)
    assert "write instead: t" in english.stderr


def test_a_report_that_became_untrue_is_taken_away(workspace: Maker) -> None:
    root = workspace("sample-office", years=(2025,))
    assert run_cli("build", "--quiet", cwd=root).returncode == 0
    report = root / "outputs/2025/companies/sample-office/report.html"
    assert report.is_file()
    (root / "parameters/companies/sample-office/company.yaml").write_text(
        "id: sample-office\n", encoding="utf-8"
    )
    assert run_cli("build", "--quiet", cwd=root).returncode == 1
    assert not report.exists()


def test_a_notebook_without_the_parameters_tag_is_refused(workspace: Maker) -> None:
    root = workspace("sample-office", years=(2025,))
    path = root / "notebooks/company_diagnosis.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"].pop("tags", None)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = run_cli("build", "--quiet", cwd=root)
    assert done.returncode == 1
    assert "parameters の付いたセルがありません" in done.stderr


def test_an_error_in_a_cell_fails_that_company_with_its_reason(workspace: Maker) -> None:
    root = workspace("sample-office", years=(2025,))
    path = root / "notebooks/company_diagnosis.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][2]["source"] = ["present.no_such_view(diagnosis)"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = run_cli("build", "--quiet", cwd=root)
    assert done.returncode == 1
    assert "AttributeError" in done.stderr
    assert "run.log" in done.stderr
    assert "no_such_view" in (root / "outputs/run.log").read_text(encoding="utf-8")


def test_a_part_of_the_build_keeps_the_rest(workspace: Maker) -> None:
    root = workspace("sample-office", "sample-builder", years=(2025,))
    assert run_cli("build", "--quiet", cwd=root).returncode == 0
    whole = (root / "outputs/2025/manifest.json").read_bytes()
    assert run_cli("build", "--quiet", "--company", "sample-office", cwd=root).returncode == 0
    assert (root / "outputs/2025/manifest.json").read_bytes() == whole


def test_nothing_of_this_machine_is_in_an_artefact(city: Path) -> None:
    inside = [p for p in (city / "outputs").rglob("*") if p.is_file() and p.name != "run.log"]
    assert len(inside) > 40
    for path in inside:
        text = path.read_bytes().decode("utf-8", errors="replace")  # the store is no text
        for trace in (str(city), str(city.parent), f"{Path.home()}/", f"{tempfile.gettempdir()}/", ".venv"):
            assert trace not in text, (path, trace)


def test_executed_notebooks_are_canonical_and_keep_their_parameters(city: Path) -> None:
    path = city / "outputs/2025/companies/sample-metal/executed.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["papermill"]["parameters"]["company_id"] == "sample-metal"
    assert [c["id"] for c in notebook["cells"]] == [f"cell-{i:02d}" for i in range(len(notebook["cells"]))]
    figures = [
        o for c in notebook["cells"] for o in c.get("outputs", []) if "image/svg+xml" in o.get("data", {})
    ]
    # shares, radar, end uses, months of three carriers, demand, weather of three, night, trend and its reasons, waterfall,
    # investment, cost of a tonne, roadmap: a figure must not vanish silently
    assert len(figures) == 17
    for figure in figures:
        assert {"text/html", "application/vnd.typst", "image/svg+xml"} <= figure["data"].keys()


def test_the_manifest_names_inputs_factors_and_artefacts(city: Path) -> None:
    import hashlib

    manifest = json.loads((city / "outputs/2025/manifest.json").read_text(encoding="utf-8"))
    report = manifest["reports"]["2025/companies/sample-metal"]
    assert report["factor_sets"] == ["saitama-diagnosis-2025"]
    for entry in report["inputs"]:
        assert hashlib.sha256((city / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
    folder = city / "outputs/2025/companies/sample-metal"
    assert set(report["artefacts"]) == {p.name for p in folder.iterdir()}
    for name, digest in report["artefacts"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert "サンプル金属" not in json.dumps(manifest, ensure_ascii=False)


def test_a_withdrawn_report_leaves_the_outputs(workspace: Maker) -> None:
    root = workspace("sample-office", "sample-builder", years=(2025,))
    assert run_cli("build", "--quiet", cwd=root).returncode == 0
    (root / "outputs/2019").mkdir()
    report_parameters(root, 2025, "sample-builder").unlink()
    assert run_cli("build", "--quiet", cwd=root).returncode == 0
    assert [p.name for p in (root / "outputs/2025/companies").iterdir()] == ["sample-office"]
    assert not (root / "outputs/2019").exists()
    assert "sample-builder" not in (root / "outputs/2025/manifest.json").read_text(encoding="utf-8")
