"""The period that a report is of, as its parameters write it."""

from __future__ import annotations

import re

from carbonlib.errors import RecordError, shown
from carbonlib.fiscal_year import Month, Period, period_of

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


def period_beginning(
    fiscal_year: int | None, first_month: object = None, *, called: str = "period_from"
) -> Period:
    """Return the twelve months that a report is of.

    Parameters
    ----------
    fiscal_year : int, optional
        In which they begin; with a first month it may be left out.
    first_month : str, optional
        2024-10 for October 2024 to September 2025; April of the fiscal year unless given.
    called : str
        What messages call the first month: the entry of a report, or the option of a command.

    Raises
    ------
    RecordError
        Where the month cannot be read, or does not lie in the fiscal year.

    >>> str(period_beginning(2024, "2025-01").months[-1])
    '2025-12'
    """
    if first_month is None:
        assert fiscal_year is not None, "either of the two names the months"
        return period_of(fiscal_year)
    found = _MONTH.fullmatch(first_month) if isinstance(first_month, str) else None
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        written = shown(str(first_month))
        example = "2024-10" if called.startswith("--") else '"2024-10"'  # YAML has it in quotes
        raise RecordError.of(
            "report.period_from",
            ja=f"{called}「{written}」は、12か月の最初の月を {example} のように書いてください。",
            en=f"Write {called} as the first of the twelve months, as in {example}, not {written!r}.",
        )
    period = Period(Month(int(found[1]), int(found[2])))
    if fiscal_year not in {None, period.fiscal_year} and called.startswith("--"):
        raise RecordError.of(
            "report.period_year",
            ja=f"{called} の {period.first} は{period.fiscal_year}年度の月ですが、--year は {fiscal_year} です。--year を消すか、"
            f"{period.fiscal_year} にしてください。",
            en=f"{called} {period.first} lies in FY{period.fiscal_year}, but --year is {fiscal_year}; leave --year out or make it "
            f"{period.fiscal_year}.",
        )
    if fiscal_year not in {None, period.fiscal_year}:
        raise RecordError.of(
            "report.period_year",
            ja=f"period_from の {period.first} は{period.fiscal_year}年度の月ですが、fiscal_year は {fiscal_year} です。fiscal_year を "
            f"{period.fiscal_year} にして、その年度のフォルダに置くか、period_from を直してください。",
            en=f"period_from {period.first} lies in FY{period.fiscal_year}, but fiscal_year is {fiscal_year}; make "
            f"fiscal_year {period.fiscal_year} and put the file into that year's folder, or mend period_from.",
        )
    return period
