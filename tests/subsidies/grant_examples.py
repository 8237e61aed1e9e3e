"""The published examples of grants (facts/grant_examples.csv) as applications.

Saitama deck 2025-10-28, 補助金の利用例. An empty cell is not printed. Costs are with 10 % tax, as the one example whose
grant can be recomputed shows (344 / 1.1 / 3 = 104).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from carbonlib.subsidies import Application, CostLine
from carbonlib.units import GEOMETRIC, Q_, parse

FACTS = Path(__file__).parents[1] / "data" / "facts" / "grant_examples.csv"
EQUIPMENT = {
    "ac4hp": "air_conditioner",
    "ehpghp": "air_conditioner",
    "pv7": "photovoltaics",
    "pv122": "photovoltaics",
    "boiler1": "boiler",
    "boiler2": "boiler",
    "tr300": "transformer",
    "tr1030": "transformer",
}
# the inputs in the order in which the deck prints them, and the unit of each
INPUTS = {
    "project_cost_man_yen": "万円",
    "installed_year": "年",
    "before_kwh": "kWh",
    "before_gas_m3": "m3",
    "after_kwh": "kWh",
    "after_gas_m3": "m3",
}


@cache
def rows() -> dict[str, dict[str, str]]:
    return {r["case"]: r for r in csv.DictReader(FACTS.read_text("utf-8").splitlines())}


def inputs(case: str) -> list[tuple[Any, str]]:
    """Return each printed input as the library reads it, and its unit."""
    row = rows()[case]
    basis = {"m3": GEOMETRIC}
    return [
        (parse(f"{row[c]} {unit}", volume_basis=basis.get(unit)), unit)
        for c, unit in INPUTS.items()
        if row[c]
    ]


def saved(case: str) -> dict[str, Any] | None:
    """Return what an example saves; of ehpghp and boiler2 the kind of gas is not printed, so nothing is guessed."""
    row = rows()[case]
    if case in {"ehpghp", "boiler2"}:
        return None
    if case == "boiler1":  # its CO2 is that of LPG: 8,648 m3 make 53.8 t
        return {"lpg": Q_(float(row["before_gas_m3"]) - float(row["after_gas_m3"]), "m3_lpg")}
    if case.startswith("pv"):  # "after" is what the panels give to the site
        return {"electricity": Q_(float(row["after_kwh"]), "kWh")}
    return {"electricity": Q_(float(row["before_kwh"]) - float(row["after_kwh"]), "kWh")}


def application(case: str) -> Application:
    """Return an example with what is printed of it, and nothing else."""
    row = rows()[case]
    cost = parse(f"{row['project_cost_man_yen']} 万円")
    return Application(
        id=case,
        equipment=(EQUIPMENT[case],),
        kind="capital",
        energy_saved=saved(case),
        costs=(CostLine(row["equipment"], cost, "included", Q_(10, "percent"), "equipment"),),
        installed_year=int(row["installed_year"]) if row["installed_year"] else None,
        with_battery=True if case.startswith("pv") else None,
    )
