"""What the entries of proposals.yaml must be to each other: numbers, sites, dates, prices and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, shown, what_is_wrong
from carbonlib.factors import carriers
from carbonlib.fiscal_year import fiscal_year_of
from carbonlib.records.billrow import unit_fits
from carbonlib.records.model import Company
from carbonlib.records.prices import check_price
from carbonlib.records.yamlfile import YamlFile
from carbonlib.units import of_a_year, unit_written

Path = tuple[str | int, ...]


def texts(one: Mapping[str, Any], name: str) -> list[str]:
    """Return what an entry names, in a list or alone; what is no text is refused where the types are."""
    value = one.get(name)
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v]


def number_of(one: Mapping[str, Any]) -> str:
    """Return a proposal's number, written as text or not: 1 and "1" are the same to whoever reads them."""
    number = one.get("number")
    return str(number) if isinstance(number, str | int) and not isinstance(number, bool) else ""


def cross_checks(
    written: Mapping[int, Mapping[str, Any]], file: YamlFile, company: Company
) -> Iterator[Finding]:
    """Yield what does not go together, whether or not the other entries are right."""
    numbers = [number for one in written.values() if (number := number_of(one))]
    sites = [s.id for s in company.sites]
    seen: set[str] = set()
    for index, one in written.items():
        at = ("proposals", index)
        if (number := number_of(one)) in seen:
            yield finding(
                "twice",
                f"提案番号「{shown(number)}」が 2 回使われています。番号を変えてください。",
                f"The number {shown(number)!r} is used twice; change one.",
                file.place((*at, "number")),
            )
        seen |= {number} if number else set()
        for site in texts(one, "site"):
            if site not in sites:
                yield finding(
                    "site",
                    f"事業所「{shown(site)}」が company.yaml にありません。{'・'.join(sites)} のどれかです。",
                    f"There is no site {shown(site)!r} in company.yaml; there are {', '.join(sites)}.",
                    file.place((*at, "site")),
                )
        if len(sites) > 1 and one.get("site") in (None, ""):
            yield finding(
                "no_site",
                f"事業所が 2 つ以上あるので、提案No.{shown(number)} に site（{'・'.join(sites)}）を書いてください。",
                f"There are several sites; name the site of proposal {shown(number)} ({', '.join(sites)}).",
                file.place((*at, "measure")),
            )
        for other in texts(one, "alternatives"):
            if other not in numbers or other == number:
                yield _unknown_number(other, numbers, file.place((*at, "alternatives")))
        yield from _status_complete(one, at, file)
        yield from _prices_fit(one, at, file)
        yield from _ems_fits(one, at, file)
        yield from _measured_fits(one, at, file)
    order = texts(file.data, "order")
    for other in order:
        if other not in numbers:
            yield _unknown_number(other, numbers, file.place(("order",)))
    if len(set(order)) < len(order):
        yield finding(
            "twice",
            "order に同じ提案番号が 2 回あります。1 つにしてください。",
            "The order names a proposal twice; keep one.",
            file.place(("order",)),
        )


def _status_complete(one: Mapping[str, Any], at: Path, file: YamlFile) -> Iterator[Finding]:
    status = one.get("status")
    if status == "実施済み" and one.get("done_on") is None:
        yield finding(
            "done_on",
            "実施済みの提案には実施日 done_on を書いてください。",
            "A proposal that was done needs its day done_on.",
            file.place((*at, "status")),
        )
    if status == "見送り" and one.get("declined_because") in (None, ""):
        yield finding(
            "declined_because",
            "見送りの提案には理由 declined_because を書いてください。",
            "A declined proposal needs declined_because.",
            file.place((*at, "status")),
        )


def _prices_fit(one: Mapping[str, Any], at: Path, file: YamlFile) -> Iterator[Finding]:
    prices = one.get("prices")
    for carrier, text in prices.items() if isinstance(prices, Mapping) else ():
        if carrier in carriers() and isinstance(text, str):
            try:
                check_price(text, carrier, file.place((*at, "prices", carrier)))
            except CarbonlibError as error:
                yield from error.findings


def _ems_fits(one: Mapping[str, Any], at: Path, file: YamlFile) -> Iterator[Finding]:
    subsidy = one.get("subsidy")
    ems = subsidy.get("ems_saved") if isinstance(subsidy, Mapping) else None
    yield from _amounts_fit(ems, "subsidy.ems_saved", (*at, "subsidy", "ems_saved"), file)


def _measured_fits(one: Mapping[str, Any], at: Path, file: YamlFile) -> Iterator[Finding]:
    """Yield what of the results cannot be: amounts of another unit, a year before the work was done."""
    rows = one.get("measured")
    done = _day_of(one.get("done_on"))
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, Mapping):
            continue
        here = (*at, "measured", index)
        yield from _amounts_fit(row.get("saved"), f"measured.{index + 1}.saved", (*here, "saved"), file)
        year = row.get("fiscal_year")
        if done is not None and isinstance(year, int) and year < fiscal_year_of(done):
            yield finding(
                "measured_before_done",
                f"実績の {year} 年度は、実施日（{done}）より前の年度です。fiscal_year か done_on を直してください。",
                f"The result of fiscal year {year} is of before the work was done ({done}); mend fiscal_year or done_on.",
                file.place((*here, "fiscal_year")),
            )


def _day_of(text: object) -> date | None:
    """Return a day; what is none is refused where the types are."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _amounts_fit(amounts: object, name: str, path: Path, file: YamlFile) -> Iterator[Finding]:
    """Yield the amounts by carrier that are in no unit of their carrier."""
    for carrier, text in amounts.items() if isinstance(amounts, Mapping) else ():
        if carrier in carriers() and isinstance(text, str) and (why := amount_problem(text, carrier)):
            yield finding(
                "amount",
                f"「{name}.{carrier}」: {why.ja}",
                f"'{name}.{carrier}': {why.en}",
                file.place((*path, carrier)),
            )


def amount_problem(text: str, carrier: str) -> Message | None:
    """Return why a text is no amount of a carrier in a year, None where it is one.

    >>> amount_problem("9,000 kWh/年", "electricity"), amount_problem("30 Nm3", "city_gas")
    (None, None)
    >>> amount_problem("3 L", "electricity").ja
    '「3 L」は単位が合いません。電気の量は 千kWh・kWh で書いてください。'
    """
    kind = carriers()[carrier]
    wanted = "・".join(dict.fromkeys(kind.sheet_units + kind.display_units))
    mend = Message(
        f"{kind.label_ja}の量は {wanted} で書いてください。",
        f"Write {kind.label_en} in {wanted.replace('・', ' or ')}.",
    )
    try:
        fits = unit_fits(carrier, unit_written(of_a_year(text)))
    except CarbonlibError as error:
        why = what_is_wrong(error.findings[0].message)
        return Message(why.ja + mend.ja, f"{why.en} {mend.en}")
    if fits:
        return None
    return Message(
        f"「{shown(text)}」は単位が合いません。{mend.ja}", f"{shown(text)!r} is of another unit. {mend.en}"
    )


def _unknown_number(number: str, numbers: list[str], place: Place) -> Finding:
    known = "・".join(shown(n) for n in dict.fromkeys(numbers))
    return finding(
        "number",
        f"提案番号「{shown(number)}」がありません。あるのは {known}。",
        f"There is no other proposal {shown(number)!r}; there are {known.replace('・', ', ')}.",
        place,
    )


def finding(id: str, ja: str, en: str, place: Place) -> Finding:
    return Finding(f"proposal.{id}", "error", Message(ja, en), place)
