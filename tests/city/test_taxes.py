"""Sums of yen say on which basis of tax they are, in the city's briefing as on a company's first page."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib import present
from carbonlib.briefing import brief
from carbonlib.city.rollup import merge, roll_up
from carbonlib.records.model import Bill
from carbonlib.records.workspace import find_workspace
from tests.city.test_rollup import account_of, bill

MEMBERS = ("sample-office", "sample-books", "sample-metal")
MIXED = "費用には税込・税抜の額が混ざっています。合計はそのまま足した値です。"


def taxed(tax: str, *, cost: Decimal | None = Decimal(1000)) -> Bill:
    return Bill(**{**vars(bill("electricity", "kWh", Decimal(10), cost=cost)), "tax": tax})


def test_a_sum_names_the_bases_of_the_costs_it_adds_whatever_the_order() -> None:
    included, excluded = (account_of(t, [taxed(t)]) for t in ("included", "excluded"))
    blank = account_of("x", [taxed("unknown", cost=None)])
    assert roll_up([excluded, blank, included]).taxes == ("included", "excluded")
    assert roll_up([excluded, blank]).taxes == ("excluded",)
    assert roll_up([blank]).taxes == ()
    assert merge([roll_up([excluded]), roll_up([included])]) == roll_up([included, excluded])


@pytest.mark.parametrize(
    ("with_tax", "card", "note"),
    [
        ((), "エネルギー費用（税抜）", "費用は税抜です。"),
        (MEMBERS, "エネルギー費用（税込）", "費用は税込です。"),
        (MEMBERS[:1], "エネルギー費用（税込・税抜混在）", MIXED),
    ],
)
def test_the_briefing_says_so_on_the_card_and_below_the_tables(
    workspace: Callable[..., Path], with_tax: tuple[str, ...], card: str, note: str
) -> None:
    root = workspace("briefing", *MEMBERS, years=(2025,))
    for name in with_tax:
        path = root / "parameters/companies" / name / "bills.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("税抜", "税込"), encoding="utf-8")
    briefing = brief(
        2025,
        "saitama-diagnosis-2025",
        activity_fiscal_year=2023,
        schedule_fiscal_year=2024,
        workspace=find_workspace(root),
    )
    assert card in present.briefing_cover(briefing).html
    for shown in (present.industry_figure, present.size_figure):
        assert note in shown(briefing).html
