"""What can be saved: by carrier, proposal by proposal, and what it equals in sales."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlib.diagnosis import Diagnosis
from carbonlib.fiscal_year import day_label
from carbonlib.present import text
from carbonlib.present.charts import said
from carbonlib.present.proposal_lines import unit_of
from carbonlib.present.proposal_words import (
    KINDS,
    NONE_YET,
    carrier_of,
    change_words,
    energy,
    has_subsidy,
    lowering,
    no_sales_words,
    numbered,
    payback_years,
    proposed_of,
    raising_words,
    size,
    status_of,
    tax_words,
    thousand,
    tonnes,
)
from carbonlib.present.rounding import rounding_notes
from carbonlib.present.shown import NOTHING, Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.proposals.effects import Effects
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.money import DEMAND_WITHIN
from carbonlib.proposals.reductions import Reduction, reductions_of
from carbonlib.proposals.sales import sales_of
from carbonlib.proposing import Proposed
from carbonlib.units import format_number


def _share(one: Reduction) -> str:
    return text.NOT_KNOWN if one.share is None else text.percent(one.share).removesuffix("%")


def _cut(one: Reduction, printed: str, unit: str) -> str:
    share = "" if one.share is None else f"（{text.percent(abs(one.share))}）"
    return f"{printed} {unit}{share}"


def reductions_table(d: Diagnosis) -> Shown:
    """Return cost, use, what can be saved and its share, carrier by carrier, after overlap is taken out."""
    of = proposed_of(d)
    if of is None:
        return NOTHING
    found = reductions_of(d.account, of.evaluation)
    rows = []
    for one in found.carriers:
        line = one.line
        rows.append(
            Row(
                (
                    carrier_of(one.name, one.unit),
                    text.thousand_yen(line.cost_jpy) if line else "請求なし",
                    text.number(one.used) if line else "請求なし",
                    energy(one.saved),
                    unit_of(one.name, one.unit),
                    _share(one),
                )
            )
        )
    cost = text.thousand_yen(found.cost.used)
    for label, total, unit in (
        ("合計（原油換算）", found.crude_oil, "kL"),
        ("合計（CO2）", found.co2, "t-CO2"),
    ):
        rows.append(
            Row((label, cost, tonnes(total.used), tonnes(total.saved), unit, _share(total)), total=True)
        )
    notes = [
        f"{d.period.short()}の使用量に対する、1年あたりの削減可能量です（提案どうしの重複を除いた後）。",
        f"費用の削減額は年 {_cut(found.cost, thousand(found.cost.saved), '千円')}です（平均単価で計算）。",
    ]
    if any(r.saved is not None and r.saved < 0 for r in found.carriers):
        notes.append("▲ は、対策によって使用量が増えることを示します。")
    notes += rounding_notes([Row(row.cells[1:2]) for row in rows if not row.total], Row((cost,)))
    return Table(
        "reductions",
        _reducible(of, found.co2, found.cost),
        (
            Column("エネルギー種別"),
            Column("費用", "千円/年", True),
            Column("年間の使用量", "", True),
            Column("年間の削減可能量", "", True),
            Column("単位"),
            Column("削減率", "%", True),
        ),
        tuple(rows),
        notes,
        topic="エネルギーの費用・使用量・削減可能量・削減率",
    ).shown()


def _reducible(of: Proposed, co2: Reduction, cost: Reduction) -> str:
    """Return the message of all proposals together."""
    count = len(of.evaluation.counted)
    if not count:
        return "提案はすべて実施済みか見送りで、合計に数えるものはありません"
    words = change_words(
        [
            ("CO2", co2.saved, size(_cut(co2, tonnes(co2.saved), "t-CO2"))),
            ("費用", cost.saved, size(_cut(cost, thousand(cost.saved), "千円"))),
        ]
    )
    if not words:
        return f"提案 {count} 件の効果は、係数か単価がないため集計できません"
    raising = of.evaluation.raising
    rising = f"。{said}" if len(raising) < count and (said := raising_words(raising)) else ""
    return f"{lowering(count, raising)}で、{words}{rising}"


def proposals_table(d: Diagnosis) -> Shown:
    """Return 提案結果のまとめ: each proposal by itself, then their sum, the sum after overlap and the difference."""
    of = proposed_of(d)
    if of is None:
        return said(NONE_YET)
    evaluation = of.evaluation
    with_marginal = any(e.alone.cost_marginal_jpy is not None for e in evaluation.items)
    with_subsidy = any(has_subsidy(of, e) for e in evaluation.items)
    columns = [
        Column("提案"),
        Column("CO2削減量", "t-CO2/年", True),
        Column("原油換算", "kL/年", True),
        Column("削減額（平均単価）", "千円/年", True),
        *((Column("削減額（限界単価）", "千円/年", True),) if with_marginal else ()),
        Column("投資額（税抜）", "千円", True),
        Column("回収年数（補助なし）" if with_subsidy else "回収年数", "年", True),
        *((Column("回収年数（補助後）", "年", True),) if with_subsidy else ()),
        Column("区分・状態"),
    ]
    rows = [_row(of, e, with_marginal, with_subsidy) for e in evaluation.items]
    totals = _totals(of, with_marginal, len(columns))
    counted = [row for row, e in zip(rows, evaluation.items, strict=True) if e.counted]
    apart = [
        n for parts in (counted, totals[1:]) for n in (rounding_notes(parts, totals[0]) if totals else ())
    ]
    found = reductions_of(d.account, evaluation)
    return Table(
        "proposals",
        _reducible(of, found.co2, found.cost),
        tuple(columns),
        (*rows, *totals),
        [*_notes(of, with_marginal, with_subsidy), *apart[:1]],
        topic="提案結果のまとめ",
    ).shown()


def _row(of: Proposed, one: Evaluated, with_marginal: bool, with_subsidy: bool) -> Row:
    return Row(
        (
            numbered(one),
            tonnes(one.alone.co2_reduction_t),
            tonnes(one.alone.crude_oil_kl),
            thousand(one.alone.cost_average_jpy),
            *((thousand(of.money[one.proposal.number].marginal_jpy),) if with_marginal else ()),
            thousand(one.capital_jpy),
            payback_years(of, one),
            *((payback_years(of, one, after=True),) if with_subsidy else ()),
            f"{KINDS[one.kind]}・{status_of(one)}",
        )
    )


def _totals(of: Proposed, with_marginal: bool, width: int) -> list[Row]:
    if not of.evaluation.counted:
        return []

    def row(label: str, e: Effects) -> Row:
        cells = [label, tonnes(e.co2_reduction_t), tonnes(e.crude_oil_kl), thousand(e.cost_average_jpy)]
        cells += [thousand(e.cost_marginal_jpy)] if with_marginal else []
        return Row((*cells, *("",) * (width - len(cells))), total=True)

    return [
        row("単独効果の合計", of.evaluation.alone),
        row("重複調整後", of.evaluation.adjusted),
        row("差", of.evaluation.overlap),
    ]


def _notes(of: Proposed, with_marginal: bool, with_subsidy: bool) -> Iterator[str]:
    evaluation = of.evaluation
    yield "各行は、その提案だけを行ったときの効果（単独効果）です。"
    if of.evaluation.why_less:
        yield of.evaluation.why_less.ja
    for one in evaluation.items:
        name = f"No.{one.proposal.number}"
        if one.replaced_by:
            yield f"{name} は No.{one.replaced_by} と同時には行えないため、合計に数えていません。"
        elif one.proposal.status == "実施済み":
            done = f"（{day_label(one.proposal.done_on)}）" if one.proposal.done_on else ""
            yield f"{name} は実施済み{done}のため、合計に数えていません。"
        elif one.proposal.status == "見送り":
            why = f"理由: {one.proposal.declined_because}" if one.proposal.declined_because else ""
            yield f"{name} は見送りのため、合計に数えていません。{why}"
    yield "平均単価は基本料金を含む支払額÷使用量です。県の診断報告書と同じ評価です。"
    yield from tax_words(of)
    if with_marginal:
        yield "限界単価は、使用量が減ったときに請求が実際に減る分の単価です（基本料金を除く）。控えめな評価です。"
        if any(m.demand_within for m in of.money.values()):
            yield DEMAND_WITHIN.ja
    elif any(not p.known for p in of.marginal.values()):
        yield "限界単価（使用量が減ったときに請求が実際に減る分の単価）は、請求の内訳が分からないため示していません。"
    if with_subsidy:
        yield "補助後の回収年数は、対象になり得る補助金を受けられた場合です。交付は審査によります。"
    if any(e.capital_jpy is None for e in evaluation.items):
        yield "投資額の「–」は、見積りがないことを示します。"
    shown = {payback_years(of, e) for e in evaluation.items}
    words = {"すぐ": "費用がかからないこと", "なし": "費用の削減がないこと", "費用増": "費用が増えること"}
    said_ = "、".join(f"「{word}」は{meaning}" for word, meaning in words.items() if word in shown)
    if said_:
        yield f"回収年数の{said_}を示します。"


def sales_sentence(d: Diagnosis) -> str:
    """Return what the saving of all proposals equals in sales, "" where nothing is saved or known."""
    of = proposed_of(d)
    if of is None:
        return ""
    found = sales_of(of.evaluation.adjusted.cost_average_jpy, d.company, of.finance)
    if found is None:
        return no_sales_words(d, of.evaluation.adjusted.cost_average_jpy)
    margin = format_number(found.margin * 100, 1).removesuffix(".0")
    assumed = "、仮定" if found.assumed else ""
    sales = format_number(found.sales_jpy / 10_000)
    return f"この削減額は売上 {sales} 万円分の利益に相当します（利益率 {margin}% の場合{assumed}）。"


def sales_equivalent(d: Diagnosis) -> Shown:
    """Return what the saving equals in sales, as a sentence of its own."""
    of, sentence = proposed_of(d), sales_sentence(d)
    if of is None or not sentence:
        return said("削減額が分からないため、売上に換算していません。")
    saved = thousand(of.evaluation.adjusted.cost_average_jpy)
    return said(
        f"提案をすべて行うと、費用は年 {saved} 千円減る見込みです（重複調整後、平均単価）。{sentence}"
    )
