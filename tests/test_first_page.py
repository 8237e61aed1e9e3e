"""What comes first, which diagnosis fits, which dates concern the equipment, and where the path leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carbonlib import present
from carbonlib.conclusion import conclusion
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.factors import programmes
from carbonlib.first_page import first_page, goal_for, legal_concerns, roadmap_of
from carbonlib.legal import concerns
from carbonlib.menu import GUIDE_KL, fitting, margin_to
from carbonlib.records.equipment_model import Equipment, Observed
from carbonlib.records.legal_dates import legal_dates
from carbonlib.records.schemes import schemes
from carbonlib.records.targets import Target, target_paths
from carbonlib.records.workspace import Workspace
from carbonlib.roadmap import Goal, RoadmapStep, goal_of, roadmap
from carbonlib.units import read
from tests.conftest import ROOT, copy_workspace

SAITAMA = "saitama-diagnosis-2025"
KINDS = {"R410A": "HFC", "R22": "HCFC", "R744": "自然冷媒"}
DAY = date(2026, 3, 31)


@cache
def diagnosis(company: str, year: int, programme: str = SAITAMA, on: str | None = None) -> Diagnosis:
    return diagnose(company, year, programme, subsidies_on=on, workspace=Workspace(ROOT))


# --- the menu


@pytest.mark.parametrize(
    ("kl", "ids"),
    [
        (Fraction(299), {"saitama-navi", "eccj-a", "sii-walkthrough"}),
        (Fraction(300), {"saitama-specialist", "eccj-b", "sii-walkthrough"}),
        (Fraction(1500), {"saitama-specialist", "eccj-large"}),
        (None, set()),
    ],
)
def test_schemes_fit_by_size_and_the_line_itself_belongs_above(kl: Fraction | None, ids: set[str]) -> None:
    assert {s.id for s in fitting(schemes(), kl)} == ids


def test_the_margin_to_300_kl_names_its_electricity_basis() -> None:
    # 300 kL is 1,191 千kWh at 9.76 and 1,346 千kWh at 8.64 GJ/千kWh: the line moves with the basis
    old = margin_to(GUIDE_KL, Fraction(0), programmes()[SAITAMA], 2024)
    new = margin_to(GUIDE_KL, Fraction(0), programmes()["shk"], 2024)
    assert old.factor is not None
    assert new.factor is not None
    assert (str(old.factor.value), str(new.factor.value)) == ("9.76", "8.64")
    assert old.electricity_kwh is not None
    assert new.electricity_kwh is not None
    assert (round(old.electricity_kwh), round(new.electricity_kwh)) == (-1191384, -1345823)
    shop = first_page(diagnosis("saitama-shop", 2023))
    assert shop.margin is not None
    assert round(shop.margin.difference_kl, 3) == Fraction("279.107")


# --- legal dates


def machine(family: str, **known: object) -> Equipment:
    return Equipment(family, family, **known)  # type: ignore[arg-type]


def found(*machines: Equipment, on: date = DAY) -> dict[str, tuple[int, int, tuple[str, ...], bool]]:
    return {
        c.row.id: (len(c.certain), len(c.unsure), c.missing, c.passed)
        for c in concerns(machines, legal_dates(), KINDS, on)
    }


def test_lamps_meet_the_date_of_their_own_kind() -> None:
    for lamp, id, day in (
        ("電球形蛍光灯", "fluorescent-bulb-2026", date(2026, 1, 1)),
        ("コンパクト形蛍光灯", "fluorescent-compact-2027", date(2027, 1, 1)),
        ("直管蛍光灯", "fluorescent-tube-2028", date(2028, 1, 1)),
        ("環形蛍光灯", "fluorescent-tube-2028", date(2028, 1, 1)),
        ("水銀灯", "mercury-lamp-2021", date(2021, 1, 1)),
    ):
        assert found(machine("lighting", lamp=Observed(lamp))) == {id: (1, 0, (), day < DAY)}
        assert next(r.date for r in legal_dates() if r.id == id) == day
    assert found(machine("lighting", lamp=Observed("LED"))) == {}
    unsure = found(machine("lighting"))
    assert all(v[:3] == (0, 1, ("lamp",)) for v in unsure.values())
    assert len(unsure) == 4


@pytest.mark.parametrize("name", ["FLR40×2灯", "FHF32 埋込", "ＦＬ２０", "蛍光灯（事務所）", "廊下 FCL30"])
def test_a_name_that_says_fluorescent_is_no_mercury_lamp(name: str) -> None:
    met = found(Equipment("lighting", name))
    assert set(met) == {"fluorescent-bulb-2026", "fluorescent-compact-2027", "fluorescent-tube-2028"}
    assert "mercury-lamp-2021" in found(Equipment("lighting", "工場の高天井灯"))


def test_an_absorption_chiller_holds_no_fluorocarbons() -> None:
    assert found(Equipment("air_conditioner", "ガス吸収式冷温水機")) == {}
    assert "refrigerant-simple" in found(Equipment("air_conditioner", "ガスヒートポンプ"))


def test_a_date_passes_the_day_after_it() -> None:
    lamp = machine("lighting", lamp=Observed("直管蛍光灯"))
    assert not found(lamp, on=date(2028, 1, 1))["fluorescent-tube-2028"][3]
    assert found(lamp, on=date(2028, 1, 2))["fluorescent-tube-2028"][3]


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({"year": 1993, "insulation": Observed("油入")}, {"low-pcb-2027": (1, 0, (), False)}),
        ({"year": 1994, "insulation": Observed("油入")}, {"low-pcb-2027": (0, 1, ("maker",), False)}),
        ({"year": 1995, "insulation": Observed("油入")}, {}),
        ({"year": 1980, "insulation": Observed("モールド")}, {}),
        ({"year": 1980}, {"low-pcb-2027": (0, 1, ("insulation",), False)}),
        ({}, {"low-pcb-2027": (0, 1, ("insulation", "year"), False)}),
    ],
)
def test_oil_filled_transformers_up_to_1993_are_to_be_tested_and_those_of_1994_asked_about(
    known: dict[str, object], wanted: dict[str, object]
) -> None:
    assert found(machine("transformer", **known)) == wanted


def test_refrigerants_ask_for_inspections_and_the_motor_decides_the_periodic_one() -> None:
    small = machine("air_conditioner", refrigerant=Observed("R410A"), rated_input=Observed(read("2.5 kW")))
    assert found(small) == {"refrigerant-simple": (1, 0, (), False)}
    large = machine("air_conditioner", refrigerant=Observed("R22"), rated_input=Observed(read("9.8 kW")))
    assert found(large) == {
        "refrigerant-simple": (1, 0, (), False),
        "refrigerant-periodic-ac": (0, 1, ("motor",), False),
    }
    assert found(machine("refrigerator", refrigerant=Observed("R744"))) == {}
    assert found(machine("production")) == {}


def test_the_reports_judge_dates_by_the_visit_or_the_last_day_of_the_year() -> None:
    metal, office = diagnosis("sample-metal", 2024), diagnosis("sample-office", 2025)
    assert first_page(metal).day == date(2025, 7, 8)
    assert first_page(office).day == date(2026, 3, 31)
    assert [(c.row.id, c.passed) for c in legal_concerns(metal)] == [
        ("mercury-lamp-2021", True),
        ("low-pcb-2027", False),
    ]
    assert "fluorescent-tube-2028" in [c.row.id for c in legal_concerns(office)]


# --- what to do first


def test_operational_ones_come_first_and_the_largest_other_is_among_the_three() -> None:
    page = first_page(diagnosis("sample-office", 2025, SAITAMA, "2025-10-30"))
    assert [(f.one.proposal.number, f.why) for f in page.first] == [
        ("2", "operational"),
        ("3", "operational"),
        ("4", "largest_repaid"),  # another of the office's is worn out before it has paid
    ]
    assert page.judged
    assert not first_page(diagnosis("sample-office", 2025)).judged


def _office_with(tmp_path: Path, *items: dict[str, object]) -> Diagnosis:
    root = copy_workspace(tmp_path / "ws", companies=("sample-office",), years=(2025,))
    text = yaml.dump({"proposals": list(items)}, allow_unicode=True)
    (root / "parameters/companies/sample-office/proposals.yaml").write_text(text, "utf-8")
    return diagnose("sample-office", 2025, SAITAMA, workspace=Workspace(root))


def _direct(number: str, before: str, after: str, cost: str) -> dict[str, object]:
    return {
        "number": number,
        "title": f"対策{number}",
        "measure": "before_after",
        "kind": "capital",
        "load": {"use": "cooling" if number == "1" else "lighting"},
        "inputs": {"before": before, "after": after},
        "capital": [{"item": "機器", "amount": cost, "tax": "税抜"}],
        "useful_life": "10 年",
    }


def test_what_is_worn_out_before_it_has_paid_comes_last_however_much_it_saves(tmp_path: Path) -> None:
    d = _office_with(
        tmp_path,
        _direct("1", "9,000 kWh/年", "1,000 kWh/年", "90,000 千円"),
        _direct("2", "9,000 kWh/年", "6,000 kWh/年", "500 千円"),
    )
    page = first_page(d)
    assert [(f.one.proposal.number, f.why) for f in page.first] == [
        ("2", "largest_repaid"),
        ("1", "worn_out_first"),
    ]
    assert "投資を回収する前に耐用年数を迎える" in present.cover(d).html


def test_what_makes_it_worse_is_not_recommended_and_no_sign_contradicts_another(tmp_path: Path) -> None:
    d = _office_with(tmp_path, _direct("1", "1,000 kWh/年", "9,000 kWh/年", "500 千円"))
    words = "".join(m.ja for m in conclusion(d))
    assert "内容の見直しをお勧めします" in words
    assert "計画的な更新をお勧めします" not in words
    assert "省エネ余地" not in words
    cover = present.cover(d).plain
    assert "増・費用 ＋" in cover
    assert "増えます" in "".join(one.html for one in present.bank_pages(d).values)


def test_declined_and_done_proposals_are_never_among_the_first() -> None:
    page = first_page(diagnosis("sample-metal", 2024))
    assert page.first
    assert all(f.one.proposal.status in {"提案", "採用"} for f in page.first)


def test_without_a_factor_of_co2_the_first_ones_are_chosen_by_crude_oil() -> None:
    page = first_page(diagnosis("sample-metal", 2024, "shk"))
    assert page.reducible.co2_t is None
    assert page.first


def test_the_reducible_amount_is_the_adjusted_one_with_its_share() -> None:
    d = diagnosis("sample-office", 2025)
    assert d.proposed is not None
    r = first_page(d).reducible
    assert r.co2_t == d.proposed.evaluation.adjusted.co2_reduction_t
    assert r.co2_t is not None
    assert d.account.co2_t is not None
    assert r.co2_share == r.co2_t / d.account.co2_t
    assert r.co2_t < (d.proposed.evaluation.alone.co2_reduction_t or 0)


# --- the path

months = st.sampled_from(["", "2025-12", "2026-04", "2026-10", "2028-03", "2035-01"])
steps = st.lists(
    st.builds(
        RoadmapStep,
        st.just("1"),
        st.just("x"),
        st.fractions(0, 5, max_denominator=100),
        months,
        st.booleans(),
    ),
    max_size=6,
)


@given(steps, st.fractions(30, 1000, max_denominator=10))
def test_the_path_falls_from_today_to_what_all_proposals_leave(
    some: list[RoadmapStep], now: Fraction
) -> None:
    goal = Goal(2013, 2030, Fraction(46, 100), now, "given", None, assumed=False)
    path = roadmap(goal, {2025: now}, 2025, some)
    assert path is not None
    assert [y for y, _ in path.planned] == list(range(2025, 2031))
    assert path.planned[0] == path.adopted[0] == (2025, now)
    for (_, a), (_, b) in zip(path.planned, path.planned[1:], strict=False):
        assert a >= b
    assert all(p[1] <= a[1] for p, a in zip(path.planned, path.adopted, strict=True))
    assert path.reduction_t == sum(s.co2_t for s in some if s.month != "2035-01")
    assert path.gap_t == path.planned[-1][1] - now * Fraction(54, 100)


def test_a_proposal_of_october_saves_five_months_of_its_year() -> None:
    step = RoadmapStep("1", "x", Fraction(12), "2026-10")
    assert [step.share_in(y, 2030) * 12 for y in (2025, 2026, 2027)] == [0, 5, 12]
    assert RoadmapStep("1", "x", Fraction(12), "2027-03").share_in(2026, 2030) == 0
    assert RoadmapStep("1", "x", Fraction(12), "2026-04").share_in(2026, 2030) == Fraction(11, 12)


def test_goals_are_the_company_s_own_or_a_published_path() -> None:
    paths = target_paths()
    yearly = goal_of(None, paths, {2025: Fraction(100)}, 2025)
    assert (yearly.assumed, yearly.level_t) == (True, 100 * (1 - 5 * Fraction(42, 1000)))
    prefecture = goal_of(Target("saitama-2030", base_co2_t=Decimal(200)), paths, {2025: Fraction(100)}, 2025)
    assert (prefecture.base_year, prefecture.level_t) == (2013, Fraction(108))
    unknown = goal_of(Target("saitama-2030"), paths, {2025: Fraction(100)}, 2025)
    assert (unknown.base_co2_t, unknown.level_t) == (None, None)
    own = goal_of(Target("", 2024, None, Decimal("0.5"), 2035), paths, {2024: Fraction(80)}, 2025)
    assert (own.level_t, own.base_from, own.at(2024)) == (Fraction(40), "account", Fraction(80))


def test_no_path_without_co2_or_after_the_target_year() -> None:
    assert roadmap_of(diagnosis("sample-metal", 2024, "shk")) is None
    d = diagnosis("sample-office", 2025)
    past = replace(d, company=replace(d.company, target=Target("", 2020, None, Decimal("0.5"), 2025)))
    assert roadmap_of(past) is None
    assert goal_for(past).target_year == 2025
