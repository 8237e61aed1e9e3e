"""What the bills of a year hold of each carrier, and what proposals have left of it: no total exceeds them."""

from __future__ import annotations

from collections.abc import Mapping

from carbonlib.proposals.loads import LoadKey

SiteTotals = Mapping[tuple[str, str], float]  # by site and carrier, of the sites whose own bills are known


class Bought:
    """The use that is billed: of the company, and of each site that has bills of a carrier.

    What is taken at a site is taken of its own bills; a site without bills of a carrier may use any of the company's,
    for they may stand under another site.
    """

    def __init__(self, company: Mapping[str, float], sites: SiteTotals) -> None:
        self._company, self._sites = dict(company), dict(sites)
        self._company_left, self._sites_left = dict(company), dict(sites)

    def billed(self, key: LoadKey) -> float:
        """Return the use that is billed where a load is, 0 of a carrier without bills."""
        return self._sites.get((key.site_id, key.carrier), self._company.get(key.carrier, 0.0))

    def left(self, key: LoadKey) -> float:
        """Return what is left of it, never less than 0."""
        company = self._company_left.get(key.carrier, 0.0)
        return max(min(self._sites_left.get((key.site_id, key.carrier), company), company), 0.0)

    def take(self, key: LoadKey, amount: float) -> None:
        """Take an amount from what is left; a negative one adds to it."""
        self._company_left[key.carrier] = self._company_left.get(key.carrier, 0.0) - amount
        if (site := (key.site_id, key.carrier)) in self._sites_left:
            self._sites_left[site] -= amount
