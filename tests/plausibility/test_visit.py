"""Doubts about what a visit gave: a plate without its photo."""

from __future__ import annotations

from pathlib import Path

from carbonlib.accounting import account
from carbonlib.errors import Finding
from carbonlib.factors import programmes
from carbonlib.plausibility import doubts_of_company
from carbonlib.plausibility.visit import plate_doubts
from carbonlib.records.bands import built_in_bands
from carbonlib.records.company import read_company
from tests.records.workbook.books import COMPANY, shop

MACHINE = """\
equipment:
  - family: transformer
    name: 変圧器
    how: 銘板
    rated_capacity: 300 kVA
    no_load_loss: {value: 720 W, how: 実測}
    load_loss: {value: 3800 W, how: 銘板, photo: IMG_0002}
"""


def noted(root: Path, text: str) -> list[Finding]:
    return list(plate_doubts(read_company(shop(root, company=COMPANY + text), "shop")))


def test_a_plate_without_a_photo_is_a_note_with_its_line(tmp_path: Path) -> None:
    found = noted(tmp_path / "a", MACHINE)
    assert [(f.id, f.severity) for f in found] == [("equipment.photo_missing", "note")]
    assert "変圧器容量 は銘板" in found[0].message.ja
    assert "損" not in found[0].message.ja
    assert found[0].place.line == len(COMPANY.splitlines()) + 2
    assert noted(tmp_path / "b", MACHINE.replace("    how: 銘板\n", "    how: 聞き取り\n")) == []
    assert noted(tmp_path / "c", MACHINE + "    photo: IMG_0001\n") == []


def test_the_note_is_among_the_doubts_of_the_company(tmp_path: Path) -> None:
    company = read_company(shop(tmp_path, company=COMPANY + MACHINE), "shop")
    made = account([], owner="shop", programme=programmes()["shk"], fiscal_year=2024)
    found = doubts_of_company(company, [], built_in_bands(), account=made)
    assert [f.id for f in found] == ["equipment.photo_missing"]
