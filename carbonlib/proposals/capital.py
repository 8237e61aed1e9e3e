"""What a proposal costs, without tax."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.errors import Finding, Message, shown
from carbonlib.records.defaults import Default
from carbonlib.records.proposal_model import Proposal
from carbonlib.records.tax import with_tax


def capital_of(
    proposal: Proposal, rate: Default | None = None
) -> tuple[Fraction | None, tuple[Finding, ...]]:
    """Return the investment without tax, None where none is written; a line of unknown tax counts as it stands.

    Parameters
    ----------
    proposal : Proposal
        Whose capital lines are added up.
    rate : Default, optional
        Rate of the consumption tax; the package's own unless given.

    Returns
    -------
    (Fraction or None, tuple of Finding)
        [JPY]
    """
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
    taxed = with_tax(rate)
    total = Fraction(0)
    unclear = []
    for line in proposal.capital:
        amount = Fraction(line.amount_jpy)
        total += amount / taxed if line.tax == "税込" else amount
        if line.tax == "不明":
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
