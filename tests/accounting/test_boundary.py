"""Sub-meters are never added twice, and tenants are counted or taken off as the company says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.accounting import EnergyAccount, account
from carbonlib.accounting.boundary import within_boundary
from carbonlib.diagnosis import diagnose
from carbonlib.errors import RecordError
from carbonlib.factors import programme
from carbonlib.fiscal_year import first_day, last_day, months_of
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.model import Bill, Meter
from carbonlib.records.workspace import Workspace
from tests.conftest import copy_workspace
from tests.records.workbook.books import COMPANY, shop

YEAR = 2023
MAIN, SUB, LOWEST = Meter("E1", "s1"), Meter("E2", "s1", parent="E1"), Meter("E3", "s1", parent="E2")


def bill(
    meter: str = "E1", quantity: str = "1000", cost: str | None = "30000", carrier: str = "electricity"
) -> Bill:
    unit = "kWh" if carrier == "electricity" else "L"
    paid = None if cost is None else Decimal(cost)
    return Bill("s1", meter, carrier, first_day(YEAR), last_day(YEAR), Decimal(quantity), unit, paid)


def made(bills: list[Bill], *meters: Meter, tenants: str = "included") -> EnergyAccount:
    rules = programme("saitama-diagnosis-2025")
    return account(bills, owner="c", programme=rules, fiscal_year=YEAR, meters=meters, tenants=tenants)


def ids(a: EnergyAccount) -> list[str]:
    return [f.id for f in a.findings if f.id.startswith("meter.")]


def test_a_sub_meter_is_part_of_its_parent() -> None:
    bills = [bill(), bill("E2", "400", None), bill("E3", "100", None)]
    found = made(bills, MAIN, SUB, LOWEST)
    assert found.lines[0].quantity == 1000
    assert found.cost_jpy == 30000, "the sub-meters' blank costs do not matter"
    assert ids(found) == ["meter.part_of_parent", "meter.part_of_parent"]
    assert made(bills).lines[0].quantity == 1500, "nothing is known of the meters, so every bill counts"


def test_the_nearest_meter_above_with_bills_is_named() -> None:
    found = made([bill(), bill("E3", "100")], MAIN, SUB, LOWEST)
    assert found.lines[0].quantity == 1000
    assert "元のメーター E1" in found.findings[0].message.ja


def test_a_sub_meter_whose_parent_has_no_bill_counts_with_a_warning() -> None:
    found = made([bill("E2", "400"), bill("E3", "100")], MAIN, SUB, LOWEST)
    assert found.lines[0].quantity == 400
    assert ids(found) == ["meter.parent_without_bills", "meter.part_of_parent"]
    assert next(f for f in found.findings if f.id == "meter.parent_without_bills").severity == "warning"


def test_bills_of_another_site_or_carrier_are_no_parent() -> None:
    oil = bill("E1", "50", carrier="kerosene")
    found = made([oil, bill("E2", "400")], MAIN, SUB)
    assert {line.carrier: line.quantity for line in found.lines} == {"electricity": 400, "kerosene": 50}


def test_tenants_count_unless_they_are_excluded() -> None:
    shared = Meter("E1", "s1", tenant_share=Decimal("0.3"))
    whole, own = made([bill()], shared), made([bill()], shared, tenants="excluded")
    assert (whole.lines[0].quantity, whole.cost_jpy) == (1000, 30000)
    assert (own.lines[0].quantity, own.cost_jpy) == (700, 21000)
    assert own.lines[0].unit_price_jpy == whole.lines[0].unit_price_jpy
    assert ids(whole) == ["meter.tenants_included"]
    assert ids(own) == ["meter.tenants_excluded"]
    assert "30 %" in own.findings[0].message.ja


@pytest.mark.parametrize(
    ("share", "words"), [("0.125", "12.5 %"), ("0.3", "30 %"), ("0.10", "10 %"), ("1", "100 %")]
)
def test_the_share_of_tenants_is_printed_as_it_was_entered(share: str, words: str) -> None:
    shared = Meter("E1", "s1", tenant_share=Decimal(share))
    for tenants in ("included", "excluded"):
        said = made([bill()], shared, tenants=tenants).findings[0].message
        assert f"使用分 {words} を" in said.ja
        assert f"share of {words} is" in said.en


def test_each_meter_is_named_once_however_many_bills_it_has() -> None:
    shared = Meter("E1", "s1", tenant_share=Decimal("0.25"))
    monthly = [
        Bill("s1", m, "electricity", n.first_day, n.last_day, Decimal(10), "kWh")
        for m in ("E1", "E2")
        for n in months_of(YEAR)
    ]
    found = made(monthly, shared, SUB, tenants="excluded")
    assert found.lines[0].quantity == 90
    assert ids(found) == ["meter.tenants_excluded", "meter.part_of_parent"]
    assert all(m.quantity == Fraction(15, 2) for m in found.lines[0].months)


share = st.decimals(0, 1, places=4)
amount = st.decimals(0, 10**9, places=3)


@given(amount, amount, share)
def test_own_use_and_tenants_add_up_to_the_bill_exactly(
    quantity: Decimal, cost: Decimal, part: Decimal
) -> None:
    one = bill(quantity=f"{quantity:f}", cost=f"{cost:f}")
    sides = [
        within_boundary([one], [Meter("E1", "s1", tenant_share=p)], tenants="excluded")[0][0]
        for p in (part, 1 - part)
    ]
    assert sides[0].quantity + sides[1].quantity == quantity
    assert sides[0].cost_jpy is not None
    assert sides[1].cost_jpy is not None
    assert sides[0].cost_jpy + sides[1].cost_jpy == cost


@given(st.lists(amount, min_size=1, max_size=4), amount)
def test_dividing_a_meter_into_sub_meters_changes_nothing(parts: list[Decimal], rest: Decimal) -> None:
    whole = bill(quantity=f"{sum(parts) + rest:f}")
    subs = [bill(f"S{i}", f"{p:f}", None) for i, p in enumerate(parts)]
    meters = [MAIN, *(Meter(f"S{i}", "s1", parent="E1") for i in range(len(parts)))]
    assert made([whole, *subs], *meters).lines == made([whole], MAIN).lines


def test_a_company_says_so_in_its_file_and_the_report_names_it(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-office",), years=(2024,))
    path = root / "parameters/companies/sample-office/company.yaml"
    old = path.read_text(encoding="utf-8")
    home = Workspace(root)
    before = diagnose("sample-office", 2024, "saitama-diagnosis-2025", workspace=home)
    power = next(b for b in read_bills(home, before.company) if b.carrier == "electricity")
    meter = f"meters:\n  - {{id: {power.meter_id}, site: {power.site_id}, tenant_share: '0.4'}}\n"
    assert "\nmeters:" not in old
    path.write_text(old + meter + "tenants: excluded\n", encoding="utf-8")
    after = diagnose("sample-office", 2024, "saitama-diagnosis-2025", workspace=home)
    line, then = after.account.line("electricity"), before.account.line("electricity")
    assert line is not None
    assert then is not None
    assert line.quantity == then.quantity * Fraction(6, 10)
    assert any(f.id == "meter.tenants_excluded" and "40 %" in f.message.ja for f in after.findings)


def test_a_share_at_a_sub_meter_is_refused_where_tenants_are_excluded(tmp_path: Path) -> None:
    text = (
        "meters:\n"
        "  - {id: E1, site: honten}\n"
        '  - {id: E2, site: honten, parent: E1, tenant_share: "0.5"}\n'
        "tenants: %s\n"
    )
    assert (
        read_company(shop(tmp_path / "a", company=COMPANY + text % "included"), "shop").tenants == "included"
    )
    with pytest.raises(RecordError) as error:
        read_company(shop(tmp_path / "b", company=COMPANY + text % "excluded"), "shop")
    found = error.value.findings
    assert [(f.id, f.place.line) for f in found] == [("company.tenant_share", len(COMPANY.splitlines()) + 3)]
