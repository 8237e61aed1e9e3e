"""Accounts of a table of published figures."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.accounting.as_reported import AsReportedAccount, ReportedLine, as_reported
from carbonlib.records.as_reported import ReportedColumn, ReportedTable


def accounts_of(table: ReportedTable) -> list[AsReportedAccount]:
    """Return the account of each owner: a line for each label that has both GJ and t CO2.

    Parameters
    ----------
    table : ReportedTable
        As `records.as_reported` read it.
    """
    co2 = {c.label: c for c in table.of("co2")}
    pairs = [(e, co2[e.label]) for e in table.of("energy") if e.label in co2]
    return [
        as_reported(
            owner,
            [
                ReportedLine(e.label, figure(table, owner, e), figure(table, owner, c), table.places[owner])
                for e, c in pairs
            ],
            source=table.source,
            fiscal_year=table.fiscal_year,
        )
        for owner in table.figures
    ]


def figure(table: ReportedTable, owner: str, column: ReportedColumn) -> Fraction | None:
    """Return a figure in GJ, t CO2 or m2, exactly; None where the cell is blank."""
    value = table.figures[owner].get(column)
    return None if value is None else Fraction(value) * column.scale
