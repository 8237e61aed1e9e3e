"""An amount of a year is written the same way in every field that takes one."""

from __future__ import annotations

import pytest

from carbonlib.records.proposal_checks import amount_problem
from carbonlib.units import of_a_year


@pytest.mark.parametrize("year", ["/年", "／年", " / 年 ", "/year", " / year "])
def test_the_year_is_taken_off_in_japanese_and_english(year: str) -> None:
    assert of_a_year(f"127,740 kWh{year}") == "127,740 kWh"
    assert amount_problem(f"127,740 kWh{year}", "electricity") is None


@pytest.mark.parametrize("text", ["5 kWh", "5 kWh/月", "5 kWh/年度", "5 円/kWh", ""])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert of_a_year(text) == text
