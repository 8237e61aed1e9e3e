"""Rounds of subsidies and the award table as plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from carbonlib.errors import Language, shown
from carbonlib.factors import EVIDENCE
from carbonlib.records.subsidy_round import (
    EQUIPMENT,
    Bundle,
    EquipmentAge,
    Ground,
    HighEfficiency,
    Minimum,
    Operation,
    PriorGrants,
    Round,
)
from carbonlib.subsidies import STATE_LABELS, Awards
from carbonlib.units import format_number, unit_label

METHODS = {
    "cost_effectiveness": ("費用対効果の順", "by cost-effectiveness"),
    "first_come": ("先着順", "first come, first served"),
}
PRIORITY = {
    "none": ("優先なし", "no priority"),
    "any": ("優先の理由のある申請が先", "those with a ground for priority first"),
    "points": ("優先の理由の多い申請が先", "those with more grounds for priority first"),
}
AT_THE_LINE = {
    "stop": ("残りで足りない申請で打ち切り", "ends at the first that the rest does not cover"),
    "partial": (
        "残りで足りない申請に残額を交付して終了",
        "the first that the rest does not cover gets the rest",
    ),
    "skip": ("残りで足りない申請を飛ばして次へ", "passes over what the rest does not cover"),
}


def _pick(pair: tuple[str, str], lang: Language) -> str:
    return pair[0 if lang == "ja" else 1]


def _thousand_yen(value: Fraction, lang: Language) -> str:
    """Return an amount in thousand yen, with the decimals it needs."""
    digits = next(d for d in range(4) if d == 3 or (value / 1000 * 10**d).denominator == 1)
    return format_number(value / 1000, digits, lang=lang) + (" 千円" if lang == "ja" else " thousand JPY")


def _tonnes(value: Fraction, lang: Language) -> str:
    return format_number(value, 2, lang=lang) + " t-CO2"


def _award_rule(round: Round, lang: Language) -> str:
    rule = round.award
    parts = (METHODS[rule.method], PRIORITY[rule.priority], AT_THE_LINE[rule.at_the_line])
    return ("、" if lang == "ja" else "; ").join(_pick(p, lang) for p in parts)


def _windows(round: Round, lang: Language) -> str:
    def text(opens: object, closes: object, planned: str) -> str:
        if not (opens or closes):
            return planned
        return f"{opens or ''}〜{closes or ''}"

    found = [text(w.opens, w.closes, w.planned) for w in round.windows]
    return ("、" if lang == "ja" else ", ").join(found) or ("不明" if lang == "ja" else "not known")


def _minimum(round: Round, lang: Language) -> str:
    value = round.minimum_co2_t()
    if value is None:
        return "最低なし" if lang == "ja" else "no minimum"
    return f"{float(value):g} t-CO2" + ("以上" if lang == "ja" else " at least")


def round_lines(rounds: Iterable[Round], lang: Language) -> Iterator[str]:
    """Return each round on one line: id, name, window, award rule and minimum."""
    heads = ("回", "名前", "受付期間", "交付の決め方", "CO2削減量の最低")
    yield "\t".join(heads if lang == "ja" else ("round", "name", "window", "award", "minimum CO2 reduction"))
    for one in rounds:
        name = one.name if lang == "ja" else one.name_en
        cells = (one.id, name, _windows(one, lang), _award_rule(one, lang), _minimum(one, lang))
        yield "\t".join(shown(c, 200) for c in cells)


def _ground(ground: Ground, lang: Language) -> str:
    note = f" {shown(ground.note, 200)}" if ground.note else ""
    return f"［{_pick(EVIDENCE[ground.evidence], lang)}: {shown(ground.source.label(), 200)}］{note}"


# entry of a rule → what it asks for, in both languages
_RULES = {
    "co2_reduction": ("年間CO2削減量 {} 以上", "annual CO2 reduction of at least {}"),
    "ems_co2_reduction": (
        "EMS だけの年間CO2削減量 {} 以上",
        "annual CO2 reduction by the EMS alone of at least {}",
    ),
    "crude_oil_equivalent": ("事業所の原油換算 {} 以上", "crude-oil equivalent of the site of at least {}"),
    "equipment_age": ("更新する設備の設置から {} 年以上", "replaced equipment of at least {} years"),
    "company_operation": ("事業者の事業活動 {} か月以上", "company working for at least {} months"),
    "site_operation": ("事業所の営業 {} か月以上", "site working for at least {} months"),
    "high_efficiency": ("高効率の証明（どれか 1 つ）: {}", "one evidence of high efficiency: {}"),
    "prior_grants": ("受給者は対象外: {}", "receivers are excluded: {}"),
    "bundle": ("同時導入: {}", "installed together: {}"),
    "no_order_before_award": ("交付決定の前に発注しない{}", "no order before the award{}"),
}


def _asks(name: str, rule: object, lang: Language) -> str:
    """Return what a rule asks for."""
    match rule:
        case Minimum():
            value = f"{float(rule.value):g} {unit_label(rule.unit, lang)}"
        case EquipmentAge():
            value = str(rule.years)
        case Operation():
            value = str(rule.months)
        case HighEfficiency():
            value = "・".join(shown(w.label, 200) for w in rule.one_of)
        case PriorGrants():
            value = "・".join(shown(label, 200) for label in rule.excluded.values())
        case Bundle():
            more = {"equipment": ("補助対象の設備", "eligible equipment")}
            value = "・".join(_pick({**EQUIPMENT, **more}[n], lang) for n in rule.needs)
        case _:
            value = ""
    return _pick(_RULES[name], lang).format(value)


def round_detail_lines(round: Round, lang: Language) -> Iterator[str]:
    """Return a round with the categories, what is excluded or unclear, and what its documents do not say."""
    ja = lang == "ja"
    yield from list(round_lines([round], lang))[1:]
    yield f"{'係数' if ja else 'factors'}: {round.factors.programme}・{round.factors.fiscal_year} {shown(round.factors.written)}".rstrip()
    for c in round.categories:
        cap = "" if c.cap_jpy is None else f"{'上限' if ja else 'cap'} {_thousand_yen(c.cap_jpy, lang)}"
        classes = "・".join(_pick(EQUIPMENT[e], lang) for e in c.equipment)
        yield f"  {c.id}\t{shown(c.label, 200)}\t{c.subsidy_rate}\t{cap}\t{classes}\t{_ground(c.ground, lang)}"
        for name, rule in vars(c.rules).items():
            if rule is not None:
                yield f"    {_asks(name, rule, lang)}\t{_ground(rule.ground, lang)}"
    for word, entries in ((("対象外", "excluded"), round.excluded), (("不明", "unclear"), round.unclear)):
        for e in entries:
            yield f"  {_pick(word, lang)}: {shown(e.label, 200)} {_ground(e.ground, lang)}"
    for text in round.applicants:
        yield f"  {'申請者（判定しません）' if ja else 'applicants (not judged)'}: {shown(text, 200)}"
    for p in round.priority:
        yield f"  {'優先' if ja else 'priority'}: {p.id}\t{shown(p.label, 200)}"
    for d in round.documents:
        yield f"  {'書類' if ja else 'document'}: {shown(d.label, 200)} {_ground(d.ground, lang)}"
    for text in round.not_legible:
        yield f"  {'資料から分からないこと' if ja else 'not in the documents'}: {shown(text, 200)}"


def award_lines(awards: Awards, round: Round, lang: Language) -> Iterator[str]:
    """Return who is funded in order, where the line falls, what it buys and what is left."""
    ja = lang == "ja"
    yield f"{round.id}\t{shown(round.name if ja else round.name_en, 200)}"
    yield f"{'交付の決め方' if ja else 'award'}: {_award_rule(round, lang)}"
    heads = ("順", "申請", "申請者", "補助額", "CO2削減量", "千円/t-CO2", "結果", "交付額", "累計")
    en = ("rank", "id", "applicant", "grant", "CO2", "thousand JPY/t", "result", "granted", "total")
    yield "\t".join(heads if ja else en)
    for x in awards.lines:
        if x.rank == awards.line_at:
            yield "――― 予算の境目 ―――" if ja else "--- the budget ends here ---"
        r = x.request
        yield "\t".join(
            (
                *(str(x.rank), shown(r.id), shown(r.applicant)),
                *(_thousand_yen(r.grant_jpy, lang), _tonnes(r.co2_t, lang)),
                format_number(x.jpy_per_t / 1000, 1, lang=lang),
                *(_pick(STATE_LABELS[x.state], lang), _thousand_yen(x.granted_jpy, lang)),
                _thousand_yen(x.spent_jpy, lang),
            )
        )
    spent, left = _thousand_yen(awards.spent_jpy, lang), _thousand_yen(awards.remaining_jpy, lang)
    number, of = len(awards.funded), len(awards.lines)
    bought = _tonnes(awards.co2_t, lang)
    if ja:
        yield f"交付 {number} 件（申請 {of} 件）、{spent}、CO2削減量 {bought}/年、残り {left}。"
    else:
        yield f"Funded {number} of {of}, {spent}, {bought} a year, {left} left."
    if awards.partial_co2_t:
        more = _tonnes(awards.partial_co2_t, lang)
        yield (
            f"ほかに一部交付の申請の削減量 {more}/年（実施されるとは限らないため含めていません）。"
            if ja
            else f"Besides, {more} a year of the one funded in part, which is not counted."
        )
