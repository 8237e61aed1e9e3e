"""Section IV's sheets, and the pages for the bank, the subsidy office, the follow-up and sales."""

from __future__ import annotations

from typing import Any

import pytest

from carbonlib import present
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message
from carbonlib.measures.model import CalculationRow
from carbonlib.present.proposal_sheets import basis_cell, quantity_cell
from carbonlib.units import Q_
from tests.present.section_iv import Words, of


@pytest.fixture(scope="module")
def metal() -> Diagnosis:
    return of("sample-metal", 2025)


@pytest.fixture(scope="module")
def office() -> Diagnosis:
    return of("sample-office", 2025)


def row(number: float, unit: str, registry: str, **more: Any) -> CalculationRow:
    return CalculationRow(Message("項目", "item"), "①", Q_(number, registry), unit, **more)


@pytest.mark.parametrize(
    ("number", "unit", "registry", "more", "printed"),
    [
        (1994.0, "年", "year", {"how": "銘板"}, "1994"),
        (1825.0, "h/年", "hour", {"how": "入力値"}, "1,825"),
        (0.2857, "", "dimensionless", {"how": "標準値"}, "0.2857"),
        (8866.666666666666, "kWh/年", "kWh", {"formula": "②×⑥÷⑤"}, "8,867"),
        (0.1003, "MPa", "MPa", {"formula": "⑥-⑧"}, "0.1003"),
        (2.003117452448727, "%", "percent", {"formula": "a"}, "2.003"),
        (60809.50000000001, "kWh/年", "kWh", {"formula": "a"}, "60,810"),
        (4.000000000000001, "kW", "kW", {"formula": "a"}, "4"),
        (-384.0, "kWh/年", "kWh", {"formula": "a"}, "▲384"),
    ],
)
def test_quantities_of_the_calculation_table(
    number: float, unit: str, registry: str, more: dict[str, str], printed: str
) -> None:
    assert quantity_cell(row(number, unit, registry, **more)) == printed


def test_the_basis_says_formula_mark_and_doubt() -> None:
    basis = Message("標準値・仮定。器具の効率", "")
    assert basis_cell(row(1, "kW", "kW", formula="②×③", basis=Message("同じ時間", ""))) == "①=②×③。同じ時間"
    assert basis_cell(row(1, "kW", "kW", how="実測")) == "【実測】"
    assert basis_cell(row(1, "kW", "kW", how="標準値", evidence="assumption", basis=basis)) == basis.ja


def test_a_maker_s_year_has_no_separator_on_the_sheet(metal: Diagnosis) -> None:
    sheet = present.proposal_sheets(metal).values[4]
    assert Words(sheet.html).row("動力 300 kVA: 製造年")[2:4] == ["1994", "年"]


def test_the_bank_reads_funds_and_cash_year_by_year(office: Diagnosis) -> None:
    pages = present.bank_pages(office).values
    assert len(pages) == 3
    words = Words(pages[2].html)
    assert words.row("借入")[1:] == ["8,000", "年利 1.8%、7 年、元利均等"]
    assert words.row("自己資金")[1] == "5,000"
    assert words.row("合計")[1:] == ["13,000", "14,300"]
    assert words.row("0（初期）")[1:] == ["▲5,000", "▲5,000", "8,000"]
    assert words.row("7")[-1] == "0"
    assert len([r for r in words.rows if r and r[0].isdigit()]) == 13  # the useful life, longer than the loan
    assert "法定耐用年数 6 年" in pages[2].plain
    assert "返済期間がこれより長くなります" in pages[2].plain
    assert [words.row(case)[0] for case in ("低位", "基準", "高位")]
    assert "（仮定）" in pages[0].plain  # the terms of a loan that nobody named


def test_the_subsidy_office_reads_before_after_equipment_and_cost(metal: Diagnosis) -> None:
    first = present.office_pages(metal).values[0]
    words = Words(first.html)
    assert words.row("電気")[1:] == ["116,994", "84,582", "32,412", "kWh/年"]
    assert words.row("スクリュー圧縮機")[1:] == ["SC-37A（見本）", "2009", "2", "銘板"]
    assert words.row("対象経費（税抜）")[1] == "4,500,000"
    assert words.row("補助額")[1] == "2,250,000"
    assert "通常: 運転時間 1,900 h/年（⑦）" in first.plain
    assert "16.04 t-CO2" in first.plain


def test_a_sheet_says_what_a_round_refuses_and_what_is_missing(metal: Diagnosis) -> None:
    sheets = present.proposal_sheets(metal).values
    assert "【不明】エネルギー管理システム（EMS）を同時に導入するかどうかが分かりません" in sheets[2].html
    assert "2 件の補助金が対象になり得ます" in sheets[2].html
    assert "2,250,000" in sheets[2].html
    assert "【不適合】年間CO2削減量 2.48 t-CO2 は、最低の 3 t-CO2 に 0.52 t-CO2 足りません" in sheets[4].html
    assert "運用改善は設備の導入ではないため" in sheets[1].html
    assert "補助金" not in sheets[0].html  # done


def test_without_a_day_of_judgement_nothing_is_said_of_rounds() -> None:
    d = of("sample-laundry", 2025, on=None)
    assert "補助金は判定していません" in present.proposal_sheets(d).values[0].html


def test_follow_up_holds_the_measured_against_the_days_since(metal: Diagnosis) -> None:
    shown = present.followup_table(metal)
    cells = Words(shown.html).row("No.1 コンプレッサー設定圧力の見直し")
    assert cells[1:] == [
        "2025年度",
        "電気",
        "9,883",
        "3,845",
        "3,900",
        "kWh",
        "101",
        "11月から3月までの実績（見本）",
    ]
    assert "見込みの 101% です" in shown.html


def test_sales_are_said_at_the_company_s_margin_or_as_an_assumption(
    metal: Diagnosis, office: Diagnosis
) -> None:
    assert present.sales_sentence(metal).endswith("万円分の利益に相当します（利益率 4.5% の場合）。")
    assert present.sales_sentence(office).endswith("万円分の利益に相当します（利益率 5% の場合、仮定）。")
