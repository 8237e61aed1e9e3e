"""Whether an account covers its months, and the words for what it covers."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.accounting.model import EnergyAccount
from carbonlib.errors import Message


def lacking(account: EnergyAccount) -> frozenset[str]:
    """Return the carriers whose bills leave out days of the account; a gap that was explained is none."""
    return frozenset(f.subject for f in account.findings if f.id == "bill.gap")


def is_whole(account: EnergyAccount) -> bool:
    """Return whether the bills cover every day of the account."""
    return not lacking(account)


def uses_nothing(account: EnergyAccount) -> bool:
    """Return whether there are bills and each of them states a use of zero."""
    return bool(account.lines) and not any(line.quantity for line in account.lines)


def months_known(account: EnergyAccount) -> int | None:
    """Return how many months an account with gaps is made of; None where its carriers differ or a month is known in part."""
    months = {frozenset(m.month for m in x.months if m.quantity is not None) for x in account.lines}
    known = (sum((m.quantity or Fraction(0) for m in x.months), Fraction(0)) for x in account.lines)
    alike = len(months) == 1 and all(k == x.quantity for k, x in zip(known, account.lines, strict=True))
    return len(next(iter(months))) or None if alike else None


def span(account: EnergyAccount) -> Message:
    """Return what to call the time that an account covers: the year, or the part of it that has bills."""
    if is_whole(account):
        return Message("年間", "the year")
    months = months_known(account)
    if months is None:
        return Message("請求のある期間", "the time with bills")
    return Message(f"請求のある{months}か月間", f"the {months} months with bills")


def left_out(account: EnergyAccount) -> Message:
    """Return the remark that marks a figure of an account with gaps; empty where it covers its months."""
    if is_whole(account):
        return Message("", "")
    months = months_known(account)
    if months is None:
        return Message("請求のない期間を除く", "without the time that has no bills")
    return Message(
        f"請求のない期間を除く{months}か月分", f"{months} months, without those that have no bills"
    )
