"""What the rows of a table of bills say of each other: bills that overlap, and totals beside the bills they add."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from carbonlib.errors import CarbonlibError, Finding, Message, Place
from carbonlib.records.billrow import BillRow
from carbonlib.records.manybills import ManyBills
from carbonlib.units import format_number, read_number

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


def compare_totals(totals: list[tuple[str, BillRow, list[Finding]]], bills: ManyBills) -> None:
    """Say of each total row what the bills of its company, carrier and unit add up to."""
    by = bills.columns
    for company_id, row, findings in totals:
        carrier, unit = row.text("carrier"), row.text("unit")
        try:
            stated = read_number(row.text("quantity"))
        except CarbonlibError:
            stated = None
        amounts = zip(bills.companies, by["unit"], by["carrier"], by["quantity"], strict=True)
        parts = [q for c, u, k, q in amounts if (c, u) == (company_id, unit) and carrier in {"", k}]
        total = format_number(sum(parts, Decimal(0)))
        ja, en = "", ""
        if stated is not None and parts:
            same = stated == sum(parts, Decimal(0))
            ja = f"この行の {format_number(stated)} {unit} は、{len(parts)} 行の和 {total} {unit} と{'合っています' if same else '合いません'}。"
            en = f" Its {format_number(stated)} {unit} {'are' if same else 'are not'} the sum of {len(parts)} rows, {total}."
        at = next(i for i, f in enumerate(findings) if f.id == "bill.total_row" and f.place == row.place)
        message = findings[at].message
        findings[at] = replace(findings[at], message=Message(message.ja + ja, message.en + en))


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
