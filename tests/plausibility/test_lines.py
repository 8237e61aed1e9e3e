"""The lines of a bill add up to its cost with or without the tax they name, its time bands to no more than its use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from carbonlib.plausibility.lines import line_doubts
from tests.plausibility.test_checks import bill


def test_lines_add_up_to_the_cost_and_bands_to_the_use() -> None:
    lines = {
        "demand_charge_jpy": Decimal(100000),
        "energy_charge_jpy": Decimal(500000),
        "discount_jpy": Decimal(-20000),
    }
    assert list(line_doubts([bill("30000", cost="580000", charges=lines)])) == []
    assert list(line_doubts([bill("30000", cost="580003", charges=lines)])) == []
    [doubt] = line_doubts([bill("30000", cost="680000", charges=lines)])
    assert "580,000 円が料金 680,000 円と合いません" in doubt.message.ja
    with_tax = {**lines, "tax_jpy": Decimal(58000)}
    assert list(line_doubts([bill("30000", cost="638000", tax="included", charges=with_tax)])) == []
    # うち消費税: the lines hold it already
    assert list(line_doubts([bill("30000", cost="580000", tax="included", charges=with_tax)])) == []
    [added] = line_doubts([bill("30000", cost="700000", tax="included", charges=with_tax)])
    assert "638,000 円が料金 700,000 円と合いません" in added.message.ja
    [net] = line_doubts([bill("30000", cost="638000", tax="excluded", charges=with_tax)])
    assert "580,000 円が料金 638,000 円と合いません" in net.message.ja
    [bands] = line_doubts([bill("30", charges={"day_kwh": Decimal(20), "night_kwh": Decimal(11)})])
    assert bands.id == "bill.bands_exceed_use"
    # 12.3 千kWh is printed of anything up to 12,350 kWh
    assert list(line_doubts([bill("12.3", "千kWh", charges={"night_kwh": Decimal(12345)})])) == []
    assert [f.id for f in line_doubts([bill("12.3", "千kWh", charges={"night_kwh": Decimal(12351)})])] == [
        "bill.bands_exceed_use"
    ]


@pytest.mark.parametrize(
    ("quantity", "unit"), [("1", "千kWh"), ("1", "MWh"), ("0.001", "GWh"), ("1000", "ｋＷｈ")]
)
def test_bands_are_held_against_the_use_in_any_unit(quantity: str, unit: str) -> None:
    [doubt] = line_doubts([bill(quantity, unit, charges={"night_kwh": Decimal(2000)})])
    assert doubt.id == "bill.bands_exceed_use"
    assert "合計 2,000 kWh が使用量 1,000 kWh を超えています" in doubt.message.ja
    assert list(line_doubts([bill(quantity, unit, charges={"night_kwh": Decimal(1000)})])) == []
