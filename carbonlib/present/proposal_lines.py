"""A company's proposals for a terminal: the summary, what overlaps, the offers, and one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from carbonlib.errors import Finding, Language, Message, shown
from carbonlib.factors import carriers
from carbonlib.finance import Payback
from carbonlib.fiscal_year import day_label
from carbonlib.present.columns import aligned
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.money import DEMAND_WITHIN, payback_after
from carbonlib.proposing import Proposed
from carbonlib.units import Q_, format_number, same_dimension

_HEADS = {
    "ja": (
        "No.",
        "区分",
        "提案",
        "CO2 t",
        "調整後",
        "原油 kL",
        "削減額 千円",
        "限界 千円",
        "投資 千円",
        "回収年",
    ),
    "en": (
        "No.",
        "kind",
        "proposal",
        "CO2 t",
        "adjusted",
        "oil kL",
        "k JPY/yr",
        "marginal",
        "cost k JPY",
        "payback",
    ),
}
_OF_TAX = frozenset({"proposal.price_tax_taken_off", "proposal.price_tax_unknown"})
_NEARLY = 2  # rules that fail of a round that is shown with them
_KINDS = {"operational": ("運用", "operational"), "capital": ("投資", "capital")}
_STATUS_EN = {"提案": "proposed", "採用": "adopted", "実施済み": "done", "見送り": "declined"}


def _number(value: Fraction | None, digits: int, lang: Language) -> str:
    return "–" if value is None else format_number(value, digits, lang=lang)


def _thousand(value: Fraction | None, lang: Language) -> str:
    return _number(None if value is None else value / 1000, 0, lang)


def is_lpg_gas(unit: str) -> bool:
    """Return whether an amount is LPG by the cubic metre, by any of the names that the unit has."""
    return same_dimension(Q_(1, unit), "m3_lpg")


def unit_of(carrier: str, unit: str) -> str:
    """Return a carrier's unit as bills print it.

    >>> unit_of("lpg", "m3_lpg"), unit_of("lpg", "lpg_cubic_meter"), unit_of("lpg", "kg")
    ('m3', 'm3', 'kg')
    """
    return carriers()[carrier].display_units[1 if is_lpg_gas(unit) else 0]


def payback_cell(payback: Payback, lang: Language) -> str:
    """Return a payback for a cell: years to one decimal, else the word for why there are none."""
    if payback.years is not None:
        return format_number(float(payback.years.magnitude), 1, lang=lang)
    words = {
        "immediate": ("すぐ", "at once"),
        "no_saving": ("なし", "none"),
        "costs_more": ("費用増", "costs more"),
    }
    return words.get(payback.kind, ("–", "–"))[0 if lang == "ja" else 1]


def _row(one: Evaluated, of: Proposed, lang: Language) -> tuple[str, ...]:
    proposal = one.proposal
    return (
        shown(proposal.number, 8),
        _KINDS[one.kind][0 if lang == "ja" else 1],
        shown(proposal.title, 30),
        _number(one.alone.co2_reduction_t, 1, lang),
        _number(one.adjusted.co2_reduction_t, 1, lang) if one.counted else "–",
        _number(one.alone.crude_oil_kl, 1, lang),
        _thousand(one.alone.cost_average_jpy, lang),
        _thousand(of.money[proposal.number].marginal_jpy, lang),
        _thousand(one.capital_jpy, lang),
        payback_cell(of.money[proposal.number].average.payback.before, lang),
    )


def proposal_lines(of: Proposed, lang: Language) -> Iterator[str]:
    """Return the summary of a company's proposals: one line each, the totals, what overlaps, the offers."""
    japanese = lang == "ja"
    evaluation = of.evaluation
    year = of.account.identity.period.label(lang)
    yield f"{shown(of.company.name, 60)}  {year}"
    if not evaluation.items:
        yield (
            "提案はまだありません。proposals.yaml に書いてください。"
            if japanese
            else "There are no proposals yet; write them in proposals.yaml."
        )
        return
    rows = [_HEADS[lang], *(_row(e, of, lang) for e in evaluation.items)]
    yield from aligned(rows, frozenset({0, 1, 2}))
    yield (
        "削減額は平均単価、限界は限界単価（使用量が減った分だけ下がる単価）での年間の削減額です。"
        if japanese
        else "k JPY/yr is at the average price; marginal at what the bill falls by for each unit less."
    )
    yield from _left_out(of, lang)
    yield ""
    yield from _totals(of, lang)
    if of.evaluation.why_less:
        yield of.evaluation.why_less.text(lang)
    if any(m.demand_within for m in of.money.values()):
        yield DEMAND_WITHIN.text(lang)
    for carrier, price in of.marginal.items():
        if not price.known:
            name = carriers()[carrier].label_ja if japanese else carriers()[carrier].label_en
            yield f"※ {name}の{price.basis.ja}" if japanese else f"※ {name}: {price.basis.en}"
    yield from _offers(of, lang)
    for finding in _once_of_tax(of.findings):
        yield f"※ {finding.text(lang)}"


def _once_of_tax(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings, those that say the same of the tax of several carriers as one that names them all."""
    alike: dict[str, list[str]] = {}
    for finding in findings:
        if finding.id in _OF_TAX:
            alike.setdefault(finding.id, []).append(finding.subject)
    for finding in findings:
        named = alike.get(finding.id, [finding.subject])
        if finding.subject != named[0]:
            continue
        if len(named) == 1:
            yield finding
            continue
        kinds = [carriers()[one] for one in named]
        message = Message(
            finding.message.ja.replace(kinds[0].label_ja, "・".join(k.label_ja for k in kinds), 1),
            finding.message.en.replace(kinds[0].label_en, ", ".join(k.label_en for k in kinds), 1),
        )
        yield replace(finding, message=message)


def _offers(of: Proposed, lang: Language) -> Iterator[str]:
    """Yield the rounds that a proposal may be eligible for with what is missing, those that it nearly is with the
    rules that fail, and the others in one sentence.
    """
    none = []
    for on in sorted({o.on for offers in of.offers.values() for o in offers}):
        yield (
            f"補助金は{day_label(on)}時点で判定しました。"
            if lang == "ja"
            else f"Subsidies are judged as on {on.isoformat()}."
        )
    for number, offers in of.offers.items():
        hopeful = [o for o in offers if o.verdict != "not_eligible" or len(o.failed) <= _NEARLY]
        if offers and not hopeful:
            none.append(f"No.{shown(number, 8)}")
        for offer in hopeful:
            name = offer.round_name if lang == "ja" else offer.round_name_en
            unit = "千円" if lang == "ja" else "k JPY"
            grant = ""
            if offer.offer_jpy is not None:
                after = payback_after(of.evaluation.item(number), of.money[number], offer.offer_jpy)
                back = "補助後の回収年" if lang == "ja" else "payback after it"
                grant = f" {_thousand(offer.offer_jpy, lang)} {unit}  {back} {payback_cell(after, lang)}"
            yield f"No.{shown(number, 8)}  {name}: {offer.verdict_label(lang)}{grant}"
            for outcome in (*offer.failed, *offer.missing):
                yield f"    {outcome.message.text(lang)}"
            if offer.verdict != "not_eligible" and offer.documents:
                documents = "・".join(shown(d.label, 100) for d in offer.documents)
                yield f"    {'書類' if lang == 'ja' else 'documents'}: {documents}"
    if none:
        numbers = "・".join(none)
        yield (
            f"{numbers} は、登録されている補助金のどの回も対象外です（理由は --json で見られます）。"
            if lang == "ja"
            else f"{numbers}: no round that is registered takes them (--json gives the reasons)."
        )


def _left_out(of: Proposed, lang: Language) -> Iterator[str]:
    for one in of.evaluation.items:
        number = shown(one.proposal.number, 8)
        if one.replaced_by:
            other = shown(one.replaced_by, 8)
            yield (
                f"No.{number} は No.{other} と両立しないため、合計に数えていません。"
                if lang == "ja"
                else f"{number} and {other} exclude one another; {number} is not in the total."
            )
        elif not one.counted:
            status = one.proposal.status
            yield (
                f"No.{number} は{status}のため、合計に数えていません。"
                if lang == "ja"
                else f"{number} is {_STATUS_EN[status]} and not in the total."
            )


def _totals(of: Proposed, lang: Language) -> Iterator[str]:
    heads = {
        "ja": ("", "単独効果の合計", "重複調整後", "差"),
        "en": ("", "sum stand-alone", "after overlap", "difference"),
    }
    alone, adjusted = of.evaluation.alone, of.evaluation.adjusted
    rows: list[tuple[str, ...]] = [heads[lang]]
    left = {(a.carrier, a.unit): a.saved for a in adjusted.amounts}
    for amount in alone.amounts:
        kind = carriers()[amount.carrier]
        name = kind.label_ja if lang == "ja" else kind.label_en
        unit = unit_of(amount.carrier, amount.unit)
        rest = left.get((amount.carrier, amount.unit), Fraction(0))
        rows.append((f"{name} {unit}", *_three(amount.saved, rest, 0, lang)))
    rows.append(("CO2 t-CO2", *_three(alone.co2_reduction_t, adjusted.co2_reduction_t, 1, lang)))
    oil = "原油換算 kL" if lang == "ja" else "crude oil kL"
    rows.append((oil, *_three(alone.crude_oil_kl, adjusted.crude_oil_kl, 1, lang)))
    for ja, en, one, two in (
        (
            "削減額（平均単価） 千円",
            "saving at average price, k JPY",
            alone.cost_average_jpy,
            adjusted.cost_average_jpy,
        ),
        (
            "削減額（限界単価） 千円",
            "at marginal price, k JPY",
            alone.cost_marginal_jpy,
            adjusted.cost_marginal_jpy,
        ),
    ):
        before, after = (None if v is None else v / 1000 for v in (one, two))
        rows.append((ja if lang == "ja" else en, *_three(before, after, 0, lang)))
    yield from aligned(rows, frozenset({0}))


def _three(one: Fraction | None, two: Fraction | None, digits: int, lang: Language) -> tuple[str, str, str]:
    difference = None if one is None or two is None else one - two
    return _number(one, digits, lang), _number(two, digits, lang), _number(difference, digits, lang)
