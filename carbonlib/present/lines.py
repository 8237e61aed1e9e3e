"""Factors and conversions as plain lines for a terminal, and as one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from carbonlib.conversion import Conversion
from carbonlib.errors import Language
from carbonlib.factors import EVIDENCE, KIND_LABELS, Factor, Programme, carriers
from carbonlib.units import format_number


def _value(factor: Factor) -> str:
    """Return a factor's value: as printed where it was published, six digits where it was derived."""
    if not isinstance(factor.value, Fraction):
        return f"{factor.value}"
    return f"{float(factor.value):.6g}"


def _carrier(factor: Factor, lang: Language) -> str:
    one = carriers()[factor.carrier]
    name = one.label_ja if lang == "ja" else one.label_en
    return f"{name} ({factor.supplier})" if factor.supplier else name


def _pick(pair: tuple[str, str], lang: Language) -> str:
    return pair[0] if lang == "ja" else pair[1]


def _source(factor: Factor) -> str:
    return f"{factor.cited.label() if factor.cited else factor.source} {factor.locator}".strip()


def factor_line(factor: Factor, lang: Language) -> str:
    """Return one factor with validity, evidence and source on one line."""
    years = factor.validity() or ("年度の定めなし" if lang == "ja" else "no validity stated")
    derived = ("（計算値）" if lang == "ja" else " (derived)") if factor.derived_from else ""
    return (
        f"{_carrier(factor, lang)}\t{_pick(KIND_LABELS[factor.kind], lang)}\t{_value(factor)} {factor.unit}\t{years}\t"
        f"{_pick(EVIDENCE[factor.evidence], lang)}{derived}\t{_source(factor)}"
    )


def conversion_lines(c: Conversion, lang: Language) -> Iterator[str]:
    """Return a conversion for the terminal: results rounded for print, then factors, then notes."""
    japanese = lang == "ja"
    yield f"{c.written}  {_pick((carriers()[c.amount.carrier].label_ja, carriers()[c.amount.carrier].label_en), lang)}"
    yield f"  {'熱量' if japanese else 'primary energy'}: {format_number(c.energy_gj, 3, lang=lang)} GJ"
    yield f"  {'原油換算' if japanese else 'crude-oil equivalent'}: {format_number(c.crude_oil_kl, 3, lang=lang)} kL"
    yield f"  CO2: {format_number(c.co2_t, 3, lang=lang)} t-CO2"
    yield "係数:" if japanese else "Factors:"
    for factor in c.factors:
        yield "  " + factor_line(factor, lang).replace("\t", "  ")
        if factor.exception:
            yield f"    {factor.exception}"
    for finding in c.findings:
        yield f"※ {finding.message.text(lang)}"


def conversion_object(c: Conversion, lang: Language) -> dict[str, Any]:
    """Return a conversion as one object of unrounded numbers."""
    return {
        "amount": c.written,
        "carrier": c.amount.carrier,
        "programme": c.programme.id,
        "fiscal_year": c.fiscal_year,
        "primary_energy_gj": float(c.energy_gj),
        "crude_oil_equivalent_kl": float(c.crude_oil_kl),
        "co2_t": float(c.co2_t),
        "factors": [
            {
                "id": f.id,
                "kind": f.kind,
                "value": float(f.value),
                "unit": f.unit,
                "volume_basis": f.volume_basis,
                "evidence": f.evidence,
                "source": _source(f),
            }
            for f in c.factors
        ],
        "notes": [f.message.text(lang) for f in c.findings],
    }


def programme_lines(programmes: Mapping[str, Programme], lang: Language) -> Iterator[str]:
    """Return each programme with its factor sets and the years its parts cover."""
    for one in programmes.values():
        yield f"{one.id}\t{_pick((one.name_ja, one.name_en), lang)}"
        for role, sets in one.parts.items():
            for part in sets:
                years = "・".join(dict.fromkeys(f.validity() for f in part.factors if f.validity()))
                blank = "年度の定めなし" if lang == "ja" else "no validity stated"
                yield f"  {role}: {part.id}\t{years or blank}\t{len(part.factors)}"


def factor_lines(programme: Programme, lang: Language) -> Iterator[str]:
    """Return every factor of a programme."""
    yield f"{programme.id}\t{_pick((programme.name_ja, programme.name_en), lang)}"
    for factor in programme.factors():
        yield factor_line(factor, lang)
        if factor.exception:
            yield f"  ※ {factor.exception}"


def comparison_lines(one: Programme, other: Programme, fiscal_year: int, lang: Language) -> Iterator[str]:
    """Return the factors of two programmes side by side in a year, with the ratio of those that compare."""
    header = (
        ("種別", "係数", one.id, other.id, "比")
        if lang == "ja"
        else ("carrier", "kind", one.id, other.id, "ratio")
    )
    yield "\t".join(header)
    of = [{_key(f): f for f in p.factors() if f.holds_in(fiscal_year)} for p in (one, other)]
    for key in dict.fromkeys((*of[0], *of[1])):
        left, right = of[0].get(key), of[1].get(key)
        cells = [f"{_value(f)} {f.unit}" if f else "–" for f in (left, right)]
        some = left or right
        assert some is not None
        comparable = left and right and left.volume_basis == right.volume_basis and right.exact
        ratio = (
            format_number(left.exact / right.exact, 3, lang=lang) if left and right and comparable else "–"
        )
        if left and right and left.volume_basis != right.volume_basis:
            ratio = "体積の基準が違います" if lang == "ja" else "volume bases differ"
        yield "\t".join((_carrier(some, lang), _pick(KIND_LABELS[some.kind], lang), *cells, ratio))


def _key(factor: Factor) -> tuple[str, str, str, str]:
    by_mass = "mass" if factor.takes("kg") else ""
    return factor.carrier, factor.supplier, factor.kind, by_mass
