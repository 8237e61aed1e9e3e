"""What the tests of subsidies share: the shipped rounds, a made-up one, and an application that holds every rule."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from carbonlib.factors import Source, programmes
from carbonlib.records.subsidies import read_rounds
from carbonlib.records.subsidy_round import (
    AwardRule,
    Category,
    CostRule,
    Ground,
    Minimum,
    Round,
    RoundFactors,
    Rules,
)
from carbonlib.records.workspace import Workspace
from carbonlib.subsidies import Application, CostLine, SubsidyOffer, match
from carbonlib.units import Q_
from tests.conftest import ROOT

GROUND = Ground("assumption", Source("test", "test", "test", ""))
DAY = date(2025, 10, 1)  # within a window of both rounds of 令和7年度, and of the emergency round


@cache
def shipped() -> dict[str, Round]:
    return read_rounds(Workspace(ROOT))


def simple(
    rules: Rules | None = None,
    *,
    rate: Fraction = Fraction(1, 3),
    cap: int | None = None,
    excluded_lines: tuple[str, ...] = (),
    down_to: int = 1000,
    **more: Any,
) -> Round:
    """A round of one category for air conditioners, under 0.495 t-CO2/千kWh."""
    cap_jpy = None if cap is None else Fraction(cap)
    category = Category("c", "空調", ("air_conditioner",), "unclear", rate, cap_jpy, rules or Rules(), GROUND)
    fields: dict[str, Any] = {
        "factors": RoundFactors("saitama-diagnosis-2025", 2025, GROUND),
        "categories": (category,),
        "cost": CostRule(excluded_lines, Fraction(down_to), GROUND),
        "award": AwardRule("cost_effectiveness", GROUND),
    }
    return Round("r", "回", "round", "県", 2025, ground=GROUND, **{**fields, **more})


def three_tonnes(electricity: str = "") -> Round:
    own = Fraction(electricity) / 1000 if electricity else None
    factors = RoundFactors(
        "saitama-diagnosis-2025", 2025, GROUND, own, f"{electricity} t-CO2/千kWh" if electricity else ""
    )
    return simple(Rules(co2_reduction=Minimum(Fraction(3), "t-CO2", GROUND)), factors=factors)


FULL = Application(
    id="ac-1",
    proposals=("4",),
    measures=("air_conditioner_replacement",),
    equipment=("air_conditioner",),
    kind="capital",
    energy_saved={"electricity": Q_(7000.0, "kWh/year")},
    costs=(CostLine("空調機", Q_(3_300_000, "JPY"), "included", Q_(10, "percent"), "equipment"),),
    installed_on=date(2005, 6, 1),
    company_since=date(1990, 4, 1),
    site_since=date(1995, 4, 1),
    site_crude_oil=Q_(120.0, "kL_coe"),
    site_crude_oil_basis="saitama-diagnosis-2025",
    prior_grants=(),
    efficiency_evidence=("top-runner",),
    with_battery=False,
    with_ems=False,
    ordered=False,
    diagnosed_by="省エネナビゲーター",
    certifications=(),
)


def but(**changes: Any) -> Application:
    return dataclasses.replace(FULL, **changes)


def judged(application: Application, round: Round, on: date = DAY) -> SubsidyOffer:
    return match(application, round, programmes(), on=on)
