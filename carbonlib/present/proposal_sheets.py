"""A sheet for each proposal (提案個票): outline, effects, calculation table, remarks and subsidies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from carbonlib.diagnosis import Diagnosis
from carbonlib.finance import Payback
from carbonlib.fiscal_year import day_label, written_label
from carbonlib.measures.model import CalculationRow
from carbonlib.present import text
from carbonlib.present.page import Bullets, Heading, Part, Sentences, page
from carbonlib.present.proposal_lines import unit_of
from carbonlib.present.proposal_offers import no_offers, offer_parts
from carbonlib.present.proposal_words import (
    KINDS,
    called,
    carrier_of,
    change_words,
    energy,
    has_subsidy,
    payback_years,
    proposed_of,
    size,
    status_of,
    thousand,
    tonnes,
)
from carbonlib.present.shown import ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposing import Proposed
from carbonlib.records.end_uses import uses
from carbonlib.tariffs import average_price, without_tax
from carbonlib.units import exact, format_number, round_half_up

_NOT_WRITTEN = "記載がありません"


def proposal_sheets(d: Diagnosis) -> ShownList:
    """Return one page for each proposal, in the order in which they were written; none without proposals."""
    of = proposed_of(d)
    if of is None:
        return ShownList()
    return ShownList(
        tuple(
            page(f"proposal-{position}", list(_sheet(of, one, f"proposal-{position}")))
            for position, one in enumerate(of.evaluation.items, start=1)
        )
    )


def _sheet(of: Proposed, one: Evaluated, id: str) -> Iterator[Part]:
    number = one.proposal.number
    yield Heading(
        one.proposal.title, 3, f"提案No.{number}（{KINDS[one.kind]}・{status_of(one)}）", called(one)
    )
    yield Heading("1 提案の概要")
    yield _outline(of, one, f"{id}-outline")
    yield Heading("2 削減効果等")
    yield _effects(of, one, f"{id}-effects")
    yield Heading("3 削減量計算")
    yield _calculation(one, f"{id}-calculation")
    yield Heading("4 提案の説明・特記事項")
    remarks = list(_remarks(of, one))
    yield Bullets(remarks) if remarks else Sentences("特記事項はありません。")
    yield from offer_parts(of, one, f"{id}-subsidies")


def target_of(of: Proposed, one: Evaluated) -> str:
    """Return what a proposal acts on: the site where there are several, the end use and its part."""
    proposal = one.proposal
    use = proposal.end_use or (one.saving.effects[0].end_use if one.saving.effects else "")
    label = uses()[use].label_ja if use in uses() else use
    part = f"（{proposal.part}）" if proposal.part else ""
    site = next((s.name for s in of.company.sites if s.id == proposal.site_id), "")
    if not site and len(of.company.sites) > 1:
        site = "全事業所"
    return "　".join(t for t in (site, label + part) if t) or _NOT_WRITTEN


def _outline(of: Proposed, one: Evaluated, id: str) -> Table:
    p = one.proposal
    rows = [
        ("対象", target_of(of, one)),
        ("対策の種類", one.measure.label.ja + (f"（{p.classification}）" if p.classification else "")),
        ("現状", p.present or _NOT_WRITTEN),
        ("提案理由", p.reason or _NOT_WRITTEN),
        ("実施方法", p.method or _NOT_WRITTEN),
    ]
    if p.month:
        rows.append(("実施の予定", written_label(p.month)))
    if p.status == "実施済み" and p.done_on:
        rows.append(("実施した日", day_label(p.done_on)))
    if p.status == "見送り":
        rows.append(("見送りの理由", p.declined_because or _NOT_WRITTEN))
    return Table(
        id, f"対象は{target_of(of, one)}です", (Column("項目"), Column("内容")), tuple(Row(r) for r in rows)
    )


def _effects(of: Proposed, one: Evaluated, id: str) -> Table:
    return Table(
        id,
        _effect_words(one),
        (Column("項目"), Column("値", "", True), Column("単位"), Column("説明")),
        tuple(Row(r) for r in _effect_rows(of, one)),
        ["この提案だけを行ったときの効果です。ほかの提案との重複は、提案結果のまとめで除いています。"],
    )


def _effect_words(one: Evaluated) -> str:
    """Return the message of the effects: what the proposal saves a year."""
    co2, cost = one.alone.co2_reduction_t, one.alone.cost_average_jpy
    words = change_words(
        [("CO2", co2, f"{size(tonnes(co2))} t-CO2"), ("費用", cost, f"{size(thousand(cost))} 千円")]
    )
    if words and one.proposal.status == "実施済み":
        since = f"{day_label(one.proposal.done_on)}から、" if one.proposal.done_on else ""
        words = f"実施済みで、{since}{words}"
    return words or "効果は、係数と単価がないため計算していません"


def _effect_rows(of: Proposed, one: Evaluated) -> Iterator[tuple[str, str, str, str]]:
    alone, money = one.alone, of.money[one.proposal.number]
    before = "対象の使用量から" if alone.co2_before_t is not None else "対策前の使用量が分かりません"
    yield "対策前CO2量", tonnes(alone.co2_before_t), "t-CO2/年", before
    leak = "" if one.saving.refrigerant is None else "冷媒の漏えい防止は含みません"
    yield "CO2削減量", tonnes(alone.co2_reduction_t), "t-CO2/年", leak
    yield "原油換算の削減量", tonnes(alone.crude_oil_kl), "kL/年", ""
    for amount in alone.amounts:
        words = "使用量が増えます" if amount.saved < 0 else ""
        if amount.before is not None:
            words = f"対策前 {energy(amount.before)} {unit_of(amount.carrier, amount.unit)}/年" + (
                f"、{words}" if words else ""
            )
        name, unit = carrier_of(amount.carrier, amount.unit), unit_of(amount.carrier, amount.unit)
        yield f"削減エネルギー（{name}）", energy(amount.saved), f"{unit}/年", words
    own = "、".join(one.proposal.prices.values())
    average = (
        f"提案に書かれた単価 {own} で計算" if own else _prices(of, one) or "基本料金を含む平均単価で計算"
    )
    yield "削減額（平均単価）", thousand(alone.cost_average_jpy), "千円/年", average
    known = alone.cost_marginal_jpy is not None
    words = "請求が実際に減る分（基本料金を除く）" if known else "請求の内訳が分からないため計算していません"
    yield "削減額（限界単価）", thousand(alone.cost_marginal_jpy), "千円/年", words
    if money.demand is not None:
        steady = money.demand.steady_year
        value = None if steady is None else exact(float(steady.to("JPY/year").magnitude))
        first = money.demand.first_year
        early = "" if first is None else thousand(exact(float(first.to("JPY/year").magnitude)))
        words = f"平年。初年度は {early} 千円。" if early and early != thousand(value) else ""
        yield "基本料金の削減額", thousand(value), "千円/年", words + money.demand.sentence.ja
    if one.saving.income is not None:
        income = exact(float(one.saving.income.magnitude))
        yield "売電などの収入", thousand(income), "千円/年", "初年度。回収年数の計算に含めます"
    cost = "税抜" if one.capital_jpy is not None else "見積りがありません"
    yield "投資額", thousand(one.capital_jpy), "千円", cost
    back = money.average.payback
    yield "回収年数", payback_years(of, one), "年", _payback_means(back.before)
    if has_subsidy(of, one):
        yield "回収年数（補助後）", payback_years(of, one, after=True), "年", _payback_means(back.after)


def _payback_means(back: Payback) -> str:
    """Return what a payback means beside its years: whether the equipment lasts so long, or how it was reckoned."""
    if back.kind != "years":
        return back.sentence.ja
    if back.life is None:
        return "投資額を年間の削減額で割った年数です"
    life = (
        f"耐用年数 {format_number(back.life)} 年"
        if back.equipment
        else f"効果が続くとみた {format_number(back.life)} 年"
    )
    return f"{life}の間に投資を回収できる見込みです"


def _prices(of: Proposed, one: Evaluated) -> str:
    """Return the average prices that the saving was valued at, carrier by carrier."""
    found = []
    for amount in one.alone.amounts:
        line = of.account.line(amount.carrier, amount.unit)
        billed = None if line is None else average_price(line)
        if billed is not None and (price := without_tax(billed)).amount is not None:
            unit = unit_of(amount.carrier, amount.unit)
            taken_off = "（税抜）" if billed.tax == "included" else ""
            found.append(
                f"{carrier_of(amount.carrier, amount.unit)} {format_number(price.amount, 2)} 円/{unit}{taken_off}"
            )
    return "、".join(found)


def _calculation(one: Evaluated, id: str) -> Table:
    assumed = sum(_is_assumed(r) for r in one.saving.table)
    caption = f"仮定の値が {assumed} 個あります" if assumed else "仮定の値はありません"
    return Table(
        id,
        caption,
        (
            Column("項目"),
            Column("記号"),
            Column("数量等", "", True),
            Column("単位"),
            Column("算出根拠・仮定条件"),
        ),
        tuple(
            Row((r.label.ja, r.symbol, quantity_cell(r), r.unit or text.NOT_KNOWN, basis_cell(r)))
            for r in one.saving.table
        ),
    )


def _is_assumed(row: CalculationRow) -> bool:
    return row.how == "仮定" or row.evidence == "assumption"


def quantity_cell(row: CalculationRow) -> str:
    """Return a quantity as the calculation table prints it.

    What was entered keeps its digits, a result has about four; a year such as 1994 年 has no separator.
    """
    value = exact(float(row.quantity.magnitude))
    if row.unit == "年" and value.denominator == 1:
        return str(value.numerator)
    return _trimmed(value, 6 if row.how and not row.formula else _decimals(abs(value)))


def _decimals(size: Fraction) -> int:
    """Return the decimals that give a result four digits, so that it can be worked out again from the print."""
    steps = ((1000, 0), (100, 1), (10, 2), (1, 3), (Fraction(1, 10), 4), (Fraction(1, 100), 5))
    return next((n for least, n in steps if size >= least), 6)


def _trimmed(value: Fraction, digits: int) -> str:
    """Return a number with so many decimals, fewer where it has no more of them (a float's last digits apart)."""
    needed = next((n for n in range(digits) if round_half_up(value, n) == round_half_up(value, 9)), digits)
    return format_number(value, needed)


def basis_cell(row: CalculationRow) -> str:
    """Return where a row comes from: its formula in symbols, or the mark of how it was learnt, and the basis."""
    formula = f"{row.symbol}={row.formula}" if row.formula else ""
    mark = row.how
    if row.evidence == "assumption" and "仮定" not in row.basis.ja:
        mark = f"{mark}・仮定"
    basis = row.basis.ja
    if basis.startswith("標準値"):  # the basis of a default says by itself what it is
        mark = ""
    return "。".join(t for t in (formula, f"【{mark}】{basis}" if mark else basis) if t)


def _remarks(of: Proposed, one: Evaluated) -> Iterator[str]:
    yield from one.proposal.benefits
    yield from one.proposal.remarks
    if one.saving.refrigerant is not None:
        avoided = exact(float(one.saving.refrigerant.magnitude))
        potentials = str(one.saving.refrigerant.units).rpartition("_")[2]
        yield f"冷媒の漏えい防止: {tonnes(avoided)} t-CO2e({potentials})/年（CO2削減量には含めていません）。"
    if one.saving.maintenance is not None:
        saved = exact(float(one.saving.maintenance.magnitude))
        yield f"保守費の減少: {thousand(saved)} 千円/年（削減額には含めていません）。"
    money = of.money[one.proposal.number]
    if one.kind == "capital" and money.life is not None:
        yield f"耐用年数は {format_number(float(money.life.magnitude))} 年とみました（{money.life_basis.ja}）。"
    for finding in one.saving.findings:
        yield finding.message.ja
    if said := no_offers(of, one):
        yield said
