"""A line counted by the factors of the fiscal year in which each part of its use lies."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.accounting.chain import Chain
from carbonlib.accounting.model import Part
from carbonlib.errors import Finding, Message
from carbonlib.factors import Factor, Programme, carriers
from carbonlib.records.model import Bill


def part_of(
    carrier: str,
    unit: str,
    years: tuple[int, ...],
    quantity: Fraction,
    programme: Programme,
    supplier: str,
    cost_jpy: Fraction | None = None,
) -> tuple[Part, list[Finding], bool]:
    """Return an amount with its energy and CO2, the doubts about its factors, and whether its years differ in them.

    Parameters
    ----------
    carrier, unit : str
        What the amount is of, in one of the carrier's units.
    years : tuple of int
        The fiscal year of the use. Both years for a bill of which nobody knows what was used in which: then energy and
        CO2 are known only where a unit counts the same in both, and None where the years differ or one has no factor.
    quantity : Fraction
        [unit]
    programme : Programme
        Gives the factors; no year's stand in for another's.
    supplier : str
        Key of the supplier, "" for none.
    cost_jpy : Fraction, optional
        What it cost. [JPY]
    """
    chains = [Chain(carrier, unit, programme, year, supplier) for year in years]
    energies = [chain.energy(quantity) for chain in chains]
    co2s = [chain.co2(quantity) for chain in chains]
    energy, energy_factor = _agreed(energies)
    co2, co2_factor = _agreed(co2s)
    differ = any(
        None not in {v for v, _ in found} and len({v for v, _ in found}) > 1 for found in (energies, co2s)
    )
    first = chains[0]
    part = Part(
        carrier, unit, years, quantity, cost_jpy, energy, co2, energy_factor, co2_factor, first.mass_factor
    )
    return part, [f for chain in chains for f in chain.findings], differ


def _agreed(found: list[tuple[Fraction | None, Factor | None]]) -> tuple[Fraction | None, Factor | None]:
    """Return what every year comes to, with the first year's factor; None where they do not agree."""
    return found[0] if len({value for value, _ in found}) == 1 else (None, None)


def two_years(bill: Bill, years: tuple[int, ...]) -> Finding:
    """Return the error of a long bill over two fiscal years whose factors differ."""
    kind = carriers()[bill.carrier]
    ja = "と".join(f"{year}年度" for year in years)
    en = " and ".join(f"FY{year}" for year in years)
    return Finding(
        "bill.two_factor_years",
        "error",
        Message(
            f"{kind.label_ja}の期間 {bill.start}〜{bill.end} は{ja}にまたがり、2 つの年度で係数が違うのに、どちらの年度にいくら"
            f"使ったか分からないため、計算できません。検針票などを見て、{bill.start:%Y-%m} から {bill.end:%Y-%m} までを月ごとの"
            "行に分けて入れてください。",
            f"The period {bill.start} to {bill.end} of {kind.label_en} lies in {en}, whose factors differ, and nobody "
            f"knows how much was used in which. Enter {bill.start:%Y-%m} to {bill.end:%Y-%m} as one row for each month.",
        ),
        bill.place,
        subject=bill.carrier,
    )
