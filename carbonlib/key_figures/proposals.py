"""The first page's numbers of the proposals: what all save, each of the first ones, and what that equals in sales."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message, Place
from carbonlib.first_page import FirstPage
from carbonlib.key_figures.model import KeyFigure, bills_of, co2_factors
from carbonlib.proposals.effects import Effects
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.priority import EASY, First
from carbonlib.records.proposal_model import Entry
from carbonlib.subsidies import SubsidyOffer

_FINANCE = "finance.csv"
_SAVED = Message("Σ 重複調整後の削減量 × CO2排出係数", "Σ savings after overlap × CO2 emission factor")
_WORTH = Message(
    "Σ 重複調整後の削減量 × 平均単価（提案に単価があれば、その単価）",
    "Σ savings after overlap × average price (the proposal's own, where it has one)",
)


def proposal_figures(d: Diagnosis, page: FirstPage) -> Iterator[KeyFigure]:
    """Yield what all proposals save, the first ones one by one, and the sales that earn as much."""
    if d.proposed is None or not page.reducible.count:
        return
    yield from _together(d, page)
    for first in page.first:
        yield from _one(d, page, first)
    if page.first:
        yield from _rule(page)
    yield from _sales(d, page)


def _together(d: Diagnosis, page: FirstPage) -> Iterator[KeyFigure]:
    assert d.proposed is not None
    r, evaluation = page.reducible, d.proposed.evaluation
    places = tuple(place for e in evaluation.counted for place in written(e))
    lines, everything = _lines(d, evaluation.adjusted), d.account.lines
    number = Message("提案の件数", "number of proposals")
    counted = Message("合計に数えた提案の件数", "count of the proposals in the total")
    yield KeyFigure("proposals", number, Fraction(r.count), "件", "count", counted, places)
    if r.co2_t is not None:
        label = Message("削減可能量（CO2）", "reducible CO2")
        where = (*places, *bills_of(lines))
        yield KeyFigure(
            "reducible_co2", label, r.co2_t, "t_CO2/year", "saved_t", _SAVED, where, co2_factors(lines)
        )
    if r.co2_share is not None:
        label = Message("CO2排出量に占める削減可能量", "reducible share of the CO2")
        formula = Message("削減可能量（CO2）÷ CO2排出量", "reducible CO2 ÷ CO2")
        where = (*places, *bills_of(everything))
        factors = co2_factors(everything)
        yield KeyFigure("reducible_co2_share", label, r.co2_share, "1", "share", formula, where, factors)
    if r.saving_jpy is not None:
        label = Message("削減可能額", "reducible cost")
        where = (*places, *bills_of(lines))
        yield KeyFigure("reducible_cost", label, r.saving_jpy, "JPY/year", "saved_yen", _WORTH, where)
    if r.cost_share is not None:
        label = Message("エネルギー費用に占める削減可能額", "reducible share of the cost")
        formula = Message("削減可能額 ÷ エネルギー費用（税抜）", "reducible cost ÷ energy cost without tax")
        where = (*places, *bills_of(everything))
        yield KeyFigure("reducible_cost_share", label, r.cost_share, "1", "share", formula, where)


def _lines(d: Diagnosis, effects: Effects) -> list[AccountLine]:
    touched = {(a.carrier, a.unit) for a in effects.amounts}
    return [line for line in d.account.lines if (line.carrier, line.unit) in touched]


def written(one: Evaluated) -> tuple[Place, ...]:
    """Return where a proposal and what it counts with were written."""
    found = [one.proposal.place]
    for entry in one.proposal.inputs.values():
        entries = [entry] if isinstance(entry, Entry) else [e for row in entry for e in row.values()]
        found += [e.place for e in entries]
    return tuple(found)


def _one(d: Diagnosis, page: FirstPage, first: First) -> Iterator[KeyFigure]:
    one = first.one
    number = one.proposal.number
    id, no = f"proposal_{number}", f"No.{number}"
    lines, places = _lines(d, one.adjusted), written(one)
    table = [row for row in one.saving.table if row.formula]
    last = table[-1] if table else None
    ja = "（提案の計算表の値）" if last is None else f"{last.label.ja} {last.formula}（提案の計算表）"
    en = "value of the table" if last is None else f"{last.label.en} {last.formula} (the proposal's table)"
    if one.adjusted.co2_reduction_t is not None:
        yield KeyFigure(
            f"{id}_co2",
            Message(f"{no} のCO2削減量", f"CO2 saved by {no}"),
            one.adjusted.co2_reduction_t,
            "t_CO2/year",
            "saved_t",
            Message(
                f"{ja}× CO2排出係数。先に適用した提案の残りに対する値",
                f"{en} × CO2 emission factor, of what the proposals before it left",
            ),
            (*places, *bills_of(lines)),
            co2_factors(lines),
        )
    if one.adjusted.cost_average_jpy is not None:
        yield KeyFigure(
            f"{id}_cost",
            Message(f"{no} の削減額", f"cost saved by {no}"),
            one.adjusted.cost_average_jpy,
            "JPY/year",
            "saved_yen",
            Message(
                f"{ja}× 平均単価（提案に単価があれば、その単価）。先に適用した提案の残りに対する値",
                f"{en} × average price (its own, where it has one), of what the proposals before it left",
            ),
            (*places, *bills_of(lines)),
        )
    yield from _invested(first, id, no, places, bills_of(_lines(d, one.alone)))
    for offer in page.offers.get(number, ()):
        yield from _offered(offer, id, no, places, tuple(c.place for c in one.proposal.capital or ()))


def _invested(
    first: First, id: str, no: str, places: tuple[Place, ...], bills: tuple[Place, ...]
) -> Iterator[KeyFigure]:
    capital = first.one.capital_jpy
    if not capital:
        return
    where = tuple(c.place for c in first.one.proposal.capital or ()) or places
    label = Message(f"{no} の投資額", f"investment of {no}")
    formula = Message("Σ 投資額の内訳（税抜）", "Σ lines of the investment, without tax")
    yield KeyFigure(f"{id}_capital", label, capital, "JPY", "yen_small", formula, where)
    years = first.money.average.payback.before.exact_years
    if years is not None:
        label = Message(f"{no} の回収年数", f"payback of {no}")
        formula = Message(
            "投資額 ÷ 単独で実施した場合の年間削減額（平均単価）",
            "investment ÷ yearly saving of the proposal by itself (average price)",
        )
        together = (*where, *places, *bills)
        yield KeyFigure(f"{id}_payback", label, years, "year", "years", formula, together, digits=1)


def _offered(
    offer: SubsidyOffer, id: str, no: str, places: tuple[Place, ...], capital: tuple[Place, ...]
) -> Iterator[KeyFigure]:
    rows = (f"{offer.round_id} {offer.category_id}",)
    if offer.verdict == "eligible" and offer.offer_jpy is not None:
        label = Message(
            f"{no} の補助金の試算（{offer.round_name}）", f"grant for {no} ({offer.round_name_en})"
        )
        formula = Message(
            "補助対象経費 × 補助率（上限額まで。補助金の窓口への資料に計算）",
            "eligible costs × rate, up to the ceiling (worked out on the page for the subsidy office)",
        )
        where = (*capital, *places)
        name = f"{id}_grant_{offer.round_id}"
        yield KeyFigure(name, label, offer.offer_jpy, "JPY", "yen_small", formula, where, rows=rows)
    elif offer.verdict != "eligible":
        label = Message(
            f"{no} の判定に足りない情報（{offer.round_name}）",
            f"facts missing for {no} ({offer.round_name_en})",
        )
        formula = Message("要件のうち、情報がなく判定できないものの数", "count of the rules that lack a fact")
        name, count = f"{id}_missing_{offer.round_id}", Fraction(len(offer.missing))
        yield KeyFigure(name, label, count, "点", "count", formula, places, rows=rows)


def _rule(page: FirstPage) -> Iterator[KeyFigure]:
    label = Message("先に挙げる回収年数の上限", "payback that comes first")
    formula = Message("回収年数の区分の、いちばん短い区切り", "the shortest edge of the payback classes")
    rows = (f"{_FINANCE} payback_edge",)
    yield KeyFigure("quick_years", label, page.quick_years, "year", "years", formula, rows=rows)
    label = Message("先に挙げる件数の上限", "how many of them come first")
    formula = Message("選び方の決まり", "rule of the choice")
    yield KeyFigure("quick_count", label, Fraction(EASY), "件", "count", formula)


def _sales(d: Diagnosis, page: FirstPage) -> Iterator[KeyFigure]:
    s = page.sales
    if s is None or d.proposed is None:
        return
    own = () if s.assumed else (d.company.operating_margin_place,)
    rows = (f"{_FINANCE} operating_margin",) if s.assumed else ()
    label = Message("売上高営業利益率", "operating margin")
    formula = (
        Message("標準値（仮定）", "standard value (assumption)")
        if s.assumed
        else Message("事業者の回答", "as the company says")
    )
    yield KeyFigure("operating_margin", label, s.margin, "1", "margin", formula, own, rows=rows)
    label = Message("削減額に相当する売上", "sales that earn as much")
    formula = Message("削減可能額 ÷ 売上高営業利益率", "reducible cost ÷ operating margin")
    places = tuple(place for e in d.proposed.evaluation.counted for place in written(e))
    bills = bills_of(_lines(d, d.proposed.evaluation.adjusted))
    where = (*own, *places, *bills)
    yield KeyFigure("sales", label, s.sales_jpy, "JPY/year", "man_yen", formula, where, rows=rows)
