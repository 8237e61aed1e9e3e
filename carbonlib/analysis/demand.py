"""Contract and peak demand of a meter by month, its load factor, and what a lower peak would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting.calendar import is_monthly
from carbonlib.accounting.power import kwh_of
from carbonlib.analysis.sufficiency import band_of
from carbonlib.fiscal_year import Month, Period, Year, months_of, period_of
from carbonlib.records.bands import Bands
from carbonlib.records.model import Bill, ContractBasis, Meter
from carbonlib.tariffs import DemandSaving, demand_charge_saving
from carbonlib.units import Q_, Quantity


@dataclass(frozen=True)
class MonthDemand:
    """A month of a meter, by the bills that begin in it; None where no bill says it. `hours` are those of the bills."""

    month: Month
    contract_kw: Fraction | None = None
    peak_kw: Fraction | None = None
    kwh: Fraction | None = None
    hours: int = 0

    @property
    def load_factor(self) -> Fraction | None:
        """Use ÷ (peak × hours), 0 to 1; None where one of them is not known."""
        return self.kwh / (self.peak_kw * self.hours) if self.kwh is not None and self.peak_kw else None


@dataclass(frozen=True)
class MeterDemand:
    """A meter over two years, month by month; the later one is `period`.

    `bills` are its bills that touch the two years, in order; `stated_kw` is the contract demand of the latest of them that
    states one, monthly or not.
    """

    site_id: str
    meter_id: str
    period: Period
    months: tuple[MonthDemand, ...]
    stated_kw: Fraction | None = None
    bills: tuple[Bill, ...] = ()

    def of_year(self, year: Year) -> tuple[MonthDemand, ...]:
        """Return the months of one of the two years."""
        wanted = set(months_of(year))
        return tuple(m for m in self.months if m.month in wanted)

    def peak(self, year: Year) -> MonthDemand | None:
        """Return the month of the highest peak of a year, the first of equal ones."""
        known = [m for m in self.of_year(year) if m.peak_kw is not None]
        return max(known, key=lambda m: m.peak_kw or 0, default=None)

    def contract_kw(self, year: Year) -> Fraction | None:
        """Return the contract demand of the latest month of a year that states one. [kW]"""
        known = [m.contract_kw for m in self.of_year(year) if m.contract_kw is not None]
        return known[-1] if known else None

    def margin_kw(self, year: Year) -> Fraction | None:
        """Return the contract demand less the highest peak of a year, negative where the peak is above. [kW]"""
        contract, peak = self.contract_kw(year), self.peak(year)
        return None if contract is None or peak is None or peak.peak_kw is None else contract - peak.peak_kw

    def load_factor(self, year: Year) -> Fraction | None:
        """Return use ÷ (highest peak × hours) of a year; None unless all twelve months are known.

        0.3 means that the connection was used as if for 30 % of the time at its peak.
        """
        months = self.of_year(year)
        if any(m.kwh is None or m.peak_kw is None for m in months):
            return None
        top = max((m.peak_kw or Fraction(0) for m in months), default=Fraction(0))
        hours = sum(m.hours for m in months)
        return sum((m.kwh or Fraction(0) for m in months), Fraction(0)) / (top * hours) if top else None


@dataclass(frozen=True)
class CutEffect:
    """What a cut of all peaks does: `share` of the highest peak, `months_over` how many of the latest twelve months
    have a peak above `target_kw` now."""

    share: Fraction
    cut_kw: int
    target_kw: Fraction
    months_over: int
    saving: DemandSaving


def meter_demands(bills: Iterable[Bill], meters: Sequence[Meter], year: Year) -> list[MeterDemand]:
    """Return each meter of electricity whose bills state a contract or a peak demand.

    Parameters
    ----------
    bills : iterable of Bill
        Of one company, any years. A bill counts in the month in which it begins; one that is longer than two months
        says nothing of any month.
    meters : sequence of Meter
        What is known of the meters; a sub-meter has no contract of its own and is left out.
    year : int or Period
        The later of the two years.
    """
    below = {(m.site_id, m.id) for m in meters if m.parent}
    period = period_of(year)
    wanted = (*period.previous.months, *period.months)
    of_meter: dict[tuple[str, str], list[Bill]] = {}
    for bill in bills:
        inside = bill.end >= wanted[0].first_day and bill.start <= wanted[-1].last_day
        if bill.carrier == "electricity" and inside and (bill.site_id, bill.meter_id) not in below:
            of_meter.setdefault((bill.site_id, bill.meter_id), []).append(bill)
    found = []
    for (site, meter), own in sorted(of_meter.items()):
        if not any(b.contract_demand_kw is not None or b.peak_demand_kw is not None for b in own):
            continue
        own.sort(key=lambda b: (b.start, b.end))
        by_month: dict[Month, list[Bill]] = {}
        for bill in own:
            if is_monthly(bill):
                by_month.setdefault(Month(bill.start.year, bill.start.month), []).append(bill)
        stated = [b.contract_demand_kw for b in own if b.contract_demand_kw is not None]
        months = tuple(_month(m, by_month.get(m, [])) for m in wanted)
        latest = Fraction(stated[-1]) if stated else None
        found.append(MeterDemand(site, meter, period, months, latest, tuple(own)))
    return found


def _month(month: Month, bills: Sequence[Bill]) -> MonthDemand:
    contracts = [Fraction(b.contract_demand_kw) for b in bills if b.contract_demand_kw is not None]
    peaks = [Fraction(b.peak_demand_kw) for b in bills if b.peak_demand_kw is not None]
    uses = [kwh_of(b) for b in bills]
    known = [u for u in uses if u is not None]
    return MonthDemand(
        month,
        max(contracts, default=None),
        max(peaks, default=None),
        sum(known, Fraction(0)) if known and len(known) == len(uses) else None,
        24 * sum((b.end - b.start).days + 1 for b in bills),
    )


def cut_effects(
    peaks: Mapping[Month, Quantity | None],
    *,
    basis: ContractBasis | None,
    rate: Quantity | None,
    power_factor: Quantity | None,
    bands: Bands,
) -> list[CutEffect]:
    """Return what lower peaks would do to the demand charge, for the shares that the thresholds name.

    Parameters
    ----------
    peaks : mapping of Month to Quantity
        Two years of monthly peaks. [kW]
    basis, rate, power_factor
        Of the contract, as `carbonlib.tariffs.demand_charge_saving` takes them.
    bands : Bands
        ``demand_cut,share``: the smaller and the larger cut, in % of the highest peak of the latest twelve months;
        each is a whole number of kW, at least one.

    Returns
    -------
    list of CutEffect
        Empty where no peak is known.
    """
    known = {m: Fraction(str(p.to("kW").magnitude)) for m, p in peaks.items() if p is not None}
    if not known:
        return []
    latest = sorted(known)[-12:]
    top = max(known[m] for m in latest)
    band = band_of(bands, "demand_cut", "share")
    found: list[CutEffect] = []
    for percent in (band.low, band.high):
        share = Fraction(percent) / 100
        cut = max(int(top * share + Fraction(1, 2)), 1)
        if cut >= top or any(cut == f.cut_kw for f in found):
            continue
        saving = demand_charge_saving(
            peaks=peaks, cut=Q_(cut, "kW"), basis=basis, rate=rate, power_factor=power_factor
        )
        over = sum(known[m] > top - cut for m in latest)
        found.append(CutEffect(share, cut, top - cut, over, saving))
    return found
