"""What a site uses in a year, as far as the bills say it: a site's own bills, and what may be missing or another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from carbonlib.accounting import EnergyAccount, company_account
from carbonlib.errors import Message, shown
from carbonlib.factors import Programme
from carbonlib.records.model import Bill, Company

# what an account leaves out: the use is at least what it says
_LEFT_OUT = ("bill.gap", "meter.parent_without_bills")


@dataclass(frozen=True)
class SiteUse:
    """The account of one site, None where it has no bills of the year.

    `more` says why the site may use more than the account, `less` why it may use less; None where nothing does.
    """

    account: EnergyAccount | None
    more: Message | None = None
    less: Message | None = None


def site_accounts(
    company: Company, bills: Sequence[Bill], whole: EnergyAccount, programme: Programme
) -> dict[str, EnergyAccount]:
    """Return the account of each site that has bills of the year of the company's account.

    Parameters
    ----------
    company : Company
        Its sites, meters and suppliers.
    bills : sequence of Bill
        Of any years.
    whole : EnergyAccount
        Of the company; that of its only site too.
    programme : Programme
        Gives every factor.
    """
    if len(company.sites) == 1:
        return {company.sites[0].id: whole}
    found = {
        site.id: company_account(
            company, [b for b in bills if b.site_id == site.id], programme, whole.identity.period
        )
        for site in company.sites
    }
    return {id: one for id, one in found.items() if one.lines}


def site_use(
    company: Company, site_id: str, whole: EnergyAccount, accounts: Mapping[str, EnergyAccount]
) -> SiteUse:
    """Return what a site uses, with what keeps it from being known.

    Parameters
    ----------
    company : Company
        Its sites.
    site_id : str
        The site; "" where a proposal of several sites names none.
    whole : EnergyAccount
        Of the company: a gap that its findings no longer warn of was looked into.
    accounts : mapping of str to EnergyAccount
        Of `site_accounts`.
    """
    own = accounts.get(site_id)
    if own is None:
        name = f"「{shown(site_id)}」" if site_id else ""
        return SiteUse(
            None,
            Message(
                f"事業所{name}の診断期間の請求がありません。bills.csv に、この事業所（site_id）の行を足してください。",
                f"The site {shown(site_id)!r} has no bills of the year; add its rows to bills.csv.",
            ),
        )
    open_ = [f for f in own.findings if f.id in _LEFT_OUT]
    if open_:
        warned = {(f.id, f.message.ja) for f in whole.findings if f.severity == "warning"}
        open_ = [f for f in open_ if (f.id, f.message.ja) in warned]
    more = None
    if open_:
        more = Message("".join(f.message.ja for f in open_), " ".join(f.message.en for f in open_))
    others = [s.id for s in company.sites if s.id not in accounts]
    less = None
    if others:
        listed = "・".join(shown(o) for o in others)
        less = Message(
            f"事業所 {listed} の請求がないため、その分がこの事業所の請求に含まれるかどうかが分かりません。",
            f"The sites {listed} have no bills, so whether their use is in this site's bills is not known.",
        )
    return SiteUse(own, more, less)
