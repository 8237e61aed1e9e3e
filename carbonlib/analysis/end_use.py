"""The year's energy by end use: what was declared, closed on the bills, the remainder named その他."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import AccountLine, EnergyAccount
from carbonlib.errors import Finding, Message
from carbonlib.factors import carriers
from carbonlib.proposals.effects import Rates
from carbonlib.proposals.sizes import size_of
from carbonlib.records.end_uses import uses
from carbonlib.records.equipment_model import EndUse
from carbonlib.records.model import Company

REMAINDER = "other"
# shares printed to one decimal may exceed the whole by half a digit for each of them
_SLACK = Fraction(1, 2000)


@dataclass(frozen=True)
class UseShare:
    """One use: `share` of the year's primary energy (0 to 1), `quantity` of its carrier in the account's unit.

    `quantity` is None where the use is a share of the primary energy of no one carrier. `how` says how it was learnt;
    the remainder, `use` = ``other``, is worked out.
    """

    use: str
    part: str
    energy_gj: Fraction
    share: Fraction
    quantity: Fraction | None
    how: str = ""

    @property
    def label_ja(self) -> str:
        """The use with its part, as reports name it."""
        name = uses()[self.use].label_ja
        return f"{name}（{self.part}）" if self.part else name


@dataclass(frozen=True)
class CarrierUses:
    """The uses of one carrier, largest first, the remainder last; they add up to its bills exactly.

    `carrier` and `unit` are empty for the bar of all carriers together.
    """

    carrier: str
    unit: str
    energy_gj: Fraction
    share: Fraction
    uses: tuple[UseShare, ...]


@dataclass(frozen=True)
class EndUseShares:
    """The year's primary energy by carrier and use; empty where nothing was declared or the energy is not known."""

    bars: tuple[CarrierUses, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def known_share(self) -> Fraction:
        """The part of the primary energy whose use was declared (0 to 1)."""
        return sum((u.share for b in self.bars for u in b.uses if u.use != REMAINDER), Fraction(0))


def end_use_shares(company: Company, rates: Rates) -> EndUseShares:
    """Return what a company declares of its end uses, closed on its account.

    Parameters
    ----------
    company : Company
        With `end_uses`; a share of one site among several cannot be sized, and a finding says so.
    rates : Rates
        Account and factors of the year.

    Returns
    -------
    EndUseShares
        A bar for each carrier of the account, in its order; one bar over all carriers where an entry is a share of the
        whole primary energy without naming a carrier. Where the declared uses exceed the bills, the bar has no remainder,
        its uses are scaled to the bills, and a finding says so.
    """
    account = rates.account
    total = account.energy_gj
    if not company.end_uses or not total:
        return EndUseShares(())
    sized, findings = _sized(company, rates, total)
    if not sized:
        return EndUseShares((), tuple(findings))
    if any(not one.carrier for one, _, _ in sized):
        whole = _bar(None, total, total, [(one, gj) for one, gj, _ in sized], findings)
        return EndUseShares((whole,), tuple(findings))
    bars = tuple(
        _bar(line, line.energy_gj, total, [(one, gj) for one, gj, own in sized if own is line], findings)
        for line in account.lines
        if line.energy_gj
    )
    return EndUseShares(bars, tuple(findings))


_Sized = tuple[EndUse, Fraction, AccountLine | None]


def _sized(company: Company, rates: Rates, total: Fraction) -> tuple[list[_Sized], list[Finding]]:
    """Return each entry with its primary energy and the line of the account that it is part of."""
    found: list[_Sized] = []
    findings: list[Finding] = []
    account, one_site = rates.account, len(company.sites) == 1
    for one in company.end_uses:
        if one.share is not None and one.share_of == "primary_energy" and one_site:
            line = account.line(one.carrier) if one.carrier else None
            if line is not None or not one.carrier:
                found.append((one, Fraction(one.share) * total, line))
                continue
        elif (amount := size_of(one, rates, one_site)) is not None:
            line = account.line(one.carrier, amount[0])
            if line is not None and line.quantity and line.energy_gj is not None:
                found.append((one, amount[1] / line.quantity * line.energy_gj, line))
                continue
        findings.append(_not_sized(one, account))
    return found, findings


def _not_sized(one: EndUse, account: EnergyAccount) -> Finding:
    name = uses()[one.use]
    no_bill = one.carrier and account.line(one.carrier) is None
    ja, en = (
        (f"診断期間に{carriers()[one.carrier].label_ja}の請求がない", "the year has no bill of its carrier")
        if no_bill
        else ("複数の事業所があり、その事業所の使用量が分からない", "the use of that site alone is not known")
    )
    return Finding(
        "end_use.not_sized",
        "note",
        Message(
            f"用途「{name.label_ja}」は、{ja}ため、用途別の内訳に入れていません。",
            f"The end use {name.label_en} is left out of the shares: {en}.",
        ),
        one.place,
        one.carrier,
    )


def _bar(
    line: AccountLine | None,
    energy: Fraction,
    total: Fraction,
    own: Sequence[tuple[EndUse, Fraction]],
    findings: list[Finding],
) -> CarrierUses:
    """Return the uses of a line of the account, of the whole account where there is none, closed on its energy."""
    carrier, unit = (line.carrier, line.unit) if line else ("", "")

    def share(use: str, part: str, gj: Fraction, how: str = "") -> UseShare:
        return UseShare(use, part, gj, gj / total, gj / energy * line.quantity if line else None, how)

    pieces = _without_doubles(own)
    declared = sum((gj for _, gj in pieces), Fraction(0))
    scale = min(Fraction(1), energy / declared) if declared else Fraction(1)
    if declared > energy * (1 + _SLACK * len(pieces)):
        findings.append(_exceeds(carrier, declared / energy, own[0][0]))
    found = sorted((share(o.use, o.part, gj * scale, o.how) for o, gj in pieces), key=lambda u: -u.energy_gj)
    if rest := energy - declared * scale:
        found.append(share(REMAINDER, "", rest))
    return CarrierUses(carrier, unit, energy, energy / total, tuple(found))


def _without_doubles(own: Sequence[tuple[EndUse, Fraction]]) -> list[tuple[EndUse, Fraction]]:
    """Return entries that do not overlap: of a use as a whole and its parts, the whole keeps what the parts leave."""
    found = []
    for one, energy in own:
        same = [
            gj for o, gj in own if o.part and not one.part and (o.site_id, o.use) == (one.site_id, one.use)
        ]
        left = energy - sum(same, Fraction(0))
        if left > 0:
            found.append((one, left))
    return found


def _exceeds(carrier: str, times: Fraction, one: EndUse) -> Finding:
    name = carriers()[carrier].label_ja if carrier else "全体"
    name_en = carriers()[carrier].label_en if carrier else "all energy"
    return Finding(
        "end_use.exceeds",
        "warning",
        Message(
            f"用途別の合計が{name}の請求の {float(times):.2f} 倍あります。請求に合わせて按分して示しています。",
            f"The end uses of {name_en} are {float(times):.2f} times its bills; they are shown scaled to the bills.",
        ),
        one.place,
        carrier,
    )
