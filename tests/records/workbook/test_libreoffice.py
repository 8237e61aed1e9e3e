"""The template as LibreOffice saves it, as a workbook of today and as an old one, comes back whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from carbonlib.accounting import account
from carbonlib.factors import programmes
from carbonlib.records.company import read_company
from tests.publish.test_libreoffice import converted
from tests.records.workbook.books import bills, bring, shop, template_file


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_the_published_shop_comes_back_from_libreoffice(tmp_path: Path, kind: str) -> None:
    path = template_file(tmp_path / "blank.xlsx", 2023)
    book = openpyxl.load_workbook(path)
    company, energy = book["事業所"], book["エネルギー"]
    for cell, value in {"B5": "shop", "B6": "見本商店", "B7": "卸売業・小売業", "B24": "本店"}.items():
        company[cell] = value
    for row in range(7, 19):  # Saitama deck 2025-10-28: 2,298,480 kWh and 295 m3 in a year
        energy[f"D{row}"] = 191_540
    energy["D60"] = 295
    book["自己採点"]["C5"] = "実施"
    book.save(path)
    home = shop(tmp_path / "ws")
    done = bring(home, converted(path.read_bytes(), tmp_path, kind))
    assert [f for f in done.findings if f.severity != "note"] == []
    made = account(
        bills(home),
        owner="shop",
        programme=programmes()["saitama-diagnosis-2025"],
        fiscal_year=2023,
        suppliers={},
    )
    power = made.line("electricity")
    assert power is not None
    assert (round(float(power.crude_oil_kl or 0), 3), round(float(power.co2_t or 0), 3)) == (
        578.776,
        1137.748,
    )
    assert read_company(home, "shop").self_assessment == {"org-1": "実施"}
