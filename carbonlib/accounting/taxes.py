"""Whether the costs of an account include the consumption tax: unlike yen are neither compared nor shown without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from carbonlib.accounting.model import EnergyAccount
from carbonlib.errors import Message
from carbonlib.records.model import Tax

_ALONE: dict[Tax, Message] = {
    "included": Message("税込", "with tax"),
    "excluded": Message("税抜", "without tax"),
    "unknown": Message("税の区分不明", "tax not stated"),
}
_AMONG: dict[Tax, Message] = {**_ALONE, "unknown": Message("区分不明", "not stated")}


def taxes_of(account: EnergyAccount) -> tuple[Tax, ...]:
    """Return the bases of tax that the costs of an account are on, each once: with tax, without, not stated."""
    return each_once(tax for line in account.lines for tax in line.taxes)


def each_once(taxes: Iterable[Tax]) -> tuple[Tax, ...]:
    """Return bases of tax each once, in one order: with tax, without, not stated."""
    found = set(taxes)
    return tuple(tax for tax in _ALONE if tax in found)


def tax_words(taxes: Collection[Tax]) -> Message:
    """Return what bases of tax are called, those only that occur; empty where there is no cost.

    >>> tax_words(("excluded",)).ja, tax_words(("included", "excluded")).ja
    ('税抜', '税込・税抜混在')
    """
    if len(taxes) < 2:
        return next((_ALONE[tax] for tax in taxes), Message("", ""))
    names = among(taxes)
    return Message(f"{names.ja}混在", f"mixed: {names.en}")


def among(taxes: Collection[Tax]) -> Message:
    """Return the bases of tax that are mixed, listed: ``税込・税抜``."""
    names = [_AMONG[tax] for tax in _ALONE if tax in taxes]
    return Message("・".join(n.ja for n in names), ", ".join(n.en for n in names))


def tax_sentence(taxes: Collection[Tax]) -> Message:
    """Return what stands below costs and their sums: on which basis of tax they are; empty where there is no cost.

    >>> tax_sentence(("included", "excluded")).ja
    '費用には税込・税抜の額が混ざっています。合計はそのまま足した値です。'
    """
    if not taxes:
        return Message("", "")
    if len(taxes) > 1:
        names = among(taxes)
        return Message(
            f"費用には{names.ja}の額が混ざっています。合計はそのまま足した値です。",
            f"The tax of the costs is mixed ({names.en}); they are added as they are.",
        )
    return {
        "included": Message("費用は税込です。", "Costs include tax."),
        "excluded": Message("費用は税抜です。", "Costs are without tax."),
        "unknown": Message(
            "費用が税込か税抜かは、資料に書かれていません。", "Whether costs include tax is not stated."
        ),
    }[next(iter(taxes))]


def costs_alike(now: EnergyAccount, before: EnergyAccount) -> bool:
    """Return whether the costs of two years are on one and the same basis of tax, so that they may be compared."""
    return len(taxes_of(now)) == 1 and taxes_of(now) == taxes_of(before)
