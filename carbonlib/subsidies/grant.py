"""From a quotation to the grant: eligible cost without tax, excluded lines, rate, rounding down, cap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.errors import Message, shown
from carbonlib.records.subsidy_round import COST_LINES, Category, CostRule
from carbonlib.subsidies.application import CostLine, number_in
from carbonlib.subsidies.outcome import RuleOutcome, failed, missing


@dataclass(frozen=True)
class EligibleLine:
    """A line of the quotation without tax [JPY]; `eligible` is False where the round excludes its kind."""

    item: str
    category: str
    without_tax_jpy: Fraction
    eligible: bool


@dataclass(frozen=True)
class Grant:
    """How the grant follows from the cost.

    `before_rounding_jpy` is rate × eligible cost, `rounded_jpy` that rounded down, `grant_jpy` at most the cap.
    """

    lines: tuple[EligibleLine, ...]
    eligible_cost_jpy: Fraction
    subsidy_rate: Fraction
    before_rounding_jpy: Fraction
    rounded_jpy: Fraction
    cap_jpy: Fraction | None
    grant_jpy: Fraction

    @property
    def is_capped(self) -> bool:
        """Whether the cap cut the grant."""
        return self.grant_jpy < self.rounded_jpy


def grant_of(
    eligible_cost_jpy: Fraction, category: Category, cost: CostRule
) -> tuple[Fraction, Fraction, Fraction]:
    r"""Return the grant before rounding, rounded down, and capped. [JPY]

    .. math:: G = \min(\lfloor r C / u \rfloor u, G_{max})

    The rate r of the eligible cost C without tax is rounded down to whole u, then capped.
    """
    raw = eligible_cost_jpy * category.subsidy_rate
    whole = raw // cost.round_down_to_jpy * cost.round_down_to_jpy
    return raw, whole, whole if category.cap_jpy is None else min(whole, category.cap_jpy)


def _without_tax(line: CostLine) -> Fraction | Message:
    """Return a line's amount without tax, or what is not known of it."""
    item = shown(line.item)
    amount = number_in(line.amount, "JPY", line.item or "amount")
    if line.tax == "excluded":
        return amount
    if line.tax == "unknown":
        return Message(
            f"「{item}」が税込か税抜か分かりません（対象経費は税抜です）。",
            f"Whether {item!r} includes tax is not known (the eligible cost is without tax).",
        )
    if line.tax_rate is None:
        return Message(
            f"「{item}」は税込ですが、税率が分かりません。",
            f"{item!r} includes tax, but its rate is not known.",
        )
    return amount / (1 + number_in(line.tax_rate, "percent", f"{line.item} tax_rate") / 100)


def grant(
    costs: tuple[CostLine, ...] | None, category: Category, cost: CostRule
) -> tuple[Grant | None, list[RuleOutcome]]:
    """Return the grant with its calculation, and what stands in its way.

    Parameters
    ----------
    costs : tuple of CostLine, optional
        The quotation; None where there is none yet.
    category, cost
        Rate and cap; excluded lines and rounding.

    Returns
    -------
    Grant or None
        None where a fact about the cost is missing, or nothing is eligible.
    list of RuleOutcome
        Each missing fact; failed where no cost is eligible.
    """
    rule, ground = "eligible_cost", cost.ground
    if costs is None:
        return None, [
            missing(rule, ground, "導入にかかる費用が分かりません。", "The capital cost is not known.")
        ]
    found: list[RuleOutcome] = []
    lines: list[EligibleLine] = []
    for line in costs:
        amount = _without_tax(line)
        if cost.excluded_lines and not line.category:
            names = "・".join(COST_LINES[c][0] for c in cost.excluded_lines)
            found.append(
                missing(
                    rule,
                    ground,
                    f"「{shown(line.item)}」の費目が分かりません（{names}は対象外です）。",
                    f"What {shown(line.item)!r} is for is not known; some lines are excluded.",
                )
            )
        if isinstance(amount, Message):
            if line.category not in cost.excluded_lines:
                found.append(RuleOutcome(rule, "missing", amount, ground))
            continue
        lines.append(EligibleLine(line.item, line.category, amount, line.category not in cost.excluded_lines))
    if found:
        return None, found
    eligible = sum((x.without_tax_jpy for x in lines if x.eligible), Fraction(0))
    if eligible <= 0:
        return None, [failed(rule, ground, "対象となる経費がありません。", "No cost is eligible.")]
    raw, whole, capped = grant_of(eligible, category, cost)
    return Grant(tuple(lines), eligible, category.subsidy_rate, raw, whole, category.cap_jpy, capped), []
