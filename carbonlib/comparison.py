"""The same account under a second programme: side by side, never blended, and which factor makes the difference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.accounting import AccountLine, EnergyAccount, Part, company_account
from carbonlib.accounting.sheet import co2_by, energy_by
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import Factor, Programme
from carbonlib.factors import programme as programme_named

Kind = Literal["crude_oil", "co2"]


@dataclass(frozen=True)
class Difference:
    """What one carrier comes to under both programmes, and by which factors.

    `years` are the fiscal years of the use, where the period lies in two with factors of their own; else empty.
    `one` and `other` are kL crude-oil equivalent or t CO2, None where a programme has no factor; `per_one` and
    `per_other` are GJ (crude oil) or t CO2 per unit of the check sheet.
    """

    kind: Kind
    line: AccountLine
    years: tuple[int, ...]
    one: Fraction | None
    other: Fraction | None
    factor_one: Factor | None
    factor_other: Factor | None
    per_one: Fraction | None
    per_other: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """The second less the first."""
        return None if self.one is None or self.other is None else self.other - self.one

    @property
    def factor_change(self) -> Fraction | None:
        """How much the second factor differs from the first, as a share of the first."""
        if self.per_one is None or self.per_other is None or not self.per_one:
            return None
        return self.per_other / self.per_one - 1


@dataclass(frozen=True)
class Comparison:
    """Two accounts of one year's bills, with the differences by carrier."""

    programme: Programme
    one: EnergyAccount
    other: EnergyAccount
    differences: tuple[Difference, ...]


def compare(d: Diagnosis, programme_id: str) -> Comparison | None:
    """Return the account of a diagnosis beside that under a second programme.

    Parameters
    ----------
    d : Diagnosis
        The company's year.
    programme_id : str
        Of the workspace's programmes; a provisional year of the diagnosis does not reach it.

    Returns
    -------
    Comparison or None
        None where it is the programme of the diagnosis itself, or has no factor for anything that the year used.

    Raises
    ------
    FactorError
        Where there is no such programme.
    """
    other = programme_named(programme_id, among=d.programmes)
    if other.id == d.programme.id:
        return None
    # the doubts about what was entered stand in the first account
    second = company_account(d.company, d.bills, other, d.period)
    if not any(line.factors for line in second.lines):
        return None
    differences = [found for line in d.account.lines for found in _of_line(line, _same(line, second))]
    return Comparison(other, d.account, second, tuple(differences))


def _same(line: AccountLine, other: EnergyAccount) -> AccountLine | None:
    """Return the line of the other account; gas counts there at another state, LPG by the meter stays apart."""
    gas = line.unit == "m3_lpg"
    return next((o for o in other.lines if o.carrier == line.carrier and (o.unit == "m3_lpg") == gas), None)


def _of_line(line: AccountLine, other: AccountLine | None) -> list[Difference]:
    return [
        difference
        for years, one, two in _pairs(line, other)
        for difference in (
            _difference("crude_oil", line, years, (one, two)),
            _difference("co2", line, years, (one, two)),
        )
    ]


def _pairs(line: AccountLine, other: AccountLine | None) -> list[tuple[tuple[int, ...], Part, Part | None]]:
    """Return the parts that face each other: whole lines, or year by year where factors differ by the year."""
    if other is None:
        return [((), part, None) for part in line.by_factors]
    if len(line.by_factors) == 1 == len(other.by_factors):
        return [((), line.by_factors[0], other.by_factors[0])]
    facing = {part.fiscal_years: part for part in other.parts}
    return [(part.fiscal_years, part, facing.get(part.fiscal_years)) for part in line.parts]


def _difference(
    kind: Kind, line: AccountLine, years: tuple[int, ...], of: tuple[Part, Part | None]
) -> Difference:
    def seen(part: Part | None) -> tuple[Fraction | None, Factor | None, Fraction | None]:
        if part is None:
            return None, None, None
        oil = kind == "crude_oil"
        by = energy_by(part) if oil else co2_by(part)
        per = None if by is None else by.per_unit
        return (part.crude_oil_kl, part.energy_factor, per) if oil else (part.co2_t, part.co2_factor, per)

    (one, factor_one, per_one), (other, factor_other, per_other) = (seen(part) for part in of)
    return Difference(kind, line, years, one, other, factor_one, factor_other, per_one, per_other)
