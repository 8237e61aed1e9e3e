"""The year's energy by use: it closes on the bills, and the published example is what its deck prints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.accounting import account
from carbonlib.analysis.end_use import REMAINDER, EndUseShares, end_use_shares
from carbonlib.factors import programmes
from carbonlib.proposals.effects import Rates
from carbonlib.records.equipment_model import EndUse
from carbonlib.records.model import Bill, Company, Site
from carbonlib.units import Reading, round_half_up
from tests.conftest import SHARED

DECK = programmes()["saitama-diagnosis-2025"]
UNITS = {"electricity": "kWh", "kerosene": "L", "lpg": "kg"}


def shares(uses: list[EndUse], quantities: dict[str, int], sites: int = 1) -> EndUseShares:
    bills = [
        Bill("s0", "m", carrier, date(2024, 4, 1), date(2025, 3, 31), Decimal(q), UNITS[carrier])
        for carrier, q in quantities.items()
    ]
    made = account(bills, owner="c", programme=DECK, fiscal_year=2024)
    company = Company(
        "c", "見本", "製造業", tuple(Site(f"s{i}", "工場") for i in range(sites)), end_uses=tuple(uses)
    )
    return end_use_shares(company, Rates(made, DECK, {}))


def of_all(carrier: str, use: str, part: str, percent: object) -> EndUse:
    return EndUse("s0", carrier, use, part, share=Decimal(str(percent)) / 100, share_of="primary_energy")


def test_the_published_factory_closes_and_its_printed_subtotals_do_not() -> None:
    path = SHARED / "facts" / "diagnosis_sample.yaml"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    example = yaml.safe_load(path.read_text(encoding="utf-8"))["end_use_example"]
    uses, energy = [], {}
    for carrier in ("electricity", "kerosene", "lpg"):
        for part, percent in example[carrier].items():
            if part != "subtotal":
                uses.append(of_all(carrier, "production", part, percent))
                energy[carrier] = energy.get(carrier, Decimal(0)) + Decimal(str(percent))
    # bills whose primary energy stands in the printed proportions: 9.76 GJ/千kWh, 36.5 GJ/kL, 50.1 GJ/t
    per_unit = {
        c: next(
            x.energy_gj / x.quantity
            for x in account(
                [Bill("s", "m", c, date(2024, 4, 1), date(2025, 3, 31), Decimal(1), UNITS[c])],
                owner="c",
                programme=DECK,
                fiscal_year=2024,
            ).lines
            if x.energy_gj
        )
        for c in energy
    }
    exact = {c: Fraction(v) * 10**6 / per_unit[c] for c, v in energy.items()}
    found = shares(uses, {c: round(q) for c, q in exact.items()})
    assert found.findings == (), "within the rounding of the printed shares"
    assert round_half_up(found.known_share * 100, 1) == Decimal("100.0")
    printed = {c: Decimal(str(example[c]["subtotal"])) for c in energy}
    ours = {b.carrier: round_half_up(b.share * 100, 1) for b in found.bars}
    assert ours == {"electricity": Decimal("59.3"), "kerosene": Decimal("32.4"), "lpg": Decimal("8.3")}
    # the deck prints 8.4 for LPG, whose parts are 4.4 and 3.9, and subtotals that add up to 100.1 under a total of 100.0
    assert printed["lpg"] - ours["lpg"] == Decimal("0.1")
    assert (sum(printed.values()), Decimal(str(example["total"]))) == (Decimal("100.1"), Decimal("100.0"))
    assert sum(ours.values()) == Decimal("100.0")


percents = st.lists(st.integers(1, 400), max_size=6)


@given(percents, percents, st.integers(1, 10**7), st.integers(1, 10**6))
def test_every_bar_closes_on_its_bills(electric: list[int], oil: list[int], kwh: int, litres: int) -> None:
    uses = [
        EndUse("s0", carrier, "production", f"{i}", share=Decimal(p) / 1000, share_of="carrier")
        for carrier, own in (("electricity", electric), ("kerosene", oil))
        for i, p in enumerate(own)
    ]
    found = shares(uses, {"electricity": kwh, "kerosene": litres})
    if not uses:
        assert found.bars == ()
        return
    assert sum((b.share for b in found.bars), Fraction(0)) == 1
    for bar, quantity, declared in zip(found.bars, (kwh, litres), (electric, oil), strict=True):
        assert sum((u.energy_gj for u in bar.uses), Fraction(0)) == bar.energy_gj
        assert sum((u.quantity or Fraction(0) for u in bar.uses), Fraction(0)) == quantity
        assert all(u.share > 0 for u in bar.uses)
        assert (bar.uses[-1].use == REMAINDER) == (sum(declared) < 1000)
    exceeded = {f.subject for f in found.findings if f.id == "end_use.exceeds"}
    assert exceeded == {
        c for c, own in (("electricity", electric), ("kerosene", oil)) if sum(own) > 1000 + len(own) / 2
    }


def test_amounts_parts_and_wholes_do_not_count_twice() -> None:
    def kwh(use: str, part: str, amount: int) -> EndUse:
        written = f"{amount} kWh"
        reading = Reading(Decimal(amount), Decimal(1), "kWh/year")
        return EndUse("s0", "electricity", use, part, amount=reading, written=written, how="実測")

    uses = [kwh("production", "", 500), kwh("production", "プレス", 300), kwh("lighting", "", 100)]
    (bar,) = shares(uses, {"electricity": 1000}).bars
    assert [(u.label_ja, u.quantity) for u in bar.uses] == [
        ("生産設備（プレス）", 300),
        ("生産設備", 200),
        ("照明", 100),
        ("その他", 400),
    ]


def test_a_share_of_all_energy_without_a_carrier_makes_one_bar() -> None:
    found = shares([of_all("", "lighting", "", 20)], {"electricity": 1000, "kerosene": 100})
    (bar,) = found.bars
    assert [(u.label_ja, u.share, u.quantity) for u in bar.uses] == [
        ("照明", Fraction(1, 5), None),
        ("その他", Fraction(4, 5), None),
    ]


def test_what_cannot_be_sized_is_said() -> None:
    share = EndUse("s0", "electricity", "lighting", "", share=Decimal("0.2"), share_of="carrier")
    found = shares([share], {"electricity": 1000}, sites=2)
    assert found.bars == ()
    assert "複数の事業所" in found.findings[0].message.ja
    no_bill = shares([of_all("lpg", "boiler", "", 20), share], {"electricity": 1000})
    assert "LPガスの請求がない" in no_bill.findings[0].message.ja
    assert len(no_bill.bars) == 1
