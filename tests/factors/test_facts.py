"""The published tables, cell by cell, against the factors that the package carries."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib.factors import built_in_sets
from carbonlib.factors.loader import _DATA

COPIES = Path(__file__).parents[1] / "data" / "facts"
ORIGINALS = Path(__file__).parents[3] / "shared" / "facts"

# how the published table says which state an m3 has → the basis here
BASES = {
    "": "",
    "gas at 2.075 kg/m3": "lpg_gas",
    "low-pressure meter 15 degC 2 kPa gauge": "low_pressure_meter",
    "0 degC 1 atm": "normal",
    "25 degC 1 bar": "ambient",
}
COLUMNS = {
    "gj_per_unit": ("gross_calorific_value", "GJ"),
    "tC_per_gj": ("carbon_content", "t-C"),
    "tco2_per_unit": ("emission_factor", "t-CO2"),
}
PUBLISHED = list(csv.DictReader((COPIES / "factors.csv").read_text("utf-8").splitlines()))
CARRIED = list(csv.DictReader(_DATA.joinpath("factors.csv").read_text("utf-8").splitlines()))
CELLS = [(row, column) for row in PUBLISHED for column in COLUMNS if row[column]]


def carried(row: dict[str, str], column: str) -> list[dict[str, str]]:
    """Return the rows of the package's table that state a published cell."""
    carrier, _, supplier = row["carrier"].partition(":")
    kind, above = COLUMNS[column]
    if carrier == "electricity" and column == "gj_per_unit":
        kind = "primary_energy_factor"
    below = "GJ" if column == "tC_per_gj" else row["unit"]
    wanted = {
        "set": row["set"],
        "carrier": carrier,
        "supplier": supplier,
        "kind": kind,
        "unit": f"{above}/{below}",
        "applies_from_fy": row["applies_from_fy"],
        "applies_to_fy": row["applies_to_fy"],
    }
    return [r for r in CARRIED if all(r[name] == value for name, value in wanted.items())]


@pytest.mark.parametrize(
    ("row", "column"), CELLS, ids=[f"{r['set']}-{r['carrier']}-{r['unit']}-{c}" for r, c in CELLS]
)
def test_every_published_cell_is_carried_with_its_validity(row, column):
    found = carried(row, column)
    assert len(found) == 1
    assert Decimal(found[0]["value"]) == Decimal(row[column])
    if column != "tC_per_gj":
        assert found[0]["volume_basis"] == BASES[row["volume_basis"]]


def test_the_table_has_as_many_cells_as_were_published():
    assert len(CELLS) == 65
    own = {(r["set"], r["carrier"], r["supplier"], r["kind"], r["unit"]) for r in CARRIED}
    stated = {
        (f["set"], f["carrier"], f["supplier"], f["kind"], f["unit"])
        for row, column in CELLS
        for f in carried(row, column)
    }
    # beyond the table: the two conversions of LPG from volume to mass
    assert sorted(own - stated) == [
        ("saitama-diagnosis-2025", "lpg", "", "gas_density", "kg/m3"),
        ("shk-lpg-volume", "lpg", "", "gas_specific_volume", "m3/kg"),
    ]


def test_every_factor_names_its_source_and_where_in_it():
    stated = [f for one in built_in_sets().values() for f in one.factors if not f.derived_from]
    assert len(stated) == len(CARRIED)
    assert [f.id for f in stated if not f.source or not f.locator] == []


def test_what_rests_on_second_hand_knowledge_says_so():
    doubtful = {
        (f.set, f.kind)
        for one in built_in_sets().values()
        for f in one.factors
        if f.evidence in {"secondary", "assumption"}
    }
    assert doubtful == {
        ("enecho-elec-864", "primary_energy_factor"),
        ("shk-lpg-volume", "gas_specific_volume"),
    }


@pytest.mark.parametrize("name", ["factors.csv", "worked_examples.csv", "grant_examples.csv"])
def test_the_copies_of_the_facts_are_unchanged(name):
    if not ORIGINALS.is_dir():
        pytest.skip(
            f"NOT CHECKED: the original facts (shared/facts/{name} beside the repository) are not on this machine, "
            "so nothing says whether tests/data/facts is still an unchanged copy of them"
        )
    assert (COPIES / name).read_bytes() == (ORIGINALS / name).read_bytes()
