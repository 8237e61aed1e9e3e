"""The sentences of the first page: what can be saved, what to do first and why, what it is worth, which menu fits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting.whole import left_out
from carbonlib.analysing import vehicle_fuels
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.first_page import FirstPage, Reducible
from carbonlib.fiscal_year import day_label
from carbonlib.present import text
from carbonlib.present.proposal_words import (
    lowering,
    no_sales_words,
    payback_years,
    raising_words,
    thousand,
    tonnes,
    without_tax_known,
)
from carbonlib.proposals.priority import EASY, First
from carbonlib.records.schemes import Scheme
from carbonlib.subsidies import SubsidyOffer
from carbonlib.units import format_number

DISCLAIMER = (
    "この報告書の数値は一定の条件に基づく試算であり、効果を保証するものではありません。"
    "実施の際は、必ず見積りを取得してください。"
)
_WHY = {
    "operational": "費用のかからない運用改善なので、すぐに始められます。",
    "no_cost": "費用がかからないため、すぐに効果が出ます。",
    "largest": "投資の提案の中で、CO2 の削減量（重複調整後）が最も大きいためです。",
    "next": "投資の提案の中で、CO2 の削減量（重複調整後）が次に大きいためです。",
    "largest_repaid": "耐用年数より先に回収できる投資の提案の中で、CO2 の削減量（重複調整後）が最も大きいためです。",
    "next_repaid": "耐用年数より先に回収できる投資の提案の中で、CO2 の削減量（重複調整後）が次に大きいためです。",
    "worn_out_first": "CO2 は減りますが、投資を回収する前に耐用年数を迎える見込みです。更新の時期に合わせて検討してください。",
}
_NO_PROPOSALS = "提案はまだ登録されていません"


@dataclass(frozen=True)
class FirstLine:
    """One proposal of the first page in words."""

    title: str
    effect: str
    reason: str
    subsidy: str


def lowered(value: Fraction | None, printed: str) -> str:
    """Return a reduction as printed: ▲ before what falls, ＋ before what rises."""
    if value is None:
        return text.NOT_KNOWN
    return printed if not value else f"▲{printed}" if value > 0 else f"＋{printed.lstrip('▲')}"


def share_words(share: Fraction) -> str:
    """Return a share that falls as it is, and one that rises by its amount and 増: a sign would contradict the value's."""
    return text.percent(share) if share >= 0 else f"{text.percent(-share)}増"


def reducible_card(r: Reducible, mark: str) -> tuple[str, str, str, str]:
    """Return label, value, unit and what stands beside it of the reducible amount."""
    label = "削減可能量（重複調整後）"
    if not r.count:
        return label, text.NOT_KNOWN, "", _NO_PROPOSALS
    share = "" if r.co2_share is None else f"CO2排出量の {share_words(r.co2_share)}・"
    money = "削減額は算出できません"
    if r.saving_jpy is not None:
        part = "" if r.cost_share is None else f"（{share_words(r.cost_share)}）"
        money = f"{lowered(r.saving_jpy, thousand(r.saving_jpy))} 千円/年{part}"
    if r.co2_t is None:
        return (
            label,
            text.NOT_KNOWN,
            "t-CO2/年",
            f"係数がないため算出できません。費用は {money}・{lowering(r.count, r.raising)}",
        )
    return (
        label,
        lowered(r.co2_t, tonnes(r.co2_t)),
        f"t-CO2/年{mark}",
        f"{share}費用 {money}・{lowering(r.count, r.raising)}",
    )


def key_saving(page: FirstPage) -> str:
    """Return the sentence on what all proposals save together, empty where there is nothing to say."""
    r = page.reducible
    parts = []
    if r.co2_t is not None and r.co2_t > 0 and r.co2_share is not None:
        parts.append(f"CO2 を年 {tonnes(r.co2_t)} t-CO2（{text.percent(r.co2_share)}）")
    if r.saving_jpy is not None and r.saving_jpy > 0 and r.cost_share is not None:
        parts.append(f"費用を年 {thousand(r.saving_jpy)} 千円（{text.percent(r.cost_share)}）")
    if not parts:
        return ""
    rising = f"（{said}）" if (said := raising_words(r.raising)) else ""
    return f"{lowering(r.count, r.raising)}で、{'、'.join(parts)}減らせる見込みです{rising}。"


def first_lines(d: Diagnosis, page: FirstPage) -> list[FirstLine]:
    """Return the proposals to do first, each in words."""
    return [_line(d, page, one) for one in page.first]


def _line(d: Diagnosis, page: FirstPage, first: First) -> FirstLine:
    one = first.one
    assert d.proposed is not None
    effects = one.adjusted
    co2 = (
        ""
        if effects.co2_reduction_t is None
        else f"{lowered(effects.co2_reduction_t, tonnes(effects.co2_reduction_t))} t-CO2/年・"
    )
    money = effects.cost_average_jpy
    saving = "削減額は算出できません" if money is None else f"{lowered(money, thousand(money))} 千円/年"
    capital = "投資額は未定" if one.capital_jpy is None else f"投資 {thousand(one.capital_jpy)} 千円（税抜）"
    if one.capital_jpy == 0:
        capital = "投資なし"
    else:
        capital += f"・回収 {_years(payback_years(d.proposed, one))}"
    adopted = "（採用済み）" if one.proposal.status == "採用" else ""
    return FirstLine(
        f"{one.proposal.title}{adopted}",
        f"効果 {co2}{saving}、{capital}",
        _why(first, page),
        _subsidy(page, page.offers.get(one.proposal.number, ())),
    )


def _years(cell: str) -> str:
    return f"{cell} 年" if cell.replace(".", "").replace(",", "").isdigit() else cell


def _why(first: First, page: FirstPage) -> str:
    if first.why == "quick":
        return f"{format_number(page.quick_years)} 年以内に投資を回収できる見込みのためです。"
    if first.why == "operational" and first.one.capital_jpy != 0:
        return "設備を替えずに始められる運用改善のためです。"
    if first.one.adjusted.co2_reduction_t is None and first.why not in {
        "operational",
        "no_cost",
        "worn_out_first",
    }:
        return "投資の提案の中で、エネルギーの削減量が大きいためです。"
    return _WHY[first.why]


def _subsidy(page: FirstPage, offers: tuple[SubsidyOffer, ...]) -> str:
    if not page.judged:
        return "補助金は、判定する日がないため確認していません。"
    if not offers:
        on = "" if page.judged_on is None else f"（{day_label(page.judged_on)}時点の判定）"
        return f"補助金：登録されている公募の回には、対象になるものがありません{on}。"
    parts = []
    for offer in offers:
        when = _when(offer)
        if offer.verdict == "eligible":
            grant = f" 試算 {thousand(offer.offer_jpy)} 千円" if offer.offer_jpy is not None else ""
            parts.append(f"{offer.round_name}{grant}{f'（{when}）' if when else ''}")
        else:
            until = f"{when}。" if when else ""
            parts.append(f"{offer.round_name}（{until}判定に必要な情報が {len(offer.missing)} 点足りません）")
    return f"活用を検討できる補助金（要件は要確認。{day_label(offers[0].on)}時点の判定）：{'、'.join(parts)}"


def _when(offer: SubsidyOffer) -> str:
    """Return until when applications are taken, or from when; empty where no date is known."""
    window = offer.window
    if window is None:
        return ""
    if window.opens is not None and window.opens > offer.on:
        return f"受付は{day_label(window.opens)}から"
    return "" if window.closes is None else f"受付は{day_label(window.closes)}まで"


def rule_sentence(d: Diagnosis, page: FirstPage) -> str:
    """Return the rule by which the first ones were chosen and whether yen are without tax, empty where there are none."""
    if not page.first:
        return ""
    quick = format_number(page.quick_years)
    tax = "削減額は税抜です。" if d.proposed is not None and without_tax_known(d.proposed) else ""
    return (
        f"選び方：運用改善と {quick} 年以内に回収できるもの（{EASY} 件まで）を先に、次に CO2 の削減量（重複調整後）の大きいものを"
        f"挙げました。効果は提案どうしの重なりを除いた値、回収年数は単独で実施した場合の値です。{tax}"
    )


def margin_percent(margin: Fraction) -> str:
    """Return a margin as a percentage with the digits that were stated."""
    return f"{float(margin * 100):.10g}%"


def ten_thousand(jpy: Fraction) -> str:
    """Return yen in 万円, with a decimal where it would look like zero."""
    return format_number(jpy / 10000, 0 if jpy >= 10000 else 1)


def sales_sentence(d: Diagnosis, page: FirstPage) -> str:
    """Return what the saving equals in sales, or that a company in the red has no such sales; empty without a saving."""
    s = page.sales
    if s is None:
        return no_sales_words(d, page.reducible.saving_jpy)
    margin = margin_percent(s.margin)
    source = f"{margin}（仮定）" if s.assumed else f"{margin} "
    man = ten_thousand(s.sales_jpy)
    return (
        f"すべての提案による削減額 {thousand(s.saving_jpy)} 千円/年は、売上 {man} 万円分の利益に相当します"
        f"（売上高営業利益率 {source}の場合）。"
    )


def guide(scheme: Scheme) -> str:
    """Return the size that a scheme is for, as a guide."""
    if scheme.from_kl is not None and scheme.below_kl is not None:
        return f"{format_number(scheme.from_kl)}〜{format_number(scheme.below_kl)} kL/年 未満"
    if scheme.below_kl is not None:
        return f"{format_number(scheme.below_kl)} kL/年 未満"
    return f"{format_number(scheme.from_kl)} kL/年 以上" if scheme.from_kl is not None else "目安なし"


def margin_words(d: Diagnosis, page: FirstPage) -> str:
    """Return how far the use is from the guide line, as crude oil and as electricity under its named basis."""
    m = page.margin
    if m is None:
        return "原油換算が算出できないため、規模の目安とは比べていません。"
    oil = d.account.crude_oil_kl
    gap = abs(m.difference_kl)
    digits = 1 if m.is_close else 0
    side = "上回ります" if m.difference_kl >= 0 else "下回ります"
    power = ""
    if m.electricity_kwh is not None and m.factor is not None:
        kwh = format_number(abs(m.electricity_kwh) / 1000)
        power = f"（電気に換算すると約 {kwh} 千kWh。{m.factor.value} {m.factor.unit} で換算）"
    part = left_out(d.account).ja
    use = f"kL（{part}、参考値）" if part else "kL/年"
    return (
        f"原油換算 {text.number(oil, digits)} {use}は、目安の {format_number(m.line_kl)} kL を "
        f"{format_number(gap, digits)} kL {side}{power}。"
    )


def vehicle_words(d: Diagnosis) -> str:
    """Return that the crude oil compared with the guide line includes the fuel of vehicles; "" where it does not."""
    found = vehicle_fuels(d)
    if found is None or d.account.crude_oil_kl is None:
        return ""
    fuels = "・".join(carriers()[name].label_ja for name in found[0])
    return f"原油換算は、車両の燃料とみられる{fuels}を含みます。"


def menu_sentence(d: Diagnosis, page: FirstPage) -> str:
    """Return which diagnosis of the prefecture fits by size, with the margin to the guide line."""
    own = [s for s in page.menu if s.scope == "prefecture"]
    if not own:
        return margin_words(d, page) + vehicle_words(d)
    names = "・".join(f"{s.name_ja}（{guide(s)}の目安）" for s in own)
    whose = (
        ""
        if len(d.company.sites) == 1
        else f"（全 {len(d.company.sites)} 事業所の合計で見た場合。診断は事業所ごとに申し込みます）"
    )
    return (
        f"規模から見た診断メニューは、{names}です{whose}。{margin_words(d, page)}{vehicle_words(d)}"
        "目安であり、義務ではありません。"
    )
