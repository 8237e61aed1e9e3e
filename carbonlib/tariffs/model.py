"""What a saved unit of energy is worth, with the way it was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from carbonlib.errors import CarbonlibError, Message
from carbonlib.records.model import Tax
from carbonlib.units import Q_, Number, Quantity, exact

PriceKind = Literal[
    "average",  # cost ÷ use of the account, the demand charge included
    "bill_lines",  # every per-unit line of the bills ÷ their use
    "bill_residual",  # what is left of the bills without their demand charge ÷ their use
    "menu",  # the dated menu of the contract
    "no_base_charge",  # a fuel without a base charge: the average is the marginal
    "not_known",
]


_WEAKEST_FIRST = ("assumption", "secondary", "published", "statute", "bill")


def weakest(evidence: Iterable[str]) -> str:
    """Return the weakest of what the parts of a price rest on: a price is as sure as that.

    >>> weakest(["statute", "assumption", "published"])
    'assumption'
    """
    return min(evidence, key=_WEAKEST_FIRST.index)


class TariffError(CarbonlibError):
    """A question about prices that contradicts itself."""


@dataclass(frozen=True)
class Hours:
    """When energy is saved.

    Parameters
    ----------
    bands : mapping of str to number
        Share of the saving in each time band (``day``, ``night``, ``peak`` or a band of the menu), together
        exactly 1; empty: at all hours alike. [1]
    months : tuple of int
        Calendar months of the saving, alike in each; empty: all twelve.

    Raises
    ------
    TariffError
        Shares that are negative or do not add up to 1, or a month beyond 1 to 12.

    >>> Hours({"night": 0.3, "day": 0.7}).shares["night"]
    Fraction(3, 10)
    """

    bands: Mapping[str, Number] = field(default_factory=dict)
    months: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        shares = self.shares.values()
        if shares and (sum(shares) != 1 or min(shares) < 0):
            raise TariffError.of(
                "tariff.shares",
                ja="時間帯の割合は 0 以上で、合計をちょうど 1 にしてください。",
                en="The shares of the time bands must be at least 0 and add up to exactly 1.",
            )
        if any(not 1 <= m <= 12 for m in self.months):
            raise TariffError.of(
                "tariff.months",
                ja="月は 1〜12 で書いてください。",
                en="Months are from 1 to 12.",
            )

    @property
    def shares(self) -> dict[str, Fraction]:
        """The shares, exact."""
        return {band: exact(share) for band, share in self.bands.items()}


ALL_HOURS = Hours()


@dataclass(frozen=True)
class Price:
    """A price of a unit of energy, or the words why it is not known.

    `amount` is exact and None where it is not known [JPY/`unit`]; `terms` are the parts it is made of, by the names
    of a bill's lines [JPY/`unit`]; `basis` says in words how it was found; `evidence` is ``bill`` or a key of
    `EVIDENCE`; `sources` where it stands; `tax` whether it includes tax.
    """

    amount: Fraction | None
    unit: str
    kind: PriceKind
    basis: Message
    evidence: str = ""
    sources: tuple[str, ...] = ()
    tax: Tax = "unknown"
    terms: tuple[tuple[str, Fraction], ...] = ()

    @property
    def value(self) -> Quantity | None:
        """The price as a quantity. [JPY/unit]"""
        return None if self.amount is None else Q_(float(self.amount), f"JPY/({self.unit})")

    @property
    def known(self) -> bool:
        """Whether there is a price."""
        return self.amount is not None


_NOT_KNOWN = Message("限界単価は分かりません。", "The marginal price is not known.")


def why_not(price: Price) -> Message:
    """Return the reasons alone of a price that is not known, for a sentence that says already that it is not."""
    said = price.basis
    return Message(said.ja.removeprefix(_NOT_KNOWN.ja), said.en.removeprefix(_NOT_KNOWN.en).strip())


def not_known(unit: str, reasons: list[Message]) -> Price:
    """Return the price that is not known, with every reason."""
    ja = _NOT_KNOWN.ja + "".join(r.ja for r in reasons)
    en = " ".join([_NOT_KNOWN.en, *(r.en for r in reasons if r.en)])
    return Price(None, unit, "not_known", Message(ja, en))
