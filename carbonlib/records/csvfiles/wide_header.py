"""The heading of bills with months as columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carbonlib.errors import Place, shown
from carbonlib.fiscal_year import Month
from carbonlib.records.bill_header import COMPANY
from carbonlib.records.billrow import year_far
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.reading.charges import name_power
from carbonlib.records.reading.columns import Head, head
from carbonlib.records.reading.months import Span, Unsure, YearlessMonth, calendar_year, fiscal_year_in
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.totalwords import says_total
from carbonlib.records.reading.words import heading
from carbonlib.records.reading.years import years_of_headings

_FEWEST_MONTHS = 2
_BY_EXCEL = re.compile(r"[A-Za-z]{3}-\d\d|\d\d-[A-Za-z]{3}")
# what a row of months may have beside them
_BESIDE = {
    *(COMPANY, "site_id", "meter_id", "carrier", "item", "unit", "cost_unit", "tax", "note"),
    *("contract_demand_kw", "estimated"),
}


def is_wide(header: list[str]) -> bool:
    """Return whether a heading is that of bills with months as columns."""
    heads = [head("bills", h.strip()) for h in header]
    return (
        sum(h.month is not None or bool(_BY_EXCEL.fullmatch(h.text)) for h in heads) >= _FEWEST_MONTHS
        and not any(h.column in {"quantity", "start", "end"} for h in heads)
        and any(h.column in {"carrier", "unit", COMPANY} for h in heads)
    )


def read_header(
    table: CsvTable, fiscal_year: int | None, problems: Problems
) -> tuple[dict[str, int], dict[int, Month], dict[int, Head]]:
    """Return where the columns stand, the months and the totals by their column; what cannot be told is named.

    Parameters
    ----------
    table : CsvTable
        With months as columns.
    fiscal_year : int or None
        That of the command, for months without a year where the table itself says none.
    problems : Problems
        Takes months that cannot be read, columns that stand twice, and columns whose values are not taken in.
    """
    columns: dict[str, int] = {}
    months: dict[int, Month] = {}
    sums: dict[int, Head] = {}
    place = Place(table.name, table.header_line)
    taken: set[str] = set()
    heads = [head("bills", text) for text in table.header]
    of_years = _year_column(table, heads)
    stated = _years_stated(table, of_years)
    if (len(stated) > 1 or None in stated) and any(isinstance(h.month, YearlessMonth) for h in heads):
        _years_differ(table, heads[of_years].text if of_years is not None else "", problems)
        years = {}
    else:
        years = years_of_headings(heads, next(iter(stated), fiscal_year), problems, place)
    for index, (text, one) in enumerate(zip(table.header, heads, strict=True)):
        when = one.month
        if isinstance(when, YearlessMonth):
            if index not in years:
                continue
            when = years[index]
        if isinstance(when, Span | Unsure) or _BY_EXCEL.fullmatch(text):
            problems.error(
                "month",
                f"見出し「{shown(text)}」は月として読めません（Excel が Apr-25 のように変えることがあります）。2025-04・2025年4月 のように"
                "書いてください。",
                f"The heading {shown(text)!r} is not readable as a month (Excel turns some into Apr-25); write 2025-04 or "
                "2025年4月.",
                place,
            )
            continue
        name = str(when) if isinstance(when, Month) else one.column
        if name and name in taken:
            problems.error(
                "column_twice",
                f"列「{shown(text)}」と同じ意味の列が 2 つあります。どちらかを消してください。",
                f"Two columns mean the same as {shown(text)!r}; delete one.",
                place,
            )
        elif isinstance(when, Month):
            if far := year_far(when.first_day, when.last_day):
                problems.error("year_far", far.ja, far.en, place)
            else:
                months[index] = when
        elif one.column in _BESIDE:
            columns[one.column] = index
            if one.column == "contract_demand_kw":
                name_power(one, problems, place)
        elif one.total:
            sums[index] = one
        elif (
            index != of_years
            and one.column != "company_name"
            and any(row[index].strip() for row in table.rows)
        ):
            _left_out(one, problems, place)
        taken |= {name} - {""}
    return columns, months, sums


def _year_column(table: CsvTable, heads: Sequence[Head]) -> int | None:
    """Return the column of the years of months that stand in the heading without one, None where there is none."""
    if not any(isinstance(h.month, YearlessMonth) for h in heads):
        return None
    named = (i for i, h in enumerate(heads) if not h.column and h.month is None and not h.total)
    return next((i for i in named if heading(heads[i].text).kind == "year"), None)


def _years_stated(table: CsvTable, column: int | None) -> dict[int | None, None]:
    """Return the fiscal years that the lines above a table and its column of years say, None for what is no fiscal year."""
    found: dict[int | None, None] = {} if table.fiscal_year is None else {table.fiscal_year: None}
    if column is None:
        return found
    of_fiscal_years = "度" in table.header[column]
    for text in (row[column].strip() for row in table.rows):
        if text and not says_total(text):
            found[fiscal_year_in(text) or (calendar_year(text) if of_fiscal_years else None)] = None
    return found


def _years_differ(table: CsvTable, column: str, problems: Problems) -> None:
    problems.error(
        "years_differ",
        f"月の見出しに年がなく、列「{shown(column)}」と表の上から 1 つの年度に決まりません。年度ごとのファイルに分けるか、見出しに 2025-04 の"
        "ように年を書いてください。",
        f"The months of the heading have no year, and the column {shown(column)!r} and the lines above the table name no single "
        "fiscal year; divide the file by years, or write the year in the heading as in 2025-04.",
        Place(table.name, table.header_line),
    )


def _left_out(one: Head, problems: Problems, place: Place) -> None:
    name = shown(one.text)
    if one.column:
        ja = f"列「{name}」は、どの月の値か分からないので取り込みません。月ごとの値を「項目」で分けた行に書いてください。"
        en = (
            f"The column {name!r} is not taken in, since it may be of any month; write the value of each month in a row of "
            "its own, told apart by 項目 (item)."
        )
    else:
        ja = f"列「{name}」は取り込みません。月なら 2025-04・令和7年4月・4月 のように書いてください。"
        en = f"The column {name!r} is not taken in; write a month as 2025-04, 令和7年4月 or 4月."
    problems.warning("column_left_out", ja, en, place)
