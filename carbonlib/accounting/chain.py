"""From an amount of one carrier to primary energy and CO2, factor by factor."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from carbonlib.errors import Finding, Message, MissingFactorError
from carbonlib.factors import KL_PER_GJ, Factor, Programme, carriers
from carbonlib.units import ratio


class Chain:
    """The factors that lead from an amount of one carrier to energy and CO2, and the doubts about them."""

    def __init__(
        self, carrier: str, unit: str, programme: Programme, fiscal_year: int, supplier: str
    ) -> None:
        self.carrier, self.unit, self.programme = carrier, unit, programme
        self.fiscal_year, self.supplier = fiscal_year, supplier
        self.mass_factor: Factor | None = None
        self.findings: list[Finding] = []

    def _find(self, kind: str, unit: str) -> Factor:
        return self.programme.factor(
            self.carrier, kind, unit=unit, fiscal_year=self.fiscal_year, supplier=self.supplier
        )

    def _apply(self, kind: str, quantity: Fraction) -> tuple[Fraction | None, Factor | None]:
        unit = self.unit
        try:
            try:
                factor = self._find(kind, unit)
            except MissingFactorError:
                # gas metered by the cubic metre, in a programme that counts it by mass
                if unit != "m3_lpg":
                    raise
                self.mass_factor = self._mass_factor()
                quantity, unit = self._mass(quantity, self.mass_factor), "kg"
                factor = self._find(kind, unit)
                self.findings += self.programme.findings_on(self.mass_factor, self.fiscal_year)
        except MissingFactorError as error:
            self.findings += [replace(f, severity="warning") for f in error.findings]
            return None, None
        self.findings += self.programme.findings_on(factor, self.fiscal_year)
        if self.supplier and kind == "emission_factor" and not factor.supplier:
            self.findings += self._default_taken()
        return factor.times(quantity, unit), factor

    def _default_taken(self) -> list[Finding]:
        """Say that a supplier is named but the year has no list of suppliers, where the programme has one at all."""
        if not any(f.supplier for f in self.programme.factors() if f.carrier == self.carrier):
            return []
        name = carriers()[self.carrier]
        return [
            Finding(
                "factor.default_taken",
                "warning",
                Message(
                    f"{name.label_ja}の供給者別の係数がこの年度にはないため、供給者を特定しないときの値を使っています。",
                    f"The year has no factors of {name.label_en} by supplier; the value for no known supplier is used.",
                ),
            )
        ]

    def _mass_factor(self) -> Factor:
        try:
            return self._find("gas_density", self.unit)
        except MissingFactorError:
            return self._find("gas_specific_volume", "kg")

    def _mass(self, volume: Fraction, factor: Factor) -> Fraction:
        """Return the mass of a volume of gas. [kg from m3]"""
        if factor.kind == "gas_specific_volume":
            return volume / factor.exact * ratio(factor.per_unit, "kg")
        return factor.times(volume, self.unit)

    def energy(self, quantity: Fraction) -> tuple[Fraction | None, Factor | None]:
        """Return primary energy and its factor; the heat of a fuel counts whole as primary energy."""
        electric = carriers()[self.carrier].group == "electricity"
        return self._apply("primary_energy_factor" if electric else "gross_calorific_value", quantity)

    def co2(self, quantity: Fraction) -> tuple[Fraction | None, Factor | None]:
        """Return CO2 and its factor."""
        return self._apply("emission_factor", quantity)

    @staticmethod
    def crude_oil(energy: Fraction | None) -> Fraction | None:
        """Return the crude-oil equivalent of primary energy. [kL from GJ]"""
        return None if energy is None else energy * KL_PER_GJ
