"""Bills in long form: one row a bill, of one company or of many with their ids."""

from __future__ import annotations

from collections.abc import Mapping

from carbonlib.errors import Finding, Place, shown
from carbonlib.records.bills import COMPANY, OPTIONAL, REQUIRED, BillTable
from carbonlib.records.csvfiles.cells import NO_ROWS, of_electricity_alone
from carbonlib.records.csvfiles.companies import owner_of
from carbonlib.records.csvfiles.long_rows import POWERS, LongRows
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.csvfiles.totals import compare_totals, is_total_row
from carbonlib.records.model import CHARGES, Bill
from carbonlib.records.reading.charges import is_price, name_power
from carbonlib.records.reading.columns import head, left_out
from carbonlib.records.reading.known import Known
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import heading

# what a heading is called where the file has none of the kind
USUAL = {
    "carrier": "エネルギー種別",
    "meter_id": "メーター",
    "start": "開始日",
    "end": "終了日",
    "quantity": "使用量",
    "unit": "単位",
    "cost_unit": "料金の単位",
    "tax": "税",
}


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
        self.table, self.problems = table, problems
        self.fiscal_year = table.fiscal_year or fiscal_year
        self.heads = [head("bills", h) for h in table.header]
        self.columns: dict[str, int] = {}
        self._header()
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
            if not column and heading(one.text).kind == "year":
                column = "year"
            if column in self.columns:
                self.problems.error(
                    "column_twice",
                    f"列「{shown(one.text)}」と同じ意味の列が 2 つあります。どちらかを消してください。",
                    f"Two columns mean the same as {shown(one.text)!r}; delete one.",
                    place,
                )
            elif column and column not in {"item", "company_name"}:
                self.columns[column] = index
                if column in POWERS:
                    name_power(one, self.problems, place)
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
        header += [
            c for c in ("tax", "cost_unit") if c not in header and "cost" in header
        ]  # cells may say them
        rows = LongRows(self.table, self.heads, self.columns, self.problems, self.fiscal_year)
        rows.find_years(self.owners)
        block = []
        for row, owner in enumerate(self.owners):
            if owner is not None and owner in known:
                cells = rows.cells(row, owner, known[owner])
                block.append((self.table.lines[row], [cells.get(c, "") for c in header]))
        rows.say_yen()
        findings: list[Finding] = []
        bills: dict[str, list[Bill]] = {}
        if block and {"carrier", "quantity"} <= self.columns.keys():
            sites = {c: list(k.sites) for c, k in known.items()}
            names = USUAL | {c: self.heads[i].text.strip() for c, i in self.columns.items()}
            reader = BillTable(header, self.table.name, sites, listed_in, names)
            reader.named = rows.named
            for company_id, bill in reader.read(block, findings):
                bills.setdefault(company_id, []).append(bill)
                if doubt := of_electricity_alone(bill):
                    findings.append(doubt)
        if not self.table.rows:
            self.problems.warning("no_rows", *NO_ROWS, Place(self.table.name, self.table.header_line))
        self.problems.add(findings)
        compare_totals(self.table, self.columns, self.is_total, self.problems)
        return bills
