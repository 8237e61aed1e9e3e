"""How large a company's loads are: what its end uses declare, and what its account holds altogether."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import EnergyAccount
from carbonlib.errors import Finding, Message
from carbonlib.factors import carrier_named, read_carrier
from carbonlib.proposals.bought import SiteTotals
from carbonlib.proposals.effects import Rates
from carbonlib.proposals.loads import LoadKey, Path, Use
from carbonlib.records.end_uses import uses
from carbonlib.records.equipment_model import EndUse
from carbonlib.records.model import Company
from carbonlib.units import ratio


def carrier_key(carrier: str, unit: str) -> str:
    """Return what tells the uses of a carrier in one unit from those in another, which do not add up."""
    return f"{carrier} [{unit}]"


def place_of(use: str, part: str = "") -> tuple[str, Path]:
    """Return the load that an end use belongs to, and its place in it: cooling is a part of air conditioning.

    >>> place_of("cooling", "1F"), place_of("air_conditioning")
    (('air_conditioning', ('cooling', '1F')), ('air_conditioning', ()))
    """
    within = uses()[use].within if use in uses() else ""
    own = (part,) if part else ()
    return (within, (use, *own)) if within else (use, own)


def totals_of(account: EnergyAccount) -> dict[str, float]:
    """Return the year's use of each carrier and unit of an account."""
    return {carrier_key(line.carrier, line.unit): float(line.quantity) for line in account.lines}


def site_totals(accounts: Mapping[str, EnergyAccount]) -> SiteTotals:
    """Return the same of each site that has an account, by site and carrier."""
    return {(site, key): total for site, own in accounts.items() for key, total in totals_of(own).items()}


def uses_of(company: Company, rates: Rates) -> tuple[list[Use], list[Finding]]:
    """Return the loads that the company declares, in the units of its account, and what is doubtful about them.

    A share of the primary energy without a carrier sizes no load of one carrier and is left out.
    """
    found = []
    sums: dict[str, _Sum] = {}
    for one in company.end_uses:
        sized = size_of(one, rates, len(company.sites) == 1)
        if sized is None:
            continue
        unit, amount = sized
        key = carrier_key(one.carrier, unit)
        end_use, path = place_of(one.use, one.part)
        found.append(Use(LoadKey(one.site_id, key, end_use), float(amount), path))
        sums.setdefault(key, _Sum(one.carrier)).add(one, amount)
    totals = totals_of(rates.account)
    doubts = [s.doubt for key, s in sums.items() if s.amount > Fraction(totals.get(key, 0.0)) * _SLACK]
    return found, doubts


_SLACK = Fraction(1001, 1000)  # printed shares add up to 100.0 only as rounded


@dataclass
class _Sum:
    """What is declared of one carrier altogether; the whole of a use stands for its parts."""

    carrier: str

    def __post_init__(self) -> None:
        self._by_use: dict[tuple[str, str], dict[str, Fraction]] = {}
        self._last: EndUse | None = None

    def add(self, one: EndUse, amount: Fraction) -> None:
        self._by_use.setdefault((one.site_id, one.use), {})[one.part] = amount
        self._last = one

    @property
    def amount(self) -> Fraction:
        total = Fraction(0)
        for parts in self._by_use.values():
            total += max(parts.get("", Fraction(0)), sum((v for p, v in parts.items() if p), Fraction(0)))
        return total

    @property
    def doubt(self) -> Finding:
        assert self._last is not None
        label = carrier_named(self.carrier)
        return Finding(
            "proposal.end_uses_exceed",
            "warning",
            Message(
                f"用途別の{label.label_ja}の合計が、1年間の使用量を超えています。company.yaml の end_uses を確かめてください。",
                f"The end uses of {label.label_en} exceed its use in the year; check end_uses in company.yaml.",
            ),
            self._last.place,
            self.carrier,
        )


def size_of(one: EndUse, rates: Rates, single_site: bool) -> tuple[str, Fraction] | None:
    """Return unit and amount of a declared use; a share of one site among several is not known in the account."""
    if not one.carrier:
        return None
    if one.amount is not None:
        # an m3 of gas is that of the programme, as on a bill
        amount = read_carrier(one.written, one.carrier, rates.programme, rates.account.identity.fiscal_year)
        unit = rates.unit_of(one.carrier, amount.unit)
        return unit, amount.value * ratio(amount.unit, unit)
    lines = [line for line in rates.account.lines if line.carrier == one.carrier]
    if one.share is None or one.share_of != "carrier" or len(lines) != 1 or not single_site:
        return None
    return lines[0].unit, Fraction(one.share) * lines[0].quantity
