"""Published accounts: carried as they are printed and never recomputed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.accounting import AsReportedAccount, EnergyAccount, ReportedLine, as_reported
from carbonlib.errors import Place

numbers = st.one_of(st.none(), st.integers(0, 10**6).map(Fraction))


def report(*pairs: tuple[Fraction | None, Fraction | None], source: str = "report-2020", year: int = 2019):
    lines = [ReportedLine(f"line {n}", gj, co2) for n, (gj, co2) in enumerate(pairs)]
    return as_reported("campus", lines, source=source, fiscal_year=year)


def test_the_printed_figures_stay_as_they_are():
    made = report((Fraction(10432), Fraction(682)), (Fraction(5211), Fraction(260)))
    assert (made.energy_gj, made.co2_t) == (15643, 942)
    assert [(x.energy_gj, x.co2_t) for x in made.lines] == [(10432, 682), (5211, 260)]


def test_a_figure_that_was_not_printed_leaves_its_total_unknown_and_the_other_one_known():
    made = report((Fraction(10432), None), (Fraction(5211), Fraction(260)))
    assert made.co2_t is None
    assert made.energy_gj == 15643


def test_nothing_is_worked_out_that_was_not_printed():
    made = report((Fraction(10432), Fraction(682)))
    assert made.crude_oil_kl is None
    assert made.cost_jpy is None


def test_its_identity_keeps_it_apart_from_computed_accounts_and_other_publications():
    made = report()
    assert made.identity.basis == "as_reported"
    assert made.identity.fiscal_year == 2019
    assert "report-2020" in made.identity.programme
    assert made.identity != report(source="report-2021").identity
    assert made.identity != report(year=2020).identity
    assert made.identity == report((Fraction(1), Fraction(1))).identity
    assert not isinstance(made, EnergyAccount)


def test_an_account_of_no_lines_is_zero():
    assert (report().energy_gj, report().co2_t) == (0, 0)


def test_accounts_and_lines_do_not_change():
    made = report((Fraction(1), Fraction(2)))
    with pytest.raises(AttributeError):
        made.owner = "other"
    with pytest.raises(AttributeError):
        made.lines[0].co2_t = Fraction(3)


def test_lines_remember_where_they_stood():
    line = ReportedLine("electricity", Fraction(1), Fraction(1), Place("co2.csv", 3))
    assert (
        as_reported("c", [line], source="s", fiscal_year=2019).lines[0].place.text("en") == "co2.csv line 3"
    )


@given(st.lists(st.tuples(numbers, numbers), max_size=6))
def test_totals_are_the_sums_of_what_is_printed_or_unknown(pairs):
    made: AsReportedAccount = report(*pairs)
    for total, printed in ((made.energy_gj, [p[0] for p in pairs]), (made.co2_t, [p[1] for p in pairs])):
        assert total == (None if None in printed else sum(printed))
