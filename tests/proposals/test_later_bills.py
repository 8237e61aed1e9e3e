"""A report of a year stays as it is when the bills of the next year have been entered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from carbonlib.analysing import demand_views, night_views, weather_views
from carbonlib.diagnosis import diagnose
from carbonlib.first_page import first_page
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT, copy_workspace

SET = "saitama-diagnosis-2025"


def year_after(row: dict[str, str]) -> dict[str, str]:
    """Return a bill of the year after, with everything else than its meter changed."""

    def changed(name: str, to: str) -> dict[str, str]:
        return {name: to} if row.get(name) else {}

    return {
        **row,
        **{name: f"{int(row[name][:4]) + 1}{row[name][4:]}" for name in ("start", "end")},
        "quantity": f"{float(row['quantity']) * 1.3:.0f}",
        "tax": "税込" if row["tax"] == "税抜" else "税抜",
        **changed("cost", "987654"),
        **changed("contract_demand_kw", "600"),
        **changed("peak_demand_kw", "590"),
        **changed("demand_charge_jpy", "99999"),
        **changed("power_factor_percent", "90"),
    }


@pytest.mark.parametrize("company", ["sample-metal", "sample-office", "sample-hotel"])
def test_bills_of_the_next_year_change_neither_page_one_nor_a_proposal(tmp_path: Path, company: str) -> None:
    home = copy_workspace(tmp_path)
    path = home / "parameters/companies" / company / "bills.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows, names = list(reader), reader.fieldnames
    later = [year_after(row) for row in rows if row["start"] >= "2025-04"]
    assert len(later) >= 12
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(rows + later)
    before, after = (diagnose(company, 2025, SET, workspace=Workspace(w)) for w in (ROOT, home))
    assert len(after.bills) == len(before.bills) + len(later)
    assert first_page(after) == first_page(before)
    for part in ("evaluation", "money", "offers", "marginal", "curve", "plans", "findings"):
        assert getattr(after.proposed, part) == getattr(before.proposed, part), part
    assert (after.accounts, after.findings) == (before.accounts, before.findings)
    for views in (demand_views, weather_views, night_views):
        assert views(after) == views(before)
