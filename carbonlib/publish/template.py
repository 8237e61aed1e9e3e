"""The workbook that a company fills in: the same inputs give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from carbonlib.publish.template_blocks import blocks_of
from carbonlib.publish.template_energy import write_energy
from carbonlib.publish.template_forms import (
    site_names_range,
    write_assessment,
    write_company,
    write_questionnaire,
)
from carbonlib.publish.template_machines import write_equipment, write_meters
from carbonlib.publish.template_style import Book, new_book
from carbonlib.records.model import Bill, Company


def template(fiscal_year: int, company: Company | None = None, bills: Sequence[Bill] = ()) -> bytes:
    """Return an .xlsx for a fiscal year, filled in with what is known.

    Parameters
    ----------
    fiscal_year : int
        2026 for 令和8年度; its months run from April to March.
    company : Company, optional
        None for a workbook that anybody can fill in.
    bills : sequence of Bill
        The company's, any years; those of the fiscal year are filled in.

    Returns
    -------
    bytes
    """
    stream = io.BytesIO()
    workbook = new_book(stream)
    # a fixed date instead of today's, so that the same inputs give the same bytes
    workbook.set_properties(
        {"title": "省エネ診断 入力シート", "created": datetime(fiscal_year, 4, 1, tzinfo=UTC)}
    )
    book = Book(workbook)
    write_company(book, company, fiscal_year)
    write_energy(book, blocks_of(company, bills, fiscal_year), fiscal_year, site_names_range())
    write_equipment(book, company, site_names_range())
    write_meters(book, company, bills, site_names_range())
    write_assessment(book, company)
    write_questionnaire(book, company)
    workbook.close()
    return stream.getvalue()
