"""Which bills a company's account counts, and how much of each: sub-meters and tenants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from carbonlib.errors import Finding, Message
from carbonlib.factors import carriers
from carbonlib.records.model import Bill, Meter

_Key = tuple[str, str, str]


def _key(bill: Bill) -> _Key:
    return bill.site_id, bill.meter_id, bill.carrier


def _billed_parent(meter: Meter, meters: dict[tuple[str, str], Meter], billed: set[_Key]) -> str | None:
    """Return the nearest meter above that has bills, None where there is none."""
    seen = {meter.id}
    above = meter
    while above.parent and above.parent not in seen:
        if (meter.site_id, above.parent, meter.carrier) in billed:
            return above.parent
        seen.add(above.parent)
        found = meters.get((meter.site_id, above.parent))
        if found is None:
            return None
        above = found
    return None


def _without_tenants(bill: Bill, share: Decimal) -> Bill:
    """Return a bill less the share of it that tenants use, exact; demands are the connection's and stay."""
    with localcontext() as exact:
        exact.prec = 80
        own = 1 - share
        cost = None if bill.cost_jpy is None else bill.cost_jpy * own
        return replace(bill, quantity=bill.quantity * own, cost_jpy=cost)


def within_boundary(
    bills: Iterable[Bill], meters: Sequence[Meter], *, tenants: str = "included"
) -> tuple[list[Bill], list[Finding]]:
    """Return the bills as the company's account counts them, and what was left out.

    Parameters
    ----------
    bills : iterable of Bill
        Of one fiscal year.
    meters : sequence of Meter
        What is known of the meters; bills of a meter that is not among them count whole.
    tenants : str
        ``included``: a bill counts whole, whoever used it. ``excluded``: the `tenant_share` of its meter is taken off its
        quantity and cost.

    Returns
    -------
    list of Bill
        In their order. Bills of a sub-meter are left out where a meter above it has bills: what it counts is part of
        theirs. A sub-meter without such a bill counts, and a finding says so.
    list of Finding
    """
    listed = list(bills)
    by_id = {(m.site_id, m.id): m for m in meters}
    billed = {_key(b) for b in listed}
    kept: list[Bill] = []
    findings: dict[str, Finding] = {}
    for bill in listed:
        meter = by_id.get((bill.site_id, bill.meter_id))
        if meter is None or meter.carrier != bill.carrier:
            kept.append(bill)
            continue
        if meter.parent:
            parent = _billed_parent(meter, by_id, billed)
            said = _sub_meter(bill, meter, parent)
            findings.setdefault(said.message.ja, said)
            if parent:
                continue
        if meter.tenant_share:
            said = _tenants(bill, meter.tenant_share, excluded=tenants == "excluded")
            findings.setdefault(said.message.ja, said)
        if tenants == "excluded" and meter.tenant_share:
            bill = _without_tenants(bill, meter.tenant_share)
        kept.append(bill)
    return kept, list(findings.values())


def _sub_meter(bill: Bill, meter: Meter, parent: str | None) -> Finding:
    name = carriers()[bill.carrier]
    if parent:
        return Finding(
            "meter.part_of_parent",
            "note",
            Message(
                f"{name.label_ja}の子メーター {bill.meter_id}（{bill.site_id}）の使用量は、元のメーター {parent} に含まれるため、合計に"
                "足していません。",
                f"{name.label_en}: what the sub-meter {bill.meter_id} ({bill.site_id}) counts is part of {parent} and is "
                "not added again.",
            ),
            bill.place,
            subject=bill.carrier,
        )
    return Finding(
        "meter.parent_without_bills",
        "warning",
        Message(
            f"{name.label_ja}の子メーター {bill.meter_id}（{bill.site_id}）の元のメーター {meter.parent} に、診断期間の請求がありません。"
            "子メーターの分だけを数えています。元のメーターの請求を入れてください。",
            f"{name.label_en}: {meter.parent}, the parent of the sub-meter {bill.meter_id} ({bill.site_id}), has no bills "
            "of the year; only the sub-meter counts. Enter the parent's bills.",
        ),
        bill.place,
        subject=bill.carrier,
    )


def _tenants(bill: Bill, share: Decimal, *, excluded: bool) -> Finding:
    name, percent = carriers()[bill.carrier], f"{share.scaleb(2).normalize():f}"  # as it was entered
    if excluded:
        ja = "を除いています。契約電力と最大需要電力は、メーター全体の値です"
        en = "is taken off; contract and peak demand are those of the whole meter"
    else:
        ja, en = "を含みます", "is included"
    return Finding(
        "meter.tenants_excluded" if excluded else "meter.tenants_included",
        "note",
        Message(
            f"{name.label_ja}（{bill.site_id} {bill.meter_id}）は、テナントの使用分 {percent} % {ja}。",
            f"{name.label_en} ({bill.site_id} {bill.meter_id}): the tenants' share of {percent} % {en}.",
        ),
        bill.place,
        subject=bill.carrier,
    )
