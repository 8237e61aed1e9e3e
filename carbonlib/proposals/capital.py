"""What a proposal costs, without tax, and the prices that it names itself."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.errors import CarbonlibError, Finding, Message, Place, UnitError, shown
from carbonlib.records.defaults import Default, built_in_defaults
from carbonlib.records.proposal_model import Proposal
from carbonlib.units import GEOMETRIC, Q_, ratio, read, same_dimension

TAX_RATE = "consumption_tax_rate"


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
    tax = Fraction((rate or built_in_defaults()[TAX_RATE]).reading.value) / 100
    total = Fraction(0)
    unclear = []
    for line in proposal.capital:
        amount = Fraction(line.amount_jpy)
        total += amount / (1 + tax) if line.tax == "税込" else amount
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


def price_in(text: str, unit: str, place: Place) -> Fraction:
    """Return a price such as ``17.70 円/kWh`` per `unit`, exact. [JPY/unit]

    Raises
    ------
    UnitError
        Where the text is no price of that unit.

    >>> price_in("17.70 円/kWh", "kWh", Place())
    Fraction(177, 10)
    """
    try:
        # the gas state of a cubic metre is that of the amount it prices
        own = unit if unit.endswith("cubic_meter") else ""
        reading = read(text, volume_basis=_basis(own) or GEOMETRIC)
        one = Q_(1, reading.unit)
        if reading.value >= 0 and same_dimension(one, f"JPY/({unit})"):
            return Fraction(reading.value) * ratio(reading.unit, f"JPY/({unit})")
    except CarbonlibError as error:
        raise UnitError(error.at(place).findings) from None
    raise UnitError.of(
        "proposal.price",
        ja=f"単価「{shown(text)}」は「17.70 円/kWh」のように、使用量の単位あたりの円で書いてください。",
        en=f"Write the price {shown(text)!r} in yen per unit of the amount, as in '17.70 円/kWh'.",
        place=place,
    )


def _basis(unit: str) -> str:
    from carbonlib.units import volume_bases

    return next((b.basis for b in volume_bases().values() if b.unit == unit), "")
