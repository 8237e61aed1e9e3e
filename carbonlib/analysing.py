"""What a company's bills, weather and half-hours show, composed for its diagnosis: demand, weather, nights."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import AccountLine
from carbonlib.accounting.model import exact_sum
from carbonlib.analysis.changepoint import WeatherFit, weather_fit
from carbonlib.analysis.contract import demand_of
from carbonlib.analysis.degreedays import Span
from carbonlib.analysis.demand import CutEffect, MeterDemand, cut_effects, meter_demands
from carbonlib.analysis.nights import NightLoad, night_load
from carbonlib.analysis.sufficiency import Verdict, search_of, verdict
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Year
from carbonlib.proposals.money import Demand
from carbonlib.records.model import Company, ContractBasis
from carbonlib.tariffs import contract_basis
from carbonlib.units import Q_

_VEHICLE_FUELS = ("gasoline", "diesel")  # assumption, where the company does not say what it uses them for
_NOTICEABLE = Fraction(
    1, 10
)  # assumption: a smaller part of the primary energy changes no reading of a site's measure


@dataclass(frozen=True)
class DemandView:
    """A meter's demand, how its contract is set, what its demand charge is reckoned with, and what lower peaks would do.

    `named` says whether the meter must be named, there being others.
    """

    meter: MeterDemand
    basis: ContractBasis | None
    demand: Demand | None
    cuts: tuple[CutEffect, ...]
    named: bool


@dataclass(frozen=True)
class WeatherView:
    """A carrier's line over the temperature, with the verdict whether the data suffice.

    `measured` says whether the temperatures are those of the months; `source` where they are from.
    """

    line: AccountLine
    fit: WeatherFit
    verdict: Verdict
    measured: bool
    source: str


def demand_views(d: Diagnosis) -> list[DemandView]:
    """Return each meter with a contract or a peak demand, over the year and the one before; the largest first."""
    found = []
    meters = meter_demands(d.bills, d.company.meters, d.period)
    for one in meters:
        known = d.company.meter(one.site_id, one.meter_id)
        stated = None if one.stated_kw is None else Q_(float(one.stated_kw), "kW")
        cuts: list[CutEffect] = []
        by = d.judged_by
        demand = demand_of(one, d.company, by.tariffs, by.finance) if by else None
        if demand is not None:
            cuts = cut_effects(
                demand.peaks,
                basis=demand.basis,
                rate=demand.rate,
                power_factor=demand.power_factor,
                bands=d.bands,
            )
        found.append(DemandView(one, contract_basis(known, stated), demand, tuple(cuts), len(meters) > 1))
    return sorted(found, key=lambda view: _place(view.meter, d.period))


def _place(meter: MeterDemand, year: Year) -> tuple[Fraction, int, str]:
    """Return what meters are ordered by: the peak, else the contract; then E2 before E10."""
    peak = meter.peak(year)
    size = (peak.peak_kw if peak else meter.contract_kw(year)) or Fraction(0)
    return -size, len(meter.meter_id), meter.meter_id


def _cools_with(company: Company, carrier: str) -> bool:
    """Return whether cooling is looked for: in electricity and gas always, in a fuel that the company says it cools with."""
    machines = (e.carrier.reading for e in company.equipment if e.family == "air_conditioner" and e.carrier)
    uses = (u.carrier for u in company.end_uses if u.use == "cooling")
    return carriers()[carrier].group != "fuel" or carrier in {*machines, *uses}


def weather_views(d: Diagnosis) -> list[WeatherView]:
    """Return the line over the temperature of each carrier that months are known of, in the order of the account.

    Fuels of vehicles are left out; cooling is looked for in electricity and gas, and in a fuel that the company says it
    cools with. Where the months' own temperatures are not all there, those of usual years stand in for all.
    """
    weather = d.weather
    if weather is None:
        return []
    found = []
    for line in d.account.lines:
        if line.carrier in _VEHICLE_FUELS:
            continue
        known = [m for m in line.months if m.quantity is not None]
        measured = bool(known) and all(m.month in weather.actual for m in known)
        spans = [
            Span(
                m.month.first_day,
                (m.month.last_day - m.month.first_day).days + 1,
                float(m.quantity or 0),
                (float(weather.actual[m.month] if measured else weather.mean_temperature_c[m.month.month]),),
            )
            for m in known
        ]
        search = search_of(d.bands, heating=True, cooling=_cools_with(d.company, line.carrier))
        fit = weather_fit(spans, search)
        if fit is not None:
            usual = f"{weather.station} {weather.period} の月平均（{weather.source}）"
            source = weather.actual_source if measured else usual
            judged = verdict(fit, measured=measured, bands=d.bands)
            found.append(WeatherView(line, fit, judged, measured, source))
    return found


def vehicle_fuels(d: Diagnosis) -> tuple[tuple[str, ...], Fraction] | None:
    """Return the fuels taken to be of vehicles, and their share of the primary energy (0 to 1).

    None where they are less than a tenth, or the energy is not known. A fuel that the company says it uses for other
    things alone is none of them.
    """
    said = {(u.carrier, u.use) for u in d.company.end_uses}

    def of_vehicles(carrier: str) -> bool:
        uses = {use for fuel, use in said if fuel == carrier}
        return carrier in _VEHICLE_FUELS and (not uses or "vehicles" in uses)

    lines = [line for line in d.account.lines if of_vehicles(line.carrier)]
    energy, whole = exact_sum(line.energy_gj for line in lines), d.account.energy_gj
    if not energy or not whole or energy / whole < _NOTICEABLE:
        return None
    return tuple(dict.fromkeys(line.carrier for line in lines)), energy / whole


def night_views(d: Diagnosis) -> list[NightLoad]:
    """Return what the half-hours of each meter show of the year; none where there are too few of them."""
    found = (night_load(load, d.period, d.bands) for load in d.loads)
    return [one for one in found if one is not None]


def bought_not_used(line: AccountLine) -> bool:
    """Return whether a carrier comes in deliveries, whose month is not the month of use."""
    return carriers()[line.carrier].group == "fuel"
