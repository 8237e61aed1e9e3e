"""parameters/tariffs/ and finance.csv: what they hold, and every mistake on its line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.errors import Finding, RecordError
from carbonlib.factors import EVIDENCE
from carbonlib.fiscal_year import Month
from carbonlib.problems import problems
from carbonlib.records.finance import UNITS, built_in_finance, read_finance
from carbonlib.records.tariffs import built_in_tariffs, read_tariffs
from carbonlib.records.workspace import Workspace
from tests.conftest import copy_workspace
from tests.test_documentation import blocks

MENU = """\
supplier: A電力
menu: 業務用
contract_type: 高圧
tax: 税抜
power_factor_rule: true
adjusted_by: [fuel]
rates:
  - from: "2024-04-01"
    to: "2025-03-31"
    demand_charge: 1,890 円/kW/月
    energy_charges:
      - {rate: 20 円/kWh, band: day}
      - {rate: "14,000 円/千kWh", band: night}
    evidence: published
    source: 料金表
    locator: 3 ページ
adjustments:
  - {kind: fuel, month: "2024-04", rate: ▲1.25 円/kWh, evidence: published, source: 料金表}
"""
LEVY = "fiscal_year,rate,unit,tax,evidence,source,locator\n"


def workspace(root: Path, name: str = "", text: str = "") -> Workspace:
    folder = root / "parameters" / "tariffs"
    folder.mkdir(parents=True, exist_ok=True)
    if name:
        (folder / name).write_text(text, encoding="utf-8")
    return Workspace(root)


def refused(root: Path, text: str, name: str = "menu.yaml") -> list[Finding]:
    with pytest.raises(RecordError) as error:
        read_tariffs(workspace(root, name, text))
    return list(error.value.findings)


def test_a_menu_is_read_with_its_prices_and_evidence(tmp_path: Path) -> None:
    menu = read_tariffs(workspace(tmp_path, "menu.yaml", MENU)).menu("A電力", "業務用")
    assert menu is not None
    assert (menu.unit, menu.tax, menu.adjusted_by) == ("kWh", "excluded", ("fuel",))
    rates = menu.rates_in(Month(2025, 3))
    assert rates is not None
    assert rates.demand_charge == 1890
    assert rates.charges(Month(2025, 3)) == {"day": 20, "night": 14}
    assert menu.rates_in(Month(2025, 4)) is None
    adjustment = menu.adjustment("fuel", Month(2024, 4), "night")
    assert adjustment is not None
    assert adjustment.rate == Fraction(-5, 4)
    assert rates.evidence.place.text() == "parameters/tariffs/menu.yaml 8 行目"
    assert rates.evidence.label() == "料金表（3 ページ）"


def test_the_package_has_the_published_menu_and_the_levies() -> None:
    given_ = built_in_tariffs()
    menu = given_.menu("東京電力エナジーパートナー", "ベーシックプラン 高圧 関東")
    assert menu is not None
    found = [menu.rates_in(Month(y, 4)) for y in (2023, 2024, 2025, 2030)]
    assert found[0] is None
    assert [(r.demand_charge, r.charges(Month(2025, 4))[""]) for r in found[1:] if r] == [
        (1890, Fraction("19.51")),
        (3030, Fraction("16.56")),
        (3030, Fraction("16.56")),
    ]
    levies = {levy.fiscal_year: levy.rate for levy in given_.levies}
    assert [levies[y] for y in (2024, 2025, 2026)] == [Fraction("3.49"), Fraction("3.98"), Fraction("4.18")]
    assert all(levy.evidence.evidence in EVIDENCE and levy.evidence.locator for levy in given_.levies)


def test_the_menu_of_the_documents_is_read(tmp_path: Path) -> None:
    shown = next(b for b in blocks("docs/parameters.md", "text") if b.startswith("supplier:"))
    menu = read_tariffs(workspace(tmp_path, "menu.yaml", shown)).menu("見本電力", "業務用高圧")
    assert menu is not None
    rates = menu.rates_in(Month(2026, 8))
    assert rates is not None
    assert rates.charges(Month(2026, 8)) == {"": Fraction("18.2")}


def test_check_names_what_is_wrong_in_tariffs_and_finance(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=(), years=(2025,))
    workspace(root, "menu.yaml", MENU.replace("20 円/kWh", "20 円"))
    (root / "parameters" / "finance.csv").write_text("kind\n", encoding="utf-8")
    places = {f.place.text() for f in problems(Workspace(root)) if f.severity == "error"}
    assert places == {"parameters/tariffs/menu.yaml 12 行目", "parameters/finance.csv 1 行目"}


def test_without_a_folder_the_packages_own_are_used(tmp_path: Path) -> None:
    assert read_tariffs(Workspace(tmp_path)) == built_in_tariffs()


def test_a_workspaces_levy_stands_before_the_packages_own(tmp_path: Path) -> None:
    row = "2025,4.00,円/kWh,税込,assumption,試算,\n"
    own = read_tariffs(workspace(tmp_path, "renewable_levy.csv", LEVY + row))
    levy = own.levy(Month(2025, 5))
    assert levy is not None
    assert (levy.rate, levy.evidence.place.text()) == (4, "parameters/tariffs/renewable_levy.csv 2 行目")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("20 円/kWh", "20", 12, "文字で書いてください"),
        ("20 円/kWh", '"20"', 12, "単位がありません"),
        ("20 円/kWh", "-20 円/kWh", 12, "0 以上"),
        ("20 円/kWh", "20 円/m2", 12, "単価として使えません"),
        ("20 円/kWh", "20 %", 12, "単価として使えません"),
        ("band: night", "band: day", 11, "2 つ以上"),
        ("band: night", 'band: ""', 11, "2 つ以上"),
        ("1,890 円/kW/月", "1,890 円/kW", 10, "1,890 円/kW/月"),
        ("1,890 円/kW/月", "-1 円/kW/月", 10, "1,890 円/kW/月"),
        ('to: "2025-03-31"', 'to: "2024-03-31"', 8, "より前"),
        ('to: "2025-03-31"', 'to: "2025-02-30"', 9, "日付"),
        ('to: "2025-03-31"', "to: 2025-03-31", 9, "文字で"),
        ("evidence: published\n", "evidence: 噂\n", 14, "根拠は"),
        ("    source: 料金表\n", "", 8, "source"),
        ("tax: 税抜", "tax: なし", 4, "税込"),
        ("adjusted_by: [fuel]", "adjusted_by: [market]", 18, "adjusted_by にありません"),
        ('"2024-04"', '"2024-13"', 18, "日付"),
        ("power_factor_rule: true", "power_factor_rule: yes please", 5, "true か false"),
        ("supplier: A電力", "supplier: A電力\ncolour: red", 2, "知られていません"),
        ("supplier: A電力", "supplier: A電力\ncarrier: gas", 2, "都市ガスなら city_gas"),
        ("supplier: A電力", "supplier: A電力\nvolume_basis: normal", 1, "volume_basis"),
    ],
)
def test_a_mistake_is_named_on_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in MENU
    found = refused(tmp_path, MENU.replace(old, new, 1))
    assert [(f.place.file, f.place.line) for f in found] == [("parameters/tariffs/menu.yaml", line)]
    assert said in found[0].message.ja
    assert found[0].message.en


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    workspace(
        tmp_path,
        "renewable_levy.csv",
        LEVY + "2025,x,円/kWh,税込,published,a,b\n2026,4,円,税込,published,a,b\n",
    )
    text = MENU.replace("20 円/kWh", "20 円").replace("1,890 円/kW/月", "1,890 円/kW")
    found = refused(tmp_path, text)
    assert [(f.place.file.rpartition("/")[2], f.place.line) for f in found] == [
        *(("menu.yaml", 10), ("menu.yaml", 12)),
        *(("renewable_levy.csv", 2), ("renewable_levy.csv", 3)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "2025,-1,円/kWh,税込,published,a,b\n",
        "2025,3,円/kWh,税,published,a,b\n",
        "2025.5,3,円/kWh,税込,published,a,b\n",
        "2025,3,円/kWh,税込,published,a,b\n2025,4,円/kWh,税込,published,a,b\n",
        "2025,3,円/kWh,税込,rumour,a,b\n",
        "2025\n",
    ],
)
def test_a_levy_that_cannot_be_is_refused(tmp_path: Path, rows: str) -> None:
    found = refused(tmp_path, LEVY + rows, "renewable_levy.csv")
    assert len(found) == 1
    assert found[0].place.line == 1 + rows.count("\n")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "fiscal_year,rate\n2025,3\n", "renewable_levy.csv")
    assert "unit・tax・evidence" in found.message.ja


def test_overlapping_periods_and_a_menu_in_two_files_are_refused(tmp_path: Path) -> None:
    later = MENU[MENU.index("  - from") : MENU.index("adjustments")].replace("2024-04-01", "2025-03-31", 1)
    both = MENU.replace(
        "adjustments:", later.replace('to: "2025-03-31"', 'to: "2026-03-31"') + "adjustments:"
    )
    assert "重なっています" in refused(tmp_path, both)[0].message.ja
    workspace(tmp_path, "menu.yaml", MENU)
    assert "2 つのファイル" in refused(tmp_path, MENU, "other.yaml")[0].message.ja


def test_a_gas_menu_names_the_state_of_its_volume(tmp_path: Path) -> None:
    gas = MENU.replace(
        "supplier: A電力", "supplier: Bガス\ncarrier: city_gas\nvolume_basis: low_pressure_meter"
    )
    gas = gas.replace("円/kWh", "円/m3").replace("円/千kWh", "円/千m3").replace("contract_type: 高圧\n", "")
    menu = read_tariffs(workspace(tmp_path, "gas.yaml", gas)).menu("Bガス", "業務用")
    assert menu is not None
    assert (menu.unit, menu.renewable_levy) == ("metered_cubic_meter", False)
    assert (
        "volume_basis"
        in refused(tmp_path, gas.replace("volume_basis: low_pressure_meter\n", ""), "gas.yaml")[0].message.ja
    )


@settings(max_examples=60)
@given(
    st.text(max_size=60),
    st.sampled_from(["20 円/kWh", "1,890 円/kW/月", '"2024-04"', "業務用", "published", "fuel"]),
)
def test_any_text_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str, where: str
) -> None:
    root = tmp_path_factory.mktemp("ws")
    findings: list[Finding] = []
    try:
        read_tariffs(workspace(root, "menu.yaml", MENU.replace(where, text, 1)))
    except RecordError as error:
        findings = list(error.findings)
    assert {f.place.file for f in findings} <= {"parameters/tariffs/menu.yaml"}
    assert all(f.message.ja and f.message.en for f in findings)


def test_every_default_of_finance_has_its_evidence_and_its_unit() -> None:
    rows = built_in_finance().rows
    assert {r.kind for r in rows} == set(UNITS)
    for row in rows:
        assert row.evidence == "assumption" or (row.source and row.locator.startswith("http")), row
        assert row.value.check(UNITS[row.kind])


def test_a_workspaces_own_values_stand_before(tmp_path: Path) -> None:
    place = tmp_path / "parameters" / "finance.csv"
    place.parent.mkdir()
    head = "kind,subject,value,unit,evidence,source,locator,note\n"
    place.write_text(head + "discount_rate,,5,%/年,assumption,当社の資本コスト,,\n", encoding="utf-8")
    own = read_finance(Workspace(tmp_path))
    rate, power = own.of("discount_rate"), own.of("power_factor")
    assert rate is not None
    assert power is not None
    assert (rate.value.magnitude, power.value.magnitude) == (5, 100)
    place.write_text(
        head
        + "discount_rate,,5,年,assumption,,,\n"
        + "luck,,5,%,assumption,,,\n"
        + "loan_rate,,x,%/年,assumption,,,\n"
        + "saving_spread,,-1,%,assumption,,,\n",
        encoding="utf-8",
    )
    with pytest.raises(RecordError) as error:
        read_finance(Workspace(tmp_path))
    assert [f.place.line for f in error.value.findings] == [2, 3, 4, 5]
