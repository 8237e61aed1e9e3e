"""The summary of the diagnosis (診断の総括): sentences in the usual order, made by rules, each with its figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from carbonlib.accounting.whole import is_whole
from carbonlib.assessment import AxisScore, ManagementAssessment, assess
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message, shown
from carbonlib.factors import carriers
from carbonlib.first_page import Reducible, first_page
from carbonlib.practice import good_practices
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.money import Money
from carbonlib.units import format_number, format_percent

DISCLAIMER = Message(
    "試算は一定の条件に基づくもので、効果を保証するものではありません。実施の際は見積りを取得してください。",
    "The estimates rest on stated conditions and guarantee nothing; obtain quotations before acting.",
)
_GENERATION = "photovoltaics"


def conclusion(d: Diagnosis) -> tuple[Message, ...]:
    """Return the sentences of the summary.

    Parameters
    ----------
    d : Diagnosis
        The company's year.

    Returns
    -------
    tuple of Message
        Cost and what dominates; what is done well; where room remains; operational, then capital proposals; metering and
        roles; renewables, grants and the next step; that it is an estimate. What the data do not tell is left out.
    """
    counted = d.proposed.evaluation.counted if d.proposed else ()
    page = first_page(d)
    assessed = assess(d.company)
    return (
        *_cost(d),
        *_done_well(d),
        *_room(d, page.reducible, counted),
        *_operational(counted),
        *_capital(counted, d.proposed.money if d.proposed else {}),
        *_metering(assessed),
        *_renewables(counted),
        *_grants(d, page.judged),
        _next_step(bool(counted)),
        *([DISCLAIMER] if counted else []),
    )


def _thousand(value: Fraction) -> str:
    return f"{format_number(value / 1000)} 千円"


def _cost(d: Diagnosis) -> Iterator[Message]:
    cost, top = d.account.cost_jpy, d.shares.dominant()
    year, year_en = d.period.label(), d.period.label("en")
    if cost is None or top is None:
        oil = d.account.crude_oil_kl
        if oil is not None:
            yield Message(
                f"{year}のエネルギー使用量は原油換算 {format_number(oil, 1)} kL です（料金の分からない請求があるため、費用は集計していません）。",
                f"The energy of {year_en} is {format_number(oil, 1)} kL crude-oil equivalent; not every cost is known.",
            )
        return
    name = carriers()[top[1]]
    what = (
        f"すべて{name.label_ja}です"
        if len(d.shares.carriers) == 1
        else f"その {format_percent(top[2])} は{name.label_ja}です"
    )
    gap = "" if is_whole(d.account) else "（請求のない期間を除く）"
    sales = next(
        (a for a in d.company.activity_drivers if (a.kind, a.fiscal_year) == ("sales", d.fiscal_year)), None
    )
    if not d.period.is_fiscal_year:
        sales = None  # those of other months
    weight = f"（売上高の {format_percent(cost / Fraction(sales.amount))}）" if sales and sales.amount else ""
    yield Message(
        f"{year}のエネルギー費用は {_thousand(cost)}{gap}{weight}に達し、{what}。",
        f"The energy of {year_en} cost {format_number(cost / 1000, lang='en')} thousand yen, {format_percent(top[2])} of it {name.label_en}.",
    )


def _done_well(d: Diagnosis) -> Iterator[Message]:
    found = good_practices(d.company)
    sure = [p for p in found if p.agreed]
    if not found:
        return
    use, what, what_en = (
        (sure, "自己採点と診断員の採点がともに「実施」", "by both assessments")
        if sure
        else (found, "一方の採点で「実施」", "by one assessment")
    )
    first = "、".join(f"「{p.question.question_ja.rstrip('。').removesuffix('か')}」" for p in use[:2])
    yield Message(
        f"省エネの取組では、{what}の項目が {len(use)} 件あります（{first}{'など' if len(use) > 2 else ''}）。",
        f"{len(use)} practices are in place {what_en}.",
    )


def _room(d: Diagnosis, reducible: Reducible, counted: Sequence[Evaluated]) -> Iterator[Message]:
    if not counted:
        yield Message(
            "削減の提案は登録されていないため、省エネ余地は計算していません。",
            "No proposals are entered, so the room for saving is not reckoned.",
        )
        return
    existing = [e for e in counted if e.measure.id != _GENERATION]
    rising = [f"No.{shown(e.proposal.number, 8)}" for e in existing if e.alone.only_raises]
    less_ja = f"、使用量が増える {'・'.join(rising)} の分を差し引いた値" if rising else ""
    less_en = f", less what {', '.join(rising)} adds" if rising else ""
    saved, whole = _co2(existing), d.account.co2_t
    if saved is not None and saved < 0:
        yield Message(
            f"登録された提案（{len(existing)} 件）を行うと、CO2は年間 {format_number(-saved, 1)} t 増える計算です。内容の見直しをお勧めします。",
            f"The {len(existing)} proposals would add {format_number(-saved, 1)} t CO2 a year; look at them again.",
        )
    elif saved is not None and whole:
        yield Message(
            f"既存設備の省エネ余地は約{format_percent(saved / whole)}（CO2で年間 {format_number(saved, 1)} t、提案 {len(existing) - len(rising)} 件、"
            f"効果の重なりを除いた値{less_ja}）です。",
            f"The existing equipment leaves room for about {format_percent(saved / whole)} ({format_number(saved, 1)} t CO2 a year{less_en}).",
        )
    elif reducible.crude_oil_kl is not None:
        yield Message(
            f"提案 {len(counted)} 件で、原油換算で年間 {format_number(reducible.crude_oil_kl, 1)} kL を減らせる見込みです（効果の重なりを除いた値）。",
            f"{len(counted)} proposals save {format_number(reducible.crude_oil_kl, 1)} kL crude-oil equivalent a year.",
        )
    known = [(e, e.adjusted.co2_reduction_t) for e in counted if e.adjusted.co2_reduction_t is not None]
    if len(known) > 1:
        best, amount = max(known, key=lambda pair: pair[1])
        if amount <= 0:
            return
        yield Message(
            f"最も効果が大きいのは No.{best.proposal.number}「{shown(best.proposal.title, 60)}」で、CO2を年間 {format_number(amount, 1)} t 減らせる見込みです。",
            f"The largest is proposal {best.proposal.number}, {format_number(amount, 1)} t CO2 a year.",
        )


def _co2(items: Sequence[Evaluated]) -> Fraction | None:
    total = Fraction(0)
    for one in items:
        if one.adjusted.co2_reduction_t is None:
            return None
        total += one.adjusted.co2_reduction_t
    return total


def _cost_saving(items: Sequence[Evaluated]) -> Fraction | None:
    values = [e.adjusted.cost_average_jpy for e in items]
    return None if None in values else sum((v for v in values if v is not None), Fraction(0))


def _operational(counted: Sequence[Evaluated]) -> Iterator[Message]:
    own = [e for e in counted if e.kind == "operational" and _worth_doing(e)]
    if not own:
        return
    saving = _cost_saving(own)
    worth = "" if saving is None or saving <= 0 else f"、年間 {_thousand(saving)}の削減見込み"
    free = all(e.capital_jpy == 0 for e in own)
    yield Message(
        f"まずは{'費用のかからない' if free else ''}運用改善（{len(own)} 件{worth}）から着手されることをお勧めします。",
        f"Begin with the operational measures{', which cost nothing' if free else ''} ({len(own)}).",
    )


def _worth_doing(one: Evaluated) -> bool:
    """Return whether a proposal saves CO2 or cost, or neither is known; what makes both worse is not recommended."""
    known = [v for v in (one.adjusted.co2_reduction_t, one.adjusted.cost_average_jpy) if v is not None]
    return not known or max(known) > 0


def _capital(counted: Sequence[Evaluated], money: Mapping[str, Money]) -> Iterator[Message]:
    """Recommend the capital proposals, set apart from those that never pay back."""
    own = [e for e in counted if e.kind == "capital" and _worth_doing(e)]
    never = [e for e in own if money[e.proposal.number].average.payback.before.never]
    rest = [e for e in own if e not in never]
    if rest:
        lead = "設備投資を伴う提案のうち、投資を回収できる見込みのもの" if never else "設備投資を伴う提案"
        inside = "、".join(part for part in (f"{len(rest)} 件", _priced(rest)) if part)
        yield Message(
            f"{lead}（{inside}）は、更新時期に合わせた計画的な更新をお勧めします。",
            f"Time the {len(rest)} capital proposals{' that pay back' if never else ''} with the renewal of the equipment.",
        )
    if never:
        names = "・".join(f"No.{e.proposal.number}" for e in never)
        priced = _priced(never)
        yield Message(
            f"{names}{f'（{priced}）' if priced else ''}は、減る費用だけでは耐用年数の間に投資を回収できない見込みです。"
            "設備の更新が必要になったときに検討してください。",
            f"What {', '.join(e.proposal.number for e in never)} saves does not repay within the useful life; think of it "
            "when the equipment has to be renewed.",
        )


def _priced(own: Sequence[Evaluated]) -> str:
    """Return what proposals cost together, "" where no cost is known."""
    known = [e.capital_jpy for e in own if e.capital_jpy is not None]
    some = "" if len(known) == len(own) else f"（分かる {len(known)} 件）"
    sum_of = "投資額の合計" if len(own) > 1 else "投資額"
    return f"{sum_of}{some}は税抜 {_thousand(sum(known, Fraction(0)))}" if known else ""


def _metering(assessed: ManagementAssessment) -> Iterator[Message]:
    """Name the lowest axes: the diagnostician's score where there is one, else the company's own."""
    scores: list[tuple[AxisScore, str, str]] = []
    for axis in assessed.axes:
        if axis.auditor.score is not None:
            scores.append((axis.auditor, "診断員の採点", "by the diagnostician"))
        elif axis.own.score is not None:
            scores.append((axis.own, "自己採点", "by the company"))
    weak = [(s, who, en) for s, who, en in scores if s.score == 1]
    if not weak:
        return
    names = "、".join(f"「{s.axis.label_ja}」（{who}で 1 点）" for s, who, _ in weak)
    names_en = ", ".join(f"{s.axis.label_en} (1 {en})" for s, _, en in weak)
    yield Message(
        f"{names}に取り組む余地があります。担当者を決め、使用量を計測して記録するところから始めることをお勧めします。",
        f"There is room in {names_en}: name somebody responsible, and begin to meter and record.",
    )


def _renewables(counted: Sequence[Evaluated]) -> Iterator[Message]:
    for one in counted:
        if one.measure.id == _GENERATION and one.adjusted.co2_reduction_t is not None:
            yield Message(
                f"太陽光発電（No.{one.proposal.number}）では、省エネの後の電気に対してCO2を年間 "
                f"{format_number(one.adjusted.co2_reduction_t, 1)} t 減らせる見込みです。",
                f"Photovoltaics (proposal {one.proposal.number}) save {format_number(one.adjusted.co2_reduction_t, 1)} t CO2 a year.",
            )


def _grants(d: Diagnosis, judged: bool) -> Iterator[Message]:
    if d.proposed is None or not judged:
        return
    open_ = {
        number
        for number, own in d.proposed.offers.items()
        if any(o.verdict in {"eligible", "unclear"} for o in own)
    }
    open_ &= set(d.proposed.evaluation.order)
    if open_:
        yield Message(
            f"{len(open_)} 件の提案で補助金の活用を検討できます（要件は要確認。交付決定の前に発注しないでください）。",
            f"Grants are worth checking for {len(open_)} proposals; place no order before the award.",
        )


def _next_step(proposals: bool) -> Message:
    if proposals:
        return Message(
            "次は、取り組む提案を選び、見積りの取得と実施時期の検討に進まれることをお勧めします。",
            "Next: choose what to do, obtain quotations and set dates.",
        )
    return Message(
        "次は、主な設備の台数・年式・運転時間を確かめ、削減の提案につなげることをお勧めします。",
        "Next: note number, year and hours of the main machines, from which proposals follow.",
    )
