"""Bills in wide form: months as columns, one row an amount or a cost of one meter."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from carbonlib.errors import Place, shown
from carbonlib.factors import carriers
from carbonlib.records.billrow import COST_UNITS, TAXES
from carbonlib.records.bills import COMPANY
from carbonlib.records.csvfiles.cells import NO_ROWS, carrier_id, of_electricity_alone
from carbonlib.records.csvfiles.companies import owner_of
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.csvfiles.totals import is_total_row
from carbonlib.records.csvfiles.wide_header import read_header
from carbonlib.records.csvfiles.wide_rows import WideRow, WideRows
from carbonlib.records.csvfiles.wide_totals import compare_wide_totals
from carbonlib.records.model import CHARGES, Bill, Tax
from carbonlib.records.reading.carriernames import carrier_unreadable
from carbonlib.records.reading.charges import say_assumed, scale_of, unit_unknown
from carbonlib.records.reading.columns import Head
from carbonlib.records.reading.known import Known, meter_for, site_of
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems

Meter = tuple[str, str, str]


class WideBills:
    """A table in wide form: first who is in it, then, once their sites are known, the bills."""

    def __init__(
        self,
        table: CsvTable,
        problems: Problems,
        *,
        company_id: str | None = None,
        fiscal_year: int | None = None,
    ) -> None:
        self.table, self.problems = table, problems
        self.columns, self.months, self.sums = read_header(table, fiscal_year, problems)
        self.rows = WideRows(table, self.columns, self.months, problems)
        self.is_total = [is_total_row(table, self.columns, r) for r in range(len(table.rows))]
        self.owners = [self._owner(row, company_id) for row in range(len(table.rows))]

    def companies(self) -> dict[str, Place]:
        """Return the companies in the table, each with the place of its first row."""
        found: dict[str, Place] = {}
        for row, owner in enumerate(self.owners):
            if owner is not None:
                found.setdefault(owner, self.table.place(row))
        return found

    def _owner(self, row: int, wanted: str | None) -> str | None:
        if self.is_total[row]:
            return None
        if COMPANY not in self.columns:
            return wanted
        return owner_of(self.rows.raw(row, COMPANY), wanted, self.table.place(row), self.problems)

    def read(self, known: Mapping[str, Known], listed_in: str) -> dict[str, list[Bill]]:
        """Return the bills of each company.

        Parameters
        ----------
        known : mapping of str to Known
            Sites and meters of each company; rows of others are left to whoever named them.
        listed_in : str
            Where the sites are listed, for messages.
        """
        groups: dict[tuple[str, Meter], dict[str, WideRow]] = {}
        readable: dict[int, WideRow] = {}
        for row, owner in enumerate(self.owners):
            if self.is_total[row]:
                readable[row] = self.rows.values(WideRow(row, "", self.rows.raw(row, "unit")), Problems())
                continue
            if owner is None or owner not in known:
                continue
            meter = self._meter(row, known[owner], listed_in)
            one = self.rows.read(row, meter[2] if meter else "")
            if one is None:
                continue
            readable[row] = self.rows.values(one, self.problems)
            if meter is None:
                continue
            group = groups.setdefault((owner, meter), {})
            if one.kind in group:
                self.rows.error(
                    row,
                    "row_twice",
                    f"同じメーターの同じ種類の行が {self.table.lines[group[one.kind].row]} 行目にもあります。どちらかを消すか、"
                    "meter_id で分けてください。",
                    f"The same meter has the same kind of row on line {self.table.lines[group[one.kind].row]}; delete one or "
                    "tell the meters apart by meter_id.",
                )
                continue
            group[one.kind] = one
        bills: dict[str, list[Bill]] = {}
        for (owner, meter), rows in groups.items():
            made = self._bills(meter, rows)
            self.problems.add(found for b in made if (found := of_electricity_alone(b)))
            bills.setdefault(owner, []).extend(made)
        if not self.table.rows:
            self.problems.warning("no_rows", *NO_ROWS, Place(self.table.name, self.table.header_line))
        sums = {index: said.text for index, said in self.sums.items()}
        compare_wide_totals(self.rows, readable, sums, self.is_total)
        return bills

    def _meter(self, row: int, known: Known, listed_in: str) -> Meter | None:
        before = self.problems.errors
        site = self.rows.raw(row, "site_id")
        found = site if site in known.sites else site_of(site, known) if site else ""
        if not site and len(known.sites) == 1:
            found = next(iter(known.sites))
        if not found:
            names = "・".join(known.sites)
            self.rows.error(
                row,
                "site",
                f"事業所「{shown(site)}」が {listed_in} にありません。{names} のどれかです。",
                f"There is no site {shown(site)!r} in {listed_in}; there are {names}.",
            )
        text = self.rows.raw(row, "carrier")
        carrier = carrier_id(text)
        if carrier not in carriers():
            said = carrier_unreadable(text)
            self.rows.error(row, "carrier", said.ja, said.en)
        meter = self.rows.text(row, "meter_id")
        if found and carrier in carriers() and not meter:
            meter = meter_for(found, carrier, known) or ""
            if not meter:
                self.rows.error(
                    row,
                    "meter",
                    "メーターが複数あり、どれの請求か分かりません。meter_id を書いてください。",
                    "There are several meters; write the meter_id.",
                )
        return (found, meter, carrier) if self.problems.errors == before else None

    def _charges(self, rows: Mapping[str, WideRow], unit: str, money: str) -> dict[str, Decimal]:
        """Return what the values of each line of the bill are multiplied by; a unit that nobody can tell is named."""
        found: dict[str, Decimal] = {}
        for column in CHARGES:
            if (one := rows.get(column)) is None:
                continue
            kwh = column.endswith("_kwh")
            said = Head(one.item, column, one.unit if kwh else "", "" if kwh else one.unit)
            scale = scale_of(column, said, unit if kwh else money)
            if scale is None:
                self.problems.error("charge_unit", *unit_unknown(column, said), self.table.place(one.row))
            else:
                found[column] = scale
                if one.values:
                    say_assumed(column, said, self.problems, self.table.place(one.row))
        return found

    def _contract(self, rows: Mapping[str, WideRow]) -> Decimal | None:
        """Return the contract demand that stands beside the rows of a meter; two that differ are named."""
        found = {v: one.row for one in rows.values() if (v := self.rows.contract(one.row)) is not None}
        own = rows.get("contract_demand_kw")
        if len(found) > 1 or (found and own):
            self.rows.error(
                max(found.values()),
                "contract_contradicts",
                "契約電力が 2 か所に書かれています。月ごとに違うときは「項目」が契約電力の行だけに、同じときは列だけに書いてください。",
                "The contract demand stands in two places; write it in a row of its own where it differs by month, else in its "
                "column alone.",
            )
        return next(iter(found), None)

    def _bills(self, meter: Meter, rows: Mapping[str, WideRow]) -> list[Bill]:
        amounts = rows.get("quantity")
        if amounts is None:
            first = next(iter(rows.values()))
            self.rows.error(
                first.row,
                "no_amount",
                "使用量の行がなく料金などの行だけです。使用量の行を足してください。",
                "There is a row of costs or demand and none of amounts; add it.",
            )
            return []
        cost = rows.get("cost")
        charges = self._charges(rows, amounts.unit, cost.unit if cost else "")
        contract, reading = self._contract(rows), self.rows.estimated([r.row for r in rows.values()])
        made = []
        for month in self.months.values():
            beside = {k: r.values[month] for k, r in rows.items() if month in r.values and k != "quantity"}
            if month not in amounts.values:
                if any(beside.values()):
                    self.rows.error(
                        amounts.row,
                        "no_amount",
                        f"{month} の使用量が空欄で、料金などだけがあります。使用量を書くか、使用がなければ 0 を書いてください。",
                        f"The amount of {month} is blank beside a cost or demand; write the amount, or 0 for no use.",
                    )
                continue
            tax: Tax = TAXES[cost.tax] if cost and "cost" in beside else "unknown"
            made.append(
                Bill(
                    *meter,
                    month.first_day,
                    month.last_day,
                    amounts.values[month],
                    amounts.unit,
                    beside["cost"] * COST_UNITS[plain(cost.unit)] if cost and "cost" in beside else None,
                    tax,
                    beside.get("contract_demand_kw", contract),
                    beside.get("peak_demand_kw"),
                    reading,
                    place=self.table.place(amounts.row),
                    charges={c: beside[c] * scale for c, scale in charges.items() if c in beside},
                    note=amounts.note,
                )
            )
        if not made:
            self.problems.warning(
                "row_empty",
                "どの月も空欄なので、この行からは何も取り込みません。",
                "All months are blank; nothing comes from this row.",
                self.table.place(amounts.row),
            )
        return made
