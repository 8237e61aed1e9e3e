"""What every check says, read as an analyst reads it: no names of ours, no digits of a machine, nothing cut to zero."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import carbonlib
from carbonlib.accounting import account
from carbonlib.errors import Finding, Place
from carbonlib.factors import programmes
from carbonlib.fiscal_year import period_of
from carbonlib.plausibility import doubts_of_company
from carbonlib.plausibility.checks import expected_alike
from carbonlib.plausibility.course import change_doubts, month_doubts
from carbonlib.plausibility.lines import line_doubts
from carbonlib.plausibility.load import future_half_hours, load_doubts
from carbonlib.plausibility.price import price_doubts
from carbonlib.plausibility.reported import reported_doubts
from carbonlib.plausibility.scale import scale_doubts
from carbonlib.plausibility.size import size_doubts
from carbonlib.plausibility.use import (
    area_doubts,
    demand_doubts,
    future_doubts,
    shared_doubts,
    twice_doubts,
)
from carbonlib.plausibility.visit import plate_doubts
from carbonlib.plausibility.years import year_doubts
from carbonlib.proposals.bill_doubts import (
    BilledUse,
    load_unlike_bills,
    missing_carriers,
    nearly_all,
    together_beyond_bills,
    use_beyond_bills,
)
from carbonlib.proposals.effects import Amount
from carbonlib.records.acknowledged import ACROSS
from carbonlib.records.as_reported import ReportedColumn, ReportedTable
from carbonlib.records.bands import built_in_bands
from carbonlib.records.equipment_model import Equipment, Observed
from carbonlib.records.load import MeterLoad
from carbonlib.records.model import Acknowledgement, ActivityDriver, Bill, Company, Meter, Site
from carbonlib.records.proposal_model import Proposal
from carbonlib.units import read
from tests.plausibility.test_course import months

BANDS = built_in_bands()
SITE = Site("s", "S", Decimal(1000), 12)
SOLD = ActivityDriver("sales", 2024, Decimal(30_000_000), "円")
COMPANY = Company("c", "C", "x", (SITE,), meters=(Meter("m", "s"),), activity_drivers=(SOLD,))
# what people write themselves, by the name that their file has for it
WRITTEN = {"annual_load", "company.yaml", "acknowledged", "photo"}
WORD = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")
MACHINE = re.compile(
    r"[1-9]\d*\.\d{5,}|0\.0*[1-9]\d{4,}|\d[eE][+-]?\d|(?<![\d.])0\.0+(?!\d)|Fraction\(|Decimal\(|\bNone\b|[{}]|\bnan\b|\binf\b"
)


def _bill(
    quantity: str, unit: str, cost: str | None = None, carrier: str = "electricity", **more: Any
) -> Bill:
    whole = Bill("s", "m", carrier, date(2024, 4, 1), date(2024, 4, 30), Decimal(quantity), unit)
    named: dict[str, Any] = {"cost_jpy": cost and Decimal(cost), "tax": "excluded", **more}
    return replace(whole, **named)


def _account(bills: list[Bill], year: int = 2024):  # type: ignore[no-untyped-def]
    programme = programmes()["saitama-diagnosis-2025"]
    return account(bills, owner="c", programme=programme, fiscal_year=year, suppliers={})


def _of_bills() -> Iterator[Finding]:
    prices = [
        _bill("1", "kWh", "-12345.678"),
        _bill("1", "kWh", "345.678"),
        _bill("123456789", "kWh", "1"),
        _bill("3", "千kWh", "100"),
        _bill("1000", "m3", "0.001", "city_gas"),
        _bill("70", "m3", "7", "lpg"),
        _bill("0.001", "kL", "300000", "kerosene"),
    ]
    yield from price_doubts(prices, COMPANY, BANDS)
    yield from price_doubts([replace(b, tax="unknown") for b in prices], COMPANY, BANDS)
    yield from size_doubts(
        [_bill("2298480", "千kWh"), _bill("900000.5", "m3", carrier="city_gas")], COMPANY, BANDS
    )
    yield from size_doubts(
        [_bill("9", "千m3", carrier="lpg"), _bill("9000", "kL", carrier="diesel")], COMPANY, BANDS
    )
    yield from demand_doubts([_bill("999999", "kWh", peak_demand_kw=Decimal("49.5"))])
    yield from demand_doubts([_bill("1", "千kWh", contract_demand_kw=Decimal("0.5"))])
    lines = {
        "demand_charge_jpy": Decimal("10.5"),
        "energy_charge_jpy": Decimal("1e3"),
        "day_kwh": Decimal("1500.25"),
    }
    yield from line_doubts([_bill("1", "千kWh", "5000", charges=lines)])
    yield from future_doubts([_bill("1", "kWh")], date(2024, 4, 2))
    one, other = _bill("12345", "kWh", "9"), _bill("12345", "kWh", "9", meter_id="m2")
    yield from twice_doubts([one, other])
    yield from (f for _, _, f in shared_doubts({"a": [one], "b": [one]}))
    days = [(date(2024, m, 1), date(2024, m, 28)) for m in range(4, 10)] + [
        (date(2042, 4, 1), date(2042, 4, 28))
    ]
    yield from year_doubts([_bill("1", "kWh", start=a, end=b) for a, b in days])
    load = MeterLoad("s", "m", date(2024, 4, 1), (0.125,) * 48 * 30)
    yield from future_half_hours([load], date(2024, 4, 2))
    yield from load_doubts(
        [load], [_bill("180", "kWh"), _bill("180.001", "千kWh"), _bill("170", "kWh")], BANDS
    )


def _of_years() -> Iterator[Finding]:
    for amount, unit, carrier in (
        ("10", "kWh", "electricity"),
        ("0.001", "kWh", "electricity"),
        ("1000000", "千kWh", "electricity"),
        ("50", "千m3", "city_gas"),
        ("50", "千m3", "lpg"),
        ("900", "kL", "heavy_oil_a"),
    ):
        bills = [replace(b, unit=unit) for b in months([amount] * 12, carrier=carrier)]
        yield from scale_doubts(bills, COMPANY, 2024, BANDS)
        yield from area_doubts(_account(bills), COMPANY, BANDS, bills)
        yield from doubts_of_company(COMPANY, bills, BANDS, account=_account(bills))
    for first, second in (("1000", "1"), ("0.5", "700"), ("700", "0.003")):
        for carrier, unit in (("electricity", "kWh"), ("city_gas", "m3"), ("lpg", "m3")):
            bills = [replace(b, unit=unit) for b in months([first] * 12 + [second] * 12, carrier=carrier)]
            yield from change_doubts(_account(bills, 2025), _account(bills), BANDS)
            bills = [
                replace(b, unit=unit) for b in months([first] * 5 + [second] + [first] * 6, carrier=carrier)
            ]
            yield from month_doubts(bills, bills, [], BANDS)


def _of_the_rest() -> Iterator[Finding]:
    seen = Observed(read("300 kVA"), how="銘板")
    machine = Equipment("transformer", "変圧器", rated_capacity=seen)
    yield from plate_doubts(replace(COMPANY, equipment=(machine,)))
    known = replace(COMPANY, acknowledged=(Acknowledgement(ACROSS, "本社と同じ", "", None),))
    yield from expected_alike(known, [_bill("1", "kWh")], 2024)
    columns = [
        ReportedColumn("電気", "energy", "GJ", Fraction(1)),
        ReportedColumn("電気", "co2", "t-CO2", Fraction(1)),
        ReportedColumn("ガス", "energy", "GJ", Fraction(1)),
        ReportedColumn("電気", "floor_area", "m2", Fraction(1)),
    ]
    table = ReportedTable("x", 2020, columns)
    for n in range(12):
        values = (Decimal(0), Decimal(0)) if n == 1 else (Decimal(1000), Decimal(50 if n else 700))
        table.figures[f"校{n}"] = dict(
            zip(columns, (*values, Decimal(1), Decimal(10 if n else 9000)), strict=True)
        )
        table.places[f"校{n}"] = Place("t.csv", n + 2)
    yield from reported_doubts(table, BANDS)
    one = Proposal("1", "提案", "led", {})
    for carrier, unit in (
        ("city_gas", "metered_cubic_meter"),
        ("lpg", "lpg_cubic_meter"),
        ("electricity", "kWh"),
    ):
        used, period = Amount(carrier, unit, Fraction(96), Fraction(120)), period_of(2025)
        yield from missing_carriers([(one, [used])], [])
        for missing in ((), ((date(2025, 7, 1), date(2026, 3, 31)),)):
            bought = {(carrier, unit): BilledUse(Fraction(100), period, missing)}
            yield from nearly_all(one, [used], bought, Fraction(9, 10))
            yield from together_beyond_bills(one, [used], bought)
            yield from use_beyond_bills(one, [used], bought)
            yield from load_unlike_bills(one, used, BilledUse(Fraction(50), period, missing), Fraction(1, 10))


@pytest.fixture(scope="module")
def said() -> list[Finding]:
    return list(dict.fromkeys((*_of_bills(), *_of_years(), *_of_the_rest())))


def test_each_check_has_spoken(said: list[Finding]) -> None:
    home = Path(carbonlib.__file__).parent
    files = [*(home / "plausibility").glob("*.py"), home / "proposals" / "bill_doubts.py"]
    named = set()
    for path in files:
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'Finding\(\s*"([a-z]+\.[a-z_]+)"', text))
        named |= {f"reported.{i}" for i in re.findall(r'_note\(\s*"([a-z_]+)"', text)}
        named |= set(re.findall(r'"([a-z]+\.[a-z_]+)" if ', text)) | set(
            re.findall(r'else "([a-z]+\.[a-z_]+)",', text)
        )
    unspoken = named - {f.id for f in said} - {"acknowledged.error"}
    assert len(named) > 25
    assert not unspoken


def test_no_sentence_names_what_only_the_code_knows(said: list[Finding]) -> None:
    for finding in said:
        for text in (finding.message.ja, finding.message.en):
            names = set(WORD.findall(text)) - WRITTEN
            assert not names, (finding.id, text)
            assert not MACHINE.search(text), (finding.id, text)
        assert "▲" not in finding.message.en
        assert not re.search(r"\. (?!(m3|kg|kWh) )[a-z]", finding.message.en.replace("company.yaml", "")), (
            finding.message.en
        )


def test_each_warning_says_what_to_do(said: list[Finding]) -> None:
    todo = re.compile("(てください|書けます)")
    for finding in said:
        if finding.severity != "note":
            assert todo.search(finding.message.ja), finding.message.ja
            assert re.search("(?i)check|write|put|delete|slip of the pen", finding.message.en)
