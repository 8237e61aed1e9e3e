"""What a workbook says laid over what the files hold: nothing that the workbook leaves blank is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from carbonlib.errors import CarbonlibError, shown
from carbonlib.records.model import CHARGE_NAMES, Bill, Tax
from carbonlib.records.reading.problems import Problems
from carbonlib.records.writing import cells_of
from carbonlib.units import Q_, format_number, ratio, read_unit, same_dimension
from carbonlib.units.spellings import key

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


def _same_amount(new: Bill, old: Bill) -> bool:
    """Return whether two bills say one amount: 100 kWh and 0.1 千kWh do, m3 of another state does not."""
    if key(new.unit) == key(old.unit):
        return new.quantity == old.quantity
    basis = (
        "lpg_gas" if new.carrier == "lpg" else "low_pressure_meter"
    )  # for a plain m3, which two bills share
    try:
        unit, scale = read_unit(new.unit, volume_basis=basis)
        stored, stored_scale = read_unit(old.unit, volume_basis=basis)
    except CarbonlibError:
        return False
    if not same_dimension(Q_(1, unit), stored):
        return False
    return Fraction(new.quantity * scale) * ratio(unit, stored) == Fraction(old.quantity * stored_scale)


def _charges(new: Bill, old: Bill, problems: Problems) -> dict[str, Decimal]:
    """Return the lines of a bill: the old ones stay only beside the amount and cost that they were printed with."""
    if _same_amount(new, old) and new.cost_jpy in {None, old.cost_jpy}:
        return {**old.charges, **new.charges}
    if gone := [name for c, name in CHARGE_NAMES.items() if c in old.charges and c not in new.charges]:
        problems.note(
            "charges_taken_away",
            f"使用量か料金が変わったので、登録済みの内訳（{'・'.join(gone)}）は消しました。分かるときは書き足してください。",
            "Amount or cost changed, so the lines that were stored beside the old ones were taken away "
            f"({', '.join(c for c, n in CHARGE_NAMES.items() if n in gone)}); add the new ones where they are known.",
            new.place,
        )
    return dict(new.charges)


def _paid(new: Bill, old: Bill, problems: Problems) -> tuple[Decimal | None, Tax]:
    """Return cost and tax: a blank cost keeps both, and a cost that did not change keeps its tax."""
    if new.cost_jpy is not None:
        return new.cost_jpy, old.tax if new.tax == "unknown" and new.cost_jpy == old.cost_jpy else new.tax
    if old.cost_jpy is not None and not _same_amount(new, old):
        # the wrong digit may have been the amount's, so the cost is not thrown away
        problems.note(
            "cost_kept",
            f"使用量が {shown(old.written)} から {shown(new.written)} に変わりましたが、料金が空欄なので、登録済みの "
            f"{format_number(old.cost_jpy)} 円を残しました。料金も変わるときは書き足してください。",
            f"The amount changed from {shown(old.written)} to {shown(new.written)} and the cost is blank, so the stored "
            f"{format_number(old.cost_jpy)} JPY stays; write the new cost where it changes too.",
            new.place,
        )
    return old.cost_jpy, old.tax


def _completed(new: Bill, old: Bill, problems: Problems) -> Bill:
    """Return a new bill with what it leaves blank taken from the one that it replaces."""
    cost_jpy, tax = _paid(new, old, problems)
    contract, peak = new.contract_demand_kw, new.peak_demand_kw
    same = _same_amount(new, old)
    return replace(
        new,
        quantity=old.quantity if same else new.quantity,  # what says the same keeps its spelling
        unit=old.unit if same else new.unit,
        cost_jpy=cost_jpy,
        tax=tax,
        contract_demand_kw=old.contract_demand_kw if contract is None else contract,
        peak_demand_kw=old.peak_demand_kw if peak is None else peak,
        # another amount is another reading, and says itself whether it is an estimate
        estimated=old.estimated if new.estimated is None and same else new.estimated,
        charges=_charges(new, old, problems),
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
        Takes each new row that shares days with an old one of another period, lines that were taken away, and a cost
        that stays beside another amount.
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
        full = _completed(fresh, bill, problems)
        same = full == bill
        merged.unchanged += same
        merged.replaced += not same
        placed.append((bill, cells) if same else (full, cells | cells_of(full)))
    merged.added = len(waiting)
    merged.rows = _with_new(placed, list(waiting.values()), problems)
    return merged


def placed_as_brought(stored: Iterable[Bill], new: Iterable[Bill]) -> tuple[list[Bill], list[Bill]]:
    """Return all bills with those that were brought at their places in the files, and these alone."""
    places = {(*meter_of(b), b.start, b.end): b.place for b in new}
    known, brought = [], []
    for bill in stored:
        place = places.get((*meter_of(bill), bill.start, bill.end))
        known.append(replace(bill, place=place) if place else bill)
        if place:
            brought.append(known[-1])
    return known, brought


def _with_new(
    placed: list[tuple[Bill, dict[str, str]]], new: list[Bill], problems: Problems
) -> list[dict[str, str]]:
    """Return all cells, each new bill behind the earlier ones of its meter, a new meter's at the end."""
    if not placed:
        return [cells_of(b) for b in new]
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
