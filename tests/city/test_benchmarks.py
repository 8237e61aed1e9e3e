"""Benchmarks: quartiles by hand, small groups hidden, a file that only the command changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.accounting import EnergyAccount, account
from carbonlib.analysis.intensity import by_factor_of, comparisons, drivers_of, intensities, position
from carbonlib.city.benchmarks import _blurred, benchmarks_of
from carbonlib.errors import RecordError
from carbonlib.factors import programmes
from carbonlib.records.benchmarks import (
    Benchmark,
    Benchmarks,
    benchmarks_text,
    public_benchmarks,
    read_benchmarks,
)
from carbonlib.records.model import ActivityDriver, Bill, Company, Site
from carbonlib.records.workspace import workspace_at
from tests.conftest import copy_workspace, run_cli

DECK, ACTS = programmes()["saitama-diagnosis-2025"], programmes()["shk"]


def company(
    kwh: int, *, area: int = 100, use: str = "", industry: str = "製造業", people: int | None = 10
) -> Company:
    return Company(f"c{kwh}", "見本", industry, (Site("s", "本社", Decimal(area), people, use),))


def year_of(kwh: int, *, programme: object = DECK, end: date = date(2026, 3, 31)) -> EnergyAccount:
    bill = Bill("s", "m", "electricity", date(2025, 4, 1), end, Decimal(kwh), "kWh", Decimal(1000))
    return account(
        [bill],
        owner="c",
        programme=programme,
        fiscal_year=2025,
        suppliers={"electricity": "tepco-ep-residual"},
    )  # type: ignore[arg-type]


def test_quartiles_by_hand() -> None:
    # 1,000 to 5,000 kWh on 100 m2 at 9.76 MJ/kWh: 97.6, 195.2, 292.8, 390.4, 488 MJ/m2
    members = [(company(k), year_of(k)) for k in (3000, 1000, 5000, 2000, 4000)]
    rows = {(b.driver, b.measure): b for b in benchmarks_of(members, DECK.id)}
    area = rows["floor_area", "primary_energy"]
    assert (area.count, area.q1, area.median, area.q3) == (5, Decimal(200), Decimal(290), Decimal(390))
    assert rows["employees", "co2"].median == Decimal(150)  # 3,000 kWh × 0.495 ÷ 10 = 148.5


def test_a_small_group_and_a_year_with_gaps_are_not_told() -> None:
    members = [(company(k), year_of(k)) for k in (1, 2, 3, 4)]
    members += [(company(9), year_of(9, end=date(2025, 9, 30)))]
    rows = benchmarks_of(members, DECK.id)
    assert all(b.suppressed and b.count is None for b in rows)
    assert "9.76" not in benchmarks_text(rows)


@given(st.fractions(Fraction(1, 10**6), 10**9, max_denominator=10**6))
def test_two_significant_digits_stay(value: Fraction) -> None:
    blurred = _blurred(value)
    assert len(blurred.normalize().as_tuple().digits) <= 2
    assert abs(Fraction(blurred) / value - 1) <= Fraction(1, 20)


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-metal",), years=(2025,))
    rows = benchmarks_of([(company(k), year_of(k)) for k in range(1000, 9000, 1000)], DECK.id)
    (root / "parameters/benchmarks_2025.csv").write_text(benchmarks_text(rows), encoding="utf-8")
    found = read_benchmarks(workspace_at(root), 2025)
    assert found == Benchmarks(2025, rows)
    assert read_benchmarks(workspace_at(root), 2024) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("製造業,windows,co2,kg-CO2/m2,p,5,1,2,3", "driver は"),
        ("製造業,employees,co2,kg-CO2/m2,p,5,1,2,3", "単位は kg-CO2/人"),
        ("製造業,employees,co2,kg-CO2/人,p,5,3,2,1", "小さい順"),
        ("製造業,employees,co2,kg-CO2/人,p,5,1,2,", "小さい順"),
        ("製造業,employees,co2,kg-CO2/人,p,5,a,2,3", "数"),
    ],
)
def test_a_file_spoilt_by_hand_is_refused_by_line(tmp_path: Path, row: str, said: str) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-metal",), years=(2025,))
    head = benchmarks_text([])
    (root / "parameters/benchmarks_2025.csv").write_text(head + row + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=said) as caught:
        read_benchmarks(workspace_at(root), 2025)
    assert caught.value.findings[0].place.line == 2


def test_the_command_freezes_and_one_company_changes_nothing_else(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws")
    first = run_cli("benchmarks", "2025", cwd=root)
    assert first.returncode == 0, first.stderr
    path = root / "parameters/benchmarks_2025.csv"
    text = path.read_text(encoding="utf-8")
    assert "saitama-diagnosis-2025" in text
    assert "シ" not in text, "no names of companies"
    assert run_cli("benchmarks", "2025", cwd=root).returncode == 0
    assert path.read_text(encoding="utf-8") == text
    nothing = run_cli("benchmarks", "1999", cwd=root)
    assert nothing.returncode == 1
    assert "Traceback" not in nothing.stderr


def test_a_public_line_is_met_with_its_own_factor() -> None:
    hotel = next(b for b in public_benchmarks() if b.use == "hotel")
    # the Acts' 8.64 GJ/千kWh is not what the line was made with
    assert by_factor_of(hotel, year_of(100_000, programme=ACTS)) == 976_000
    (found,) = comparisons(company(1, use="hotel", area=500), year_of(100_000, programme=ACTS), None)
    assert (found.own, found.line) == (1952, 2600)
    assert found.excess == Fraction(1952, 2600) - 1


def test_a_factory_is_not_judged_by_its_floor() -> None:
    rows = tuple(
        Benchmark("製造業", d, "co2", DECK.id, 5, Decimal(1), Decimal(2), Decimal(3))
        for d in ("floor_area", "employees")
    )
    found = comparisons(company(1000), year_of(1000), Benchmarks(2025, rows))
    assert [c.driver.kind for c in found] == ["employees"]
    assert comparisons(company(1000), year_of(1000, end=date(2025, 8, 1)), Benchmarks(2025, rows)) == ()
    other = Benchmarks(2025, tuple(Benchmark("製造業", "employees", "co2", "shk") for _ in range(1)))
    assert comparisons(company(1000), year_of(1000), other) == (), "another programme's factors"


def test_intensities_by_what_the_year_states() -> None:
    from dataclasses import replace

    one = replace(
        company(1),
        activity_drivers=(
            ActivityDriver("sales", 2025, Decimal(50_000_000), "円"),
            ActivityDriver("sales", 2024, Decimal(1), "円"),
            ActivityDriver("output", 2025, Decimal(20), "t", "板"),
        ),
    )
    found = {i.driver.label_ja: i for i in intensities(one, year_of(1000))}
    assert list(found) == ["延床面積", "従業員", "売上高", "生産量（板）"]
    assert found["売上高"].energy_mj == Fraction(9760, 50)
    assert found["生産量（板）"].cost_jpy == 50
    assert found["延床面積"].co2_kg == Fraction(495, 100)
    assert [d.kind for d in drivers_of(company(1, people=None), 2025)] == ["floor_area"]
    row = Benchmark("x", "employees", "co2", "p", 5, Decimal(1), Decimal(1), Decimal(1))
    assert [position(Fraction(v), row) for v in (1, 2)] == ["lower", "upper"]
