"""energy_account.xlsx in LibreOffice: its engine gives the figures of the account."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from carbonlib.present import attachments
from carbonlib.publish.account_book import ANSWER, DATA, FACTORS, SHEET, account_book
from carbonlib.units import format_number
from tests.publish.executed import diagnosis_of

SOFFICE = shutil.which("soffice")
if SOFFICE is None:
    pytest.skip(
        "LIBREOFFICE IS MISSING: the workbook was recalculated by the formula library only "
        "(sudo apt-get install libreoffice-calc)",
        allow_module_level=True,
    )


@cache
def shop() -> dict[str, Any]:
    return attachments(diagnosis_of("saitama-shop", 2023)).data


def converted(data: bytes, folder: Path, to: str) -> Path:
    """Return the workbook as LibreOffice writes it, from a profile of its own."""
    source = folder / "in" / "book.xlsx"
    source.parent.mkdir()
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", to, "--outdir", str(folder), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    made = folder / f"book.{to}"
    assert made.is_file(), done.stderr
    return made


def test_libreoffice_computes_the_published_figures(tmp_path: Path) -> None:
    # saved without the values kept beside the formulas, so that every number is LibreOffice's own
    bare = io.BytesIO()
    load_workbook(io.BytesIO(account_book(shop()))).save(bare)
    book = load_workbook(converted(bare.getvalue(), tmp_path, "xlsx"), data_only=True)
    assert book.sheetnames == [SHEET, DATA, FACTORS, ANSWER]
    rows = {row[0]: row for row in book[SHEET].iter_rows(min_row=8, values_only=True) if row[0]}
    total, electricity = rows["合計"], rows["電気"]
    assert format_number(total[4]) == "22,446"
    assert format_number(total[6], 3) == "579.107"
    assert format_number(total[8], 3) == "1,138.388"
    assert format_number(total[10]) == "63,075"
    assert format_number(electricity[11], 2) == "27.42"
    summary = shop()["summary"]["account"]["totals"]
    assert total[4] == pytest.approx(summary["primary_energy_gj"], rel=1e-12)
    assert total[6] == pytest.approx(summary["crude_oil_equivalent_kl"], rel=1e-12)
    assert total[8] == pytest.approx(summary["co2_t"], rel=1e-12)
    assert total[9] == summary["cost_jpy"]
