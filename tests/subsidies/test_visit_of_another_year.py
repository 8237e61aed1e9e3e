"""A visit gives priority with the subsidies of its own fiscal year alone, and the page says so where it does not."""

from __future__ import annotations

import pytest

from carbonlib import present
from carbonlib.diagnosis import diagnose
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("year", "on", "said"),
    [
        (2025, "2025-11-05", True),  # the visit is of 2024
        (2024, "2025-11-05", False),
        (2025, "2030-01-01", False),  # no round is open
    ],
)
def test_a_visit_of_another_year_gives_no_priority_and_the_page_says_so(
    year: int, on: str, said: bool
) -> None:
    d = diagnose("sample-metal", year, "saitama-diagnosis-2025", subsidies_on=on, workspace=Workspace(ROOT))
    found = [f for f in d.findings if f.id == "subsidies.visit_of_another_year"]
    assert len(found) == said
    assert ("診断の訪問は2024年度のもの" in present.findings_table(d).html) == said
    assert d.proposed is not None
    labels = [p for own in d.proposed.offers.values() for o in own for p in o.priority]
    assert ("diagnosis" in labels) == (year == 2024)
