"""Companies for the tests of company.yaml: entries below the head of one shop."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlib.errors import Finding, RecordError
from carbonlib.records.company import read_company
from carbonlib.records.equipment_model import Equipment
from carbonlib.records.model import Company
from tests.records.workbook.books import COMPANY, shop

HEAD_LINES = len(COMPANY.splitlines())


def company(root: Path, text: str, head: str = COMPANY) -> Company:
    return read_company(shop(root, company=head + text), "shop")


def refused(root: Path, text: str, head: str = COMPANY) -> list[Finding]:
    with pytest.raises(RecordError) as error:
        company(root, text, head)
    return list(error.value.findings)


def machine(root: Path, text: str) -> Equipment:
    return company(root, f"equipment:\n  - {{name: 機械, {text}}}\n").equipment[0]
