"""What is doubtful is named with the likely slip; what cannot be is stopped; what was looked into is a note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.diagnosis import diagnose
from carbonlib.errors import CarbonlibError, Finding
from carbonlib.fiscal_year import months_of
from carbonlib.plausibility.price import price_doubts, price_of
from carbonlib.plausibility.use import demand_doubts, future_doubts, shared_doubts
from carbonlib.problems import problems
from carbonlib.records.acknowledged import ERRORS, WARNINGS
from carbonlib.records.bands import built_in_bands
from carbonlib.records.model import Bill, Company, Meter, Site
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT, run_cli

SAITAMA = "saitama-diagnosis-2025"
Maker = Callable[..., Path]


def bill(
    quantity: str, unit: str = "kWh", cost: str | None = None, carrier: str = "electricity", **more
) -> Bill:
    return Bill(
        "s", "m", carrier, date(2024, 4, 1), date(2024, 4, 30), Decimal(quantity), unit,
        None if cost is None else Decimal(cost), **{"tax": "excluded", **more},
    )  # fmt: skip


def company(contract_type: str = "") -> Company:
    return Company("c", "C", "x", (Site("s", "S"),), meters=(Meter("m", "s", contract_type=contract_type),))


def doubts(*bills: Bill, contract_type: str = "") -> list[Finding]:
    return list(price_doubts(bills, company(contract_type), built_in_bands()))


def shop(make: Maker, old: str, new: str) -> Workspace:
    root = make("saitama-shop", years=(2023,))
    path = root / "parameters/companies/saitama-shop/bills.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Workspace(root)


def test_thousand_kwh_for_kwh_is_stopped_with_the_slip_named(workspace: Maker) -> None:
    home = shop(workspace, '"2,298,480",kWh', '"2,298,480",千kWh')
    with pytest.raises(CarbonlibError) as error:
        diagnose("saitama-shop", 2023, SAITAMA, workspace=home)
    said = str(error.value)
    assert "27.42 円/kWh になるのは kWh の場合です。千kWh では 0.027 円/kWh です" in said
    assert "bills.csv 2 行目" in said
    done = run_cli("build", "--quiet", cwd=home.root)
    assert done.returncode == 1
    assert "27.42" in done.stderr


def test_the_misprinted_gas_cost_warns_and_does_not_stop(workspace: Maker) -> None:
    home = shop(workspace, "m3,58,千円", "m3,8,千円")
    found = diagnose("saitama-shop", 2023, SAITAMA, workspace=home).findings
    [doubt] = [f for f in found if f.id == "bill.price_band"]
    assert doubt.severity == "warning"
    assert "27.12 円/m3" in doubt.message.ja


def test_an_acknowledged_doubt_is_a_note_with_its_reason(workspace: Maker) -> None:
    home = shop(workspace, "m3,58,千円", "m3,8,千円")
    path = home.root / "parameters/companies/saitama-shop/company.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write(
            "acknowledged:\n  - check: bill.price_band\n    subject: city_gas\n    reason: 資料の印字のまま\n"
        )
    found = diagnose("saitama-shop", 2023, SAITAMA, workspace=home).findings
    [doubt] = [f for f in found if f.id == "bill.price_band"]
    assert doubt.severity == "note"
    assert "確認済み: 資料の印字のまま" in doubt.message.ja


def acknowledging(home: Workspace, *entries: str) -> Workspace:
    path = home.root / "parameters/companies/saitama-shop/company.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write("acknowledged:\n" + "".join(f"  - {{{e}, reason: 資料のまま}}\n" for e in entries))
    return home


def test_an_error_cannot_be_acknowledged(workspace: Maker) -> None:
    home = shop(workspace, '"2,298,480",kWh', '"2,298,480",千kWh')
    acknowledging(home, "check: bill.price_impossible")
    with pytest.raises(CarbonlibError) as error:
        diagnose("saitama-shop", 2023, SAITAMA, workspace=home)
    assert {f.id for f in error.value.findings} >= {"bill.price_impossible", "acknowledged.error"}
    [named] = [f for f in error.value.findings if f.id == "acknowledged.error"]
    assert named.place.file.endswith("company.yaml")
    assert named.place.line


@pytest.mark.parametrize(("year", "severity"), [(2022, "warning"), (2023, "note")])
def test_an_acknowledgement_covers_the_year_that_it_names(workspace: Maker, year: int, severity: str) -> None:
    home = shop(workspace, "m3,58,千円", "m3,8,千円")
    acknowledging(home, f"check: bill.price_band, fiscal_year: {year}")
    found = diagnose("saitama-shop", 2023, SAITAMA, workspace=home).findings
    assert [f.severity for f in found if f.id == "bill.price_band"] == [severity]


@pytest.mark.parametrize(("year", "severity"), [(2022, "warning"), (2023, "note"), (None, "note")])
@pytest.mark.parametrize("check", ["bill.year_alone", "load.gap", "load.bill_differs"])
def test_doubts_of_no_report_are_of_the_year_they_lie_in(
    workspace: Maker, check: str, year: int | None, severity: str
) -> None:
    root = workspace("saitama-shop", years=(2023,))
    folder = root / "parameters/companies/saitama-shop"
    # a bill of July 2023 stands alone before those of 2025, differs from its half-hours, and one of August lacks
    bills = [f"{m.first_day},{m.last_day}" for m in months_of(2025) if m.month != 7] + [
        "2023-07-01,2023-07-31"
    ]
    (folder / "bills.csv").write_text(
        "site_id,meter_id,carrier,start,end,quantity,unit\n"
        + "".join(f"shop,E1,electricity,{of},1000,kWh\n" for of in bills),
        encoding="utf-8",
    )
    slots = ",".join(f"{h:02d}:{m:02d}" for h in range(24) for m in (0, 30))
    days = [date(2023, 7, 1) + timedelta(days=n) for n in range(32)]
    (folder / "load_30min.csv").write_text(
        f"site_id,meter_id,date,{slots}\n"
        + "".join(f"shop,E1,{d},{',' if d.month == 8 else '0.1,'}{','.join(['0.1'] * 47)}\n" for d in days),
        encoding="utf-8",
    )
    named = f", fiscal_year: {year}" if year else ""
    home = acknowledging(Workspace(root), f"check: {check}{named}")
    assert [f.severity for f in problems(home) if f.id == check] == [severity]


def test_what_accounts_doubt_is_acknowledged_too(workspace: Maker) -> None:
    home = shop(workspace, "m3,58,千円", "m3,,")
    acknowledging(home, "check: bill.cost_blank, subject: city_gas")
    found = diagnose("saitama-shop", 2023, SAITAMA, workspace=home).findings
    assert [f.severity for f in found if f.id == "bill.cost_blank"] == ["note"]


def test_an_unknown_check_is_named_with_those_near_it(workspace: Maker) -> None:
    home = acknowledging(shop(workspace, "m3,58", "m3,58"), "check: bill.prise_band")
    [named] = [f for f in problems(home) if f.id == "acknowledged.unknown"]
    assert named.severity == "error"
    assert "近いもの: bill.price_band" in named.message.ja


def test_each_check_that_may_be_acknowledged_is_in_the_code() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "carbonlib").rglob("*.py"))
    for check in WARNINGS + ERRORS:
        assert code.count(f'"{check}"') > 1, check


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (bill("30", "千kWh", "800000"), None),
        (bill("30000", "kWh", "800000"), None),
        (bill("30", "kWh", "800000"), "26.67 円/kWh になるのは 千kWh の場合"),
        (bill("30000", "kWh", "800"), "料金が円でなく千円の単位、または数量が本当は 1,000 分の 1 なら 26.67"),
        (bill("30000", "kWh", "80000"), "料金が本当は 10 倍"),
        (bill("5000", "kWh", "100"), "料金が円でなく千円の単位"),
        (bill("50000", "kWh", "100000"), "数量が本当は 10 分の 1（桁の余り）なら 20.00"),
        (bill("1000", "kL", "150000", carrier="gasoline"), "150.00 円/L になるのは L の場合"),
        (bill("1000", "千m3", "100000", carrier="natural_gas"), "100.00 円/m3 になるのは m3 の場合"),
        (bill("10", "t", "1200", carrier="lng"), "千円の単位なら 120.00 円/kg"),
        (bill("1000", "L", "900", carrier="heavy_oil_bc"), "平均単価が 0.90 円/L"),
        (bill("1", "kL", "112000", carrier="kerosene"), None),
        (bill("1000", "kL", "112000", carrier="kerosene"), "112.00 円/L になるのは L の場合"),
        (bill("20", "m3", "9000", carrier="city_gas"), None),  # under 50 m3 the fixed charge decides
        (bill("100", "kg", "20000", carrier="lpg"), None),
        (bill("10", "m3", "6000", carrier="lpg"), None),
        (bill("10", "m3", "1500", carrier="lpg"), "平均単価が 150.00 円/m3"),
    ],
)
def test_prices(one: Bill, said: str | None) -> None:
    found = doubts(one)
    if said is None:
        assert found == []
    else:
        assert said in found[0].message.ja


def test_the_contract_decides_the_band_and_tax_is_taken_out() -> None:
    assert doubts(bill("1000", cost="40000"), contract_type="従量電灯") == []
    assert [f.id for f in doubts(bill("1000", cost="40000"), contract_type="高圧")] == ["bill.price_band"]
    assert doubts(bill("1000", cost="35000", tax="included"), contract_type="高圧") == []
    assert price_of(bill("1000", cost="33000", tax="included")) == (30, "kWh")
    assert price_of(bill("1000")) is None


@given(st.decimals("0.001", "1e9", places=3), st.decimals("0", "1e9", places=0))
def test_scaling_use_and_cost_together_changes_no_verdict(quantity: Decimal, cost: Decimal) -> None:
    one, other = bill(str(quantity), cost=str(cost)), bill(str(quantity * 7), cost=str(cost * 7))
    assert [f.id for f in doubts(one)] == [f.id for f in doubts(other)]


def test_no_more_energy_than_the_demand_delivers() -> None:
    assert list(demand_doubts([bill("72000", peak_demand_kw=Decimal(100))])) == []
    [doubt] = demand_doubts([bill("72001", peak_demand_kw=Decimal(100))])
    assert (doubt.id, doubt.severity) == ("bill.over_demand", "error")
    assert list(demand_doubts([bill("100000", contract_demand_kw=Decimal(100))])) == []
    [slip] = demand_doubts([bill("50000", "千kWh", contract_demand_kw=Decimal(100))])
    assert "千kWh と kWh の取り違え" in slip.message.ja
    assert "、契約電力 100 kW の 1.5 倍で 7" in slip.message.ja


@pytest.mark.parametrize(
    ("tax", "said", "said_en"),
    [
        ("excluded", "27.12 円/m3（税抜）で", "27.12 円/m3 before tax"),
        ("included", "24.65 円/m3（税抜に直した値）で", "24.65 円/m3 without its tax"),
        ("unknown", "27.12 円/m3（税込か税抜か不明のまま）で", "27.12 円/m3 as entered, with or without tax"),
    ],
)
def test_a_price_says_what_is_known_of_its_tax(tax: str, said: str, said_en: str) -> None:
    [doubt] = doubts(bill("295", "m3", cost="8000", carrier="city_gas", tax=tax))
    assert said in doubt.message.ja
    assert said_en in doubt.message.en


def test_future_and_shared_bills() -> None:
    one = bill("10", cost="300")
    assert list(future_doubts([one], date(2024, 4, 30))) == []
    assert [f.id for f in future_doubts([one], date(2024, 4, 29))] == ["bill.future"]
    assert list(shared_doubts({"a": [one], "b": [bill("11", cost="300")]})) == []
    [(owners, _, doubt)] = shared_doubts({"a": [one], "b": [bill("10", cost="300")]})
    assert (owners, doubt.id) == (("a", "b"), "bill.in_two_companies")


def test_bills_without_a_cost_are_shared_where_their_digits_tell() -> None:
    [(_, _, found)] = shared_doubts({"a": [bill("9876")], "b": [bill("9876")]})
    assert "料金" not in found.message.ja
    assert list(shared_doubts({"a": [bill("20")], "b": [bill("20")]})) == []
    assert list(shared_doubts({"a": [bill("9876")], "b": [bill("9876", cost="1")]})) == []


def test_floor_area_and_jump_in_a_workspace(workspace: Maker) -> None:
    home = Workspace(workspace("sample-office", years=(2025,)))
    folder = home.root / "parameters/companies/sample-office"
    yaml = folder / "company.yaml"
    text = yaml.read_text(encoding="utf-8")
    yaml.write_text(
        text.replace("floor_area: 980 m2", "floor_area: 9800 m2\n    use: office"), encoding="utf-8"
    )
    bills = folder / "bills.csv"
    rows = bills.read_text(encoding="utf-8").splitlines()
    for i, row in enumerate(rows):
        cells = row.split(",")
        if "2025-04" <= cells[3] < "2027":
            cells[5], cells[7], cells[11] = str(int(cells[5]) * 3), str(int(cells[7]) * 3), ""
            rows[i] = ",".join(cells)
    bills.write_text("\n".join(rows) + "\n", encoding="utf-8")
    ids = [f.id for f in diagnose("sample-office", 2025, SAITAMA, workspace=home).findings]
    assert "site.intensity_band" in ids
    assert "account.jump" in ids


def test_every_band_has_evidence_and_the_sample_city_raises_none_of_them() -> None:
    assert all(b.evidence and b.source for b in built_in_bands().rows)
    found = problems(Workspace(ROOT), today=date(2026, 4, 1))
    assert [f for f in found if f.id.startswith(("bill.price", "bill.over", "site.", "account.jump"))] == []


def test_a_workspace_may_bring_its_own_bands(workspace: Maker) -> None:
    home = shop(workspace, "58,千円", "58,千円")
    (home.root / "parameters/bands.csv").write_text(
        "check,subject,condition,low,high,unit,evidence,source,note\n"
        "unit_price,electricity,,10,20,円/kWh,assumption,our-survey,\n",
        encoding="utf-8",
    )
    ids = [f.id for f in diagnose("saitama-shop", 2023, SAITAMA, workspace=home).findings]
    assert "bill.price_band" in ids
