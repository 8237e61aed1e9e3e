"""The house: imports point downwards only, the calculating layers need no numpy, notebooks hold no logic."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "carbonlib"

# layer by the first name below carbonlib; a module may import its own layer and lower ones
LAYERS = {
    "errors": 0,
    "units": 0,
    "fiscal_year": 0,
    "provenance": 0,
    "typefaces": 0,
    "factors": 1,
    "records": 1,
    "accounting": 2,
    "analysis": 2,
    "assessment": 2,
    "audit": 2,
    "plausibility": 2,
    "city": 2,
    "measures": 2,
    "practice": 2,
    "proposals": 2,
    "finance": 2,
    "tariffs": 2,
    "subsidies": 2,
    "legal": 2,
    "menu": 2,
    "roadmap": 2,
    "analysing": 3,
    "benchmarking": 3,
    "bookkeeping": 3,
    "comparison": 3,
    "answer": 3,
    "first_page": 3,
    "key_figures": 3,
    "diagnosis": 3,
    "importing": 3,
    "proposing": 3,
    "briefing": 3,
    "conclusion": 3,
    "overview": 3,
    "conversion": 3,
    "problems": 3,
    "summary": 3,
    "present": 4,
    "publish": 5,
    "run": 5,
    "cli": 6,
}
# within the ground only the errors may be shared; inputs may use factors, never the other way
ALLOWED_SIDEWAYS = {
    ("units", "errors"),
    ("records", "factors"),
    ("analysis", "accounting"),
    ("analysis", "tariffs"),
    ("analysis", "proposals"),
    ("city", "accounting"),
    ("city", "analysis"),
    ("tariffs", "accounting"),
    ("plausibility", "accounting"),
    ("subsidies", "accounting"),
    ("proposals", "measures"),
    ("proposals", "accounting"),
    ("proposals", "tariffs"),
    ("proposals", "finance"),
    ("proposals", "subsidies"),
    ("proposing", "bookkeeping"),
    ("analysing", "diagnosis"),
    ("conclusion", "diagnosis"),
    ("conclusion", "first_page"),
    ("overview", "diagnosis"),
    ("overview", "analysing"),
    ("diagnosis", "bookkeeping"),
    ("diagnosis", "proposing"),
    ("summary", "answer"),
    ("summary", "diagnosis"),
    ("summary", "proposing"),
    ("comparison", "diagnosis"),
    ("answer", "diagnosis"),
    ("answer", "first_page"),
    ("first_page", "diagnosis"),
    ("key_figures", "diagnosis"),
    ("key_figures", "first_page"),
    ("summary", "key_figures"),
    ("problems", "diagnosis"),
    ("problems", "briefing"),
    ("benchmarking", "bookkeeping"),
    ("briefing", "bookkeeping"),
    ("run", "publish"),
}
WITHOUT_ARRAYS = ("units", "factors", "measures", "finance", "proposals", "subsidies", "tariffs")


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "_workspace" not in p.parts)


def layer_name(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports_of(tree: ast.AST) -> set[str]:
    """Return the full names of all imports, those inside functions and behind TYPE_CHECKING included."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the layer"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def upward(name: str, imported: str) -> str | None:
    """Return what is wrong with an import of ours by the layer `name`, if anything."""
    parts = imported.split(".")
    if parts[0] != "carbonlib" or len(parts) < 2 or parts[1] == "__version__":
        return None
    other = parts[1]
    if other not in LAYERS:
        return f"{other} has no layer"
    if other == name or (name, other) in ALLOWED_SIDEWAYS:
        return None
    return None if LAYERS[other] < LAYERS[name] else f"{name} (layer {LAYERS[name]}) imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    name = layer_name(path)
    if name == "__init__":
        return
    assert name in LAYERS, f"{name} has no layer; give it one"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [w for i in sorted(imports_of(tree)) if (w := upward(name, i))] == []


def test_what_files_share_lies_below_them() -> None:
    """Workbooks and CSV files read by the same words; neither knows the other."""
    above = ("carbonlib.records.workbook", "carbonlib.records.csvfiles")
    forbidden = {"reading": above, "workbook": above[1:], "csvfiles": above[:1]}
    for name, not_these in forbidden.items():
        paths = sorted((PACKAGE / "records" / name).glob("*.py"))
        assert paths
        for path in paths:
            found = imports_of(ast.parse(path.read_text(encoding="utf-8")))
            assert not [i for i in found if i.startswith(not_these)], path


def test_every_exception_is_used() -> None:
    used = {
        (layer_name(path), imported.split(".")[1])
        for path in modules()
        for imported in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        if imported.startswith("carbonlib.")
    }
    assert ALLOWED_SIDEWAYS - used == set()
    assert [(n, o) for n, o in sorted(ALLOWED_SIDEWAYS) if LAYERS[n] != LAYERS[o]] == []
    assert set(LAYERS) - {layer_name(path) for path in modules()} == set()


def test_the_rule_would_notice_an_upward_import() -> None:
    assert upward("factors", "carbonlib.accounting.account")
    assert upward("records", "carbonlib.run.plan")
    assert upward("accounting", "carbonlib.present.table")
    assert upward("units", "carbonlib.fiscal_year.label")
    assert upward("present", "carbonlib.present.table") is None


def array_free_modules() -> list[Path]:
    return [p for p in modules() if layer_name(p) in WITHOUT_ARRAYS]


@pytest.mark.parametrize("path", array_free_modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_calculating_modules_import_no_arrays(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports_of(ast.parse(path.read_text(encoding="utf-8")))}
    assert not tops & {"numpy", "pandas", "matplotlib"}


def test_calculating_modules_run_where_numpy_and_pandas_are_not() -> None:
    names = sorted({layer_name(p) for p in array_free_modules()})
    assert {"units", "factors"} <= set(names)
    program = f"""
import importlib, sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in ('numpy', 'pandas'):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Blocked())
for name in {names!r}:
    importlib.import_module(f'carbonlib.{{name}}')
from fractions import Fraction
from carbonlib.factors import programmes
factor = programmes()['saitama-diagnosis-2025'].factor(
    'electricity', 'emission_factor', unit='kWh', fiscal_year=2024)
print(float(factor.times(Fraction(2_298_480), 'kWh')))
assert 'numpy' not in sys.modules and 'pandas' not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "1137.7476"


def test_present_draws_without_pyplot() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert not any("pyplot" in i for i in imports_of(ast.parse(path.read_text(encoding="utf-8")))), path


def test_calculation_reads_no_clock_file_or_environment() -> None:
    forbidden = {"os", "pathlib", "time", "random", "subprocess", "sys"}
    for path in modules():
        if LAYERS.get(layer_name(path)) == 2:
            tops = {i.split(".")[0] for i in imports_of(ast.parse(path.read_text(encoding="utf-8")))}
            assert not tops & forbidden, path


def test_modules_are_small() -> None:
    lines = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in modules()}
    assert {str(p.relative_to(PACKAGE)): n for p, n in lines.items() if n > 300} == {}, "look for the seam"


NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
_NO_LOGIC = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp),
    *(ast.Try, ast.With, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.BinOp, ast.BoolOp),
    *(ast.Compare, ast.AugAssign, ast.Global, ast.Delete, ast.Assert, ast.Match),
)


def logic_in(source: str) -> list[str]:
    """Return the kinds of statement and expression in a cell that are more than prose and calls."""
    return sorted({type(n).__name__ for n in ast.walk(ast.parse(source)) if isinstance(n, _NO_LOGIC)})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_hold_prose_and_calls(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    tags = [c["metadata"].get("tags", []) for c in notebook["cells"]]
    assert sum("parameters" in t for t in tags) == 1
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert not logic_in(source), source
        assert not any(line.lstrip().startswith(("!", "%")) for line in source.splitlines()), source


def test_the_notebook_rule_would_notice_logic() -> None:
    assert logic_in("for x in y:\n    f(x)") == ["For"]
    assert logic_in("total = a + b") == ["BinOp"]
    assert logic_in("present.cover(diagnosis)") == []


def test_parameter_cells_hold_literals() -> None:
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = next("".join(c["source"]) for c in cells if "parameters" in c["metadata"].get("tags", []))
        for node in ast.parse(source).body:
            assert isinstance(node, ast.Assign), source
            ast.literal_eval(node.value)
