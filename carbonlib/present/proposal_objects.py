"""Proposals and the abatement curve as JSON objects of unrounded numbers; null where a value is not known."""

from __future__ import annotations

import csv
import io
from datetime import date
from fractions import Fraction
from typing import Any

from carbonlib.errors import Language, shown
from carbonlib.finance import Cases, InvestmentCase, Payback
from carbonlib.measures import CalculationRow
from carbonlib.proposals.curve import Curve
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.followup import FollowedUp
from carbonlib.proposals.money import payback_after
from carbonlib.proposing import Proposed
from carbonlib.subsidies import RuleOutcome
from carbonlib.summary import effects_object, number
from carbonlib.tariffs import DemandSaving
from carbonlib.units import Quantity


def proposal_object(of: Proposed, lang: Language) -> dict[str, Any]:
    """Return the proposals as one object of unrounded numbers; null where a value is not known."""
    return {
        "company": of.company.id,
        "fiscal_year": of.fiscal_year,
        "programme": of.account.identity.programme,
        "proposals": [_object(e, of, lang) for e in of.evaluation.items],
        "order": list(of.evaluation.order),
        "total_alone": effects_object(of.evaluation.alone),
        "total_adjusted": effects_object(of.evaluation.adjusted),
        "curve": [
            {"number": b.number, "co2_t": float(b.co2_t), "jpy_per_t": b.jpy_per_t} for b in of.curve.blocks
        ],
        "curve_left_out": [_left_out(one, of.curve) for one in of.curve.left_out],
        "measured": [_followed(one) for one in of.followed],
        "notes": [f.text(lang) for f in of.findings],
    }


def _object(one: Evaluated, of: Proposed, lang: Language) -> dict[str, Any]:
    money = of.money[one.proposal.number]
    back = money.average.payback
    return {
        "number": one.proposal.number,
        "title": one.proposal.title,
        "measure": one.measure.id,
        "kind": one.kind,
        "status": one.proposal.status,
        "counted": one.counted,
        "replaced_by": one.replaced_by or None,
        "present": one.proposal.present,
        "reason": one.proposal.reason,
        "method": one.proposal.method,
        "co2_before_t": number(one.alone.co2_before_t),
        "refrigerant": _quantity(one.saving.refrigerant),
        "maintenance": _quantity(one.saving.maintenance),
        "alone": effects_object(one.alone),
        "adjusted": effects_object(one.adjusted),
        "capital_jpy": number(one.capital_jpy),
        "payback_years": _years(back.before),
        "payback_after_subsidy_years": _years(back.after),
        "payback": back.before.sentence.text(lang),
        "payback_at_marginal_price_years": _years(money.marginal.payback.before),
        "useful_life_years": None if money.life is None else float(money.life.magnitude),
        "useful_life_basis": money.life_basis.text(lang),
        "saving_at_average_price_jpy": number(money.average.saving_jpy),
        "saving_at_marginal_price_jpy": number(money.marginal.saving_jpy),
        "first_year_saving_at_marginal_price_jpy": number(money.marginal.first_year_jpy),
        "cases_at_average_price": _cases(money.average.cases),
        "cases_at_marginal_price": _cases(money.marginal.cases),
        "demand_charge": _demand(money.demand, lang),
        "table": [_table_row(r, lang) for r in one.saving.table],
        "offers": [
            {
                "round": o.round_id,
                "verdict": o.verdict,
                "offer_jpy": number(o.offer_jpy),
                "payback_after_years": None
                if o.offer_jpy is None
                else _years(payback_after(one, money, o.offer_jpy)),
                "co2_t": number(o.co2_t),
                "failed": [_outcome(r, lang) for r in o.failed],
                "missing": [_outcome(r, lang) for r in o.missing],
                "priority": list(o.priority_labels),
                "documents": [document.label for document in o.documents],
            }
            for o in of.offers.get(one.proposal.number, ())
        ],
    }


def _outcome(outcome: RuleOutcome, lang: Language) -> dict[str, Any]:
    """Return a rule with what was compared; dates as text, their margin in days."""
    return {
        "rule": outcome.rule,
        "text": outcome.message.text(lang),
        "value": _compared(outcome.value),
        "threshold": _compared(outcome.threshold),
        "margin": number(outcome.margin),
        "unit": outcome.unit or None,
    }


def _compared(value: Fraction | date | None) -> float | str | None:
    return value.isoformat() if isinstance(value, date) else number(value)


def _left_out(one: tuple[str, str], curve: Curve) -> dict[str, Any]:
    why = "no_reduction" if one in curve.no_reduction else "not_known"
    return {"company": one[0], "number": one[1], "why": why}


def _followed(one: FollowedUp) -> dict[str, Any]:
    return {
        "number": one.proposal.proposal.number,
        "fiscal_year": one.fiscal_year,
        "carrier": one.carrier,
        "unit": one.unit,
        "expected": number(one.expected),
        "expected_since_done": number(one.since_done),
        "measured": number(one.measured),
        "note": one.note,
    }


def _quantity(value: Quantity | None) -> dict[str, Any] | None:
    return None if value is None else {"value": float(value.magnitude), "unit": f"{value.units:~}"}


def _table_row(row: CalculationRow, lang: Language) -> dict[str, Any]:
    return {
        "symbol": row.symbol,
        "item": row.label.text(lang),
        "value": float(row.quantity.magnitude),
        "unit": row.unit,
        "formula": row.formula,
        "basis": row.basis.text(lang),
        "how": row.how,
        "evidence": row.evidence,
    }


def _demand(demand: DemandSaving | None, lang: Language) -> dict[str, Any] | None:
    if demand is None:
        return None
    first, steady = demand.first_year, demand.steady_year
    return {
        "first_year_jpy": None if first is None else float(first.magnitude),
        "steady_jpy": None if steady is None else float(steady.magnitude),
        "sentence": demand.sentence.text(lang),
    }


def _years(payback: Payback) -> float | None:
    return None if payback.years is None else float(payback.years.magnitude)


def _cases(cases: Cases | None) -> dict[str, Any] | None:
    """Return the low, base and high case, each before and after subsidy; without one both are the same."""
    if cases is None:
        return None
    return {
        name: {"before_subsidy": _case(case.before_subsidy), "after_subsidy": _case(case)}
        for name, case in (("low", cases.low), ("base", cases.base), ("high", cases.high))
    }


def _case(case: InvestmentCase) -> dict[str, Any]:
    """Return payback, net present value, rate of return and yen per tonne, all of the same money."""
    rate, cost = case.irr.rate, case.abatement.annualised
    return {
        "payback_years": _years(case.payback.after),
        "npv_jpy": case.npv_jpy,
        "irr_percent": None if rate is None else float(rate.magnitude),
        "jpy_per_t_co2": None if cost is None else float(cost.magnitude),
    }


def curve_object(curve: Curve) -> dict[str, Any]:
    """Return the curve as one object."""
    return {
        "co2_t": float(curve.co2_t),
        "blocks": [
            {
                "company": b.company_id,
                "number": b.number,
                "title": b.title,
                "co2_t": float(b.co2_t),
                "start_t": float(b.start_t),
                "end_t": float(b.end_t),
                "jpy_per_t": b.jpy_per_t,
            }
            for b in curve.blocks
        ],
        "left_out": [_left_out(one, curve) for one in curve.left_out],
    }


def curve_csv(curve: Curve) -> str:
    """Return the blocks of the curve as CSV for a spreadsheet, unrounded; a text never becomes a formula."""
    stream = io.StringIO()
    columns = ("company", "number", "title", "co2_t", "start_t", "end_t", "jpy_per_t")
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    for block in curve_object(curve)["blocks"]:
        writer.writerow({k: _cell(v) for k, v in block.items()})
    return "\ufeff" + stream.getvalue()  # the mark by which spreadsheets know UTF-8


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = shown(value, 200)
    return f"'{plain}" if plain[:1] in set("=+-@") else plain
