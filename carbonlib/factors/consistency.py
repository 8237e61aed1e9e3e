"""Factors against one another: what a row may not say of its neighbours, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from carbonlib.errors import Message
from carbonlib.factors.model import CO2_PER_CARBON, Factor
from carbonlib.units import ratio


def product_of(calorific: Factor, carbon: Factor) -> Fraction:
    r"""Return heating value × carbon content × 44/12, exact. [t CO2 per unit of the heating value]"""
    return calorific.exact * ratio("GJ", carbon.per_unit) * carbon.exact * CO2_PER_CARBON


def _beside(factors: list[Factor], one: Factor) -> list[Factor]:
    """Return the rows that speak of the same thing as `one`."""
    return [
        f
        for f in factors
        if (f.set, f.carrier, f.supplier, f.applies_from)
        == (one.set, one.carrier, one.supplier, one.applies_from)
    ]


def _against_product(stated: Factor, beside: list[Factor]) -> list[Message]:
    """Compare a stated emission factor with heating value × carbon × 44/12, to its own printed digits."""
    assert isinstance(stated.value, Decimal)
    half_digit = Fraction(Decimal(1).scaleb(int(stated.value.as_tuple().exponent))) / 2
    found = []
    for heat in beside:
        if heat.kind != "gross_calorific_value" or not heat.takes(stated.per_unit):
            continue
        for carbon in (f for f in beside if f.kind == "carbon_content"):
            product = product_of(heat, carbon) * ratio(stated.per_unit, heat.per_unit)
            printed = product * Fraction(stated.value) / stated.exact
            if abs(printed - Fraction(stated.value)) > half_digit:
                found.append(
                    Message(
                        f"CO2排出係数 {stated.value} は 発熱量 {heat.value} × 炭素 {carbon.value} × 44/12 = "
                        f"{float(printed):.6g} と、印字の桁で一致しません。値を確かめるか、列 exception に理由を"
                        "書いてください。",
                        f"The emission factor {stated.value} is not heating value {heat.value} × carbon "
                        f"{carbon.value} × 44/12 = {float(printed):.6g} to its printed digits; check the values, "
                        "or explain it in the column exception.",
                    )
                )
    return found


def _against_co2(stated: Factor, beside: list[Factor]) -> list[Message]:
    """Refuse a CO2e factor below the CO2 factor of the same unit: CO2e holds the CO2."""
    return [
        Message(
            f"CO2換算（CO2e）の係数 {stated.value} が CO2 の係数 {other.value} より小さくなっています。"
            "行の取り違えがないか確かめてください。",
            f"The CO2e factor {stated.value} is below the CO2 factor {other.value}; "
            "check whether two rows were exchanged.",
        )
        for other in beside
        if other.kind == "emission_factor"
        and other.takes(stated.per_unit)
        and other.exact * ratio(stated.per_unit, other.per_unit) > stated.exact
    ]


def contradictions(lines: list[tuple[int, Factor]]) -> list[tuple[int, Message]]:
    """Return, by line, what a row says against the rows beside it."""
    factors = [f for _, f in lines]
    found: list[tuple[int, Message]] = []
    for line, stated in lines:
        if stated.kind == "emission_factor" and not stated.exception and stated.value:
            found += [(line, m) for m in _against_product(stated, _beside(factors, stated))]
        if stated.kind == "emission_factor_co2e":
            found += [(line, m) for m in _against_co2(stated, _beside(factors, stated))]
    return found


def derived(factors: list[Factor]) -> list[Factor]:
    """Return emission factors where a set states only heating value and carbon content."""
    made = []
    for heat in factors:
        if heat.kind != "gross_calorific_value" or not heat.value:
            continue
        same = [
            f
            for f in factors
            if (f.set, f.carrier, f.supplier) == (heat.set, heat.carrier, heat.supplier) and f.meets(heat)
        ]
        if any(f.kind == "emission_factor" and f.takes(heat.per_unit) for f in same):
            continue
        for carbon in (f for f in same if f.kind == "carbon_content"):
            first, last = heat.common_years(carbon)
            one = replace(
                heat,
                kind="emission_factor",
                value=Decimal(1),
                unit=f"t-CO2/{heat.unit.partition('/')[2]}",
                applies_from=first,
                applies_to=last,
                locator=f"{heat.locator}: 単位発熱量 × 炭素排出係数 × 44/12",
                derived_from=(heat.id, carbon.id),
            )
            made.append(replace(one, value=product_of(heat, carbon) / one.exact))
    return made
