"""parameters/tariffs/: the menus of suppliers (*.yaml) and the renewable levy (renewable_levy.csv)."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.factors import EVIDENCE
from carbonlib.records.datarows import data_rows
from carbonlib.records.tariff_menu import TAXES, read_menu
from carbonlib.records.tariff_model import Evidence, Levy, Menu, Tariffs
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import read_number

LEVY_FILE = "renewable_levy.csv"
LEVY_COLUMNS = ("fiscal_year", "rate", "unit", "tax", "evidence", "source", "locator")
_BUILT_IN = "carbonlib/records/data/tariffs"


def _levies(text: str, name: str) -> tuple[Levy, ...]:
    found: dict[int, Levy] = {}
    wrong: list[Finding] = []
    for place, row in data_rows(text, name, LEVY_COLUMNS):
        try:
            year, rate = read_number(row["fiscal_year"]), read_number(row["rate"])
        except CarbonlibError as error:
            wrong += error.at(place).findings
            continue
        tax = TAXES.get(row["tax"])
        if (
            rate < 0
            or row["unit"] != "円/kWh"
            or tax is None
            or row["evidence"] not in EVIDENCE
            or int(year) in found
            or year != int(year)
        ):
            message = Message(
                "年度は 1 回だけ、単価は 0 以上の 円/kWh、tax は 税込・税抜・不明、根拠は "
                f"{'・'.join(EVIDENCE)} のどれかで書いてください。",
                "Give each year once, a rate of at least zero in 円/kWh, tax as included, excluded or unknown, and "
                f"evidence as one of {', '.join(EVIDENCE)}.",
            )
            wrong.append(Finding("tariff.levy", "error", message, place))
            continue
        proof = Evidence(row["evidence"], row["source"], row["locator"], place)
        found[int(year)] = Levy(int(year), Fraction(rate), tax, proof)
    if wrong:
        raise RecordError(wrong)
    return tuple(found.values())


def _read(name_of: dict[Path, str]) -> Tariffs:
    findings: list[Finding] = []
    menus: dict[tuple[str, str], Menu] = {}
    levies: tuple[Levy, ...] = ()
    for path, name in name_of.items():
        try:
            if path.suffix == ".csv":
                levies = _levies(read_text(path, name), name)
                continue
            one = read_menu(path, name)
        except CarbonlibError as error:
            findings += error.findings
            continue
        if (one.supplier, one.name) in menus:
            ja = f"供給者「{shown(one.supplier)}」のメニュー「{shown(one.name)}」が 2 つのファイルにあります。1 つにまとめてください。"
            en = f"The menu {shown(one.name)!r} of {shown(one.supplier)!r} is in two files; put it in one."
            findings.append(Finding("tariff.menu_twice", "error", Message(ja, en), Place(name)))
        menus[one.supplier, one.name] = one
    if findings:
        raise RecordError(findings)
    return Tariffs(tuple(menus.values()), levies)


def _files(folder: Path) -> list[Path]:
    levy = folder / LEVY_FILE
    return [*sorted(folder.glob("*.yaml")), *([levy] if levy.is_file() else [])]


@cache
def built_in_tariffs() -> Tariffs:
    """Return the tariffs that the package carries.

    >>> from carbonlib.fiscal_year import Month
    >>> float(built_in_tariffs().levy(Month(2025, 5)).rate)
    3.98
    """
    with as_file(files(__package__).joinpath("data", "tariffs")) as folder:
        return _read({p: f"{_BUILT_IN}/{p.name}" for p in _files(folder)})


def tariff_paths(workspace: Workspace) -> list[Path]:
    """Return the files of a workspace's own tariffs, sorted."""
    return _files(workspace.parameters / "tariffs")


def read_tariffs(workspace: Workspace) -> Tariffs:
    """Return the tariffs of a workspace: its own menus and levy years before those that the package carries.

    Raises
    ------
    RecordError
        With every problem of every file of parameters/tariffs/, by line.
    """
    folder = workspace.parameters / "tariffs"
    own = _read({p: workspace.name_of(p) for p in _files(folder)}) if folder.is_dir() else Tariffs()
    given = built_in_tariffs()
    return Tariffs((*own.menus, *given.menus), (*own.levies, *given.levies))
