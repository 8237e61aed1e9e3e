"""What a proposal costs, without tax."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.errors import Finding, Message, shown
from carbonlib.records.proposal_model import CapitalLine, Proposal
from carbonlib.records.tax import with_tax


def without_and_with_tax(line: CapitalLine) -> tuple[Fraction, Fraction] | None:
    """Return a line's amount without and with the consumption tax, None where it is not known which was written. [JPY]"""
    amount, taxed = Fraction(line.amount_jpy), with_tax()
    if line.tax == "不明":
        return None
    return (amount / taxed, amount) if line.tax == "税込" else (amount, amount * taxed)


def capital_of(proposal: Proposal) -> tuple[Fraction | None, tuple[Finding, ...]]:
    """Return the investment without tax, None where none is written; a line of unknown tax counts as it stands. [JPY]"""
    if proposal.capital is None:
        return None, (
            Finding(
                "proposal.capital_missing",
                "note",
                Message(
                    f"提案No.{shown(proposal.number)} の投資額が書かれていないため、回収年数は計算していません。",
                    f"Proposal {shown(proposal.number)} has no investment, so no payback is given.",
                ),
                proposal.place,
            ),
        )
    total = Fraction(0)
    unclear = []
    for line in proposal.capital:
        both = without_and_with_tax(line)
        total += Fraction(line.amount_jpy) if both is None else both[0]
        if both is None:
            unclear.append(
                Finding(
                    "proposal.tax_unclear",
                    "warning",
                    Message(
                        f"提案No.{shown(proposal.number)} の「{shown(line.item)}」は税込か税抜か書かれていません。"
                        "書かれた額のまま計算しました。",
                        f"{shown(line.item)!r} of proposal {shown(proposal.number)} does not say whether tax is "
                        "included; it counts as written.",
                    ),
                    line.place,
                )
            )
    return total, tuple(unclear)
