"""Where each figure of the first page comes from: input lines, factors, formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from carbonlib.accounting import AccountLine
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Place
from carbonlib.first_page import FirstPage, first_page
from carbonlib.present import text
from carbonlib.present.first_words import lowered
from carbonlib.present.proposal_words import thousand, tonnes
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table


@dataclass(frozen=True)
class _Figure:
    label: str
    value: str
    formula: str
    rows: str
    factors: str


def figure_provenance(d: Diagnosis) -> Shown:
    """Return for every figure of the first page its input file and line, the factors' ids and the formula."""
    page = first_page(d)
    figures = [*_totals(d), *_savings(d, page)]
    return Table(
        "figure-provenance",
        f"1 ページ目の数値 {len(figures)} 個の出どころです",
        (Column("数値"), Column("値", "", True), Column("式"), Column("入力の場所"), Column("係数の識別名")),
        tuple(Row((f.label, f.value, f.formula, f.rows, f.factors)) for f in figures),
        ("丸めは表示のときの 1 回だけです。途中の計算は丸めていません。",),
        topic="数値の来歴",
    ).shown()


def _bills(lines: Iterable[AccountLine]) -> str:
    return "、".join(f"{text.carrier_name(line)} {text.rows_of(line)}" for line in lines) or text.NOT_KNOWN


def _ids(ids: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(ids)) or text.NOT_KNOWN


def _totals(d: Diagnosis) -> list[_Figure]:
    a = d.account
    bills = _bills(a.lines)
    energy = [
        f.id for x in a.lines for p in x.parts for f in (p.mass_factor, p.energy_factor) if f is not None
    ]
    co2 = [f.id for x in a.lines for f in x.co2_factors]
    found = [
        _Figure(
            "エネルギー費用",
            f"{text.thousand_yen(a.cost_jpy)} 千円",
            f"Σ 請求の料金（{d.period.word('年度')}内の日数分）",
            bills,
            "",
        ),
        _Figure(
            "原油換算",
            f"{text.number(a.crude_oil_kl)} kL",
            "Σ 使用量 × 単位発熱量（電気は一次エネルギー換算係数）× 0.0258",
            bills,
            _ids(energy),
        ),
        _Figure("CO2排出量", f"{text.number(a.co2_t)} t-CO2", "Σ 使用量 × CO2排出係数", bills, _ids(co2)),
    ]
    top = d.shares.dominant()
    line = d.account.line(top[1]) if top else None
    if top is not None and line is not None:
        of = "Σ 費用" if top[0] == "cost" else "Σ 熱量"
        name = text.carrier_name(line)
        part = "費用" if top[0] == "cost" else "熱量"
        found.append(_Figure(f"{name}の割合", text.percent(top[2]), f"{name}の{part} ÷ {of}", bills, ""))
        quantity, unit = text.in_display_unit(line)
        found.append(_Figure(f"{name}の使用量", f"{quantity} {unit}", "Σ 請求の使用量", _bills([line]), ""))
        if line.unit_price_jpy is not None:
            price = f"{text.number(line.unit_price_jpy, 2)} 円/{unit}"
            found.append(_Figure(f"{name}の平均単価", price, "費用 ÷ 使用量", _bills([line]), ""))
    return found


def _places(places: Iterable[Place]) -> str:
    """Return places by file: proposals.yaml 3・15 行目."""
    lines: dict[str, set[int]] = {}
    for place in places:
        lines.setdefault(place.file.rsplit("/", 1)[-1], set()).update({place.line} if place.line else ())
    found = (
        f"{file} {'・'.join(str(n) for n in sorted(numbers))} 行目" if numbers else file
        for file, numbers in lines.items()
    )
    return "、".join(found) or text.NOT_KNOWN


def _savings(d: Diagnosis, page: FirstPage) -> list[_Figure]:
    if d.proposed is None or not page.reducible.count:
        return []
    r, evaluation = page.reducible, d.proposed.evaluation
    places = _places(e.proposal.place for e in evaluation.counted)
    carriers = {(x.carrier, x.unit) for x in evaluation.adjusted.amounts}
    lines = [x for x in d.account.lines if (x.carrier, x.unit) in carriers]
    co2 = _ids(f.id for x in lines for f in x.co2_factors)
    found = [
        _Figure(
            "削減可能量（CO2）",
            f"{lowered(r.co2_t, tonnes(r.co2_t))} t-CO2/年",
            "Σ 重複調整後の削減量 × CO2排出係数",
            places,
            co2,
        ),
        _Figure(
            "削減可能量（費用）",
            f"{lowered(r.saving_jpy, thousand(r.saving_jpy))} 千円/年",
            "Σ 重複調整後の削減量 × 平均単価（提案に単価があれば、その単価）",
            places,
            "",
        ),
    ]
    for first in page.first:
        one = first.one
        rows = [r for r in one.saving.table if r.formula]
        formula = f"{rows[-1].label.ja} {rows[-1].formula}" if rows else "計算表による"
        found.append(
            _Figure(
                f"No.{one.proposal.number} の効果",
                f"{lowered(one.adjusted.co2_reduction_t, tonnes(one.adjusted.co2_reduction_t))} t-CO2/年",
                f"{formula}（個票の計算表）× CO2排出係数。先に適用した提案の残りに対する値",
                _places([one.proposal.place, *(c.place for c in one.proposal.capital or ())]),
                co2,
            )
        )
    if page.sales is not None:
        margin = "company.yaml の operating_margin" if not page.sales.assumed else "標準値（仮定）"
        found.append(
            _Figure(
                "相当する売上",
                f"{text.number(page.sales.sales_jpy / 10000)} 万円",
                "削減可能量（費用）÷ 売上高営業利益率",
                margin,
                "",
            )
        )
    return found
