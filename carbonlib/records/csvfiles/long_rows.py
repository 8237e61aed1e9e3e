"""One row of bills in long form: its cells as bills.csv writes them, in the units and years that the table says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carbonlib.errors import Place, shown
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Month
from carbonlib.records.billrow import COST_UNITS, ESTIMATED, READING_WORDS, TAXES
from carbonlib.records.csvfiles.cells import carrier_id, iso_day, tax_word
from carbonlib.records.csvfiles.periods import (
    When,
    days_of,
    end_of,
    is_iso,
    month_of,
    span_of,
    year_beside,
    years_of_rows,
)
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.model import CHARGES, TIME_BANDS
from carbonlib.records.reading.carriernames import carrier_unreadable
from carbonlib.records.reading.cells import estimated, is_nothing, number, words
from carbonlib.records.reading.charges import charge_text, say_assumed, scale_of, unit_unknown
from carbonlib.records.reading.columns import Head, taxes_contradict
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.known import Known, meter_for, site_of
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import spelled

_TEXTS = ("site_id", "meter_id", "note")
POWERS = ("contract_demand_kw", "peak_demand_kw")


class LongRows:
    """Reads the rows of one table; what it names itself stands in `named` by line, for the reader of bills.csv."""

    def __init__(
        self,
        table: CsvTable,
        heads: Sequence[Head],
        columns: Mapping[str, int],
        problems: Problems,
        fiscal_year: int | None,
    ) -> None:
        self.table, self.heads, self.columns, self.problems = table, heads, columns, problems
        self.fiscal_year = fiscal_year
        self.grid = table.grid
        self.named: dict[int, set[str]] = {}
        self.years: dict[int, int] = {}  # by row: that in which a period without years ends
        self.without_unit: list[Place] = []  # rows whose cost has none

    def name(self, row: int, columns: Sequence[str], id: str, ja: str, en: str) -> None:
        """Add an error of a row, and keep of which columns it is."""
        self.problems.error(id, ja, en, self.table.place(row))
        self.named.setdefault(self.table.lines[row], set()).update(columns)

    def raw(self, row: int, column: str) -> str:
        """Return a cell as it is written, empty where there is no such column."""
        return self.table.rows[row][self.columns[column]].strip() if column in self.columns else ""

    def find_years(self, owners: Sequence[str | None]) -> None:
        """Find the years of periods without one, by the order of each meter's rows; rows without an owner do not count."""
        keys = [c for c in ("site_id", "meter_id", "carrier") if c in self.columns]
        ends: dict[int, tuple[tuple[str, ...], Month | int]] = {}
        for row, owner in enumerate(owners):
            end = end_of(self._when(row)) if owner is not None else None
            if owner is None or end is None:
                continue
            if isinstance(end, int) and (
                year := year_beside(self.raw(row, "year"), end, self._head("year").text)
            ):
                self.years[row] = year
            else:
                ends[row] = (owner, *(self.raw(row, c) for c in keys)), end
        found, refused = years_of_rows(ends, self.fiscal_year, self.table, self.problems)
        self.years |= found
        for row in refused:
            self.named.setdefault(self.table.lines[row], set()).update(("start", "end"))

    def cells(self, row: int, owner: str, known: Known) -> dict[str, str]:
        """Return the cells of a row by the columns of bills.csv; what cannot be read stays as it was, for the error about it."""
        got = {c: self.table.rows[row][i].strip() for c, i in self.columns.items()}
        for column in _TEXTS:
            if (text := got.get(column)) and not (text.isascii() and text.isalnum()):
                got[column] = self._text(row, column)
        got["company_id"] = owner
        self._who(row, got, known)
        self._period(row, got)
        self._amount(row, got)
        if got.get("cost"):
            self._cost(row, got)
        self._tax(row, got)
        if got.get("estimated", "") not in ESTIMATED:
            trial = Problems()
            reading = estimated(self.grid, [self._cell(row, "estimated")], trial)
            got["estimated"] = got["estimated"] if trial.errors else READING_WORDS[reading]
        for column in POWERS:
            if got.get(column):
                self._power(row, column, got)
        for column in CHARGES:
            if got.get(column):
                self._charge(row, column, got)
        return got

    def say_yen(self) -> None:
        """Say once that costs have no unit and were read as yen."""
        if not self.without_unit:
            return
        name = shown(self._head("cost").text)
        first = self.without_unit[0]
        lines = cells_listed(self.without_unit)
        which, which_en = f"（{lines} 行目）", f" (lines {lines})"
        if "cost_unit" not in self.columns:
            first, which, which_en = Place(self.table.name, self.table.header_line), "", ""
        self.problems.warning(
            "cost_unit_assumed",
            f"「{name}」に単位がないので、円として読みました{which}。",
            f"{name!r} has no unit and was read as yen{which_en}.",
            first,
        )

    def _head(self, column: str) -> Head:
        return self.heads[self.columns[column]] if column in self.columns else Head("")

    def _cell(self, row: int, column: str) -> Cell:
        return self.grid.cell(row, self.columns[column])

    def _text(self, row: int, column: str) -> str:
        before = self.problems.errors
        text = words(self.grid, self._cell(row, column), self.problems)
        if self.problems.errors > before:
            self.named.setdefault(self.table.lines[row], set()).add(column)
        return text

    def _number(self, row: int, column: str) -> tuple[str, str]:
        """Return a cell's number and the unit behind it; a dash is a blank."""
        text = self.raw(row, column)
        if text.isascii() and text.replace(",", "").replace(".", "").isdigit():
            return text, ""
        cell = self._cell(row, column)
        if is_nothing(cell):
            return "", ""
        found = number(self.grid, cell, Problems())
        return (f"{found.value:f}", found.unit) if found else (text, "")

    def _who(self, row: int, got: dict[str, str], known: Known) -> None:
        site = got.get("site_id", "")
        if site not in known.sites:
            only = next(iter(known.sites)) if not site and len(known.sites) == 1 else ""
            got["site_id"] = site = only or (site_of(site, known) if site else "") or site
        text = got.get("carrier", "")
        got["carrier"] = carrier_id(text)
        if got["carrier"] not in carriers():
            said = carrier_unreadable(text)
            self.name(row, ("carrier", "meter_id"), "carrier", said.ja, said.en)
        elif not got.get("meter_id"):
            got["meter_id"] = meter_for(site, got["carrier"], known) or ""
            if not got["meter_id"]:
                self.name(
                    row,
                    ("meter_id",),
                    "meter",
                    "メーターが複数あり、どれの請求か分かりません。メーター名（meter_id）を書いてください。",
                    "There are several meters; write the meter_id.",
                )

    def _amount(self, row: int, got: dict[str, str]) -> None:
        got["quantity"], in_cell = self._number(row, "quantity")
        stated = [u for u in (got.get("unit", ""), self._head("quantity").unit, in_cell) if u]
        got["unit"] = stated[0] if stated else ""
        if len(differ := _apart(stated)) > 1:
            self._contradict(row, "unit", differ)

    def _cost(self, row: int, got: dict[str, str]) -> None:
        got["cost"], in_cell = self._number(row, "cost")
        stated = [u for u in (got.get("cost_unit", ""), self._head("cost").money, in_cell) if u]
        stated = stated or list(filter(None, [self.table.money_above]))
        got["cost_unit"] = stated[0] if stated else ""
        if len(differ := _apart(stated)) > 1:
            self._contradict(row, "cost_unit", differ)
        elif stated and (usual := plain(stated[0])) in COST_UNITS:
            got["cost_unit"] = usual
        elif not stated and got["cost"]:
            self.without_unit.append(self.table.place(row))

    def _tax(self, row: int, got: dict[str, str]) -> None:
        own, headed = tax_word(got.get("tax", "")), self._head("cost").tax
        got["tax"] = own or headed or self.table.tax_above
        if headed and TAXES.get(own, "unknown") not in {"unknown", TAXES[headed]}:
            self.name(row, ("tax",), "tax_contradicts", *taxes_contradict(headed, own))

    def _contradict(self, row: int, column: str, units: Sequence[str]) -> None:
        self.name(
            row,
            (column,),
            "unit_contradicts",
            f"単位が {'・'.join(map(shown, units))} と食い違っています。どれか 1 つにしてください。",
            f"The units {', '.join(map(shown, units))} contradict each other; keep one.",
        )

    def _power(self, row: int, column: str, got: dict[str, str]) -> None:
        got[column], unit = self._number(row, column)
        if plain(unit) not in {"", "kw"}:
            self.name(
                row,
                (column,),
                "power",
                f"「{shown(self.raw(row, column))}」は kW の正の数で書いてください。",
                f"{shown(self.raw(row, column))!r} must be a positive number of kW.",
            )

    def _charge(self, row: int, column: str, got: dict[str, str]) -> None:
        """Write a line of a bill as bills.csv has it; one whose unit nobody can tell is named."""
        text, unit = self._number(row, column)
        one, band = self._head(column), column in TIME_BANDS
        stated = [u for u in (one.unit if band else one.money, unit) if u]
        if not text:
            got[column] = ""
            return
        if column != "power_factor_percent" and len(differ := _apart(stated)) > 1:
            self._contradict(row, column, differ)
            return
        beside = got.get("unit", "") if band else got.get("cost_unit", "") or self._head("cost").money
        said = Head(one.text, column, one.unit, one.money)
        if unit:
            said = Head(one.text, column, unit if band else one.unit, one.money if band else unit)
        scale = scale_of(column, said, beside)
        if scale is None or (unit and not _fits(column, said, unit)):
            self.name(row, (column,), "charge_unit", *unit_unknown(column, one))
            return
        got[column] = charge_text(text, scale)
        if not unit:
            say_assumed(column, one, self.problems, Place(self.table.name, self.table.header_line))

    def _when(self, row: int) -> When | None:
        """Return the period of a row as its cells write it, None where they are blank or cannot be read."""
        start, end = self.raw(row, "start"), self.raw(row, "end")
        if start or end:
            return span_of(start, end)
        return month_of(self.raw(row, "month")) if "month" in self.columns else None

    def _period(self, row: int, got: dict[str, str]) -> None:
        if {"start", "end"} <= self.named.get(self.table.lines[row], set()):
            return  # its years are named already
        days = got.get("start") or got.get("end") or "month" not in self.columns
        if days:
            got["start"], got["end"] = iso_day(got.get("start", "")), iso_day(got.get("end", ""))
            if is_iso(got["start"]) and is_iso(got["end"]):
                return
        when = self._when(row)
        if when is None and days:
            return  # the reader of rows says which is no day
        text = got["month"] if not days else f"{got['start']}〜{got['end']}"
        if when is None:
            name = shown(self._head("month").text)
            self.name(
                row,
                ("start", "end"),
                "month",
                f"列「{name}」の「{shown(text)}」は年月として読めません。2025-04 のように書いてください。",
                f"In the column {name!r}, {shown(text)!r} is no month; write it as in 2025-04.",
            )
            return
        try:
            found = days_of(when, self.years.get(row))
        except ValueError:  # the reader of rows says that it is no day
            got["start"], got["end"] = (text, text) if not days else (got["start"], got["end"])
            return
        if found is None:
            self.name(
                row,
                ("start", "end"),
                "no_year",
                f"「{shown(text)}」が何年か分かりません。--fiscal-year 2025 のように年度を指定するか、2025-04 のように年も書いてください。",
                f"The year of {shown(text)!r} is not known; give --fiscal-year 2025, or write the year too, as in 2025-04.",
            )
            return
        got["start"], got["end"] = (d.isoformat() for d in found)


def _apart(stated: Sequence[str]) -> list[str]:
    """Return units, each once however it is spelled."""
    if len(set(stated)) < 2:
        return list(stated[:1])
    return list(dict.fromkeys(map(spelled, stated)))


def _fits(column: str, said: Head, unit: str) -> bool:
    """Return whether the unit behind a line's figure is one of its kind; a heading of bills.csv itself states the unit."""
    kind = "%" if column == "power_factor_percent" else "kwh" if column in TIME_BANDS else "円"
    own = plain(said.text) == column
    return plain(unit) == kind if own or kind == "%" else kind != "円" or plain(unit) in COST_UNITS
