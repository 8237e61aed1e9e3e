"""One amount under one programme: what `carbonlib convert` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from carbonlib.accounting import Chain
from carbonlib.errors import FactorError, Finding, MissingFactorError
from carbonlib.factors import CarrierAmount, Factor, Programme, read_carrier
from carbonlib.factors import programme as programme_named


@dataclass(frozen=True)
class Conversion:
    """An amount with its primary energy [GJ], crude-oil equivalent [kL] and CO2 [t], exact, and their factors."""

    written: str
    amount: CarrierAmount
    programme: Programme
    fiscal_year: int | None
    energy_gj: Fraction
    crude_oil_kl: Fraction
    co2_t: Fraction
    factors: tuple[Factor, ...]
    findings: tuple[Finding, ...]


def convert_amount(
    written: str,
    *,
    carrier: str,
    programme_id: str,
    fiscal_year: int | None = None,
    supplier: str = "",
    among: Mapping[str, Programme] | None = None,
) -> Conversion:
    """Return what an amount of a carrier comes to.

    Parameters
    ----------
    written : str
        Number and unit, as on a bill.
    carrier : str
        As in ``carriers.csv``.
    programme_id : str
        Whose factors.
    fiscal_year : int, optional
        Needed where the programme's factors have a validity.
    supplier : str
        Needed where the programme has factors by supplier.
    among : mapping of str to Programme, optional
        Instead of the built-in programmes.

    Raises
    ------
    CarbonlibError
        A unit that does not fit the carrier, or no factor for the year.

    >>> c = convert_amount("2,298,480 kWh", carrier="electricity", programme_id="saitama-diagnosis-2025")
    >>> float(c.crude_oil_kl), float(c.co2_t)
    (578.77565184, 1137.7476)
    """
    programme = programme_named(programme_id, among=among)
    if fiscal_year is None and not programme.named_only:
        raise FactorError.of(
            "convert.year_missing",
            ja=f"制度 {programme.id} の係数は年度ごとに違います。--year 2025 のように年度を書いてください。",
            en=f"The factors of {programme.id} differ by year; name one, as in --year 2025.",
        )
    year = fiscal_year or 0  # a programme without validity holds in any year
    amount = read_carrier(written, carrier, programme, year)
    chain = Chain(carrier, amount.unit, programme, year, supplier)
    energy, energy_factor = chain.energy(amount.value)
    co2, co2_factor = chain.co2(amount.value)
    crude_oil = chain.crude_oil(energy)
    if energy is None or crude_oil is None or co2 is None:
        raise MissingFactorError(
            replace(f, severity="error") for f in chain.findings if f.severity == "warning"
        )
    used = (chain.mass_factor, energy_factor, co2_factor)
    return Conversion(
        written,
        amount,
        programme,
        fiscal_year,
        energy,
        crude_oil,
        co2,
        tuple(f for f in used if f is not None),
        tuple(dict.fromkeys((*amount.findings, *chain.findings))),
    )
