"""A CSV of one company: bills in columns of their own, and where those cannot be read, a table as workbooks have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from carbonlib.errors import Place
from carbonlib.records.csvfiles.long import LongBills
from carbonlib.records.csvfiles.table import CsvFile
from carbonlib.records.csvfiles.wide import WideBills
from carbonlib.records.model import Bill
from carbonlib.records.reading.known import Known
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.model import Form
from carbonlib.records.workbook.reading import Opened, read_energy

# what the other reading may find elsewhere; what contradicts itself, or is no amount, stays wrong
_OF_FORM = {
    *("carrier", "columns", "column_twice", "row_twice", "month", "no_year", "years_differ"),
    *("unit_missing", "missing", "quantity_blank"),
}
BillsReader = Callable[..., LongBills | WideBills]


class OneCompanyBills:
    """Bills of the company of the command; what is wrong is that of the columns of bills, unless the other reading has none.

    Parameters
    ----------
    file : CsvFile
        As it was opened.
    reader, at : class of bills and int
        The form that the row of the heading has.
    company_id : str
        Whose they are.
    fiscal_year : int or None
        That of the command.
    problems : Problems
        Of the file so far; takes those of the reading that holds.
    """

    def __init__(
        self,
        file: CsvFile,
        reader: BillsReader,
        at: int,
        *,
        company_id: str,
        fiscal_year: int | None,
        problems: Problems,
    ) -> None:
        self.file, self.company_id, self.fiscal_year, self.problems = file, company_id, fiscal_year, problems
        self.own = Problems(prefix="csv")
        self.table = reader(
            file.table(at, self.own), self.own, company_id=company_id, fiscal_year=fiscal_year
        )

    def companies(self) -> dict[str, Place]:
        """Return the company with the place of its table."""
        return {self.company_id: Place(self.file.name, self.table.table.header_line)}

    def read(self, known: Mapping[str, Known], listed_in: str) -> dict[str, list[Bill]]:
        """Return the bills, by the company.

        Parameters
        ----------
        known : mapping of str to Known
            Sites and meters of the company.
        listed_in : str
            Where the sites are listed, for messages.
        """
        bills = self.table.read(known, listed_in)
        wrong = {f.id.partition(".")[2] for f in self.own.found if f.severity == "error"}
        if wrong and wrong <= _OF_FORM and self.company_id in known:
            company = known[self.company_id]
            other = Problems(prefix="csv")
            opened = Opened(self.file.name, [self.file.grid], Form(), other)
            rows = read_energy(opened, Known(company.sites, company.meters, self.fiscal_year))
            if rows and not other.errors:
                self.problems.add(other.found)
                return {self.company_id: rows}
        self.problems.add(self.own.found)
        return bills
