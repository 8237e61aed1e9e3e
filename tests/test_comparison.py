"""The same account under a second programme, the check sheets of 1 t and 1 kL, and the answer to a customer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from carbonlib.accounting.check_sheet import check_sheet, total
from carbonlib.answer import NO_SUPPLIER, NOT_REGISTERED, answer, answer_rows
from carbonlib.comparison import compare
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.errors import FactorError
from carbonlib.factors import programmes
from carbonlib.fiscal_year import period_of
from carbonlib.records.workspace import Workspace
from carbonlib.units import round_half_up
from tests.conftest import ROOT
from tests.test_worked_examples import EXAMPLES, as_printed, published

SAITAMA = "saitama-diagnosis-2025"


@cache
def diagnosis(company: str, year: int, programme: str = SAITAMA, provisional: int | None = None) -> Diagnosis:
    return diagnose(company, year, programme, provisional_factor_year=provisional, workspace=Workspace(ROOT))


def shop_in_2025() -> Diagnosis:
    """The published shop with the bills of its year moved to 2025, where its supplier has a factor."""
    d = diagnosis("saitama-shop", 2023)
    bills = tuple(replace(b, start=b.start.replace(year=2025), end=b.end.replace(year=2026)) for b in d.bills)
    company = replace(d.company, suppliers={"electricity": "tepco-ep-residual"})
    moved = replace(d.account, identity=replace(d.account.identity, period=period_of(2025)))
    return replace(d, bills=bills, company=company, fiscal_year=2025, account=moved)


def test_the_published_shop_is_512_kl_and_1039_t_under_the_acts() -> None:
    # "The same shop is 578.8 kL or 512.4 kL, 1,138 t or 1,039 t": its electricity, the gas adds 0.3 kL and 0.6 t
    found = compare(shop_in_2025(), "shk")
    assert found is not None
    by = {(x.kind, x.line.carrier): x for x in found.differences}
    oil, co2 = by["crude_oil", "electricity"], by["co2", "electricity"]
    assert oil.one is not None
    assert oil.other is not None
    assert co2.one is not None
    assert co2.other is not None
    assert (round_half_up(oil.one, 1), round_half_up(oil.other, 1)) == (
        round_half_up(Fraction("578.8"), 1),
        round_half_up(Fraction("512.4"), 1),
    )
    assert (round_half_up(co2.one), round_half_up(co2.other)) == (1138, 1039)
    assert (oil.per_one, oil.per_other) == (Fraction("9.76"), Fraction("8.64"))
    assert (co2.per_one, co2.per_other) == (Fraction("0.495"), Fraction("0.452"))
    assert oil.factor_change == Fraction("8.64") / Fraction("9.76") - 1


def test_the_differences_add_up_to_the_difference_of_the_totals() -> None:
    for company in ("sample-clinic", "sample-restaurant", "sample-transport"):
        found = compare(diagnosis(company, 2025), "shk")
        assert found is not None
        for kind, of in (("crude_oil", "crude_oil_kl"), ("co2", "co2_t")):
            changes = [x.change for x in found.differences if x.kind == kind]
            one, other = getattr(found.one, of), getattr(found.other, of)
            assert None not in changes
            assert sum(changes) == other - one  # type: ignore[arg-type]


def test_a_year_without_a_factor_is_said_and_not_filled() -> None:
    found = compare(diagnosis("saitama-shop", 2023), "shk")
    assert found is not None
    assert found.other.co2_t is None
    assert found.other.crude_oil_kl is not None
    assert compare(diagnosis("saitama-shop", 2023), SAITAMA) is None
    with pytest.raises(FactorError):
        compare(diagnosis("saitama-shop", 2023), "mars")


# --- check sheets


T1 = [id for id in EXAMPLES if id.startswith("t1.") and not id.endswith((".co2", "rule"))]
SHEET = {
    "heavy_a": "heavy_oil_a",
    "citygas": "city_gas",
    "elec": "electricity",
    "lpg_t": "lpg",
    "lpg_m3": "lpg",
}


@pytest.mark.parametrize("id", T1)
def test_the_sheet_of_one_tonne_is_the_published_one(id: str) -> None:
    sheet = check_sheet("co2", programmes()[SAITAMA], 2024, {})
    _, row, measure = id.split(".")
    position = {"gj": 0, "kl": 1}.get(measure)
    if row in {"sub", "tot"}:
        assert position is not None
        value = total(sheet.fuels if row == "sub" else sheet.rows)[position]
    else:
        carrier = SHEET.get(row, row)
        gas = row == "lpg_m3"
        one = next(
            r for r in sheet.rows if r.carrier == carrier and (r.carrier != "lpg" or (r.unit == "m3") == gas)
        )
        assert one.co2_t == 1
        value = {"qty": one.quantity, "gj": one.energy_gj, "kl": one.crude_oil_kl}[measure]
    assert value is not None
    assert as_printed(id, value) == published(id)


def test_the_sheet_of_one_kl_is_one_kl_throughout() -> None:
    for programme in programmes().values():
        sheet = check_sheet("crude_oil", programme, 2025, {})
        assert sheet.rows
        assert {r.crude_oil_kl for r in sheet.rows} == {Fraction(1)}
        assert total(sheet.rows)[1] == len(sheet.rows)


# --- the answer


def test_scope_2_stands_by_location_and_by_market_side_by_side() -> None:
    d = diagnosis("sample-clinic", 2025)
    a = answer(d)
    power = d.account.line("electricity")
    assert power is not None
    assert a.location.co2_t == power.quantity / 1000 * Fraction("0.423")
    assert a.market.co2_t == power.quantity / 1000 * Fraction("0.452")
    assert a.scope1.co2_t == sum(x.co2_t for x in a.account.lines if x.carrier != "electricity")
    assert a.total(a.market) == a.scope1.co2_t + a.market.co2_t  # type: ignore[operator]
    rows = {r.key: r for r in answer_rows(d)}
    assert rows["scope2_location"].factor_ids == (
        "shk-elec-2024-measured/electricity:national-average/emission_factor/千kWh",
    )
    assert rows["scope2_market"].source
    assert rows["per_employee_market"].value is not None


def test_what_has_no_factor_is_said_and_nothing_stands_in() -> None:
    rows = {r.key: r for r in answer_rows(diagnosis("sample-metal", 2024))}
    assert (rows["scope2_location"].value, rows["scope2_location"].words) == (None, NOT_REGISTERED)
    assert (rows["total_market"].value, rows["per_area_location"].value) == (None, None)
    assert rows["scope1"].value is not None
    shop = {r.key: r for r in answer_rows(diagnosis("saitama-shop", 2023))}
    assert shop["scope2_market"].words == NO_SUPPLIER


def test_a_provisional_year_is_named_in_the_answer() -> None:
    rows = {r.key: r for r in answer_rows(diagnosis("sample-metal", 2024, "shk", 2025))}
    assert rows["scope2_location"].value is not None
    assert "暫定" in rows["programme"].words


def test_an_account_without_electricity_has_a_scope_2_of_zero() -> None:
    d = diagnosis("sample-transport", 2025)
    a = answer(replace(d, bills=tuple(b for b in d.bills if b.carrier != "electricity")))
    assert (a.location.co2_t, a.market.co2_t) == (0, 0)
