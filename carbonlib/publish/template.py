"""The workbook that a company fills in: the same inputs give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from carbonlib.fiscal_year import Year, period_of
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


def template(fiscal_year: Year, company: Company | None = None, bills: Sequence[Bill] = ()) -> bytes:
    """Return an .xlsx for a fiscal year or any twelve months, filled in with what is known.

    Parameters
    ----------
    fiscal_year : int or Period
        2026 for 令和8年度, April to March.
    company : Company, optional
        None for a workbook that anybody can fill in.
    bills : sequence of Bill
        The company's, any years; those of the twelve months are filled in.

    Returns
    -------
    bytes
    """
    period = period_of(fiscal_year)
    stream = io.BytesIO()
    workbook = new_book(stream)
    # a fixed date instead of today's, so that the same inputs give the same bytes
    workbook.set_properties(
        {
            "title": "省エネ診断 入力シート",
            "created": datetime(period.first.year, period.first.month, 1, tzinfo=UTC),
        }
    )
    book = Book(workbook)
    write_company(book, company, period)
    write_energy(book, blocks_of(company, bills, period), period, site_names_range())
    write_equipment(book, company, site_names_range())
    write_meters(book, company, bills, site_names_range())
    write_assessment(book, company)
    write_questionnaire(book, company)
    workbook.close()
    return stream.getvalue()
