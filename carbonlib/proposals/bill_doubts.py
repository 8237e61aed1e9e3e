"""Doubts about proposals beside the bills of a year: carriers nobody is billed for, and more saved than is billed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.calendar import period_label
from carbonlib.accounting.whole import lacking
from carbonlib.errors import Finding, Message, Place, shown
from carbonlib.factors import carrier_named
from carbonlib.fiscal_year import Period
from carbonlib.proposals.acts import Alone, Sites
from carbonlib.proposals.effects import Amount, merged
from carbonlib.proposals.interactions import Applied
from carbonlib.records.defaults import Default
from carbonlib.records.proposal_model import Proposal
from carbonlib.units import bill_unit, format_number


@dataclass(frozen=True)
class BilledUse:
    """What an account has of a carrier in one unit: the `quantity`, of which `period`, and for which days no bill is there."""

    quantity: Fraction
    period: Period
    missing: tuple[tuple[date, date], ...] = ()

    def gap(self, lang: str = "ja") -> str:
        """Return the days without a bill in words."""
        return ("・" if lang == "ja" else ", ").join(period_label(*one, lang) for one in self.missing)

    def too_little_known(self, stated: Fraction) -> bool:
        """Return whether bills are missing that may explain what is stated; ten times what they come to is a slip."""
        days = {day for first, last in self.missing for day in range(first.toordinal(), last.toordinal() + 1)}
        whole = (self.period.last_day - self.period.first_day).days + 1
        known = Fraction(max(whole - len(days), 1), whole)
        return bool(days) and stated <= 10 * self.quantity / known


Billed = Mapping[tuple[str, str], BilledUse]  # by carrier and unit


def billed_of(account: EnergyAccount) -> Billed:
    """Return the year's use of each carrier of an account, by carrier and unit."""
    period = account.identity.period
    looked_into = lacking(account)
    return {
        (line.carrier, line.unit): BilledUse(
            line.quantity, period, line.missing if line.carrier in looked_into else ()
        )
        for line in account.lines
    }


def _not_yet(use: BilledUse, stated: str, number: str, carrier: str, unit: str, place: Place) -> Finding:
    """Return the warning that bills which are not complete cannot be held against what a proposal states."""
    kind, bill = carrier_named(carrier), f"{format_number(use.quantity)} {unit}"
    message = Message(
        f"提案No.{number} の{stated}は、{kind.label_ja}の{use.gap()}の請求がないため、{use.period.word('この年度')}の請求（{bill}）"
        "とは比べられません。合計には請求の範囲だけを数えています。残りの月の請求を入れてください。",
        f"Proposal {number} cannot be compared with the bills ({bill}): those of {kind.label_en} for {use.gap('en')} are missing; "
        "the total counts no more than is billed. Put the missing bills in.",
    )
    return Finding("proposal.bills_incomplete", "warning", message, place, carrier)


def beside_bills(
    open_: Iterable[Alone],
    results: Mapping[str, Applied],
    company: Billed,
    accounts: Mapping[str, EnergyAccount],
    sites: Sites,
    defaults: Mapping[str, Default],
) -> list[Finding]:
    """Return doubts about what the proposals say is used and saved, each beside the bills of its site.

    Parameters
    ----------
    open_ : iterable of Alone
        The proposals that are neither done nor declined.
    results : mapping of str to Applied
        What is left of those that are counted, by number.
    company : Billed
        What the company is billed for, which stands in for a carrier that its site has no bills of.
    accounts : mapping of str to EnergyAccount
        The accounts of its sites by id.
    sites : Sites
        Which of them a proposal is at.
    defaults : mapping of str to Default
        By how much a load that is stated may be unlike its bills, and from which share of them a saving is doubted. [%]
    """
    found: list[Finding] = []
    tolerance = Fraction(defaults["pv_load_tolerance"].reading.value) / 100
    most = Fraction(defaults["doubted_saving_share"].reading.value) / 100
    for one in open_:
        site = sites.of(one.proposal)
        own = billed_of(accounts[site]) if site in accounts else {}
        explained = {key for key, use in company.items() if not use.missing}
        own = {key: replace(use, missing=()) if key in explained else use for key, use in own.items()}
        bought = {**company, **own}
        if one.measure.rescales and own:
            for load in one.amounts:
                known = own.get((load.carrier, load.unit))
                found += load_unlike_bills(one.proposal, load, known, tolerance)
            continue
        doubts = use_beyond_bills(one.proposal, one.effects.amounts, bought)
        result = results.get(one.proposal.number)
        if result is not None and not doubts:
            doubts = together_beyond_bills(one.proposal, [one.amounts[i] for i in result.beyond], bought)
        found += doubts or nearly_all(one.proposal, one.amounts, bought, most)
    return found


def nearly_all(
    proposal: Proposal, amounts: Sequence[Amount], bought: Billed, most: Fraction
) -> list[Finding]:
    """Return a warning where a proposal saves `most` of a carrier's bills or more, and puts no other carrier in its place."""
    if any(a.saved < 0 for a in amounts):
        return []
    number, found = shown(proposal.number), []
    for one in merged(amounts):
        known = bought.get((one.carrier, one.unit))
        if known is None or not known.quantity or one.saved < most * known.quantity or known.missing:
            continue
        kind, bill = carrier_named(one.carrier), format_number(known.quantity)
        percent = int(one.saved / known.quantity * 100)
        message = Message(
            f"提案No.{number} は、診断期間の請求にある{kind.label_ja} {bill} {bill_unit(one.unit)} の {percent} % を減らします。使うのをやめる"
            "提案でなければ、入力の桁と単位を確かめてください。",
            f"Proposal {number} saves {percent} % of the {bill} {bill_unit(one.unit)} of {kind.label_en} on the bills; unless nothing of it is "
            "to be used any more, check digits and units.",
        )
        place = proposal.places.get("inputs", proposal.place)
        found.append(Finding("proposal.nearly_all_saved", "warning", message, place, one.carrier))
    return found


def together_beyond_bills(proposal: Proposal, cut: Iterable[Amount], bought: Billed) -> list[Finding]:
    """Return a warning where the bills do not hold what a proposal saves beside those before it."""
    found = []
    number = shown(proposal.number)
    for carrier, unit in dict.fromkeys((a.carrier, a.unit) for a in cut):
        known = bought.get((carrier, unit))
        if known is None:  # `missing_carriers` says so
            continue
        kind, bill = carrier_named(carrier), format_number(known.quantity)
        if known.missing:
            stated = "削減量（前の提案との合計）"
            found.append(_not_yet(known, stated, number, carrier, bill_unit(unit), proposal.place))
            continue
        message = Message(
            f"提案No.{number} までの{kind.label_ja}の削減量を合わせると、請求の {bill} {bill_unit(unit)} を超えるため、合計には請求の"
            "範囲だけを数えています。それぞれの提案の入力の桁と単位を確かめてください。",
            f"What proposal {number} and those before it save of {kind.label_en} is more than the {bill} {bill_unit(unit)} of the "
            "bills; the total counts no more than is billed. Check digits and units of each.",
        )
        found.append(Finding("proposal.together_beyond_bills", "warning", message, proposal.place, carrier))
    return found


def missing_carriers(
    proposals: Iterable[tuple[Proposal, Sequence[Amount]]], billed: Iterable[tuple[str, str]]
) -> list[Finding]:
    """Return a warning for each saving of a carrier that the account does not have; nothing of it is counted."""
    known = set(billed)
    found = []
    for proposal, amounts in proposals:
        for one in amounts:
            if one.saved > 0 and (one.carrier, one.unit) not in known:
                kind = carrier_named(one.carrier)
                found.append(
                    Finding(
                        "proposal.no_bills",
                        "warning",
                        Message(
                            f"提案No.{shown(proposal.number)} は{kind.label_ja}を減らしますが、診断期間に同じ単位の請求が"
                            "ないため、合計には数えていません。エネルギー種別と、請求の入れ忘れがないかを確かめてください。",
                            f"Proposal {shown(proposal.number)} saves {kind.label_en}, of which the year has no bill in "
                            "that unit; the total does not count it. Check the carrier, and whether a bill was left out.",
                        ),
                        proposal.place,
                        one.carrier,
                    )
                )
    return found


def use_beyond_bills(proposal: Proposal, amounts: Iterable[Amount], bought: Billed) -> list[Finding]:
    """Return a warning where a proposal states that more is used, or saved, than the bills of the year have."""
    found = []
    for one in amounts:
        stated, known = max(one.before or Fraction(0), one.saved), bought.get((one.carrier, one.unit))
        if known is None or stated <= known.quantity:
            continue
        kind, more, bill = carrier_named(one.carrier), format_number(stated), format_number(known.quantity)
        place = proposal.places.get("inputs", proposal.place)
        if known.too_little_known(stated):
            amount = f"対象（年 {more} {bill_unit(one.unit)}）"
            number = shown(proposal.number)
            found.append(_not_yet(known, amount, number, one.carrier, bill_unit(one.unit), place))
            continue
        found.append(
            Finding(
                "proposal.use_beyond_bills",
                "warning",
                Message(
                    f"提案No.{shown(proposal.number)} の対象の{kind.label_ja}は年 {more} {bill_unit(one.unit)} ですが、{known.period.word('この年度')}の請求は "
                    f"{bill} {bill_unit(one.unit)} です。入力の桁と単位を確かめてください（合計には請求の範囲だけを数えています）。",
                    f"Proposal {shown(proposal.number)} acts on {more} {bill_unit(one.unit)} of {kind.label_en} a year, and the bills of "
                    f"the year have {bill} {bill_unit(one.unit)}; check digits and units (the total counts no more than is billed).",
                ),
                place,
                one.carrier,
            )
        )
    return found


def load_unlike_bills(
    proposal: Proposal, load: Amount, bought: BilledUse | None, tolerance: Fraction
) -> list[Finding]:
    """Return a warning where a measure after all others states another load than the bills of the year have."""
    if bought is None or not bought.quantity or load.before is None:
        return []
    if abs(load.before / bought.quantity - 1) <= tolerance:
        return []
    stated, known = format_number(load.before), format_number(bought.quantity)
    kind, less = carrier_named(load.carrier), load.before > bought.quantity
    place = proposal.places.get("inputs", proposal.place)
    if less and bought.too_little_known(load.before):
        number = shown(proposal.number)
        what = f"「annual_load」（{stated} {bill_unit(load.unit)}）"
        return [_not_yet(bought, what, number, load.carrier, bill_unit(load.unit), place)]
    so_ja = "（合計には請求の範囲だけを数えています）" if less else ""
    so_en = " (the total counts no more than is billed)" if less else ""
    return [
        Finding(
            "proposal.load_unlike_bills",
            "warning",
            Message(
                f"提案No.{shown(proposal.number)} の「annual_load」は {stated} {bill_unit(load.unit)} ですが、診断期間の{kind.label_ja}の"
                f"請求は {known} {bill_unit(load.unit)} です。他の対策の前の年間の買電量を書いてください{so_ja}。",
                f"'annual_load' of proposal {shown(proposal.number)} is {stated} {bill_unit(load.unit)}, and the bills of the year have "
                f"{known} {bill_unit(load.unit)}; write what is bought before other savings{so_en}.",
            ),
            place,
            "annual_load",
        )
    ]
