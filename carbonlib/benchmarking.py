"""The benchmarks of a city's year, composed from the accounts of its companies."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlib.bookkeeping import company_accounts
from carbonlib.city.benchmarks import LEAST, benchmarks_of
from carbonlib.errors import CarbonlibError
from carbonlib.factors import programme as programme_named
from carbonlib.records.benchmarks import Benchmark
from carbonlib.records.registered import by_fiscal_year
from carbonlib.records.workspace import Workspace


@dataclass(frozen=True)
class CityBenchmarks:
    """The rows to freeze, and how many companies they were made from.

    `left_out` could not be read, `other_months` are reported for twelve months that are no fiscal year.
    """

    rows: tuple[Benchmark, ...]
    companies: int
    left_out: int
    other_months: int = 0


def city_benchmarks(
    home: Workspace, fiscal_year: int, programmes: tuple[str, ...], *, suppress_below: int = LEAST
) -> CityBenchmarks:
    """Return the benchmarks of the companies that have a report file for the year.

    Made-up companies count only where there are no others; a company that somebody else published never does.

    Parameters
    ----------
    home : Workspace
        With companies and bills.
    fiscal_year : int
        Of the accounts.
    programmes : tuple of str
        Each gives rows of its own, for intensities of different factors do not compare.
    suppress_below : int
        Groups of fewer companies are suppressed.

    Raises
    ------
    CarbonlibError
        Where a programme is not known.
    """
    rows: list[Benchmark] = []
    counted = left_out = 0
    ids, others = by_fiscal_year(home, fiscal_year)
    for name in programmes:
        rules = programme_named(name, among=home.programmes)
        found, left_out = [], 0
        for company_id in ids:
            try:
                records, accounts = company_accounts(home, company_id, rules, (fiscal_year,))
            except CarbonlibError:
                left_out += 1
                continue
            if fiscal_year in accounts and not records.company.source:
                found.append((records.company, accounts[fiscal_year]))
        real = [(c, a) for c, a in found if not c.sample]
        used = real or found
        counted = len(used)
        rows += benchmarks_of(used, name, suppress_below)
    return CityBenchmarks(tuple(rows), counted, left_out, others)
