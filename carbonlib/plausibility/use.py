"""The amount itself: against the power of the connection, the floor area, today, and other companies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.boundary import within_boundary
from carbonlib.accounting.calendar import share_in_year
from carbonlib.accounting.power import kwh_of
from carbonlib.accounting.whole import lacking
from carbonlib.errors import Finding, Message, Place
from carbonlib.fiscal_year import Year
from carbonlib.plausibility.amount import amount_of, few_digits, thousand_slip
from carbonlib.records.bands import Bands
from carbonlib.records.model import Bill, Company
from carbonlib.units import format_number

_CONTRACT_SLACK = Fraction(3, 2)  # a contract demand may be exceeded for a while, a measured peak cannot
_TELLING = 3  # digits that are not the zeros of a round number


def demand_doubts(bills: Iterable[Bill]) -> Iterator[Finding]:
    """Return an error for each bill that used more than its peak demand could deliver in its hours."""
    for bill in bills:
        used = kwh_of(bill)
        demand, slack = bill.peak_demand_kw, Fraction(1)
        if demand is None:
            demand, slack = bill.contract_demand_kw, _CONTRACT_SLACK
        if used is None or not demand:
            continue
        hours = 24 * ((bill.end - bill.start).days + 1)
        most = Fraction(demand) * hours * slack
        if used <= most:
            continue
        kw = format_number(demand, max(-int(demand.as_tuple().exponent), 0))
        what, en = (f"最大需要電力 {kw} kW ", f"the peak demand of {kw} kW")
        if slack != 1:
            what, en = (f"契約電力 {kw} kW の 1.5 倍", f"1.5 times the contract demand of {kw} kW")
        slip = "千kWh と kWh の取り違え" if used >= 100 * most / 24 else "数量か電力の誤り"
        yield Finding(
            "bill.over_demand",
            "error",
            Message(
                f"電気 {few_digits(used)} kWh は、{what}で {hours:,} 時間使い続けた "
                f"{few_digits(most)} kWh を超えています。{slip}が考えられます。使用量と電力の単位・桁を確かめてください。",
                f"{few_digits(used)} kWh exceed what {en} delivers in "
                f"{hours:,} hours ({few_digits(most)} kWh); check kWh against 千kWh, and the demand.",
            ),
            bill.place,
            subject="electricity",
        )


def area_doubts(
    account: EnergyAccount, company: Company, bands: Bands, bills: Iterable[Bill] = ()
) -> Iterator[Finding]:
    """Return a doubt for each site whose electricity per floor area is unusual for its use.

    A company of one site is judged by its account, sites of several by the bills that name them, without sub-meters.
    """
    line = account.line("electricity")
    if line is None:
        return
    partial = "electricity" in lacking(account)
    if len(company.sites) == 1:
        used = {company.sites[0].id: (line.quantity, line.rows[0] if line.rows else Place())}
    else:
        by_site = used_by_site(bills, company, account.identity.period).items()
        used = {
            site: found
            for (site, carrier, unit), found in by_site
            if (carrier, unit) == ("electricity", "kWh")
        }
    for site in company.sites:
        band = bands.of("electricity_per_area", site.use) or bands.of("electricity_per_area_limit", "")
        if band is None or not site.floor_area_m2 or site.id not in used:
            continue
        amount, place = used[site.id]
        intensity = amount / Fraction(site.floor_area_m2)
        if band.holds(intensity) or (partial and intensity < band.low):
            continue
        named = f"事業所 {site.id} の" if len(company.sites) > 1 else ""
        named_en = f" of {site.id}" if named else ""
        of_ja, of_en = ("この用途", "this use") if band.subject else ("用途を問わない場合", "any use")
        ja, en = thousand_slip(intensity, "kWh", ("m2", "m2"), band)
        yield Finding(
            "site.intensity_band",
            "warning",
            Message(
                f"{named}電気の使用量が延床面積あたり {few_digits(intensity)} kWh/m2 で、{of_ja}のふつうの範囲 "
                f"{band.low:,}〜{band.high:,} kWh/m2 を外れています。{ja}面積と使用量の桁を確かめてください。",
                f"Electricity per floor area{named_en} is {few_digits(intensity)} kWh/m2, outside the usual "
                f"{band.low:,} to {band.high:,} for {of_en}. {en}Check area and amount.",
            ),
            place,
            subject="electricity",
        )


def used_by_site(
    bills: Iterable[Bill], company: Company, year: Year
) -> dict[tuple[str, str, str], tuple[Fraction, Place]]:
    """Return the use of a year by site, carrier and base unit with the place of its first bill, tenants' use included.

    What sub-meters count is left out as in the account: where a meter above has bills.
    """
    found: dict[tuple[str, str, str], tuple[Fraction, Place]] = {}
    shares = [(bill, share) for bill in bills if (share := share_in_year(bill, year))]
    counted_bills, _ = within_boundary([bill for bill, _ in shares], company.meters)
    kept = {id(bill) for bill in counted_bills}
    for bill, share in shares:
        counted = amount_of(bill)
        if counted is not None and id(bill) in kept:
            key = (bill.site_id, bill.carrier, counted[1])
            before, place = found.get(key, (Fraction(0), bill.place))
            found[key] = (before + counted[0] * share, place)
    return found


def future_doubts(bills: Iterable[Bill], today: date) -> Iterator[Finding]:
    """Return an error for each bill whose period ends after `today`."""
    for bill in bills:
        if bill.end > today:
            yield Finding(
                "bill.future",
                "error",
                Message(
                    f"期間の終わり {bill.end} が今日より後です。年か月を確かめてください。",
                    f"The period ends on {bill.end}, which is still to come; check year and month.",
                ),
                bill.place,
                subject=bill.carrier,
            )


def _telling(bill: Bill) -> bool:
    """Return whether an amount has so many digits that two companies hardly have it by chance."""
    return len(bill.quantity.normalize().as_tuple().digits) >= _TELLING


def shared_doubts(
    bills_of: Mapping[str, Iterable[Bill]],
) -> Iterator[tuple[tuple[str, str], Bill, Finding]]:
    """Yield the two companies, the later one's bill and the doubt for each bill that both have alike to the yen."""
    first: dict[tuple[object, ...], tuple[str, Bill]] = {}
    for owner, bills in bills_of.items():
        for bill in bills:
            # without a cost, a round amount may be alike by chance
            if not bill.quantity or (bill.cost_jpy is None and not _telling(bill)):
                continue
            key = (bill.carrier, bill.start, bill.end, bill.quantity, bill.unit, bill.cost_jpy)
            other_owner, other = first.setdefault(key, (owner, bill))
            if other_owner != owner:
                doubt = Finding(
                    "bill.in_two_companies",
                    "warning",
                    Message(
                        f"{other.place.text('ja')} と、期間・使用量{'' if bill.cost_jpy is None else '・料金'}がすべて同じです。別の事業者の請求を入れていないか"
                        f"確かめてください。同じで正しければ、company.yaml の acknowledged に理由と with: {other_owner} を書きます。",
                        f"Period, amount{'' if bill.cost_jpy is None else ' and cost'} are those of {other.place.text('en')}; check whether the bill is "
                        f"another company's; if it is right, put the reason and with: {other_owner} under acknowledged in company.yaml.",
                    ),
                    bill.place,
                    subject=bill.carrier,
                    other=other_owner,
                )
                yield (other_owner, owner), bill, doubt


def twice_doubts(bills: Iterable[Bill]) -> Iterator[Finding]:
    """Return a doubt for each bill that stands under two meters of one company, alike to the yen."""
    first: dict[tuple[object, ...], Bill] = {}
    for bill in bills:
        if not bill.quantity or bill.cost_jpy is None:
            continue
        other = first.setdefault(
            (bill.carrier, bill.start, bill.end, bill.quantity, bill.unit, bill.cost_jpy), bill
        )
        if (other.site_id, other.meter_id) != (bill.site_id, bill.meter_id):
            yield Finding(
                "bill.twice",
                "warning",
                Message(
                    f"メーター {other.meter_id} の請求（{other.place.text('ja')}）と、期間・使用量・料金がすべて同じです。"
                    "同じ請求を 2 回入れていないか確かめてください。",
                    f"Period, amount and cost are those of meter {other.meter_id} ({other.place.text('en')}); check "
                    "whether a bill was entered twice.",
                ),
                bill.place,
                subject=bill.carrier,
            )
