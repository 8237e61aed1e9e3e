"""bills.csv: one row for each amount on a bill, units as written; of one company, or of many with their ids."""

from __future__ import annotations

import csv
import gc
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from carbonlib.errors import Finding, Place, RecordError, shown
from carbonlib.records.bill_header import COMPANY, OPTIONAL, REQUIRED, header_problems, too_many_cells
from carbonlib.records.billchecks import overlaps, total_rows
from carbonlib.records.billcolumns import plain_columns, word
from carbonlib.records.billrow import BillRow, read_bill, unit_fits
from carbonlib.records.manybills import FIELDS, ManyBills
from carbonlib.records.model import Bill, Company
from carbonlib.records.reading.totalwords import says_sum
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace

__all__ = [
    "COMPANY",
    "OPTIONAL",
    "REQUIRED",
    "BillTable",
    "read_bill_columns",
    "read_bill_rows",
    "read_bill_table",
    "read_bills",
    "unit_fits",
]

_PIECE = 1 << 16  # characters; io.StringIO takes four bytes for each
_BLOCK = 512  # rows turned into columns at a time: few enough to stay in the processor's cache


@contextmanager
def _without_collection() -> Iterator[None]:
    # bills hold no cycles, and to look through all of them again with each block takes longer than reading them
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _lines_of(text: str) -> Iterator[str]:
    """Return the lines of a text as csv wants them, each with its end."""

    def pieces() -> Iterator[io.StringIO]:
        at = 0
        while at < len(text):
            end = text.find("\n", at + _PIECE) + 1 or len(text)
            yield io.StringIO(text[at:end], newline="")
            at = end

    return chain.from_iterable(pieces())


def read_bills(workspace: Workspace, company: Company) -> list[Bill]:
    """Return all bills of a company, in the order of its bills.csv.

    Raises
    ------
    RecordError
        With every cell that cannot be read, by line, and every overlap of two bills of one meter.
    """
    return read_bill_columns(workspace, company).bills()


def read_bill_columns(workspace: Workspace, company: Company) -> ManyBills:
    """Return all bills of a company by columns; the rest is as in `read_bills`."""
    path = workspace.company_folder(company.id) / "bills.csv"
    name = workspace.name_of(path)
    found, findings = read_bill_table(read_text(path, name), name, company)
    if findings:
        raise RecordError(findings)
    return found


def read_bill_rows(
    text: str, name: str, of: Company | Mapping[str, Collection[str]], *, listed_in: str = "company.yaml"
) -> tuple[list[tuple[str, Bill]], list[Finding]]:
    """Return the bills of a table, each with the id of its company, and all that is wrong in it.

    The rest is as in `read_bill_table`.
    """
    found, findings = read_bill_table(text, name, of, listed_in=listed_in)
    return list(zip(found.companies, found.bills(), strict=True)), findings


def read_bill_table(
    text: str, name: str, of: Company | Mapping[str, Collection[str]], *, listed_in: str = "company.yaml"
) -> tuple[ManyBills, list[Finding]]:
    """Return the bills of a table by columns, and all that is wrong in it.

    Parameters
    ----------
    text : str
        The file's text.
    name : str
        The file as messages name it.
    of : Company or mapping of str to collection of str
        The one company that the table is of; or the sites of each company by id, and the table has a column
        company_id.
    listed_in : str
        The file that lists the sites (and companies), for messages.

    Returns
    -------
    tuple of ManyBills and list of Finding
        Every row that can be read, in the order of the table; and the errors by line, every overlap of two bills of
        one meter among them.

    Raises
    ------
    RecordError
        Where the text is no CSV, or a column is missing, unknown or there twice.
    """
    reader = csv.reader(_lines_of(text), strict=True)
    records = ((reader.line_num, cells) for cells in reader if cells)
    bills = ManyBills(name)
    findings: list[Finding] = []
    try:
        header = [h.strip() for h in next(reader, [])]
        if wrong := header_problems(header, name, () if isinstance(of, Company) else (COMPANY,)):
            # the rows are looked through all the same: a quote that is not closed says more
            for _ in records:
                pass
            raise RecordError(wrong)
        table = BillTable(header, name, of, listed_in)
        with _without_collection():
            while block := list(islice(records, _BLOCK)):
                bills.add(*table.columns(block, findings))
            findings += overlaps(bills)
            findings += total_rows(table.totals, bills)
        bills.read_as_yen = table.read_as_yen
    except csv.Error:
        raise RecordError.of(
            "csv.syntax",
            ja='CSV として読めません。引用符（"）の閉じ忘れがないか確かめてください。',
            en="Not readable as CSV; check for a quote that is not closed.",
            place=Place(name),
        ) from None
    return bills, findings


class BillTable:
    """A table under reading: its header, and who has which sites; for callers whose rows are apart already."""

    def __init__(
        self,
        header: list[str],
        name: str,
        of: Company | Mapping[str, Collection[str]],
        listed_in: str,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.header, self.name, self.listed_in, self.names = header, name, listed_in, names
        self.named: dict[int, set[str]] = {}  # by line: columns whose problem the caller has named
        self.own = of.id if isinstance(of, Company) else None
        self.sites = {of.id: [s.id for s in of.sites]} if isinstance(of, Company) else of
        self.totals: list[tuple[str, BillRow]] = []
        self.at = header.index(COMPANY) if self.own is None else -1
        self.cost_at, self.scale_at = (
            header.index(name) if name in header else -1 for name in ("cost", "cost_unit")
        )
        self.read_as_yen: list[int] = []

    def read(self, block: list[tuple[int, list[str]]], findings: list[Finding]) -> list[tuple[str, Bill]]:
        """Return the bills of some rows with their companies; what is wrong goes to `findings`."""
        made = ManyBills(self.name)
        made.add(*self.columns(block, findings))
        findings += total_rows(self.totals, made)
        return list(zip(made.companies, made.bills(), strict=True))

    def columns(
        self, block: list[tuple[int, list[str]]], findings: list[Finding]
    ) -> tuple[list[str], Mapping[str, Sequence[Any]]]:
        """Return companies and columns of the rows that are bills; what is wrong goes to `findings`."""
        width = len(self.header)
        lines, rows = zip(*block, strict=True)
        long: set[int] = set()
        if set(map(len, rows)) != {width}:
            long = {i for i, cells in enumerate(rows) if len(cells) > width}
            # what is beyond the header is named below, and what is missing at the end is blank
            rows = tuple((cells + [""] * width)[:width] for cells in rows)
        self._note_yen(lines, rows)
        if self.own is not None:
            companies = [self.own] * len(rows)
        else:
            companies = list(map(word, map(itemgetter(self.at), rows)))
        columns, odd = plain_columns(self.header, rows, lines, companies, self.sites)
        if self.named:
            odd |= {i for i, line in enumerate(lines) if line in self.named}
        if not odd and not long:
            return companies, columns
        made = {name: list(values) for name, values in columns.items()}
        kept = []
        for i, line in enumerate(lines):
            place = Place(self.name, line)
            if i in long:
                findings.append(too_many_cells(place))
                continue
            if i in odd:
                bill = self._carefully(companies[i], rows[i], place, findings)
                if bill is None:
                    continue
                for name in FIELDS:
                    made[name][i] = line if name == "place" else getattr(bill, name)
            kept.append(i)
        return [companies[i] for i in kept], {n: [v[i] for i in kept] for n, v in made.items()}

    def _note_yen(self, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        """Keep the lines whose cost has no unit: the column's own unit is yen, and a file is told once that it was taken."""
        cost, scale = self.cost_at, self.scale_at
        if cost < 0 or (scale >= 0 and all(map(itemgetter(scale), rows))):
            return
        self.read_as_yen += [
            line
            for line, cells in zip(lines, rows, strict=True)
            if cells[cost].strip() and (scale < 0 or not cells[scale].strip())
        ]

    def _carefully(
        self, company_id: str, cells: Sequence[str], place: Place, findings: list[Finding]
    ) -> Bill | None:
        if not any(c.strip() for c in cells):
            return None
        named = self.named.get(place.line or 0, ())
        row = BillRow(dict(zip(self.header, cells, strict=True)), place, self.names, named)
        if any(says_sum(row.text(c)) for c in ("site_id", "meter_id", "start")):
            self.totals.append((company_id, row))  # named once all bills are known
            return None
        if company_id not in self.sites:
            row.problem(
                "bill.company",
                f"事業者「{shown(company_id)}」が {self.listed_in} にありません。id を確かめてください。",
                f"There is no company {shown(company_id)!r} in {self.listed_in}; check the id.",
            )
            findings += row.findings
            return None
        bill = read_bill(row, self.sites[company_id], self.listed_in)
        findings += row.findings
        return bill
