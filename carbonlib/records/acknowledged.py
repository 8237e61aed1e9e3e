"""acknowledged in company.yaml: warnings that somebody looked into, by the id of the check."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import Field

from carbonlib.errors import Finding, Message, shown
from carbonlib.records.fields import Id, Strict, Text
from carbonlib.records.model import Acknowledgement
from carbonlib.records.yamlfile import YamlFile

# what a company may acknowledge; a test finds each in the code
WARNINGS = (
    "account.jump",
    "bill.bands_exceed_use",
    "bill.cost_blank",
    "bill.cost_negative",
    "bill.gap",
    "bill.in_two_companies",
    "bill.lines_do_not_add_up",
    "bill.month_jump",
    "bill.price_band",
    "bill.size_band",
    "bill.tax_mixed",
    "bill.twice",
    "bill.year_alone",
    "company.menu_unknown",
    "company.sales_band",
    "company.supplier_unknown",
    "factor.default_taken",
    "factor.no_year",
    "factor.provisional",
    "factor.supplier_missing",
    "factor.supplier_unknown",
    "load.bill_differs",
    "load.gap",
    "meter.parent_without_bills",
    "site.employee_band",
    "site.intensity_band",
)
ACROSS = "bill.in_two_companies"  # the one that is of two companies, and is acknowledged for the two alone
# what no reason explains: it can only be mended
ERRORS = ("bill.future", "bill.over_demand", "bill.price_impossible", "bill.size_impossible")


class AcknowledgementEntry(Strict):
    """An entry of `acknowledged`; without a fiscal year it covers all years, without a subject all carriers.

    `with` names the other company of `bill.in_two_companies`: what is expected in one is a mistake in a third.
    """

    check: Text
    reason: Text
    subject: str = ""
    fiscal_year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    with_: Annotated[Id | None, Field(alias="with")] = None


def acknowledgements_of(
    entries: Sequence[AcknowledgementEntry], file: YamlFile
) -> tuple[Acknowledgement, ...]:
    """Return what was acknowledged, each with its line."""
    return tuple(
        Acknowledgement(
            e.check,
            e.reason,
            e.subject,
            e.fiscal_year,
            file.place(("acknowledged", i, "check")),
            e.with_ or "",
        )
        for i, e in enumerate(entries)
    )


def unknown_checks(entries: Iterable[AcknowledgementEntry], file: YamlFile) -> Iterator[Finding]:
    """Yield an error for each entry that would acknowledge nothing: its check does not exist, or `with` is out of place."""
    for i, entry in enumerate(entries):
        if entry.check in WARNINGS + ERRORS:
            if (entry.check == ACROSS) == (entry.with_ is None):
                yield Finding(
                    "acknowledged.with", "error", _with(entry), file.place(("acknowledged", i, "check"))
                )
            continue
        near = difflib.get_close_matches(entry.check, WARNINGS, n=3, cutoff=0.4)
        yield Finding(
            "acknowledged.unknown",
            "error",
            Message(
                f"確認済みにできる確認事項に「{shown(entry.check)}」はありません。近いもの: {'・'.join(near) or 'なし'}。"
                "id は carbonlib check で確かめられます。",
                f"There is no doubt {shown(entry.check)!r} to acknowledge; close to it: {', '.join(near) or 'none'}. "
                "carbonlib check shows the ids.",
            ),
            file.place(("acknowledged", i, "check")),
        )


def _with(entry: AcknowledgementEntry) -> Message:
    if entry.with_ is None:
        return Message(
            f"{ACROSS} を確認済みにするには、同じ請求があってよい相手の事業者の id を with に書いてください（例 with: sample-office）。",
            f"To acknowledge {ACROSS}, name the other company's id as with (for example, with: sample-office).",
        )
    return Message(
        f"with を書けるのは {ACROSS} だけです。{entry.check} の項目から with を消してください。",
        f"Only {ACROSS} takes with; delete it from the entry of {entry.check}.",
    )
