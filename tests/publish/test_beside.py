"""The files beside the page come from one executed notebook, all of them or none, and the index leads to them."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from carbonlib.errors import RecordError
from carbonlib.publish.beside import BOOK, SUMMARY, files_beside
from carbonlib.publish.html import page_of
from carbonlib.publish.site import PDF, Entry, year_index
from carbonlib.units import format_number
from tests.publish.executed import diagnosis_of, executed


def test_page_print_workbook_and_summary_say_the_same() -> None:
    notebook = executed(diagnosis_of("sample-metal", 2025))
    files = files_beside(notebook, kind="省エネ診断報告書", name="n.ipynb")
    assert set(files) == {PDF, BOOK, SUMMARY}
    totals = json.loads(files[SUMMARY])["account"]["totals"]
    page = page_of(notebook, kind="省エネ診断報告書")
    printed = "".join(p.extract_text() for p in PdfReader(io.BytesIO(files[PDF])).pages)
    assert "2025年4月1日〜2026年3月31日" in printed
    assert "（2025年度（" not in printed
    kept = {
        c.value for row in load_workbook(io.BytesIO(files[BOOK]), data_only=True)["換算計算"] for c in row
    }
    for name, digits in (("primary_energy_gj", 0), ("crude_oil_equivalent_kl", 3), ("co2_t", 3)):
        assert format_number(totals[name], digits) in page
        assert format_number(totals[name], digits) in printed
        assert totals[name] in kept


def test_a_notebook_without_the_last_cell_is_refused_with_the_way_out() -> None:
    notebook = executed(diagnosis_of("saitama-shop", 2023))
    notebook.cells = [c for c in notebook.cells if "attachments" not in c.source]
    with pytest.raises(RecordError) as error:
        files_beside(notebook, kind="報告書", name="company_diagnosis.ipynb")
    assert "present.attachments(diagnosis)" in error.value.text("ja")
    assert error.value.findings[0].place.file == "notebooks/company_diagnosis.ipynb"


def test_the_index_leads_to_page_and_print() -> None:
    made = Entry("会社 <b>", "companies/x/report.html", "company", printed="companies/x/report.pdf")
    page = year_index(2025, [made, Entry("別の会社", "companies/y/report.html", "company")])
    assert 'href="companies/x/report.html"' in page
    assert '<a href="companies/x/report.pdf" aria-label="PDF 会社 &lt;b&gt;">PDF</a>' in page
    assert page.count(".pdf") == 1
