"""A page for the subsidy office: before and after under identical hours, equipment, eligible cost and rules."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlib.diagnosis import Diagnosis
from carbonlib.fiscal_year import day_label
from carbonlib.present import text
from carbonlib.present.charts import said
from carbonlib.present.page import Heading, Part, Sentences, page
from carbonlib.present.proposal_lines import unit_of
from carbonlib.present.proposal_offers import document_parts, hopeful
from carbonlib.present.proposal_sheets import quantity_cell, target_of
from carbonlib.present.proposal_words import called, carrier_of, energy, proposed_of
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.proposals.applications import EQUIPMENT_OF
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposing import Proposed
from carbonlib.records.subsidy_round import COST_LINES
from carbonlib.subsidies import Grant, SubsidyOffer
from carbonlib.subsidies.outcome import STATUS_LABELS
from carbonlib.units import format_number


def office_pages(d: Diagnosis) -> ShownList:
    """Return one page for each open capital proposal that a round does not rule out; none where there is none."""
    of = proposed_of(d)
    if of is None:
        return ShownList()
    found: list[Shown] = []
    for position, one in enumerate(of.evaluation.items, start=1):
        offers = hopeful(of.offers.get(one.proposal.number, ()))
        if one.kind == "capital" and one.proposal.open and offers:
            parts = list(_page(of, one, offers, f"office-{position}"))
            found.append(page(f"office-{position}", parts, first=not (found or of.plans)))
    return ShownList(tuple(found))


def papers_missing(d: Diagnosis) -> ShownList:
    """Return a sentence where there is nothing to show to a bank or a subsidy office; nothing where there is."""
    of = proposed_of(d)
    if (of is not None and of.plans) or office_pages(d).values:
        return ShownList()
    return ShownList(
        (said("費用の分かる設備投資の提案がないため、金融機関と補助金の窓口への資料は作っていません。"),)
    )


def _page(of: Proposed, one: Evaluated, offers: list[SubsidyOffer], id: str) -> Iterator[Part]:
    no = one.proposal.number
    yield Heading(
        one.proposal.title,
        3,
        f"補助金の窓口向け資料　提案No.{no}　{of.company.name}",
        called(one, "補助金:"),
    )
    yield Sentences(f"対象: {target_of(of, one)}")
    yield Heading("対策の前と後")
    yield _before_after(one, f"{id}-use")
    yield from _hours(one)
    yield Heading("設備")
    yield from _equipment(of, one, f"{id}-equipment")
    for number, offer in enumerate(offers, start=1):
        yield Heading(offer.round_name)
        yield from _round(offer, f"{id}-round-{number}")


def _before_after(one: Evaluated, id: str) -> Table:
    rows = tuple(
        Row(
            (
                carrier_of(a.carrier, a.unit),
                energy(a.before),
                energy(a.after),
                energy(a.saved),
                f"{unit_of(a.carrier, a.unit)}/年",
            )
        )
        for a in one.alone.amounts
    )
    return Table(
        id,
        "1年間の使用量（この提案だけを行ったとき）",
        (
            Column("エネルギー種別"),
            Column("対策前", "", True),
            Column("対策後", "", True),
            Column("削減量", "", True),
            Column("単位"),
        ),
        rows,
        ["計算の内訳は、提案の個票の「3 削減量計算」のとおりです。"],
    )


def _hours(one: Evaluated) -> Iterator[Part]:
    hours = [r for r in one.saving.table if r.unit == "h/年" and not r.formula]
    if hours:
        listed = "、".join(f"{r.label.ja} {quantity_cell(r)} h/年（{r.symbol}）" for r in hours)
        yield Sentences(f"対策の前と後は、同じ時間で比べています。{listed}。")


def _equipment(of: Proposed, one: Evaluated, id: str) -> Iterator[Part]:
    families = one.proposal.subsidy.equipment or (EQUIPMENT_OF.get(one.measure.id, ""),)
    site = one.proposal.site_id
    known = [
        e for e in of.company.equipment if e.family in families and (not site or e.site_id in {"", site})
    ]
    if known:
        yield Table(
            id,
            f"既設の設備（訪問の記録）は {len(known)} 種類です",
            (
                Column("名称"),
                Column("型式"),
                Column("設置年"),
                Column("台数", "台", True),
                Column("調べ方"),
            ),
            tuple(
                Row(
                    (
                        e.name,
                        e.model or "記録なし",
                        str(e.year) if e.year else "記録なし",
                        format_number(e.number),
                        e.how or "記録なし",
                    )
                )
                for e in known
            ),
        )
    else:
        yield Sentences("既設の設備の型式と設置年の記録がありません。銘板を写真に撮って確かめてください。")
    if installed := one.proposal.subsidy.installed_year:
        yield Sentences(f"更新する設備の設置年: {installed} 年。")
    new = [line.item for line in one.proposal.capital or () if line.category == "equipment"]
    if new:
        yield Sentences(f"導入する設備: {'、'.join(new)}。型式は見積書とカタログのとおりです。")


def _round(offer: SubsidyOffer, id: str) -> Iterator[Part]:
    co2 = text.number(offer.co2_t, 2)
    yield Sentences(
        f"{day_label(offer.on)}に申請する場合の判定は「{offer.verdict_label()}」です。"
        + (
            f"この補助金の係数による年間CO2削減量は {co2} t-CO2 です。"
            if offer.co2_t is not None
            else "この補助金の係数では、年間CO2削減量を計算できません。"
        )
    )
    yield Table(
        f"{id}-rules",
        f"要件 {len(offer.outcomes)} 件のうち、確かめられないものが {len(offer.missing)} 件あります"
        if offer.missing
        else "確かめられる要件は、すべて満たします",
        (Column("判定"), Column("要件の内容")),
        tuple(Row((STATUS_LABELS[o.status][0], o.message.ja)) for o in offer.outcomes),
        [n.ja for n in offer.notes],
    )
    if offer.grant is not None:
        yield _grant(offer.grant, f"{id}-grant")
    else:
        yield Sentences("対象経費は、費用か費目が分からないため計算していません。")
    yield from document_parts([offer])


def _grant(grant: Grant, id: str) -> Table:
    rows = [
        Row(
            (
                line.item,
                COST_LINES[line.category][0] if line.category in COST_LINES else line.category,
                text.number(line.without_tax_jpy),
                "対象" if line.eligible else "対象外",
            )
        )
        for line in grant.lines
    ]
    rate = f"{grant.subsidy_rate.numerator}/{grant.subsidy_rate.denominator}"
    rows += [
        Row(("対象経費（税抜）", "", text.number(grant.eligible_cost_jpy), "対象の合計"), total=True),
        Row(("補助率をかけた額", "", text.number(grant.before_rounding_jpy), f"補助率 {rate}")),
        Row(("端数を切り捨てた額", "", text.number(grant.rounded_jpy), "")),
    ]
    cap = "上限なし" if grant.cap_jpy is None else f"上限 {text.number(grant.cap_jpy)} 円"
    rows.append(Row(("補助額", "", text.number(grant.grant_jpy), cap), total=True))
    return Table(
        id,
        f"要件をすべて満たせば、補助額は {text.number(grant.grant_jpy)} 円です",
        (Column("内容"), Column("費目"), Column("金額", "円", True), Column("扱い")),
        tuple(rows),
    )
