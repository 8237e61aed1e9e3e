"""The first page says on which basis of tax its yen are, and compares no unlike yen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from carbonlib import present
from carbonlib.accounting import account
from carbonlib.accounting.shares import shares_of
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.first_page import change_of
from carbonlib.key_figures import key_figures
from carbonlib.overview import overview
from carbonlib.records.model import Bill, Tax
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT

SAITAMA = "saitama-diagnosis-2025"


@cache
def books() -> Diagnosis:
    """Return the bookshop: every bill without tax, both years whole."""
    return diagnose("sample-books", 2025, SAITAMA, workspace=Workspace(ROOT))


def taxed(of: Callable[[Bill], Tax]) -> Diagnosis:
    """Return the bookshop with other entries in the column tax."""
    d = books()
    bills = tuple(replace(b, tax=of(b)) for b in d.bills)
    made = {
        y: account(list(bills), owner=d.company.id, programme=d.programme, fiscal_year=y)
        for y in (2024, 2025)
    }
    return replace(
        d, bills=bills, accounts=made, account=made[2025], previous=made[2024], shares=shares_of(made[2025])
    )


def words(d: Diagnosis) -> str:
    return re.sub("<[^>]+>", "", present.cover(d).html)


def spring(b: Bill) -> Tax:
    return "included" if b.start.year == 2025 and 4 <= b.start.month <= 6 else "excluded"


def test_one_basis_is_said_beside_the_cost_and_compared() -> None:
    assert "年間エネルギー費用（税抜）" in words(books())
    assert change_of(books(), "cost_jpy") is not None
    assert "混在" not in words(books())


@pytest.mark.parametrize(("tax", "said"), [("included", "税込"), ("unknown", "税の区分不明")])
def test_another_basis_is_said_and_compared_with_its_like(tax: Tax, said: str) -> None:
    d = taxed(lambda _: tax)
    assert f"年間エネルギー費用（{said}）" in words(d)
    assert change_of(d, "cost_jpy") == change_of(books(), "cost_jpy")


def test_a_year_with_mixed_tax_is_marked_and_not_compared() -> None:
    d = taxed(spring)
    page = words(d)
    assert "年間エネルギー費用（税込・税抜混在）" in page
    assert "税込・税抜が混ざるため前年度と比べません" in page
    assert re.search(r"平均単価は [\d.]+ 円/kWh（税込・税抜混在）です", page)
    assert change_of(d, "cost_jpy") is None
    assert change_of(d, "co2_t") is not None
    assert "cost_change" not in {f.id for f in key_figures(d)}
    told = "".join(m.ja for m in overview(d))
    assert "平均単価は、料金に税込・税抜が混ざるため比べません。" in told
    finding = next(f for f in d.account.findings if f.id == "bill.tax_mixed")
    assert "税込・税抜が混ざっています" in finding.message.ja
    assert "不明" not in finding.message.ja


@pytest.mark.parametrize("earlier", ["included", "unknown"])
def test_years_of_unlike_tax_are_not_compared(earlier: Tax) -> None:
    d = taxed(lambda b: earlier if b.end.isoformat() < "2025-04-01" else "excluded")
    name = {"included": "税込", "unknown": "税の区分不明"}[earlier]
    assert "年間エネルギー費用（税抜）" in words(d)
    assert f"前年度（{name}）と税の区分が違うため比べません" in words(d)
    assert change_of(d, "cost_jpy") is None


def test_a_year_before_with_mixed_tax_is_not_compared() -> None:
    d = taxed(lambda b: "unknown" if b.start.isoformat() < "2024-07-01" else "excluded")
    assert "前年度に税抜・区分不明が混ざるため比べません" in words(d)


def test_the_table_names_only_the_bases_that_occur() -> None:
    html = present.account_table(taxed(spring)).html
    assert "費用には税込・税抜の額が混ざっています" in html
    assert "不明" not in html


def test_cost_per_unit_says_its_basis_of_tax() -> None:
    mixed = "".join(one.html for one in present.intensity_table(taxed(spring)).values)
    assert "費用には税込・税抜の額が混ざっています" in mixed
    assert "費用は税抜です" in "".join(one.html for one in present.intensity_table(books()).values)
