"""The series of a table: each column of amounts with its carrier, site, meter, unit, and the columns that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from carbonlib.errors import Place, shown
from carbonlib.factors import carriers
from carbonlib.records.reading.abovetable import money_said
from carbonlib.records.reading.carriernames import carrier_named, carrier_unreadable
from carbonlib.records.reading.cells import words
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.known import Known, meter_for, site_in, site_of
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import Kind, carrier_in, spelled, units_in
from carbonlib.records.workbook.site_totals import site_totals
from carbonlib.records.workbook.tables import Column, Table
from carbonlib.records.workbook.titles import heading_of


@dataclass
class Series:
    """A column of amounts, and what is known of it before its rows are read; empty where each row says it."""

    amount: Column
    carrier: str = ""
    site: str = ""
    meter: str = ""
    unit: str = ""
    fiscal_year: int | None = None
    money: str = ""
    columns: dict[Kind, list[Column]] = field(default_factory=dict)


def _context_carrier(table: Table) -> str:
    """Return the carrier that the nearest line above names, else the sheet's name."""
    for line in table.above:
        found = {c for cell in line if len(cell.text) <= 60 and (c := carrier_in(cell.text))}
        if len(found) == 1 and "?" not in found:
            return found.pop()
        if found:
            return ""
    named = carrier_in(table.grid.sheet)
    return named if named and named != "?" else ""


def _carrier(table: Table, amount: Column, problems: Problems) -> str:
    place = table.grid.place(amount.cell)
    if stated := table.labelled("エネルギー種別"):
        named = carrier_named(words(table.grid, table.grid.take(stated), problems))
        if named and named != "?":
            return named
        if not stated.blank:
            said = carrier_unreadable(stated.text)
            problems.error("carrier", said.ja, said.en, table.grid.place(stated))
            return "?"
    context = _context_carrier(table)
    if amount.heading.carrier:
        return amount.heading.carrier
    if amount.heading.ambiguous:
        gases = {"city_gas", "natural_gas", "lpg", "lng"} if "ガス" in amount.heading.ambiguous else set()
        if context in (gases or {"heavy_oil_a", "heavy_oil_bc"}):
            return context
        problems.error(
            "carrier_ambiguous",
            f"「{shown(amount.text)}」の種類が決められません。都市ガス・LPガス、A重油・B・C重油のように書いてください。",
            f"{shown(amount.text)!r} could be several kinds of energy; write 都市ガス or LPガス, A重油 or B・C重油.",
            place,
        )
        return "?"
    if not context and not table.one("carrier"):
        problems.error(
            "carrier_missing",
            f"「{shown(amount.text)}」が何のエネルギーか書かれていません。見出しか表の上に 電気・都市ガス・灯油 などと書いてください。",
            f"Nothing says which energy {shown(amount.text)!r} is; write 電気, 都市ガス, 灯油 in the heading or above the table.",
            place,
        )
        return "?"
    return context


def _site(table: Table, amount: Column, known: Known, problems: Problems) -> str:
    if (stated := table.labelled("事業所")) and not stated.blank:
        table.grid.take(stated)
        if found := site_of(stated.text, known):
            return found
        _no_site(
            f"事業所「{shown(stated.text)}」は登録されていません",
            f"The site {shown(stated.text)!r} is not known",
            known,
            table.grid.place(stated),
            problems,
        )
        return "?"
    if table.one("site"):
        return ""
    texts = [c.text for line in table.above for c in line] + [table.grid.sheet]
    if named := next((site for t in texts if (site := site_in(t, known))), ""):
        return named
    if len(known.sites) == 1:
        return next(iter(known.sites))
    _no_site(
        f"「{shown(amount.text)}」がどの事業所の量か分かりません",
        f"It is not clear which site {shown(amount.text)!r} is of",
        known,
        table.grid.place(amount.cell),
        problems,
    )
    return "?"


def _no_site(ja: str, en: str, known: Known, place: Place, problems: Problems) -> None:
    names = "・".join(known.sites.values()) or "なし"
    problems.error(
        "site",
        f"{ja}。登録されている事業所: {names}。そのどれかを、表の上・シート名・列の見出しのどこかに書いてください。",
        f"{en}; the sites are: {names}. Write one of them above the table, in the sheet's name or in the heading.",
        place,
    )


def _meter(table: Table, site: str, carrier: str, known: Known, problems: Problems) -> str:
    stated = table.labelled("メーター名")
    if stated and not stated.blank:
        return words(table.grid, table.grid.take(stated), problems, limit=60)
    if table.one("meter") or "?" in {site, carrier} or not carrier or not site:
        return ""
    meter = meter_for(site, carrier, known)
    if meter is None:
        no_meter(site, carrier, known, table.grid, table.columns[0].cell, problems)
    return meter or "?"


def no_meter(site: str, carrier: str, known: Known, grid: Grid, cell: Cell, problems: Problems) -> None:
    """Name a table that could belong to several meters."""
    have = [m for m in known.meters if (m.site_id, m.carrier) == (site, carrier)]
    names = "・".join(dict.fromkeys(m.meter_id for m in have))
    label = carriers()[carrier].label_ja
    problems.error(
        "meter",
        f"{label}のメーターが {names} とあり、どれの表か分かりません。表の上に「メーター名」とその名前を並べて書いてください。",
        f"There are several meters of {carriers()[carrier].label_en.lower()}: {names}; write メーター名 and the name above the table.",
        grid.place(cell),
    )


def _unit(table: Table, amount: Column) -> str:
    if amount.heading.unit:
        return amount.heading.unit
    for label in ("使用量の単位", "単位"):
        cell = table.labelled(label)
        if cell and not cell.blank:
            return spelled(cell.text)
    for line in table.above:
        for cell in line:
            match = re.match(r"[(（]?単位[:：]?(.+?)[)）]?$", plain(cell.text))
            unit = units_in(f"({match[1]})")[0] if match else ""
            if unit:
                return unit
            said = heading_of(cell)
            # a title such as 電気使用量(kWh), which says nothing of a column of another energy
            same = said and amount.heading.carrier in {None, said.carrier}
            if said and same and said.kind == "quantity" and said.unit:
                return said.unit
    return ""


def _money(table: Table) -> str:
    cell = table.labelled("料金の単位")
    if cell and not cell.blank:
        return cell.text
    return money_said(c.text for line in table.above for c in line)


def _beside(table: Table, kind: Kind, series: list[Series], known: Known) -> None:
    """Give each column of a kind to the series it belongs to: by site, carrier and year, else the nearest to the left."""
    totals = site_totals(table, known)
    for column in (c for c in table.of(kind) if c.index not in totals):
        own = [s for s in series if _same_group(s, column, known)]
        left = [s for s in own or series if s.amount.index < column.index]
        chosen = (left or own or series)[-1 if left else 0]
        chosen.columns.setdefault(kind, []).append(column)


def _same_group(series: Series, column: Column, known: Known) -> bool:
    heading = column.heading
    if site_in(column.text, known) not in {"", series.site}:
        return False
    same_carrier = heading.carrier in {None, series.carrier}
    return same_carrier and heading.fiscal_year in {None, series.amount.heading.fiscal_year}


def series_of(table: Table, known: Known, problems: Problems) -> list[Series]:
    """Return the series of a table, those left out whose carrier, site or meter could not be told.

    Parameters
    ----------
    table : Table
        A table as it was found.
    known : Known
        Sites and meters of the company.
    problems : Problems
        Takes what could not be told.
    """
    amounts = table.of("quantity")
    named = {a.index: site_in(a.text, known) for a in amounts}
    by_site = {(a.heading.carrier, a.heading.fiscal_year) for a in amounts if named[a.index]}
    amounts = [
        a
        for a in amounts
        # what adds up the columns of the sites is not stored
        if named[a.index] or not a.heading.total or (a.heading.carrier, a.heading.fiscal_year) not in by_site
    ]
    unnamed = next((a for a in amounts if not named[a.index]), None)
    common = _site(table, unnamed, known, problems) if unnamed else ""
    found: list[Series] = []
    for amount in amounts:
        site = named[amount.index] or common
        carrier = _carrier(table, amount, problems)
        meter = _meter(table, site, carrier, known, problems)
        fiscal_year = amount.heading.fiscal_year or table.fiscal_year or known.fiscal_year
        found.append(Series(amount, carrier, site, meter, _unit(table, amount), fiscal_year, _money(table)))
    found = _without_parts(found, table, problems)
    if found:
        for kind in ("cost", "contract", "peak", "unit", "cost_unit", "tax", "estimated", "note"):
            _beside(table, kind, found, known)
    return [s for s in found if "?" not in {s.carrier, s.site, s.meter}]


def _without_parts(found: list[Series], table: Table, problems: Problems) -> list[Series]:
    """Return the series, a total in place of its parts (夜間・昼間); two of one kind without a total are named."""
    groups: dict[tuple[str, str, int | None], list[Series]] = {}
    for one in found:
        groups.setdefault((one.site, one.carrier, one.amount.heading.fiscal_year), []).append(one)
    kept = []
    for (_, carrier, _), same in groups.items():
        totals = [s for s in same if s.amount.heading.total]
        if len(same) == 1 or carrier == "?":
            kept += same
        elif len(totals) == 1:
            kept += totals
            # a part beside a blank total is named by its row
            totals[0].columns["quantity"] = [s.amount for s in same if s is not totals[0]]
        else:
            first, other = (s.amount for s in same[:2])
            problems.error(
                "two_amounts",
                f"使用量の欄が {first.cell.name}「{shown(first.text)}」と {other.cell.name}「{shown(other.text)}」の 2 つあり、"
                "どちらを取り込むか決められません。昼間と夜間のような内訳なら、足した欄を設けて「合計使用量」と書いてください。"
                "事業所ごとなら見出しに登録した事業所の名前を書き、メーターごとなら表を分けてください。",
                f"There are two amounts, {first.cell.name} {shown(first.text)!r} and {other.cell.name} {shown(other.text)!r}, and "
                "it is not clear which to take. Parts such as day and night need a total headed 合計使用量; for sites, "
                "write the registered site's name in each heading; for meters, make a table each.",
                table.grid.place(other.cell),
            )
    return sorted(kept, key=lambda s: s.amount.index)
