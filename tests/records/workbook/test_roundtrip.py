"""The product's own workbook, sent and read back untouched, changes nothing: any meters, any days of reading, any months."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from carbonlib.factors import carriers
from carbonlib.fiscal_year import Month, Period
from carbonlib.publish.template import template
from carbonlib.records.bills import OPTIONAL, REQUIRED, read_bills
from carbonlib.records.company import read_company
from tests.records.workbook.books import COMPANY, bring, refusal, shop, snapshot

CARRIERS = {c: ("m3", "kg") if c == "lpg" else kind.display_units for c, kind in carriers().items()}
SITES = COMPANY.replace("remarks:", "  - id: kita\n    name: 北工場\nremarks:")
# (site, meter, carrier, unit, day on which a period begins, months to a bill, months before the template's first)
Meter = tuple[str, str, str, str, int, int, int]


@st.composite
def meters(draw: st.DrawFn) -> list[Meter]:
    found = []
    names = st.sampled_from(["E1", "G1", "電力量計1", "受電使用量", "0312-4567", "合計", "4月", "12"])
    for _ in range(draw(st.integers(1, 4))):
        carrier = draw(st.sampled_from(sorted(CARRIERS)))
        found.append(
            (
                draw(st.sampled_from(["honten", "kita"])),
                draw(names),
                carrier,
                draw(st.sampled_from(CARRIERS[carrier])),
                draw(st.integers(1, 28)),
                draw(st.sampled_from([1, 1, 1, 2, 3])),
                draw(st.integers(-3, 3)),
            )
        )
    return list({(m[0], m[1], m[2]): m for m in found}.values())


def rows_of(meter: Meter, period: Period) -> list[dict[str, str]]:
    """Return bills of sixteen months or so, the first of which begins before the period, at it or after it."""
    site, name, carrier, unit, day, step, before = meter
    found = []
    at = period.first.year * 12 + period.first.month - 1 - before
    for number in range(0, 16, step):
        begin, following = (date(m // 12, m % 12 + 1, day) for m in (at + number, at + number + step))
        row = dict.fromkeys((*REQUIRED, *OPTIONAL), "")
        row |= {"site_id": site, "meter_id": name, "carrier": carrier, "unit": unit}
        row |= {"start": str(begin), "end": str(following - timedelta(days=1))}
        row |= {"quantity": str(Decimal(number * 37 + 20) / 10), "cost": str(number + 1), "tax": "税込"}
        row["cost_unit"] = "円"
        if carrier == "electricity":
            row |= {"contract_demand_kw": "20"}
        found.append(row)
    return found


def csv_of(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    written = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    written.writeheader()
    written.writerows(rows)
    return out.getvalue()


SOBA: list[Meter] = [
    ("honten", "E1", "electricity", "kWh", 13, 1, 1),
    ("honten", "G1", "city_gas", "m3", 8, 1, 1),
    ("honten", "P1", "lpg", "m3", 1, 1, 0),
]


@settings(max_examples=60)
@given(meters(), st.integers(1, 12), st.integers(2023, 2025))
@example(SOBA, 4, 2025)
@example(SOBA, 7, 2025)
def test_a_workbook_that_nobody_touched_changes_nothing(chosen: list[Meter], month: int, year: int) -> None:
    period = Period(Month(year, month))
    rows = [row for meter in chosen for row in rows_of(meter, period)]
    with tempfile.TemporaryDirectory() as folder:
        home = shop(Path(folder) / "ws", csv_of(rows), SITES)
        company = read_company(home, "shop")
        own = read_bills(home, company)
        laid = [b for b in own if b.start <= period.last_day and b.end >= period.first_day]
        file = Path(folder) / "own.xlsx"
        file.write_bytes(template(period, company, own))
        before = snapshot(home)
        done = bring(home, file, company=None)
        assert [f for f in done.findings if f.severity == "error"] == []
        [change] = done.changes
        assert (change.added, change.replaced, change.unchanged) == (0, 0, len(laid))
        assert {k: v for k, v in snapshot(home).items() if not k.startswith("reports/")} == before


def test_a_blank_unit_is_asked_for_in_its_cell_and_in_units_of_its_carrier(tmp_path: Path) -> None:
    file = tmp_path / "blank.xlsx"
    file.write_bytes(template(2025))
    sheets = load_workbook(file)
    sheets["エネルギー"]["D64"].value = 12
    sheets.save(file)
    [found] = refusal(shop(tmp_path / "ws"), file)
    assert (found.id, found.place.cell) == ("workbook.unit_missing", "D64")
    assert "「単位」の欄（E64）に kg・m3・t のどれか" in found.message.ja
