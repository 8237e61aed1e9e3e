"""A proposal as a subsidy office would see it: what is known of it, and None for what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from carbonlib.accounting import EnergyAccount
from carbonlib.factors import Programme
from carbonlib.proposals.binding import ems_saved
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.site_use import SiteUse, site_use
from carbonlib.records.billrow import TAXES
from carbonlib.records.model import Company
from carbonlib.records.tax import tax_percent
from carbonlib.subsidies import Application, CostLine
from carbonlib.units import Q_, Quantity, unit_of

# the class of equipment that a measure installs; what is not here installs nothing that a round would know
EQUIPMENT_OF = {
    "led_lighting": "lighting",
    "photovoltaics": "photovoltaics",
    "air_conditioner_replacement": "air_conditioner",
    "gas_air_conditioner_replacement": "air_conditioner",
    "transformer_replacement": "transformer",
    "transformer_consolidation": "transformer",
    "fixed_load_reduction": "production",
    "compressor_replacement": "compressor",
    "refrigerator_replacement": "refrigerator",
    "circulator_fans": "ventilation",
    "heat_recovery_ventilation": "ventilation",
    "office_equipment": "office_equipment",
    "fuel_switch": "fuel_switch",
}


def equipment_of(one: Evaluated) -> tuple[str, ...] | None:
    """Return the classes of equipment that a proposal installs: as written, else by its measure; None where nobody said."""
    written = one.proposal.subsidy.equipment
    if written is None and one.measure.id in EQUIPMENT_OF:
        return (EQUIPMENT_OF[one.measure.id],)
    return written


def application_of(
    one: Evaluated,
    company: Company,
    account: EnergyAccount,
    fiscal_year: int,
    programme: Programme | None = None,
    sites: Mapping[str, EnergyAccount] | None = None,
) -> Application:
    """Return the application of one proposal, by its stand-alone saving under identical hours.

    Parameters
    ----------
    one : Evaluated
        The proposal.
    company : Company
        Since when it works, which grants it had, whether it was diagnosed.
    account : EnergyAccount
        Of the company.
    fiscal_year : int
        Whose visit counts as the diagnosis.
    programme : Programme, optional
        Under which amounts written for the energy management system are read; without it they are not known.
    sites : mapping of str to EnergyAccount, optional
        The accounts of its sites by id, of `site_accounts`; that of the only site is the company's.

    Raises
    ------
    CarbonlibError
        Where such an amount cannot be read, at the proposal.
    """
    proposal, facts = one.proposal, one.proposal.subsidy
    equipment = equipment_of(one)
    since = _first_day(company.operating_since)
    site = next((s for s in company.sites if len(company.sites) == 1 or s.id == proposal.site_id), None)
    opened = _first_day(site.operating_since) if site is not None else None
    if sites is None:
        sites = {company.sites[0].id: account} if len(company.sites) == 1 else {}
    use = site_use(company, site.id if site is not None else "", account, sites)
    return Application(
        id=f"{company.id}-{proposal.number}",
        proposals=(proposal.number,),
        measures=(one.measure.id,),
        equipment=equipment,
        kind="operational" if one.kind == "operational" else "capital",
        energy_saved=_by_carrier((a.carrier, a.saved, a.unit) for a in one.alone.amounts),
        ems_energy_saved=None if programme is None else ems_saved(proposal, programme, fiscal_year),
        suppliers=company.suppliers,
        costs=_costs(one),
        installed_year=facts.installed_year,
        company_since=since,
        site_since=opened or (since if len(company.sites) == 1 else None),
        **_site_facts(use),
        prior_grants=None if company.prior_grants is None else tuple(g.round for g in company.prior_grants),
        efficiency_evidence=facts.high_efficiency,
        with_battery=facts.with_battery,
        with_ems=facts.with_ems,
        certifications=facts.certifications,
        improvement=None if facts.improvement is None else Q_(float(facts.improvement), "percent"),
        ordered=facts.ordered,
        ordered_on=facts.ordered_on,
        diagnosed_by="visit" if company.visit(fiscal_year) else None,
        refrigerant_avoided=one.saving.refrigerant,
    )


def _site_facts(use: SiteUse) -> dict[str, Any]:
    """Return what the application says of the site's use; in two units of one carrier it is known as crude oil."""
    facts: dict[str, Any] = {"site_more": use.more, "site_less": use.less}
    if use.account is not None:
        lines = ((line.carrier, line.quantity, line.unit) for line in use.account.lines)
        facts["site_energy"] = _by_carrier(lines)
        if facts["site_energy"] is None and use.account.crude_oil_kl is not None:
            facts["site_crude_oil"] = Q_(use.account.crude_oil_kl, "kL_coe")
            facts["site_crude_oil_basis"] = use.account.identity.programme
    return facts


def _by_carrier(amounts: Iterable[tuple[str, Fraction, str]]) -> dict[str, Quantity] | None:
    """Return exact amounts by carrier; None where one carrier comes in two units, which do not add up."""
    found: dict[str, Quantity] = {}
    for carrier, amount, unit in amounts:
        if carrier in found:
            return None
        found[carrier] = Q_(amount, unit_of(unit))
    return found


def _costs(one: Evaluated) -> tuple[CostLine, ...] | None:
    if one.proposal.capital is None:
        return None
    rate = Q_(float(tax_percent()), "percent")
    return tuple(
        CostLine(
            line.item,
            Q_(float(line.amount_jpy), "JPY"),
            TAXES[line.tax],
            rate if line.tax == "税込" else None,
            line.category,
        )
        for line in one.proposal.capital
    )


def _first_day(month: str) -> date | None:
    return date.fromisoformat(f"{month}-01") if month else None
