"""What the bills of one carrier leave open."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.accounting.calendar import is_monthly, share_in_year, shares, uncovered
from carbonlib.errors import Finding, Message, Place, Severity
from carbonlib.factors import carriers
from carbonlib.records.model import Bill


def coverage(
    carrier: str, bills: list[Bill], costs: list[Fraction | None], fiscal_year: int
) -> list[Finding]:
    """Return what the bills leave open: months without a bill, blank costs, estimates, straddling periods."""
    name, name_en = carriers()[carrier].label_ja, carriers()[carrier].label_en
    found = []

    def note(id: str, severity: Severity, ja: str, en: str, place: Place | None = None) -> None:
        found.append(Finding(id, severity, Message(ja, en), place or Place(bills[0].place.file)))

    by_meter: dict[tuple[str, str], list[Bill]] = {}
    for bill in bills:
        by_meter.setdefault((bill.site_id, bill.meter_id), []).append(bill)
    for (site, meter), own in by_meter.items():
        if missing := uncovered(own, fiscal_year):
            months = "・".join(str(m) for m in missing)
            note(
                "bill.gap",
                "warning",
                f"{name}（{site} {meter}）の {months} の請求がありません。年間の値はこの月を含みません。",
                f"{name_en} ({site} {meter}) has no bill for {months}; the annual figures leave it out.",
            )
    if any(c is None for c in costs):
        blank = sum(c is None for c in costs)
        note(
            "bill.cost_blank",
            "warning",
            f"{name}の料金が {blank} 行で空欄です。空欄を 0 円とはみなさず、年間の費用は集計していません。",
            f"{name_en} has {blank} rows with a blank cost; a blank is not zero, so no annual cost is stated.",
        )
    taxes = {b.tax for b in bills if b.cost_jpy is not None}
    if len(taxes) > 1:
        note(
            "bill.tax_mixed",
            "warning",
            f"{name}の料金に税込・税抜・不明が混ざっています。どれかに揃えてください。",
            f"The costs of {name_en} are with and without tax; make them alike.",
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
    divided = [b for b in bills if is_monthly(b) and len(shares(b, fiscal_year)) > 1]
    beyond = [b for b in bills if share_in_year(b, fiscal_year) != 1]
    if divided or beyond:
        note(
            "bill.calendarised",
            "note",
            f"{name}の請求 {len({*divided, *beyond})} 件は月をまたぐため、日数で月に割り振りました。",
            f"{len({*divided, *beyond})} bills of {name_en} straddle months and were divided by days.",
        )
    return found
