"""No published sum, and no difference of published sums, is over so few companies that it tells their own figures."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib import present
from carbonlib.accounting import EnergyAccount
from carbonlib.briefing import brief
from carbonlib.city.rollup import Member, by_group, roll_up
from carbonlib.city.suppress import Published, suppress, withhold
from carbonlib.city.withhold import fewest_told, withheld_of
from carbonlib.records.workspace import find_workspace
from carbonlib.units import format_number
from tests.city.test_rollup import account_of, bill

# group of the first table, group of the second, whether the cost is known
ROWS = st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz"), st.booleans())


@dataclass
class City:
    """Companies of groups A.. and x.., those named True state a cost; what is published of them."""

    rows: list[tuple[str, str, bool]]
    threshold: int
    members: list[tuple[EnergyAccount, str, str]] = field(init=False)
    tables: tuple[Published, Published] = field(init=False)

    def __post_init__(self) -> None:
        self.members = [
            (account_of(f"{i}", [bill("electricity", "kWh", Decimal(1), cost=self.cost(i))]), first, second)
            for i, (first, second, _) in enumerate(self.rows)
        ]
        pooled = tuple(
            suppress(by_group(Member(m[0], m[place]) for m in self.members), self.threshold)
            for place in (1, 2)
        )
        self.tables = withhold(self.members, (pooled[0], pooled[1]), self.threshold)

    def cost(self, company: int) -> Decimal | None:
        """A power of two for each, so that a sum says whose costs it holds."""
        return Decimal(2**company) if self.rows[company][2] else None

    def shown(self) -> Iterator[Fraction]:
        """The costs that a reader sees."""
        total = roll_up(m[0] for m in self.members).cost_jpy
        if not total.tells_fewer_than(self.threshold):
            yield total.value
        for table in self.tables:
            for name in table.groups:
                if (found := table.sum_of(name, "cost_jpy")) is not None:
                    yield found.value


@given(st.lists(ROWS, min_size=1, max_size=14), st.integers(1, 4))
@settings(max_examples=80)
def test_nothing_that_is_shown_or_follows_is_over_too_few(
    rows: list[tuple[str, str, bool]], threshold: int
) -> None:
    shown = list(dict.fromkeys(City(rows, threshold).shown()))
    masks = [[(int(v) >> i) & 1 for i in range(len(rows))] for v in shown]
    for signs in product((-1, 0, 1), repeat=len(masks)):
        told = [sum(s * m[i] for s, m in zip(signs, masks, strict=True)) for i in range(len(rows))]
        if set(told) <= {0, 1}:
            assert not 0 < sum(told) < threshold, (signs, masks)


@given(st.lists(ROWS, min_size=1, max_size=14), st.integers(1, 4))
@settings(max_examples=80)
def test_nothing_is_withheld_in_vain(rows: list[tuple[str, str, bool]], threshold: int) -> None:
    stated = Counter((first, second) for first, second, known in rows if known)
    withheld = withheld_of(stated, threshold)
    if stated.total() >= threshold:
        assert fewest_told(stated, withheld) >= threshold
        for row in withheld:
            assert fewest_told(stated, withheld - {row}) < threshold


def test_a_group_in_which_one_states_the_figure_hides_it_and_the_one_that_would_give_it_away() -> None:
    rows = [("A", "x", i == 0) for i in range(3)] + [("B", "x", True)] * 3 + [("C", "x", True)] * 4
    city = City(rows, 3)
    assert [city.tables[0].sum_of(n, "cost_jpy") is None for n in "ABC"] == [True, True, False]
    assert all(city.tables[0].sum_of(n, "co2_t") is not None for n in "ABC")


def test_a_row_of_one_table_less_rows_of_the_other_tells_nobody_either() -> None:
    # all of x are in A, and one more is: A - x would be that one's own
    rows = [("A", "x", True)] * 3 + [("A", "y", True)] + [("B", "y", True)] * 3
    city = City(rows, 3)
    assert city.tables[0].withheld | city.tables[1].withheld


def test_where_too_few_state_it_at_all_nothing_is_shown() -> None:
    city = City([("A", "x", i < 2) for i in range(3)] + [("B", "y", False)] * 3, 3)
    assert set(city.shown()) == {0}  # of B and y, nobody states it


def test_the_page_withholds_what_one_company_alone_states(workspace: Callable[..., Path]) -> None:
    names = ("sample-office", "sample-books", "sample-metal")
    root = workspace("briefing", *names, years=(2025,))
    for name in names[1:]:  # no cost of electricity is known of two of the three
        path = root / "parameters/companies" / name / "bills.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update(cost="", cost_unit="", tax="")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    briefing = brief(
        2025,
        "saitama-diagnosis-2025",
        activity_fiscal_year=2023,
        schedule_fiscal_year=2024,
        workspace=find_workspace(root),
    )
    assert briefing.total is not None
    own = format_number(briefing.total.cost_jpy.value / 1000)
    assert briefing.total.cost_jpy.counted == 1
    for shown in (present.briefing_cover, present.industry_figure, present.size_figure):
        page = shown(briefing)
        assert own not in page.html + page.typst + page.plain
        assert "値の分かる事業者が 3 社未満" in page.html
    # where the total of CO2 itself may not be shown, neither may its bars
    assert "<svg" not in present.industry_figure(replace(briefing, suppress_below=4)).html
