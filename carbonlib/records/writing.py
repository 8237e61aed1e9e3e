"""Parameters as text: company.yaml, bills.csv and report files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from carbonlib.fiscal_year import Period
from carbonlib.records.billrow import READING_WORDS
from carbonlib.records.bills import OPTIONAL, REQUIRED
from carbonlib.records.model import CHARGES, TAX_WORDS, Bill

_ORDER = (
    *(
        "id",
        "name",
        "industry",
        "sample",
        "source",
        "supported_by",
        "suppliers",
        "sites",
        "equipment",
        "remarks",
    ),
    *("self_assessment", "auditor_assessment", "axis_set", "questionnaire", "end_uses", "meters", "tenants"),
    *(
        "visits",
        "address",
        "contact",
        "operating_since",
        "operating_margin",
        "target",
        "prior_grants",
        "activity_drivers",
    ),
    "acknowledged",
)


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their entry, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _entry(name: str, value: Any) -> str:
    written: str = yaml.dump(
        {name: value},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=False,
    )
    return written


def company_text(old_text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return company.yaml with the entries that changed; all other lines, comments included, stay as they are.

    Parameters
    ----------
    old_text : str
        The present file, empty for a new company.
    old, new : mapping
        Its entries before and after.
    """
    changed = {k: v for k, v in new.items() if k not in old or old[k] != v}
    if not old_text:
        return "".join(_entry(k, new[k]) for k in sorted(new, key=_ORDER.index))
    node = yaml.compose(old_text, Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    lines = old_text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if node.flow_style:
        return "".join(_entry(k, v) for k, v in new.items()) if changed else old_text
    starts = [(key.value, key.start_mark.line) for key, _ in node.value]
    ends = [start for _, start in starts[1:]] + [len(lines)]
    written = lines[: starts[0][1]] if starts else lines
    for (name, start), end in zip(starts, ends, strict=True):
        tail = end
        while tail > start + 1 and (not lines[tail - 1].strip() or lines[tail - 1].startswith("#")):
            tail -= 1
        own = [_entry(name, changed[name])] if name in changed else lines[start:tail]
        written += [*own, *lines[tail:end]]
    known = {name for name, _ in starts}
    written += [_entry(k, changed[k]) for k in sorted(changed, key=_ORDER.index) if k not in known]
    return "".join(written)


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def cells_of(bill: Bill) -> dict[str, str]:
    """Return a bill as the cells of bills.csv; a line that it does not state is blank."""
    paid = bill.cost_jpy is not None
    return {
        "site_id": bill.site_id,
        "meter_id": bill.meter_id,
        "carrier": bill.carrier,
        "start": bill.start.isoformat(),
        "end": bill.end.isoformat(),
        "quantity": _plain(bill.quantity),
        "unit": bill.unit,
        "cost": _plain(bill.cost_jpy),
        "cost_unit": "円" if paid else "",
        "tax": TAX_WORDS[bill.tax] if paid else "",
        "contract_demand_kw": _plain(bill.contract_demand_kw),
        "peak_demand_kw": _plain(bill.peak_demand_kw),
        "estimated": READING_WORDS[bill.estimated],
        "note": bill.note,
        **{c: _plain(bill.charges.get(c)) for c in CHARGES},
    }


def bills_text(header: list[str], rows: list[dict[str, str]]) -> str:
    """Return bills.csv.

    Parameters
    ----------
    header : list of str
        Columns of the present file, empty for a new one; columns that new rows need are added at the end.
    rows : list of dict
        Cells by column.
    """
    columns = header or [*REQUIRED, *(c for c in OPTIONAL if c not in CHARGES)]
    columns = [*columns, *(c for c in OPTIONAL if c not in columns and any(r.get(c) for r in rows))]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def report_text(company_id: str, fiscal_year: int, programme: str, period: Period | None = None) -> str:
    """Return the parameter file of a company's report, of twelve other months where `period` names them."""
    months = f'period_from: "{period.first}"\n' if period else ""
    return f"company_id: {company_id}\nfiscal_year: {fiscal_year}\n{months}programme: {programme}\n"
