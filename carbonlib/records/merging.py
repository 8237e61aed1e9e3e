"""What a workbook says laid over what the files hold: nothing that the workbook leaves blank is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from carbonlib.errors import CarbonlibError
from carbonlib.records.model import Bill
from carbonlib.records.workbook.model import Problems
from carbonlib.records.workbook.months import plain
from carbonlib.records.writing import cells_of
from carbonlib.units import read

Meter = tuple[str, str, str]


@dataclass
class MergedBills:
    """The rows of bills.csv after an import, as cells; and how many of each kind."""

    rows: list[dict[str, str]] = field(default_factory=list)
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    kept: int = 0


def meter_of(bill: Bill) -> Meter:
    """Return what tells a bill's meter from others."""
    return bill.site_id, bill.meter_id, bill.carrier


def _completed(new: Bill, old: Bill) -> Bill:
    """Return a new bill with what it leaves blank taken from the one that it replaces."""
    paid = new if new.cost_jpy is not None else old
    contract, peak = new.contract_demand_kw, new.peak_demand_kw
    return replace(
        new,
        cost_jpy=paid.cost_jpy,
        tax=paid.tax,
        contract_demand_kw=old.contract_demand_kw if contract is None else contract,
        peak_demand_kw=old.peak_demand_kw if peak is None else peak,
        charges=old.charges,
        note=new.note or old.note,
        place=old.place,
    )


def merge_bills(old: list[tuple[Bill, dict[str, str]]], new: list[Bill], problems: Problems) -> MergedBills:
    """Return the rows of bills.csv: a new row replaces that of the same meter and period, all others stay.

    Parameters
    ----------
    old : list of Bill and its cells
        In the order of the file.
    new : list of Bill
        Of the workbooks.
    problems : Problems
        Takes each new row that shares days with an old one of another period.
    """
    merged = MergedBills()
    waiting = {(*meter_of(b), b.start, b.end): b for b in new}
    placed: list[tuple[Bill, dict[str, str]]] = []
    for bill, cells in old:
        fresh = waiting.pop((*meter_of(bill), bill.start, bill.end), None)
        if fresh is None:
            merged.kept += 1
            placed.append((bill, cells))
            continue
        full = _completed(fresh, bill)
        same = replace(full, charges={}) == replace(bill, charges={})
        merged.unchanged += same
        merged.replaced += not same
        placed.append((bill, cells) if same else (full, cells | cells_of(full)))
    merged.added = len(waiting)
    merged.rows = _with_new(placed, list(waiting.values()), problems)
    return merged


def _with_new(
    placed: list[tuple[Bill, dict[str, str]]], new: list[Bill], problems: Problems
) -> list[dict[str, str]]:
    """Return all cells, each new bill behind the earlier ones of its meter, a new meter's at the end."""
    have: dict[Meter, list[tuple[Bill, int]]] = {}
    for index, (bill, _) in enumerate(placed):
        have.setdefault(meter_of(bill), []).append((bill, index))
    order: list[tuple[float, dict[str, str]]] = [(float(i), cells) for i, (_, cells) in enumerate(placed)]
    for bill in sorted(new, key=lambda b: b.start):
        same = have.get(meter_of(bill), [])
        _name_overlap(bill, [b for b, _ in same], problems)
        earlier = [i for b, i in same if b.start <= bill.start]
        at = max(earlier) + 0.5 if earlier else (min(i for _, i in same) - 0.5 if same else len(placed))
        order.append((at, cells_of(bill)))
    if len(have) == 0:
        return [cells_of(b) for b in new]
    return [cells for _, cells in sorted(order, key=lambda pair: pair[0])]


def _name_overlap(bill: Bill, same_meter: list[Bill], problems: Problems) -> None:
    for other in same_meter:
        if other.start <= bill.end and bill.start <= other.end:
            problems.error(
                "overlaps_stored",
                f"登録済みの {other.place.text()}（{other.start}〜{other.end}）と期間が重なりますが、同じ期間ではないので"
                "置きかえません。正しくないほうを消してください。",
                f"The period overlaps that of {other.place.text('en')} ({other.start} to {other.end}) without being the "
                "same, so it does not replace it; delete the one that is wrong.",
                bill.place,
            )
            return


def _same_amount(text: Any, value: Decimal) -> bool:
    try:
        return isinstance(text, str) and read(text).value == value
    except CarbonlibError:
        return False


def _laid_over(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the new values; an amount that is the same keeps its spelling."""
    units = {"floor_area": "m2", "rated_input": "kW"}
    merged = dict(old)
    for name, value in new.items():
        if name in units:
            if not _same_amount(old.get(name), value):
                merged[name] = f"{value:,f} {units[name]}"
        elif not (name == "number" and value == 1 and name not in old):
            merged[name] = value
    return merged


def merge_sites(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sites: known ones by id, else by name, brought up to date; new ones behind them."""
    merged = [dict(s) for s in old]
    for site in new:
        given = {k: v for k, v in site.items() if k != "place"}
        at = next((i for i, s in enumerate(merged) if s.get("id") == given.get("id")), None)
        if at is None:
            wanted = plain(given["name"])
            at = next((i for i, s in enumerate(merged) if plain(str(s.get("name"))) == wanted), None)
            given = given if at is None else {k: v for k, v in given.items() if k != "id"}
        if at is not None:
            merged[at] = _laid_over(merged[at], given)
            continue
        taken = {s.get("id") for s in merged} | {s.get("id") for s in new}
        free = (f"site-{n}" for n in range(1, 1000) if f"site-{n}" not in taken)
        merged.append(_laid_over({"id": given.get("id") or next(free), "name": given["name"]}, given))
    return merged


def merge_equipment(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the equipment, and the names of what is registered and not in the workbook: it stays."""
    left = [dict(e) for e in old]
    merged: list[tuple[int, dict[str, Any]]] = []
    positions = {id(e): i for i, e in enumerate(left)}
    for one in new:
        like = [e for e in left if (e.get("family"), e.get("name")) == (one["family"], one["name"])]
        match = next((e for e in like if e.get("year") == one.get("year")), like[0] if like else None)
        if match is None:
            merged.append((len(old) + len(merged), _laid_over({}, one)))
        else:
            left = [e for e in left if e is not match]
            merged.append((positions[id(match)], _laid_over(match, one)))
    merged += [(positions[id(e)], e) for e in left]
    return [e for _, e in sorted(merged, key=lambda pair: pair[0])], [str(e.get("name")) for e in left]


def merge_company(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the entries of company.yaml, and the equipment that only the file knows.

    Parameters
    ----------
    old : dict
        As the file holds it, empty for a new company.
    new : dict
        What the workbook's forms hold.
    """
    merged = dict(old)
    left: list[str] = []
    for name, value in new.items():
        if name == "sites":
            merged[name] = merge_sites(old.get(name) or [], value)
        elif name == "equipment":
            merged[name], left = merge_equipment(old.get(name) or [], value)
        elif isinstance(value, dict):
            merged[name] = {**(old.get(name) or {}), **value}
        else:
            merged[name] = value
    return merged, left
