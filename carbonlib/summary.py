"""The summary of a diagnosis as plain data (summary.json): unrounded numbers, units in the names, no personal data.

`docs/summary-schema.json` describes it. A number that is not known is null; the company is named by its id only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from carbonlib import __version__
from carbonlib.accounting import AccountLine, EnergyAccount, Part
from carbonlib.accounting.sheet import of_month
from carbonlib.answer import answer_rows
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Finding
from carbonlib.factors import KL_PER_GJ, Factor
from carbonlib.finance import Payback
from carbonlib.key_figures import KeyFigure, key_figures, lines_of
from carbonlib.proposals.effects import Effects
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposing import Proposed

SCHEMA = "carbonlib.summary/1"


def number(value: Fraction | None) -> float | None:
    """Return an exact value as the nearest float, None for one that is not known."""
    return None if value is None else float(value)


def factors_of(d: Diagnosis) -> list[Factor]:
    """Return the factors that the account used, in the order of its lines."""
    return list(dict.fromkeys(f for line in d.account.lines for f in line.factors))


def factor_names(d: Diagnosis) -> dict[Factor, str]:
    """Return what each factor of the account is called: its id, with its years where another of the id is used too."""
    used = factors_of(d)
    ids = Counter(f.id for f in used)
    return {f: f.id if ids[f.id] == 1 else f"{f.id}@{f.validity()}" for f in used}


def summary_of(d: Diagnosis) -> dict[str, Any]:
    """Return the summary of a diagnosis as JSON data.

    Parameters
    ----------
    d : Diagnosis
        The company's year.

    Returns
    -------
    dict
        By `docs/summary-schema.json`.
    """
    names = factor_names(d)
    return {
        "schema": SCHEMA,
        "company_id": d.company.id,
        "sample": d.company.sample,
        "published_by": d.company.source,
        "fiscal_year": d.fiscal_year,
        "period": {
            "first_day": d.period.first_day.isoformat(),
            "last_day": d.period.last_day.isoformat(),
        },
        "programme": {
            "id": d.programme.id,
            "name_ja": d.programme.name_ja,
            "name_en": d.programme.name_en,
            "basis": d.programme.basis,
            "provisional_factor_year": d.account.provisional_year,
        },
        "account": {"lines": [_line(line, names) for line in d.account.lines], "totals": _totals(d.account)},
        "previous_totals": None if d.previous is None else _totals(d.previous),
        "proposals": None if d.proposed is None else _proposals(d.proposed),
        "customer_answer": [
            {"key": r.key, "unit": r.unit, "value": number(r.value), "factors": list(r.factor_ids)}
            for r in answer_rows(d)
            if r.unit  # words say the company's name
        ],
        "findings": [_finding(f) for f in d.findings],
        "factors": [_factor(f, name) for f, name in names.items()],
        "crude_oil_kl_per_gj": number(KL_PER_GJ),
        "provenance": {
            "carbonlib": __version__,
            "inputs": [{"name": i.name, "sha256": i.sha256} for i in d.inputs],
            "figures": [_figure(f, names) for f in key_figures(d)],
        },
    }


def _totals(account: EnergyAccount) -> dict[str, Any]:
    return {
        "cost_jpy": number(account.cost_jpy),
        "primary_energy_gj": number(account.energy_gj),
        "crude_oil_equivalent_kl": number(account.crude_oil_kl),
        "co2_t": number(account.co2_t),
    }


def part_values(part: Part) -> dict[str, float | None]:
    """Return what a part of a line comes to, unrounded."""
    price = part.cost_jpy / part.quantity if part.cost_jpy is not None and part.quantity else None
    return {
        "quantity": number(part.quantity),
        "cost_jpy": number(part.cost_jpy),
        "unit_price_jpy": number(price),
        "primary_energy_gj": number(part.energy_gj),
        "crude_oil_equivalent_kl": number(part.crude_oil_kl),
        "co2_t": number(part.co2_t),
    }


def _part(part: Part, names: Mapping[Factor, str]) -> dict[str, Any]:
    ids = _factor_ids((part,), names)
    return {"fiscal_years": list(part.fiscal_years), **part_values(part), "factors": ids}


def _factor_ids(parts: tuple[Part, ...], names: Mapping[Factor, str]) -> dict[str, str | None]:
    """Return the factors that all the parts share, None where they do not, or there is none."""

    def shared(factors: Iterable[Factor | None]) -> str | None:
        found = {names[f] if f is not None else None for f in factors}
        return found.pop() if len(found) == 1 else None

    return {
        "energy": shared(p.energy_factor for p in parts),
        "co2": shared(p.co2_factor for p in parts),
        "mass": shared(p.mass_factor for p in parts),
    }


def _line(line: AccountLine, names: Mapping[Factor, str]) -> dict[str, Any]:
    return {
        "carrier": line.carrier,
        "unit": line.unit,
        "quantity": number(line.quantity),
        "cost_jpy": number(line.cost_jpy),
        "unit_price_jpy": number(line.unit_price_jpy),
        "tax": list(line.taxes),
        "primary_energy_gj": number(line.energy_gj),
        "crude_oil_equivalent_kl": number(line.crude_oil_kl),
        "co2_t": number(line.co2_t),
        "factors": _factor_ids(line.by_factors, names),
        # of a line whose two fiscal years have factors of their own
        **({} if len(line.by_factors) == 1 else {"parts": [_part(part, names) for part in line.by_factors]}),
        "months": _months(line) if line.monthly else [],
        "rows": [{"file": p.file, "line": p.line, "sheet": p.sheet, "cell": p.cell} for p in line.rows],
    }


def _months(line: AccountLine) -> list[dict[str, Any]]:
    return [
        {
            "month": str(m.month),
            "quantity": number(m.quantity),
            "cost_jpy": number(m.cost_jpy),
            "primary_energy_gj": number(of_month(line, m, lambda p: p.energy_gj)),
            "crude_oil_equivalent_kl": number(of_month(line, m, lambda p: p.crude_oil_kl)),
            "co2_t": number(of_month(line, m, lambda p: p.co2_t)),
            "contract_demand_kw": number(m.contract_demand_kw),
            "peak_demand_kw": number(m.peak_demand_kw),
        }
        for m in line.months
    ]


def _proposals(proposed: Proposed) -> dict[str, Any]:
    evaluation = proposed.evaluation
    return {
        "items": [_proposal(one, proposed) for one in evaluation.items],
        "order": list(evaluation.order),
        "alone": effects_object(evaluation.alone),
        "adjusted": effects_object(evaluation.adjusted),
    }


def _proposal(one: Evaluated, proposed: Proposed) -> dict[str, Any]:
    money = proposed.money[one.proposal.number]
    return {
        "number": one.proposal.number,
        "title": one.proposal.title,
        "measure": one.measure.id,
        "kind": one.kind,
        "status": one.proposal.status,
        "counted": one.counted,
        "replaced_by": one.replaced_by,
        "alone": effects_object(one.alone),
        "adjusted": effects_object(one.adjusted),
        "capital_jpy": number(one.capital_jpy),
        "payback": {
            "average_price": _payback(money.average.payback.before),
            "average_price_after_subsidy": _payback(money.average.payback.after),
            "marginal_price": _payback(money.marginal.payback.before),
        },
        "subsidies": [
            {
                "round": o.round_id,
                "on": o.on.isoformat(),
                "verdict": o.verdict,
                "offer_jpy": number(o.offer_jpy),
            }
            for o in proposed.offers.get(one.proposal.number, ())
        ],
    }


def _payback(payback: Payback) -> dict[str, Any]:
    return {"kind": payback.kind, "years": number(payback.exact_years)}


def effects_object(effects: Effects) -> dict[str, Any]:
    """Return effects as JSON data; null where one is not known."""
    return {
        "saved": [
            {"carrier": a.carrier, "unit": a.unit, "quantity": number(a.saved)} for a in effects.amounts
        ],
        "co2_reduction_t": number(effects.co2_reduction_t),
        "primary_energy_gj": number(effects.energy_gj),
        "crude_oil_equivalent_kl": number(effects.crude_oil_kl),
        "cost_saving_average_jpy": number(effects.cost_average_jpy),
        "cost_saving_marginal_jpy": number(effects.cost_marginal_jpy),
    }


def _figure(f: KeyFigure, names: Mapping[Factor, str]) -> dict[str, Any]:
    """Return a number of the first page with its provenance."""
    return {
        "id": f.id,
        "label_ja": f.label.ja,
        "label_en": f.label.en,
        "value": number(f.value),
        "unit": f.unit,
        "formula_ja": f.formula.ja,
        "formula_en": f.formula.en,
        "places": [
            {
                "file": lines.file,
                "sheet": lines.sheet,
                "lines": ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in lines.runs),
            }
            for lines in lines_of(f.places)
        ],
        "factors": [names.get(x, x.id) for x in f.factors],
        "data_rows": list(f.rows),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "id": finding.id,
        "severity": finding.severity,
        "subject": finding.subject,
        "ja": finding.message.ja,
        "en": finding.message.en,
        "place": {"file": place.file, "line": place.line, "sheet": place.sheet, "cell": place.cell},
    }


def _factor(factor: Factor, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "set": factor.set,
        "carrier": factor.carrier,
        "supplier": factor.supplier,
        "kind": factor.kind,
        "value": float(factor.value),
        "unit": factor.unit,
        "volume_basis": factor.volume_basis,
        "basis": factor.basis,
        "measured_fiscal_year": factor.measured_fy,
        "applies_from_fiscal_year": factor.applies_from,
        "applies_to_fiscal_year": factor.applies_to,
        "evidence": factor.evidence,
        "derived_from": list(factor.derived_from),
        "source": factor.source,
        "source_label": "" if factor.cited is None else factor.cited.label(),
        "source_published": "" if factor.cited is None else factor.cited.published,
        "locator": factor.locator,
        "exception": factor.exception,
        "note": factor.note,
    }
