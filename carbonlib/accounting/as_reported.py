"""Accounts as institutions publish them: GJ and t CO2 only, carried as they are and never recomputed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from carbonlib.accounting.model import Identity, exact_sum
from carbonlib.errors import Finding, Place
from carbonlib.fiscal_year import period_of


@dataclass(frozen=True)
class ReportedLine:
    """One published figure pair: what it is of, GJ as published, t CO2 as published; None where not printed."""

    label: str
    energy_gj: Fraction | None
    co2_t: Fraction | None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class AsReportedAccount:
    """What somebody else computed, by factors that are theirs: it adds up only with its like."""

    owner: str
    identity: Identity
    lines: tuple[ReportedLine, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def energy_gj(self) -> Fraction | None:
        """Total energy as published. [GJ]"""
        return exact_sum(line.energy_gj for line in self.lines)

    @property
    def co2_t(self) -> Fraction | None:
        """Total CO2 as published. [t CO2]"""
        return exact_sum(line.co2_t for line in self.lines)

    # nobody may work a crude-oil equivalent or a cost out of figures that do not state them
    crude_oil_kl = None
    cost_jpy = None


def as_reported(
    owner: str, lines: Iterable[ReportedLine], *, source: str, fiscal_year: int
) -> AsReportedAccount:
    """Return an account of published figures.

    Parameters
    ----------
    owner : str
        Whose figures they are.
    lines : iterable of ReportedLine
        GJ and t CO2 as printed.
    source : str
        The publication; accounts of different publications do not add up.
    fiscal_year : int
        The year they are of.

    >>> a = as_reported("campus", [ReportedLine("electricity", Fraction(10432), Fraction(682))],
    ...                 source="report-2020", fiscal_year=2019)
    >>> a.co2_t, a.identity.basis
    (Fraction(682, 1), 'as_reported')
    """
    return AsReportedAccount(
        owner, Identity(f"as-reported:{source}", period_of(fiscal_year), "as_reported"), tuple(lines)
    )
