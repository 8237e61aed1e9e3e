"""Doubts about what was entered: prices, demand, floor area, change against last year, bills entered twice.

Each check says what is unusual, what would explain it and where it stands. Bands warn; what cannot be is an
error: ten times the power of the connection, or a price that only a slip of a thousand explains.
"""

from carbonlib.plausibility.checks import (
    acknowledged,
    doubts_by_pair,
    doubts_of_company,
    doubts_of_workspace,
    expected_alike,
)

__all__ = ["acknowledged", "doubts_by_pair", "doubts_of_company", "doubts_of_workspace", "expected_alike"]
