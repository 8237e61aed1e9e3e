"""What the bills of one carrier leave open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from carbonlib.accounting.calendar import gaps, is_monthly, period_label, share_in_year, shares
from carbonlib.accounting.taxes import among
from carbonlib.errors import Finding, Message, Place, Severity
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Period, days_label
from carbonlib.records.model import Bill
from carbonlib.units import format_number


def missing_days(bills: Iterable[Bill], period: Period) -> dict[tuple[str, str], list[tuple[date, date]]]:
    """Return the periods without a bill of each meter of these bills, by site and meter."""
    by_meter: dict[tuple[str, str], list[Bill]] = {}
    for bill in bills:
        by_meter.setdefault((bill.site_id, bill.meter_id), []).append(bill)
    return {meter: gaps(own, period) for meter, own in by_meter.items()}


def unlike_units(carrier: str, bills: Iterable[tuple[Bill, str]]) -> list[Finding]:
    """Return a note for each meter of whose bills some are counted in another unit than others."""
    name, found = carriers()[carrier], []
    by_meter: dict[tuple[str, str], dict[str, Bill]] = {}
    for bill, unit in bills:
        first = by_meter.setdefault((bill.site_id, bill.meter_id), {})
        if unit not in first or bill.start < first[unit].start:
            first[unit] = bill
    for (site, meter), first in by_meter.items():
        if len(first) < 2:
            continue
        units = [b.unit for b in sorted(first.values(), key=lambda b: b.start)]
        message = Message(
            f"{name.label_ja}（{site} {meter}）の請求は、単位が月によって違います（{' と '.join(units)}）。単位ごとに集計しています。",
            f"The bills of {name.label_en} ({site} {meter}) differ in unit from month to month ({' and '.join(units)}); "
            "each unit is added up by itself.",
        )
        place = max(first.values(), key=lambda b: b.start).place  # where the unit changes
        found.append(Finding("bill.units_differ", "note", message, place, carrier))
    return found


def coverage(carrier: str, bills: list[Bill], period: Period) -> list[Finding]:
    """Return what the bills leave open: days without a bill, blank costs, estimates, straddling periods."""
    name, name_en = carriers()[carrier].label_ja, carriers()[carrier].label_en
    found = []

    def note(id: str, severity: Severity, ja: str, en: str, place: Place | None = None) -> None:
        found.append(
            Finding(id, severity, Message(ja, en), place or Place(bills[0].place.file), subject=carrier)
        )

    for (site, meter), missing in missing_days(bills, period).items():
        if missing:
            ja = "・".join(period_label(*gap) for gap in missing)
            en = ", ".join(period_label(*gap, "en") for gap in missing)
            note(
                "bill.gap",
                "warning",
                f"{name}（{site} {meter}）の{ja}の請求がありません。年間の値はこの期間を含みません。",
                f"{name_en} ({site} {meter}) has no bill for {en}; the annual figures leave it out.",
            )
    if blank := [b for b in bills if b.cost_jpy is None]:
        lines = "・".join(str(b.place.line) for b in blank[:5] if b.place.line) + (
            "…" if len(blank) > 5 else ""
        )
        where = f"（{lines} 行目）" if lines else ""
        note(
            "bill.cost_blank",
            "warning",
            f"{name}の料金が {len(blank)} 行で空欄です{where}。空欄を 0 円とはみなさないため、年間の費用は集計せず、"
            "平均単価は料金のある行だけで求めています。",
            f"{name_en} has {len(blank)} rows with a blank cost{f' (lines {lines})' if lines else ''}; a blank is not "
            "zero, so no annual cost is stated, and the average price is that of the rows with a cost.",
        )
    taxes = {b.tax for b in bills if b.cost_jpy is not None}
    if len(taxes) > 1:
        mixed = among(taxes)
        note(
            "bill.tax_mixed",
            "warning",
            f"{name}の料金に{mixed.ja}が混ざっています。税込か税抜のどちらかに揃えてください。",
            f"The tax of the costs of {name_en} is mixed ({mixed.en}); enter all of them with tax, or all without it.",
        )
    elif taxes == {"unknown"}:
        note(
            "bill.tax_unknown",
            "note",
            f"{name}の料金が税込か税抜かは、資料に書かれていません。",
            f"Whether the costs of {name_en} include tax is not stated.",
        )
    if estimated := [b for b in bills if b.estimated]:
        note(
            "bill.estimated",
            "note",
            f"{name}に推定検針の請求が {len(estimated)} 件あります。",
            f"{name_en} has {len(estimated)} bills by estimated reading.",
            estimated[0].place,
        )
    divided = [b for b in bills if is_monthly(b) and len(shares(b, period)) > 1]
    beyond = [b for b in bills if share_in_year(b, period) != 1]
    if divided or beyond:
        straddling = [b for b in bills if b in divided or b in beyond]
        shown = "、".join(_shares_words(b, period) for b in straddling[:3])
        more = "など" if len(straddling) > 3 else ""
        note(
            "bill.calendarised",
            "note",
            f"{name}の請求 {len(straddling)} 件は月をまたぐため、日数で月に割り振りました（{shown}{more}）。",
            f"Bills of {name_en} that straddle months ({len(straddling)}) were divided by days.",
        )
    return found


def _shares_words(bill: Bill, period: Period) -> str:
    parts = "・".join(
        f"{m.month}月 {format_number(share * 100)}%" for m, share in shares(bill, period).items()
    )
    outside = 1 - share_in_year(bill, period)
    return f"{days_label(bill.start, bill.end)}は {parts}" + (
        f"・{period.word('年度')}外 {format_number(outside * 100)}%" if outside else ""
    )
