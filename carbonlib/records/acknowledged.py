"""acknowledged in company.yaml: warnings that somebody looked into, by the id of the check."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import Field

from carbonlib.errors import Finding, Message, shown
from carbonlib.records.fields import Strict, Text
from carbonlib.records.model import Acknowledgement
from carbonlib.records.yamlfile import YamlFile

# what a company may acknowledge; a test finds each in the code
WARNINGS = (
    "account.jump",
    "bill.bands_exceed_use",
    "bill.cost_blank",
    "bill.gap",
    "bill.in_two_companies",
    "bill.lines_do_not_add_up",
    "bill.month_jump",
    "bill.price_band",
    "bill.size_band",
    "bill.tax_mixed",
    "bill.twice",
    "bill.year_alone",
    "company.sales_band",
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
# what no reason explains: it can only be mended
ERRORS = ("bill.future", "bill.over_demand", "bill.price_impossible", "bill.size_impossible")


class AcknowledgementEntry(Strict):
    """An entry of `acknowledged`; without a fiscal year it covers all years, without a subject all carriers."""

    check: Text
    reason: Text
    subject: str = ""
    fiscal_year: Annotated[int, Field(ge=1950, le=2100)] | None = None


def acknowledgements_of(
    entries: Sequence[AcknowledgementEntry], file: YamlFile
) -> tuple[Acknowledgement, ...]:
    """Return what was acknowledged, each with its line."""
    return tuple(
        Acknowledgement(e.check, e.reason, e.subject, e.fiscal_year, file.place(("acknowledged", i, "check")))
        for i, e in enumerate(entries)
    )


def unknown_checks(entries: Iterable[AcknowledgementEntry], file: YamlFile) -> Iterator[Finding]:
    """Yield an error for each entry whose check does not exist: it would acknowledge nothing."""
    for i, entry in enumerate(entries):
        if entry.check in WARNINGS + ERRORS:
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
