"""Tables for the tests of the audit, written as they would be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carbonlib.audit import audit, objects
from carbonlib.factors import built_in_sets
from carbonlib.records.printed_columns import column_of
from carbonlib.records.printed_table import PrintedTable, TableRow


def table(header: Sequence[str], *rows: Sequence[str]) -> PrintedTable:
    columns = tuple(column_of(i, h) for i, h in enumerate(header))
    lines = tuple(TableRow(n, n + 1, tuple(cells)) for n, cells in enumerate(rows, 1))
    return PrintedTable("table.csv", "", columns, lines)


def breaks(header: Sequence[str], *rows: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the audit says of a table."""
    return objects(audit(table(header, *rows), built_in_sets().values()), "en")


def told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(f["row"], f["column"], f["printed"], f["implied"], f["reason"]) for f in found]
