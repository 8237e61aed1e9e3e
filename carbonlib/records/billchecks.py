"""What the rows of a table of bills say of each other: bills that overlap, and totals beside the bills they add."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from carbonlib.errors import CarbonlibError, Finding, Message, Place
from carbonlib.records.billrow import BillRow
from carbonlib.records.manybills import ManyBills
from carbonlib.records.reading.sums import nearest
from carbonlib.records.reading.totalwords import says_total
from carbonlib.units import format_number, read_number

SHARED_DAYS = ("bill.duplicate", "bill.overlap")  # ids of bills that share days with another
_SAME = ("start", "end", "quantity", "unit", "cost_jpy")


def overlaps(bills: ManyBills) -> list[Finding]:
    """Return an error for every bill that shares days with another of the same company, meter and carrier."""
    found = []
    by = bills.columns
    starts, ends = by["start"], by["end"]
    by_meter: dict[tuple[str, str, str, str], list[int]] = {}
    meters = zip(bills.companies, by["site_id"], by["meter_id"], by["carrier"], strict=True)
    for index, meter in enumerate(meters):
        by_meter.setdefault(meter, []).append(index)
    for own in by_meter.values():
        own.sort(key=lambda i: (starts[i], ends[i]))
        for before, after in pairwise(own):
            if starts[after] > ends[before]:
                continue
            line = by["place"][before]
            if all(by[c][before] == by[c][after] for c in _SAME):
                id, message = (
                    "bill.duplicate",
                    Message(
                        f"{line} 行目と同じ請求です。どちらかの行を消してください。",
                        f"The same bill as line {line}; delete one of the rows.",
                    ),
                )
            else:
                id, message = (
                    "bill.overlap",
                    Message(
                        f"{line} 行目（{starts[before]}〜{ends[before]}）と期間が重なっています。"
                        "同じ請求を 2 回入れていないか確かめてください。",
                        f"The period overlaps that of line {line} ({starts[before]} to {ends[before]}); "
                        "check whether a bill was entered twice.",
                    ),
                )
            found.append(Finding(id, "error", message, bills.place(after)))
    return found


def total_rows(totals: Sequence[tuple[str, BillRow]], bills: ManyBills) -> list[Finding]:
    """Return an error for each total row: it is no bill, and does it say what the bills that it may be of add up to?

    Parameters
    ----------
    totals : sequence of str and BillRow
        The rows, each with its company, in the order of the file.
    bills : ManyBills
        The bills beside them.
    """
    found = []
    before: dict[str, list[int]] = {}
    for company_id, row in totals:
        earlier = before.setdefault(company_id, [])
        ja, en = _sum_beside(company_id, row, earlier, bills)
        message = Message(
            "合計の行です。請求ごとの行だけを残し、この行を消してください。" + ja,
            "This is a total row; keep the rows of bills only and delete it." + en,
        )
        found.append(Finding("bill.total_row", "error", message, row.place))
        earlier.append(row.place.line or 0)
    return found


def _sum_beside(company_id: str, row: BillRow, earlier: list[int], bills: ManyBills) -> tuple[str, str]:
    """Return what is to be said of a total: whether it is of the rows since one of those above it, or of all."""
    try:
        stated = read_number(row.text("quantity"))
    except CarbonlibError:
        return "", ""
    unit, line = row.text("unit"), row.place.line or 0
    asked = {"unit": unit, **{c: row.text(c) for c in ("site_id", "meter_id", "carrier")}}
    asked = {c: v for c, v in asked.items() if c == "unit" or (v and not says_total(v))}
    by = bills.columns
    of = [
        (by["place"][i], by["quantity"][i])
        for i, owner in enumerate(bills.companies)
        if owner == company_id and all(by[c][i] == v for c, v in asked.items())
    ]
    parts = [[q for at, q in of if begin < at < line] for begin in (*reversed(earlier), 0)]
    group = nearest(stated, [*parts, [q for _, q in of]])
    if not group:
        return "", ""
    total = sum(group, Decimal(0))
    same, written, summed = stated == total, format_number(stated), format_number(total)
    return (
        f"この行の {written} {unit} は、{len(group)} 行の和 {summed} {unit} と{'合っています' if same else '合いません'}。",
        f" Its {written} {unit} {'are' if same else 'are not'} the sum of {len(group)} rows, {summed}.",
    )


def yen_assumed(bills: ManyBills) -> list[Finding]:
    """Return a note for a file some of whose costs have no unit and were read as yen."""
    if not (lines := bills.read_as_yen):
        return []
    named = "・".join(map(str, lines[:5])) + ("…" if len(lines) > 5 else "")
    message = Message(
        f"料金の単位（cost_unit）が空欄の行が {len(lines)} 行あり（{named} 行目）、円として読みました。千円や万円の額なら、cost_unit に"
        "書いてください。",
        f"{len(lines)} rows have a cost without cost_unit (lines {named.replace('・', ', ')}); they were read as yen. Write "
        "千円 or 万円 in cost_unit where they are not.",
    )
    return [Finding("bill.cost_unit_assumed", "note", message, Place(bills.file, lines[0]))]
