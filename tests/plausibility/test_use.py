"""The use of a site is what the account counts of it: sub-meters whose parent has bills are part of that."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from carbonlib.plausibility.use import used_by_site
from carbonlib.records.model import Bill, Company, Meter, Site


def bill(meter: str, kwh: int, year: int = 2024) -> Bill:
    return Bill("s", meter, "electricity", date(year, 4, 1), date(year, 4, 30), Decimal(kwh), "kWh")


@pytest.mark.parametrize(
    ("bills", "kwh"),
    [
        ([bill("main", 1000), bill("sub", 300)], 1000),
        ([bill("sub", 300)], 300),  # the account counts it, as nothing else says what was used
        ([bill("sub", 300), bill("main", 1000, 2023)], 300),
        ([bill("sub", 300), bill("main", 0)], 0),
    ],
)
def test_a_sub_meter_counts_where_no_meter_above_has_bills(bills: list[Bill], kwh: int) -> None:
    meters = (Meter("main", "s"), Meter("sub", "s", parent="main"))
    company = Company("c", "C", "x", (Site("s", "S"),), meters=meters)
    [(amount, _)] = used_by_site(bills, company, 2024).values()
    assert amount == kwh
