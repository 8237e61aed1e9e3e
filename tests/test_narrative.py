"""The report's sentences: each carries its figure, says only what the data show, and gives way to the diagnostician's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.accounting import account
from carbonlib.accounting.shares import shares_of
from carbonlib.analysis.changes import changes
from carbonlib.conclusion import DISCLAIMER, conclusion
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.factors import programmes
from carbonlib.overview import overview
from carbonlib.practice import good_practices
from carbonlib.records.assessment import ANSWERS, checklist
from carbonlib.records.model import ActivityDriver, Bill, Company, Site
from carbonlib.records.workspace import workspace_at
from tests.conftest import ROOT

DECK = programmes()["saitama-diagnosis-2025"]


@cache
def sample(name: str, year: int = 2025) -> Diagnosis:
    return diagnose(name, year, "saitama-diagnosis-2025", workspace=workspace_at(ROOT))


def made(bills: list[Bill], year: int = 2024, **company: object) -> Diagnosis:
    """Return a diagnosis of bills alone."""
    one = Company("c", "見本", "サービス業", (Site("s", "本社"),), **company)  # type: ignore[arg-type]
    years = sorted({b.start.year for b in bills} | {year})
    accounts = {y: account(bills, owner="c", programme=DECK, fiscal_year=y) for y in years}
    return Diagnosis(
        one, year, DECK, accounts[year], accounts.get(year - 1), shares_of(accounts[year]), (), (),
        accounts=accounts, bills=tuple(bills),
    )  # fmt: skip


def yearly(
    year: int, quantity: int, carrier: str = "electricity", unit: str = "kWh", cost: int | None = 100_000
) -> Bill:
    jpy = None if cost is None else Decimal(cost)
    return Bill("s", "m", carrier, date(year, 4, 1), date(year + 1, 3, 31), Decimal(quantity), unit, jpy)


def ja(messages: object) -> str:
    return "\n".join(m.ja for m in messages)  # type: ignore[attr-defined]


def test_the_published_shop_is_told_as_its_deck_tells_it() -> None:
    shop = sample("saitama-shop", 2023)
    first = overview(shop)[0].ja
    assert first == "年間のエネルギー費用 63,075 千円のうち、99.9% は電気です（一次エネルギーでは 99.9%）。"
    told = ja(conclusion(shop))
    assert "63,075 千円に達し" in told
    assert "前年度" not in ja(overview(shop)), "there is no year before"


@pytest.mark.parametrize(
    "name", ["sample-metal", "sample-hotel", "sample-drugstore", "sample-school", "sample-transport"]
)
def test_every_sentence_is_whole_in_both_languages_and_has_a_figure(name: str) -> None:
    d = sample(name)
    for message in (*overview(d), *conclusion(d)):
        assert message.ja.endswith("。")
        assert "。。" not in message.ja
        assert message.en.endswith(".")
        assert "None" not in message.ja + message.en
    for message in overview(d):
        assert re.search(r"\d", message.ja), message.ja


def test_the_order_of_the_summary_is_the_usual_one() -> None:
    told = ja(conclusion(sample("sample-metal")))
    marks = [
        "に達し",
        "省エネの取組では",
        "既存設備の省エネ余地は約",
        "運用改善",
        "計画的な更新",
        "に取り組む余地",
        "次は、",
        DISCLAIMER.ja,
    ]
    places = [told.index(m) for m in marks]
    assert places == sorted(places)


def test_years_compare_over_the_same_months_only() -> None:
    def monthly(year: int, months: range, kwh: int) -> list[Bill]:
        found = []
        for m in months:
            first = date(year + (m > 12), m - 12 * (m > 12), 1)
            last = date(year + (m + 1 > 12), (m + 1) - 12 * (m + 1 > 12), 1)
            end = date.fromordinal(last.toordinal() - 1)
            found.append(Bill("s", "m", "electricity", first, end, Decimal(kwh), "kWh", Decimal(kwh * 20)))
        return found

    d = made([*monthly(2023, range(4, 16), 1000), *monthly(2024, range(4, 10), 1100)])
    (change,) = changes(d.account, d.previous)
    assert (change.quantity, change.quantity_before, len(change.months)) == (6600, 6000, 6)
    told = ja(overview(d))
    assert "2023年度より 600 kWh（10.0%）増えました（両年度で分かる 6 か月の比較）" in told
    assert "請求のない期間を除く" in ja(conclusion(d))


def test_whole_years_compare_and_a_small_change_is_called_about_the_same() -> None:
    told = ja(overview(made([yearly(2023, 100_000), yearly(2024, 100_100)])))
    assert "ほぼ同じです（差は 100 kWh）" in told
    fell = ja(overview(made([yearly(2023, 100_000), yearly(2024, 80_000)])))
    assert "20,000 kWh（20.0%）減りました。平均単価は 1.00 円/kWh から 1.25 円/kWh" in fell


def test_one_carrier_no_cost_no_months() -> None:
    d = made([yearly(2024, 50_000, cost=None)])
    assert ja(overview(d)) == "使っているエネルギーは電気だけで、年間の使用量は 50,000 kWh です。"
    assert "原油換算 12.6 kL" in ja(conclusion(d))


def test_cost_is_set_against_sales_where_they_are_known() -> None:
    d = made(
        [yearly(2024, 50_000)], activity_drivers=(ActivityDriver("sales", 2024, Decimal(10_000_000), "円"),)
    )
    assert "（売上高の 1.0%）に達し" in ja(conclusion(d))
    other = made(
        [yearly(2024, 50_000)], activity_drivers=(ActivityDriver("sales", 2023, Decimal(10_000_000), "円"),)
    )
    assert "売上高" not in ja(conclusion(other))


answers = st.dictionaries(st.sampled_from(sorted(checklist())), st.sampled_from(ANSWERS))


@given(answers, answers)
def test_good_practices_are_never_what_the_diagnostician_denies(
    own: dict[str, str], auditor: dict[str, str]
) -> None:
    found = good_practices(
        Company("c", "見本", "製造業", (), self_assessment=own, auditor_assessment=auditor)
    )
    ids = {p.question.id for p in found}
    assert ids == {
        q for q in checklist()
        if auditor.get(q, "実施") == "実施" and "実施" in {own.get(q), auditor.get(q)}
    }  # fmt: skip
    agreed = [p.agreed for p in found]
    assert agreed == sorted(agreed, reverse=True)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([("electricity", "kWh"), ("kerosene", "L"), ("lpg", "kg"), ("diesel", "L")]),
            st.integers(0, 10**7),
            st.none() | st.integers(0, 10**8),
            st.sampled_from([2023, 2024]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_odd_companies_get_sentences_and_no_traceback(
    rows: list[tuple[tuple[str, str], int, int | None, int]],
) -> None:
    bills = [
        replace(yearly(y, q, *kind, cost), meter_id=f"m{i}") for i, (kind, q, cost, y) in enumerate(rows)
    ]
    d = made([*bills, yearly(2024, 1)])
    for message in (*overview(d), *conclusion(d)):
        assert message.ja.endswith("。")
        assert "None" not in message.ja
