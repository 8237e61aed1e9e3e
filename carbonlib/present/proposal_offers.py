"""What subsidies say to a proposal: verdict, what is not met, what is missing, and the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carbonlib.fiscal_year import day_label
from carbonlib.present import text
from carbonlib.present.page import Bullets, Heading, Part, Sentences
from carbonlib.present.table import Column, Row, Table
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposing import Proposed
from carbonlib.subsidies import SubsidyOffer

_ASK = "補助金の要件と受付は変わることがあります。申請の前に、実施する機関に確かめてください。"
_COMMON = "上の補助金に共通"


def hopeful(offers: Iterable[SubsidyOffer]) -> list[SubsidyOffer]:
    """Return the offers that are not ruled out."""
    return [o for o in offers if o.verdict != "not_eligible"]


def no_offers(of: Proposed, one: Evaluated) -> str:
    """Return why an open proposal has no table of subsidies; "" where it has one, or is done or declined."""
    offers = of.offers.get(one.proposal.number, ())
    if not one.proposal.open:
        return ""
    if not offers:
        return "補助金は判定していません（判定する日が決まっていないか、補助金が登録されていません）。"
    if one.kind == "operational" and not hopeful(offers):
        return "補助金: 運用改善は設備の導入ではないため、登録されている補助金の対象外です。"
    return ""


def offer_parts(of: Proposed, one: Evaluated, id: str) -> Iterator[Part]:
    """Return the part of a proposal's sheet about subsidies; nothing for one that is not open or has none to show."""
    offers = of.offers.get(one.proposal.number, ())
    if not one.proposal.open or no_offers(of, one):
        return
    yield Heading("活用を検討できる補助金")
    yield _offers(offers, id)
    yield from document_parts(hopeful(offers))


def _offers(offers: tuple[SubsidyOffer, ...], id: str) -> Table:
    best = hopeful(offers)
    sure = sum(o.verdict == "eligible" for o in best)
    if sure:
        caption = f"{sure} 件の補助金が対象になり得ます"
    elif best:
        caption = f"{len(best)} 件の補助金は、情報が足りないため判定できません"
    else:
        caption = f"登録されている補助金 {len(offers)} 件は、どれも対象外です"
    return Table(
        id,
        caption,
        (
            Column("補助金"),
            Column("判定"),
            Column("補助額の見込み", "円", True),
            Column("適合しない要件・足りない情報"),
        ),
        tuple(_rows(offers)),
        [f"{day_label(offers[0].on)}に申請するとして判定しました。{_ASK}"],
    )


def _rows(offers: tuple[SubsidyOffer, ...]) -> Iterator[Row]:
    """Yield a row for each subsidy and, last, what all of several ask alike, which would fill the page in each."""
    reasons = [_reasons(o) for o in offers]
    common = [r for r in reasons[0] if all(r in own for own in reasons)] if len(offers) > 1 else []
    for offer, found in zip(offers, reasons, strict=True):
        own = " ".join(r for r in found if r not in common)
        own = own or (
            f"下の「{_COMMON}」のとおりです。" if common else "確かめられる要件はすべて満たします。"
        )
        yield Row((offer.round_name, offer.verdict_label(), text.number(offer.offer_jpy), own))
    if common:
        yield Row((_COMMON, text.NOT_KNOWN, text.NOT_KNOWN, " ".join(common)))


def _reasons(offer: SubsidyOffer) -> list[str]:
    """Return each failed rule and each missing fact, in the order of the rules."""
    marks = {"failed": "【不適合】", "missing": "【不明】"}
    return [f"{marks[o.status]}{o.message.ja}" for o in offer.outcomes if o.status in marks]


def document_parts(offers: Iterable[SubsidyOffer]) -> Iterator[Part]:
    """Return what is to be attached to the applications, each document once, and grounds for priority."""
    offers = list(offers)
    labels = list(dict.fromkeys(d.label for o in offers for d in o.documents))
    if labels:
        yield Sentences("申請に添える書類（公表されている分）:", leads=True)
        yield Bullets(labels)
    elif offers:
        yield Sentences("申請に添える書類は、公表資料から読み取れていません。募集要領で確かめてください。")
    grounds = list(dict.fromkeys(label for o in offers for label in o.priority_labels))
    if grounds:
        yield Sentences(f"優先される理由になり得るもの: {'、'.join(grounds)}。")
    if any(o.outcome("no_order_before_award") for o in offers):
        yield Sentences("交付決定の前に発注・契約すると、補助の対象になりません。")
