"""Activity drivers and the diagnostician's own sentences in company.yaml."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from carbonlib.records.company import read_company
from carbonlib.records.model import Company, Narrative
from carbonlib.records.packing import packed, unpacked
from carbonlib.records.workspace import workspace_at
from tests.conftest import copy_workspace

VISIT = """visits:
  - fiscal_year: 2025
    date: "2026-06-01"
    diagnosticians: [{name: 見本 一郎}]
    narrative:
      summary: [電気がほとんどです。, "<b>次の一歩</b>"]
"""


def company_with(tmp_path: Path, text: str) -> Company:
    root = copy_workspace(tmp_path / "ws", companies=("sample-super",), years=(2025,))
    path = root / "parameters/companies/sample-super/company.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return read_company(workspace_at(root), "sample-super")


def test_sales_and_output_are_read_and_survive_the_store(tmp_path: Path) -> None:
    company = company_with(
        tmp_path,
        "activity_drivers:\n"
        '  - {kind: sales, fiscal_year: 2025, amount: "1.2 億円/年"}\n'
        '  - {kind: output, fiscal_year: 2025, amount: "38,000 個/年", name: 弁当}\n' + VISIT,
    )
    sales, output = company.activity_drivers
    assert (sales.kind, sales.amount, sales.unit) == ("sales", Decimal(120_000_000), "円")
    assert (output.amount, output.unit, output.name) == (Decimal(38000), "個", "弁当")
    visit = company.visit(2025)
    assert visit is not None
    assert visit.narrative == Narrative(summary=("電気がほとんどです。", "<b>次の一歩</b>"))
    assert unpacked(packed(company)) == company


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (['{kind: sales, fiscal_year: 2025, amount: "120,000 kWh/年"}'], "単位が合いません"),
        (['{kind: sales, fiscal_year: 2025, amount: "120,000 千円"}'], "120,000 千円/年"),
        (['{kind: sales, fiscal_year: 2025, amount: "0 円/年"}'], "0 円/年 より大きい"),
        (['{kind: output, fiscal_year: 2025, amount: "たくさん"}'], "1,250 t/年"),
        (['{kind: output, fiscal_year: 2025, amount: "0 t/年"}'], "1,250 t/年"),
        (['{kind: output, fiscal_year: 2025, amount: "3 t/年"}'] * 2, "2 つあります"),
        (
            [
                '{kind: output, fiscal_year: 2024, amount: "3 t/年"}',
                '{kind: output, fiscal_year: 2025, amount: "3 kg/年"}',
            ],
            "単位が年度によって違います",
        ),
    ],
)
def test_what_is_no_activity_is_refused_with_its_line(tmp_path: Path, entries: list[str], said: str) -> None:
    text = "activity_drivers:\n" + "".join(f"  - {e}\n" for e in entries)
    with pytest.raises(RecordError, match=said) as caught:
        company_with(tmp_path, text)
    assert all(f.place.line for f in caught.value.findings)
