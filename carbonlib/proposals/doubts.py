"""Doubts about proposals taken together: carriers nobody is billed for, loads that may be two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from carbonlib.errors import Finding, Message, Place, shown
from carbonlib.factors import carrier_named
from carbonlib.proposals.effects import Amount, Effects
from carbonlib.proposals.interactions import Act
from carbonlib.records.proposal_model import Proposal
from carbonlib.units import format_number


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
                            "ないため、合計には数えていません。",
                            f"Proposal {shown(proposal.number)} saves {kind.label_en}, of which the year has no bill in "
                            "that unit; the total does not count it.",
                        ),
                        proposal.place,
                        one.carrier,
                    )
                )
    return found


def same_load(acts: Sequence[Act], places: Mapping[str, Place]) -> list[Finding]:
    """Return a note where two proposals by the same measure act on one load: they may be two places of it."""
    found = []
    seen: dict[tuple[object, ...], str] = {}
    for act in acts:
        key = (act.measure, act.steps[0].key, act.steps[0].path)
        if act.steps and key in seen:
            found.append(
                Finding(
                    "proposal.same_load",
                    "warning",
                    Message(
                        f"提案No.{shown(seen[key])} と No.{shown(act.id)} は同じ対策で同じ対象に働くとして、重複を除いて"
                        "います。別の場所なら、load の part にそれぞれの名前を書いてください。",
                        f"Proposals {shown(seen[key])} and {shown(act.id)} are the same measure on the same load, so "
                        "they overlap; if they are at two places, name each in load.part.",
                    ),
                    places.get(act.id, Place()),
                )
            )
        seen.setdefault(key, act.id)
    return found


def renewed(acts: Sequence[Act], places: Mapping[str, Place]) -> list[Finding]:
    """Return a note where a proposal is counted less because another renews the machines that it acts on."""
    ids = {a.id for a in acts}
    found = []
    for act in acts:
        if others := "・".join(shown(id) for id in sorted(act.renewed_by & ids)):
            message = Message(
                f"提案No.{shown(act.id)} は、No.{others} で更新する機器には効果がほとんど残らないため、重複調整後の値では"
                "更新しない機器の分だけを数えています。",
                f"Next to nothing of proposal {shown(act.id)} is left on the machines that {others.replace('・', ', ')} renews; the "
                "adjusted total counts it on the other machines only.",
            )
            found.append(Finding("proposal.renewed", "note", message, places.get(act.id, Place())))
    return found


def use_beyond_bills(
    proposal: Proposal, amounts: Iterable[Amount], bought: Mapping[tuple[str, str], Fraction]
) -> list[Finding]:
    """Return a warning where a proposal states that more is used, or saved, than the bills of the year have."""
    found = []
    for one in amounts:
        stated, known = max(one.before or Fraction(0), one.saved), bought.get((one.carrier, one.unit))
        if known is None or stated <= known:
            continue
        kind, more, bill = carrier_named(one.carrier), format_number(stated), format_number(known)
        found.append(
            Finding(
                "proposal.use_beyond_bills",
                "warning",
                Message(
                    f"提案No.{shown(proposal.number)} の対象の{kind.label_ja}は年 {more} {one.unit} ですが、この年度の請求は "
                    f"{bill} {one.unit} です。入力の桁と単位を確かめてください（合計には請求の範囲だけを数えています）。",
                    f"Proposal {shown(proposal.number)} acts on {more} {one.unit} of {kind.label_en} a year, and the bills of "
                    f"the year have {bill} {one.unit}; check digits and units (the total counts no more than is billed).",
                ),
                proposal.places.get("inputs", proposal.place),
                one.carrier,
            )
        )
    return found


def load_unlike_bills(
    proposal: Proposal, load: Amount, bought: Fraction | None, tolerance: Fraction
) -> list[Finding]:
    """Return a warning where a measure after all others states another load than the bills of the year have."""
    if not bought or load.before is None or abs(load.before / bought - 1) <= tolerance:
        return []
    stated, known = format_number(load.before), format_number(bought)
    kind = carrier_named(load.carrier)
    return [
        Finding(
            "proposal.load_unlike_bills",
            "warning",
            Message(
                f"提案No.{shown(proposal.number)} の「annual_load」は {stated} {load.unit} ですが、診断期間の{kind.label_ja}の"
                f"請求は {known} {load.unit} です。他の対策の前の年間の買電量を書いてください。",
                f"'annual_load' of proposal {shown(proposal.number)} is {stated} {load.unit}, and the bills of the year have "
                f"{known} {load.unit}; write what is bought before other savings.",
            ),
            proposal.places.get("inputs", proposal.place),
            "annual_load",
        )
    ]


def nothing_left(
    proposal: Proposal, alone: Effects, adjusted: Effects, billed: Iterable[tuple[str, str]]
) -> list[Finding]:
    """Return a warning where a proposal saves CO2 by itself and nothing any more after the others.

    Where it saves a carrier that is not `billed`, `missing_carriers` says why nothing is counted.
    """
    if not (alone.co2_reduction_t or 0) > 0 or adjusted.co2_reduction_t is None:
        return []
    known = set(billed)
    unbilled = any(a.saved > 0 and (a.carrier, a.unit) not in known for a in alone.amounts)
    if adjusted.co2_reduction_t > 0 or unbilled:
        return []
    number = shown(proposal.number)
    return [
        Finding(
            "proposal.nothing_left",
            "warning",
            Message(
                f"提案No.{number} は、ほかの提案を行った後では効果が残りません。どちらを行うかを選んでください。",
                f"Proposal {number} saves nothing once the others are done; choose between them.",
            ),
            proposal.place,
        )
    ]
