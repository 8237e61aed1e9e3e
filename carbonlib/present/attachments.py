"""What stands beside the report: the data of its workbook and its summary, carried by the executed notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from carbonlib.accounting import AccountLine, Part
from carbonlib.accounting.sheet import SheetFactor, co2_by, energy_by, in_sheet_unit, sheet_scale, units_of
from carbonlib.answer import AnswerRow, answer_rows
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import shown
from carbonlib.factors import Factor, carriers
from carbonlib.factors.model import KIND_LABELS
from carbonlib.fiscal_year import days_label
from carbonlib.present import text
from carbonlib.present.shown import TYPST, html_of, typst_text
from carbonlib.summary import factor_names, factors_of, number, part_values, summary_of

ATTACHED = "application/vnd.carbonlib.report+json"
_SENTENCE = (
    "この報告書の計算は、計算式の入った換算計算シート（energy_account.xlsx）と、丸める前の数値（summary.json）でも"
    "ご覧いただけます。"
)


@dataclass(frozen=True)
class Attachments:
    """The data of the files beside the report, which are written from the executed notebook."""

    data: dict[str, Any]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            ATTACHED: self.data,
            "text/html": html_of("<p>{{ s }}</p>", s=_SENTENCE),
            TYPST: f"#par({typst_text(_SENTENCE)})\n",
            "text/plain": _SENTENCE,
        }


def attachments(d: Diagnosis) -> Attachments:
    """Return what energy_account.xlsx and summary.json are written from, so that nothing is computed twice."""
    begin, end = d.period.first_day, d.period.last_day
    return Attachments(
        {
            "company": shown(d.company.name, 300),
            "sites": [shown(s.name, 300) for s in d.company.sites],
            "period": days_label(begin, end),
            "fiscal_year": d.period.label(),
            "programme": d.programme.name_ja,
            "mark": text.SAMPLE_BANNER
            if d.company.sample
            else f"公表値：{shown(d.company.source, 300)}の数値です。"
            if d.company.source
            else "",
            "lines": [_line(line, factor_names(d)) for line in d.account.lines],
            "factors": _factors(d),
            "answer": [_answer(row) for row in answer_rows(d)],
            "summary": summary_of(d),
        }
    )


def _line(line: AccountLine, names: Mapping[Factor, str]) -> dict[str, Any]:
    """Return a line as the check sheet shows it, in the sheet's units; its rows where it has several."""
    rows = [_row(name, part, names) for name, part in text.parts_of(line)]
    if len(rows) == 1:
        return rows[0]
    display, sheet = units_of(line)
    values = [part_values(part) for part in line.by_factors]
    return {
        "name": text.carrier_name(line),
        "unit": sheet,
        "bill_unit": display,
        "rows": [{**row, "values": v} for row, v in zip(rows, values, strict=True)],
    }


def _row(name: str, part: Part, names: Mapping[Factor, str]) -> dict[str, Any]:
    def shown_by(by: SheetFactor | None) -> dict[str, Any] | None:
        if by is None:
            return None
        return {
            "per_unit": float(by.per_unit),
            "factor": names[by.factor],
            "times": float(by.times),
            "mass": None if by.mass is None else names[by.mass],
            "divides": by.divides,
        }

    display, sheet = units_of(part)
    return {
        "name": name,
        "unit": sheet,
        "quantity": number(in_sheet_unit(part)),
        "bill_unit": display,
        "bill_units": sheet_scale(part),
        "energy": shown_by(energy_by(part)),
        "co2": shown_by(co2_by(part)),
    }


def _answer(row: AnswerRow) -> dict[str, Any]:
    return {
        "label": row.label,
        "value": number(row.value),
        "unit": row.unit,
        "words": "" if row.value is not None else shown(row.words, 700),
        "how": row.how,
        "factors": list(row.factor_ids),
        "source": row.source,
    }


def _factors(d: Diagnosis) -> list[dict[str, Any]]:
    """Return the words of reports for the factors of the summary, in its order."""
    return [
        {
            "name": f"{carriers()[f.carrier].label_ja} {KIND_LABELS[f.kind][0]}",
            "validity": f.validity() or "定めなし",
            "evidence": text.evidence(f),
        }
        for f in factors_of(d)
    ]
