"""Doubts about proposals taken together: loads that may be two, machines that are renewed, nothing that is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from carbonlib.errors import Finding, Message, Place, shown
from carbonlib.factors import carrier_named
from carbonlib.proposals.effects import Effects, merged
from carbonlib.proposals.interactions import Act
from carbonlib.records.proposal_model import Proposal
from carbonlib.units import bill_unit, format_number


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


def renewed(acts: Sequence[Act], done: Sequence[Act], places: Mapping[str, Place]) -> list[Finding]:
    """Return a note where a proposal is counted less because another renews, or has renewed, the machines that it acts on."""
    past = {a.id for a in done}
    ids = past | {a.id for a in acts}
    found = []
    for act in acts:
        by = act.renewed_by & ids
        if others := "・".join(shown(id) for id in sorted(by)):
            renews = "更新した" if by <= past else "更新する"
            message = Message(
                f"提案No.{shown(act.id)} は、No.{others} で{renews}機器には効果がほとんど残らないため、重複調整後の値では"
                "ほかの機器の分だけを数えています。",
                f"Next to nothing of proposal {shown(act.id)} is left on the machines that {others.replace('・', ', ')} "
                f"{'renewed' if by <= past else 'renews'}; the "
                "adjusted total counts it on the other machines only.",
            )
            found.append(Finding("proposal.renewed", "note", message, places.get(act.id, Place())))
    return found


def raising(proposal: Proposal, alone: Effects) -> list[Finding]:
    """Return a warning where a proposal uses more and saves nothing: before and after are likely swapped."""
    if not alone.only_raises:
        return []
    number, more = shown(proposal.number), [a for a in merged(alone.amounts) if a.saved < 0]
    ja = "・".join(
        f"{carrier_named(a.carrier).label_ja} 年 {format_number(-a.saved)} {bill_unit(a.unit)}" for a in more
    )
    en = ", ".join(
        f"{format_number(-a.saved)} {bill_unit(a.unit)} of {carrier_named(a.carrier).label_en}" for a in more
    )
    message = Message(
        f"提案No.{number} は使用量が増えます（{ja}）。対策前と対策後が逆ではありませんか。",
        f"Proposal {number} uses more ({en} a year) and saves nothing; are before and after swapped?",
    )
    place = proposal.places.get("inputs", proposal.place)
    return [Finding("proposal.uses_more", "warning", message, place)]


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
