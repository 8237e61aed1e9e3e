"""The rules that ask for a minimum: CO2 reduction, crude-oil equivalent of the site, evidence of high efficiency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from carbonlib.errors import Message
from carbonlib.records.subsidy_round import HighEfficiency, Minimum, Rules
from carbonlib.subsidies.application import Application, number_in
from carbonlib.subsidies.outcome import RuleOutcome, at_least, failed, held, missing
from carbonlib.subsidies.reduction import OwnFactors, Reduced, only_electricity, whole_kwh
from carbonlib.units import Quantity, format_number

REDUCTION = ("年間CO2削減量", "annual CO2 reduction")
REDUCTION_EMS = ("EMS だけの年間CO2削減量", "annual CO2 reduction by the EMS alone")
CRUDE_OIL = ("事業所の原油換算使用量", "crude-oil equivalent of the site")


@dataclass(frozen=True)
class Reductions:
    """The annual CO2 reduction of equipment and of the energy management system; None where no saving is known."""

    equipment: Reduced | None
    ems: Reduced | None

    @property
    def total_t(self) -> Fraction | None:
        """Both together, None where neither is known or one lacks a factor. [t CO2]"""
        found = [r.value for r in (self.equipment, self.ems) if r is not None]
        known = [v for v in found if v is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(found) else None


def reductions(application: Application, own: OwnFactors) -> Reductions:
    """Return the reductions under the round's own factors."""
    saved, by_ems = application.energy_saved, application.ems_energy_saved
    suppliers = application.suppliers
    return Reductions(
        None if saved is None else own.co2(saved, suppliers),
        None if by_ems is None else own.co2(by_ems, suppliers),
    )


def minimums(
    application: Application, rules: Rules, own: OwnFactors, reduced: Reductions
) -> Iterator[RuleOutcome]:
    """Yield the outcome of each minimum that the rules hold."""
    supplier = application.suppliers.get("electricity", "")
    if rules.ems_co2_reduction:
        yield _reduction(
            "ems_co2_reduction",
            rules.ems_co2_reduction,
            reduced.ems,
            REDUCTION_EMS,
            application.ems_energy_saved,
            own,
            supplier,
        )
    if rules.co2_reduction:
        yield _reduction(
            "co2_reduction",
            rules.co2_reduction,
            reduced.equipment,
            REDUCTION,
            application.energy_saved,
            own,
            supplier,
        )
    if rules.crude_oil_equivalent:
        yield _crude_oil(application, rules.crude_oil_equivalent, own)
    if rules.high_efficiency:
        yield _efficiency(application, rules.high_efficiency)


def _without_factor(rule: str, minimum: Minimum, reduced: Reduced, name: tuple[str, str]) -> RuleOutcome:
    why_ja = "".join(m.ja for m in reduced.missing)
    why_en = " ".join(m.en for m in reduced.missing)
    return missing(
        rule,
        minimum.ground,
        f"{name[0]}を、この回の係数で計算できません。{why_ja}",
        f"The {name[1]} cannot be computed under this round's factors. {why_en}",
    )


def _reduction(
    rule: str,
    minimum: Minimum,
    reduced: Reduced | None,
    name: tuple[str, str],
    saved: Mapping[str, Quantity] | None,
    own: OwnFactors,
    supplier: str = "",
) -> RuleOutcome:
    if saved is None or reduced is None:
        return missing(
            rule,
            minimum.ground,
            f"{name[0]}の計算に使うエネルギー削減量が分かりません。種別ごとの年間削減量が要ります。",
            f"The energy saved, for the {name[1]}, is not known; it is needed by carrier.",
        )
    if reduced.value is None:
        return _without_factor(rule, minimum, reduced, name)
    ja, en = reduced.used
    if reduced.value < minimum.value and only_electricity(saved):
        kwh = own.electricity_for(minimum.value, supplier=supplier)
        if kwh is not None:
            least = format_number(whole_kwh(kwh))
            ja += f"電気だけなら年 {least} kWh 以上の削減が要ります。"
            en += f" By electricity alone it takes {least} kWh a year."
    return at_least(
        rule, minimum.ground, reduced.value, minimum.value, minimum.unit, name=name, more=(ja, en)
    )


def _crude_oil(application: Application, minimum: Minimum, own: OwnFactors) -> RuleOutcome:
    rule = "crude_oil_equivalent"
    if application.site_energy is not None:
        reduced = own.crude_oil(application.site_energy, application.suppliers)
        if reduced.value is None:
            return _without_factor(rule, minimum, reduced, CRUDE_OIL)
        value, more = reduced.value, reduced.used
    elif application.site_crude_oil is not None:
        value = number_in(application.site_crude_oil, "kL_coe", "site_crude_oil")
        basis = application.site_crude_oil_basis
        more = (f"制度 {basis} による値。", f"By the programme {basis}.") if basis else ("", "")
    else:
        why = application.site_more or Message("", "")
        return missing(
            rule,
            minimum.ground,
            f"事業所の年間エネルギー使用量（原油換算）が分かりません。{why.ja}",
            f"The site's annual energy use (crude-oil equivalent) is not known. {why.en}".rstrip(),
        )
    found = at_least(rule, minimum.ground, value, minimum.value, minimum.unit, name=CRUDE_OIL, more=more)
    doubt = application.site_more if found.status == "failed" else application.site_less
    if doubt is None:
        return found
    message = Message(f"{found.message.ja}ただし、{doubt.ja}", f"{found.message.en} But: {doubt.en}")
    return replace(found, status="missing", message=message)


def _efficiency(application: Application, rule: HighEfficiency) -> RuleOutcome:
    """Any one way of showing it is enough; none is known to fail as long as another may be shown."""
    shown = set(application.efficiency_evidence or ())
    for way in rule.one_of:
        if way.id in shown and way.at_least is None:
            return held(
                "high_efficiency",
                rule.ground,
                f"高効率の証明: {way.label}。",
                f"High efficiency: {way.label}.",
            )
    best: RuleOutcome | None = None
    if application.improvement is not None:
        value = number_in(application.improvement, "percent", "improvement")
        for way in rule.one_of:
            if way.at_least is not None:
                best = at_least(
                    "high_efficiency",
                    rule.ground,
                    Fraction(value),
                    way.at_least,
                    "%",
                    name=("一般的な設備と比べた省エネ改善効果", "improvement against usual equipment"),
                )
                if best.status == "held":
                    return best
    unstated = [w for w in rule.one_of if w.at_least is not None and w.id in shown]
    if unstated and application.improvement is None:
        return missing(
            "high_efficiency",
            rule.ground,
            f"「{unstated[0].label}」の値が分かりません。何 % の改善かが要ります。",
            f"The figure for {unstated[0].label!r} is not known; by how many percent does it improve?",
        )
    ways_ja, ways_en = "・".join(w.label for w in rule.one_of), "; ".join(w.label for w in rule.one_of)
    if application.efficiency_evidence is None:
        return missing(
            "high_efficiency",
            rule.ground,
            f"高効率の証明があるか分かりません。次のどれか 1 つが要ります: {ways_ja}。",
            f"Whether high efficiency can be shown is not known; one of these is needed: {ways_en}.",
        )
    return best or failed(
        "high_efficiency",
        rule.ground,
        f"高効率の証明がありません。次のどれか 1 つが要ります: {ways_ja}。",
        f"High efficiency is not shown; one of these is needed: {ways_en}.",
    )
