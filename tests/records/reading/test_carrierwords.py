"""Each name of a carrier is read alike over a column, in a cell and in the name of a cost."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from carbonlib.factors import carriers
from carbonlib.records.reading.carriernames import carrier_named
from carbonlib.records.reading.costwords import is_whole_cost, names_no_charge
from carbonlib.records.reading.words import carrier_in, heading

TEXT = files("carbonlib.records").joinpath("data", "carrier_words.csv").read_text(encoding="utf-8")
ROWS = [(r["spelling"], r["carrier"], r["kind"]) for r in csv.DictReader(TEXT.splitlines())]


@pytest.mark.parametrize(("spelling", "carrier"), [(s, c) for s, c, kind in ROWS if kind == "name"])
def test_a_name_is_read_alike_in_headings_cells_and_costs(spelling: str, carrier: str) -> None:
    assert carrier in carriers()
    assert heading(f"{spelling}使用量").carrier == carrier
    assert carrier_in(spelling) == carrier_named(spelling) == carrier
    assert carrier_named(f"{spelling}使用量") == carrier
    assert is_whole_cost(f"{spelling}料金(円)")
    assert names_no_charge(spelling)


@pytest.mark.parametrize(("spelling", "carrier"), [(s, c) for s, c, kind in ROWS if kind == "several"])
def test_a_name_of_several_asks_everywhere(spelling: str, carrier: str) -> None:
    assert carrier_in(spelling) == carrier_named(spelling) == carrier == "?"
    assert heading(f"{spelling}使用量").ambiguous
    assert is_whole_cost(f"{spelling}代")


@pytest.mark.parametrize("spelling", [s for s, _, kind in ROWS if kind == "of_cost"])
def test_a_word_of_costs_names_no_carrier(spelling: str) -> None:
    assert carrier_in(spelling) is None
    assert is_whole_cost(f"{spelling}費")


def test_the_longest_name_in_a_text_counts() -> None:
    assert carrier_in("液化天然ガス使用量") == "lng"
    assert carrier_in("ＣＮＧ購入量") == "natural_gas"
    assert carrier_in("電気・都市ガス") == "?"
    assert carrier_in("天然ガス液") is carrier_in("ガスリン") is None
