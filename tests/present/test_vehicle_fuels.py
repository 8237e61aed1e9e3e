"""A site's measure that the fuel of its vehicles dominates says so."""

from __future__ import annotations

from dataclasses import replace

from carbonlib import present
from carbonlib.analysing import vehicle_fuels
from carbonlib.diagnosis import Diagnosis
from carbonlib.records.equipment_model import EndUse
from tests.present.test_first_page import diagnosis, flat


def intensity_words(d: Diagnosis) -> str:
    return "".join(v.html for v in flat(present.intensity_table(d)))


def test_diesel_of_a_carrier_is_named_beside_floor_area_and_the_guide() -> None:
    d = diagnosis("sample-transport", 2025)
    found = vehicle_fuels(d)
    assert found is not None
    assert "diesel" in found[0]
    energy = sum(x.energy_gj for x in d.account.lines if x.carrier in found[0])
    assert found[1] == energy / d.account.energy_gj
    assert "車両の燃料とみられる" in intensity_words(d)
    assert "軽油" in intensity_words(d)
    said = "原油換算は、車両の燃料とみられるガソリン・軽油を含みます"
    assert f"{said}。" in present.cover(d).plain
    assert said in present.menu_table(d).plain.splitlines()[0]  # the caption


def test_a_company_without_such_fuels_or_with_another_use_of_them_is_not() -> None:
    metal = diagnosis("sample-metal", 2025)
    assert vehicle_fuels(metal) is None
    assert "車両" not in intensity_words(metal) + present.cover(metal).plain
    d = diagnosis("sample-transport", 2025)
    fuels = {x.carrier for x in d.account.lines} & {"diesel", "gasoline"}
    uses = tuple(EndUse("depot", fuel, "process_heat") for fuel in fuels)
    assert vehicle_fuels(replace(d, company=replace(d.company, end_uses=uses))) is None
