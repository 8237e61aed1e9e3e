"""Bills in long form: one row a bill, of one company or of many with their ids."""

from __future__ import annotations

from collections.abc import Mapping

from carbonlib.errors import Finding, Place, shown
from carbonlib.fiscal_year import Month
from carbonlib.records.bills import COMPANY, OPTIONAL, REQUIRED, BillTable
from carbonlib.records.csvfiles.cells import (
    NO_ROWS,
    carrier_id,
    iso_day,
    of_electricity_alone,
    scaled_money,
    tax_word,
)
from carbonlib.records.csvfiles.companies import owner_of
from carbonlib.records.csvfiles.own_words import USUAL, in_own_words
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.csvfiles.totals import compare_totals, is_dash, is_total_row
from carbonlib.records.model import CHARGES, Bill
from carbonlib.records.reading.cells import money_text, words
from carbonlib.records.reading.charges import charge_text, is_price, say_assumed, scale_of, unit_unknown
from carbonlib.records.reading.columns import Head, head, left_out
from carbonlib.records.reading.known import Known, meter_for, site_of
from carbonlib.records.reading.months import YearlessMonth, read_month
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import spelled
from carbonlib.records.reading.years import years_of

_TEXTS = ("site_id", "meter_id", "note")


def is_long(header: list[str]) -> bool:
    """Return whether a heading is that of bills in long form."""
    columns = {head("bills", h.strip()).column for h in header}
    return "quantity" in columns and ({"start", "end"} <= columns or "month" in columns)


class LongBills:
    """A table in long form: first who is in it, then, once their sites are known, the bills."""

    def __init__(
        self,
        table: CsvTable,
        problems: Problems,
        *,
        company_id: str | None = None,
        fiscal_year: int | None = None,
    ) -> None:
        self.table, self.problems, self.fiscal_year = table, problems, fiscal_year
        self.heads = [head("bills", h) for h in table.header]
        self.columns: dict[str, int] = {}
        self.years: dict[int, Month] = {}
        self.without_month: set[int] = set()
        self._header()
        self._amount, self._cost = self._of("quantity"), self._of("cost")
        self.charges = [c for c in CHARGES if c in self.columns]
        self.is_total = [is_total_row(table, self.columns, r) for r in range(len(table.rows))]
        self.owners: list[str | None] = self._owners(company_id)

    def companies(self) -> dict[str, Place]:
        """Return the companies in the table, each with the place of its first row."""
        found: dict[str, Place] = {}
        for row, owner in enumerate(self.owners):
            if owner is not None:
                found.setdefault(owner, self.table.place(row))
        return found

    def _header(self) -> None:
        place = Place(self.table.name, self.table.header_line)
        for index, one in enumerate(self.heads):
            column = "" if one.column in CHARGES and is_price(one.text) else one.column
            if column in self.columns:
                self.problems.error(
                    "column_twice",
                    f"列「{shown(one.text)}」と同じ意味の列が 2 つあります。どちらかを消してください。",
                    f"Two columns mean the same as {shown(one.text)!r}; delete one.",
                    place,
                )
            elif column and column not in {"item", "company_name"}:
                self.columns[column] = index
            elif column != "company_name" and any(row[index].strip() for row in self.table.rows):
                left_out(one, self.problems, place)
        needed = [c for c in ("carrier", "quantity") if c not in self.columns]
        if needed:
            self.problems.error(
                "columns",
                f"列{''.join(f'「{USUAL[c]}」' for c in needed)}がありません。見出しを確かめてください。",
                f"The columns {', '.join(f'{USUAL[c]} ({c})' for c in needed)} are missing; check the heading.",
                place,
            )

    def _of(self, column: str) -> Head | None:
        return self.heads[self.columns[column]] if column in self.columns else None

    def _owners(self, wanted: str | None) -> list[str | None]:
        at = self.columns.get(COMPANY)
        owners: list[str | None] = []
        checked: dict[str, str | None] = {}
        for row, cells in enumerate(self.table.rows):
            if self.is_total[row]:
                owners.append(None)
                continue
            text = cells[at].strip() if at is not None else ""
            if text == "" and at is None:
                owners.append(wanted)
                continue
            if text not in checked or checked[text] is None:
                checked[text] = owner_of(text, wanted, self.table.place(row), self.problems)
            owners.append(checked[text])
        return owners

    def read(self, known: Mapping[str, Known], listed_in: str) -> dict[str, list[Bill]]:
        """Return the bills of each company.

        Parameters
        ----------
        known : mapping of str to Known
            Sites and meters of each company; rows of others are left to whoever named them.
        listed_in : str
            Where the sites are listed, for messages.
        """
        header = [COMPANY, *REQUIRED, *(c for c in OPTIONAL if c in self.columns)]
        for extra in ("tax", "cost_unit"):  # a heading may say them
            if extra not in header and "cost" in header:
                header.append(extra)
        self._years()
        block = []
        for row, owner in enumerate(self.owners):
            if owner is not None and owner in known:
                block.append((self.table.lines[row], self._cells(row, owner, known[owner], header)))
        sites = {c: list(k.sites) for c, k in known.items()}
        findings: list[Finding] = []
        bills: dict[str, list[Bill]] = {}
        if block and {"carrier", "quantity"} <= self.columns.keys():
            reader = BillTable(header, self.table.name, sites, listed_in)
            for company_id, bill in reader.read(block, findings):
                bills.setdefault(company_id, []).append(bill)
                if doubt := of_electricity_alone(bill):
                    findings.append(doubt)
        if not self.table.rows:
            self.problems.warning("no_rows", *NO_ROWS, Place(self.table.name, self.table.header_line))
        headings = {c: self.heads[i].text.strip() for c, i in self.columns.items()}
        self.problems.add(in_own_words(findings, headings, self.without_month))
        compare_totals(self.table, self.columns, self.is_total, self.problems)
        return bills

    def _years(self) -> None:
        """Find the years of months without one, by the order of each meter's rows."""
        if self.fiscal_year is None or "month" not in self.columns:
            return
        at = [self.columns[c] for c in ("site_id", "meter_id", "carrier") if c in self.columns]
        runs: dict[tuple[str | None, ...], dict[int, int]] = {}
        for row, cells in enumerate(self.table.rows):
            when = read_month(cells[self.columns["month"]], bare=True)
            if isinstance(when, YearlessMonth) and not self.is_total[row]:
                runs.setdefault((self.owners[row], *(cells[i].strip() for i in at)), {})[row] = when.month
        for months in runs.values():
            place = self.table.place(next(iter(months)))
            self.years |= years_of(months, self.fiscal_year, self.problems, place)

    def _cells(self, row: int, owner: str, known: Known, header: list[str]) -> list[str]:
        cells = self.table.rows[row]
        got = {c: cells[i].strip() for c, i in self.columns.items()}
        for column in _TEXTS:
            if (text := got.get(column)) and not (text.isascii() and text.isalnum()):
                got[column] = self._text(row, column)
        got[COMPANY] = owner
        site = got.get("site_id", "")
        if site not in known.sites:
            only = next(iter(known.sites)) if not site and len(known.sites) == 1 else ""
            got["site_id"] = only or (site_of(site, known) if site else "") or site
        got["carrier"] = carrier_id(got.get("carrier", ""))
        if not got.get("meter_id"):
            got["meter_id"] = meter_for(got["site_id"], got["carrier"], known) or ""
            if not got["meter_id"]:
                self.problems.error(
                    "meter",
                    "メーターが複数あり、どれの請求か分かりません。メーター名（meter_id）を書いてください。",
                    "There are several meters; write the meter_id.",
                    self.table.place(row),
                )
        self._period(row, got)
        self._units(got)
        if self.charges:
            self._charges(row, got)
        return [got.get(c, "") for c in header]

    def _text(self, row: int, column: str) -> str:
        cell = self.table.grid.cell(row, self.columns[column])
        return words(self.table.grid, cell, self.problems)

    def _units(self, got: dict[str, str]) -> None:
        amount, cost = self._amount, self._cost
        if is_dash(got.get("quantity", "")):
            got["quantity"] = ""
        unit = got.get("unit", "")
        got["unit"] = unit or (amount.unit if amount else "")
        if unit and amount and amount.unit and spelled(unit) != amount.unit:
            got["unit"] = f"{unit}・{amount.unit}"  # contradict each other: refused as a unit
        if cost and is_dash(got.get("cost", "")):
            got["cost"] = ""
        if cost and got.get("cost"):
            got["cost"], yen = scaled_money(got["cost"])
            stated = [u for u in (got.get("cost_unit", ""), cost.money, yen) if u]
            got["cost_unit"] = "・".join(dict.fromkeys(stated))  # two that differ are refused as a unit
            got["tax"] = tax_word(got.get("tax", "")) or cost.tax

    def _charges(self, row: int, got: dict[str, str]) -> None:
        """Write the lines of a bill as bills.csv has them; one whose unit nobody can tell is named."""
        money = got.get("cost_unit", "") or (self._cost.money if self._cost else "")
        for column in self.charges:
            text, yen = money_text(got[column]) if column.endswith("_jpy") else (got[column], "")
            if not text or is_dash(text):
                got[column] = ""
                continue
            one = self.heads[self.columns[column]]
            scale = scale_of(column, one, got["unit"] if column.endswith("_kwh") else yen or money)
            if scale is None or (yen and scale != 1):
                self.problems.error("charge_unit", *unit_unknown(column, one), self.table.place(row))
                got[column] = ""
            else:
                got[column] = charge_text(text, scale)
                if not yen:
                    place = Place(self.table.name, self.table.header_line)
                    say_assumed(column, one, self.problems, place)

    def _period(self, row: int, got: dict[str, str]) -> None:
        if got.get("start") or got.get("end") or "month" not in self.columns:
            got["start"], got["end"] = iso_day(got.get("start", "")), iso_day(got.get("end", ""))
            return
        when = read_month(got["month"], bare=True)
        if isinstance(when, YearlessMonth):
            when = self.years.get(row)
        if isinstance(when, Month):
            got["start"], got["end"] = when.first_day.isoformat(), when.last_day.isoformat()
        else:
            # the reader of rows names it as a date that it cannot read
            self.without_month.add(self.table.lines[row])
            got["start"] = got["end"] = got["month"]
