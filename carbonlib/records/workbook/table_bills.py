"""The bills of a table: every column of amounts read, what was left out said, bills that share days named."""

from __future__ import annotations

from itertools import pairwise

from carbonlib.errors import shown
from carbonlib.records.model import Bill
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.costwords import is_part_of_cost
from carbonlib.records.reading.known import Known
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import read_month
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import heading
from carbonlib.records.workbook.charges import charge_columns
from carbonlib.records.workbook.headings import is_unit_line
from carbonlib.records.workbook.rows import RowReader
from carbonlib.records.workbook.series import series_of
from carbonlib.records.workbook.site_totals import compare_site_totals, site_totals
from carbonlib.records.workbook.tables import Table
from carbonlib.records.workbook.titles import is_datum
from carbonlib.records.workbook.totals import name_left_out


def read_table(table: Table, known: Known, problems: Problems) -> list[Bill]:
    """Return the bills of a table.

    Parameters
    ----------
    table : Table
        As `find_tables` found it.
    known : Known
        Sites and meters of the company.
    problems : Problems
        Takes each cell that cannot be stored, and doubts.

    Returns
    -------
    list of Bill
        In the order of the rows; none of a row that was named.
    """
    for cell in table.below:
        problems.warning(
            "below_table",
            f"表の下の「{shown(cell.text)}」は、月が書かれていないため読みませんでした。",
            f"{shown(cell.text)!r} below the table has no month and was not read.",
            table.grid.place(cell),
        )
    _name_strangers(table, known, problems)
    if _empty(table) or _units_under_data(table, problems):
        return []
    month = table.one("month")
    if month and month.heading.billing:
        problems.warning(
            "billing_month",
            f"「{shown(month.text)}」を使用した月として読みました。使用期間と 1 か月ずれていないか確かめてください。",
            f"{shown(month.text)!r} was read as the month of use; check that it is not a month late.",
            table.grid.place(month.cell),
        )
    found = series_of(table, known, problems)
    table.set_aside = {c.index for c in table.of("quantity")} - {s.amount.index for s in found}
    rows = [row for series in found for row in RowReader(table, series, known, problems).read()]
    compare_site_totals(table, known, problems)
    name_left_out(table, problems)
    _unread_columns(table, known, problems)
    _unread_facts(table, problems)
    return rows


def _units_under_data(table: Table, problems: Problems) -> bool:
    """Return whether units alone head a table, with months and amounts above them: their heading names no unit; it is named."""
    heads = [c.cell for c in table.columns if c.heading.kind]
    if not heads or not all(is_unit_line(c.text) for c in heads):
        return False
    rows = [n for n in table.above if any(map(is_datum, n)) and any(read_month(c.value) for c in n)]
    if not rows:
        return False
    table.set_aside = {c.index for c in table.of("quantity")}
    listed, above = (cells_listed(map(table.grid.place, c)) for c in (heads, [n[0] for n in rows[::-1]]))
    problems.error(
        "units_below",
        f"単位だけの行（{listed}）が、月の行（{above}）より下にあります。単位は、見出しに「電気(kWh)」のように書くか、見出しの"
        "すぐ下の行に書いてください。",
        f"A row of units alone ({listed}) stands below rows of months ({above}); write the units in the headings, as in "
        "電気(kWh), or in the row right below them.",
        table.grid.place(heads[0]),
    )
    return True


def _name_strangers(table: Table, known: Known, problems: Problems) -> None:
    """Name each column under a title of amounts whose heading is no site's: nobody knows whose its values are."""
    line, line_en = ("行", "row") if table.grid.flipped else ("列", "column")
    names = "・".join(shown(n) for n in known.sites.values()) or "なし"
    for column in table.strangers:
        cells = [table.grid.cell(r, column.index) for r in range(table.first, table.last + 1)]
        filled = [table.grid.place(c) for c in cells if not is_nothing(c)]
        if not filled:
            continue
        listed = cells_listed(filled)
        problems.error(
            "column_of_no_site",
            f"{line}「{shown(column.text)}」（{listed}）がどの事業所の何の量か分かりません。登録されている事業所: {names}。"
            f"見出しを登録した事業所の名前か「電気使用量(kWh)」のような言葉にしてください。取り込まない{line}なら消してください。",
            f"It is not clear of which site and of what the {line_en} {shown(column.text)!r} ({listed}) is; the sites are: {names}. "
            f"Head it by a registered site's name or by words such as 電気使用量(kWh), or delete the {line_en}.",
            table.grid.place(column.cell),
        )


def _empty(table: Table) -> bool:
    """Return whether nothing was filled in: a block of the template that the company does not need."""
    grid = table.grid
    columns = [c.index for kind in ("quantity", "cost", "peak") for c in table.of(kind)]
    for row in range(table.first, table.last + 1):
        cells = [grid.cell(row, c) for c in columns]
        if table.is_total(row):
            cells = [c for c in cells if c.value != 0 and (c.row, c.column) not in grid.formulas]
        if any(not is_nothing(c) or (c.row, c.column) in grid.broken for c in cells):
            return False
    return True


def _unread_columns(table: Table, known: Known, problems: Problems) -> None:
    """Say which columns with values were left out."""
    taken = {table.month, *(column.index for column, _ in charge_columns(table).values())}
    taken |= site_totals(table, known).keys()
    for column in table.columns:
        if column.heading.kind not in {None, "ignored"} or column.index in taken or column in table.strangers:
            continue
        cells = [table.grid.cell(r, column.index) for r in range(table.first, table.last + 1)]
        if all(is_nothing(c) for c in cells):
            continue
        line, line_en = ("行", "row") if table.grid.flipped else ("列", "column")
        of_money = column.heading.money or heading(column.text).kind == "cost" or is_part_of_cost(column.text)
        if of_money and not table.of("cost"):
            problems.warning(
                "column_left_out",
                f"{line}「{shown(column.text)}」は料金の一部か別の費用と読めるので、取り込みません。請求の全額なら、見出しを「料金」に直してください。",
                f"The {line_en} {shown(column.text)!r} seems to be a part of the cost or another charge and is not taken in; if "
                "it is all that was charged, head it 料金.",
                table.grid.place(column.cell),
            )
            continue
        problems.note(
            "column_left_out",
            f"{line}「{shown(column.text)}」は取り込みません。",
            f"The {line_en} {shown(column.text)!r} is not taken in.",
            table.grid.place(column.cell),
        )


def _unread_facts(table: Table, problems: Problems) -> None:
    """Say which rows of no month were left out."""
    line, line_en = ("列", "column") if table.grid.flipped else ("行", "row")
    for row, kind in table.facts.items():
        cell = table.grid.filled(row, table.month or 0)
        if kind != "contract":
            problems.note(
                "column_left_out",
                f"{line}「{shown(cell.text)}」は取り込みません。",
                f"The {line_en} {shown(cell.text)!r} is not taken in.",
                table.grid.place(cell),
            )


def overlaps(rows: list[Bill], problems: Problems) -> None:
    """Name each row that shares days with another of the same meter."""
    by_meter: dict[tuple[str, str, str], list[Bill]] = {}
    for bill in rows:
        by_meter.setdefault((bill.site_id, bill.meter_id, bill.carrier), []).append(bill)
    for bills in by_meter.values():
        bills.sort(key=lambda b: (b.start, b.end))
        for one, other in pairwise(bills):
            if other.start <= one.end:
                problems.error(
                    "overlap",
                    f"{one.place.text()}（{one.start}〜{one.end}）と同じメーターで期間が重なっています。"
                    "同じ請求が 2 回ないか、メーター名が同じでないか確かめてください。",
                    f"The period overlaps that of {one.place.text('en')} ({one.start} to {one.end}) of the same meter.",
                    other.place,
                )
