"""The answer for a customer (取引先回答用) on one page."""

from __future__ import annotations

from carbonlib.accounting.whole import left_out
from carbonlib.answer import Answer, AnswerRow, answer, answer_rows
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.present import text
from carbonlib.present.page import page
from carbonlib.present.rounding import rounding_notes
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.units import format_number

_DIGITS = {"t-CO2": 1, "t-CO2/m2": 4, "t-CO2/人": 2}
# rows of the side-by-side table: label, keys of the rows by location and by market
_SIDE_BY_SIDE = (
    ("Scope 1（燃料の使用）", "scope1", "scope1", False),
    ("Scope 2（電気の使用）", "scope2_location", "scope2_market", False),
    ("Scope 1 + 2", "total_location", "total_market", True),
    ("延床面積あたり", "per_area_location", "per_area_market", False),
    ("従業員あたり", "per_employee_location", "per_employee_market", False),
)
_BASIS = (
    "boundary",
    "period",
    "programme",
    "scope1",
    "scope2_location",
    "scope2_market",
    "target",
    "report_total",
)


def answer_sheet(d: Diagnosis) -> Shown:
    """Return the answer for a customer: Scope 1 and 2 by location and by market side by side, then what it rests on."""
    a = answer(d)
    rows = {r.key: r for r in answer_rows(d)}
    side_by_side = tuple(
        Row((label, _value(rows[one]), _value(rows[other])), total=total)
        for label, one, other, total in _SIDE_BY_SIDE
    )
    numbers = Table(
        "answer",
        _caption(a),
        (Column("項目"), Column("ロケーション基準", "", True), Column("マーケット基準", "", True)),
        side_by_side,
        [*_notes(a), *rounding_notes(side_by_side[:2], side_by_side[2])],
        topic="取引先への回答（Scope 1・2）",
    )
    basis = Table(
        "answer-basis",
        "回答の範囲・期間と、使った係数",
        (Column("項目"), Column("内容"), Column("算定の方法"), Column("係数の識別名"), Column("出典")),
        tuple(
            Row((r.label, _value(r), r.how, "、".join(r.factor_ids), r.source))
            for r in (rows[key] for key in _BASIS)
        ),
        topic="取引先への回答の根拠",
    )
    return page("answer-sheet", [numbers, basis], first=True, alone=True)


def _caption(a: Answer) -> str:
    location, market = a.total(a.location), a.total(a.market)
    part = left_out(a.account).ja
    mark = f"（{part}）" if part else ""
    if location is not None and market is not None:
        return (
            f"Scope 1 + 2 は、ロケーション基準 {format_number(location, 1)} t-CO2、"
            f"マーケット基準 {format_number(market, 1)} t-CO2 です{mark}"
        )
    if location is None and market is None:
        return f"登録されていない係数があるため、Scope 1 + 2 の合計は回答できません{mark}"
    return f"登録されていない係数があるため、Scope 1 + 2 の合計は一方の基準だけ回答できます{mark}"


def _value(row: AnswerRow) -> str:
    if row.value is None:
        return row.words or text.NOT_KNOWN
    return f"{format_number(row.value, _DIGITS[row.unit])} {row.unit}"


def _notes(a: Answer) -> list[str]:
    part = left_out(a.account).ja
    notes = [] if not part else [f"この値は{part}で、1 年分の回答ではありません。"]
    notes += [
        "エネルギーの使用に伴うCO2だけを算定しています。冷媒の漏えいなど、ほかの温室効果ガスと Scope 3 は含みません。",
        "Scope 2 の 2 つの基準は見方の違いで、足し合わせるものではありません。ロケーション基準は全国平均、マーケット基準は契約している供給者の係数によります。",
    ]
    if a.scope1.missing:
        names = "・".join(carriers()[c].label_ja for c in a.scope1.missing)
        notes.append(
            f"{names}は、{a.diagnosis.period.word('この年度')}の係数が登録されていないため、Scope 1 を算定していません。"
        )
    if None in (a.location.co2_t, a.market.co2_t):
        notes.append("「係数未登録」の年度には、近い年度の係数を代わりに使っていません。")
    notes += sorted({f"{f.locator}：{f.note}。" for s in (a.location, a.market) for f in s.factors if f.note})
    return notes
